"""Who belongs: members, the accounts they speak through, what they agreed to."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import TypeVar

from bot.chat.address import Account
from bot.chat.ids import Id
from bot.chat.text import one_line
from bot.core.feature import Right
from bot.core.hours import Hours
from bot.core.work import Fact
from bot.members.kinds import WITHOUT_SCHOOL, Nation, Often, Phase, Role, Time, Topic

K = TypeVar("K", bound=StrEnum)


class Stage(StrEnum):
    """How far somebody has come."""

    INVITED = "invited"
    """Imported by the operator, not yet claimed with a personal code."""
    JOINING = "joining"
    """Has begun to say who they are."""
    WAITING = "waiting"
    """Has said it, and waits for an organiser to vouch."""
    MEMBER = "member"
    SUSPENDED = "suspended"
    """An organiser has stopped introductions and messages."""
    STOPPED = "stopped"
    """Has left without being forgotten: a pause without end."""


class Consent(StrEnum):
    """What somebody can agree to, each its own sentence, none ticked beforehand."""

    INTRODUCTIONS = "introductions"
    MESSAGES = "messages"
    PULSE = "pulse"
    DIARY = "diary"
    NEWS = "news"


@dataclass(frozen=True)
class Member:
    """A person. None means "not said", which is no obstacle to anything.

    `school` is a name, from the register when `urn` is known, as typed otherwise. `away`: is left alone, until
    `back_on` (a local date, the first day back) or, without one, until they say. `years` in headship. `ref` is the
    network's own number for somebody it imported. `weekends` and `holidays`: wants messages then, too. `times`: when
    they are usually free to talk. `reach`: how they like to be reached, as typed. `asks`: may be asked a small question
    now and then. `skips`: the Monday of a week in which they would rather not be introduced. `left_at`: when their last
    account left the workspace.
    """

    id: Id
    name: str
    stage: Stage
    role: Role | None = None
    nation: Nation | None = None
    phase: Phase | None = None
    region: str | None = None
    authority: str | None = None
    trust: str | None = None
    urn: int | None = None
    school: str | None = None
    years: int | None = None
    topics: frozenset[Topic] = frozenset()
    often: Often = Often.WEEKLY
    zone: str | None = None
    shows_school: bool = False
    shows_region: bool = False
    shows_years: bool = False
    times: frozenset[Time] = frozenset()
    reach: str | None = None
    asks: bool = True
    weekends: bool = False
    holidays: bool = False
    away: bool = False
    back_on: date | None = None
    skips: date | None = None
    left_at: datetime | None = None
    vouched_at: datetime | None = None
    joined_at: datetime | None = None
    ref: str | None = None

    @property
    def has_school(self) -> bool:
        """Whether somebody in their role is at a school at all; which one is `school`, where it is known."""
        return self.role not in WITHOUT_SCHOOL

    def is_away(self, on: date) -> bool:
        """Whether they are left alone on that local day."""
        return self.away and (self.back_on is None or on < self.back_on)

    def takes_part(self, on: date) -> bool:
        """Whether they are in, still in a workspace, and not left alone on that local day."""
        return self.stage is Stage.MEMBER and self.left_at is None and not self.is_away(on)


@dataclass(frozen=True)
class Identity:
    """An account and whose it is. Rights belong to the account: they never travel from one to another.

    `left_at`: when it left its workspace; nothing can be sent to it since. `since`: when it became theirs, as the
    storage knows.
    """

    account: Account
    member: Id
    rights: frozenset[Right] = frozenset({Right.ANYONE, Right.MEMBER})
    left_at: datetime | None = None
    since: datetime | None = field(default=None, compare=False)


@dataclass(frozen=True)
class MemberNamed(Fact):
    """Somebody has said, or changed, what they are called."""

    member: Id


@dataclass(frozen=True)
class MemberReady(Fact):
    """Somebody can be introduced from now on: vouched for, or back."""

    member: Id


@dataclass(frozen=True)
class MemberWaits(Fact):
    """Somebody waits for a vouch, and organisers are to hear of it: they have come so far, or are back."""

    member: Id


@dataclass(frozen=True)
class MemberAway(Fact):
    """Somebody is left alone from now on. `said`: they said so themselves, and are there to be asked something."""

    member: Id
    said: bool = True


@dataclass(frozen=True)
class MemberWithdrew(Fact):
    """Somebody does not agree any more to what introductions need."""

    member: Id


@dataclass(frozen=True)
class NewsUnwanted(Fact):
    """Somebody does not want to hear news and campaigns any more."""

    member: Id


@dataclass(frozen=True)
class MemberBack(Fact):
    """The day has come on which somebody's pause was to end."""

    member: Id
    back_on: date


@dataclass(frozen=True)
class MemberGone(Fact):
    """Somebody stopped, left the workspace, was suspended or is about to be erased: nothing more reaches them, and
    partners are told."""

    member: Id


@dataclass(frozen=True)
class AccountStopped(Fact):
    """Whoever speaks through this account wants to hear nothing more, whether they are somebody here or not."""

    account: Account


@dataclass(frozen=True)
class Greeting:
    """What an organiser says to somebody they vouch for: their name, their words, and who they are if a member."""

    by: str
    said: str
    who: Id | None = None


MOST_GREETING = 300
"""Characters of a greeting: a word of welcome, no correspondence."""
MOST_NAME = 60
"""Characters of a name: it must fit, with a few words around it, on a button."""
TITLES = {"mr", "mrs", "ms", "miss", "mx", "dr", "prof", "professor", "sir", "dame", "lady", "rev", "revd", "fr", "sr"}
"""Words before a name that are no name."""


def hours_of(member: Member, network: Hours) -> Hours:
    """When somebody is left alone; what they have not said is the network's."""
    zone, nation = member.zone or network.zone, member.nation or network.nation
    return Hours(zone, nation, member.weekends, member.holidays)


def kept_away(member: Member) -> Member:
    """Who is suspended and has stopped: let back in by an organiser, they are left alone until they say so."""
    return replace(member, away=True, back_on=None)


def vouched(member: Member) -> Stage:
    """Where somebody stands who takes part: in, or waiting for a vouch."""
    return Stage.MEMBER if member.vouched_at else Stage.WAITING


def first_name(name: str) -> str:
    """What one would say across a table: the first word of a name, or all of it where that word is a title."""
    first = name.split(" ", 1)[0]
    return name if first.casefold().rstrip(".") in TITLES else first


def monday(day: date) -> date:
    """The Monday of that day's week."""
    return day - timedelta(days=day.weekday())


def next_monday(after: date) -> date:
    """The first Monday later than that day."""
    return after + timedelta(days=7 - after.weekday())


@dataclass(frozen=True)
class Who:
    """Who somebody says they are, at the door or in the profile.

    `wrong` names the fields that cannot be kept, each with the key of the words that say why.
    """

    name: str
    nation: Nation | None
    role: Role | None
    wrong: Mapping[str, str]


def read_who(values: Mapping[str, tuple[str, ...]]) -> Who:
    """The form, as it came: nothing in it can be trusted."""
    name = one_line("".join(values.get("name", ())[:1]))
    nation = one_of(Nation, values.get("nation", ()))
    role = one_of(Role, values.get("role", ()))
    wrong = {"name": "error-name"} if not name or len(name) > MOST_NAME else {}
    wrong |= {field: "error-choice" for field, value in (("nation", nation), ("role", role)) if value is None}
    return Who(name, nation, role, wrong)


def one_of(kind: type[K], values: tuple[str, ...]) -> K | None:
    """The kind that was chosen; None where it is none of those offered."""
    return next((one for one in kind if values[:1] == (one.value,)), None)


class By(StrEnum):
    """By what an audience is told apart."""

    EVERYONE = "everyone"
    ROLE = "role"
    PHASE = "phase"
    REGION = "region"
    NATION = "nation"


@dataclass(frozen=True)
class Audience:
    """Those whose `by` is `of`: a kind's own value, or a region's name. Who has not said it belongs to none of them."""

    by: By = By.EVERYONE
    of: str = ""

    def holds(self, member: Member) -> bool:
        """Whether that member is meant."""
        return self.by is By.EVERYONE or (bool(self.of) and getattr(member, self.by.value) == self.of)

    def show(self) -> str:
        """As it is kept, and as a form has it: `everyone`, `phase:primary`."""
        return self.by.value if self.by is By.EVERYONE else f"{self.by.value}{':'}{self.of}"


EVERYONE = Audience()


def read_audience(text: str) -> Audience:
    """The audience that `show` wrote. Raises ValueError for anything else."""
    by, _, of = text.partition(":")
    audience = Audience(By(by), of)
    if audience.show() != text or (audience.by is not By.EVERYONE and not of):
        raise ValueError("no such audience")
    return audience

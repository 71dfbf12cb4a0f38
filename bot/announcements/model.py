"""Announcements: what organisers say to many at once, to whom, by which way, and how far it has come."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache

from bot.chat.ids import Id, read, show
from bot.core.counts import THRESHOLD
from bot.core.feature import Crowd, Invite
from bot.core.walltime import Weekly, local_day, next_after
from bot.members.model import By, Consent, Member, Stage, next_monday, read_audience

LEAST = 10
"""Nobody is written to in a smaller group than this: it would point at somebody (docs/decisions/0039)."""
GRACE = timedelta(minutes=1)
"""How long a press can be taken back before anything leaves."""
LATEST = timedelta(hours=12)
"""How late something is still sent after an outage: what is to be known today is no news tomorrow."""
WORTH = timedelta(days=14)
"""How long a letter waits for room in somebody's week."""
MARKS_KEPT = timedelta(days=30)
"""How long is known who pressed "I’ve read this", so that each counts once; afterwards only how many did."""
KEPT = timedelta(days=365)
"""How long an announcement is kept, and who sent it."""
MOST_TITLE, MOST_WORDS, MOST_LABEL, MOST_LINK, MOST_ALT = 45, 1000, 40, 150, 150
"""Characters: a title and a line of words fit into the smaller platform's view, whatever stands beside them."""


class Sort(StrEnum):
    """What it is about, and so what somebody must have agreed to."""

    NOTICE = "notice"
    """About the network itself."""
    NEWS = "news"
    CAMPAIGN = "campaign"

    @property
    def needs(self) -> frozenset[Consent]:
        """What whoever is written to has agreed to."""
        return frozenset({Consent.MESSAGES} | ({Consent.NEWS} if self is not Sort.NOTICE else set()))


class Where(StrEnum):
    """By which way."""

    CHANNELS = "channels"
    DIRECT = "direct"
    FRIDAY = "friday"
    """As a part of the Friday letter."""


class Does(StrEnum):
    """What stands under it to be pressed or followed."""

    NOTHING = "nothing"
    LINK = "link"
    START = "start"
    SEEN = "seen"
    """ "I’ve read this", counted."""
    INVITE = "invite"
    """A button of another room's."""


class State(StrEnum):
    """How far it has come."""

    DRAFT = "draft"
    ASKED = "asked"
    """A second organiser has to agree."""
    PLANNED = "planned"
    """Leaves by itself, in a minute or at its time."""
    SENDING = "sending"
    """Its letters are being written."""
    SENT = "sent"
    """All of them are; the courier has them."""
    STOPPED = "stopped"
    RECALLED = "recalled"


OUT = frozenset({State.SENDING, State.SENT, State.STOPPED})
"""Somebody may have it."""


@dataclass(frozen=True)
class Announcement:
    """One announcement. `author` is the organiser who made it, `signed` the keyed hash of their account where they are
    no member; `approver` the second one, who agreed. `does` says what stands under it: a `link` called `label`, or the
    `invite` of another room (its name and id). `picture` is an https address that nobody here fetches, `alt` what it
    shows. `audience` is as `Audience.show` or a `Crowd` writes it. `at`: when it is to leave, None for at once.
    `version` rises with whatever is changed, and `goes_at` says when it left or will. `friday`: the Monday after the
    Friday letter that has it. `line`: a correction of one line. `seen`: how many had read it when last added up.
    """

    id: Id
    author: Id | None
    signed: str
    title: str
    words: str
    made_at: datetime
    does: Does = Does.NOTHING
    link: str = ""
    label: str = ""
    invite: str = ""
    picture: str = ""
    alt: str = ""
    sort: Sort = Sort.NOTICE
    where: Where | None = None
    audience: str = By.EVERYONE.value
    at: datetime | None = None
    state: State = State.DRAFT
    version: int = 1
    approver: Id | None = None
    goes_at: datetime | None = None
    friday: date | None = None
    corrected_at: datetime | None = None
    line: str = ""
    seen: int = 0

    @property
    def is_to_all(self) -> bool:
        """Whether it is for everybody, wherever they are."""
        return self.audience == By.EVERYONE.value

    @property
    def is_written(self) -> bool:
        """Whether it goes to people one by one."""
        return self.where in (Where.DIRECT, Where.FRIDAY)

    @property
    def batch(self) -> str:
        """The name of its bulk work: of one for some, no number is told (docs/decisions/0039)."""
        return f"{TO_ALL if self.is_to_all else TO_SOME}:{show(self.id)}"


TO_ALL, TO_SOME = "announcement", "announcement-some"


@lru_cache(maxsize=64)
def prefix(id: Id) -> str:
    """How all keys begin of what an announcement says. Remembered: it stands in thousands of them."""
    return f"announce:{show(id)}:"


def key_to(id: Id, member: Id, version: int = 0) -> str:
    """The key of what somebody gets: the announcement, or with a version a correction of it."""
    return f"{prefix(id)}{show(member)}" + (f":{version}" if version else "")


def key_in(id: Id, platform: str, version: int = 0) -> str:
    """The same in a platform's channel."""
    return f"{prefix(id)}in-{platform}" + (f":{version}" if version else "")


class Reach(StrEnum):
    """Whether somebody gets it and, if not, why: the first reason that holds, in this order."""

    SUSPENDED = "suspended"
    OUT = "out"
    """Stopped, or waits for a vouch."""
    LEFT = "left"
    AWAY = "away"
    CONSENT = "consent"
    UNREACHABLE = "unreachable"
    GETS = "gets"


IN = frozenset({Reach.AWAY, Reach.CONSENT, Reach.UNREACHABLE, Reach.GETS})
"""Those who are members now, as everybody can see, whatever they chose for themselves."""
COUNTED = (Stage.WAITING, Stage.MEMBER, Stage.SUSPENDED, Stage.STOPPED)


def reach_of(
    member: Member, consents: frozenset[Consent], has_account: bool, needs: frozenset[Consent], on: date
) -> Reach:
    """The rule, for one member who has finished joining, on that local day."""
    if member.stage is not Stage.MEMBER:
        return Reach.SUSPENDED if member.stage is Stage.SUSPENDED else Reach.OUT
    if member.left_at is not None:
        return Reach.LEFT
    if member.is_away(on):
        return Reach.AWAY
    if not consents >= needs:
        return Reach.CONSENT
    return Reach.GETS if has_account else Reach.UNREACHABLE


@dataclass(frozen=True)
class Chosen:
    """Whom a question is about: an audience's `by` and `of`, or the people of a `Crowd` (`among`), what they must have
    agreed to, and the local day that it is."""

    by: By
    of: str
    among: frozenset[Id] | None
    needs: frozenset[Consent]
    on: date

    @property
    def is_all(self) -> bool:
        """Whether everybody is meant."""
        return self.by is By.EVERYONE and self.among is None


@dataclass(frozen=True)
class Load:
    """What a platform is to carry: letters in all, and of them those that open a first conversation."""

    letters: int = 0
    first: int = 0


Lasts = Callable[[Mapping[str, Load]], timedelta]
"""For how long the platforms' rates let so much go."""


@dataclass(frozen=True)
class Told:
    """What a preview may say of how many (docs/decisions/0039).

    Of everybody: how many get it, and for each reason how many do not. Of some only how many belong to them, whatever
    each has chosen: else two audiences that differ in one person would tell whether that person is away.
    """

    people: int
    reasons: Mapping[Reach, int] = field(default_factory=dict)

    def is_near(self, people: int) -> bool:
        """Whether somebody who was shown that number has been shown this."""
        return abs(self.people - people) < THRESHOLD


def told(chosen: Chosen, found: Mapping[Reach, int]) -> Told:
    """From how many there are of each."""
    if not chosen.is_all:
        return Told(sum(found.get(one, 0) for one in IN))
    return Told(found.get(Reach.GETS, 0), {one: found.get(one, 0) for one in Reach if one is not Reach.GETS})


def is_enough(found: Mapping[Reach, int]) -> bool:
    """Whether there are enough of them, whatever each has chosen: the refusal must not tell either."""
    return sum(found.get(one, 0) for one in IN) >= LEAST


@dataclass(frozen=True)
class AnnouncementSettings:
    """`[announcements]`. Direct messages to everybody need a second organiser."""

    second_organiser: bool = True


_FRIDAYS = Weekly(4, time(16, 15))


def at_once(loads: Mapping[str, Load]) -> timedelta:
    """Where letters take no time."""
    return timedelta()


@dataclass(frozen=True)
class Setup:
    """What the room needs by value: the network's `zone`, the platforms that have a news channel (`places`), the
    organisers that the config names, when the Friday letter is written, how long letters take, and what other rooms
    contribute."""

    zone: str
    places: tuple[str, ...] = ()
    organisers: frozenset[str] = frozenset()
    settings: AnnouncementSettings = AnnouncementSettings()
    friday: Weekly = _FRIDAYS
    lasts: Lasts = at_once
    crowds: Sequence[Crowd] = ()
    invites: Sequence[Invite] = ()

    def today(self, at: datetime) -> date:
        """The network's day."""
        return local_day(at, self.zone)

    def crowd(self, audience: str) -> tuple[Crowd, Id] | None:
        """The group of another room that is written so; None for an audience of members. Raises ValueError for
        neither."""
        name, _, id = audience.partition(":")
        found = next((one for one in self.crowds if one.name == name), None)
        if found is None:
            read_audience(audience)
            return None
        return found, read(id)

    def invite(self, written: str) -> tuple[Invite, Id] | None:
        """The button of another room that is written so; None where no room has it any more."""
        name, _, id = written.partition(":")
        found = next((one for one in self.invites if one.name == name), None)
        return (found, read(id)) if found else None

    def week_of(self, at: datetime) -> date:
        """The Monday after the next Friday letter that is written later than that."""
        return next_monday(next_after(self.friday, self.zone, at).day)

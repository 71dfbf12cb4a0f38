"""Introductions: rounds, the groups they make, and how long a group lives."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from functools import partial
from itertools import count

from bot.chat.ids import Id
from bot.core.terms import Nation, Terms
from bot.core.walltime import Weekly, instant, local_day
from bot.core.work import Fact
from bot.members.model import monday

_WEEK = timedelta(days=7)

LATEST = timedelta(hours=48)
"""How late a week's introductions still go out: by then two days are gone, and Thursday asks whether people talked."""

FRIDAY = Weekly(4, time(16, 15))
"""When the Friday letter is written, unless the config says otherwise; until then a new partner is looked for."""
SOUGHT_AT_ONCE = 60
"""How many of those who look for somebody are matched at a time; the others' turn comes with the next occasion."""
MOST_A_WEEK = 2
"""Introductions of one person in one week: one, and one replacement."""
RESTS_AFTER = 3
"""So many introductions in a row without a press, and somebody is left alone"""
RESTS_FOR = timedelta(weeks=4)
"""for so long, or until the first week of term after it."""


@dataclass(frozen=True)
class IntroductionSettings:
    """`[introductions]`. `every` weeks, on weekday `day` (Monday is 0) from `at`.

    Nobody meets the same person again for `cooldown_weeks` while there is another choice. `send_first`: the first
    introductions of a network go out by themselves; False waits for an organiser's `intro send`.
    """

    every: int = 1
    day: int = 0
    at: time = time(8, 0)
    cooldown_weeks: int = 13
    send_first: bool = False


@dataclass(frozen=True)
class Weeks:
    """When introductions go out, here. A week is named by its Monday; `zone` is an IANA name; `friday` is when the
    Friday letter is written, which speaks of the next week."""

    settings: IntroductionSettings
    terms: Terms
    nation: Nation
    zone: str
    friday: Weekly = FRIDAY

    @property
    def schedule(self) -> Weekly:
        """Every week on the day set; a bank holiday moves it to the next day that is none."""
        closed = partial(self.terms.is_bank_holiday, self.nation)
        return Weekly(self.settings.day, self.settings.at, closed)

    def today(self, at: datetime) -> date:
        """The local day of that instant."""
        return local_day(at, self.zone)

    def monday(self, at: datetime) -> date:
        """The Monday of the local week of that instant."""
        return monday(self.today(at))

    def goes_out(self, week: date) -> datetime:
        """When that week's introductions go out."""
        return instant(self.day_of(week), self.settings.at, self.zone)

    def day_of(self, week: date) -> date:
        """The local day on which that week's introductions go out."""
        return self.schedule.falls(week + timedelta(days=self.settings.day))

    def ends(self, week: date) -> datetime:
        """When that week is over: the start of the next Monday."""
        return instant(week + _WEEK, time(), self.zone)

    def seeks(self, week: date, at: datetime) -> bool:
        """Whether somebody who looks for a partner in that week may still be given one: until the Friday letter."""
        return at < instant(week + timedelta(days=self.friday.weekday), self.friday.time, self.zone)

    def in_term(self, week: date, nation: Nation | None = None) -> bool:
        """Whether schools are open in that week: the network's, or those of `nation`."""
        return self.terms.is_term_week(nation or self.nation, week)

    def latest(self, week: date) -> datetime:
        """Until when that week's introductions may still go out."""
        return self.goes_out(week) + LATEST

    def may_go_out(self, week: date, at: datetime) -> bool:
        """Whether that week has introductions at all, and `at` is not too late for them."""
        return self.in_term(week) and at <= self.latest(week)

    def coming(self, at: datetime, latest: date | None) -> date:
        """The week whose introductions go out next, or could go out now; `latest` is the week of those before it."""
        earliest = latest + _WEEK * self.settings.every if latest else date.min
        weeks = (self.monday(at) + _WEEK * later for later in count(-1))
        return next(week for week in weeks if week >= earliest and self.may_go_out(week, at))


class RoundState(StrEnum):
    """What an organiser has decided about a week's introductions, and what became of them."""

    PLANNED = "planned"
    """An organiser has said that they go out by themselves."""
    HELD = "held"
    SENDING = "sending"
    """Some are introduced, and the others follow at once: a large network is introduced in parts."""
    SENT = "sent"
    SKIPPED = "skipped"
    """There was nobody to introduce."""


@dataclass(frozen=True)
class Round:
    """A week's introductions. `day` is its Monday, whichever day they go out; it lives until the next Monday."""

    id: Id
    day: date
    state: RoundState
    sent_at: datetime | None = None


@dataclass(frozen=True)
class Coming:
    """The week whose introductions go out next, or could go out now. `first`: nobody was ever introduced here."""

    week: date
    round: Round | None
    first: bool

    @property
    def waits(self) -> bool:
        """Whether they wait for an organiser's word."""
        return self.first if self.round is None else self.round.state is RoundState.HELD


@dataclass(frozen=True)
class Group:
    """Two people, or three, introduced to each other. `first` says hello. `ended_at` once somebody cannot continue.

    `made_at`: None where it was made with its round. `late`: made within the week, for people who had nobody left.
    """

    id: Id
    round: Id
    day: date
    members: tuple[Id, ...]
    first: Id
    ended_at: datetime | None = None
    made_at: datetime | None = None
    late: bool = False

    def others(self, than: Id) -> tuple[Id, ...]:
        """The members but one."""
        return tuple(member for member in self.members if member != than)


def has_another_left(groups: Sequence[Group]) -> bool:
    """Whether somebody may be introduced once more in the week of these groups of theirs. Two of three who went on
    together were not introduced anew."""
    anew = [one for one in groups if not any(set(one.members) < set(other.members) for other in groups)]
    return len(anew) < MOST_A_WEEK


def may_meet_another(member: Id, groups: Sequence[Group]) -> bool:
    """Whether somebody has nobody now, and may be introduced once more; theirs are among these groups of one week."""
    mine = [group for group in groups if member in group.members]
    return all(group.ended_at for group in mine) and has_another_left(mine)


def is_silent(introduced: Sequence[date], pressed: date | None) -> bool:
    """Whether somebody was introduced in so many weeks, and pressed nothing in the first of them or since. `pressed` is
    the week in which they last did; a press in the week of an introduction is an answer to it."""
    return sum(pressed is None or week > pressed for week in introduced) >= RESTS_AFTER


class Becomes(StrEnum):
    """What becomes of somebody who has lost their partner."""

    FOUND = "found"
    LOOKING = "looking"
    NEXT = "next"
    """They come first in the next round."""


@dataclass(frozen=True)
class WantsOut(Fact):
    """A member would rather not be in a group with any of these; why, nobody is told."""

    member: Id
    others: frozenset[Id]


@dataclass(frozen=True)
class GroupMade(Fact):
    """Some people were introduced to each other."""

    group: Group


@dataclass(frozen=True)
class GroupEnded(Fact):
    """A group ended before its week was over, because this member cannot continue, or asked for somebody else."""

    group: Group
    because_of: Id

"""Introductions: rounds, the groups they make, and how long a group lives."""

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
    """When introductions go out, here. A week is named by its Monday; `zone` is an IANA name."""

    settings: IntroductionSettings
    terms: Terms
    nation: Nation
    zone: str

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
    """A group ended before its week was over, because this member cannot continue."""

    group: Group
    because_of: Id

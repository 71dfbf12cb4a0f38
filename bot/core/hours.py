"""Quiet hours: when a person is left alone, and the nearest moment when they are not.

The day is seen as the few stretches in which it is open, each half-open in UTC; everything steps from stretch to
stretch. 20:30 is quiet and 07:00 is not; 08:45 of a school day is quiet and 15:45 is not.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from itertools import chain
from types import MappingProxyType

from bot.core.outbox import Kind
from bot.core.terms import Nation, Terms
from bot.core.walltime import instant, local_day

_DAY = timedelta(days=1)
_MINUTE = timedelta(minutes=1)
_FARTHEST = 366
"""Days to look for an open hour: the longest holidays are 100 (a file with longer ones is refused)."""

Stretch = tuple[datetime, datetime]


class Urgency(StrEnum):
    """How much quiet a letter keeps."""

    NOW = "now"
    """None: an answer to what somebody did in the last ten minutes, help, cancellations, a reminder an hour before."""
    EVENINGS = "evenings"
    """Evenings and nights only: an organiser's own line."""
    FRIDAY = "friday"
    """As PLANNED, but the Friday before a term week is no holiday: the Friday letter."""
    PLANNED = "planned"
    """All quiet hours."""


URGENCIES: Mapping[Kind, Urgency] = MappingProxyType(
    {
        Kind.ANSWER: Urgency.NOW,
        Kind.URGENT: Urgency.NOW,
        Kind.PROMISED: Urgency.PLANNED,
        Kind.NOTICE: Urgency.PLANNED,
        Kind.WEEKLY: Urgency.PLANNED,
        Kind.PULSE: Urgency.PLANNED,
        Kind.FRIDAY: Urgency.FRIDAY,
        Kind.ORGANISER: Urgency.EVENINGS,
        Kind.RELAYED: Urgency.PLANNED,
        Kind.REMOVAL: Urgency.NOW,
    }
)
"""What a letter's kind means for quiet hours."""


@dataclass(frozen=True)
class QuietRules:
    """The network's quiet times on the wall. Raises ValueError unless one can be reached before and after lessons."""

    evening: time = time(20, 30)
    morning: time = time(7)
    lessons_start: time = time(8, 45)
    lessons_end: time = time(15, 45)

    def __post_init__(self) -> None:
        if not self.morning < self.lessons_start <= self.lessons_end < self.evening:
            raise ValueError("quiet hours stand in this order: morning, lessons_start, lessons_end, evening")


RULES = QuietRules()


@dataclass(frozen=True)
class Hours:
    """One member's: where their wall clock and their school are, and whether they chose weekends and holidays."""

    zone: str
    nation: Nation
    weekends: bool = False
    holidays: bool = False


@dataclass(frozen=True)
class _Policy:
    """The policy for one member and one urgency. Every `at` is an aware UTC datetime."""

    hours: Hours
    terms: Terms
    rules: QuietRules = RULES
    urgency: Urgency = Urgency.PLANNED

    def holds(self, at: datetime) -> bool:
        """Whether it is quiet at that instant."""
        return self.urgency is not Urgency.NOW and not any(
            opens <= at < closes for opens, closes in self._stretches(local_day(at, self.hours.zone))
        )

    def next_open(self, at: datetime) -> datetime:
        """The first instant at or after `at` that is not quiet. Raises LookupError where a whole year is."""
        if not self.holds(at):
            return at
        return next(max(at, opens) for opens, closes in self._walk(at, 1) if closes > at)

    def last_open(self, at: datetime) -> datetime:
        """`at` itself if it is not quiet, else the start of the last minute before it that is not. Raises LookupError
        where a whole year is."""
        if not self.holds(at):
            return at
        return next(max(opens, closes - _MINUTE) for opens, closes in self._walk(at, -1) if closes <= at)

    def after_open(self, at: datetime, span: timedelta) -> datetime:
        """The first instant at which `span` of time that is not quiet has passed since `at`. Raises LookupError where a
        year has not enough."""
        if self.urgency is Urgency.NOW or not span:
            return at + span
        stretches = ((max(at, opens), closes) for opens, closes in self._walk(at, 1) if closes > at)
        passed = timedelta()
        while True:
            opens, closes = next(stretches)
            if passed + (closes - opens) >= span:
                return opens + (span - passed)
            passed += closes - opens

    def _walk(self, at: datetime, step: int) -> Iterator[Stretch]:
        """Stretch by stretch from the local day of `at`, onwards or backwards."""
        today = local_day(at, self.hours.zone)
        days = (today + _DAY * step * away for away in range(_FARTHEST))
        yield from chain.from_iterable(self._stretches(day)[::step] for day in days)
        raise LookupError(f"no open hour within a year for {self.hours.nation} in {self.hours.zone}")

    def _stretches(self, day: date) -> list[Stretch]:
        rules = self.rules
        if self._is_left_alone(day):
            return []
        if self.urgency is not Urgency.EVENINGS and self.terms.is_school_day(self.hours.nation, day):
            walls = [(rules.morning, rules.lessons_start), (rules.lessons_end, rules.evening)]
        else:
            walls = [(rules.morning, rules.evening)]
        stretches = [(self._at(day, opens), self._at(day, closes)) for opens, closes in walls]
        return [(opens, closes) for opens, closes in stretches if opens < closes]

    def _is_left_alone(self, day: date) -> bool:
        if self.urgency is Urgency.EVENINGS or (self.urgency is Urgency.FRIDAY and self._is_friday_before_term(day)):
            return False
        hours, terms = self.hours, self.terms
        holiday = not terms.in_term(hours.nation, day) or terms.is_bank_holiday(hours.nation, day)
        return (day.weekday() >= 5 and not hours.weekends) or (holiday and not hours.holidays)

    def _is_friday_before_term(self, day: date) -> bool:
        return day.weekday() == 4 and self.terms.is_term_week(self.hours.nation, day + 3 * _DAY)

    def _at(self, day: date, wall: time) -> datetime:
        return instant(day, wall, self.hours.zone)


def quiet(
    at: datetime, hours: Hours, terms: Terms, rules: QuietRules = RULES, urgency: Urgency = Urgency.PLANNED
) -> bool:
    """Whether this member is to be left alone at `at`."""
    return _Policy(hours, terms, rules, urgency).holds(at)


def next_open(
    at: datetime, hours: Hours, terms: Terms, rules: QuietRules = RULES, urgency: Urgency = Urgency.PLANNED
) -> datetime:
    """The first instant, `at` included, that is not quiet. Raises LookupError where a whole year is."""
    return _Policy(hours, terms, rules, urgency).next_open(at)


def last_open_before(
    at: datetime, hours: Hours, terms: Terms, rules: QuietRules = RULES, urgency: Urgency = Urgency.PLANNED
) -> datetime:
    """For an earlier reminder: `at` itself if not quiet, else the last minute before it that is not; or LookupError."""
    return _Policy(hours, terms, rules, urgency).last_open(at)


def open_for(
    at: datetime,
    span: timedelta,
    hours: Hours,
    terms: Terms,
    rules: QuietRules = RULES,
    urgency: Urgency = Urgency.PLANNED,
) -> datetime:
    """For a clock that stands still in quiet hours, as an offer's: the first instant at which `span` (not negative) of
    time that is not quiet has passed since `at`. It can be the very moment at which quiet begins. Raises LookupError
    where a year has not enough."""
    return _Policy(hours, terms, rules, urgency).after_open(at, span)

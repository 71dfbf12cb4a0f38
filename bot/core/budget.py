"""The message budget: how much a person hears unasked. What does not fit waits."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.core.hours import RULES, Hours, QuietRules, Urgency, next_open
from bot.core.terms import Terms
from bot.core.walltime import instant, local_day

_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Limits:
    """Unasked letters at most, in one local day and one local week from Monday to Sunday (VOICE: one and four)."""

    a_day: int = 1
    a_week: int = 4

    def __post_init__(self) -> None:
        if self.a_day < 1 or self.a_week < 1:
            raise ValueError("a budget below one would keep letters waiting for ever")


LIMITS = Limits()


def counted(letters: Iterable[tuple[str, datetime]]) -> list[datetime]:
    """The instants that count, one for each name, the first: a check-in and the pulse after it share a name, so
    that the two count as one."""
    first: dict[str, datetime] = {}
    for name, at in letters:
        first[name] = min(at, first.get(name, at))
    return sorted(first.values())


def fits(at: datetime, heard: Sequence[datetime], zone: str | ZoneInfo, limits: Limits = LIMITS) -> bool:
    """Whether one more unasked letter at `at` keeps the budget; `heard` are UTC, those sent or planned."""
    return _has_room(local_day(at, zone), [local_day(one, zone) for one in heard], limits)


def place(
    at: datetime,
    heard: Sequence[datetime],
    hours: Hours,
    terms: Terms,
    rules: QuietRules = RULES,
    limits: Limits = LIMITS,
    urgency: Urgency = Urgency.PLANNED,
) -> datetime:
    """The first instant, `at` included, that is open and has room. Raises LookupError where a whole year is quiet."""
    days = [local_day(one, hours.zone) for one in heard]
    found = next_open(at, hours, terms, rules, urgency)
    while not _has_room(local_day(found, hours.zone), days, limits):
        tomorrow = local_day(found, hours.zone) + _DAY
        found = next_open(instant(tomorrow, time(), hours.zone), hours, terms, rules, urgency)
    return found


def _has_room(day: date, heard: Sequence[date], limits: Limits) -> bool:
    week = [one for one in heard if _monday(one) == _monday(day)]
    return len(week) < limits.a_week and week.count(day) < limits.a_day


def _monday(day: date) -> date:
    return day - _DAY * day.weekday()

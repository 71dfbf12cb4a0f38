"""The message budget: how much a person hears unasked. What does not fit waits."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TypeAlias
from zoneinfo import ZoneInfo

from bot.core.hours import RULES, Hours, QuietRules, Urgency, next_open
from bot.core.outbox import Kind
from bot.core.terms import Terms
from bot.core.walltime import instant, local_day

_DAY = timedelta(days=1)

Heard: TypeAlias = tuple[datetime, ...]


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


def as_heard(kind: Kind, said: Sequence[tuple[Kind, datetime]], zone: str | ZoneInfo) -> tuple[Heard, Heard]:
    """What somebody has heard, as it counts for one more letter of that kind: the instants that count, and those with
    which it would count as one. A pulse and a weekly letter of one local day are one."""
    if not said:
        return (), ()
    if kind is not Kind.PULSE and not any(one is Kind.PULSE for one, _ in said):
        return tuple(at for _, at in said), ()
    named = [(f"{Kind.FRIDAY if one is Kind.FRIDAY else ''}{local_day(at, zone)}", at) for one, at in said]
    other = Kind.WEEKLY if kind is Kind.PULSE else Kind.PULSE
    taken = {local_day(at, zone) for one, at in said if one is kind}
    partners = [at for one, at in said if one is other and local_day(at, zone) not in taken]
    return tuple(counted(named)), () if kind is Kind.FRIDAY else tuple(partners)


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
    beside: Sequence[datetime] = (),
) -> datetime:
    """The first instant, `at` included, that is open and has room; on the day of one of `beside` there always is, for
    it counts as one with that. Raises LookupError where a whole year is quiet."""
    days = [local_day(one, hours.zone) for one in heard]
    joined = {local_day(one, hours.zone) for one in beside}
    found = next_open(at, hours, terms, rules, urgency)
    while (day := local_day(found, hours.zone)) not in joined and not _has_room(day, days, limits):
        tomorrow = day + _DAY
        found = next_open(instant(tomorrow, time(), hours.zone), hours, terms, rules, urgency)
    return found


def _has_room(day: date, heard: Sequence[date], limits: Limits) -> bool:
    week = [one for one in heard if _monday(one) == _monday(day)]
    return len(week) < limits.a_week and week.count(day) < limits.a_day


def _monday(day: date) -> date:
    return day - _DAY * day.weekday()

"""Wall-clock rules in a named zone, as pure functions: "Mondays 08:00" stays Monday 08:00 when the clocks change.

One sentence decides every odd case: a local time happens at the first instant at which the wall clock there
shows it or anything later. So a time in a gap happens when the gap ends, and a time shown twice happens the first time.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import count, dropwhile, takewhile
from typing import ClassVar, Protocol
from zoneinfo import ZoneInfo

_DAY = timedelta(days=1)
_WEEK = timedelta(weeks=1)
_LOOK_BACK = timedelta(days=3)
"""For zones far from UTC, and local days that a zone leaves out."""


def zone_of(zone: str | ZoneInfo) -> ZoneInfo:
    """The zone of that IANA name. Raises ZoneInfoNotFoundError (a KeyError) or ValueError for no such name."""
    return zone if isinstance(zone, ZoneInfo) else ZoneInfo(zone)


@lru_cache(maxsize=4096)
def instant(day: date, at: time, zone: str | ZoneInfo) -> datetime:
    """The UTC instant at which the wall clock in `zone` first shows `at` on `day` or, in a gap, first shows more.
    Remembered: everybody's quiet hours of a day are the same few."""
    place, wanted = zone_of(zone), datetime.combine(day, at)
    first = wanted.replace(tzinfo=place).astimezone(UTC)
    if _wall(first, place) == wanted:
        return first
    return _end_of_gap(wanted, place)


def local_day(at: datetime, zone: str | ZoneInfo) -> date:
    """The date on the wall in `zone` at that instant."""
    return at.astimezone(zone_of(zone)).date()


def _wall(at: datetime, zone: ZoneInfo) -> datetime:
    return at.astimezone(zone).replace(tzinfo=None)


def _end_of_gap(wanted: datetime, zone: ZoneInfo) -> datetime:
    """The change of clocks itself: read with the offsets of both sides, the missing time encloses it (PEP 495)."""
    after = wanted.replace(tzinfo=zone, fold=0).astimezone(UTC)
    before = wanted.replace(tzinfo=zone, fold=1).astimezone(UTC).replace(microsecond=0)
    low, high = 0, -(-(after - before) // timedelta(seconds=1))
    while low < high:
        middle = (low + high) // 2
        shown = _wall(before + timedelta(seconds=middle), zone)
        low, high = (low, middle) if shown >= wanted else (middle + 1, high)
    return before + timedelta(seconds=low)


@dataclass(frozen=True, order=True)
class Due:
    """One time that a schedule comes round: `at` in UTC, and the local date that is its key for ever."""

    at: datetime
    day: date


class Schedule(Protocol):
    """When something happens, on the wall clock. `key` is stable text: another key is another schedule."""

    @property
    def key(self) -> str: ...

    @property
    def time(self) -> time: ...

    def days(self, first: date) -> Iterator[date]:
        """The dates to which occurrences belong, from `first` on, in order."""
        ...

    @property
    def moves(self) -> timedelta:
        """How much later than its date an occurrence happens at most."""
        ...

    def falls(self, day: date) -> date:
        """The date on which the occurrence of `day` really happens."""
        ...


@dataclass(frozen=True)
class Daily:
    """Every day at that wall-clock time."""

    time: time
    moves: ClassVar[timedelta] = timedelta()

    @property
    def key(self) -> str:
        return f"daily {self.time:%H:%M:%S}"

    def days(self, first: date) -> Iterator[date]:
        return (first + _DAY * later for later in count())

    def falls(self, day: date) -> date:
        return day


def _never(day: date) -> bool:
    return False


@dataclass(frozen=True)
class Weekly:
    """Every week on that weekday (Monday is 0). On a day that is `closed` it moves on to the next that is not, at most
    six days; its key stays the date it moved from, so that a list of holidays corrected later repeats nothing."""

    weekday: int
    time: time
    closed: Callable[[date], bool] = field(default=_never, compare=False)
    moves: ClassVar[timedelta] = timedelta(days=6)

    def __post_init__(self) -> None:
        if not 0 <= self.weekday <= 6:
            raise ValueError("a weekday is 0 (Monday) to 6 (Sunday)")

    @property
    def key(self) -> str:
        return f"weekly {self.weekday} {self.time:%H:%M:%S}"

    def days(self, first: date) -> Iterator[date]:
        nearest = first + _DAY * ((self.weekday - first.weekday()) % 7)
        return (nearest + _WEEK * later for later in count())

    def falls(self, day: date) -> date:
        week = (day + _DAY * later for later in range(7))
        return next((open_day for open_day in week if not self.closed(open_day)), day)


def occurrences(rule: Schedule, zone: str | ZoneInfo, after: datetime, until: datetime) -> Iterator[Due]:
    """All that come due later than `after` and not later than `until` (UTC), in order; each local date once."""
    return takewhile(lambda due: due.at <= until, _from(rule, zone_of(zone), after))


def next_after(rule: Schedule, zone: str | ZoneInfo, at: datetime) -> Due:
    """The first that comes due later than `at`."""
    return next(_from(rule, zone_of(zone), at))


def _from(rule: Schedule, zone: ZoneInfo, after: datetime) -> Iterator[Due]:
    days = rule.days(local_day(after, zone) - rule.moves - _LOOK_BACK)
    dues = (Due(instant(rule.falls(day), rule.time, zone), day) for day in days)
    return dropwhile(lambda due: due.at <= after, dues)

"""Every change of clocks that IANA knows of for 2026 to 2030, and what a wall clock shows around it."""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from itertools import accumulate, pairwise
from zoneinfo import ZoneInfo, available_timezones

STEP = timedelta(minutes=15)
"""All changes of these years lie on whole quarters of an hour UTC; `changes` says so if that ceases to be true."""


@dataclass(frozen=True)
class Change:
    """`at` is the first instant with the new offset `to`, moved by `by`."""

    zone: ZoneInfo
    at: datetime
    by: timedelta
    to: timedelta

    @property
    def days(self) -> list[date]:
        """The local dates about it."""
        middle = self.at.astimezone(self.zone).date()
        return [middle + timedelta(days=step) for step in (-1, 0, 1)]


@cache
def changes() -> tuple[Change, ...]:
    """One zone for each distinct history: names that share all their changes share one answer."""
    histories = {
        tuple((one.at, one.by, one.to) for one in found): found
        for found in map(changes_of, sorted(available_timezones()))
    }
    return tuple(change for history in histories.values() for change in history)


def changes_of(name: str) -> tuple[Change, ...]:
    """The changes of one zone, in order."""
    zone = ZoneInfo(name)
    days = [datetime(2026, 1, 1, tzinfo=UTC) + timedelta(days=day) for day in range(5 * 365 + 2)]
    return tuple(_pinned(zone, low, high) for low, high in pairwise(days) if _offset(low, zone) != _offset(high, zone))


def _pinned(zone: ZoneInfo, low: datetime, high: datetime) -> Change:
    steps = (low + STEP * step for step in range((high - low) // STEP + 1))
    at = next(step for step in steps if _offset(step, zone) != _offset(low, zone))
    assert _offset(at - timedelta(seconds=1), zone) == _offset(low, zone), f"{zone} changes within {STEP}"
    return Change(zone, at, _offset(at, zone) - _offset(low, zone), _offset(at, zone))


def _offset(at: datetime, zone: ZoneInfo) -> timedelta:
    offset = at.astimezone(zone).utcoffset()
    assert offset is not None
    return offset


class Wall:
    """The wall clock about one change, watched quarter by quarter: an oracle that knows no rule about gaps or folds."""

    def __init__(self, change: Change) -> None:
        start = change.at - timedelta(days=4)
        self.instants = [start + STEP * step for step in range(8 * 96)]
        shown = [at.astimezone(change.zone).replace(tzinfo=None) for at in self.instants]
        self.latest_shown = list(accumulate(shown, max))

    def first(self, wanted: datetime) -> datetime:
        """The first quarter at which the clock shows `wanted` or, never having shown it, more."""
        return self.instants[bisect_left(self.latest_shown, wanted)]


def quarters(change: Change) -> Iterator[datetime]:
    """Every local time at quarter-hour steps (so every half-hour too) of the days about the change."""
    for day in change.days:
        midnight = datetime.combine(day, time())
        yield from (midnight + STEP * step for step in range(96))

"""When the clocks of a zone change, as a calendar file has to say it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.core.walltime import zone_of

_DAY = timedelta(days=1)
_SECOND = timedelta(seconds=1)


@dataclass(frozen=True)
class Change:
    """From an offset to another, at `wall` on the clock as it was before; `name` and `is_summer` are those after it."""

    wall: datetime
    before: timedelta
    after: timedelta
    name: str
    is_summer: bool


def changes(zone: str, first: datetime, last: datetime) -> Iterator[Change]:
    """How the clocks stand at `first`, as a change from the same to the same, and each change until `last` (UTC)."""
    place = zone_of(zone)
    yield _change(first.replace(microsecond=0), _offset(first, place), place)
    day = first
    while day < last:
        after = min(day + _DAY, last)
        if _offset(day, place) != _offset(after, place):
            yield _change(_moment(day, after, place), _offset(day, place), place)
        day = after


def _moment(low: datetime, high: datetime, zone: ZoneInfo) -> datetime:
    """The first second with the later offset."""
    before = _offset(low, zone)
    while high - low > _SECOND:
        middle = low + (high - low) // 2
        low, high = (middle, high) if _offset(middle, zone) == before else (low, middle)
    return high.replace(microsecond=0)


def _change(at: datetime, before: timedelta, zone: ZoneInfo) -> Change:
    there = at.astimezone(zone)
    wall = (at + before).replace(tzinfo=None)
    return Change(wall, before, _offset(at, zone), there.tzname() or "", bool(there.dst()))


def _offset(at: datetime, zone: ZoneInfo) -> timedelta:
    return at.astimezone(zone).utcoffset() or timedelta()

"""A date as people write it ("Wed 7pm", "3 Dec at 19:00", "Thursday week at 4"), read strictly: what was not written is
not guessed, and what was not understood is never passed over. What could mean two things comes back as a choice.

Why our own words stand around a library (`python-dateutil`): docs/decisions/0035-dates-as-people-write-them.md
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import TypeAlias
from zoneinfo import ZoneInfo

from bot.core.walltime import instant, local_day, zone_of
from bot.core.words import Words
from bot.events.when_day import Days, take_day
from bot.events.when_text import plain
from bot.events.when_time import take_part, take_time

words = Words("bot.events")

LONGEST = 100
"""Characters. The longest date in full, "Wednesday 23 September 2026, 19:00 (UK time)", has fewer than fifty."""
FARTHEST = timedelta(days=731)
"""Two years: farther away it is most likely a slip in the year."""


class Why(StrEnum):
    """Why something was not understood; `unread-…` in the words."""

    TOO_LONG = "too-long"
    NO_DATE = "no-date"
    NO_TIME = "no-time"
    UNCLEAR = "unclear"
    """Some part of it was not understood."""
    DIFFERS = "differs"
    """The weekday and the date written beside it belong to different days."""
    PAST = "past"
    TOO_FAR = "too-far"
    NO_SUCH_TIME = "no-such-time"
    """The clocks go forward over it."""


@dataclass(frozen=True, order=True)
class Read:
    """One moment: in UTC, and as the wall in the network's zone shows it."""

    starts_at: datetime
    day: date
    time: time
    twice: bool = False
    """The clocks go back over it, so that the wall shows it two times. This is the first, as everywhere."""


@dataclass(frozen=True)
class Ambiguous:
    """It could mean each of these, two to four; those at waking hours first, then in order."""

    choices: tuple[Read, ...]


@dataclass(frozen=True)
class NotUnderstood:
    """Nothing could be read."""

    why: Why


When: TypeAlias = Read | Ambiguous | NotUnderstood


def read_when(text: str, zone: str, at: datetime) -> When:
    """What somebody meant who wrote that at the instant `at`, on the wall in `zone`. Raises nothing, whatever it is."""
    if len(text) > LONGEST:
        return NotUnderstood(Why.TOO_LONG)
    written = plain(text, zone)
    if written is None:
        return NotUnderstood(Why.UNCLEAR)
    today = local_day(at, zone)
    part, rest = take_part(written)
    minutes, rest = take_time(rest, part)
    days, lone = take_day(rest, today)
    if minutes is None and lone is not None:
        minutes, _ = take_time(f"at {lone}", part)
    elif lone is not None:
        return NotUnderstood(Why.UNCLEAR)
    wrong = _missing(days, minutes)
    return NotUnderstood(wrong) if wrong else _meant(_moments(days.days, minutes or ()), zone, at)


def say_when(starts_at: datetime, zone: str) -> str:
    """That moment in full, on the wall in `zone`: "Wednesday 2 December 2026, 19:00 (UK time)"."""
    wall = starts_at.astimezone(zone_of(zone))
    day = f"{wall:%A} {wall.day} {wall:%B} {wall.year}"
    return words.line("when", day=day, time=f"{wall:%H:%M}", zone=say_clocks(zone))


def say_clocks(zone: str) -> str:
    """Whose clocks those are: "UK time", "Buenos Aires time"."""
    if zone in ("Europe/London", "Europe/Belfast", "GB"):
        return words.line("clocks-uk")
    return words.line("clocks-city", city=zone.rpartition("/")[2].replace("_", " "))


def _missing(days: Days, minutes: Sequence[int] | None) -> Why | None:
    """What keeps it from being read at all, the gravest first."""
    if days.wrong or minutes == ():
        return Why(days.wrong or Why.UNCLEAR)
    if not days.days:
        return Why.NO_DATE
    return Why.NO_TIME if minutes is None else None


def _moments(days: Iterable[date], minutes: Sequence[int]) -> list[tuple[date, int]]:
    return [(day, minute) for day in days for minute in minutes]


def _meant(moments: Sequence[tuple[date, int]], zone: str, at: datetime) -> When:
    """All that it could mean, without what cannot be."""
    judged = [_judge(day, minute, zone_of(zone), at) for day, minute in moments]
    possible = sorted({one for one in judged if isinstance(one, Read)}, key=lambda one: (not _waking(one), one))
    if len(possible) > 1:
        return Ambiguous(tuple(possible))
    return possible[0] if possible else next(NotUnderstood(why) for why in judged if isinstance(why, Why))


def _waking(one: Read) -> bool:
    return time(7) <= one.time < time(22)


def _judge(day: date, minute: int, zone: ZoneInfo, at: datetime) -> Read | Why:
    today = local_day(at, zone)
    if not today <= day <= today + FARTHEST:
        return Why.PAST if day < today else Why.TOO_FAR
    wall = datetime.combine(day, time.min) + timedelta(minutes=minute)
    starts_at = instant(wall.date(), wall.time(), zone)
    if starts_at.astimezone(zone).replace(tzinfo=None) != wall:
        return Why.NO_SUCH_TIME
    if starts_at <= at:
        return Why.PAST
    return Read(starts_at, wall.date(), wall.time(), _twice(wall, zone)) if starts_at <= at + FARTHEST else Why.TOO_FAR


def _twice(wall: datetime, zone: ZoneInfo) -> bool:
    """Whether the wall shows it two times (PEP 495); times in a gap are gone by now."""
    both = [wall.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1)]
    return both[0] != both[1]

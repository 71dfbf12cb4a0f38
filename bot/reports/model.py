"""What organisers read of the network as a whole: months, and how things stand. Nothing here is about one person."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from bot.core.counts import Count, Shown, tell_count, tell_counts

MONTHS_BACK = 12
DISK_FULL = 85
"""Percent from which somebody should make room."""
SINGLE_DOORS = 5
"""Fewer letters than this that could not be delivered in a week are closed doors of single people: no Monday's alarm,
and nothing an organiser could mend without being told whose."""

_SETTLED = timedelta(days=14)
"""So long after its Monday an introduction may still be answered for."""
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Month:
    """Totals of the month that begins on `first`, exact: told through `told` alone.

    `members` are those who had joined when it ended, and are still here; `active` those of them who were in an
    introduction that led to a talk. `introductions` are those of its Mondays, whatever became of them.
    """

    first: date
    members: int
    active: int
    introductions: int
    talked: int


@dataclass(frozen=True)
class Told:
    """A month as it may be told."""

    first: date
    members: Count
    active: Count
    introductions: Count
    talked: Count


def told(month: Month) -> Told:
    """Who was active and what led to a talk are nearly one number: neither is told unless both are, in the same way."""
    active, talked = tell_count(month.active, month.members), tell_count(month.talked, month.introductions)
    if month.active == month.introductions == 0:
        active = talked  # where nobody was introduced, nought says nothing new of anybody
    elif active.shown is not talked.shown:
        active = talked = Count(Shown.WITHHELD)
    return Told(month.first, tell_count(month.members), active, tell_count(month.introductions), talked)


class Way(StrEnum):
    """How a member is written to, in the order in which organisers read it."""

    BROWSER = "browser"
    SLACK = "slack"
    DIRECT = "direct"
    """By direct message on Discord."""
    THREAD = "thread"
    """On Discord, in a private thread of their own."""
    NOT = "not"
    """Not at all at present."""


_TOGETHER = (frozenset({Way.BROWSER}), frozenset({Way.SLACK}), frozenset({Way.DIRECT, Way.THREAD}))
"""The ways of each platform."""


def told_ways(reached: Mapping[Way, int]) -> dict[Way, Count]:
    """How many are reached by which way, as it may be told; of each platform on which somebody is, all its ways: a line
    that is missing would tell of a nought. Beside few who are not reached it is the thread that is hidden first."""
    total = sum(reached.values())
    there = {way for ways in _TOGETHER if any(reached.get(way) for way in ways) for way in ways}
    cells = {way: reached.get(way, 0) for way in Way if way in there | {Way.NOT}} if total else {}
    if len(cells) == 2:  # one way, and not at all: of it can be said that it is nearly all
        return {way: tell_count(n, total) for way, n in cells.items()}
    counts = tell_counts(dict(reversed(cells.items())), total)
    return {way: counts[way] for way in cells}


def month_of(day: date) -> date:
    """The first day of that day's month."""
    return day.replace(day=1)


def month_before(first: date) -> date:
    """The month before the one that begins so."""
    return month_of(first - _DAY)


def month_after(first: date) -> date:
    """The month after the one that begins so."""
    return month_of(first + timedelta(days=31))


def settled_months(today: date) -> Iterator[date]:
    """Months whose introductions cannot be answered for any more, the latest first."""
    first = month_of(today - _SETTLED)
    for _ in range(MONTHS_BACK):
        first = month_before(first)
        yield first


class Stands(StrEnum):
    """What there is to say of this week's introductions."""

    MADE = "made"
    COMING = "coming"
    LATER = "later"
    HOLIDAYS = "holidays"
    NOBODY = "nobody"
    WAITING = "waiting"
    """An organiser must say yes."""
    LATE = "late"
    """Their hour has come, and they have not gone out."""


@dataclass(frozen=True)
class Week:
    """This week's introductions: how many there are, or on which `day` they or the next ones go out."""

    stands: Stands
    made: int = 0
    day: date | None = None


class Trouble(StrEnum):
    """What is not well, and can be mended."""

    WAITING = "waiting"
    LATE = "late"
    STUCK = "stuck"
    LOST = "lost"
    DISK = "disk"


@dataclass(frozen=True)
class Standing:
    """How things stand. `stuck` letters wait too long, `lost` ones could not be delivered within a week; `disk` is how
    full it is, in percent, where that is known. `waiting`: somebody waits for a vouch."""

    week: Week
    stuck: int
    lost: int
    disk: int | None
    waiting: bool

    @property
    def troubles(self) -> tuple[Trouble, ...]:
        """What is not well, the most pressing first."""
        found = {
            Trouble.STUCK: self.stuck > 0,
            Trouble.DISK: self.disk is not None and self.disk >= DISK_FULL,
            Trouble.WAITING: self.week.stands is Stands.WAITING,
            Trouble.LATE: self.week.stands is Stands.LATE,
            Trouble.LOST: self.lost >= SINGLE_DOORS,
        }
        return tuple(trouble for trouble, is_so in found.items() if is_so)

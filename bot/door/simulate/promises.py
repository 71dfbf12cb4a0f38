"""What may never happen to anybody, read off the tables at each step: the rehearsal's own reading, not the bot's.

A room adds its own promises on its door plate (`Feature.promises`); these are about letters, whoever wrote them.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from bot.chat.ids import Id, show
from bot.core.feature import Broken
from bot.core.outbox import BUDGETED, Kind
from bot.core.terms import Nation, Terms
from bot.core.walltime import local_day, zone_of
from bot.door.simulate.sorts import is_called
from bot.door.simulate.wishes import Wish
from bot.members.model import Stage

A_DAY, A_WEEK = 1, 4
"""What somebody hears unasked at most (docs: VOICE, the message budget)."""
_EVENING, _MORNING, _LESSONS, _LESSONS_END = time(20, 30), time(7), time(8, 45), time(15, 45)
_WEEK, _REMEMBERS = timedelta(weeks=1), timedelta(weeks=3)
_QUARTER = timedelta(minutes=15)
_ALWAYS = frozenset({Kind.ANSWER, Kind.URGENT, Kind.REMOVAL})
_TO_THE_PAUSED = _ALWAYS | {Kind.PROMISED}
_TO_THE_GONE = frozenset({Kind.ANSWER, Kind.REMOVAL})
_RETURN = "return:"
HERE = frozenset({Stage.MEMBER, Stage.WAITING, Stage.JOINING})
"""Whom the bot writes to by itself."""


@dataclass(frozen=True)
class Reader:
    """Who is about to read a letter, as the tables say at that moment."""

    member: Id
    stage: Stage
    away: bool
    back_on: date | None
    left: bool
    zone: str
    nation: Nation
    weekends: bool
    holidays: bool


@dataclass(frozen=True)
class Leaving:
    """A letter that is about to leave. `again`: it was tried before. `made`: how a group was made that meets in it
    (LATE, SMALLER). `answers`: it goes to an account that has just done something. `wishes`: what those to whom it goes
    asked for last and were told, whatever the tables say."""

    key: str
    kind: Kind
    again: bool
    readers: tuple[Reader, ...]
    made: str = ""
    answers: bool = True
    wishes: tuple[Wish, ...] = ()


class Promises:
    """Looks at each letter as it leaves, and remembers how much everybody has heard."""

    def __init__(self, terms: Terms) -> None:
        self._terms = terms
        self._heard: defaultdict[Id, dict[str, tuple[Kind, datetime]]] = defaultdict(dict)
        """Letters of the budget by member and key, each with the time at which it last left."""
        self._zones: dict[Id, str] = {}
        """By which clock each lives whose day or week that is: whoever moves counts anew by the new one."""

    def broken_by(self, letter: Leaving, at: datetime) -> Iterator[Broken]:
        """What this letter breaks. One that is tried again may have been read already: it is not judged anew."""
        if letter.again:
            return
        first = letter.key.partition(":")[0]
        kind = is_called(letter.key, letter.kind, letter.made, at)
        if kind is not letter.kind:
            yield Broken("called otherwise" if kind else "unknown letter", "", f"{letter.kind} {first}")
        letter = replace(letter, kind=kind or Kind.WEEKLY)
        if kind is Kind.ANSWER and not letter.answers:
            letter = replace(letter, kind=Kind.NOTICE)
        for reader in letter.readers:
            rules = {
                "quiet hours": self._is_quiet(letter, reader, at),
                "paused": _is_paused(letter, reader, at) or _asked_not_to(letter, reader, at),
                "gone": _is_gone(letter, reader),
                "budget": self._is_too_much(letter, reader, at),
            }
            said = f"{letter.kind} {first}"
            yield from (Broken(rule, show(reader.member), said) for rule, broken in rules.items() if broken)

    def had_room(self, kind: Kind, reader: Reader, since: datetime, until: datetime) -> bool:
        """Whether there was an hour in which that could be said to them, by their hours and by what they heard."""
        letter = Leaving("", kind, again=False, readers=(reader,))
        quarters = (since + _QUARTER * n for n in range((until - since) // _QUARTER))
        return any(not self._is_quiet(letter, reader, at) and self._is_left(letter, reader, at) for at in quarters)

    def _is_left(self, letter: Leaving, reader: Reader, at: datetime) -> bool:
        """Whether a letter more was no more than somebody hears."""
        today = _wall(at, reader).date()
        days = _as_one(self._week(reader.member, today))
        return letter.kind not in BUDGETED or (days[today] < A_DAY and days.total() < A_WEEK)

    def heard(self, member: Id, monday: date) -> int:
        """How many letters of the budget a member has heard in that local week."""
        return _as_one(self._week(member, monday)).total() if member in self._zones else 0

    def _is_too_much(self, letter: Leaving, reader: Reader, at: datetime) -> bool:
        """A letter that leaves again, since nobody took it before, counts where it leaves last."""
        if letter.kind not in BUDGETED:
            return False
        member, today = reader.member, _wall(at, reader).date()
        heard = {key: said for key, said in self._heard[member].items() if said[1] > at - _REMEMBERS}
        self._heard[member] = heard | {letter.key: (letter.kind, at)}
        self._zones[member] = reader.zone
        days = _as_one(self._week(member, today))
        return days[today] > A_DAY or days.total() > A_WEEK

    def _week(self, member: Id, day: date) -> list[tuple[Kind, date]]:
        """What they have heard in the week of that day, with the day of each."""
        zone, monday = self._zones[member], day - timedelta(days=day.weekday())
        said = ((kind, local_day(at, zone)) for kind, at in self._heard[member].values())
        return [(kind, on) for kind, on in said if monday <= on < monday + _WEEK]

    def _is_quiet(self, letter: Leaving, reader: Reader, at: datetime) -> bool:
        if letter.kind in _ALWAYS | {Kind.ORGANISER}:
            return False
        wall = _wall(at, reader)
        day, clock = wall.date(), wall.time()
        if not _MORNING <= clock < _EVENING:
            return True
        if letter.kind is Kind.FRIDAY and day.weekday() == 4 and self._is_term(reader, day + timedelta(days=3)):
            return self._in_lessons(reader, day, clock)
        if day.weekday() >= 5 and not reader.weekends:
            return True
        if not reader.holidays and not self._terms.is_school_day(reader.nation, day) and day.weekday() < 5:
            return True
        return self._in_lessons(reader, day, clock)

    def _in_lessons(self, reader: Reader, day: date, clock: time) -> bool:
        return self._terms.is_school_day(reader.nation, day) and _LESSONS <= clock < _LESSONS_END

    def _is_term(self, reader: Reader, day: date) -> bool:
        return self._terms.is_term_week(reader.nation, day)


def _as_one(week: Sequence[tuple[Kind, date]]) -> Counter[date]:
    """How often each day: a pulse and a weekly letter of one day are one."""
    by_kind = Counter(week)
    beside = {day: min(by_kind[Kind.WEEKLY, day], by_kind[Kind.PULSE, day]) for _, day in by_kind}
    return Counter(day for _, day in week) - Counter(beside)


def _wall(at: datetime, reader: Reader) -> datetime:
    return at.astimezone(zone_of(reader.zone))


def _is_paused(letter: Leaving, reader: Reader, at: datetime) -> bool:
    away = reader.away and (reader.back_on is None or _wall(at, reader).date() < reader.back_on)
    return away and letter.kind not in _TO_THE_PAUSED and not letter.key.startswith(_RETURN)


def _asked_not_to(letter: Leaving, reader: Reader, at: datetime) -> bool:
    today, exempt = _wall(at, reader).date(), letter.kind in _TO_THE_PAUSED or letter.key.startswith(_RETURN)
    return not exempt and any(one.holds(today) for one in letter.wishes)


def _is_gone(letter: Leaving, reader: Reader) -> bool:
    return (reader.left or reader.stage not in HERE) and letter.kind not in _TO_THE_GONE


def guest(zone: str, nation: Nation) -> Reader:
    """Somebody of whom the tables know no member: the hours are the network's."""
    return Reader(Id(0), Stage.JOINING, False, None, False, zone, nation, False, False)


def reader_of(row: Any, zone: str, nation: Nation) -> Reader:
    """From a row of the tables; what a member has not said is the network's."""
    return Reader(
        member=Id(row.member),
        stage=Stage(row.stage),
        away=row.away,
        back_on=row.back_on,
        left=row.left_at is not None,
        zone=row.zone or zone,
        nation=Nation(row.nation) if row.nation else nation,
        weekends=row.weekends,
        holidays=row.holidays,
    )

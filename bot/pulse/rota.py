"""The rota: which questions of the bank are asked in which week of a school year.

Every term week the core. Beside it, in every second term week, happy and anxious by turns; in the weeks between, the
first of these that is due: burnout once a half-term, loneliness four weeks after the last, and whichever of the termly
questions has waited longest, each once a term at most. There are more of those than weeks, so that not every one of
them is asked in every term; each is asked in every school year (decision 42).

A school year begins in August and has three terms: to Christmas, to Easter, to the summer. A half-term is a run of term
weeks without a break; a run of more than ten, where no break is known, counts as several. Nothing is remembered between
years: the same week asks the same whenever it is looked up.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from itertools import groupby

from dateutil.easter import easter

from bot.pulse.bank import Bank, HowOften, read_bank

InTerm = Callable[[date], bool]
"""Whether the week that begins on that Monday is a term week: `Terms.is_term_week` of one nation."""

MONTH = timedelta(weeks=4)
LONGEST_HALF_TERM = 10
"""Weeks: longer than any between two breaks (terms.toml); what is longer has breaks that nobody wrote down."""
_WEEK = timedelta(weeks=1)


def due(day: date, in_term: InTerm, bank: Bank | None = None) -> tuple[str, ...]:
    """The ids of what is asked in the week of that day: the core, and one beside it; nothing out of term."""
    monday = day - timedelta(days=day.weekday())
    return next((ids for week, ids in school_year(day, in_term, bank) if week == monday), ())


def school_year(day: date, in_term: InTerm, bank: Bank | None = None) -> Iterator[tuple[date, tuple[str, ...]]]:
    """Every term week of the school year of that day, by its Monday, and what is asked in it."""
    bank = bank or read_bank()
    core, turns = bank.asked(HowOften.WEEKLY), bank.asked(HowOften.BY_TURNS)
    asked: dict[str, tuple[date, int, int]] = {}
    for place, (week, term, half) in enumerate(_half_terms(day, in_term)):
        if place % 2 == 0:
            yield week, (*core, turns[place // 2 % len(turns)])
            continue
        beside = next(_wanted(bank, asked, week, term, half), None)
        if beside is not None:
            asked[beside] = week, term, half
        yield week, (*core, beside) if beside is not None else core


def _wanted(bank: Bank, asked: dict[str, tuple[date, int, int]], week: date, term: int, half: int) -> Iterator[str]:
    """What is due, the most urgent first."""
    never = (date.min, -1, -1)
    last = {one.id: asked.get(one.id, never) for one in bank.questions}
    yield from (id for id in bank.asked(HowOften.HALF_TERMLY) if last[id][2] != half)
    yield from (id for id in bank.asked(HowOften.MONTHLY) if last[id] == never or week - last[id][0] >= MONTH)
    termly = [id for id in bank.asked(HowOften.TERMLY) if last[id][1] != term]
    yield from sorted(termly, key=lambda id: last[id][0])


def _half_terms(day: date, in_term: InTerm) -> Iterator[tuple[date, int, int]]:
    """Every term week of that school year, with the number of its term and of its half-term."""
    half = 0
    for (is_term, term), run in groupby(_weeks(day), key=lambda week: (in_term(week), _term(week))):
        weeks = list(run)
        for part in _parts(weeks) if is_term else ():
            yield from ((week, term, half) for week in part)
            half += 1


def _parts(weeks: Sequence[date]) -> Iterator[Sequence[date]]:
    """As few as are short enough, and as equal as can be."""
    many = -(-len(weeks) // LONGEST_HALF_TERM)
    for place in range(many):
        yield weeks[len(weeks) * place // many : len(weeks) * (place + 1) // many]


def _term(week: date) -> int:
    """Of the three of its school year, by its Friday: the week of New Year's Day is the new year's."""
    friday = week + timedelta(days=4)
    if friday.month >= 8:
        return 0
    return 1 if friday < easter(friday.year) else 2


def _weeks(day: date) -> Iterator[date]:
    """The Mondays of the school year in which the week of that day begins."""
    monday = day - timedelta(days=day.weekday())
    year = monday.year if monday.month >= 8 else monday.year - 1
    week = date(year, 8, 1)
    week += timedelta(days=-week.weekday() % 7)
    while week < date(year + 1, 8, 1):
        yield week
        week += _WEEK

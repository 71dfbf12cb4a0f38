"""School terms by nation, from a file that the operator edits, and bank holidays from the `holidays` package."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from importlib.resources import files
from itertools import groupby, pairwise
from pathlib import Path
from typing import Any, TypeGuard

from bot.core.errors import OperatorError

_LONGEST_BREAK = timedelta(days=100)
_WRITTEN = {"name", "first", "last", "half_term"}


class Nation(StrEnum):
    """The nations of the United Kingdom, each with school terms and bank holidays of its own."""

    ENGLAND = "england"
    WALES = "wales"
    SCOTLAND = "scotland"
    NORTHERN_IRELAND = "northern_ireland"


_SUBDIVISIONS = {"england": "ENG", "wales": "WLS", "scotland": "SCT", "northern_ireland": "NIR"}
_SUMMERS = {"england": (722, 831), "wales": (722, 831), "scotland": (628, 815), "northern_ireland": (701, 831)}
"""Where no dates are written: the summer holidays, as month and day, ends included."""
_CHRISTMAS = (1221, 103)


class WrongTerms(OperatorError):
    """The file of term dates cannot be used; `mistakes` are all that was found in it, each with its key."""

    def __init__(self, mistakes: list[str]) -> None:
        super().__init__("\n".join(mistakes))
        self.mistakes = mistakes


@dataclass(frozen=True)
class Span:
    """Days from `first` to `last`, both included."""

    first: date
    last: date

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last


@dataclass(frozen=True)
class Term(Span):
    """One term, and the break inside it if it has one."""

    half_term: Span | None = None

    def holds(self, day: date) -> bool:
        """Whether school is in session in that week: half-terms are not term, weekends inside are."""
        return day in self and not (self.half_term and day in self.half_term)


@dataclass(frozen=True)
class Terms:
    """What is known of school terms, in order of time. Where nothing is written, a plain rule of thumb holds."""

    written: Mapping[Nation, tuple[Term, ...]]

    def horizon(self, nation: Nation) -> date | None:
        """The last day that the file knows of; None where it knows nothing of that nation."""
        terms = self.written.get(nation)
        return terms[-1].last if terms else None

    def in_term(self, nation: Nation, day: date) -> bool:
        """Whether `day` lies in a term and in no half-term; weekends and bank holidays inside a term do."""
        terms = self.written.get(nation)
        if not terms or day not in Span(terms[0].first, terms[-1].last):
            return not _holidays_by_thumb(nation, day)
        return any(term.holds(day) for term in terms)

    def is_school_day(self, nation: Nation, day: date) -> bool:
        """A weekday in term that is no bank holiday."""
        return day.weekday() < 5 and self.in_term(nation, day) and not self.is_bank_holiday(nation, day)

    def is_term_week(self, nation: Nation, day: date) -> bool:
        """Whether the week of `day`, from Monday on, has a school day."""
        monday = day - timedelta(days=day.weekday())
        return any(self.is_school_day(nation, monday + timedelta(days=later)) for later in range(5))

    def is_bank_holiday(self, nation: Nation, day: date) -> bool:
        """Bank and public holidays, weekend ones included, those moved to a weekday too."""
        return day in _bank_holidays(nation, day.year)


@cache
def _bank_holidays(nation: Nation, year: int) -> frozenset[date]:
    return _written_holidays()[nation].get(year) or reckoned(nation, year)


@cache
def _written_holidays() -> Mapping[Nation, Mapping[int, frozenset[date]]]:
    """What the library said of the years that a bot is likely to live in, by nation and year."""
    days = tomllib.loads(files("bot.core").joinpath("bank_holidays.toml").read_text(encoding="utf-8"))
    return {
        nation: {year: frozenset(same) for year, same in groupby(days[nation], key=lambda day: day.year)}
        for nation in Nation
    }


def reckoned(nation: Nation, year: int) -> frozenset[date]:
    """What the library says of any year. It loads every country there is, which takes 20 MB (docs/performance.md): so
    years in the file are looked up there."""
    import holidays

    return frozenset(holidays.country_holidays("GB", subdiv=_SUBDIVISIONS[nation], years=year))


def _holidays_by_thumb(nation: Nation, day: date) -> bool:
    number = day.month * 100 + day.day
    starts, ends = _SUMMERS[nation]
    return starts <= number <= ends or number >= _CHRISTMAS[0] or number <= _CHRISTMAS[1]


def read_terms(path: Path | None = None) -> Terms:
    """The operator's own file, or the example that travels with the bot. Raises WrongTerms naming every mistake."""
    source = path or files("bot.core").joinpath("terms.toml")
    try:
        return parse_terms(source.read_text(encoding="utf-8"))
    except WrongTerms as wrong:
        raise WrongTerms([f"{path}: {mistake}" for mistake in wrong.mistakes]) from None
    except (OSError, UnicodeDecodeError) as problem:
        raise WrongTerms([f"{path}: cannot be read ({type(problem).__name__})"]) from None


def parse_terms(text: str) -> Terms:
    """Term dates as TOML: a list of tables a nation. Raises WrongTerms naming every mistake."""
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as problem:
        raise WrongTerms([f"not TOML: {problem}"]) from None
    mistakes = [mistake for nation, terms in tables.items() for mistake in _wrong_nation(nation, terms)]
    if mistakes:
        raise WrongTerms(mistakes)
    return Terms({Nation(nation): tuple(map(_term, terms)) for nation, terms in tables.items() if terms})


def _term(table: Mapping[str, Any]) -> Term:
    half_term = Span(*table["half_term"]) if "half_term" in table else None
    return Term(table["first"], table["last"], half_term)


def _wrong_nation(nation: str, terms: object) -> Iterator[str]:
    if nation not in list(Nation):
        yield f"{nation}: no such nation; there are {', '.join(Nation)}"
        return
    if not isinstance(terms, list) or not all(isinstance(term, dict) for term in terms):
        yield f"{nation}: begin each term with [[{nation}]]"
        return
    wrong = [f"{nation}[{number}].{why}" for number, term in enumerate(terms, 1) for why in _wrong_term(term)]
    yield from wrong or _wrong_order(nation, [_term(term) for term in terms])


def _wrong_term(table: Mapping[str, Any]) -> Iterator[str]:
    first, last = table.get("first"), table.get("last")
    yield from (f"{key}: no such key; there are {', '.join(sorted(_WRITTEN))}" for key in table if key not in _WRITTEN)
    yield from (
        f"{key}: a date such as 2026-09-01 is missing" for key in ("first", "last") if not _is_day(table.get(key))
    )
    if _is_day(first) and _is_day(last) and first > last:
        yield f"last: {last} is before the term's first day, {first}"
    if "half_term" in table:
        yield from _wrong_half_term(table["half_term"], first, last)


def _wrong_half_term(days: object, first: object, last: object) -> Iterator[str]:
    if not isinstance(days, list) or len(days) != 2 or not all(map(_is_day, days)):
        yield "half_term: write its first and last day, such as [2026-10-26, 2026-10-30]"
    elif days[0] > days[1]:
        yield f"half_term: {days[1]} is before {days[0]}"
    elif _is_day(first) and _is_day(last) and not first < days[0] <= days[1] < last:
        yield f"half_term: {days[0]} to {days[1]} does not lie inside the term"


def _is_day(value: object) -> TypeGuard[date]:
    return type(value) is date


def _wrong_order(nation: str, terms: list[Term]) -> Iterator[str]:
    """Mistakes between neighbours. A hole in the file would keep people quiet for months: it is a mistake too."""
    for number, (before, after) in enumerate(pairwise(terms), 2):
        if after.first <= before.last:
            yield f"{nation}[{number}].first: {after.first} is not after the term before it, which ends {before.last}"
        elif after.first - before.last > _LONGEST_BREAK:
            yield f"{nation}[{number}].first: {after.first} is more than {_LONGEST_BREAK.days} days after {before.last}"

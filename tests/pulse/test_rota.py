"""The rota over many school years and in all nations: each question as often as promised, none outside term."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from itertools import groupby, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.terms import Nation, read_terms
from bot.pulse.bank import HowOften, read_bank
from bot.pulse.rota import LONGEST_HALF_TERM, MONTH, due, school_year

TERMS, BANK = read_terms(), read_bank()
WEEK = timedelta(weeks=1)
CORE, TURNS = BANK.asked(HowOften.WEEKLY), BANK.asked(HowOften.BY_TURNS)
TERMLY = BANK.asked(HowOften.TERMLY)
YEARS = range(2026, 2046)
"""The first two are written in terms.toml; for the others a rule of thumb holds."""

Year = Sequence[tuple[date, tuple[str, ...]]]


def in_term(nation: Nation) -> Callable[[date], bool]:
    return lambda monday: TERMS.is_term_week(nation, monday)


@pytest.fixture(scope="module", params=list(Nation))
def years(request: pytest.FixtureRequest) -> tuple[Nation, list[Year]]:
    nation: Nation = request.param
    return nation, [list(school_year(date(year, 11, 1), in_term(nation))) for year in YEARS]


def every(years: tuple[Nation, list[Year]]) -> Iterator[tuple[date, tuple[str, ...]]]:
    return (week for year in years[1] for week in year)


def test_exactly_the_term_weeks_are_asked_in(years: tuple[Nation, list[Year]]) -> None:
    first, last = date(YEARS[0], 8, 1), date(YEARS[-1] + 1, 8, 1)
    mondays = (first + timedelta(days=days) for days in range((last - first).days))
    term = [day for day in mondays if day.weekday() == 0 and TERMS.is_term_week(years[0], day)]
    assert [week for week, _ in every(years)] == term


def test_every_week_has_the_core_and_at_most_one_beside_it(years: tuple[Nation, list[Year]]) -> None:
    for _, ids in every(years):
        assert ids[:1] == CORE
        assert len(ids) == len(set(ids)) <= 2
        assert "heard" not in ids


def test_happy_and_anxious_come_by_turns_in_every_second_week(years: tuple[Nation, list[Year]]) -> None:
    for year in years[1]:
        beside = [ids[1:] for _, ids in year]
        assert beside[::2] == [(TURNS[place % 2],) for place in range(len(beside[::2]))]
        assert not {id for ids in beside[1::2] for id in ids} & set(TURNS)


def test_burnout_is_asked_once_in_each_half_term(years: tuple[Nation, list[Year]]) -> None:
    for year in years[1]:
        for run in runs(year):
            asked = sum("burnout" in ids for _, ids in run)
            if len(run) <= LONGEST_HALF_TERM:
                assert asked <= 1
            assert asked >= len(run) // (LONGEST_HALF_TERM + 1) + (len(run) > 1) * (len(run) <= LONGEST_HALF_TERM)
        assert 5 <= sum("burnout" in ids for _, ids in year) <= 7


def runs(year: Year) -> Iterator[Year]:
    """Weeks without a break between them, cut at Christmas and at Easter by the breaks there are."""
    numbered = [(week - place * WEEK, week, ids) for place, (week, ids) in enumerate(year)]
    for _, run in groupby(numbered, key=lambda one: one[0]):
        yield [(week, ids) for _, week, ids in run]


def test_loneliness_is_asked_about_monthly(years: tuple[Nation, list[Year]]) -> None:
    for year in years[1]:
        asked = [week for week, ids in year if "lonely" in ids]
        between = [week for week, _ in year]
        assert all(after - before >= MONTH for before, after in pairwise(asked))
        assert all(between.index(after) - between.index(before) <= 6 for before, after in pairwise(asked))
        assert len(asked) >= 8


def test_the_others_are_asked_in_turn_and_each_in_every_year(years: tuple[Nation, list[Year]]) -> None:
    for year in years[1]:
        asked = Counter(id for _, ids in year for id in ids if id in TERMLY)
        assert set(asked) == set(TERMLY)
        assert max(asked.values()) <= 3
        assert max(asked.values()) - min(asked.values()) <= 1


def test_none_of_the_others_is_asked_twice_in_a_term(years: tuple[Nation, list[Year]]) -> None:
    for year in years[1]:
        autumn = [ids for week, ids in year if week.month >= 8]
        assert all(sum(id in ids for ids in autumn) <= 1 for id in TERMLY)


@given(st.dates(date(2026, 8, 10), date(2060, 7, 1)), st.sampled_from(Nation))
def test_a_day_asks_what_its_week_asks(day: date, nation: Nation) -> None:
    monday = day - timedelta(days=day.weekday())
    asked = due(day, in_term(nation))
    assert asked == due(monday, in_term(nation))
    assert bool(asked) == TERMS.is_term_week(nation, day)


@given(st.sets(st.integers(0, 51)))
def test_whatever_the_terms_are_the_promises_hold(off: set[int]) -> None:
    first = date(2026, 8, 3)
    year = list(school_year(first, lambda monday: (monday - first) // WEEK not in off))
    assert len(year) == 52 - len(off)
    assert all(ids[:1] == CORE and len(ids) <= 2 for _, ids in year)
    lonely = [week for week, ids in year if "lonely" in ids]
    assert all(after - before >= MONTH for before, after in pairwise(lonely))
    assert all(sum("burnout" in ids for _, ids in run) <= -(-len(run) // LONGEST_HALF_TERM) + 2 for run in runs(year))

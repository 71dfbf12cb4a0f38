"""A year of published tables, with people joining and leaving: what can be worked out from all of them together.

Each answer is in one table, and tables of different weeks share nothing that must be equal: nobody has to answer, or to
answer the same. The attacker here believes more, that nobody ever changes their mind; knows the rules and who was in
the network in which week; and is even given the rounded counts behind every share and every "most". Who answered in
which week is what is not known. Whatever is left of each cell is found by integer programming.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import Bounds, LinearConstraint, milp

from bot.pulse.telling import ROOM, How, K, publish
from tests.conftest import DRILL

BANDS = 3
WEEKS = 12 if DRILL else 5


@dataclass(frozen=True)
class Head:
    """Somebody who is in the network from one week to another, and never changes their mind."""

    first: int
    last: int
    band: int


@dataclass(frozen=True)
class Year:
    """Who was in, and how many gave which answer, by week."""

    heads: Sequence[Head]
    answers: Sequence[Sequence[int]]

    def inside(self, week: int) -> list[Head]:
        return [head for head in self.heads if head.first <= week <= head.last]

    def row(self, week: int) -> tuple[int, ...]:
        """The rounded counts, where anything was told."""
        cells = self.answers[week]
        told = publish([{"": cells}], {"": len(self.inside(week))}).results[0].told
        return () if told.how is How.NOTHING else tuple(5 * ((2 * cell + 5) // 10) for cell in cells)


def lived(dice: Random, people: int, answering: float) -> Year:
    """A year in which a few join and a few leave each week."""
    spans = [(0, dice.choice([WEEKS - 1, WEEKS - 1, dice.randrange(WEEKS)])) for _ in range(people)]
    spans += [(week, WEEKS - 1) for week in range(1, WEEKS) for _ in range(dice.randrange(4))]
    weights = [dice.random() + 0.05 for _ in range(BANDS)]
    heads = [Head(first, last, dice.choices(range(BANDS), weights)[0]) for first, last in spans]
    answers = []
    for week in range(WEEKS):
        said = Counter(one.band for one in heads if one.first <= week <= one.last and dice.random() < answering)
        answers.append([said[band] for band in range(BANDS)])
    return Year(heads, answers)


class Attacker:
    """What can be known of a year: how many of each cohort hold each opinion, and how many of them answered when."""

    def __init__(self, year: Year, rounding: int = 2, everybody_answers: bool = False) -> None:
        self.cohorts = Counter((head.first, head.last) for head in year.heads)
        self.weeks = [week for week in range(len(year.answers)) if year.row(week)]
        self.width = (len(self.cohorts) + len(self.weeks)) * BANDS
        self.low, self.high = np.zeros(self.width), np.full(self.width, float(len(year.heads)))
        self.rows: list[np.ndarray] = []
        self.least: list[float] = []
        self.most: list[float] = []
        for place, many in enumerate(self.cohorts.values()):
            self._know({self._held(place, band): 1 for band in range(BANDS)}, many, many)
        for week in self.weeks:
            self._read(week, year, rounding, everybody_answers)

    def _read(self, week: int, year: Year, rounding: int, everybody_answers: bool) -> None:
        """What one week's table says."""
        row = year.row(week) if rounding else year.answers[week]
        inside = [place for place, (first, last) in enumerate(self.cohorts) if first <= week <= last]
        for band in range(BANDS):
            said = self.said(week, band)
            self.low[said], self.high[said] = max(0, row[band] - rounding), row[band] + rounding
            holding = {self._held(place, band): 1.0 for place in inside}
            self._know(holding | {said: -1.0}, 0, 0 if everybody_answers else np.inf)
        self._know({self.said(week, band): 1 for band in range(BANDS)}, K, np.inf)

    def _know(self, terms: dict[int, float], least: float, most: float) -> None:
        row = np.zeros(self.width)
        row[list(terms)] = list(terms.values())
        self.rows.append(row)
        self.least.append(least)
        self.most.append(most)

    def _held(self, cohort: int, band: int) -> int:
        return cohort * BANDS + band

    def said(self, week: int, band: int) -> int:
        return (len(self.cohorts) + self.weeks.index(week)) * BANDS + band

    def room(self, week: int, band: int) -> int:
        """How far apart the largest and the smallest number are that this cell could be."""
        ends = [self._end(self.said(week, band), sign) for sign in (1, -1)]
        return ends[1] - ends[0]

    def _end(self, cell: int, sign: int) -> int:
        aim = np.zeros(self.width)
        aim[cell] = sign
        known = LinearConstraint(np.array(self.rows), self.least, self.most)
        found = milp(aim, integrality=np.ones(self.width), bounds=Bounds(self.low, self.high), constraints=known)
        assert found.success, "the truth itself is always possible"
        return round(float(found.x[cell]))


def narrowest(attacker: Attacker) -> int:
    return min((attacker.room(week, band) for week in attacker.weeks for band in range(BANDS)), default=ROOM)


@settings(max_examples=300 if DRILL else 12)
@given(st.integers(0, 2**32), st.integers(40, 150), st.floats(0.15, 0.7))
def test_no_year_of_tables_tells_more_than_rounding_leaves(seed: int, people: int, answering: float) -> None:
    assert narrowest(Attacker(lived(Random(seed), people, answering))) >= ROOM


def test_the_check_catches_numbers_told_as_they_are() -> None:
    assert narrowest(Attacker(lived(Random(3), 60, 0.5), rounding=0)) < ROOM


@pytest.mark.parametrize(("everybody_answers", "safe"), [(False, True), (True, False)])
def test_where_the_promise_ends(everybody_answers: bool, safe: bool) -> None:
    """Where everybody answers every week, nobody changes their mind, and one joins: that is what members are told of as
    "what totals show in a small group over many weeks"."""
    heads = [Head(0, 1, band) for band, many in enumerate((2, 14, 14)) for _ in range(many)]
    year = Year([*heads, Head(1, 1, 0)], [[2, 14, 14], [3, 14, 14]])
    assert [year.row(week) for week in range(2)] == [(0, 15, 15), (5, 15, 15)]
    assert (narrowest(Attacker(year, everybody_answers=everybody_answers)) >= ROOM) is safe

"""Whether two who meet again had another choice, on Mondays that are written down by hand."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from itertools import combinations

import pytest

from bot.door.simulate.alternatives import Alternatives
from bot.door.simulate.plan import Plan
from bot.door.simulate.running import rehearse
from storage.mondays import Monday
from tests.simulate import asked, matchers

DAY = date(2026, 11, 16)
LEFT, CHANGE = "somebody was left over", "others could change places"


def two(*people: int) -> frozenset[int]:
    return frozenset(people)


def met(*groups: tuple[int, ...]) -> frozenset[frozenset[int]]:
    return frozenset(frozenset(pair) for group in groups for pair in combinations(group, 2))


def said(monday: Monday) -> list[str]:
    return [one.detail.partition(": ")[2] for one in Alternatives(monday).needless()]


PAIRS = Monday(DAY, {1: two(1, 2), 2: two(3, 4)}, met=met((1, 2)))
TRIO = Monday(DAY, {1: two(1, 2, 3), 2: two(4, 5)}, met=met((1, 2)))
BESIDE_A_TRIO = Monday(DAY, {1: two(1, 2), 2: two(3, 4, 5)}, met=met((1, 2)))
LEFT_OVER = Monday(DAY, {1: two(1, 2)}, two(3), met=met((1, 2)))


@pytest.mark.parametrize(
    ("monday", "why"), [(PAIRS, CHANGE), (TRIO, CHANGE), (BESIDE_A_TRIO, CHANGE), (LEFT_OVER, LEFT)]
)
def test_a_meeting_that_need_not_be_again_is_reported(monday: Monday, why: str) -> None:
    assert said(monday) == [why]
    assert said(replace(monday, met=frozenset())) == []


@pytest.mark.parametrize(
    "monday",
    [
        replace(PAIRS, met=met((1, 2), (1, 3), (1, 4))),
        replace(PAIRS, apart=met((1, 3), (1, 4))),
        replace(PAIRS, theirs={1: frozenset({"north"}), 3: frozenset({"north"}), 4: frozenset({"north"})}),
        replace(TRIO, apart=met((1, 4), (1, 5), (2, 4), (2, 5))),
        replace(LEFT_OVER, waited={1: 1, 2: 1}),
        replace(LEFT_OVER, apart=met((1, 3), (2, 3))),
        replace(LEFT_OVER, met=met((1, 2), (1, 3), (2, 3))),
    ],
)
def test_a_meeting_without_another_choice_is_none(monday: Monday) -> None:
    assert said(monday) == []


def test_who_waited_as_long_could_have_been_met() -> None:
    assert said(replace(LEFT_OVER, waited={1: 1, 2: 1, 3: 1})) == [LEFT]


def late_and_met(monkeypatch: pytest.MonkeyPatch, plant: Callable[[pytest.MonkeyPatch], None] | None) -> set[str]:
    asked.town_of_pauses(monkeypatch)
    if plant:
        plant(monkeypatch)
    broken = rehearse(Plan(members=16, weeks=5, seed=3)).violations
    return {one.detail.partition(": ")[2] for one in broken if one.rule == "repeat"}


def test_nobody_meets_again_within_a_week(monkeypatch: pytest.MonkeyPatch) -> None:
    assert late_and_met(monkeypatch, None) == set()
    assert late_and_met(monkeypatch, matchers.late_ones_who_met) == {"late"}

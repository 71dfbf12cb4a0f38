"""Nobody who knows the rules, what is told and how many were asked can work out more than rounding leaves.

Tried on all small tables: any cell, any remainder, and any other sum of cells could still be three numbers at least,
also for whoever takes it that nobody left a question out. Planted faults show that the check would notice.
"""

from collections.abc import Hashable, Mapping, Sequence

import pytest

from bot.pulse import telling
from bot.pulse.telling import ROOM, K, Tally, publish
from tests.pulse.attacker import (
    Publish,
    behind_cut,
    behind_one,
    behind_two,
    every_sum,
    fewest_tables,
    narrowest,
)

AT_LEAST = ROOM + 1


@pytest.mark.parametrize(("people", "bands"), [(12, 3), (15, 4), (30, 2), (30, 3), (33, 2), (70, 2)])
def test_no_cell_and_no_remainder_of_any_small_table_can_be_worked_out(people: int, bands: int) -> None:
    behind = behind_one(publish, people, bands)
    assert narrowest(behind, every_sum(bands)) >= AT_LEAST
    assert fewest_tables(behind) >= 2 * AT_LEAST


@pytest.mark.drill
@pytest.mark.parametrize(("people", "bands"), [*((people, 3) for people in range(10, 80, 7)), (30, 4), (37, 4)])
def test_nor_of_larger_ones(people: int, bands: int) -> None:
    assert narrowest(behind_one(publish, people, bands), every_sum(bands)) >= AT_LEAST


def test_two_questions_of_the_same_people_give_neither_away() -> None:
    assert narrowest(behind_two(publish, 30, 2, 2), [[place] for place in range(4)]) >= AT_LEAST


@pytest.mark.drill
@pytest.mark.parametrize(("people", "first", "second"), [(30, 2, 3), (33, 2, 3), (22, 3, 3), (18, 2, 4)])
def test_nor_do_larger_ones(people: int, first: int, second: int) -> None:
    places = [[place] for place in range(first + second)]
    assert narrowest(behind_two(publish, people, first, second), places) >= AT_LEAST


def cells_and_sizes(groups: int, bands: int) -> list[list[int]]:
    """Every cell of every part, how many answered in each, and how many outside it."""
    all = list(range(groups * bands))
    sizes = [all[group * bands : (group + 1) * bands] for group in range(groups)]
    return [[place] for place in all] + sizes + [[one for one in all if one not in size] for size in sizes]


@pytest.mark.parametrize("asked", [(12, 12, 2), (12, 2, 12)])
def test_no_cut_gives_away_a_part_that_is_too_small_or_what_is_left_of_it(asked: tuple[int, ...]) -> None:
    eligible = dict(zip("abcd", asked, strict=False))
    assert narrowest(behind_cut(publish, eligible, 2), cells_and_sizes(len(asked), 2)) >= AT_LEAST


@pytest.mark.drill
@pytest.mark.parametrize("asked", [(12, 12, 4), (13, 13, 3), (12, 12, 9), (14, 2, 13)])
def test_nor_does_a_larger_one(asked: tuple[int, ...]) -> None:
    eligible = dict(zip("abcd", asked, strict=False))
    assert narrowest(behind_cut(publish, eligible, 2), cells_and_sizes(len(asked), 2)) >= AT_LEAST


# ---- Planted faults


def with_how_many_answered(tallies: Sequence[Tally], eligible: Mapping[str, int]) -> Hashable:
    """The response rate, rounded by itself rather than worked out from what is told."""
    answered, asked = sum(map(sum, tallies[0].values())), sum(eligible.values())
    return publish(tallies, eligible), round(10 * answered / asked)


def with_counts_and_shares(tallies: Sequence[Tally], eligible: Mapping[str, int]) -> Hashable:
    """Both."""
    cells = tallies[0][""]
    shares = tuple(round(10 * cell / (sum(cells) or 1)) for cell in cells)
    return publish(tallies, eligible), shares if sum(cells) >= K else ()


def rounded_and_no_more(tallies: Sequence[Tally], eligible: Mapping[str, int]) -> Hashable:
    """Rounded to five, whoever was asked."""
    cells = tallies[0][""]
    return tuple(5 * round(cell / 5) for cell in cells) if sum(cells) >= K else ()


@pytest.mark.parametrize(
    ("wrong", "people", "bands"),
    [
        (with_how_many_answered, 30, 3),
        (with_counts_and_shares, 30, 2),
        (rounded_and_no_more, 12, 3),
        (lambda tallies, _: tuple(tallies[0][""]), 12, 2),
    ],
)
def test_the_check_catches_what_tells_too_much(wrong: Publish, people: int, bands: int) -> None:
    assert narrowest(behind_one(wrong, people, bands), every_sum(bands)) < AT_LEAST


def each_by_itself(tallies: Sequence[Tally], eligible: Mapping[str, int]) -> Hashable:
    """Two questions, each told as if it were alone."""
    return tuple(publish([tally], eligible).results for tally in tallies)


def test_the_check_catches_two_questions_that_tell_of_each_other() -> None:
    places = [[place] for place in range(5)]
    assert narrowest(behind_two(each_by_itself, 16, 2, 3), places) < AT_LEAST


def beside_the_whole(tallies: Sequence[Tally], eligible: Mapping[str, int]) -> Hashable:
    """Parts of K and more, and the whole rounded by itself: what is left can be subtracted."""
    (tally,) = tallies
    large = {name: publish([{"": cells}], {"": 99}) for name, cells in tally.items() if sum(cells) >= K}
    whole = tuple(map(sum, zip(*tally.values(), strict=True)))
    return tuple(large.items()), publish([{"": whole}], {"": 99})


def small_alone(tallies: Sequence[Tally], eligible: Mapping[str, int]) -> Hashable:
    """How many answered in each part, the small one left out, and how many did in all."""
    (tally,) = tallies
    sizes = {name: sum(cells) for name, cells in tally.items()}
    return tuple(size if size >= K else None for size in sizes.values()), sum(sizes.values())


@pytest.mark.parametrize("wrong", [beside_the_whole, small_alone])
def test_the_check_catches_a_cut_that_gives_itself_away(wrong: Publish) -> None:
    behind = behind_cut(wrong, {"a": 11, "b": 11, "c": 2}, 2)
    assert narrowest(behind, cells_and_sizes(3, 2)) < AT_LEAST


def test_the_check_catches_rounding_that_leaves_no_room(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(telling, "_leave_room", lambda rows, asked: True)
    assert narrowest(behind_one(publish, 15, 4), every_sum(4)) < AT_LEAST

"""Counts that people read: whatever is hidden stays at least five numbers wide, for a reader who knows the rules."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.counts import THRESHOLD, Count, Shown, say_count, tell_count, tell_counts

Tell = Callable[[Mapping[str, int], int], Mapping[str, Count]]
Told = tuple[Count, ...]


def tables(total: int, cells: int) -> Iterator[tuple[int, ...]]:
    """Every way to part `total` people into that many cells."""
    if cells == 1:
        yield (total,)
        return
    for n in range(total + 1):
        yield from ((n, *rest) for rest in tables(total - n, cells - 1))


def narrowest(tell: Tell, cells: int, most: int) -> int:
    """Among all tables up to `most` people, by everything told: the fewest numbers that a hidden cell might be."""
    behind: dict[Told, list[tuple[int, ...]]] = defaultdict(list)
    for total in range(1, most + 1):
        for table in tables(total, cells):
            named = {str(place): n for place, n in enumerate(table)}
            behind[(tell_count(total), *tell(named, total).values())].append(table)
    return min(_widths(behind))


def _widths(behind: Mapping[Told, list[tuple[int, ...]]]) -> Iterator[int]:
    for told, possible in behind.items():
        for place, count in enumerate(told[1:]):
            if count.shown is not Shown.EXACT:
                yield len({table[place] for table in possible})


@pytest.mark.parametrize(("cells", "most"), [(2, 60), (3, 40), (4, 28), (5, 18)])
def test_no_hidden_cell_of_any_small_table_can_be_worked_out(cells: int, most: int) -> None:
    assert narrowest(tell_counts, cells, most) >= THRESHOLD


def only_small(cells: Mapping[str, int], total: int) -> Mapping[str, Count]:
    """Planted: the small cells alone."""
    return {name: Count(Shown.FEW) if n < THRESHOLD else Count(Shown.EXACT, n) for name, n in cells.items()}


def with_the_next_smallest(cells: Mapping[str, int], total: int) -> Mapping[str, Count]:
    """Planted: what statistical offices do by hand, which tells by its choice."""
    told, hidden = dict(only_small(cells, total)), [name for name, n in cells.items() if n < THRESHOLD]
    if len(hidden) == 1:
        hidden.append(min((name for name in cells if name not in hidden), key=cells.__getitem__))
    return told | {name: Count(Shown.WITHHELD) for name in hidden}


@pytest.mark.parametrize("wrong", [only_small, with_the_next_smallest])
def test_the_check_catches_a_table_that_gives_itself_away(wrong: Tell) -> None:
    assert narrowest(wrong, 3, 20) < THRESHOLD


@given(st.lists(st.integers(0, 60), min_size=2, max_size=8))
def test_two_are_hidden_or_none_and_what_is_told_is_true(numbers: list[int]) -> None:
    cells = {str(place): n for place, n in enumerate(numbers)}
    told = tell_counts(cells, sum(numbers))
    hidden = [name for name, count in told.items() if count.shown is not Shown.EXACT]
    assert len(hidden) != 1
    assert all(cells[name] < THRESHOLD for name in cells if told[name].shown is Shown.FEW)
    assert all(count.n == cells[name] for name, count in told.items() if name not in hidden)
    assert bool(hidden) == any(n < THRESHOLD for n in numbers) or not any(numbers)


@given(st.integers(0, 60), st.integers(0, 60))
def test_a_part_of_a_group_tells_neither_a_small_part_nor_a_small_rest(n: int, rest: int) -> None:
    told = tell_count(n, n + rest)
    assert (told.shown is Shown.EXACT) == (min(n, rest) >= THRESHOLD or n + rest == 0)
    assert told.shown is not Shown.FEW or n < THRESHOLD
    assert told.shown is not Shown.MOST or rest < THRESHOLD
    assert told.of == (n + rest if n + rest >= THRESHOLD or n + rest == 0 else None)


def test_what_a_reader_may_be_told() -> None:
    assert tell_count(12) == Count(Shown.EXACT, 12)
    assert tell_count(4) == Count(Shown.FEW)
    assert tell_count(0) == Count(Shown.EXACT, 0)
    assert tell_count(7, of=12) == Count(Shown.EXACT, 7, 12)
    assert tell_count(0, of=12) == tell_count(3, of=12) == Count(Shown.FEW, None, 12)
    assert tell_count(9, of=12) == Count(Shown.MOST, None, 12)
    assert tell_count(3, of=8) == Count(Shown.WITHHELD, None, 8)
    assert tell_count(1, of=3) == Count(Shown.WITHHELD)


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (tell_count(12), "12"),
        (tell_count(1200), "1200"),
        (tell_count(4), "fewer than five"),
        (tell_count(9, of=12), "nearly all"),
        (tell_count(1, of=3), "not told"),
    ],
)
def test_a_count_is_said_in_the_same_words_everywhere(count: Count, said: str) -> None:
    assert say_count(count) == said


def test_a_table_hides_a_neighbour_with_the_small_one() -> None:
    told = tell_counts({"nursery": 2, "primary": 40, "secondary": 30, "special": 12}, 84)
    assert [count.n for count in told.values()] == [None, None, 30, 12]
    assert [count.shown for count in told.values()][:2] == [Shown.FEW, Shown.WITHHELD]


def test_counts_that_add_up_to_nothing_pass_one_by_one() -> None:
    assert tell_counts({"staffing": 3, "budgets": 9}) == {
        "staffing": Count(Shown.FEW),
        "budgets": Count(Shown.EXACT, 9),
    }
    assert tell_counts({"all": 9}, 9) == {"all": Count(Shown.EXACT, 9)}


def test_numbers_that_cannot_be_are_refused() -> None:
    for wrong in (lambda: tell_count(-1), lambda: tell_count(5, of=4), lambda: tell_counts({"a": 5, "b": 6}, 12)):
        with pytest.raises(ValueError, match="below zero"):
            wrong()

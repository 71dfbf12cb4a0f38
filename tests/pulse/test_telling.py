"""What is told of a poll, and that nobody can work out more: all small tables, and every rule on its own."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.pulse.telling import FIFTY, How, K, Part, Result, Table, Told, pack, publish, unpack

ROOMS = st.lists(st.integers(0, 60), min_size=2, max_size=4)


def tell(*cells: int, of: int = 1000) -> Told:
    """One question, without a cut."""
    return publish([{"": cells}], {"": of}).results[0].told


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        ((3, 3, 3), Told(How.NOTHING)),
        ((4, 3, 3), Told(How.COUNTS, (5, 5, 5))),
        ((12, 8, 2), Told(How.COUNTS, (10, 10, 0))),
        ((7, 3), Told(How.COUNTS, (5, 5))),
        ((8, 2), Told(How.MOST, (1, 0))),
        ((0, 12, 0), Told(How.MOST, (0, 1, 0))),
        ((31, 18, 4), Told(How.COUNTS, (30, 20, 5))),
        ((40, 18, 4), Told(How.SHARES, (60, 30, 10))),
        ((200, 150, 30, 20), Told(How.SHARES, (50, 40, 10, 10))),
        ((960, 20, 15), Told(How.MOST, (1, 0, 0))),
    ],
)
def test_what_is_told_of_a_question(cells: tuple[int, ...], told: Told) -> None:
    assert tell(*cells) == told


@pytest.mark.parametrize(("asked", "rate"), [(30, 70), (60, 30), (1000, 0), (22, 90), (21, 100)])
def test_how_many_answered_is_worked_out_from_what_is_told(asked: int, rate: int) -> None:
    assert publish([{"": (11, 10)}], {"": asked}).rate == rate


def test_all_who_were_asked_gave_the_same_answer_and_it_is_not_said() -> None:
    assert tell(30, 0, 0, of=33) == Told(How.MOST, (1, 0, 0))


def test_too_few_answers_to_one_question_tell_nothing_of_any() -> None:
    assert publish([{"": (9, 8)}, {"": (5, 4)}], {"": 200}) == Table((Result(Told(How.NOTHING)),) * 2)


def test_where_everybody_answered_and_rounding_would_not_hide_it_nothing_is_told() -> None:
    assert tell(8, 8, 8, 3, of=27) == Told(How.NOTHING)
    assert tell(8, 8, 8, 3, of=30) == Told(How.COUNTS, (10, 10, 10, 5))


def test_of_ten_people_it_would_be_known_that_all_answered_and_nothing_is_told() -> None:
    assert tell(5, 5, of=11) == Told(How.NOTHING)
    assert tell(5, 5, of=12) == Told(How.COUNTS, (5, 5))


@given(ROOMS)
def test_what_is_told_is_true(cells: list[int]) -> None:
    told = tell(*cells)
    if told.how is How.COUNTS:
        assert all(abs(cell - number) <= 2 for cell, number in zip(told.cells, cells, strict=True))
    if told.how is How.SHARES:
        shares = [100 * number / sum(cells) for number in cells]
        assert sum(cells) >= FIFTY
        assert all(abs(cell - share) < 15 for cell, share in zip(told.cells, shares, strict=True))
    if told.how is How.MOST:
        assert 2 * cells[told.cells.index(1)] > sum(cells)
        assert sum(told.cells) == 1
    assert (told.how is How.NOTHING) >= (sum(cells) < K)


@given(ROOMS)
def test_numbers_are_told_or_shares_and_never_both(cells: list[int]) -> None:
    told = tell(*cells)
    assert told.how is not How.COUNTS or all(cell % 5 == 0 for cell in told.cells)
    assert told.how is not How.SHARES or all(cell % 10 == 0 for cell in told.cells)
    assert told.how in (How.COUNTS, How.NOTHING) or sum(cells) >= FIFTY or told.how is How.MOST


# ---- Cuts


def parts(table: Table) -> dict[tuple[str, ...], tuple[int, ...]]:
    """The parts told of the first question."""
    return {part.groups: part.told.cells for part in table.results[0].parts}


def cut(**tally: tuple[int, ...]) -> Table:
    """A poll of a hundred people in each part."""
    return publish([tally], dict.fromkeys(tally, 100))


def test_large_parts_are_told_and_what_is_told_of_all_is_their_sum() -> None:
    table = cut(primary=(11, 12, 3), secondary=(6, 7, 7))
    assert parts(table) == {("primary",): (10, 10, 5), ("secondary",): (5, 5, 5)}
    assert table.results[0].told == Told(How.COUNTS, (15, 15, 10))


def test_a_small_part_is_told_together_with_the_large_one_in_which_fewest_were_asked() -> None:
    tally = {"primary": (60, 70), "special": (3, 3), "secondary": (30, 10), "nursery": (6, 6)}
    asked = {"primary": 300, "special": 40, "secondary": 60, "nursery": 90}
    assert list(parts(publish([tally], asked))) == [("primary",), ("nursery",), ("special", "secondary")]


def test_small_parts_take_a_large_one_with_them_whether_or_not_they_are_enough_together() -> None:
    few = cut(primary=(11, 12), special=(1, 2), nursery=(1, 1), secondary=(8, 9))
    many = cut(primary=(11, 12), special=(4, 5), nursery=(5, 4), secondary=(8, 9))
    assert list(parts(few)) == list(parts(many)) == [("secondary",), ("primary", "special", "nursery")]


def test_a_part_in_which_hardly_more_than_k_were_asked_is_small_whoever_answered() -> None:
    asked = {"primary": 50, "special": 11, "secondary": 60}
    tally = {"primary": (9, 9), "special": (6, 5), "secondary": (9, 9)}
    assert list(parts(publish([tally], asked))) == [("secondary",), ("primary", "special")]


@pytest.mark.parametrize(
    "tally",
    [
        {"primary": (11, 12), "special": (3, 3)},
        {"primary": (2, 3), "special": (3, 3)},
        {"primary": (11, 12), "special": (14, 0)},
        {"primary": (11, 12)},
    ],
)
def test_where_parts_would_give_one_away_only_the_whole_is_told(tally: dict[str, tuple[int, ...]]) -> None:
    table = cut(**tally)
    whole = tell(*map(sum, zip(*tally.values(), strict=True)))
    assert table.results == (Result(whole),)


def test_a_part_too_small_in_one_question_is_too_small_in_all() -> None:
    groups = dict.fromkeys(("a", "b", "c"), 50)
    first, second = {"a": (9, 9), "b": (6, 6), "c": (9, 9)}, {"a": (9, 9), "b": (5, 4), "c": (9, 9)}
    table = publish([first, second], groups)
    assert [[part.groups for part in one.parts] for one in table.results] == [[("c",), ("a", "b")]] * 2


def test_nobody_was_asked_in_a_part_and_so_it_hides_no_other() -> None:
    table = publish([{"a": (9, 9), "b": (0, 0), "c": (9, 9)}], {"a": 50, "b": 0, "c": 50})
    assert list(parts(table)) == [("a",), ("c",)]


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30), st.integers(0, 30)), min_size=1, max_size=6))
def test_no_part_and_no_rest_of_parts_is_smaller_than_k(rows: list[tuple[int, int, int]]) -> None:
    tally = {f"{place}": row for place, row in enumerate(rows)}
    table = cut(**tally)
    told = table.results[0].parts
    assert len(told) != 1
    sizes = [sum(sum(tally[name]) for name in part.groups) for part in told]
    assert all(size >= K for size in sizes)
    assert all(part.told.how is How.COUNTS for part in told)
    if told:
        assert sorted(name for part in told for name in part.groups) == sorted(tally)
        assert table.results[0].told.cells == tuple(map(sum, zip(*(part.told.cells for part in told), strict=True)))


# ---- The table itself


def test_the_table_is_kept_as_text_and_read_again() -> None:
    table = cut(primary=(11, 12, 3), special=(4, 3, 0), secondary=(13, 14, 12))
    assert unpack(pack(table)) == table
    assert table.results[0].parts[0] == Part(("secondary",), Told(How.COUNTS, (15, 15, 10)))


def test_what_was_never_packed_is_no_table() -> None:
    with pytest.raises(ValueError, match="malformed"):
        unpack("none")


@pytest.mark.parametrize(
    ("tally", "asked"),
    [
        ({"": (-1, 12)}, {"": 30}),
        ({"": (20, 12)}, {"": 30}),
        ({"a": (9, 9)}, {"b": 30}),
        ({"a": (9,), "b": (9, 1)}, {}),
    ],
)
def test_a_tally_that_cannot_be_is_refused(tally: dict[str, tuple[int, ...]], asked: dict[str, int]) -> None:
    with pytest.raises(ValueError, match=r"tally|below zero|no more people"):
        publish([tally], asked)

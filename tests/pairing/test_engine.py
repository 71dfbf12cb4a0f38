"""The matching engine, beside everything that could have been done; and beside engines that forget something."""

import random
from collections.abc import Mapping, Sequence, Set
from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.chat.ids import Dice, Id
from bot.pairing.engine import Matcher
from bot.pairing.matcher import Candidate, Engine, Match, Matching
from tests.conftest import DRILL
from tests.pairing.worlds import MONDAY, World, best_there_is, broken_laws, some_worlds, worlds


def matched(world: World, engine: Engine, seed: int = 1) -> Matching:
    return engine.match(world.people, world.history, world.forbidden, random.Random(seed))


def heads(number: int) -> list[Candidate]:
    return [Candidate(Id(place)) for place in range(1, number + 1)]


def together(matching: Matching) -> set[frozenset[Id]]:
    return {frozenset(two) for match in matching.groups for two in combinations(match.ids, 2)}


@settings(max_examples=3000 if DRILL else 300)
@given(worlds(), st.integers(0, 5))
def test_no_arrangement_of_a_small_world_is_better(world: World, seed: int) -> None:
    assert broken_laws(world, matched(world, Matcher(), seed)) == set()


@given(worlds(), st.integers(0, 5), st.randoms(use_true_random=False))
def test_the_same_people_and_dice_make_the_same_groups(world: World, seed: int, order: random.Random) -> None:
    others = replace(world, people=order.sample(list(world.people), len(world.people)))
    assert matched(world, Matcher(), seed) == matched(others, Matcher(), seed)


def test_dice_decide_among_equals() -> None:
    world = World(heads(8), {}, frozenset())
    assert len({matched(world, Matcher(), seed) for seed in range(10)}) > 1


class Forgetful:
    """Knows nothing of who met lately."""

    def match(
        self,
        candidates: Sequence[Candidate],
        history: Mapping[frozenset[Id], date],
        forbidden: Set[frozenset[Id]],
        dice: Dice,
    ) -> Matching:
        found = Matcher().match(candidates, {}, forbidden, dice)
        groups = (Match(match.ids, World([], history, frozenset()).met(match.ids)) for match in found.groups)
        return Matching(tuple(groups), found.left)


class Blunt:
    """Knows nothing of blocks."""

    def match(
        self,
        candidates: Sequence[Candidate],
        history: Mapping[frozenset[Id], date],
        forbidden: Set[frozenset[Id]],
        dice: Dice,
    ) -> Matching:
        return Matcher().match(candidates, history, frozenset(), dice)


class Impatient:
    """Knows nothing of who waited."""

    def match(
        self,
        candidates: Sequence[Candidate],
        history: Mapping[frozenset[Id], date],
        forbidden: Set[frozenset[Id]],
        dice: Dice,
    ) -> Matching:
        return Matcher().match([replace(person, waited=0) for person in candidates], history, forbidden, dice)


class Hasty:
    """Takes for everybody in turn the first who can be had, and mends nothing."""

    def match(
        self,
        candidates: Sequence[Candidate],
        history: Mapping[frozenset[Id], date],
        forbidden: Set[frozenset[Id]],
        dice: Dice,
    ) -> Matching:
        world = World(candidates, history, frozenset(forbidden))
        rest, groups, left = list(candidates), [], []
        while rest:
            first = rest.pop(0)
            mate = next((other for other in rest if world.may_meet(first, other)), None)
            if mate:
                rest.remove(mate)
                groups.append(Match((first.id, mate.id), world.met((first.id, mate.id))))
            else:
                left.append(first.id)
        return Matching(tuple(groups), tuple(left))


@pytest.mark.parametrize(
    ("engine", "law"),
    [
        (Forgetful(), "nobody met again in vain"),
        (Blunt(), "hard rules"),
        (Impatient(), "who waited comes first"),
        (Hasty(), "nobody left over in vain"),
    ],
)
def test_an_engine_that_forgets_something_is_found_out(engine: Engine, law: str) -> None:
    assert any(law in broken_laws(world, matched(world, engine)) for world in some_worlds(200))


def test_all_are_introduced_and_an_odd_number_makes_one_group_of_three() -> None:
    for number in range(2, 30):
        matching = matched(World(heads(number), {}, frozenset()), Matcher())
        assert not matching.left
        assert sum(len(match.ids) == 3 for match in matching.groups) == number % 2


def test_one_alone_is_left_over_and_nobody_is_nothing() -> None:
    assert matched(World(heads(1), {}, frozenset()), Matcher()) == Matching((), (Id(1),))
    assert matched(World([], {}, frozenset()), Matcher()) == Matching(())


def test_somebody_whom_nobody_may_meet_costs_nobody_else_a_partner() -> None:
    people = heads(4)
    matching = matched(World(people, {}, frozenset(frozenset({Id(4), Id(other)}) for other in (1, 2, 3))), Matcher())
    assert [len(match.ids) for match in matching.groups] == [3]
    assert matching.left == (4,)


def test_who_was_left_over_is_never_left_over_again_while_somebody_else_can_be() -> None:
    """Three of one trust, one of another: each week two of the three have nobody, and they take turns."""
    people = [Candidate(Id(place), trust="North") for place in (1, 2, 3)] + [Candidate(Id(4), trust="South")]
    lone: list[set[Id]] = []
    for week in range(9):
        waited = {id: sum(1 for left in reversed(lone) if id in left) for id in (Id(1), Id(2), Id(3))}
        running = {id: _running(lone, id) for id in waited}
        asked = [replace(person, waited=running.get(person.id, 0)) for person in people]
        lone.append(set(matched(World(asked, {}, frozenset()), Matcher(), week).left))
    assert all(_running(lone[:week], id) <= 2 for week in range(10) for id in (Id(1), Id(2), Id(3)))


def _running(weeks: list[set[Id]], id: Id) -> int:
    """For how many weeks, up to the last, somebody was left over each time."""
    return next((ago for ago, left in enumerate(reversed(weeks)) if id not in left), len(weeks))


@pytest.mark.parametrize("number", [14, 15, 16, 17])
def test_nobody_meets_again_within_thirteen_weeks_where_there_are_people_enough(number: int) -> None:
    history: dict[frozenset[Id], date] = {}
    for week in range(number // 2 - 1):
        matching = matched(World(heads(number), history, frozenset()), Matcher(), week)
        assert matching.left == ()
        assert not any(match.again for match in matching.groups)
        assert not together(matching) & history.keys()
        history |= dict.fromkeys(together(matching), MONDAY + timedelta(weeks=week))


def test_where_all_have_met_those_meet_whose_meeting_is_longest_ago() -> None:
    rounds = [[(1, 2), (3, 4)], [(1, 3), (2, 4)], [(1, 4), (2, 3)]]
    history = {
        frozenset({Id(a), Id(b)}): MONDAY + timedelta(weeks=week) for week, pairs in enumerate(rounds) for a, b in pairs
    }
    matching = matched(World(heads(4), history, frozenset()), Matcher())
    assert together(matching) == {frozenset({Id(1), Id(2)}), frozenset({Id(3), Id(4)})}
    assert all(match.again for match in matching.groups)


def test_who_was_to_be_left_over_meets_somebody_before_others_meet_again() -> None:
    """The second and fourth come first. Beside them the third can meet whom they have met, or whom they have not."""
    schools, waited = (1, None, None, 1, 1), (0, 2, 0, 2, 0)
    people = [Candidate(Id(place + 1), schools[place], waited=waited[place]) for place in range(5)]
    ago = {(1, 2): 4, (2, 3): 3, (2, 4): 4, (3, 4): 1, (2, 5): 6, (3, 5): 12}
    history = {frozenset(map(Id, two)): MONDAY - timedelta(weeks=weeks) for two, weeks in ago.items()}
    world = World(people, history, frozenset())
    for seed in range(20):
        found = matched(world, Matcher(), seed)
        assert together(found) == {frozenset({Id(2), Id(4)}), frozenset({Id(1), Id(3)})}
        assert found.left == (Id(5),)


def test_what_people_share_brings_them_together_and_distance_does_too() -> None:
    people = [
        Candidate(Id(1), tags=frozenset({"send", "budgets"}), region="London"),
        Candidate(Id(2), tags=frozenset({"send"}), region="London"),
        Candidate(Id(3), phase="special", region="London"),
        Candidate(Id(4), phase="special", region="London"),
        Candidate(Id(5), times=frozenset({"lunch"}), region="North West"),
        Candidate(Id(6), times=frozenset({"lunch"}), region="London"),
    ]
    expected = {frozenset({Id(1), Id(2)}), frozenset({Id(3), Id(4)}), frozenset({Id(5), Id(6)})}
    found = [together(matched(World(people, {}, frozenset()), Matcher(), seed)) == expected for seed in range(20)]
    assert sum(found) >= 10, "a wish is no promise, but mostly it is met"


def test_the_order_of_a_group_tells_nothing_of_who_waited() -> None:
    people = [Candidate(Id(1), waited=3), Candidate(Id(2))]
    assert {matched(World(people, {}, frozenset()), Matcher(), seed).groups[0].ids for seed in range(20)} == {
        (1, 2),
        (2, 1),
    }


def test_somebody_who_stands_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="twice"):
        matched(World([*heads(2), *heads(1)], {}, frozenset()), Matcher())


def test_a_large_network_is_matched_without_anybody_meeting_again() -> None:
    dice = random.Random(1)
    people = [
        Candidate(Id(place), trust=f"Trust {dice.randrange(200)}", tags=frozenset(dice.sample("abcdefghij", 3)))
        for place in range(1, 1002)
    ]
    first = matched(World(people, {}, frozenset()), Matcher())
    world = World(people, dict.fromkeys(together(first), MONDAY), frozenset())
    second = matched(world, Matcher())
    assert not second.left
    assert not together(first) & together(second)
    assert sorted(map(len, (match.ids for match in second.groups)))[-2:] == [2, 3]


def test_two_trusts_of_unequal_size_leave_over_only_those_for_whom_nobody_is_left() -> None:
    people = [Candidate(Id(place), trust="North" if place % 3 else "South") for place in range(1, 301)]
    matching = matched(World(people, {}, frozenset()), Matcher())
    assert len(matching.groups) == 100
    assert len(matching.left) == 100


def test_the_yardstick_itself_knows_the_best() -> None:
    people = [Candidate(Id(1), trust="North", waited=2), *(Candidate(Id(place), trust="North") for place in (2, 3))]
    world = World([*people, Candidate(Id(4))], {frozenset({Id(1), Id(4)}): MONDAY}, frozenset())
    assert best_there_is(world) == (2, [0, 0], 1)

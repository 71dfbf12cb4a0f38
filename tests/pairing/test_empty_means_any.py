"""What somebody leaves empty means "any": it never keeps them, or anybody else, from being introduced."""

import random
from collections.abc import Mapping, Sequence, Set
from dataclasses import replace
from datetime import date
from itertools import combinations
from typing import Any, TypeAlias

from hypothesis import find, given
from hypothesis import strategies as st

from bot.chat.ids import Dice, Id
from bot.members.kinds import Phase, Time, Topic
from bot.pairing.engine import Matcher
from bot.pairing.matcher import Candidate, Engine, Matching, time_at
from tests.pairing.worlds import World, worlds

Said: TypeAlias = Mapping[str, Any]
EMPTY: list[Said] = [
    {"tags": frozenset()},
    {"times": frozenset()},
    {"phase": None},
    {"region": None},
    {"tags": frozenset(), "times": frozenset(), "phase": None, "region": None},
]
TIMES = [time_at(time, zone) for time in list(Time)[:3] for zone in ("Europe/London", "Asia/Dubai")]


@st.composite
def crowds(draw: st.DrawFn) -> World:
    """People among whom anything can stand in the way, and who say much or little of themselves."""
    world = draw(worlds().filter(lambda one: bool(one.people)))
    people = [
        replace(
            person,
            tags=draw(st.frozensets(st.sampled_from(list(Topic)[:3]))),
            times=draw(st.frozensets(st.sampled_from(TIMES))),
            phase=draw(st.sampled_from([None, Phase.PRIMARY, Phase.SPECIAL])),
            region=draw(st.sampled_from([None, "London", "North West"])),
        )
        for person in world.people
    ]
    return replace(world, people=people)


def left_over(world: World, engine: Engine, seed: int) -> int:
    return len(engine.match(world.people, world.history, world.forbidden, random.Random(seed)).left)


def emptied(world: World, who: int, empty: Said) -> World:
    place = who % len(world.people)
    bare = replace(world.people[place], **empty)
    return replace(world, people=[*world.people[:place], bare, *world.people[place + 1 :]])


@given(crowds(), st.integers(0, 7), st.sampled_from(EMPTY), st.integers(0, 3))
def test_nobody_more_is_left_over_where_somebody_says_less(world: World, who: int, empty: Said, seed: int) -> None:
    assert left_over(emptied(world, who, empty), Matcher(), seed) <= left_over(world, Matcher(), seed)


@given(crowds(), st.integers(0, 3))
def test_nothing_said_by_anybody_leaves_as_few_over(world: World, seed: int) -> None:
    bare = replace(world, people=[replace(one, tags=frozenset(), times=frozenset()) for one in world.people])
    assert left_over(bare, Matcher(), seed) == left_over(world, Matcher(), seed)


def test_two_who_say_nothing_meet() -> None:
    two = World([Candidate(Id(1)), Candidate(Id(2))], {}, frozenset())
    assert left_over(two, Matcher(), 1) == 0


class Choosy:
    """Introduces only people who share something to talk about."""

    def match(
        self,
        candidates: Sequence[Candidate],
        history: Mapping[frozenset[Id], date],
        forbidden: Set[frozenset[Id]],
        dice: Dice,
    ) -> Matching:
        strangers = {frozenset({a.id, b.id}) for a, b in combinations(candidates, 2) if not a.tags & b.tags}
        return Matcher().match(candidates, history, {*forbidden, *strangers}, dice)


def test_an_engine_that_wants_something_in_common_is_found_out() -> None:
    def worse(world: World) -> bool:
        return left_over(emptied(world, 0, {"tags": frozenset()}), Choosy(), 1) > left_over(world, Choosy(), 1)

    assert find(crowds(), worse)

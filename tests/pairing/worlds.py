"""Small worlds of people to be introduced, everything that could be done in them, and the laws of a matching."""

import random
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations
from typing import TypeAlias

from hypothesis import strategies as st

from bot.chat.ids import Id
from bot.pairing.matcher import Candidate, Matching

MONDAY = date(2026, 11, 16)
Two: TypeAlias = frozenset[Id]
Places: TypeAlias = tuple[int, ...]


@dataclass(frozen=True)
class World:
    """Who is there, who met when, and who must not meet."""

    people: Sequence[Candidate]
    history: Mapping[Two, date]
    forbidden: frozenset[Two]

    def may_meet(self, a: Candidate, b: Candidate) -> bool:
        """The hard rules, said once more and otherwise than in the engine."""
        if frozenset({a.id, b.id}) in self.forbidden:
            return False
        same_school = a.school is not None and a.school == b.school
        same_trust = a.trust is not None and b.trust is not None and a.trust.lower() == b.trust.lower()
        return not same_school and not same_trust

    def met(self, ids: Sequence[Id]) -> bool:
        """Whether any two of them have met lately."""
        return any(frozenset(two) in self.history for two in combinations(ids, 2))


@st.composite
def worlds(draw: st.DrawFn, most: int = 8) -> World:
    """Up to `most` people among whom anything can stand in the way."""
    size = draw(st.integers(0, most))
    schools = st.one_of(st.none(), st.integers(1, most))
    trusts = st.sampled_from([None, None, "North", "NORTH", "South"])
    people = [
        Candidate(Id(number), draw(schools), draw(trusts), waited=draw(st.sampled_from([0, 0, 0, 1, 2])))
        for number in range(1, size + 1)
    ]
    twos = [frozenset(two) for two in combinations((person.id for person in people), 2)]
    some = st.frozensets(st.sampled_from(twos)) if twos else st.just(frozenset[Two]())
    weeks = {two: draw(st.integers(1, 13)) for two in draw(some)}
    return World(people, {two: MONDAY - timedelta(weeks=ago) for two, ago in weeks.items()}, draw(some))


def some_worlds(number: int) -> Iterator[World]:
    """The same small worlds each time, for engines that are meant to fail."""
    for seed in range(number):
        dice = random.Random(seed)
        ids = [Id(place) for place in range(1, dice.randint(2, 8))]
        twos = [frozenset(two) for two in combinations(ids, 2)]
        people = [Candidate(id, waited=dice.choice([0, 0, 1]), trust=dice.choice([None, None, "North"])) for id in ids]
        met = {two: MONDAY for two in twos if dice.random() < 0.4}
        yield World(people, met, frozenset(two for two in twos if dice.random() < 0.3))


def every_way(world: World) -> Iterator[tuple[list[list[Candidate]], list[Candidate]]]:
    """All groups that could be made, at most one of three, and who would be left over."""

    def ways(rest: list[Candidate], three: bool) -> Iterator[tuple[list[list[Candidate]], list[Candidate]]]:
        if not rest:
            yield [], []
            return
        first, *others = rest
        for groups, left in ways(others, three):
            yield groups, [first, *left]
        for size in (1,) if three else (1, 2):
            for mates in combinations(others, size):
                if all(world.may_meet(a, b) for a, b in combinations((first, *mates), 2)):
                    remaining = [person for person in others if person not in mates]
                    for groups, left in ways(remaining, three or size == 2):
                        yield [[first, *mates], *groups], left

    yield from ways(list(world.people), False)


def best_there_is(world: World) -> tuple[int, list[int], int]:
    """The fewest left over, of these how long they waited (longest first), of these the fewest groups met before."""

    def cost(groups: list[list[Candidate]], left: list[Candidate]) -> tuple[int, list[int], int]:
        again = sum(world.met([person.id for person in group]) for group in groups)
        return len(left), sorted((person.waited for person in left), reverse=True), again

    return min(cost(*way) for way in every_way(world))


def broken_laws(world: World, matching: Matching) -> set[str]:
    """What is wrong with a matching; nothing, if it is right."""
    by_id = {person.id: person for person in world.people}
    groups = [[by_id[id] for id in match.ids] for match in matching.groups]
    seen = Counter([id for match in matching.groups for id in match.ids] + list(matching.left))
    fewest, waits, again = best_there_is(world)
    waited = sorted((by_id[id].waited for id in matching.left), reverse=True)
    repeats = [match for match in matching.groups if world.met(match.ids)]
    found = {
        "everybody once": seen == Counter(list(by_id)),
        "two or three": all(len(group) in (2, 3) for group in groups),
        "one three at most": sum(len(group) == 3 for group in groups) <= 1,
        "hard rules": all(world.may_meet(a, b) for group in groups for a, b in combinations(group, 2)),
        "nobody left over in vain": len(matching.left) <= fewest,
        "who waited comes first": len(matching.left) != fewest or waited <= waits,
        "nobody met again in vain": bool(again) or not repeats or len(matching.left) != fewest or waited != waits,
        "says who meets again": all(match.again == world.met(match.ids) for match in matching.groups),
    }
    return {law for law, holds in found.items() if not holds}

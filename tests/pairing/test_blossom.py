"""Largest matchings, beside all that there are; and flowers within flowers."""

import random
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from bot.pairing.blossom import FREE, Pairs, bits


def rows(size: int, edges: set[tuple[int, int]]) -> list[int]:
    around = [0] * size
    for a, b in edges:
        around[a] |= 1 << b
        around[b] |= 1 << a
    return around


def largest(size: int, edges: set[tuple[int, int]]) -> Pairs:
    pairs = Pairs(rows(size, edges), [FREE] * size, (1 << size) - 1)
    pairs.enlarge()
    return pairs


def most(rest: frozenset[tuple[int, int]]) -> int:
    """How many edges can be chosen without two sharing an end: all choices tried."""
    if not rest:
        return 0
    a, b = min(rest)
    without = rest - {(a, b)}
    return max(most(without), 1 + most(frozenset(edge for edge in without if not {a, b} & {*edge})))


graphs = st.integers(2, 9).flatmap(
    lambda size: st.tuples(st.just(size), st.sets(st.sampled_from(list(combinations(range(size), 2))), max_size=14))
)


@given(graphs)
def test_no_matching_is_larger(graph: tuple[int, set[tuple[int, int]]]) -> None:
    size, edges = graph
    pairs = largest(size, edges)
    chosen = {(a, b) for a, b in enumerate(pairs.mates) if a < b}
    assert chosen <= edges
    assert all(pairs.mates[b] == a for a, b in chosen)
    assert len(chosen) == most(frozenset(edges))
    assert set(bits(pairs.free)) == {a for a in range(size) if pairs.mates[a] == FREE}


def test_a_chain_of_flowers_is_found_through() -> None:
    """Triangles on a string: every path from one end to the other leads through all of them, wherever one begins."""
    for number in (1, 5, 40):
        size = 3 * number + 1
        edges = {(3 * i + a, 3 * i + b) for i in range(number) for a, b in [(0, 1), (0, 2), (1, 2), (2, 3)]}
        for seed in range(10):
            place = list(range(size))
            random.Random(seed).shuffle(place)
            moved = {(min(place[a], place[b]), max(place[a], place[b])) for a, b in edges}
            assert largest(size, moved).free.bit_count() == size % 2


def test_an_exchange_frees_the_last_that_may_be_spared_and_nobody_else() -> None:
    star = Pairs(rows(4, {(0, 3), (1, 3), (2, 3)}), [FREE, 3, FREE, 1], 0b1111)
    assert not star.exchange(0, 0)
    assert not star.exchange(0, 0b1000)
    assert star.exchange(0, 0b0010)
    assert star.mates == [3, FREE, FREE, 0]
    assert star.free == 0b0110

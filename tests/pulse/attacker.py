"""Whoever reads everything told, knows the rules, and knows how many were asked: what they can still not tell apart."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from itertools import product

from bot.pulse.telling import Table, Tally

Counts = tuple[int, ...]
Publish = Callable[[Sequence[Tally], Mapping[str, int]], Hashable]
Behind = Mapping[Hashable, Sequence[Counts]]
"""All true tables, flat, by what is told of them."""


def counts(people: int, bands: int) -> Iterator[Counts]:
    """Every way in which so many people, or some of them, can answer."""
    return (cells for answers in range(people + 1) for cells in parted(answers, bands))


def parted(answers: int, bands: int) -> Iterator[Counts]:
    """Every way in which exactly so many answers can lie."""
    if bands == 1:
        yield (answers,)
        return
    for first in range(answers + 1):
        yield from ((first, *rest) for rest in parted(answers - first, bands - 1))


def behind_one(publish: Publish, people: int, bands: int) -> Behind:
    """A poll of one question, without a cut."""
    behind = defaultdict(list)
    for cells in counts(people, bands):
        behind[publish([{"": cells}], {"": people})].append(cells)
    return behind


def behind_two(publish: Publish, people: int, first: int, second: int) -> Behind:
    """A poll of two questions that the same people answered, neither of them left out by anybody."""
    behind = defaultdict(list)
    for answers in range(people + 1):
        for one, other in product(parted(answers, first), parted(answers, second)):
            behind[publish([{"": one}, {"": other}], {"": people})].append((*one, *other))
    return behind


def behind_cut(publish: Publish, eligible: Mapping[str, int], bands: int) -> Behind:
    """A poll of one question with a cut."""
    behind = defaultdict(list)
    for cells in product(*(counts(people, bands) for people in eligible.values())):
        behind[publish([dict(zip(eligible, cells, strict=True))], eligible)].append(sum(cells, ()))
    return behind


def narrowest(behind: Behind, sums: Sequence[Sequence[int]]) -> int:
    """Over everything that can be told, and over these sums of places: the fewest numbers that one of them might be."""
    return min(
        len({sum(cells[place] for place in places) for cells in all}) for all in behind.values() for places in sums
    )


def fewest_tables(behind: Behind) -> int:
    """Over everything that can be told: the fewest true tables that might stand behind it."""
    return min(map(len, behind.values()))


def every_sum(places: int) -> list[list[int]]:
    """Each cell, each remainder and all else that can be added up."""
    return [[one for one in range(places) if chosen >> one & 1] for chosen in range(1, 2**places)]


def is_told(table: Table) -> bool:
    return table.rate is not None

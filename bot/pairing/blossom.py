"""Largest matchings in any graph, by paths, trees and flowers (Edmonds, Canadian Journal of Mathematics 17, 1965).

A graph is a list of rows: bit b of row a is set where a and b may be matched, and bit a of row b with it. Looking at
all of somebody's neighbours is then one operation on whole numbers, so that 10,000 people need no arrays of a library.
"""

from collections import deque
from collections.abc import Iterator, Sequence
from typing import TypeAlias

Rows: TypeAlias = Sequence[int]

FREE = -1
"""Whose mate nobody is."""


def bits(row: int) -> Iterator[int]:
    """The places of the bits that are set, lowest first."""
    while row:
        low = row & -row
        yield low.bit_length() - 1
        row ^= low


def lowest(row: int) -> int:
    """The place of the lowest bit set."""
    return (row & -row).bit_length() - 1


class Pairs:
    """A matching that can only get better: `mates[a]` is b, `free` the bits of all who have no mate.

    Only what is `within` takes part. The lower a vertex, the earlier it is served.
    """

    def __init__(self, rows: Rows, mates: Sequence[int], within: int) -> None:
        self.rows, self.mates, self.within = rows, list(mates), within
        self.free = sum(1 << a for a in bits(within) if mates[a] == FREE)

    def join(self, a: int, b: int) -> None:
        """Match two who are free."""
        self.mates[a], self.mates[b] = b, a
        self.free &= ~(1 << a | 1 << b)

    def part(self, a: int) -> None:
        """Free somebody and their mate, if they have one."""
        b = self.mates[a]
        if b != FREE:
            self.mates[a] = self.mates[b] = FREE
            self.free |= 1 << a | 1 << b

    def leave(self, apart: int) -> None:
        """Take those who are free, by their bits, out of it all."""
        self.within &= ~apart
        self.free &= ~apart

    def enlarge(self) -> None:
        """Match as many as can be; who has a mate keeps one, not always the same.

        A tree that finds no way out is left out of later searches: no way will ever lead through it.
        """
        open_ = self.within
        for root in bits(self.free):
            if self.free >> root & 1 and self.free & open_ != 1 << root:
                tree = Tree(self, root, open_)
                end = tree.grow()
                if end is None:
                    open_ &= ~tree.seen
                else:
                    self._flip(tree, end)
                    self.free &= ~(1 << root | 1 << end)

    def exchange(self, root: int, spare: int) -> bool:
        """Give `root`, who is left over in a largest matching, a mate at the cost of the last who is among `spare`.

        False, and nothing changes, where that cannot be.
        """
        tree = Tree(self, root, self.within)
        if not spare or tree.grow() is not None or not tree.outer & spare:
            return False
        last = (tree.outer & spare).bit_length() - 1
        end, self.mates[last] = self.mates[last], FREE
        self._flip(tree, end)
        self.free ^= 1 << root | 1 << last
        return True

    def flowers(self) -> list[int]:
        """The bits of each flower in which some largest matching, as this one must be, leaves somebody over.

        If one more can be placed by making a group of three, those three are of one flower: whoever else could join is
        needed by every largest matching (the decomposition of Gallai and Edmonds).
        """
        found, open_ = [], self.within
        for root in bits(self.free):
            tree = Tree(self, root, open_)
            tree.grow()
            found += tree.flowers()
            open_ &= ~tree.seen
        return found

    def _flip(self, tree: "Tree", end: int) -> None:
        while end != FREE:
            near = tree.parent[end]
            after = self.mates[near]
            self.mates[end], self.mates[near] = near, end
            end = after


class Tree:
    """All that alternating paths reach from a free vertex: `outer` by paths of even length, the others by odd ones.

    An odd circle (a flower) makes all of its vertices outer: from then on they count as one, called by its base.
    """

    def __init__(self, pairs: Pairs, root: int, within: int) -> None:
        self.rows, self.mates = pairs.rows, pairs.mates
        self.parent: dict[int, int] = {}
        self.outer = 1 << root
        self._within, self._unseen = within, within & ~self.outer
        self._goals = pairs.free & self._unseen
        self._waiting = deque([root])
        self._bases: dict[int, int] = {}
        self._flowers: dict[int, int] = {}

    @property
    def seen(self) -> int:
        """The bits of every vertex reached."""
        return self._within & ~self._unseen

    def flowers(self) -> list[int]:
        """The bits of each flower that is part of no other."""
        return [flower for base, flower in self._flowers.items() if self._base(base) == base]

    def grow(self) -> int | None:
        """The free vertex where a path from the root ends; None when all paths are walked and there is none."""
        while self._waiting:
            vertex = self._waiting.popleft()
            if goals := self.rows[vertex] & self._goals:
                end = lowest(goals)
                self.parent[end] = vertex
                return end
            self._branch(vertex)
            self._blossom(vertex)
        return None

    def _branch(self, vertex: int) -> None:
        for inner in bits(self.rows[vertex] & self._unseen):
            mate = self.mates[inner]
            if inner not in self.parent and not self.outer >> inner & 1:
                self.parent[inner] = vertex
                self.outer |= 1 << mate
                self._unseen &= ~(1 << inner | 1 << mate)
                self._waiting.append(mate)

    def _blossom(self, vertex: int) -> None:
        while around := self.rows[vertex] & self.outer & ~self._flower(self._base(vertex)):
            other = lowest(around)
            base = self._meeting(vertex, other)
            petals = self._walk(vertex, base, other) | self._walk(other, base, vertex)
            self._close(petals, base)

    def _base(self, vertex: int) -> int:
        path = []
        while (base := self._bases.get(vertex, vertex)) != vertex:
            path.append(vertex)
            vertex = base
        self._bases.update(dict.fromkeys(path, vertex))
        return vertex

    def _flower(self, base: int) -> int:
        return self._flowers.get(base, 1 << base)

    def _meeting(self, a: int, b: int) -> int:
        above = {a := self._base(a)}
        while self.mates[a] != FREE:
            a = self._base(self.parent[self.mates[a]])
            above.add(a)
        b = self._base(b)
        while b not in above:
            b = self._base(self.parent[self.mates[b]])
        return b

    def _walk(self, vertex: int, base: int, child: int) -> set[int]:
        """Down one side of the circle, leaving a trail for paths that come round the other way."""
        petals = set()
        while self._base(vertex) != base:
            inner = self.mates[vertex]
            self.parent[vertex], child = child, inner
            petals |= {self._base(vertex), self._base(inner)}
            vertex = self.parent[inner]
        return petals

    def _close(self, petals: set[int], base: int) -> None:
        flower = self._flower(base)
        for petal in petals:
            flower |= self._flower(petal)
            self._bases[petal] = base
        self._flowers[base] = flower
        self._waiting.extend(bits(flower & ~self.outer))
        self.outer |= flower

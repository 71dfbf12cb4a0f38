"""The one way by which a count reaches a reader: small numbers, and what would give them away, are not told (law 13).

The reader is taken to know the total, every number told, and these rules. Whatever is hidden could then still be
any of at least five numbers (a test tries all small tables). Zero is small among others: "0 of 8 talked" speaks about
each of the eight. Zero standing alone, and a table of nobody, speak about no one and are told.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.core.words import Words

words = Words("bot.core")

THRESHOLD = 5
"""The smallest number of people that is told (DESIGN, law 13). The pulse's own K is larger."""


class Shown(StrEnum):
    """What may be said of a count."""

    EXACT = "exact"
    """The number itself."""
    FEW = "few"
    """Fewer than five."""
    MOST = "most"
    """All but fewer than five."""
    WITHHELD = "withheld"
    """Nothing: the group is too small, or this would tell what another count hides."""


@dataclass(frozen=True)
class Count:
    """What a view may word. `n` is set for EXACT alone; `of` wherever the group it is taken from may be named."""

    shown: Shown
    n: int | None = None
    of: int | None = None


def tell_count(n: int, of: int | None = None) -> Count:
    """One number, alone or out of a group of `of`. Raises ValueError for n below 0 or above `of`."""
    if of is not None:
        return _tell_part(n, of)
    if n < 0:
        raise ValueError("a count is not below zero")
    return Count(Shown.FEW) if 0 < n < THRESHOLD else Count(Shown.EXACT, n)


def tell_counts(cells: Mapping[str, int], total: int | None = None) -> dict[str, Count]:
    """A table. With `total`, the parts of a group whose size readers know; without, counts that add up to nothing.

    The neighbour after the first small cell is hidden with it, and more where needed: which ones depends on the order
    of the cells and never on their size, for that would tell. Raises ValueError for a cell below zero, or parts that do
    not add up to the total: give the rest a name.
    """
    if total is None:
        return {name: tell_count(n) for name, n in cells.items()}
    if sum(cells.values()) != total or any(n < 0 for n in cells.values()):
        raise ValueError("the parts of a table are not below zero and add up to its total")
    if total == 0 or len(cells) == 1:
        return {name: tell_count(n) for name, n in cells.items()}
    return dict(zip(cells, _tell_parts(list(cells.values())), strict=True))


def say_count(count: Count) -> str:
    """A count as it stands inside a sentence: "12", "fewer than five"."""
    return words.line(f"count-{count.shown}", n=str(count.n))


def _tell_part(n: int, of: int) -> Count:
    """Out of a group: the part and the rest of it are a table of two."""
    part, rest = tell_counts({"part": n, "rest": of - n}, of).values()
    shown = Shown.MOST if rest.shown is Shown.FEW else part.shown
    return Count(shown, part.n, tell_count(of).n)


def _tell_parts(cells: Sequence[int]) -> list[Count]:
    few = [place for place, n in enumerate(cells) if n < THRESHOLD]
    cover = _cover(cells, few) if few else []
    if cover is None:
        return [Count(Shown.WITHHELD)] * len(cells)
    told = [Count(Shown.EXACT, n) for n in cells]
    for places, shown in ((few, Shown.FEW), (cover, Shown.WITHHELD)):
        for place in places:
            told[place] = Count(shown)
    return told


def _cover(cells: Sequence[int], few: Sequence[int]) -> Sequence[int] | None:
    """The cells to hide beside the small ones; None where only hiding all will do.

    What is hidden must add up to more than if each small cell were at its largest and each other at its smallest. Then
    the small ones can take all their values independently, and the choice made here would have been the same.
    """
    turned = [*range(few[0], len(cells)), *range(few[0])]
    others = [place for place in turned if place not in few]
    for many in range(1, len(others) + 1):
        hidden = sum(cells[place] for place in [*few, *others[:many]])
        if hidden > (THRESHOLD - 1) * len(few) + THRESHOLD * many:
            return others[:many]
    return None

"""What is told of a poll: from the counts in the box to the published table, once, at the close (DOMAIN, the pulse).

Everything told of a question is worked out from one row of counts, each rounded to five: as those counts, or as shares
of them, or as "most"; and so is how many answered. The true counts are looked at for two things alone, whether there
are enough answers and, of a cut, which parts are too small. So whoever knows these rules, everything told and how many
were asked can still not say which of at least three numbers stands behind any cell (a test tries all small tables).

A cut parts the answers: each lies in one part that is told, and what is told of all is added up from the parts. So
there is no sum from which a part could be subtracted.

What comes in are the answers of people without a diary. Whoever has the key of the diaries could subtract the others,
and with them the protection that rounding gives.
"""

from collections.abc import Mapping, Sequence
from enum import StrEnum

import msgspec

K = 10
"""Fewer answers than this, of all or in a part or outside it, are not told (rules 2 and 5)."""
STEP = 5
"""Counts are rounded to this (rule 6)."""
FIFTY = 50
"""Where it is certain that so many answered, shares are told in place of counts, in tens of per cent (rule 6)."""
ROOM = 2
"""A cell told could be its smallest possible number, or at least so many more."""
_HALF = STEP // 2

Tally = Mapping[str, Sequence[int]]
"""Of one question: how many answers lie in each band, by part. Without a cut there is one part, and its name is ""."""


class How(StrEnum):
    """In which way a question is told."""

    NOTHING = "nothing"
    """Too few answers; they are discarded."""
    COUNTS = "counts"
    """Numbers, to the nearest five. Nought is up to two."""
    SHARES = "shares"
    """Per cent, to the nearest ten. Nought is less than five per cent or so."""
    MOST = "most"
    """Nearly all are in the band marked 1: "most" there, "few" in the others."""


class Told(msgspec.Struct, frozen=True):
    """What everybody may read of some answers; `cells` by band, in the order of the bank."""

    how: How
    cells: tuple[int, ...] = ()


class Part(msgspec.Struct, frozen=True):
    """Of a cut, one group; or several that are told as one, since one of them is too small. Always as counts."""

    groups: tuple[str, ...]
    told: Told


class Result(msgspec.Struct, frozen=True):
    """One question: all answers, and the parts of a declared cut where they may be told (none, or two and more)."""

    told: Told
    parts: tuple[Part, ...] = ()


class Table(msgspec.Struct, frozen=True):
    """The published table: everything that is written at the close, and shown. `rate`: how many of those asked answered,
    in tens of per cent; 100 is "nearly all"; None where nothing is told."""

    results: tuple[Result, ...]
    rate: int | None = None


def publish(tallies: Sequence[Tally], eligible: Mapping[str, int]) -> Table:
    """The table of a poll: a tally for each question, and how many were asked, by part.

    Raises ValueError where a tally has other parts than `eligible`, a number below zero, or more answers than people.
    """
    for tally in tallies:
        _check(tally, eligible)
    groups = _groups(tallies, eligible)
    told = [_told(tally, groups, eligible) for tally in tallies]
    answered = max((sum(row) for _, row in told), default=0)
    rate = min(100, _shares((answered,), sum(eligible.values()))[0]) if answered else None
    return Table(tuple(result for result, _ in told), rate)


def pack(table: Table) -> str:
    """The table as it is written."""
    return msgspec.json.encode(table).decode()


def unpack(packed: str) -> Table:
    """The table that was written. Raises ValueError where it is none."""
    return msgspec.json.decode(packed, type=Table)


Row = tuple[int, ...]
"""Counts rounded to five; empty where they may not be told."""


def _told(tally: Tally, groups: Sequence[tuple[str, ...]], eligible: Mapping[str, int]) -> tuple[Result, Row]:
    """A question, and the rounded counts that it was worked out from."""
    rows = [_row([tally[name] for name in names], sum(eligible[name] for name in names)) for names in groups]
    if rows and not any(not row or _nearly_all(row) for row in rows):
        parts = zip(groups, rows, strict=True)
        row = _added(rows)
        return Result(Told(How.COUNTS, row), tuple(Part(names, Told(How.COUNTS, each)) for names, each in parts)), row
    row = _row(list(tally.values()), sum(eligible.values()))
    return Result(_worded(row)), row


def _worded(row: Row) -> Told:
    if not row:
        return Told(How.NOTHING)
    if _nearly_all(row):
        return Told(How.MOST, tuple(int(cell == max(row)) for cell in row))
    if sum(map(_least, row)) >= FIFTY:
        return Told(How.SHARES, _shares(row, sum(row)))
    return Told(How.COUNTS, row)


def _row(parts: Sequence[Sequence[int]], asked: int) -> Row:
    """The counts of these parts together, rounded; or none, where K or the room left forbids it."""
    counts = _added(parts)
    row = tuple(STEP * _nearest(cell, STEP) for cell in counts)
    return row if sum(counts) >= K and _leaves_room(row, asked) else ()


def _leaves_room(row: Row, asked: int) -> bool:
    """Whether each cell could be several numbers, for whoever knows that K or more answered and not more than asked."""
    least, most = sum(map(_least, row)), sum(map(_most, row))
    return all(
        min(_most(cell), asked - least + _least(cell)) - max(_least(cell), K - most + _most(cell)) >= ROOM
        for cell in row
    )


def _nearly_all(row: Row) -> bool:
    """Whether one band has all there are, told in tens of per cent, and surely more than the others together."""
    top = max(row)
    others = sum(map(_most, row)) - _most(top)
    return _shares((top,), sum(row)) == (100,) and _least(top) > others


def _groups(tallies: Sequence[Tally], eligible: Mapping[str, int]) -> Sequence[tuple[str, ...]]:
    """The parts that are told, those too small together as the last; none where there is no cut that can be told.

    One small part takes the next large one with it, and so do several that are fewer than K together. Which one depends
    on the order of the parts and never on their size, for that would tell.
    """
    names = [name for name, asked in eligible.items() if asked]
    sizes = {name: min((sum(tally[name]) for tally in tallies), default=0) for name in names}
    small = [name for name in names if sizes[name] < K]
    if len(small) == 1 or (small and sum(map(sizes.__getitem__, small)) < K):
        first = names.index(small[0])
        large = [name for name in [*names[first:], *names[:first]] if name not in small]
        small = [name for name in names if name in {*small, *large[:1]}]
    told = [(name,) for name in names if name not in small]
    together = [tuple(small)] if small else []
    return [*told, *together] if len(told) + len(together) > 1 else []


def _check(tally: Tally, eligible: Mapping[str, int]) -> None:
    if set(tally) != set(eligible) or len({len(cells) for cells in tally.values()}) != 1:
        raise ValueError("a tally needs the same bands in each part, and the parts that were asked")
    if any(cell < 0 for cells in tally.values() for cell in cells):
        raise ValueError("a count is not below zero")
    if any(sum(cells) > eligible[name] for name, cells in tally.items()):
        raise ValueError("no more people answer than are asked")


def _added(rows: Sequence[Sequence[int]]) -> Row:
    return tuple(map(sum, zip(*rows, strict=True)))


def _shares(row: Row, whole: int) -> Row:
    return tuple(10 * _nearest(10 * cell, whole) for cell in row)


def _nearest(n: int, step: int) -> int:
    """How many steps, the half upwards."""
    return (2 * n + step) // (2 * step)


def _least(cell: int) -> int:
    return max(0, cell - _HALF)


def _most(cell: int) -> int:
    return cell + _HALF

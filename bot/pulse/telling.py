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
    """The published table: everything that is written at the close, and shown. `rate`: how many of those asked
    answered, in tens of per cent; 100 is "nearly all"; None where nothing is told."""

    results: tuple[Result, ...]
    rate: int | None = None


def publish(tallies: Sequence[Tally], eligible: Mapping[str, int]) -> Table:
    """The table of a poll: a tally for each question, and how many were asked, by part.

    Raises ValueError where a tally has other parts than `eligible`, a number below zero, or more answers than people.
    """
    for tally in tallies:
        _check(tally, eligible)
    asked = sum(eligible.values())
    parted = _parted(tallies, eligible)
    rows = [_added(list(row.values())) for row in parted] or _rows([_added(list(t.values())) for t in tallies], asked)
    told = [Result(Told(How.COUNTS, row), _parts(of)) for row, of in zip(rows, parted, strict=bool(parted))]
    answered = max(map(sum, rows), default=0)
    rate = min(100, _shares((answered,), asked)[0]) if answered else None
    return Table(tuple(told) if parted else tuple(Result(_worded(row)) for row in rows), rate)


def pack(table: Table) -> str:
    """The table as it is written."""
    return msgspec.json.encode(table).decode()


def unpack(packed: str) -> Table:
    """The table that was written. Raises ValueError where it is none."""
    return msgspec.json.decode(packed, type=Table)


Row = tuple[int, ...]
"""Counts rounded to five; empty where they may not be told."""


Parted = Mapping[tuple[str, ...], Row]
"""The rows of one question, by the groups that are told as one."""


def _parted(tallies: Sequence[Tally], eligible: Mapping[str, int]) -> Sequence[Parted]:
    """The parts of each question; none where the cut may not be told, of all questions or of one."""
    parted: list[dict[tuple[str, ...], Row]] = [{} for _ in tallies]
    for names in _groups(tallies, eligible):
        counts = [_added([tally[name] for name in names]) for tally in tallies]
        rows = _rows(counts, sum(eligible[name] for name in names))
        if any(not row or _nearly_all(row) for row in rows):
            return []
        for of, row in zip(parted, rows, strict=True):
            of[names] = row
    return parted if all(parted) else []


def _parts(of: Parted) -> tuple[Part, ...]:
    return tuple(Part(names, Told(How.COUNTS, row)) for names, row in of.items())


def _worded(row: Row) -> Told:
    if not row:
        return Told(How.NOTHING)
    if _nearly_all(row):
        return Told(How.MOST, tuple(int(cell == max(row)) for cell in row))
    if sum(map(_least, row)) >= FIFTY:
        return Told(How.SHARES, _shares(row, sum(row)))
    return Told(How.COUNTS, row)


def _rows(questions: Sequence[Sequence[int]], asked: int) -> Sequence[Row]:
    """The counts of the questions that the same people answered, rounded. All empty where one may not be told: which
    one it was would tell of the others."""
    rows = [tuple(STEP * _nearest(cell, STEP) for cell in counts) for counts in questions]
    if all(sum(counts) >= K for counts in questions) and _leave_room(rows, asked):
        return rows
    return [()] * len(rows)


def _leave_room(rows: Sequence[Row], asked: int) -> bool:
    """Whether each cell, and how many answered, could be several numbers, for whoever knows that K or more answered,
    that not more did than were asked, and that nobody left a question out."""
    fewest = max(K, *(sum(map(_least, row)) for row in rows))
    most = min(asked, *(sum(map(_most, row)) for row in rows))
    return most - fewest >= ROOM and all(_range(row, cell, fewest, most) >= ROOM for row in rows for cell in row)


def _range(row: Row, cell: int, fewest: int, most: int) -> int:
    """How far apart the largest and the smallest number are that this cell of the row could be."""
    others_least, others_most = sum(map(_least, row)) - _least(cell), sum(map(_most, row)) - _most(cell)
    return min(_most(cell), most - others_least) - max(_least(cell), fewest - others_most)


def _nearly_all(row: Row) -> bool:
    """Whether one band has all there are, told in tens of per cent, and surely more than the others together."""
    top = max(row)
    others = sum(map(_most, row)) - _most(top)
    return _shares((top,), sum(row)) == (100,) and _least(top) > others


def _groups(tallies: Sequence[Tally], eligible: Mapping[str, int]) -> Sequence[tuple[str, ...]]:
    """The parts that are told, those too small together as the last; none where there is no cut that can be told.

    Small parts always take a large one with them: of those that are large, the one in which fewest were asked. It is
    chosen by what is known anyway; were it left out where the small ones are enough together, that would tell of them.
    """
    names = [name for name, asked in eligible.items() if asked]
    large = [name for name in names if _is_large(name, tallies, eligible)]
    if len(large) < len(names):
        large = sorted(large, key=eligible.__getitem__)[1:]
    told = [(name,) for name in names if name in large]
    together = tuple(name for name in names if name not in large)
    groups = [*told, together] if together else told
    return groups if len(groups) > 1 else []


def _is_large(name: str, tallies: Sequence[Tally], eligible: Mapping[str, int]) -> bool:
    """Whether a part may stand alone: K answered each question, and who did not could be none or several."""
    return eligible[name] >= K + ROOM and all(sum(tally[name]) >= K for tally in tallies)


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

"""Identifiers and chance, both passed in: nothing in `bot` makes its own."""

import random
from typing import NewType, Protocol

Id = NewType("Id", int)
"""63 random bits, never sequential: BIGINT in tables, 13 characters of Crockford base32 in actions, keys and JSON."""

Dice = random.Random
"""Chance for one unit of work, seeded by whoever hands it over, so that a replayed unit throws the same."""

_DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_VALUES = {digit: value for value, digit in enumerate(_DIGITS)}
LENGTH = 13


class Ids(Protocol):
    """Where new identifiers come from."""

    def new(self) -> Id: ...


def show(id: Id) -> str:
    """The 13 characters that stand for `id` wherever text is wanted."""
    return "".join(_DIGITS[(id >> shift) & 31] for shift in range(60, -1, -5))


def read(text: str) -> Id:
    """The identifier that `show` wrote. Raises ValueError for anything else."""
    if len(text) != LENGTH or any(digit not in _VALUES for digit in text):
        raise ValueError("not an identifier")
    value = 0
    for digit in text:
        value = value << 5 | _VALUES[digit]
    if value >> 63:
        raise ValueError("not an identifier")
    return Id(value)

"""Identifiers and chance, both passed in: nothing in `bot` makes its own."""

import random
import re
from typing import NewType, Protocol

Id = NewType("Id", int)
"""63 random bits, never sequential: BIGINT in tables, 13 characters of Crockford base32 in actions, keys and JSON."""

Dice = random.Random
"""Chance for one unit of work, seeded by whoever hands it over, so that a replayed unit throws the same."""

LENGTH = 13
_DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_PAIRS = [high + low for high in _DIGITS for low in _DIGITS]
_WRITTEN = re.compile(f"[0-7][{_DIGITS}]{{{LENGTH - 1}}}")
"""63 bits fill twelve digits of five and three bits of the first."""
_AS_PYTHON = str.maketrans(_DIGITS, "0123456789abcdefghijklmnopqrstuv")
"""To the digits that `int` reads."""


class Ids(Protocol):
    """Where new identifiers come from."""

    def new(self) -> Id: ...


def show(id: Id) -> str:
    """The 13 characters that stand for `id` wherever text is wanted."""
    return _DIGITS[id >> 60] + "".join([_PAIRS[id >> shift & 1023] for shift in range(50, -1, -10)])


def read(text: str) -> Id:
    """The identifier that `show` wrote. Raises ValueError for anything else."""
    if not _WRITTEN.fullmatch(text):
        raise ValueError("not an identifier")
    return Id(int(text.translate(_AS_PYTHON), 32))

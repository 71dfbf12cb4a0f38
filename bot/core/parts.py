"""What slow work is given besides what it saw, and how it is kept in parts that hold nobody up."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from bot.chat.ids import Dice, Ids

T = TypeVar("T")
Thought = TypeVar("Thought")


@dataclass(frozen=True)
class Tools:
    """Chance and identifiers for slow work, which has no unit of work."""

    ids: Ids
    dice: Dice
    at: datetime


A_PART = 500
"""Letters in one short transaction: some 100 ms of it (docs/performance.md)."""


def in_parts(many: tuple[T, ...], weight: int = 1) -> Sequence[tuple[T, ...]]:
    """As many as fit into one short transaction each; nothing makes one empty part. `weight`: one of them weighs as
    much as that many letters."""
    size = max(1, A_PART // weight)
    return [many[start : start + size] for start in range(0, len(many), size)] or [many]


def whole(thought: Thought) -> Sequence[Thought]:
    """In one part."""
    return (thought,)

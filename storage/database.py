"""What an engine of ours does, whichever database stands behind it."""

from collections.abc import Callable, Sequence
from typing import Any, Protocol, TypeVar

from sqlalchemy import Connection

from bot.core.work import Unit
from storage.transaction import Outcome

T = TypeVar("T")


class Database(Protocol):
    """One database: a single writer, and readers beside it."""

    async def run(self, units: Sequence[Unit[Any]]) -> list[Outcome[Any]]:
        """Run a group of units; each gets its outcome, in order."""
        ...

    async def read(self, run: Callable[[Connection], T]) -> T:
        """Run a function on a connection that sees one state of things and cannot write."""
        ...

    async def alter(self, run: Callable[[Connection], T]) -> T:
        """Run a function on a connection of its own, outside any transaction. For migrations."""
        ...

    async def hold(self) -> bool:
        """Keep every other bot off it until it is closed. False where one is there already."""
        ...

    async def close(self) -> None: ...

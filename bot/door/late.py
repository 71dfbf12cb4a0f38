"""The storage before it is open: the bot can be asked already, and what touches no table is answered."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from typing import TypeVar

from bot.core.errors import StorageFailed
from bot.core.work import Storage, Unit, Work

T = TypeVar("T")
PATIENCE = 5.0
"""Seconds for which adapters wait for what they noted down; to be there is then worth more."""
A_MOMENT = 1.5
"""Seconds for which whoever presses waits: opening takes less, and platforms give three."""


class Late:
    """Storage. Until it is open whoever presses waits for a moment; then it fails, and they read that nothing could be
    saved. Help needs none of it, and waits for nothing."""

    def __init__(self) -> None:
        self._inner: Storage | None = None
        self._opened = asyncio.Event()

    @property
    def is_open(self) -> bool:
        """Whether it is there."""
        return self._inner is not None

    def open(self, storage: Storage) -> None:
        """It is there."""
        self._inner = storage
        self._opened.set()

    async def opened(self, patience: float | None = None) -> None:
        """Wait until it is there, or for so many seconds."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._opened.wait(), patience)

    async def write(self, unit: Unit[T]) -> T:
        return await (self._inner or await self._there()).write(unit)

    async def read(self, at: datetime, run: Callable[[Work], T]) -> T:
        return await (self._inner or await self._there()).read(at, run)

    async def _there(self) -> Storage:
        await self.opened(A_MOMENT)
        if self._inner is None:
            raise StorageFailed("the storage is not open yet")
        return self._inner


class Patient:
    """The same, for adapters, which can wait a little."""

    def __init__(self, late: Late) -> None:
        self._late = late

    async def write(self, unit: Unit[T]) -> T:
        await self._late.opened(PATIENCE)
        return await self._late.write(unit)

    async def read(self, at: datetime, run: Callable[[Work], T]) -> T:
        await self._late.opened(PATIENCE)
        return await self._late.read(at, run)

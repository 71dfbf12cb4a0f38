"""The queue before the one writer: callers wait here, and are answered after COMMIT."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, TypeAlias, TypeVar

from bot.core.errors import StorageFailed
from bot.core.work import Unit
from storage.transaction import Outcome
from storage.trouble import failed

T = TypeVar("T")

Runner: TypeAlias = Callable[[Sequence[Unit[Any]]], Awaitable[list[Outcome[Any]]]]
"""Runs a group of units and gives each its outcome, in order."""

LIMIT = 256
"""Units in one transaction at most: more gain nothing (docs/performance.md), and the first would wait for the last."""

_Waiting: TypeAlias = tuple[Unit[Any], "asyncio.Future[Any]"]


class Writer:
    """Takes whoever is waiting, each unit's key once, runs them as one group, and answers each."""

    def __init__(self, run: Runner, limit: int = LIMIT) -> None:
        self._run, self._limit = run, limit
        self._waiting: deque[_Waiting] = deque()
        self._serving: asyncio.Task[None] | None = None
        self.is_closed = False

    async def do(self, unit: Unit[T]) -> T:
        """The unit's value, once it is committed. Raises what the unit raised, RowRefused or StorageFailed.

        A caller that is cancelled before its unit's turn has done nothing; later, the unit is done all the same.
        """
        if self.is_closed:
            raise StorageFailed("the storage is closed")
        future: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._waiting.append((unit, future))
        if self._serving is None:
            self._serving = asyncio.create_task(self._serve(), name="writer")
        return await future

    async def close(self) -> None:
        """Take nobody in any more, and return when everybody who waits is answered."""
        self.is_closed = True
        if self._serving is not None:
            await asyncio.wait([self._serving])

    async def _serve(self) -> None:
        """Until nobody waits. The task ends then: an idle bot has no writer to wake."""
        try:
            while group := self._next_group():
                await self._answer_all(group)
        finally:
            self._serving = None
            _answer(list(self._waiting), [])
            self._waiting.clear()

    async def _answer_all(self, group: Sequence[_Waiting]) -> None:
        """Whatever happens to the runner, or to us, everybody in the group is answered."""
        outcomes: list[Outcome[Any]] = []
        try:
            outcomes = await self._run([unit for unit, _ in group])
        except Exception as error:
            outcomes = [Outcome(error=failed(error)) for _ in group]
        finally:
            _answer(group, outcomes)

    def _next_group(self) -> list[_Waiting]:
        """The next in the queue, up to the first whose key is in the group already."""
        keys: set[str] = set()
        group: list[_Waiting] = []
        while self._waiting and len(group) < self._limit and self._waiting[0][0].key not in keys:
            unit, future = self._waiting.popleft()
            if not future.done():
                keys.add(unit.key)
                group.append((unit, future))
        return group


def _answer(group: Sequence[_Waiting], outcomes: Sequence[Outcome[Any]]) -> None:
    """Give each caller its outcome; a caller without one is told that the storage failed."""
    missing = [Outcome[Any](error=StorageFailed("the writer stopped"))] * (len(group) - len(outcomes))
    for (_, future), outcome in zip(group, [*outcomes, *missing], strict=True):
        if future.done():
            continue
        if outcome.error is None:
            future.set_result(outcome.value)
        elif isinstance(outcome.error, StopIteration):
            future.set_exception(RuntimeError("a unit raised StopIteration"))  # no future takes that one
        else:
            future.set_exception(outcome.error)

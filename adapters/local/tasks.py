"""Work that was begun for a tab, held until it is done."""

import asyncio
from collections.abc import Coroutine


class Tasks:
    """A closing server first finishes what was begun."""

    def __init__(self) -> None:
        self._running: set[asyncio.Task[None]] = set()

    def begin(self, work: Coroutine[None, None, None]) -> None:
        """Do it beside everything else."""
        task = asyncio.ensure_future(work)
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    async def finish(self) -> None:
        """Wait for all of it."""
        while self._running:
            await asyncio.gather(*self._running, return_exceptions=True)

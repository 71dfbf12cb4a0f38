"""Virtual time: an event loop with a clock of its own, which leaps to the next timer when nothing else is left to do.

One seed replays identically: nothing here depends on the machine. Work for a thread is done on the loop, at once.
"""

import asyncio
import random
import selectors
from collections import deque
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

T = TypeVar("T")


class StandsStill(RuntimeError):
    """Everybody waits for somebody else, and no timer will ever end it."""


_OWN = 1
"""The socket by which a loop wakes itself is registered always, and says nothing that is not known already."""


class _NoWaiting(selectors.DefaultSelector):
    """Looks at real sockets, where there are any, without waiting; time is let pass instead."""

    def __init__(self, leap: Callable[[float], None]) -> None:
        super().__init__()
        self._leap = leap

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        ready = super().select(0) if len(self.get_map()) > _OWN else []
        if ready or timeout == 0:
            return ready
        if timeout is None:
            raise StandsStill("nothing is scheduled, and somebody waits: for ever")
        self._leap(max(timeout, 0.0))
        return []


class VirtualLoop(asyncio.SelectorEventLoop):
    """`time()` is in seconds since the loop was made. With `shuffle`, what is ready runs in an order thrown by it."""

    _ready: "deque[asyncio.Handle]"

    def __init__(self, shuffle: random.Random | None = None) -> None:
        self._virtual, self._shuffle = 0.0, shuffle
        super().__init__(_NoWaiting(self._leap))
        # Coarser than what floats lose in three years, finer than a microsecond: else it turns for ever.
        self._clock_resolution = 1e-7

    def time(self) -> float:
        return self._virtual

    def run_in_executor(  # type: ignore[override]
        self, executor: Any, func: Callable[..., T], *args: Any
    ) -> "asyncio.Future[T]":
        """Call it now, on this thread, and answer in a callback as a thread would."""
        future: asyncio.Future[T] = self.create_future()
        try:
            result = func(*args)
        except Exception as error:
            self.call_soon(_unless_done(future, future.set_exception), error)
        else:
            self.call_soon(_unless_done(future, future.set_result), result)
        return future

    def _leap(self, seconds: float) -> None:
        self._virtual += seconds

    def _run_once(self) -> None:
        if self._shuffle and len(self._ready) > 1:
            ready = list(self._ready)
            self._shuffle.shuffle(ready)
            self._ready.clear()
            self._ready.extend(ready)
        super()._run_once()  # type: ignore[misc]


def run(main: Coroutine[Any, Any, T], shuffle: random.Random | None = None) -> T:
    """Run to the end on a new virtual loop."""
    with asyncio.Runner(loop_factory=lambda: VirtualLoop(shuffle)) as runner:
        return runner.run(main)


def _unless_done(future: "asyncio.Future[Any]", answer: Callable[[Any], None]) -> Callable[[Any], None]:
    def give(value: Any) -> None:
        if not future.done():
            answer(value)

    return give

"""Virtual time for tests: a decorator for whole tests, and aiosqlite without its threads."""

import asyncio
import functools
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any, ParamSpec, TypeVar

import aiosqlite.core

from scheduler.clocks import VirtualClock
from scheduler.virtual import VirtualLoop, run

P = ParamSpec("P")
T = TypeVar("T")

START = datetime(2026, 11, 11, 16, tzinfo=UTC)
"""A Wednesday in term, at four."""


def virtually(test: Callable[P, Coroutine[Any, Any, T]]) -> Callable[P, T]:
    """Run an asynchronous test in virtual time: it must take no asynchronous fixtures."""

    @functools.wraps(test)
    def in_virtual_time(*args: P.args, **kwargs: P.kwargs) -> T:
        with inline_aiosqlite():
            return run(test(*args, **kwargs))

    return in_virtual_time


def virtual_clock(start: datetime = START) -> VirtualClock:
    """The clock of the running virtual loop."""
    loop = asyncio.get_running_loop()
    assert isinstance(loop, VirtualLoop), "this test runs in real time: decorate it with @virtually"
    return VirtualClock(start, loop.time)


async def settle_down(turns: int = 20) -> None:
    """Let everything that is ready run, without time passing."""
    for _ in range(turns):
        await asyncio.sleep(0)


@contextmanager
def inline_aiosqlite() -> Iterator[None]:
    """aiosqlite calls sqlite on the loop's own thread: its workers would answer at no particular virtual time."""
    threaded = aiosqlite.core.Connection.__init__

    def inline(self: aiosqlite.core.Connection, *args: Any, **kwargs: Any) -> None:
        threaded(self, *args, **kwargs)
        self._tx = _AtOnce()  # type: ignore[assignment]
        self._thread = _NoThread()  # type: ignore[assignment]

    aiosqlite.core.Connection.__init__ = inline  # type: ignore[method-assign]
    try:
        yield
    finally:
        aiosqlite.core.Connection.__init__ = threaded  # type: ignore[method-assign]


class _AtOnce:
    """In place of the queue to the worker: does what is put in, and answers in a callback."""

    def put_nowait(self, order: tuple[asyncio.Future[Any] | None, Callable[[], Any]]) -> None:
        future, function = order
        give, value = aiosqlite.core.set_result, None
        try:
            value = function()
        except BaseException as error:
            give, value = aiosqlite.core.set_exception, error  # type: ignore[assignment]
        if future:
            future.get_loop().call_soon(give, future, value)


class _NoThread:
    daemon = True

    def start(self) -> None:
        pass

    def is_alive(self) -> bool:
        return False

    def join(self, timeout: float | None = None) -> None:
        pass

"""Clocks: the real one, one that can be set, and one that follows the time of an event loop."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Protocol, runtime_checkable

from bot.core.clock import Clock

_LOOK_UP = 30.0
"""Seconds after which a sleeper looks at the wall again: the machine's clock may have been set, or have slept."""


@runtime_checkable
class Stepped(Clock, Protocol):
    """A clock that can be led on."""

    async def reach(self, instant: datetime) -> None:
        """Let time pass until `instant`, never back."""
        ...


class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)

    async def sleep_until(self, instant: datetime) -> None:
        while (left := (instant - self.now()).total_seconds()) > 0:  # noqa: ASYNC110 (nobody says when a wall clock moves)
            await asyncio.sleep(min(left, _LOOK_UP))


class SteppableClock:
    """Starts at `start` and runs at `speed` times the `monotonic` source (seconds); speed 0 stands still until set.

    It may be set from where its sleepers live only: the thread of their loop.
    """

    def __init__(self, start: datetime, monotonic: Callable[[], float], speed: float = 1.0) -> None:
        self._monotonic, self._speed = monotonic, speed
        self._from, self._since = start.astimezone(UTC), monotonic()
        self._moved = asyncio.Event()

    def now(self) -> datetime:
        return self._from + timedelta(seconds=(self._monotonic() - self._since) * self._speed)

    def set(self, to: datetime) -> None:
        """Jump to an instant, forward or back, and go on from there."""
        self._from, self._since = to.astimezone(UTC), self._monotonic()
        self._moved.set()
        self._moved = asyncio.Event()

    def advance(self, by: timedelta) -> None:
        self.set(self.now() + by)

    async def reach(self, instant: datetime) -> None:
        if instant > self.now():
            self.set(instant)

    async def sleep_until(self, instant: datetime) -> None:
        while (left := (instant - self.now()).total_seconds()) > 0:
            with suppress(TimeoutError):
                async with asyncio.timeout(left / self._speed if self._speed else None):
                    await self._moved.wait()


class VirtualClock:
    """Follows a loop's own time (`loop_time`, seconds): `start` is when that was what it is now."""

    def __init__(self, start: datetime, loop_time: Callable[[], float]) -> None:
        self._loop_time = loop_time
        self._zero = start.astimezone(UTC) - timedelta(seconds=loop_time())

    def now(self) -> datetime:
        return self._zero + timedelta(seconds=self._loop_time())

    async def reach(self, instant: datetime) -> None:
        await self.sleep_until(instant)

    async def sleep_until(self, instant: datetime) -> None:
        while (left := (instant - self.now()).total_seconds()) > 0:  # noqa: ASYNC110 (a hair is left at times)
            await asyncio.sleep(left)

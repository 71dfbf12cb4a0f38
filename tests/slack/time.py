"""How time passes in the server: a clock from outside, what is due by it, and a bell that rings when anything moves."""

import asyncio
import heapq
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count

from bot.core.clock import Clock

GLANCE = 0.02
"""Real seconds after which somebody who waits looks again: what they wait for may be the app's, not ours."""


@dataclass(order=True)
class Timer:
    """Something to be done at an instant, unless it is called off."""

    due: float
    number: int
    call: Callable[[], None] = field(compare=False)
    off: bool = field(default=False, compare=False)

    def cancel(self) -> None:
        self.off = True


class Time:
    """Seconds since 1970 by the clock given, and what is due by it; one sleeper for all timers."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._timers: list[Timer] = []
        self._numbers = count()
        self._sleeper: asyncio.Task[None] | None = None
        self._moved = asyncio.Event()

    def now(self) -> float:
        return self._clock.now().timestamp()

    def later(self, seconds: float, call: Callable[[], None]) -> Timer:
        """Do this when so many seconds have passed by the clock."""
        timer = Timer(self.now() + seconds, next(self._numbers), call)
        heapq.heappush(self._timers, timer)
        if self._timers[0] is timer:
            self._sleep()
        return timer

    async def passed(self, seconds: float) -> None:
        """Return when so many seconds have passed by the clock."""
        over = asyncio.Event()
        self.later(seconds, over.set)
        await over.wait()

    def moved(self) -> None:
        """Ring the bell: whoever waits `until` something looks again."""
        self._moved.set()
        self._moved = asyncio.Event()

    async def until(self, holds: Callable[[], object], patience: float = 60.0) -> None:
        """Wait, in real time, until something holds; a TimeoutError says that it never did."""
        async with asyncio.timeout(patience):
            while not holds():
                with suppress(TimeoutError):
                    async with asyncio.timeout(GLANCE):
                        await self._moved.wait()

    def close(self) -> None:
        self._timers.clear()
        if self._sleeper:
            self._sleeper.cancel()

    def _sleep(self) -> None:
        if self._sleeper and self._sleeper is not asyncio.current_task():
            self._sleeper.cancel()
        self._sleeper = asyncio.ensure_future(self._wake(self._timers[0].due)) if self._timers else None

    async def _wake(self, due: float) -> None:
        await self._clock.sleep_until(datetime.fromtimestamp(due, UTC))
        while self._timers and (self._timers[0].off or self._timers[0].due <= self.now()):
            timer = heapq.heappop(self._timers)
            if not timer.off:
                timer.call()
        self._sleep()

"""Life: all that happens because time passes, one tick at a time, or weeks of it in a jump."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta
from typing import Protocol

import structlog

from bot.core.clock import Clock
from scheduler.clocks import Stepped
from scheduler.courier import Courier
from scheduler.heartbeat import Heart
from scheduler.occurrences import Diary
from scheduler.timers import Ringer

PATIENCE = 100
"""Steps at one instant after which something is taken to be stuck there."""

_PUSH = timedelta(minutes=1)
_NO_SOONER = timedelta(milliseconds=500)

_log = structlog.get_logger("scheduler")

Progress = Callable[[datetime], Awaitable[None] | None]


class Living(Protocol):
    """Somebody else who does things by themselves, such as simulated people."""

    def next_due(self) -> datetime | None:
        """When they will want to act; None: not before something else happens."""
        ...

    async def act(self, at: datetime) -> None:
        """Do what was due up to `at`."""
        ...


class Life:
    """Occurrences and timers, then letters, then whoever else lives here; a tick and a jump never overlap."""

    def __init__(
        self,
        clock: Clock,
        heart: Heart,
        occurrences: Diary,
        timers: Ringer,
        courier: Courier,
        others: Sequence[Living] = (),
    ) -> None:
        self._clock, self._heart = clock, heart
        self._occurrences, self._timers, self._courier, self._others = occurrences, timers, courier, tuple(others)
        self._lock = asyncio.Lock()

    def start(self) -> None:
        """On the running loop: the heart begins to beat, and at once."""
        self._heart.start(self.tick)
        self._heart.beat_at(self._clock.now())

    async def stop(self) -> None:
        """No further tick, and the one under way finished; the courier is stopped by whoever runs it."""
        await self._heart.stop()

    def wake(self) -> None:
        """Letters were posted: carry them now."""
        if self._courier.running:
            self._courier.wake()
        else:
            self.look()

    def look(self) -> None:
        """Something was set for later, or for now: beat, and find out when to beat next."""
        self._heart.beat_at(self._clock.now())

    async def tick(self) -> None:
        """Do what is due now. Where the courier runs by itself it is woken, not waited for."""
        async with self._lock:
            await self._step(self._tend)
            due = await self._next_beat()
        if due is not None:
            self._heart.beat_at(due)

    async def next_due(self) -> datetime | None:
        """The next instant at which something happens by itself."""
        return min(await self._dues(), default=None)

    async def run_until(self, instant: datetime, progress: Progress | None = None) -> None:
        """Live on until `instant`, stopping at each due instant on the way, whatever is due there being done there.

        Needs a clock that can be led on (Stepped). `progress` hears each instant, and is waited for.
        """
        clock = _led(self._clock)
        async with self._lock:
            pauses = _Pauses()
            while (due := pauses.next_stop(await self._dues(), clock.now())) is not None and due <= instant:
                await clock.reach(due)
                await self._step(self._courier.drain)
                if progress and (told := progress(clock.now())) is not None:
                    await told
            await clock.reach(instant)
        self._heart.beat_at(instant)

    async def _next_beat(self) -> datetime | None:
        """A courier that runs by itself needs no beat, and what is due again at once is no reason to spin."""
        due = min(await (self._own_dues() if self._courier.running else self._dues()), default=None)
        now = self._clock.now()
        return now + _NO_SOONER if due is not None and due <= now else due

    async def _dues(self) -> list[datetime]:
        letter = await self._courier.next_due()
        return await self._own_dues() + ([] if letter is None else [letter])

    async def _own_dues(self) -> list[datetime]:
        dues = [self._occurrences.next_due(), await self._timers.next_due(), *(one.next_due() for one in self._others)]
        return [due for due in dues if due is not None]

    async def _step(self, carry: Callable[[], Awaitable[None]]) -> None:
        await self._occurrences.tick()
        await self._timers.tick()
        await carry()
        if await self._let_act():
            await carry()

    async def _tend(self) -> None:
        if self._courier.running:
            self._courier.wake()
        else:
            await self._courier.drain()

    async def _let_act(self) -> bool:
        at = self._clock.now()
        due = [one for one in self._others if (when := one.next_due()) is not None and when <= at]
        for one in due:
            await one.act(at)
        return bool(due)


class _Pauses:
    """Where a jump stops next. What stays due for ever at one instant is passed by, ever further, and logged."""

    def __init__(self) -> None:
        self._last: datetime | None = None
        self._steps, self._push = 0, _PUSH

    def next_stop(self, dues: Sequence[datetime], now: datetime) -> datetime | None:
        """The soonest, but not before `now`; None where nothing is due."""
        soonest = min(dues, default=None)
        if soonest is None or soonest > now:
            self._steps, self._push = 0, _PUSH
            return soonest
        self._steps = self._steps + 1 if soonest == self._last else 0
        self._last = soonest
        return now if self._steps < PATIENCE else self._pass_by(dues, now)

    def _pass_by(self, dues: Sequence[datetime], now: datetime) -> datetime:
        _log.error("something stays due, and is passed by", since=min(dues).isoformat(), now=now.isoformat())
        self._steps, stop = 0, now + self._push
        self._push = min(self._push * 2, timedelta(days=1))
        return min([due for due in dues if due > now] + [stop])


def _led(clock: Clock) -> Stepped:
    if not isinstance(clock, Stepped):
        raise TypeError("only a clock that can be led on may be jumped")
    return clock

"""The heartbeat: it says "look now", every few seconds and when something comes due. It holds no truth."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Protocol, TypeAlias

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.date import DateTrigger
from apscheduler.triggers.interval import IntervalTrigger

from bot.core.clock import Clock
from scheduler.waiting import event_or

Beat: TypeAlias = Callable[[], Awaitable[None]]
Failed: TypeAlias = Callable[[Exception], None]

TICK = timedelta(seconds=5)
_DEAF = 3
"""Ticks without one: then APScheduler waits for a wall clock that was set back, and is wound up again."""

_log = structlog.get_logger("scheduler")


class Heart(Protocol):
    """Calls one beat at a time; a beat that raises does not stop the next."""

    def start(self, beat: Beat) -> None:
        """Begin, on the running loop."""
        ...

    def beat_at(self, instant: datetime) -> None:
        """Beat once more, at this instant or sooner; one that has passed means now."""
        ...

    async def stop(self) -> None:
        """Begin no other beat, and wait for the one that is under way."""
        ...


def log_failure(error: Exception) -> None:
    """Name the kind of error only: its words may be about somebody."""
    _log.error("a beat failed; the next tries again", error=type(error).__name__)


class ApsHeart:
    """APScheduler on the running loop, for the machine's own time."""

    def __init__(self, every: timedelta = TICK, failed: Failed = log_failure) -> None:
        self._every, self._failed = every, failed
        self._scheduler = AsyncIOScheduler(
            timezone=UTC, job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1}
        )
        self._due, self._asked = asyncio.Event(), datetime.max.replace(tzinfo=UTC)
        self._stopping = False

    def start(self, beat: Beat) -> None:
        self._scheduler.start()
        self._wind()
        self._task = asyncio.create_task(self._live(beat))

    def beat_at(self, instant: datetime) -> None:
        if instant < self._asked:
            self._asked = instant
            self._scheduler.add_job(self._strike, DateTrigger(instant), id="due", replace_existing=True)

    async def stop(self) -> None:
        self._stopping = True
        self._due.set()
        await asyncio.wait([self._task])
        self._scheduler.shutdown(wait=False)
        await asyncio.sleep(0)  # the scheduler shuts down in a callback of its own

    def _wind(self) -> None:
        trigger = IntervalTrigger(seconds=self._every.total_seconds(), timezone=UTC)
        self._scheduler.add_job(self._tick, trigger, id="tick", replace_existing=True)

    async def _tick(self) -> None:
        self._due.set()

    async def _strike(self) -> None:
        self._asked = datetime.max.replace(tzinfo=UTC)
        self._due.set()

    async def _live(self, beat: Beat) -> None:
        while not self._stopping:
            await self._next()
            self._due.clear()
            if not self._stopping:
                await _beat(beat, self._failed)

    async def _next(self) -> None:
        try:
            async with asyncio.timeout(_DEAF * self._every.total_seconds()):
                await self._due.wait()
        except TimeoutError:
            self._wind()


class StepHeart:
    """For virtual and steppable time: it waits through the clock alone. Without `every` it beats only when asked."""

    def __init__(self, clock: Clock, every: timedelta | None = None, failed: Failed = log_failure) -> None:
        self._clock, self._every, self._failed = clock, every, failed
        self._next: datetime | None = None
        self._asked = asyncio.Event()
        self._stopping = False

    def start(self, beat: Beat) -> None:
        self._task = asyncio.create_task(self._live(beat))

    def beat_at(self, instant: datetime) -> None:
        if self._next is None or instant < self._next:
            self._next = instant
            self._asked.set()

    async def stop(self) -> None:
        self._stopping = True
        self._asked.set()
        await asyncio.wait([self._task])

    async def _live(self, beat: Beat) -> None:
        while not self._stopping:
            now = self._clock.now()
            if self._next is not None and self._next <= now:
                self._next = now + self._every if self._every else None
                await _beat(beat, self._failed)
            else:
                self._asked.clear()
                await event_or(self._asked, self._clock, self._next)


async def _beat(beat: Beat, failed: Failed) -> None:
    try:
        await beat()
    except Exception as error:
        failed(error)

"""Waiting for whatever comes first. Nothing here sleeps but by the clock."""

import asyncio
from collections.abc import Coroutine
from datetime import datetime, timedelta
from typing import Any, TypeVar

from bot.core.clock import Clock

T = TypeVar("T")


async def event_or(event: asyncio.Event, clock: Clock, instant: datetime | None) -> None:
    """Return when the event is set or the instant has come; None never comes."""
    waiting: list[Coroutine[Any, Any, object]] = [event.wait()]
    if instant is not None:
        waiting.append(clock.sleep_until(instant))
    await first_of(*map(asyncio.ensure_future, waiting))


async def within(clock: Clock, limit: timedelta, work: Coroutine[Any, Any, T]) -> T:
    """The work's own result. Raises TimeoutError, and cancels the work, where it takes longer than `limit`."""
    task = asyncio.ensure_future(work)
    await first_of(task, asyncio.ensure_future(clock.sleep_until(clock.now() + limit)))
    if task.cancelled():
        raise TimeoutError
    return task.result()


async def first_of(*tasks: asyncio.Future[Any]) -> None:
    """Wait for the first to be done, and cancel the others; a cancelled waiter takes all of them along."""
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        others = [task for task in tasks if task.cancel()]
        if others:
            await asyncio.wait(others)

"""A real network: its platforms are listened to, and letters carried, until it is told to stop."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from bot.config import Configured
from bot.core.clock import Clock
from bot.door import terminal
from bot.door.alive import shown
from bot.door.feed import feeding
from bot.door.handover import Memory
from bot.door.platforms import SetUp, home_of, lasting, mannered, paced, set_up
from bot.door.wiring import Makings, Parts, bring_to_life, make_parts
from scheduler.clocks import SystemClock
from scheduler.courier import Courier
from scheduler.heartbeat import ApsHeart, Heart
from scheduler.life import Life


async def run_real(configured: Configured, *, stop: asyncio.Event, memory: Memory | None = None) -> None:
    """Until `stop`. Raises OperatorError with what mends it."""
    platforms = set_up(configured)
    async with _opened(configured, platforms, SystemClock(), shown(ApsHeart()), listens=True, memory=memory) as parts:
        terminal.say(f"HeadsUp is running on {' and '.join(one.title for one in platforms)}. To stop it: Ctrl+C.")
        async with feeding(configured, parts):
            await live(parts, stop)


@asynccontextmanager
async def open_real(
    configured: Configured, clock: Clock, heart: Heart, listens: bool = False, memory: Memory | None = None
) -> AsyncIterator[Parts]:
    """A real network's parts, put together; nothing runs yet, unless it `listens`."""
    async with _opened(configured, set_up(configured), clock, heart, listens, memory) as parts:
        yield parts


@asynccontextmanager
async def _opened(
    configured: Configured,
    platforms: Sequence[SetUp],
    clock: Clock,
    heart: Heart,
    listens: bool,
    memory: Memory | None = None,
) -> AsyncIterator[Parts]:
    """Whoever asks for help while the storage is being opened is answered, if it `listens`."""
    memory = memory or Memory()
    makings = Makings(lasts=lasting(platforms), box=memory.box, notes=memory.notes)
    parts = make_parts(configured, clock, home_of(configured), frozenset(), makings)
    parts.platforms.update({one.name: one.make(parts) for one in platforms})
    if listens:
        parts.listen()
    try:
        await parts.open()
    except BaseException:
        await _fall_silent(parts)
        raise
    try:
        pacing = paced(*((one.name, one.paces) for one in platforms))
        bring_to_life(parts, heart, pacing=pacing, manners=mannered(platforms))
        yield parts
    finally:
        if any(not one.done() for one in parts.listening):
            await _fall_silent(parts)
        await parts.storage.close()


async def live(parts: Parts, stop: asyncio.Event) -> None:
    """Listen and carry; at the end give the answers that are being given, and finish the letters in hand."""
    life, courier = _alive(parts)
    carrying = asyncio.create_task(courier.run(), name="courier")
    life.start()
    listening = parts.listen()
    stopping = asyncio.create_task(stop.wait(), name="stop")
    await asyncio.wait([*listening, carrying, stopping], return_when=asyncio.FIRST_COMPLETED)
    stopping.cancel()
    await life.stop()
    await courier.stop()
    await asyncio.gather(*(one.close() for one in parts.platforms.values()))
    await _ended([carrying, *listening])


async def _fall_silent(parts: Parts) -> None:
    """It can't be: nobody is heard any more."""
    await asyncio.gather(*(one.close() for one in parts.platforms.values()))
    await asyncio.gather(*parts.listening, return_exceptions=True)


async def _ended(tasks: Sequence[asyncio.Task[None]]) -> None:
    """Wait for all of them, and only then raise what ended one."""
    await asyncio.wait(tasks)
    for task in tasks:
        task.result()


def _alive(parts: Parts) -> tuple[Life, Courier]:
    if parts.life is None or parts.courier is None:
        raise LookupError("these parts were not brought to life")
    return parts.life, parts.courier

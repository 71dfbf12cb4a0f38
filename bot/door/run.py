"""`headsup run`: start, live, and stop without losing anything."""

import asyncio
import re
import secrets
import signal
import time
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import datetime
from pathlib import Path

from adapters.local.platform import LocalPlatform
from adapters.space.journal import Journal
from adapters.space.space import Space
from bot.config import Configured
from bot.core.errors import OperatorError
from bot.core.terms import read_terms
from bot.door import ground, handover, renewal, terminal
from bot.door.alive import shown
from bot.door.demo.bar import DemoBar
from bot.door.demo.birth import Birth, SeededIds, be_born, let_live, populate
from bot.door.demo.cast import demo_cast
from bot.door.demo.clockwork import InDatabase, Stopwatch, keep_time, keep_time_always, kept_time
from bot.door.demo.heart import DemoHeart
from bot.door.feed import feeding
from bot.door.handover import Memory
from bot.door.logs import quiet_logs
from bot.door.real import run_real
from bot.door.wiring import Makings, Parts, bring_to_life, open_parts
from bot.pulse.box import Box
from scheduler.clocks import SteppableClock
from storage.engine import Manner
from storage.house import Home

HOME = Home("local", "space")
_BIRTH = Manner(inline=True, synchronous="NORMAL")
"""A power cut may take the last minutes of a birth, which are lived again then."""
_SECRET = re.compile(rb"[\w-]{32}")


async def run_bot(
    configure: Callable[[], Configured], *, fresh: bool, empty: bool, take_over: bool = False
) -> Memory | None:
    """Run until told to stop; what is in memory, where it is to start anew. Raises OperatorError with what mends it.

    `configure` reads the config: at the start, and before a reload. `take_over`: in place of the process that runs on
    this ground, whose memory is taken first."""
    configured = configure()
    quiet_logs()
    if (fresh or empty) and not configured.config.is_demo:
        raise OperatorError(
            "--fresh and --empty are for a demo, and network.kind is real: nothing is begun anew like that"
        )
    memory = await handover.take_over(configured.data) if take_over else renewal.inherited()
    async with ground.prepared(configured, fresh=fresh, patient=take_over):
        stop = _signalled()
        renewing = renewal.asked_to(stop, configure)
        async with handover.handing_over(configured.data, stop) as heir:
            if configured.config.is_demo:
                await run_demo(configured, empty=empty, stop=stop, box=memory.box)
            else:
                await run_real(configured, stop=stop, memory=memory)
            await heir.give(memory)
    return memory if renewing.is_set() and not heir.asked.is_set() else None


async def run_demo(
    configured: Configured, *, empty: bool, stop: asyncio.Event | None = None, box: Box | None = None
) -> None:
    """The community space in the browser, with or without made-up heads, until `stop` or a signal."""
    async with AsyncExitStack() as stack:
        demo = await stack.enter_async_context(open_demo(configured, empty=empty, box=box))
        stop = stop or _signalled()
        terminal.link("HeadsUp is ready. Open:", demo.local.url)
        async with feeding(configured, demo.parts):
            await _until_stopped(demo, stop)


class Demo:
    """A demo's parts, put together; nothing runs yet."""

    def __init__(
        self,
        configured: Configured,
        parts: Parts,
        space: Space,
        watch: Stopwatch,
        kept: datetime | None,
        empty: bool,
    ) -> None:
        self.parts, self.space, self.watch, self.kept, self.empty = parts, space, watch, kept, empty
        self.clock = parts.clock
        self.remembered = InDatabase(parts.storage, parts.clock)
        self.people = populate(space, parts.bot.receive, parts.clock)
        self.heart = shown(DemoHeart(parts.clock))
        self.life = bring_to_life(parts, self.heart, () if empty else (self.people,))
        self.local = LocalPlatform(space, parts.commands, self._bar(configured), _secret(configured), _port(configured))
        parts.platforms[self.local.name] = self.local

    async def live_up_to_now(self) -> None:
        """The weeks that were lived before anybody enters; after a restart, only the people are woken."""
        cast = demo_cast()
        if self.empty:
            return
        let_live(self.space, self.people)
        if self.kept is None or self.kept < cast.until:
            whole = (cast.until - cast.opening).total_seconds()
            with terminal.progress("Four weeks pass, so that you find a lively network", whole) as tell:
                birth = Birth(self.parts.storage, self.clock, self.watch, self.life, self.remembered)
                await be_born(birth, lambda now: tell((now - cast.opening).total_seconds()))

    def _bar(self, configured: Configured) -> DemoBar:
        network, terms = configured.config.network, read_terms(configured.terms)
        return DemoBar(
            self.clock,
            self.watch,
            self.life,
            self.space,
            frozenset() if self.empty else self.people.users,
            self.parts.bot.directory.rules(),
            network.zone,
            lambda day: terms.is_term_week(network.nation, day),
            self.remembered,
        )


@asynccontextmanager
async def open_demo(configured: Configured, *, empty: bool, box: Box | None = None) -> AsyncIterator[Demo]:
    """Open a demo where it was left, or give birth to it; close it without losing anything."""
    box, is_newborn = box or Box(), not (configured.data / ground.SPACE).exists()
    if is_newborn and not empty:
        await _be_born(configured, box)
    async with _opened(configured, Makings(box=box), empty=empty) as demo:
        await demo.live_up_to_now()
        yield demo


async def _be_born(configured: Configured, box: Box) -> None:
    """From a seed, ids and all; what comes after it is new each time. Everything is done on this thread, and the disk
    is waited for now and then, which halves the time that it takes."""
    cast = demo_cast()
    makings = Makings(SeededIds(cast.seed, cast.opening), manner=_BIRTH, box=box)
    async with _opened(configured, makings, empty=False) as demo:
        await demo.live_up_to_now()
        await demo.local.close()


@asynccontextmanager
async def _opened(configured: Configured, makings: Makings, *, empty: bool) -> AsyncIterator[Demo]:
    """A demo that stands where it was left."""
    cast, watch = demo_cast(), Stopwatch(time.monotonic)
    clock = SteppableClock(cast.until if empty else cast.opening, watch)
    organiser = f"{HOME.platform}:{HOME.workspace}:{cast.organiser.user}"
    journal = Journal(configured.data / ground.SPACE)
    space = Space(clock, makings.ids, journal)
    parts = await open_parts(configured, clock, HOME, frozenset({organiser}), makings)
    try:
        kept = await kept_time(InDatabase(parts.storage, clock))
        if kept is not None:
            clock.set(kept)
        elif empty:
            space.join(cast.organiser.name, cast.organiser.note, organiser=True, user=cast.organiser.user)
        yield Demo(configured, parts, space, watch, kept, empty)
    finally:
        await parts.storage.close()
        journal.close()


async def _until_stopped(demo: Demo, stop: asyncio.Event) -> None:
    """Listen and live; then let the answers be given that are being given, and remember the time."""
    demo.life.start()
    listening = asyncio.create_task(demo.local.run(demo.parts.door), name="local")
    keeping = asyncio.create_task(keep_time_always(demo.remembered, demo.clock), name="time")
    stopping = asyncio.create_task(stop.wait(), name="stop")
    await asyncio.wait([listening, stopping], return_when=asyncio.FIRST_COMPLETED)
    keeping.cancel()
    stopping.cancel()
    await demo.local.close()
    await demo.life.stop()
    if demo.parts.courier is not None:
        await demo.parts.courier.stop()
    await keep_time(demo.remembered, demo.clock)
    await listening


def _signalled() -> asyncio.Event:
    stop, loop = asyncio.Event(), asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    return stop


def _port(configured: Configured) -> int:
    return configured.config.local.port


def _secret(configured: Configured) -> str:
    """What turns the printed link into a session; kept, so that open tabs survive a restart."""
    path: Path = configured.keys / "space.key"
    known = path.read_bytes().strip() if path.exists() else b""
    if _SECRET.fullmatch(known) is None:  # made the first time, or cut short by a full disk: an empty one opens to all
        ground.write_private(path, secrets.token_urlsafe(24))
    return path.read_text("ascii").strip()

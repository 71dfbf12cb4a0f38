"""People who press, and apps in processes of their own, so that what a press costs them can be read off the system."""

import asyncio
import os
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Generic, TypeVar

from tests.bench.table import Line, Report

TOGETHER = 128
_TICK = os.sysconf("SC_CLK_TCK")

C = TypeVar("C")


@dataclass
class Pressing(Generic[C]):
    """Presses under way, by name, and how long each that was answered has waited."""

    sent: dict[str, float] = field(default_factory=dict)
    waits: list[float] = field(default_factory=list)
    room: asyncio.Event = field(default_factory=asyncio.Event)

    async def send(self, click: C) -> None:
        """Press."""
        raise NotImplementedError

    def came(self, name: str) -> bool:
        """An answer came. Says whether it was one of a press of ours."""
        if (sent := self.sent.pop(name, None)) is None:
            return False
        self.waits.append(time.perf_counter() - sent)
        self.room.set()
        return True

    async def all_answered(self) -> None:
        while self.sent:
            self.room.clear()
            await asyncio.wait_for(self.room.wait(), 60)


@dataclass
class Far:
    """An app in a process of its own."""

    process: asyncio.subprocess.Process

    @property
    def cpu(self) -> float:
        """Seconds of processor that it has used."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / _TICK

    @property
    def memory(self) -> float:
        """Megabytes that it has in memory."""
        lines = Path(f"/proc/{self.process.pid}/status").read_text().splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1024

    async def heard(self) -> None:
        """Wait until it is ready, or has done what it was told."""
        assert self.process.stdout
        if not await asyncio.wait_for(self.process.stdout.readline(), 300):
            raise RuntimeError("the app is gone")

    async def tell(self, words: str) -> None:
        assert self.process.stdin
        self.process.stdin.write(f"{words}\n".encode())
        await self.heard()


@dataclass(frozen=True)
class Turn:
    """What a turn of clicks came to: acknowledged a second, 99 % within, and processor a click in milliseconds."""

    rate: float
    p99_ms: float
    cpu_ms: float


@asynccontextmanager
async def far(module: str, *words: str) -> AsyncIterator[Far]:
    """A program of the bench, ready; it ends with its input."""
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(sys.executable, "-m", module, *words, stdin=pipe, stdout=pipe)
    app = Far(process)
    try:
        await app.heard()
        yield app
    finally:
        assert process.stdin
        process.stdin.close()
        await asyncio.wait_for(process.wait(), 60)


async def turn(town: Pressing[C], far: Far, clicks: Sequence[C], together: int = TOGETHER) -> Turn:
    """So many wait at any time, until all are answered; what the app does afterwards counts into its processor."""
    town.waits.clear()
    cpu, began = far.cpu, time.perf_counter()
    for click in clicks:
        while len(town.sent) >= together:
            town.room.clear()
            await town.room.wait()
        await town.send(click)
    await town.all_answered()
    took = time.perf_counter() - began
    await rests(far)
    return Turn(len(clicks) / took, p99(town.waits), 1000 * (far.cpu - cpu) / len(clicks))


async def rests(far: Far) -> None:
    """Wait until it uses no processor to speak of."""
    used = -1.0
    while far.cpu - used > 0.03:
        used = far.cpu
        await asyncio.sleep(0.5)


def p99(waits: Sequence[float]) -> float:
    return 1000 * sorted(waits)[len(waits) * 99 // 100]


async def steady(town: Pressing[C], clicks: Sequence[C], a_second: int) -> list[float]:
    """Clicks that come whether or not those before were answered; how long each waited."""
    town.waits.clear()
    began = time.perf_counter()
    for place, click in enumerate(clicks):
        wait = began + place / a_second - time.perf_counter()
        await asyncio.sleep(max(0.0, wait))
        await town.send(click)
    await town.all_answered()
    return list(town.waits)


A_TURN = 2_000
BARS = {"SQLite": (0.5, 2.5), "PostgreSQL": (0.4, 3.0)}
"""Of a bare app's throughput at least, and of its processor a click at most."""
Pair = tuple[Turn, Turn]


async def presses(
    report: Report,
    where: str,
    engine: str,
    turns: int,
    in_turn: Callable[[], Awaitable[Pair]],
    beside: str = "a bare app",
) -> None:
    """Ours beside another app, one after the other, again and again; the first pair warms up. There are bars for a
    bare one alone."""
    pairs = [await in_turn() for _ in range(turns + 1)][1:]
    least, most = BARS[engine] if beside == "a bare app" else (None, None)
    for name, each in ((beside, 0), (f"HeadsUp on {engine}", 1)):
        report.say(Line(f"{where}: {name}, acknowledged", median(one[each].rate for one in pairs), "/s"))
        report.say(Line("… 99 % within", median(one[each].p99_ms for one in pairs), "ms"))
        report.say(Line("… processor a press", median(one[each].cpu_ms for one in pairs), "ms"))
    rate = median(ours.rate / base.rate for base, ours in pairs)
    cpu = median(ours.cpu_ms / base.cpu_ms for base, ours in pairs)
    report.say(Line(f"{where} on {engine}: throughput, of that of {beside}", rate, "x", least))
    report.say(Line(f"{where} on {engine}: processor, of that of {beside}", cpu, "x", most, most=True))

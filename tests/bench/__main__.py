"""`make bench`: how fast the storage is, beside raw sqlite3 on the same disk in the same run. Exits 1 below a bar."""

import asyncio
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator
from functools import partial
from pathlib import Path
from statistics import median

from bot.app import Bot
from bot.core.outbox import Kind
from bot.core.work import Unit
from storage.engine import SqlStorage
from storage.start import make_ready, open_network
from tests.bench.clients import Waits, beside_a_busy_loop, crowd
from tests.bench.raw import TOGETHER, one_each, raw
from tests.bench.receive import configured_in, inbound_of, network
from tests.bench.table import Line, Report
from tests.bench.work import AT, MEMBERS_THERE, Press, member_of, presses, settle_in
from tests.storage.stands import HOUSE, file_url, letter

ACTS = {1: 150, 64: 20, 256: 8}
"""Clients, and how often each of them acts in a turn."""
SAYS = {"rate": "a second", "p50_ms": "half within", "p99_ms": "99 % within"}
TURNS = 7


async def main(folder: Path) -> bool:
    report, numbers = Report(), presses()
    configured = configured_in(folder)
    path = configured.data / "demo.sqlite3"
    await make_ready(configured.url, folder / "copies", AT)
    async with network(configured) as parts:
        await parts.storage.write(Unit("bench:settle", AT, settle_in))
    await against_raw(report, path, numbers)
    async with network(configured) as parts:
        await whole(report, parts.bot, path, numbers)
        await letters(report, parts.storage)
    began = time.perf_counter()
    async with network(configured) as parts:
        await parts.bot.receive(inbound_of(next(numbers)))
        report.say(Line("start to first answer, 10,000 members", time.perf_counter() - began, "s", 2, most=True))
    print("all bars are passed" if report.passes else "some bars are not passed")
    return report.passes


async def against_raw(report: Report, path: Path, numbers: Iterator[Press]) -> None:
    """The writer alone, beside raw sqlite3 and one transaction each."""
    storage = await open_network(file_url(path), HOUSE, "demo", AT)

    async def keep() -> bool:
        return await storage.write(next(numbers).unit)

    pairs = await in_turns(path, numbers, lambda: crowd(keep, TOGETHER, 20))
    busy = await beside_a_busy_loop(keep, TOGETHER, 3)
    await storage.close()
    alone = await one_each(path, numbers, clients=8, seconds=3)
    writer = median(waits.rate for _, waits in pairs)
    report.say(Line(f"raw sqlite3, {TOGETHER} a transaction", median(base for base, _ in pairs), "/s"))
    report.say(Line("async SQLAlchemy Core, one transaction each", alone, "/s"))
    report.say(Line(f"the writer, {TOGETHER} clients", writer, "/s"))
    report.say(Line("the writer, of raw sqlite3", median(waits.rate / base for base, waits in pairs), "x", 0.3))
    report.say(Line("the writer, of one transaction each", writer / alone, "x", 25))
    report.say(Line("the writer beside a loop that never rests", busy, "/s", 100))


async def whole(report: Report, bot: Bot, path: Path, numbers: Iterator[Press]) -> None:
    """A whole check-in answer through the one door."""

    async def press() -> object:
        return await bot.receive(inbound_of(next(numbers)))

    await crowd(press, TOGETHER, 4)
    for clients, acts in ACTS.items():
        pairs = await in_turns(path, numbers, partial(crowd, press, clients, acts))
        for unit, name in (("/s", "rate"), ("ms", "p50_ms"), ("ms", "p99_ms")):
            value = median(getattr(waits, name) for _, waits in pairs)
            report.say(Line(f"receive, {clients} waiting, {SAYS[name]}", value, unit))
    report.say(Line("receive, of raw sqlite3", median(waits.rate / base for base, waits in pairs), "x", 0.075))


async def in_turns(
    path: Path, numbers: Iterator[Press], act: Callable[[], Awaitable[Waits]]
) -> list[tuple[float, Waits]]:
    """Raw sqlite3 and an act, one after the other, again and again: what else the machine does troubles both alike,
    and the median of the ratios stands."""
    return [(raw(path, numbers, groups=20), await act()) for _ in range(TURNS)]


async def letters(report: Report, storage: SqlStorage) -> None:
    """Ten thousand letters in one unit, each placed by the policy."""
    took = min([await post_many(storage, f"bench:{turn}") for turn in range(3)])
    report.say(Line("10,000 letters posted in one unit", took, "ms"))
    began = time.perf_counter()
    due = await storage.outbox.next_due()
    claims = await storage.outbox.claim(due or AT, 100)
    report.say(Line(f"{len(claims)} letters claimed beside 30,000 that wait", _since(began), "ms"))


async def post_many(storage: SqlStorage, key: str) -> float:
    """Milliseconds for a letter to everybody."""
    many = [letter(f"{key}:{number}", member_of(number), AT, Kind.NOTICE) for number in range(MEMBERS_THERE)]
    began = time.perf_counter()
    await storage.write(Unit(key, AT, lambda work: work.post(*many)))
    return _since(began)


def _since(began: float) -> float:
    return 1000 * (time.perf_counter() - began)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="headsup-bench-") as name:
        sys.exit(0 if asyncio.run(main(Path(name))) else 1)

"""`make bench`: how fast the storage is, beside raw sqlite3 on the same disk in the same run. Exits 1 below a bar.

Parts can be named: `make bench ARGS="--only receive weeks --turns 2"`.
"""

import argparse
import asyncio
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median

from bot.config import Configured
from bot.core.outbox import Kind
from bot.core.work import Unit
from storage.engine import SqlStorage
from storage.house import House
from storage.seal import read_secrets
from storage.start import make_ready, open_network
from tests.bench.announce import announce
from tests.bench.clients import Waits, beside_a_busy_loop, crowd
from tests.bench.discord import discord
from tests.bench.raw import TOGETHER, one_each, raw
from tests.bench.receive import configured_in, inbound_of, network
from tests.bench.rounds import rounds
from tests.bench.slack import slack
from tests.bench.table import Line, Report
from tests.bench.work import AT, MEMBERS_THERE, Press, member_of, presses, settle_in
from tests.storage.stands import file_url, letter

ACTS = {1: 150, 64: 20, 256: 8}
"""Clients, and how often each of them acts in a turn."""
SAYS = {"rate": "a second", "p50_ms": "half within", "p99_ms": "99 % within"}
TURNS = 7


@dataclass(frozen=True)
class Bench:
    """The network that is measured, and what is said of it."""

    configured: Configured
    report: Report
    numbers: Iterator[Press]
    turns: int

    @property
    def path(self) -> Path:
        return self.configured.data / "demo.sqlite3"


async def main(folder: Path, parts: Sequence[str], turns: int) -> bool:
    bench = Bench(await settled(folder), Report(), presses(), turns)
    for part in parts:
        await PARTS[part](bench)
    print("all bars are passed" if bench.report.passes else "some bars are not passed")
    return bench.report.passes


async def settled(folder: Path) -> Configured:
    """A network of its own, whose members are there."""
    configured = configured_in(folder)
    await make_ready(configured.url, folder / "copies", AT)
    async with network(configured) as parts:
        await parts.storage.write(Unit("bench:settle", AT, settle_in))
    return configured


async def writer(bench: Bench) -> None:
    """The writer alone, beside raw sqlite3 and one transaction each."""
    house, say = House(read_secrets(bench.configured.keys)), bench.report.say
    storage = await open_network(file_url(bench.path), house, "demo", AT)

    async def keep() -> bool:
        return await storage.write(next(bench.numbers).unit)

    pairs = await in_turns(bench, lambda: crowd(keep, TOGETHER, 20))
    busy = await beside_a_busy_loop(keep, TOGETHER, 3)
    await storage.close()
    alone = await one_each(bench.path, bench.numbers, clients=8, seconds=3)
    rate = median(waits.rate for _, waits in pairs)
    say(Line(f"raw sqlite3, {TOGETHER} a transaction", median(base for base, _ in pairs), "/s"))
    say(Line("async SQLAlchemy Core, one transaction each", alone, "/s"))
    say(Line(f"the writer, {TOGETHER} clients", rate, "/s"))
    say(Line("the writer, of raw sqlite3", median(waits.rate / base for base, waits in pairs), "x", 0.3))
    say(Line("the writer, of one transaction each", rate / alone, "x", 25))
    say(Line("the writer beside a loop that never rests", busy, "/s"))
    say(Line("the same, of the writer beside a loop that rests", busy / rate, "x", 0.2))


async def receive(bench: Bench) -> None:
    """A whole check-in answer through the one door."""
    async with network(bench.configured) as parts:

        async def press() -> object:
            return await parts.bot.receive(inbound_of(next(bench.numbers)))

        await crowd(press, TOGETHER, 4)
        for clients, acts in ACTS.items():
            pairs = await in_turns(bench, partial(crowd, press, clients, acts))
            for unit, name in (("/s", "rate"), ("ms", "p50_ms"), ("ms", "p99_ms")):
                value = median(getattr(waits, name) for _, waits in pairs)
                bench.report.say(Line(f"receive, {clients} waiting, {SAYS[name]}", value, unit))
        ratio = median(waits.rate / base for base, waits in pairs)
        bench.report.say(Line("receive, of raw sqlite3", ratio, "x", 0.075))


async def in_turns(bench: Bench, act: Callable[[], Awaitable[Waits]]) -> list[tuple[float, Waits]]:
    """Raw sqlite3 and an act, one after the other, again and again: what else the machine does troubles both alike,
    and the median of the ratios stands."""
    return [(raw(bench.path, bench.numbers, groups=20), await act()) for _ in range(bench.turns)]


async def start(bench: Bench) -> None:
    """From an old file to the first answer."""
    began = time.perf_counter()
    async with network(bench.configured) as parts:
        await parts.bot.receive(inbound_of(next(bench.numbers)))
        took = _since(began) / 1000
    bench.report.say(Line("start to first answer, 10,000 members", took, "s", 2, most=True))


async def letters(bench: Bench) -> None:
    """Ten thousand letters in one unit, each placed by the policy."""
    async with network(bench.configured) as parts:
        took = min([await post_many(parts.storage, f"bench:{turn}") for turn in range(3)])
        bench.report.say(Line("10,000 letters posted in one unit", took, "ms"))
        began = time.perf_counter()
        due = await parts.storage.outbox.next_due()
        claims = await parts.storage.outbox.claim(due or AT, 100)
        bench.report.say(Line(f"{len(claims)} letters claimed beside 30,000 that wait", _since(began), "ms"))


async def weeks(bench: Bench) -> None:
    """The Thursday and the Monday of everybody, where nobody has answered yet."""
    async with network(await settled(bench.configured.folder / "weeks")) as parts:
        await rounds(bench.report, parts)


async def announcement(bench: Bench) -> None:
    """An announcement to everybody: previewed, sent, and stopped."""
    async with network(await settled(bench.configured.folder / "announcement")) as parts:
        await announce(bench.report, parts)


async def on_slack(bench: Bench) -> None:
    """Presses and letters through the real Bolt, beside an app that only acknowledges."""
    await slack(bench.report, bench.configured.folder, bench.turns)


async def on_discord(bench: Bench) -> None:
    """Presses through the real discord.py, beside a client that only answers."""
    await discord(bench.report, bench.configured.folder, bench.turns)


async def post_many(storage: SqlStorage, key: str) -> float:
    """Milliseconds for a letter to everybody."""
    many = [letter(f"{key}:{number}", member_of(number), AT, Kind.NOTICE) for number in range(MEMBERS_THERE)]
    began = time.perf_counter()
    await storage.write(Unit(key, AT, lambda work: work.post(*many)))
    return _since(began)


def _since(began: float) -> float:
    return 1000 * (time.perf_counter() - began)


PARTS = {
    "writer": writer,
    "receive": receive,
    "start": start,
    "letters": letters,
    "weeks": weeks,
    "announcement": announcement,
    "slack": on_slack,
    "discord": on_discord,
}


if __name__ == "__main__":
    asked = argparse.ArgumentParser(prog="make bench", description=__doc__)
    asked.add_argument("--only", nargs="+", choices=PARTS, default=list(PARTS), metavar="PART", help=", ".join(PARTS))
    asked.add_argument("--turns", type=int, default=TURNS, help="how often raw sqlite3 and we take turns")
    given = asked.parse_args()
    with tempfile.TemporaryDirectory(prefix="headsup-bench-") as name:
        sys.exit(0 if asyncio.run(main(Path(name), given.only, given.turns)) else 1)

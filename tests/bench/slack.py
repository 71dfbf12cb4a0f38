"""Presses on Slack: answers of a check-in that are kept before they are acknowledged, beside a Bolt app that keeps
nothing; and letters, beside what Slack allows."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.chat.outbound import ToAccount
from tests.adapters.slack.stage import staged
from tests.adapters.slack.test_pace import carried, heads
from tests.bench.slack_town import Town, running, town
from tests.bench.table import Line, Report
from tests.bench.towns import A_TURN, Far, Turn, p99, presses, rests, steady, turn
from tests.bench.work import MEMBERS_THERE
from tests.postgres import running_postgres

BURST, A_ROUND = 10_000, 3_000
A_SECOND, SECONDS = 500, 20
DURABLE = "-c max_connections=50"
"""A PostgreSQL that writes to the disk before it says so, as it does unless it is told otherwise."""


@dataclass(frozen=True)
class Pair:
    """Two towns with an app each: one that keeps nothing, and ours."""

    bare_town: Town
    bare: Far
    town: Town
    headsup: Far
    folder: Path


@asynccontextmanager
async def pair(folder: Path, database: str, other: str = "bare") -> AsyncIterator[Pair]:
    async with (
        town() as first,
        town() as second,
        running(first, other, folder) as bare,
        running(second, "headsup", folder, database) as headsup,
    ):
        yield Pair(first, bare, second, headsup, folder)


async def slack(report: Report, folder: Path, turns: int) -> None:
    """All of it on SQLite, and the presses on PostgreSQL as well."""
    with TemporaryDirectory(dir=folder) as own:
        await _presses_and_letters(report, Path(own), turns)
    with running_postgres(DURABLE) as url, TemporaryDirectory(dir=folder) as own:
        async with pair(Path(own), url) as both:
            await _presses(report, both, "PostgreSQL", turns)
    with TemporaryDirectory(dir=folder) as own:
        await _beside_one_that_shows(report, Path(own), turns)
    await _letters(report)


async def _presses_and_letters(report: Report, folder: Path, turns: int) -> None:
    async with pair(folder, "") as both:
        await _presses(report, both, "SQLite", turns)
        await _burst(report, both)
        await _beside_letters(report, both)


async def _presses(report: Report, both: Pair, engine: str, turns: int) -> None:
    await presses(report, "Slack", engine, turns, lambda: _in_turn(both))


async def _beside_one_that_shows(report: Report, folder: Path, turns: int) -> None:
    """Ours beside a Bolt app that shows the answer in the message as we do, and keeps nothing either."""
    async with pair(folder, "", "showing") as both:
        await presses(report, "Slack", "SQLite", turns, lambda: _in_turn(both), "a Bolt app that shows it")


async def _in_turn(both: Pair) -> tuple[Turn, Turn]:
    bare = await turn(both.bare_town, both.bare, both.bare_town.clicks(A_TURN))
    return bare, await turn(both.town, both.headsup, both.town.clicks(A_TURN))


async def _burst(report: Report, both: Pair) -> None:
    """Ten thousand at once: the loop is full, and the writer still commits."""
    commits = asyncio.create_task(_commits(next(both.folder.glob("data/*.sqlite3"))))
    await turn(both.town, both.headsup, both.town.clicks(BURST), together=BURST)
    commits.cancel()
    seen, longest = await commits
    report.say(Line("Slack: 10,000 presses at once, commits seen", seen, "", 10))
    report.say(Line("… the longest without one", longest, "s", 3, most=True))


async def _commits(file: Path) -> tuple[int, float]:
    """How often the number of answers kept was seen to rise until cancelled, and the longest time it did not."""
    loop, kept, seen = asyncio.get_running_loop(), -1, 0
    rose = began = loop.time()
    longest = 0.0
    try:
        while True:
            now = await asyncio.to_thread(_answers_in, file)
            if now > kept:
                longest = max(longest, loop.time() - rose) if seen > 1 else 0.0
                kept, seen, rose = now, seen + 1, loop.time()
            await asyncio.sleep(0.02)
    except asyncio.CancelledError:
        return seen, longest if rose > began else loop.time() - began


def _answers_in(file: Path) -> int:
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as connection:
        return int(connection.execute("SELECT count(*) FROM inbox").fetchone()[0])


async def _beside_letters(report: Report, both: Pair) -> None:
    """People who press while a letter to everybody is going out."""
    posted = len(both.town.slack.posted())
    await both.headsup.tell(f"letters {MEMBERS_THERE}")
    waits = await steady(both.town, both.town.clicks(A_SECOND * SECONDS), A_SECOND)
    went = len(both.town.slack.posted()) - posted
    report.say(Line(f"Slack: letters out of 10,000 in {SECONDS} s, meanwhile", went, ""))
    report.say(Line(f"… {A_SECOND} presses a second, 99 % within", p99(waits), "ms", 250, most=True))
    report.say(Line("… the longest", 1000 * max(waits), "ms", 3000, most=True))
    await rests(both.headsup)


async def _letters(report: Report) -> None:
    """A round by the tests' clock, with the limits on."""
    async with staged() as stage:
        await stage.start()
        known = [ToAccount(one, stage.slack.workspace.im(one.user).id) for one in heads(stage, A_ROUND)]
        took = await carried(stage, [*known])
        allowed = stage.slack.throttle.limits.posting_a_minute * (took / timedelta(minutes=1))
        refused = 100 * stage.slack.throttle.refused.total() / A_ROUND
    report.say(Line(f"Slack: {A_ROUND:,} letters, of the rate allowed", 100 * A_ROUND / allowed, "%", 97))
    report.say(Line("… of them refused with 429", refused, "%", 0.1, most=True))

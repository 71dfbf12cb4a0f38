"""Presses on Discord: answers of a check-in that are kept before they are acknowledged, beside a client of discord.py
that keeps nothing; and what 10,000 members take in memory."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.bench.discord_town import Town, running, town
from tests.bench.slack import DURABLE
from tests.bench.table import Line, Report
from tests.bench.towns import A_TURN, Far, Turn, presses, turn
from tests.postgres import running_postgres


async def discord(report: Report, folder: Path, turns: int) -> None:
    """On SQLite, and on PostgreSQL."""
    with TemporaryDirectory(dir=folder) as own:
        async with headsup(Path(own), "") as (here, app):
            report.say(Line("Discord: memory with 10,000 members", app.memory, "MB", 120, most=True))
            await _presses(report, here, app, Path(own), "SQLite", turns)
    with running_postgres(DURABLE) as url, TemporaryDirectory(dir=folder) as own:
        async with headsup(Path(own), url) as (here, app):
            await _presses(report, here, app, Path(own), "PostgreSQL", turns)


@asynccontextmanager
async def headsup(folder: Path, database: str) -> AsyncIterator[tuple[Town, Far]]:
    async with town() as here, running(here, "headsup", folder, database) as app:
        yield here, app


async def _presses(report: Report, here: Town, app: Far, folder: Path, engine: str, turns: int) -> None:
    async with town() as other, running(other, "bare", folder) as bare:

        async def in_turn() -> tuple[Turn, Turn]:
            base = await turn(other, bare, other.clicks(A_TURN))
            return base, await turn(here, app, here.clicks(A_TURN))

        await presses(report, "Discord", engine, turns, in_turn)

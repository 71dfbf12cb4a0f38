"""What a bot that runs on SQLite does not read: nobody there uses it, and it would stay in memory for years."""

import subprocess
import sys
from pathlib import Path

from tests.storage.stands import file_url

UNUSED = {"alembic": 11, "sqlalchemy.orm": 6, "sqlalchemy.dialects.postgresql": 2}
"""Megabytes that each takes."""

READS = """
import asyncio, sys
import adapters.discord.platform, adapters.slack.platform, bot.door.cli, bot.door.real
from tests.storage.stands import AT, opened

async def read():
    async with opened({url!r}) as storage:
        await storage.read(AT, lambda work: None)

asyncio.run(read())
print(*(name for name in {unused} if name in sys.modules))
"""


def test_a_bot_on_sqlite_reads_nothing_that_it_does_not_use(tmp_path: Path) -> None:
    code = READS.format(url=file_url(tmp_path / "network.db"), unused=list(UNUSED))
    for first in (True, False):
        told = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
        assert ("alembic" in told.stdout.split()) == first, "only the start that makes the tables does"
    assert told.stdout.split() == []

"""The ground the bot stands on: folders, keys, the lock, a copy set aside, and tables of today's shape."""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from bot.config import Configured
from storage.engine import open_database
from storage.group import Group
from storage.migrate import migrate, needs_migration

SPACE = "demo-space.sqlite3"


@asynccontextmanager
async def prepared(configured: Configured, *, fresh: bool) -> AsyncIterator[None]:
    """Ground for one running bot: nobody else's, and up to date. Raises OperatorError with what mends it."""
    os.umask(0o077)
    configured.data.mkdir(parents=True, exist_ok=True)
    if fresh:
        _forget(configured)
    await _bring_up_to_date(configured)
    yield


async def _bring_up_to_date(configured: Configured) -> None:
    database = open_database(configured.url, Group(lambda transaction, units: None, lambda transaction, unit: None))
    try:
        if await needs_migration(database):
            await migrate(database)
    finally:
        await database.close()


def _forget(configured: Configured) -> None:
    for name in ("demo.sqlite3", SPACE):
        for suffix in ("", "-wal", "-shm"):
            (configured.data / (name + suffix)).unlink(missing_ok=True)


def write_private(path: Path, text: str) -> None:
    """Write a file that nobody else on this machine can read, at no moment."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
    with os.fdopen(os.open(path, flags, 0o600), "w", encoding="utf-8") as file:
        os.fchmod(file.fileno(), 0o600)
        file.write(text)

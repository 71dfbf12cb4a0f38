"""What is done to a database before a bot stands on it: copied aside, brought up to date, and asked what it is."""

from datetime import datetime
from pathlib import Path
from typing import cast

from sqlalchemy import make_url

from bot.core.work import Unit
from storage.copies import copy_aside, forget_old
from storage.engine import SqlStorage, open_database, open_storage
from storage.group import Group
from storage.house import House
from storage.migrate import is_empty, migrate, needs_migration
from storage.settings import be_born
from storage.work import SqlWork

NO_COPY = "PostgreSQL: no copy was made before updating the tables; pg_dump makes one."


def file_of(url: str) -> Path | None:
    """The SQLite file behind a URL; None where there is none."""
    parsed = make_url(url)
    return Path(parsed.database) if parsed.get_backend_name() == "sqlite" and parsed.database else None


async def make_ready(url: str, copies: Path, now: datetime) -> list[str]:
    """Copy the database into the folder `copies` if its tables are older than the code, update them, and delete copies
    older than 30 days. Returns notes for the operator. Raises OperatorError when the tables are newer."""
    file, notes = file_of(url), []
    if file is not None:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    database = open_database(url, Group.idle(), inline=True)
    try:
        if await needs_migration(database):
            if not await is_empty(database):
                notes.append(f"copied aside to {copy_aside(file, copies, now)}" if file else NO_COPY)
            await migrate(database)
    finally:
        await database.close()
    return notes + [f"deleted the copy {path.name}, older than 30 days" for path in forget_old(copies, now)]


async def open_network(
    url: str, house: House, kind: str, at: datetime, *, inline: bool = False, synchronous: str = "FULL"
) -> SqlStorage:
    """Open what `make_ready` has made ready. Raises OperatorError when the network is not of this kind from birth."""
    storage = await open_storage(url, house, inline=inline, synchronous=synchronous)
    try:
        await storage.write(Unit("birth", at, lambda work: be_born(cast(SqlWork, work), kind)))
    except BaseException:
        await storage.close()
        raise
    return storage

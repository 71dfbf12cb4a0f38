"""What is done to a database before a bot stands on it: copied aside, brought up to date, and asked what it is."""

import sqlite3
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, closing, contextmanager
from datetime import datetime
from functools import partial
from pathlib import Path

from sqlalchemy.exc import DBAPIError

from bot.core.errors import OperatorError, StorageFailed
from bot.core.work import Unit
from storage.copies import copy_aside, forget_old
from storage.disk import percent_full, unknown
from storage.engine import IN_LIFE, Manner, SqlStorage, open_database, open_storage, read_url
from storage.group import Group
from storage.house import House
from storage.migrate import is_empty, migrate, needs_migration
from storage.settings import KIND, be_born
from storage.trouble import kind_of
from storage.work import sql

_OUT_OF_REACH = (
    "{where}: the database there cannot be used ({what}). Look whether it is one, whether the user that runs HeadsUp "
    "may write there, and whether the disk has room; a database server must run. Copies lie in data/copies."
)
_HELD = (
    "HeadsUp is running already on the database that storage.url names, maybe on another machine. Stop that one first, "
    "or use it."
)
NO_COPY = "PostgreSQL: no copy was made before updating the tables; pg_dump makes one."


def file_of(url: str) -> Path | None:
    """The SQLite file behind a URL; None where there is none."""
    parsed = read_url(url)
    return Path(parsed.database) if parsed.get_backend_name() == "sqlite" and parsed.database else None


def disk_of(url: str) -> Callable[[], int | None]:
    """How full the disk is on which the database lies, whenever it is asked; nobody here knows of another machine's."""
    file = file_of(url)
    return partial(percent_full, file.absolute().parent) if file else unknown


def born_as(file: Path) -> str | None:
    """What kind of network an SQLite file has held from birth; None where it does not say."""
    try:
        with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)) as connection:
            row = connection.execute("SELECT value FROM settings WHERE name = ?", (KIND,)).fetchone()
    except sqlite3.Error:
        return None
    return str(row[0]) if row else None


async def make_ready(url: str, copies: Path, now: datetime) -> list[str]:
    """Copy the database into the folder `copies` if its tables are older than the code, update them, and delete copies
    older than 30 days. Returns notes for the operator.

    Raises OperatorError when the tables are newer, or out of reach.
    """
    with within_reach(url):
        return await _make_ready(url, file_of(url), copies, now)


@asynccontextmanager
async def held(url: str) -> AsyncIterator[None]:
    """Keep every other bot off a database on a server, whichever machine it runs on; beside a file lies a lock.

    Raises OperatorError while another holds it, and where it is out of reach.
    """
    database = open_database(url, Group.idle(), inline=True)
    try:
        with within_reach(url):
            is_ours = await database.hold()
        if not is_ours:
            raise OperatorError(_HELD)
        yield
    finally:
        await database.close()


@contextmanager
def within_reach(url: str) -> Iterator[None]:
    """Raises OperatorError where the database cannot be used; it never shows the URL, which may hold a password."""
    try:
        yield
    except (DBAPIError, sqlite3.Error, OSError, StorageFailed) as problem:
        raise OperatorError(_OUT_OF_REACH.format(where=file_of(url) or "storage.url", what=kind_of(problem))) from None


async def _make_ready(url: str, file: Path | None, copies: Path, now: datetime) -> list[str]:
    notes = []
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


async def open_network(url: str, house: House, kind: str, at: datetime, manner: Manner = IN_LIFE) -> SqlStorage:
    """Open what `make_ready` has made ready. Raises OperatorError when the network is not of this kind from birth."""
    with within_reach(url):
        storage = await open_storage(url, house, manner)
        try:
            await storage.write(Unit("birth", at, lambda work: be_born(sql(work), kind)))
        except BaseException:
            await storage.close()
            raise
        return storage

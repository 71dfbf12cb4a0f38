"""The same answer kept without us: raw sqlite3, many in a transaction, and async SQLAlchemy, one in each."""

import asyncio
import itertools
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from sqlalchemy import event, select
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from storage import upsert
from storage.checkins import answers
from storage.columns import microseconds
from storage.inbox import inbox
from storage.people import identities
from tests.bench.work import AT, Press
from tests.storage.stands import file_url

TOGETHER = 256
PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON")

_WHO = "SELECT member FROM identities WHERE account = ?"
_SEEN = "SELECT 1 FROM inbox WHERE mark = ?"
_BEFORE = 'SELECT outcome FROM answers WHERE "group" = ? AND member = ?'
_MARK = "INSERT INTO inbox (mark, at) VALUES (?, ?)"
_ANSWER = (
    'INSERT INTO answers ("group", member, outcome, at) VALUES (?, ?, ?, ?) '
    'ON CONFLICT ("group", member) DO UPDATE SET outcome = excluded.outcome, at = excluded.at'
)


def raw(path: Path, presses: Iterator[Press], groups: int) -> float:
    """Answers a second through sqlite3 alone, 256 in a transaction."""
    at = microseconds(AT)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for pragma in PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")
        began = time.perf_counter()
        for _ in range(groups):
            _keep_together(connection, list(itertools.islice(presses, TOGETHER)), at)
        return groups * TOGETHER / (time.perf_counter() - began)


def _keep_together(connection: sqlite3.Connection, together: list[Press], at: int | None) -> None:
    connection.execute("BEGIN IMMEDIATE")
    for press in together:
        group, member = press.group, press.member
        connection.execute(_WHO, (press.account,)).fetchone()
        connection.execute(_SEEN, (press.mark,)).fetchone()
        connection.execute(_BEFORE, (group, member)).fetchone()
        connection.execute(_MARK, (press.mark, at))
        connection.execute(_ANSWER, (group, member, "talked", at))
    connection.execute("COMMIT")


async def one_each(path: Path, presses: Iterator[Press], clients: int, seconds: float) -> float:
    """Answers a second through async SQLAlchemy Core, each in a transaction of its own."""
    engine = create_async_engine(file_url(path), connect_args={"timeout": 60}, pool_size=clients)
    _prepare(engine)
    began, done = time.perf_counter(), 0

    async def client() -> None:
        nonlocal done
        while time.perf_counter() - began < seconds:
            await _keep_alone(engine, next(presses))
            done += 1

    await asyncio.gather(*(client() for _ in range(clients)))
    took = time.perf_counter() - began
    await engine.dispose()
    return done / took


def _prepare(engine: AsyncEngine) -> None:
    @event.listens_for(engine.sync_engine, "connect")
    def connected(connection: Any, record: Any) -> None:
        connection.isolation_level = None
        for pragma in PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine.sync_engine, "begin")
    def begun(connection: Any) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")


async def _keep_alone(engine: AsyncEngine, press: Press) -> None:
    group, member = press.group, press.member
    async with engine.begin() as connection:
        await connection.execute(select(identities.c.member).where(identities.c.account == press.account))
        await connection.execute(select(inbox.c.mark).where(inbox.c.mark == press.mark))
        await connection.execute(select(answers.c.outcome).where(answers.c.group == group, answers.c.member == member))
        await connection.execute(inbox.insert(), {"mark": press.mark, "at": AT})
        row = {"group": group, "member": member, "outcome": "talked", "at": AT}
        await connection.execute(upsert.keep("sqlite", answers), row)

"""SQLite: one connection that writes, on a thread of its own, and query-only readers beside it."""

import logging
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any, TypeVar

from sqlalchemy import URL, Connection, Engine, StaticPool, create_engine, event

from bot.core.work import Unit
from storage.greenlets import connected, dispose
from storage.group import Group
from storage.prepared import run_bare
from storage.process import beside, share_time
from storage.transaction import Outcome

T = TypeVar("T")

BUSY_SECONDS = 10
"""How long to wait for an import, a backup or a check beside the bot; all of them work in short transactions."""
READERS = 4
STATEMENTS = 1024
"""Kept ready on a connection; we have some hundreds, and Python's own 128 would be made anew in turns."""


class Sqlite:
    """A file. `inline`: everything is done at once on the caller's thread, for virtual time."""

    def __init__(self, url: URL, group: Group, inline: bool, synchronous: str) -> None:
        self._group = group
        self._writing = _writing_engine(url, synchronous)
        self._reading = _reading_engine(url)
        self._readers = None if inline else _async_readers(url)
        self._thread = None if inline else ThreadPoolExecutor(1, thread_name_prefix="writer")
        self._connection: Connection | None = None
        if not inline:
            share_time()
            logging.getLogger("aiosqlite").setLevel(logging.WARNING)  # at DEBUG it prints parameters

    async def run(self, units: Sequence[Unit[Any]]) -> list[Outcome[Any]]:
        return await self._off_the_loop(partial(self._run, units))

    async def read(self, run: Callable[[Connection], T]) -> T:
        if self._readers is None:
            with self._reading.connect() as connection:
                return run(connection)
        return await connected(self._readers, run)

    async def alter(self, run: Callable[[Connection], T]) -> T:
        return await self._off_the_loop(partial(self._alter, run))

    async def hold(self) -> bool:
        """Whoever runs a bot on a file holds the lock beside it (`storage.lock`)."""
        return True

    async def close(self) -> None:
        if self._readers is not None:
            await dispose(self._readers)
        await self._off_the_loop(self._close)
        if self._thread is not None:
            self._thread.shutdown()

    async def _off_the_loop(self, call: Callable[[], T]) -> T:
        if self._thread is None:
            return call()
        return await beside(self._thread, call)

    def _run(self, units: Sequence[Unit[Any]]) -> list[Outcome[Any]]:
        if self._connection is None:
            self._connection = self._writing.connect()
        return self._group.run(self._connection, units)

    def _alter(self, run: Callable[[Connection], T]) -> T:
        with self._writing.connect() as connection:
            return run(connection)

    def _close(self) -> None:
        if self._connection is not None:
            self._connection.close()
        self._writing.dispose()
        self._reading.dispose()


def _writing_engine(url: URL, synchronous: str) -> Engine:
    engine = create_engine(
        url.set(drivername="sqlite"),
        hide_parameters=True,
        poolclass=StaticPool,
        connect_args={"check_same_thread": False, "timeout": BUSY_SECONDS, "cached_statements": STATEMENTS},
    )
    pragmas = {"journal_mode": "WAL", "synchronous": synchronous, "foreign_keys": "ON", "secure_delete": "ON"}
    _prepare(engine, {**pragmas, "temp_store": "MEMORY"}, "BEGIN IMMEDIATE")
    return engine


def _reading_engine(url: URL) -> Engine:
    engine = create_engine(
        url.set(drivername="sqlite"), hide_parameters=True, poolclass=StaticPool,
        connect_args={"check_same_thread": False, "timeout": BUSY_SECONDS, "cached_statements": STATEMENTS},
    )  # fmt: skip
    _prepare(engine, _QUERY_ONLY, "BEGIN")
    return engine


def _async_readers(url: URL) -> Engine:
    engine = create_engine(
        url.set(drivername="sqlite+aiosqlite"),
        hide_parameters=True,
        pool_size=READERS,
        connect_args={"timeout": BUSY_SECONDS},
    )
    _prepare(engine, _QUERY_ONLY, "BEGIN")
    return engine


_QUERY_ONLY = {"query_only": "ON", "temp_store": "MEMORY"}


def _prepare(engine: Engine, pragmas: dict[str, str], begin: str) -> None:
    """Transactions are begun by us: Python's own way begins them late, and never for reading or altering tables."""

    @event.listens_for(engine, "connect")
    def connected(connection: Any, record: Any) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        for name, value in pragmas.items():
            cursor.execute(f"PRAGMA {name}={value}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def begun(connection: Connection) -> None:
        run_bare(connection, begin)

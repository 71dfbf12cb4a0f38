"""What only a server can suffer: connections that end, and transactions that collide."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any, cast

import pytest
from sqlalchemy import Connection, make_url, text
from sqlalchemy.util import await_only

from bot.chat.ids import Id
from bot.core.errors import StorageFailed
from bot.core.work import INBOX, Look, Unit, Work
from bot.members.model import Member, Stage
from bot.members.store import MEMBERS
from storage.engine import SqlStorage
from storage.group import Group
from storage.postgres import Postgres
from storage.start import make_ready
from storage.transaction import Outcome
from storage.trouble import ConnectionLost
from storage.work import SqlWork
from tests.postgres import execute
from tests.storage.stands import AT, Pen, opened

MARK = b"m" * 16


@pytest.fixture
async def storage(fresh_postgres: str) -> AsyncIterator[SqlStorage]:
    await make_ready(fresh_postgres, Path("none"), AT)
    async with opened(fresh_postgres) as storage:
        yield storage


def say(work: Work, sql: str) -> Any:
    """A statement of our own, in the middle of a unit."""
    return cast(SqlWork, work).rows(cast(Any, text(sql)))[0][0]


def keep(work: Work, id: int) -> None:
    work.use(MEMBERS).keep(Member(Id(id), "x", Stage.MEMBER))


async def kept(pen: Pen) -> int:
    return len(await pen.read(lambda work: work.use(MEMBERS).find("", most=100)))


async def test_a_connection_lost_in_the_middle_is_opened_anew_for_everybody(
    storage: SqlStorage, fresh_postgres: str
) -> None:
    pen, runs = Pen(storage), 0

    def lose_it(work: Work) -> None:
        nonlocal runs
        runs += 1
        keep(work, 1)
        if runs == 1:
            say(work, "SELECT pg_terminate_backend(pg_backend_pid())")

    await asyncio.gather(pen.write(lose_it), pen.write(lambda work: keep(work, 2)))
    assert runs == 2
    assert await kept(pen) == 2


async def test_a_server_that_stays_away_is_said_to_everybody(storage: SqlStorage) -> None:
    def lose_it(work: Work) -> None:
        say(work, "SELECT pg_terminate_backend(pg_backend_pid())")

    pen = Pen(storage)
    outcomes = await asyncio.gather(*(pen.write(lose_it) for _ in range(2)), return_exceptions=True)
    assert {type(outcome) for outcome in outcomes} == {ConnectionLost}
    await pen.write(lambda work: keep(work, 1))
    assert await kept(pen) == 1


async def test_what_was_kept_before_the_server_went_away_is_said_to_be_kept(
    storage: SqlStorage, fresh_postgres: str, postgres_url: str
) -> None:
    """A row is refused, so that halves are run alone; the first is kept, and in the second the server goes away."""
    pen, name, runs = Pen(storage), make_url(fresh_postgres).database, 0

    def twins(work: Work) -> None:
        for id in (11, 12):
            work.use(MEMBERS).keep(Member(Id(id), "Twin", Stage.MEMBER, ref="R1"))

    def lose_it(work: Work) -> None:
        nonlocal runs
        runs += 1
        if runs == 2:
            await_only(execute(postgres_url, f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS false'))
            say(work, "SELECT pg_terminate_backend(pg_backend_pid())")

    units = (lambda work: keep(work, 1), lambda work: keep(work, 2), lose_it, twins)
    outcomes = await asyncio.gather(*map(pen.write, units), return_exceptions=True)
    assert [type(outcome) for outcome in outcomes] == [type(None), type(None), ConnectionLost, ConnectionLost]
    await execute(postgres_url, f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS true')
    assert await kept(pen) == 2


async def test_a_question_on_a_connection_that_is_gone_is_asked_once_more(
    storage: SqlStorage, fresh_postgres: str
) -> None:
    pen = Pen(storage)
    await pen.write(lambda work: keep(work, 1))
    await asyncio.gather(*(kept(pen) for _ in range(3)))
    others = "pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    await execute(fresh_postgres, f"SELECT pg_terminate_backend(pid) FROM {others}")  # noqa: S608 - a constant
    assert await asyncio.gather(*(kept(pen) for _ in range(3))) == [1, 1, 1]


async def test_transactions_that_collide_are_run_again(storage: SqlStorage, fresh_postgres: str) -> None:
    fail = (
        "CREATE FUNCTION fail() RETURNS int AS $$ BEGIN RAISE EXCEPTION USING ERRCODE = '{}'; END $$ LANGUAGE plpgsql"
    )
    pen, runs = Pen(storage), 0
    await execute(fresh_postgres, fail.format("40P01"))

    def collide(work: Work) -> None:
        nonlocal runs
        runs += 1
        keep(work, 1)
        if runs <= 2:
            say(work, "SELECT fail()")

    await asyncio.gather(pen.write(collide), pen.write(lambda work: keep(work, 2)))
    assert runs == 3
    assert await kept(pen) == 2


async def test_a_full_disk_of_the_server_is_the_storages_failure(storage: SqlStorage, fresh_postgres: str) -> None:
    fail = (
        "CREATE FUNCTION fail() RETURNS int AS $$ BEGIN RAISE EXCEPTION USING ERRCODE = '{}'; END $$ LANGUAGE plpgsql"
    )
    await execute(fresh_postgres, fail.format("53100"))
    pen = Pen(storage)
    writes = (pen.write(lambda work: say(work, "SELECT fail()")), pen.write(lambda work: keep(work, 1)))
    outcomes = await asyncio.gather(*writes, return_exceptions=True)
    assert [type(outcome) for outcome in outcomes] == [StorageFailed, StorageFailed]
    assert await kept(pen) == 0


class LostAtCommit(Group):
    """Commits, and then says that it does not know."""

    def __init__(self, group: Group) -> None:
        self._group, self.runs = group, 0

    def run(self, connection: Connection, units: Any, attempt: int = 1) -> list[Outcome[Any]]:
        self.runs += 1
        outcomes = self._group.run(connection, units)
        lost = Outcome[Any](error=ConnectionLost(OSError(), certain=False))
        return [lost for _ in outcomes] if self.runs == 1 else outcomes


async def test_lost_at_commit_only_a_unit_with_a_mark_is_run_again(storage: SqlStorage) -> None:
    database = cast(Postgres, storage._database)
    lossy = LostAtCommit(database._group)
    database._group = lossy

    def once(work: Work) -> str:
        if work.use(INBOX).seen(MARK):
            return "answered anew"
        work.use(INBOX).keep(MARK, AT)
        return "new"

    marked = Unit("marked", AT, once, (Look("inbox", MARK),))
    plain = Unit("plain", AT, lambda work: keep(work, 1))
    outcomes = await asyncio.gather(storage.write(marked), storage.write(plain), return_exceptions=True)
    assert outcomes[0] == "answered anew"
    assert isinstance(outcomes[1], StorageFailed)
    assert lossy.runs == 2


async def test_a_url_without_a_driver_gets_ours(fresh_postgres: str) -> None:
    url = make_url(fresh_postgres).set(drivername="postgresql").render_as_string(hide_password=False)
    await make_ready(url, Path("none"), AT)
    async with opened(url) as storage:
        assert await kept(Pen(storage)) == 0

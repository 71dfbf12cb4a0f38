"""Functions on a connection of their own, through a driver that awaits."""

import asyncio
from contextlib import suppress

import pytest
from sqlalchemy import Connection, create_engine
from sqlalchemy.exc import ProgrammingError

from storage.greenlets import connected, dispose

SLOW = {
    "sqlite": "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300000) SELECT count(*) FROM n",
    "postgresql": "SELECT pg_sleep(600)",
}


@pytest.mark.parametrize("kind", list(SLOW))
async def test_one_that_is_called_off_gives_its_connection_back(
    kind: str, url: str, request: pytest.FixtureRequest
) -> None:
    engine = create_engine(
        url if kind == "sqlite" else request.getfixturevalue("fresh_postgres"), pool_size=1, max_overflow=0
    )
    began = asyncio.Event()

    def slow(connection: Connection) -> None:
        began.set()
        connection.exec_driver_sql(SLOW[kind])

    for _ in range(3):
        began.clear()
        task = asyncio.create_task(connected(engine, slow))
        await began.wait()
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
        assert task.cancelled()
    assert await asyncio.wait_for(connected(engine, Connection.exec_driver_sql, "SELECT 1"), 60)
    assert engine.pool.checkedout() == 0  # type: ignore[attr-defined]
    await dispose(engine)


async def test_what_it_did_not_commit_is_as_if_it_had_not_been(fresh_postgres: str) -> None:
    engine = create_engine(fresh_postgres)

    def make(connection: Connection, name: str) -> None:
        connection.exec_driver_sql(f"CREATE TABLE {name} (x INTEGER)")

    def kept(connection: Connection) -> None:
        make(connection, "kept")
        connection.commit()

    def there(connection: Connection) -> list[str]:
        return list(connection.exec_driver_sql("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").scalars())

    await connected(engine, make, "half")
    await connected(engine, kept)
    with pytest.raises(ProgrammingError):
        await connected(engine, make, "kept")
    assert await connected(engine, there) == ["kept"]
    await dispose(engine)

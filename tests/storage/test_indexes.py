"""Indexes of some rows hold, on both engines, the rows that the code says: Alembic compares columns, not conditions."""

from typing import Any

from sqlalchemy import Connection, Index, text
from sqlalchemy.schema import CreateIndex

from storage import rooms  # noqa: F401 - whoever has the rooms has all tables
from storage.columns import metadata
from storage.engine import open_database
from storage.group import Group
from storage.migrate import migrate


def where(index: Index) -> Any:
    return index.dialect_options["sqlite"]["where"]


OF_SOME = {
    str(index.name): (table.name, index)
    for table in metadata.tables.values()
    for index in table.indexes
    if where(index) is not None
}
"""Each with its table."""


async def test_on_sqlite(url: str) -> None:
    database = open_database(url, Group.idle())
    await migrate(database)

    def made(connection: Connection) -> dict[str, str]:
        asks = text("SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql LIKE '%WHERE%'")
        return {str(row.name): str(row.sql) for row in connection.execute(asks)}

    def said(connection: Connection) -> dict[str, str]:
        return {
            name: str(CreateIndex(index).compile(dialect=connection.dialect)) for name, (_, index) in OF_SOME.items()
        }

    assert await database.alter(made) == await database.alter(said)
    await database.close()


async def test_on_postgresql(fresh_postgres: str) -> None:
    """Each condition as PostgreSQL reads it: what the migration said, and what the code says to SQLite."""
    database = open_database(fresh_postgres, Group.idle())
    await migrate(database)
    migrated = await database.alter(conditions)
    assert set(migrated) == set(OF_SOME)
    await database.alter(twins)
    assert migrated == await database.alter(conditions)
    await database.close()


def conditions(connection: Connection) -> dict[str, str]:
    asks = "SELECT indexrelid::regclass, pg_get_expr(indpred, indrelid) FROM pg_index WHERE indpred IS NOT NULL"
    return {str(name): str(where) for name, where in connection.exec_driver_sql(asks)}


def twins(connection: Connection) -> None:
    """Each index anew, of the rows that the code says."""
    for name, (table, index) in OF_SOME.items():
        connection.exec_driver_sql(f"DROP INDEX {name}")
        said = where(index).compile(dialect=connection.dialect, compile_kwargs={"literal_binds": True})
        connection.exec_driver_sql(f"CREATE INDEX {name} ON {table} (id) WHERE {said}")
    connection.commit()

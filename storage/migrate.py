"""Bringing a database to the tables of this code, whatever it holds, in one transaction.

Alembic, with all that it brings along, takes 11 MB (docs/performance.md), and is read only where tables are made anew.
"""

from importlib import resources

from sqlalchemy import Connection, column, inspect, select, table

from bot.core.errors import OperatorError
from storage.database import Database

KEPT_IN = table("alembic_version", column("version_num"))
"""Where Alembic writes down which tables a database has."""


def revisions() -> list[str]:
    """Every shape that the tables ever had, by the numbers of the files that make them, the first first."""
    files = (file.name for file in resources.files("storage.migrations.versions").iterdir())
    return sorted(name.partition("_")[0] for name in files if name[:4].isdecimal() and name.endswith(".py"))


def revision_of(connection: Connection) -> str | None:
    """Which tables a database has; None for an empty one."""
    return connection.scalar(select(KEPT_IN.c.version_num)) if inspect(connection).has_table(KEPT_IN.name) else None


async def needs_migration(database: Database) -> bool:
    """Whether the tables are older than the code. Raises OperatorError when they are newer."""
    return await database.alter(_is_behind)


async def is_empty(database: Database) -> bool:
    """Whether there are no tables yet."""
    return await database.alter(lambda connection: not inspect(connection).get_table_names())


async def migrate(database: Database, to: str = "head") -> None:
    """Upgrade to the newest tables; nothing has happened if that fails. Raises OperatorError when they are newer.

    `to`: an earlier shape, for tests of what follows it."""
    await database.alter(lambda connection: _migrate(connection, to))


def _is_behind(connection: Connection) -> bool:
    with connection.begin():
        current, known = revision_of(connection), revisions()
    if current is not None and current not in known:
        raise OperatorError(
            f"This database was made by a newer HeadsUp (its tables are {current}, this one knows {known[-1]}). "
            "Update HeadsUp, or start it on a copy from before the update: they lie in data/copies."
        )
    return current != known[-1]


def _migrate(connection: Connection, to: str) -> None:
    if _is_behind(connection):
        from storage.upgrade import upgrade

        # Alembic copies a table on SQLite to alter it, and dropping the old one would delete every row that names it.
        _foreign_keys(connection, "OFF")
        try:
            with connection.begin():
                upgrade(connection, to)
                _check(connection)
        finally:
            _foreign_keys(connection, "ON")


def _foreign_keys(connection: Connection, state: str) -> None:
    """Has no effect within a transaction, so it stands before and after it."""
    if connection.dialect.name == "sqlite":
        cursor = connection.connection.cursor()
        cursor.execute(f"PRAGMA foreign_keys={state}")
        cursor.close()


def _check(connection: Connection) -> None:
    """Raises OperatorError when a row would name another that is not there."""
    if connection.dialect.name == "sqlite":
        broken = {row[0] for row in connection.exec_driver_sql("PRAGMA foreign_key_check")}
        if broken:
            raise OperatorError(
                f"Updating the database would break rows in {', '.join(sorted(broken))}, so nothing was changed. "
                "Please report this; the bot of before still runs on it."
            )

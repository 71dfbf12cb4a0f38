"""Bringing a database to the tables of this code, whatever it holds, in one transaction."""

from alembic.config import Config
from alembic.runtime.environment import EnvironmentContext
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect

from bot.core.errors import OperatorError
from storage.database import Database

PACKAGE = "storage:migrations"


def scripts() -> ScriptDirectory:
    """The migrations that travel with the code."""
    return ScriptDirectory.from_config(_config())


def revision_of(connection: Connection) -> str | None:
    """Which tables a database has; None for an empty one."""
    return MigrationContext.configure(connection).get_current_revision()


def newest() -> str | None:
    """Which tables this code wants."""
    return scripts().get_current_head()


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
        current, wanted = revision_of(connection), newest()
    if current is not None and current not in {script.revision for script in scripts().walk_revisions()}:
        raise OperatorError(
            f"This database was made by a newer HeadsUp (its tables are {current}, this one knows {wanted}). "
            "Update HeadsUp, or start it on a copy from before the update: they lie in data/copies."
        )
    return current != wanted


def _migrate(connection: Connection, to: str) -> None:
    if _is_behind(connection):
        # Alembic copies a table on SQLite to alter it, and dropping the old one would delete every row that names it.
        _foreign_keys(connection, "OFF")
        try:
            with connection.begin():
                _upgrade(connection, to)
                _check(connection)
        finally:
            _foreign_keys(connection, "ON")


def _upgrade(connection: Connection, to: str) -> None:
    config, directory = _config(), scripts()
    config.attributes["connection"] = connection

    def upgrades(current: object, context: MigrationContext) -> object:
        return directory._upgrade_revs(to, current)  # type: ignore[arg-type]

    with EnvironmentContext(config, directory, fn=upgrades):
        directory.run_env()


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


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", PACKAGE)
    config.set_main_option("path_separator", "os")
    return config

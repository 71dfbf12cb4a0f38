"""Alembic at work: the migrations that travel with the code, done to a database over a connection of ours."""

from alembic.config import Config
from alembic.runtime.environment import EnvironmentContext
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

PACKAGE = "storage:migrations"


def scripts() -> ScriptDirectory:
    """The migrations that travel with the code."""
    return ScriptDirectory.from_config(_config())


def upgrade(connection: Connection, to: str) -> None:
    """Make the tables those of the revision `to`, within the transaction that is open."""
    config, directory = _config(), scripts()
    config.attributes["connection"] = connection

    def upgrades(current: object, context: MigrationContext) -> object:
        return directory._upgrade_revs(to, current)  # type: ignore[arg-type]

    with EnvironmentContext(config, directory, fn=upgrades):
        directory.run_env()


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", PACKAGE)
    config.set_main_option("path_separator", "os")
    return config

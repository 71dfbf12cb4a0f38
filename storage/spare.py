"""A PostgreSQL database of a rehearsal's own, beside the real one, dropped afterwards."""

import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlalchemy import Connection, create_engine, make_url
from sqlalchemy.exc import SQLAlchemyError

from bot.core.errors import OperatorError
from storage.greenlets import connected, dispose

_NO_SERVER = (
    "--db postgresql rehearses in a database of its own, which is dropped afterwards, beside the one that storage.url "
    "names. {why}: set storage.url (or HEADSUP_STORAGE__URL) to a PostgreSQL whose user may create databases."
)


@asynccontextmanager
async def spare_database(server: str) -> AsyncIterator[str]:
    """The URL of a new database on that server, dropped afterwards whoever still holds it. Raises OperatorError."""
    if not server.startswith("postgresql"):
        raise OperatorError(_NO_SERVER.format(why="It names none"))
    name = f"headsup_rehearsal_{secrets.token_hex(8)}"
    await _tell(server, f'CREATE DATABASE "{name}"')
    try:
        yield make_url(server).set(database=name).render_as_string(hide_password=False)
    finally:
        await _tell(server, f'DROP DATABASE "{name}" WITH (FORCE)')


async def _tell(server: str, statement: str) -> None:
    engine = create_engine(server, isolation_level="AUTOCOMMIT", hide_parameters=True)
    try:
        await connected(engine, Connection.exec_driver_sql, statement)
    except (SQLAlchemyError, OSError) as problem:
        raise OperatorError(_NO_SERVER.format(why=f"That one does not do it ({type(problem).__name__})")) from None
    finally:
        await dispose(engine)

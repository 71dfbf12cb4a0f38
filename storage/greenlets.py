"""Plain SQLAlchemy on a driver that awaits. Its own `ext.asyncio` reads the whole ORM, 6 MB that nobody here uses;
what that does for a function that is run on a connection is these few lines."""

from collections.abc import Callable
from typing import Concatenate, ParamSpec, TypeVar

from sqlalchemy import Connection, Engine
from sqlalchemy.util import greenlet_spawn

P = ParamSpec("P")
T = TypeVar("T")


async def connected(
    engine: Engine, run: Callable[Concatenate[Connection, P], T], *args: P.args, **named: P.kwargs
) -> T:
    """What `run` gives on a connection of its own; whatever it has not committed is rolled back, cancelled or not."""

    def on_one() -> T:
        with engine.connect() as connection:
            return run(connection, *args, **named)

    return await greenlet_spawn(on_one)


async def dispose(engine: Engine) -> None:
    """Close the connections that nobody uses."""
    await greenlet_spawn(engine.dispose)

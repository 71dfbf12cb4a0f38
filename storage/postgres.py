"""PostgreSQL: the same functions, run on asyncpg through greenlets."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any, TypeVar

from sqlalchemy import URL, Connection, create_engine, func, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.util import greenlet_spawn

from bot.core.work import Unit
from storage.greenlets import connected, dispose
from storage.group import Group
from storage.process import share_time
from storage.transaction import Outcome
from storage.trouble import ConnectionLost

T = TypeVar("T")

_HEADSUP = int.from_bytes(b"HeadsUp")
"""The lock of whoever runs a bot on a database; the server lets go of it when the connection ends."""
_NOTICE = ("tcp_keepalives_idle = 10", "tcp_keepalives_interval = 5", "tcp_keepalives_count = 3")

MARK = "inbox"
"""The look by which a unit says that it leaves a mark: run again, it sees whether it has been done."""


class Postgres:
    """A server. One transaction writes at a time, at READ COMMITTED; readers see one state of things."""

    def __init__(self, url: URL, group: Group) -> None:
        share_time()
        self._group = group
        self._held: Connection | None = None
        self._engine = create_engine(url, hide_parameters=True, pool_size=5, pool_pre_ping=False)
        self._reading = self._engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)

    async def run(self, units: Sequence[Unit[Any]]) -> list[Outcome[Any]]:
        """A connection that was lost is opened anew, once, for the units that can be run again without doubling."""
        outcomes = await self._run(units)
        again = [at for at, unit in enumerate(units) if _may_run_again(unit, outcomes[at])]
        with suppress(DBAPIError, OSError):  # the server is away: what was lost stays so, and what was kept is kept
            for at, outcome in zip(again, await self._run([units[at] for at in again]) if again else [], strict=True):
                outcomes[at] = outcome
        return outcomes

    async def read(self, run: Callable[[Connection], T]) -> T:
        """What was asked on a connection that is gone is asked once more, on a new one."""
        try:
            return await self._read(run)
        except DBAPIError as error:
            if not error.connection_invalidated:
                raise
        return await self._read(run)

    async def alter(self, run: Callable[[Connection], T]) -> T:
        return await connected(self._engine, run)

    async def hold(self) -> bool:
        """Whichever machine the other runs on; a machine that has vanished is noticed within half a minute."""
        return await greenlet_spawn(self._hold)

    async def close(self) -> None:
        if self._held is not None:
            await greenlet_spawn(self._held.close)
        await dispose(self._engine)

    def _hold(self) -> bool:
        self._held = held = self._engine.connect().execution_options(isolation_level="AUTOCOMMIT")
        for setting in _NOTICE:
            held.exec_driver_sql(f"SET {setting}")
        return bool(held.scalar(select(func.pg_try_advisory_lock(_HEADSUP))))

    async def _read(self, run: Callable[[Connection], T]) -> T:
        return await connected(self._reading, run)

    async def _run(self, units: Sequence[Unit[Any]]) -> list[Outcome[Any]]:
        return await connected(self._engine, self._group.run, units)


def _may_run_again(unit: Unit[Any], outcome: Outcome[Any]) -> bool:
    """Lost before COMMIT, nothing has happened. Lost during COMMIT, nobody knows; a unit with a mark finds out."""
    lost = outcome.error
    if not isinstance(lost, ConnectionLost):
        return False
    return lost.certain or any(look.name == MARK for look in unit.looks)

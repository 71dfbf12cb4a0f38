"""Opening a network's storage: from a URL to what the bot, the courier and the calendar stand on."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import Any, Generic, TypeVar

from sqlalchemy import URL, Connection, func, make_url, select
from sqlalchemy.exc import ArgumentError, DBAPIError

from bot.core.errors import OperatorError
from bot.core.work import Unit, Work
from storage.calendar import SqlCalendar
from storage.database import Database
from storage.group import Group, looks_by_name
from storage.house import House
from storage.letters import letters
from storage.outbox import SqlOutbox
from storage.post import Postman
from storage.rooms import ROOMS
from storage.sqlite import Sqlite
from storage.timers import SqlTimerBook
from storage.transaction import Transaction
from storage.trouble import failed
from storage.work import Desk, SqlWork, sql
from storage.writer import Runner, Writer

T = TypeVar("T")

_UNKNOWN = (
    "storage.url is neither sqlite+aiosqlite:///FILE nor postgresql+asyncpg://USER@HOST/DATABASE; "
    "leave it out to keep everything in a file under storage.folder."
)
_ANY_TIME = datetime(1970, 1, 1, tzinfo=UTC)


def _as_it_is(run: Runner) -> Runner:
    return run


@dataclass(frozen=True)
class Manner:
    """How a storage works. `inline` (SQLite alone) does everything at once on the caller's thread, for virtual time;
    `synchronous` may be OFF there, and never where an answer must outlive a power cut. `around` is put around each
    transaction: a rehearsal lets the machine die there."""

    inline: bool = False
    synchronous: str = "FULL"
    around: Callable[[Runner], Runner] = _as_it_is


IN_LIFE = Manner()


class SqlStorage:
    """Fills `bot.core.work.Storage`; `outbox`, `calendar` and `timers` are the ports of the scheduler."""

    def __init__(self, database: Database, desk: Desk, manner: Manner) -> None:
        self._database, self._desk = database, desk
        self._writer = Writer(manner.around(database.run))
        self.outbox = SqlOutbox(self)
        self.calendar = SqlCalendar(self)
        self.timers = SqlTimerBook(self, alone=manner.inline)

    async def write(self, unit: Unit[T]) -> T:
        touched, latest = self._desk.timers.times, _Latest(unit.run)
        try:
            value = await self._writer.do(Unit(unit.key, unit.at, latest.run, unit.looks))
        finally:
            if self._desk.timers.times != touched:
                self.timers.change()
        latest.settle()
        return value

    async def read(self, at: datetime, run: Callable[[Work], T]) -> T:
        try:
            return await self._database.read(partial(self._read, at, run))
        except (DBAPIError, OSError) as error:
            trouble = failed(error)
        raise trouble

    @property
    def changes(self) -> int:
        """Grows whenever letters were posted, taken back or hurried."""
        return self._desk.postman.changes

    async def close(self) -> None:
        """Answer everybody who waits, and let go of the database. Closing again does nothing."""
        if self._writer.is_closed:
            return
        await self._writer.close()
        await self._database.close()

    def _read(self, at: datetime, run: Callable[[Work], T], connection: Connection) -> T:
        with connection.begin():  # what it reads is of one moment
            transaction = Transaction(connection, only_reads=True)
            value = run(SqlWork(transaction, self._desk, "", at))
            transaction.refuse_writes()
            return value


async def open_storage(url: str, house: House, manner: Manner = IN_LIFE) -> SqlStorage:
    """The storage at `url`, whose tables are there already (`storage.migrate`).

    Raises OperatorError for a URL of another database, and StorageFailed where it does not answer.
    """
    postman = Postman(house)
    desk = Desk(house, ROOMS, postman)
    group = Group(_prepare, partial(_perform, desk))
    storage = SqlStorage(open_database(url, group, manner.inline, manner.synchronous), desk, manner)
    postman.go_on_after(await storage.read(_ANY_TIME, _last_place))
    return storage


def read_url(url: str) -> URL:
    """A database's address. Raises OperatorError for what is none."""
    try:
        return make_url(url)
    except ArgumentError:
        raise OperatorError(_UNKNOWN) from None


def open_database(url: str, group: Group, inline: bool = False, synchronous: str = "FULL") -> Database:
    """The database behind a URL. Raises OperatorError for one that we do not know."""
    parsed = read_url(url)
    match parsed.get_backend_name():
        case "sqlite" if parsed.database and parsed.database != ":memory:":
            return Sqlite(parsed, group, inline, synchronous)
        case "postgresql":
            return _postgres(parsed, group)
    raise OperatorError(_UNKNOWN)


def _postgres(url: URL, group: Group) -> Database:
    try:
        from storage.postgres import Postgres

        return Postgres(url.set(drivername="postgresql+asyncpg"), group)
    except ModuleNotFoundError:
        raise OperatorError(
            "storage.url names PostgreSQL, and its driver is not installed. Mend it with: pip install asyncpg"
        ) from None


class _Latest(Generic[T]):
    """A unit may run more than once: what it wants done afterwards is what it said the last time."""

    def __init__(self, run: Callable[[Work], T]) -> None:
        self._run = run
        self._work: SqlWork | None = None

    def run(self, work: Work) -> T:
        self._work = sql(work)
        return self._run(work)

    def settle(self) -> None:
        """It is committed."""
        for do in self._work.later if self._work else ():
            do()


def _prepare(transaction: Transaction, units: Sequence[Unit[Any]]) -> None:
    for name, keys in looks_by_name(units).items():
        if name in ROOMS.looks:
            lookup, key_of = ROOMS.looks[name]
            transaction.fetch(lookup, map(key_of, keys))


def _perform(desk: Desk, transaction: Transaction, unit: Unit[Any]) -> Any:
    return unit.run(SqlWork(transaction, desk, unit.key, unit.at))


def _last_place(work: Work) -> int:
    rows = sql(work).rows(select(func.max(letters.c.place)))
    return rows[0][0] or 0

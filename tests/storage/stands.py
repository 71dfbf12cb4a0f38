"""A storage for a test, on either engine, and small things to put into it."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

from bot.chat.address import Account, Person
from bot.chat.ids import Id
from bot.chat.text import plain
from bot.chat.view import Paragraph, View
from bot.core.outbox import Kind, Letter
from bot.core.work import Unit, Work
from bot.members.model import Identity, Member, Stage
from bot.members.store import MEMBERS
from storage.engine import IN_LIFE, Manner, SqlStorage, open_storage
from storage.house import House
from storage.seal import Seal, Secrets
from storage.start import file_of, make_ready

T = TypeVar("T")

AT = datetime(2026, 11, 12, 10, tzinfo=UTC)
"""A Thursday in term."""
MINUTE = timedelta(minutes=1)
SECRETS = Secrets(Seal(b"s" * 32), b"m" * 32)
HOUSE = House(SECRETS)


def file_url(path: Path) -> str:
    return f"sqlite+aiosqlite:///{path}"


def copies_of(url: str) -> Path:
    """Where a copy is set aside of a database in a file: beside it. Of one on a server there is none."""
    file = file_of(url)
    return file.with_name("copies") if file else Path("no-copies")


@asynccontextmanager
async def opened(url: str, house: House = HOUSE, manner: Manner = IN_LIFE) -> AsyncIterator[SqlStorage]:
    """The storage at a URL, its tables made if they were not there."""
    await make_ready(url, copies_of(url), AT)
    storage = await open_storage(url, house, manner)
    try:
        yield storage
    finally:
        await storage.close()


class Pen:
    """Writes and reads with less to say: every unit has a key of its own unless one is given."""

    def __init__(self, storage: SqlStorage) -> None:
        self.storage, self._units = storage, 0

    async def write(self, run: Callable[[Work], T], at: datetime = AT, key: str = "", **options: Any) -> T:
        self._units += 1
        return await self.storage.write(Unit(key or f"test:{self._units}", at, run, **options))

    async def read(self, run: Callable[[Work], T], at: datetime = AT) -> T:
        return await self.storage.read(at, run)

    async def member(self, name: str, *platforms: str, **said: Any) -> Member:
        """A member, with an account on each platform ("local" where none is named)."""
        return await self.write(lambda work: add_member(work, name, *platforms, **said))

    async def crowd(self, count: int, **said: Any) -> list[Id]:
        """So many members alike."""
        return [(await self.member(f"M{n}", **said)).id for n in range(count)]

    async def post(self, *letters: Letter) -> None:
        await self.write(lambda work: work.post(*letters))


def add_member(work: Work, name: str, *platforms: str, **said: Any) -> Member:
    member = replace(Member(work.new_id(), name, Stage.MEMBER), **said)
    work.use(MEMBERS).keep(member)
    for platform in platforms or ("local",):
        work.use(MEMBERS).keep_identity(Identity(account(name, platform), member.id))
    return member


def account(name: str, platform: str = "local") -> Account:
    return Account(platform, "w1", name.lower())


def says(words: str) -> View:
    return View((Paragraph(plain(words)),))


def letter(key: str, to: Id | Any, due_at: datetime = AT, kind: Kind = Kind.NOTICE, **more: Any) -> Letter:
    return Letter(key, Person(Id(to)) if isinstance(to, int) else to, says(key), kind, due_at, **more)

"""Bots over one real database, as they stand in one process or in several."""

from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import datetime
from itertools import count
from typing import Any

from bot.app import Bot
from bot.chat.ids import Id
from bot.chat.inbound import Inbound, Pressed
from bot.core.directory import Directory
from bot.core.feature import Right
from bot.core.outbox import Settlement, State
from bot.events import feature as events
from bot.events.model import Event, Place
from bot.events.store import EVENTS
from bot.members import feature as members
from bot.members.model import Identity
from bot.members.store import MEMBERS
from storage.engine import SqlStorage
from storage.house import House, RandomIds
from tests.events.hall import COFFEE, NOW, POLICY, SETTINGS, ZONE
from tests.storage.stands import SECRETS, Pen, account, opened


class Office:
    """A bot over a database that others may write to as well."""

    def __init__(self, storage: SqlStorage, directory: Directory, house: House, name: str) -> None:
        self.storage, self.pen = storage, Pen(storage)
        self._keys, self._name = count(), name
        nobody, ids = frozenset[str](), RandomIds()
        self.bot = Bot(directory, storage, zone=ZONE, organisers=nobody, mark=house.mark, ids=ids, think=_at_once)

    async def press(self, who: str, action: Any, at: datetime = NOW) -> str:
        key = f"{self._name}-{next(self._keys)}"
        return str(await self.bot.receive(Inbound(key, at, Pressed(action.pack()), account(who), who)))

    async def join(self, name: str) -> Id:
        member = await self.pen.member(name)
        rights = frozenset({Right.ANYONE, Right.MEMBER})
        identity = Identity(account(name), member.id, rights)
        await self.pen.write(lambda work: work.use(MEMBERS).keep_identity(identity))
        return member.id

    async def plan(self, event: Event) -> None:
        await self.pen.write(lambda work: work.use(EVENTS).keep(event))

    async def taken(self, event: Event = COFFEE) -> int:
        return await self.pen.read(lambda work: sum(one.takes for one in work.use(EVENTS).rsvps(event.id)))

    async def place(self, member: Id) -> Place | None:
        rsvp = await self.pen.read(lambda work: work.use(EVENTS).rsvp(COFFEE.id, member))
        return rsvp.place if rsvp else None

    async def carried(self, at: datetime) -> list[str]:
        """What the courier finds due then, as words; it is sent."""
        claims = await self.storage.outbox.claim(at, 100)
        await self.storage.outbox.settle(at, [Settlement(one.letter, one.fence, State.SENT) for one in claims])
        return [str(one.parcel.view) for one in claims]


async def _at_once(think: Callable[[], Any]) -> Any:
    return think()


@asynccontextmanager
async def offices(url: str, many: int, name: str = "office") -> AsyncIterator[list[Office]]:
    """So many bots over one database, each with connections of its own; no two deliveries have one key."""
    directory = Directory([events.feature(POLICY, SETTINGS), members.feature(ZONE)])
    house = House(SECRETS, tell=directory.tell, policy=POLICY)
    async with AsyncExitStack() as stack:
        yield [
            Office(await stack.enter_async_context(opened(url, house)), directory, house, f"{name} {n}")
            for n in range(many)
        ]

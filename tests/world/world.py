"""A small world on real parts: a database file, the real rooms, scheduler and courier, and a space to live in.

"A command in, messages out": `Head` presses what a screen shows, and reads what the space holds. Time stands still
until the world is led on; everything that falls due meanwhile is done, letters are carried.
"""

import sqlite3
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from adapters.memory.platform import Faults, Fine, MemoryPlatform
from adapters.space.model import BOT, Kind, Message
from adapters.space.space import Space
from bot.chat.address import Account
from bot.chat.command import Tree
from bot.chat.inbound import Inbound, Joined, Left, What, Who
from bot.chat.outbound import Reply
from bot.chat.view import View, words_of_view
from bot.config import Config, Configured
from bot.core.work import Work
from bot.door.demo.clockwork import Stopwatch
from bot.door.wiring import Makings, Parts, bring_to_life, open_parts
from bot.members.model import Member
from bot.members.store import MEMBERS
from bot.pulse.box import Box
from scheduler.clocks import SteppableClock
from scheduler.heartbeat import StepHeart
from storage.house import Home, RandomIds
from storage.start import make_ready
from tests.acting import Somebody

START = datetime(2026, 11, 11, 16, tzinfo=UTC)
"""A Wednesday in term, at four."""
DAY = timedelta(days=1)
HOME = Home("local", "space")
CONSENTS = ("Yes, introduce me to other members", "Yes, write to me here: introductions, check-ins")
_NOT_STATE = ("inbox", "settings", "activity")
"""Tables that may change without anything having changed: which deliveries were seen, what time it was, and in which
week somebody pressed anything."""


class World:
    """One network. Its platform can be made to fail (`faults`); `heard` is all that came in."""

    def __init__(self, parts: Parts, space: Space, faults: Faults) -> None:
        self.parts, self.space = parts, space
        assert isinstance(parts.clock, SteppableClock)
        self.clock: SteppableClock = parts.clock
        self.platform = parts.platforms["local"] = MemoryPlatform(space, faults)
        self.heart = StepHeart(self.clock)
        self.life = bring_to_life(parts, self.heart)
        self.file = parts.configured.data / "demo.sqlite3"
        self.heard: list[Inbound] = []

    @property
    def at(self) -> datetime:
        return self.clock.now()

    async def receive(
        self,
        what: What,
        account: Account | None,
        name: str = "",
        twice: bool = False,
        who: Who = Who.PERSON,
        zone: str = "",
    ) -> Reply:
        """Hand something in, as a platform does."""
        return await self.hand_in(Inbound(self.space.new_id(), self.at, what, account, name, who, zone))

    async def hand_in(self, inbound: Inbound) -> Reply:
        """Deliver exactly this, and carry what it posted."""
        self.heard.append(inbound)
        reply = await self.parts.bot.receive(inbound)
        await self.life.run_until(self.at)
        return reply

    async def go_to(self, instant: datetime) -> None:
        """Live on until then."""
        await self.life.run_until(instant)

    async def look(self, member: Account) -> Member | None:
        """What is kept of somebody."""

        def find(work: Work) -> Member | None:
            identity = work.use(MEMBERS).identity(member)
            return work.use(MEMBERS).get(identity.member) if identity else None

        return await self.parts.storage.read(self.at, find)

    def state(self) -> list[str]:
        """Everything that is kept, to compare."""
        return dump(self.file)

    def rows(self, query: str, *parameters: Any) -> list[Any]:
        """What the database file says, read beside the bot."""
        with closing(sqlite3.connect(self.file)) as connection:
            return connection.execute(query, parameters).fetchall()

    def said(self, account: Account, kind: Kind | None = None) -> list[Message]:
        """All that the bot has said to somebody and that stands, in order; private replies too."""
        places = [one for one in self.space.conversations(account.user) if kind in (None, one.kind)]
        said = [one for place in places for one in self.space.history(place.id, account.user)]
        return sorted((one for one in said if one.author == BOT), key=lambda one: one.at)

    def letters(self, account: Account) -> list[str]:
        """The words of the letters that reached somebody, without replies."""
        return [words(one) for one in self.said(account) if one.mark]

    def channel(self, name: str) -> list[str]:
        """What stands in a channel."""
        return [words(one) for one in self.space.history(f"channel-{name}")]

    def circles(self) -> list[tuple[str, ...]]:
        """Who was introduced to each other, one entry a message in a circle."""
        places = {place.id: place for one in self.space.everybody() for place in self.space.conversations(one.user)}
        circles = [place for place in places.values() if place.kind is Kind.CIRCLE]
        return [tuple(sorted(place.people)) for place in circles for _ in self.space.history(place.id)]


class Head(Somebody):
    """A person in front of a screen of this world."""

    network: World  # type: ignore[assignment]

    @property
    def member(self) -> Member | None:
        raise NotImplementedError("ask the world: await world.look(head.account)")

    @property
    def first(self) -> str:
        return self.name.split()[0]

    async def come(self) -> None:
        """Come into the workspace, or back."""
        if not self.network.space.persona(self.account.user).present:
            self.network.space.join(self.name, user=self.account.user)
        await self._do(Joined(self.name))
        self.read()

    async def go(self) -> None:
        """Leave the workspace."""
        self.network.space.leave(self.account)
        await self.network.receive(Left(), self.account, self.name)

    def read(self, prefix: str = "") -> None:
        """Open the latest message of the bot, or the latest whose words hold `prefix`."""
        said = [one for one in self.network.said(self.account) if prefix in words(one)]
        view = said[-1].view if said else None
        self.view = view if isinstance(view, View) else None

    async def say_who(self, role: str = "Coach or associate") -> None:
        """The first form."""
        await self.use("start")
        await self.fill(role=role)

    async def agree(self) -> None:
        """The last form."""
        await self.press("Choose what HeadsUp may do")
        await self.fill(consents=CONSENTS)


def words(message: Message) -> str:
    return words_of_view(message.view) if isinstance(message.view, View) else message.text


def dump(file: Path) -> list[str]:
    """Every row of a database file, but for those that say nothing."""
    with closing(sqlite3.connect(file)) as rows:
        lines = list(rows.iterdump())
    return [line for line in lines if not any(line.startswith(f'INSERT INTO "{name}"') for name in _NOT_STATE)]


def configured(folder: Path, **sections: Any) -> Configured:
    """The defaults, and introductions that need no organiser's word, in that folder."""
    known = {"introductions": {"send_first": True}, **sections}
    return Configured(Config(**known), folder)


@asynccontextmanager
async def opened(
    folder: Path,
    at: datetime = START,
    space: Space | None = None,
    faults: Faults | None = None,
    disk: int | None = 61,
    box: Box | None = None,
    **sections: Any,
) -> AsyncIterator[World]:
    """A world in that folder, born or found again. `space` outlives the bot: the platform is another's machine. `disk`
    is how full it is, in percent; `box` was handed over by the process before."""
    found = configured(folder, **sections)
    await make_ready(found.url, found.data / "copies", at)
    watch = Stopwatch(time.monotonic)
    with watch.held():
        clock = SteppableClock(at, watch)
        if space is None:
            space = Space(clock, RandomIds())
        space.clock = clock
        makings = Makings(disk=lambda: disk, box=box or Box())
        parts = await open_parts(found, clock, HOME, frozenset({"local:space:anna"}), makings)
        try:
            yield World(parts, space, faults or Fine())
        finally:
            await parts.storage.close()


def head_of(world: World, account: Account, name: str) -> Head:
    """Hands and eyes for an account."""
    return Head(world, account, name)  # type: ignore[arg-type]  # it needs no more of a network than `receive`


async def organiser(world: World) -> Head:
    """Anna, named in the config; she is no member."""
    account = world.space.join("Anna Ford", organiser=True, user="anna")
    return head_of(world, account, "Anna Ford")


async def stranger(world: World, name: str, user: str = "") -> Head:
    """Somebody in the workspace of whom the bot knows nothing."""
    return head_of(world, world.space.join(name, user=user or name.split()[0].casefold()), name)


async def waiting(world: World, name: str) -> Head:
    """Somebody who has said everything, and waits for a vouch."""
    head = await stranger(world, name)
    await head.come()
    await head.say_who()
    await head.agree()
    return head


async def members(world: World, *names: str) -> list[Head]:
    """People who came in through the door, vouched for by Anna."""
    anna = head_of(world, Account("local", "space", "anna"), "Anna Ford")
    heads = []
    for name in names:
        heads.append(await waiting(world, name))
        await anna.use(f"members waiting {name}", Tree.ORGANISER)
        await anna.press(f"Vouch for {name}")
        world.clock.advance(timedelta(seconds=2))
    return heads


NAMES = (
    "Priya Shah", "Tom Ashdown", "Gwen Pugh", "Omar Aziz", "Ruth Cole", "Ben Oduya", "Ines Marsh", "Karl Webb",
    "Lucy Hart", "Mo Farouk", "Nia Rees", "Sam Boyd",
)  # fmt: skip

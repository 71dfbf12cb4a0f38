"""A small network, and people who can do in it only what a screen would let them: press, choose, fill in, send."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from bot.app import Bot
from bot.chat.address import Account, Guest, Person
from bot.chat.command import Tree
from bot.chat.form import SEARCHED, DateTime, Form, ManyOf, OneOf, Search
from bot.chat.form import Field as FormField
from bot.chat.inbound import Due, Inbound, Joined, Left, Opened, Pressed, Submitted, Typed, Used, What, Who
from bot.chat.outbound import NOTHING, Reply
from bot.chat.view import Block, Button, Buttons, Option, Select, View, words_of_view
from bot.core.directory import Directory
from bot.core.feature import Feature
from bot.core.outbox import Letter
from bot.members.model import Member
from bot.members.store import MEMBERS
from tests.twins import MemoryStorage, MemoryWork

START = datetime(2026, 11, 11, 16, tzinfo=UTC)
"""A Wednesday in term, at four."""
ANNA = Account("test", "here", "anna")
"""Named in the config as an organiser."""


def scramble(text: str) -> bytes:
    """Stands in for a keyed hash."""
    return b"#" + text.encode()


async def at_once(think: Callable[[], Any]) -> Any:
    return think()


class Network:
    """A bot with these rooms, its storage, and its clock."""

    def __init__(self, *features: Feature, storage: MemoryStorage | None = None) -> None:
        self.storage = storage or MemoryStorage()
        directory = Directory(features)
        self.storage.tell = directory.tell
        self.bot = Bot(
            directory,
            self.storage,
            zone="Europe/London",
            organisers=frozenset({ANNA.show()}),
            mark=scramble,
            ids=self.storage,
            think=at_once,
        )
        self.at = START
        self._keys = count()

    async def receive(
        self,
        what: What,
        account: Account | None,
        name: str = "",
        twice: bool = True,
        who: Who = Who.PERSON,
        zone: str = "",
    ) -> Reply:
        """Hand something in, as platforms do: now and then the same delivery comes again, and must change nothing."""
        self.at += timedelta(seconds=5)
        inbound = Inbound(f"key-{next(self._keys)}", self.at, what, account, name, who, zone)
        reply = await self.bot.receive(inbound)
        if twice:
            kept = self.kept()
            again = await self.bot.receive(inbound)
            assert again == reply, "a second delivery was answered otherwise"
            assert self.kept() == kept, "a second delivery changed something"
        return reply

    def kept(self) -> Any:
        """Everything that is kept, to compare."""
        return self.storage.world

    async def strike(self, rule: str, at: datetime) -> None:
        """It is later now, and an hour strikes."""
        self.at = at
        await self.receive(Due(rule, at.date(), at), None)

    def letters(self, prefix: str = "") -> list[Letter]:
        """What waits in the outbox, under keys that begin so."""
        return [letter for key, letter in self.storage.world.letters.items() if key.startswith(prefix)]

    def work(self) -> MemoryWork:
        """The world as it is, to look at."""
        return MemoryWork(self.storage, self.storage.world, self.at, "look")


@dataclass
class Somebody:
    """A person in front of a screen. `presses` counts every touch; `typed` what their fingers had to write. `sort` and
    `zone` are what the platform says of their account."""

    network: Network
    account: Account
    name: str = ""
    view: View | None = None
    asked: Form | Search | None = None
    errors: Mapping[str, str] = field(default_factory=dict)
    presses: int = 0
    typed: list[str] = field(default_factory=list)
    sort: Who = Who.PERSON
    zone: str = ""

    @property
    def member(self) -> Member | None:
        """What is kept of them."""
        members = self.network.work().use(MEMBERS)
        identity = members.identity(self.account)
        return members.get(identity.member) if identity else None

    @property
    def says(self) -> str:
        """What they read on the screen."""
        return words_of_view(self.view) if self.view else ""

    async def join(self) -> None:
        """Come into the workspace, and read what comes."""
        await self._do(Joined(self.name))
        self.read()

    async def go(self) -> None:
        """Leave the workspace."""
        await self._do(Left())

    def read(self, prefix: str = "") -> None:
        """Open the latest letter to them."""
        letters = [letter for letter in self.network.letters(prefix) if self._mine(letter)]
        self.view = letters[-1].view if letters else None

    async def use(self, words: str, tree: Tree = Tree.MEMBER) -> None:
        """Type a slash command."""
        await self._do(Used(tree, words))

    async def type(self) -> None:
        """Type something to the bot."""
        await self._do(Typed())

    async def open_home(self) -> None:
        """Open the bot's home page."""
        await self._do(Opened())

    async def press(self, label: str) -> None:
        """Press the button of that label."""
        found = next((one for one in buttons(self.view) if one.label == label), None)
        assert found is not None, f"no button {label!r} in: {self.says}"
        self.presses += 2 if found.confirm else 1
        await self._do(Pressed(found.action))

    async def choose(self, label: str, of: str = "") -> None:
        """Choose from the select that is shown; of several, from that one."""
        selects = [block for block in blocks(self.view) if isinstance(block, Select)]
        select = next(one for one in selects if of in ("", one.label))
        self.presses += 1
        await self._do(Pressed(select.action, (value_of(select.options, label),)))

    async def search(self, words: str) -> None:
        """Look something up."""
        assert isinstance(self.asked, Search), "nothing is to be searched"
        self.typed.append(words)
        self.presses += 1
        await self._do(Submitted(self.asked.action, {SEARCHED: (words,)}))

    async def fill(self, **answers: str | Sequence[str]) -> None:
        """Change some fields of the form and send it; what is filled in already goes along."""
        assert isinstance(self.asked, Form), f"no form is open: {self.says}"
        assert answers.keys() <= {one.name for one in self.asked.fields}
        values = {one.name: self._answered(one, answers.get(one.name)) for one in self.asked.fields}
        self.presses += 1
        await self._do(Submitted(self.asked.action, values))

    def _answered(self, one: FormField, answer: str | Sequence[str] | None) -> tuple[str, ...]:
        if answer is None:
            return _filled_in(one)
        if isinstance(one, OneOf) and isinstance(answer, str):
            self.presses += 1
            return (value_of(one.options, answer),)
        if isinstance(one, ManyOf):
            self.presses += len(answer)
            return tuple(value_of(one.options, label) for label in answer)
        assert isinstance(answer, str)
        self.typed.append(answer)
        return (answer,)

    async def _do(self, what: What) -> None:
        twice = not isinstance(what, Typed)
        reply = await self.network.receive(what, self.account, self.name, twice, self.sort, self.zone)
        if isinstance(what, Submitted):
            assert reply.ask is None, "a form was answered with a form"
        self.errors = reply.errors
        if reply.errors:
            return
        self.asked = reply.ask
        self.view = reply.view or reply.replace or (self.view if reply.ask or reply == NOTHING else None)

    def _mine(self, letter: Letter) -> bool:
        mine: list[Any] = [Guest(self.account)]
        if self.member is not None:
            mine.append(Person(self.member.id))
        return letter.to in mine


def blocks(view: View | None) -> tuple[Block, ...]:
    return view.blocks if view else ()


def buttons(view: View | None) -> Iterator[Button]:
    for block in blocks(view):
        if isinstance(block, Buttons):
            yield from block.row


def value_of(options: Sequence[Option], label: str) -> str:
    found = [option.value for option in options if option.label == label]
    assert found, f"no choice {label!r} among: {', '.join(option.label for option in options)}"
    return found[0]


def _filled_in(one: FormField) -> tuple[str, ...]:
    if isinstance(one, ManyOf):
        return tuple(one.values)
    if isinstance(one, DateTime):
        return (one.value.isoformat(),) if one.value else ()
    return (one.value,) if one.value else ()

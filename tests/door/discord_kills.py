"""What the drill of a killed program needs to know of Discord: what is true of a letter is told by its messages."""

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from datetime import timedelta

from bot.chat.address import Account
from tests.discord.faults import Wrong
from tests.discord.interactions import Reply
from tests.discord.model import Channel, Kind, Message
from tests.discord.person import Person
from tests.door.discord_network import Network
from tests.door.kills import LONG, Drill, Said
from tests.door.slack_network import TALK, letters

A_WHILE = timedelta(minutes=6)
"""Longer than Discord knows a nonce again."""
SHOWN = (Reply.MESSAGE, Reply.UPDATE)
"""Answers that say something: by any other one somebody is only told to wait."""


@dataclass
class DiscordDrill(Drill[Person]):
    """A server, and a bot that dies; every third time it lies there for a while."""

    network: Network

    def comes(self, name: str) -> Person:
        head = self.network.discord.person(name)
        self.network.discord.network.dm(head.id)
        return head

    def account_of(self, head: Person) -> Account:
        return Account("discord", head.guild.id, head.id)

    def talk_of(self, head: Person) -> str:
        assert head.dm
        return head.dm.id

    def is_asked(self, head: Person) -> bool:
        return any(one.get("label") == TALK for message in head.sees() for one in _buttons(message))

    async def presses(self, head: Person) -> bool:
        return (await head.press(None, TALK)).reply in SHOWN

    def hold_next(self) -> None:
        self.network.discord.faults.plant("POST /channels/*/messages", Wrong.SLOW, seconds=LONG)

    def let_go(self) -> None:
        self.network.discord.faults.planted.clear()

    def rests(self) -> None:
        if (self.begun + self.kills) % 3 == 0:
            self.network.clock.advance(A_WHILE)

    @property
    def posts(self) -> Sequence[Said]:
        return [
            Said(str(one.nonce), channel.id, "\n".join([*one.before, one.content]))
            for channel in self.network.discord.network.channels.values()
            for one in (*channel.messages, *channel.removed)
            if one.nonce is not None
        ]

    @property
    def changed(self) -> Set[str]:
        """A change tells no mark: it is known by the message of the organisers' that the outbox says was changed."""
        changed = {one.id for one in self.network.organisers.messages if one.before}
        return {self.mark(key) for key, _, message, *_ in letters(self.network) if message in changed}

    @property
    def refused(self) -> int:
        return self.network.discord.throttle.refused.total()

    @property
    def circles(self) -> list[Channel]:
        """Where people were brought together."""
        introductions = self.network.channels["introductions"].id
        every = self.network.discord.network.channels.values()
        return [one for one in every if one.kind is Kind.PRIVATE_THREAD and one.parent == introductions]


def _buttons(message: Message) -> Iterator[dict[str, object]]:
    for row in message.components:
        yield from row["components"]

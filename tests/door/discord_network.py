"""A real network on the Discord of our tests, put together and run as `headsup run` does it, by a clock that is led."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from bot.config import read_config
from bot.door import ground
from bot.door.handover import Memory
from bot.door.real import live, open_real
from bot.door.wiring import Parts
from scheduler.clocks import SteppableClock
from scheduler.heartbeat import StepHeart
from tests.adapters.discord.stage import allowed_the_least
from tests.discord.model import Channel, Message
from tests.discord.permissions import Permission
from tests.discord.person import Person
from tests.discord.reading import drawn_message
from tests.discord.server import DiscordServer
from tests.door.kills import QUESTION
from tests.door.program import PATIENCE
from tests.door.slack_network import INTRODUCE, TALK, TICK, WRITE

NAMED = ("organisers", "events", "introductions", "inbox", "start")


@dataclass
class Network:
    """A server with its organiser, and a folder for the bot; `parts` while it runs."""

    discord: DiscordServer
    clock: SteppableClock
    folder: Path
    anna: Person
    channels: dict[str, Channel]
    memory: Memory = field(default_factory=Memory)
    """What each process hands to the next."""
    parts: Parts = field(init=False)

    @property
    def organisers(self) -> Channel:
        return self.channels["organisers"]

    @property
    def listens(self) -> bool:
        return self.discord.gateway.ready == 1

    @property
    def is_quiet(self) -> bool:
        return self.discord.gateway.ready == 0

    async def until(self, holds: Callable[[], object], patience: float = 60.0) -> None:
        await self.discord.until(holds, patience)

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        configured, heart = read_config(self.folder / "config.toml"), StepHeart(self.clock, TICK)
        opened = open_real(configured, self.clock, heart, memory=self.memory)
        async with ground.prepared(configured, fresh=False), opened as parts:
            self.parts = parts
            stop = asyncio.Event()
            living = asyncio.create_task(live(parts, stop))
            try:
                await self.until(lambda: self.listens, PATIENCE)
                await parts.platforms["discord"].listed()  # type: ignore[attr-defined]
                yield
            finally:
                stop.set()
                await living

    async def joined(self, name: str, dms: bool = True) -> Person:
        """Somebody who came, pressed the button where newcomers begin, said who they are, and was vouched for."""
        discord, head = self.discord, self.discord.person(name, dms=dms)
        await head.press(None, "Let’s start")
        assert head.modal, head.troubles
        await head.submit({"Your name": name, "Where you work": "England", "Your role": "Coach or associate"})
        await head.press(None, "Choose what HeadsUp may do")
        await head.submit({"Tick whatever is all right with you": [INTRODUCE, WRITE]})
        await discord.until(lambda: name in "".join(self.draws(self.anna, self.organisers)))
        await self.anna.press(None, f"Vouch for {name}")
        await discord.until(lambda: any("Good news" in text for text in self.letters_of(head)))
        return head

    def draws(self, who: Person, channel: Channel | None = None) -> list[str]:
        """What that person reads there."""
        return [drawn_message(one, self.discord.network) for one in who.sees(channel)]

    def letters_of(self, who: Person) -> list[str]:
        """Everything the bot wrote to them alone, whichever way."""
        return [text for place in self.places_of(who) for text in self.draws(who, place)]

    def places_of(self, who: Person) -> list[Channel]:
        """Their direct messages with the bot, and threads of which they alone are told."""
        inbox = self.channels["inbox"].id
        threads = [one for one in self.discord.network.channels.values() if one.parent == inbox]
        return [*([who.dm] if who.dm else []), *(one for one in threads if who.sees(one))]


def networked(discord: DiscordServer, clock: SteppableClock, folder: Path, scheduled_events: bool = False) -> Network:
    """A server as docs/discord.md sets it up."""
    allowed_the_least(discord, scheduled_events)
    anna = discord.person("Anna Ford")
    channels = {name: discord.channel(name) for name in NAMED}
    channels["organisers"].deny(discord.guild.id, Permission.VIEW_CHANNEL)
    channels["organisers"].allow(discord.app.id, Permission.VIEW_CHANNEL, Permission.SEND_MESSAGES)
    channels["organisers"].allow(anna.id, Permission.VIEW_CHANNEL)
    return Network(discord, clock, folder, anna, channels)


def configure(network: Network, monkeypatch: pytest.MonkeyPatch, more: str = "") -> None:
    """The config file, and the token in a file of its own."""
    discord, folder = network.discord, network.folder
    named = ", ".join(f'{name} = "{channel.id}"' for name, channel in network.channels.items())
    (folder / "config.toml").write_text(
        f"""
        [network]
        kind = "real"
        organisers = ["discord:{discord.guild.id}:{network.anna.id}"]
        [introductions]
        send_first = true
        [discord]
        servers = ["{discord.guild.id}"]
        channels = {{ {named} }}
        base_url = "{discord.api_url}"
        members_intent = true
        {more}
        """
    )
    (folder / "TOKEN").write_text(discord.app.token)
    (folder / "TOKEN").chmod(0o600)
    monkeypatch.setenv("HEADSUP_DISCORD__TOKEN_FILE", str(folder / "TOKEN"))


def asked(network: Network, head: Person) -> bool:
    """Whether a question stands there that was not answered."""
    rows = [row for place in network.places_of(head) for message in head.sees(place) for row in message.components]
    return any(one.get("label") == TALK for row in rows for one in row["components"])


def waits(message: Message) -> bool:
    """A question that nobody has answered."""
    labels = [one.get("label") for row in message.components for one in row["components"]]
    return QUESTION in message.content and TALK in labels


def places(network: Network) -> dict[str, list[Channel]]:
    """Where each is written to alone: their direct messages, and threads of their own."""
    found: dict[str, list[Channel]] = {}
    inbox, me = network.channels["inbox"].id, network.discord.app.id
    for one in network.discord.network.channels.values():
        inside = one.thread.members if one.thread and one.parent == inbox else one.recipients
        for who in inside:
            if who != me:
                found.setdefault(who, []).append(one)
    return found

"""A Discord, the adapter on it, and a scripted bot behind the adapter's door."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from time import monotonic
from typing import Any

from discord import Permissions

from adapters.discord.commands import asked_for
from adapters.discord.platform import DiscordPlatform
from adapters.discord.settings import CHANNELS, DiscordSettings
from bot.chat.address import Account
from bot.chat.command import Command
from bot.chat.outbound import Parcel, Target, ToAccount
from bot.chat.view import View
from bot.core.notes import InMemory
from scheduler.clocks import SteppableClock
from tests.adapters.scripted import COMMANDS, START, Script
from tests.discord.model import Channel
from tests.discord.person import Person
from tests.discord.server import DiscordServer


@dataclass
class Stage:
    """What a test wants to touch. `told`: what the operator heard."""

    discord: DiscordServer
    clock: SteppableClock
    script: Script = field(default_factory=Script)
    told: list[str] = field(default_factory=list)
    notes: InMemory = field(default_factory=InMemory)
    """What is kept; `memory` is handed over by whoever stops."""
    memory: InMemory = field(default_factory=InMemory)
    keeps: bool = False
    """Whether what is heard while people are listed stays to be looked at."""
    doorway: View | None = None
    commands: Sequence[Command] = COMMANDS
    platform: DiscordPlatform = field(init=False)
    running: "asyncio.Task[None]" = field(init=False)

    def settings(self, **more: Any) -> DiscordSettings:
        given: dict[str, Any] = {
            "servers": (self.discord.guild.id,),
            "token": self.discord.app.token,
            "base_url": self.discord.api_url,
            "members_intent": True,
        }
        return DiscordSettings(**(given | more))

    async def start(self, *, waits: bool = True, **more: Any) -> None:
        """Listen, until everybody who is there has been listed."""
        platform = DiscordPlatform(
            self.settings(**more),
            self.commands,
            self.clock,
            self.notes,
            self.memory,
            lambda _, says: self.told.append(says),
            self.doorway,
        )
        self.platform = platform
        self.running = asyncio.create_task(platform.run(self.script))
        if not waits:
            return
        await self.discord.connected()
        await platform.listed()
        await self.discord.until(lambda: platform.gateway.session)
        if not self.keeps:
            self.script.heard.clear()

    async def stop(self) -> None:
        await self.platform.close()
        await self.running

    async def settled(self) -> None:
        """Wait until whoever asked is answered."""
        await self.platform.settled()

    def account(self, person: Person) -> Account:
        return Account("discord", self.discord.guild.id, person.id)

    def parcel(self, to: Target | Person, view: View, mark: str = "m", **more: Any) -> Parcel:
        target = ToAccount(self.account(to)) if isinstance(to, Person) else to
        return Parcel(mark, "discord", target, view, **more)

    def channels(self) -> dict[str, str]:
        """Those that the bot knows by a name, each made."""
        return {name: self.channel(name).id for name in CHANNELS}

    def channel(self, name: str) -> Channel:
        return self.discord.channel(name)

    def sees(self, person: Person) -> Sequence[str]:
        """What that person reads in their direct messages."""
        return person.reads()


def allowed_the_least(discord: DiscordServer, scheduled_events: bool = False) -> None:
    """The bot's own role may do what the invitation asks for, and nothing more."""
    role = next(one for one in discord.guild.roles.values() if one.name == discord.app.name)
    role.permissions = Permissions(**dict.fromkeys(asked_for(scheduled_events), True)).value


@asynccontextmanager
async def staged(**server: Any) -> AsyncIterator[Stage]:
    """A server in which nobody listens yet: `start` when its people are there."""
    clock = SteppableClock(START, monotonic, speed=0)
    async with DiscordServer(clock, **server) as discord:
        allowed_the_least(discord)
        stage = Stage(discord, clock)
        with discord.reached():
            yield stage
            if hasattr(stage, "running"):
                await stage.stop()

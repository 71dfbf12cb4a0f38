"""A Slack, the adapter on it, and a scripted bot behind the adapter's door."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from time import monotonic
from typing import Any

from adapters.slack.platform import SlackPlatform
from adapters.slack.settings import SlackSettings
from bot.chat.address import Account
from bot.chat.outbound import Parcel, Target, ToAccount
from bot.chat.view import View
from scheduler.clocks import SteppableClock
from tests.adapters.scripted import START, Script
from tests.slack.person import Person
from tests.slack.server import SlackServer


@dataclass
class Stage:
    """What a test wants to touch. `told`: what the operator heard."""

    slack: SlackServer
    clock: SteppableClock
    script: Script = field(default_factory=Script)
    told: list[str] = field(default_factory=list)
    keeps: bool = False
    """Whether what is heard while people are listed stays to be looked at."""
    platform: SlackPlatform = field(init=False)
    running: "asyncio.Task[None]" = field(init=False)

    def settings(self, **more: Any) -> SlackSettings:
        app = self.slack.app
        given: dict[str, Any] = {
            "workspaces": (self.slack.team.id,),
            "bot_token": app.bot_token,
            "app_token": app.app_token,
            "base_url": self.slack.api_url,
        }
        return SlackSettings(**(given | more))

    async def start(self, **more: Any) -> None:
        """Listen, until everybody who is there has been listed."""
        platform = SlackPlatform(self.settings(**more), self.clock, lambda _, says: self.told.append(says))
        self.platform = platform
        self.running = asyncio.create_task(platform.run(self.script))
        if platform.is_http:
            await self.slack.use_http(f"http://127.0.0.1:{await platform.listening()}/slack/events")
        else:
            await self.slack.connected(2)
        await platform.listed()
        if not self.keeps:
            self.script.heard.clear()

    async def stop(self) -> None:
        await self.platform.close()
        await self.running

    async def passes(self, holds: Callable[[], object]) -> None:
        """Let time pass, ten seconds whenever something moves, until something holds."""

        def look() -> object:
            self.clock.advance(timedelta(seconds=10))
            return holds()

        await self.slack.until(look)

    async def settled(self) -> None:
        """Wait until all is shown that follows what was acknowledged."""
        await self.platform.settled()

    def account(self, person: Person) -> Account:
        return Account("slack", self.slack.team.id, person.id)

    def parcel(self, to: Target | Person, view: View, mark: str = "m", **more: Any) -> Parcel:
        target = ToAccount(self.account(to)) if isinstance(to, Person) else to
        return Parcel(mark, "slack", target, view, **more)


@asynccontextmanager
async def staged(**server: Any) -> AsyncIterator[Stage]:
    """A workspace in which nobody listens yet: `start` when its people are there."""
    clock = SteppableClock(START, monotonic, speed=0)
    async with SlackServer(clock, **server) as slack:
        stage = Stage(slack, clock)
        yield stage
        if hasattr(stage, "running"):
            await stage.stop()

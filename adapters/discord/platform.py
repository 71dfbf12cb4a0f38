"""Discord: a stand-in that listens to nobody, until the platform itself is there."""

import asyncio
from collections.abc import Callable, Sequence

from adapters.discord.settings import DiscordSettings
from bot.chat.command import Command
from bot.chat.outbound import Outcome, Parcel, Receipt, Refused, Why
from bot.chat.platform import Door
from bot.core.clock import Clock


class DiscordPlatform:
    """Platform over one Discord application."""

    def __init__(
        self,
        settings: DiscordSettings,
        commands: Sequence[Command],
        clock: Clock,
        operator: Callable[[str, str], None] = lambda platform, says: None,
    ) -> None:
        self._closing = asyncio.Event()

    @property
    def name(self) -> str:
        return "discord"

    async def run(self, door: Door) -> None:
        await self._closing.wait()

    async def deliver(self, parcel: Parcel) -> Outcome:
        return Refused(Why.TRY_LATER, "nobody carries to Discord yet")

    async def find(self, parcel: Parcel) -> Receipt | None:
        return None

    async def close(self) -> None:
        self._closing.set()

"""What is measured on Discord, in a process of its own: the whole bot, or a client of discord.py that only answers.

`python -m tests.bench.discord_app bare|settle|headsup FOLDER API_URL SERVER DATABASE_URL`. It says "ready" when Discord
can press, and ends with its input; `settle` lets everybody in, and ends.
"""

import asyncio
import os
import sys
import time
import traceback
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any, cast

import discord
import yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route

from bot.chat.address import Account
from bot.config import Config, Configured
from bot.core.work import Unit, Work
from bot.door import ground
from bot.door.logs import quiet_logs
from bot.door.real import live, open_real
from scheduler.clocks import SteppableClock
from scheduler.heartbeat import StepHeart
from storage.house import House
from storage.parcels import account_place, conversations
from storage.work import SqlWork
from tests.bench.told import told
from tests.bench.work import AT, MEMBERS_THERE, settle_in
from tests.discord.model import App

APP = App()
THANKS = "Thank you. I've put down that you talked."


def user_of(number: int) -> str:
    return str(900_000_000_000_000_000 + number)


def talk_of(number: int) -> str:
    """Their conversation with the bot."""
    return str(910_000_000_000_000_000 + number)


class Bare(discord.Client):
    """As its guide has it: whatever is pressed is answered in the message."""

    async def on_interaction(self, interaction: "discord.Interaction[Any]") -> None:
        await interaction.response.edit_message(content=THANKS, view=None)

    async def on_error(self, event_method: str, /, *args: Any, **kwargs: Any) -> None:
        """An app that fails over each press, and says so in its log, is slow: that would be no measure."""
        traceback.print_exc()
        os._exit(1)


async def bare(api_url: str) -> None:
    Route.BASE = api_url
    client = Bare(intents=discord.Intents(guilds=True, dm_messages=True), max_messages=None)
    await client.login(APP.token)
    found = await client.http.request(Route("GET", "/gateway/bot"))
    DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(found["url"])
    connecting = asyncio.create_task(client.connect())
    await client.wait_until_ready()
    await told()
    await client.close()
    await connecting


async def headsup(folder: Path, api_url: str, server: str, database: str, settles: bool) -> None:
    """The bot as `headsup run` runs it, on a Thursday on which everybody was introduced."""
    said = {"servers": [server], "base_url": api_url, "token": APP.token, "members_intent": True}
    sections = {"network": {"kind": "real"}, "discord": said, "storage": {"url": database}}
    configured, clock = Configured(Config.model_validate(sections), folder), SteppableClock(AT, time.monotonic)
    async with ground.prepared(configured, fresh=False), open_real(configured, clock, StepHeart(clock)) as parts:
        if settles:
            await parts.storage.write(Unit("bench:settle", AT, partial(_settle, parts.house, server)))
            print("ready", flush=True)
            return
        stop = asyncio.Event()
        living = asyncio.create_task(live(parts, stop))
        await parts.platforms["discord"].listed()  # type: ignore[attr-defined]
        await told()
        stop.set()
        await living


def _settle(house: House, server: str, work: Work) -> None:
    """Everybody was introduced, and written to before."""

    def account_of(number: int) -> Account:
        return Account("discord", server, user_of(number))

    settle_in(work, account_of)
    for number in range(MEMBERS_THERE):
        talk = {"place": account_place(house, account_of(number)), "conversation": talk_of(number)}
        cast(SqlWork, work).keep(conversations, talk)


if __name__ == "__main__":
    what, folder, api_url, server, database = sys.argv[1:]
    quiet_logs()
    with suppress(KeyboardInterrupt):
        alone = what == "settle"
        asyncio.run(bare(api_url) if what == "bare" else headsup(Path(folder), api_url, server, database, alone))

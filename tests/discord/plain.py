"""A plain discord.py client that does little, to try the server with: the real library, over REST and gateway."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import discord as library
from discord.http import Route

from tests.discord.server import DiscordServer


class Plain(library.Client):
    """The real library with nothing on it but a note of every raw dispatch, and a way to answer as we do."""

    def __init__(self, **intents: bool) -> None:
        chosen = {"guilds": True, "members": True, "guild_messages": True, "dm_messages": True} | intents
        super().__init__(intents=library.Intents(**chosen), enable_debug_events=True, chunk_guilds_at_startup=False)
        self.heard: list[dict[str, Any]] = []

    async def on_socket_raw_receive(self, said: str) -> None:
        self.heard.append(json.loads(said))

    def told(self, name: str) -> list[dict[str, Any]]:
        """The data of every dispatch of this name."""
        return [one["d"] for one in self.heard if one.get("t") == name]

    async def call(self, method: str, path: str, **how: Any) -> Any:
        return await self.http.request(Route(method, path), **how)


@asynccontextmanager
async def connected(server: DiscordServer, client: library.Client) -> AsyncIterator[None]:
    """Logged in and connected for as long as the block lasts."""
    await client.login(server.app.token)
    running = asyncio.create_task(client.connect())
    try:
        await server.connected()
        yield
    finally:
        await client.close()
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)

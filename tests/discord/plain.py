"""A plain discord.py client that does little, to try the server with: the real library, over REST and gateway."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager
from typing import Any

import discord as library
import pytest
from discord.http import Route

from tests.discord.server import DiscordServer


class Plain(library.Client):
    """The real library with nothing on it but a note of every raw dispatch, and a way to answer as we do."""

    def __init__(self, **intents: bool) -> None:
        chosen = {"guilds": True, "members": True, "guild_messages": True, "dm_messages": True} | intents
        quick: dict[str, Any] = {"chunk_guilds_at_startup": False, "guild_ready_timeout": 0.05}
        super().__init__(intents=library.Intents(**chosen), enable_debug_events=True, **quick)
        self.heard: list[dict[str, Any]] = []

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """The library waits five seconds here before it identifies anew; a test does not."""

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


async def post(client: Plain, channel: str, content: str = "Hello.", **more: Any) -> Any:
    """Post a message by the bare route, as our adapter does."""
    return await client.call("POST", f"/channels/{channel}/messages", json={"content": content} | more)


async def answer(client: Plain, told: dict[str, Any], type: int, **data: Any) -> Any:
    """Answer an interaction by the bare route."""
    body = {"type": type} | ({"data": data} if data else {})
    return await client.call("POST", f"/interactions/{told['id']}/{told['token']}/callback", json=body)


async def refused(calling: Awaitable[Any]) -> tuple[int, int]:
    """The status and Discord's own code of a call that is refused."""
    with pytest.raises(library.HTTPException) as error:
        await calling
    return error.value.status, error.value.code


async def newest(server: DiscordServer, client: Plain, before: int = 0) -> dict[str, Any]:
    """The newest interaction the client was told of, once there are more than before."""
    await server.until(lambda: len(client.told("INTERACTION_CREATE")) > before)
    return client.told("INTERACTION_CREATE")[-1]

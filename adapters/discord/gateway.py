"""discord.py's gateway, listened to for what it is told, and kept alive.

A first connect that fails, or one dispatch the library cannot parse, would end its client (docs/platforms.md): what
concerns us is taken as the dictionary it is, and a client that ended is followed by another.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta
from functools import partial
from typing import Any

import discord
import yarl
from aiohttp import TCPConnector
from discord.gateway import DiscordWebSocket

from adapters.discord.calls import Calls
from adapters.discord.errors import Failed
from adapters.discord.settings import API, DiscordSettings
from bot.core.clock import Clock
from bot.core.errors import OperatorError

Hear = Callable[[str, Mapping[str, Any]], None]
"""Told of a dispatch by its name, at once and in order. It must not wait, and must not raise."""

HEARD = frozenset(
    {
        "INTERACTION_CREATE",
        "MESSAGE_CREATE",
        "GUILD_MEMBER_ADD",
        "GUILD_MEMBER_UPDATE",
        "GUILD_MEMBER_REMOVE",
        "GUILD_CREATE",
        "READY",
        "RESUMED",
    }
)
OURS_ALONE = frozenset({"INTERACTION_CREATE", "MESSAGE_CREATE", "GUILD_MEMBER_UPDATE"})
"""Of these the library need not know."""
SOONEST, LATEST = timedelta(seconds=1), timedelta(minutes=5)

_UNKNOWN = (
    "discord.token: Discord does not know it. On the application's page at discord.com/developers, under Bot, press "
    "Reset Token, put the new one into its file, and start again"
)
_INTENT = (
    "discord.members_intent is true, and not switched on at Discord: on the application's page at "
    "discord.com/developers, under Bot, switch on Server Members Intent, or set discord.members_intent to false"
)

log = logging.getLogger("headsup.discord")


class Gateway:
    """Listens until closed."""

    def __init__(self, settings: DiscordSettings, calls: Calls, clock: Clock, hear: Hear) -> None:
        self._settings, self._calls, self._clock, self._hear = settings, calls, clock, hear
        self._client: _Listener | None = None
        self._keeping: asyncio.Future[None] | None = None
        self._is_closing = False
        self.starts = 0
        """How often a client was begun."""

    async def listen(self, entered: Callable[[], Awaitable[None]]) -> None:
        """Sign in, say so, and listen; start anew when it ends. Raises OperatorError for what an operator must mend."""
        self._keeping = asyncio.ensure_future(self._keep(entered))
        try:
            await self._keeping
        except asyncio.CancelledError:
            if not self._is_closing:
                raise

    async def _keep(self, entered: Callable[[], Awaitable[None]]) -> None:
        wait = SOONEST
        while not self._is_closing:
            began = self._clock.now()
            try:
                await self._calls.enter()
                await entered()
                await self._once()
            except discord.LoginFailure:
                raise OperatorError(_UNKNOWN) from None
            except discord.PrivilegedIntentsRequired:
                raise OperatorError(_INTENT) from None
            except discord.ConnectionClosed as closed:
                if closed.code == 4004:
                    raise OperatorError(_UNKNOWN) from None
                log.warning("Discord closed the line (%s)", closed.code)
            except Failed as failed:
                log.warning("Discord cannot be reached (%s)", failed.outcome.says)
            except Exception as error:
                log.warning("the line to Discord broke (%s)", type(error).__name__)
            if self._is_closing:
                return
            wait = SOONEST if self._clock.now() - began > LATEST else min(wait * 2, LATEST)
            await self._clock.sleep_until(self._clock.now() + wait)

    async def close(self) -> None:
        """Hang up."""
        self._is_closing = True
        if self._client is not None:
            await self._client.close()
        if self._keeping is not None:
            self._keeping.cancel()

    async def _once(self) -> None:
        await self._find_address()
        self.starts += 1
        self._client = client = _Listener(self._settings, self._hear)
        try:
            await client.login(self._settings.token)
            await client.connect()
        finally:
            await client.close()
            _still(client)

    async def _find_address(self) -> None:
        """The library knows Discord's own gateway; behind another address there is another one."""
        if self._settings.base_url != API:
            found = await self._calls("GET", "/gateway/bot")
            DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(str(found["url"]))


def _still(client: discord.Client) -> None:
    """The library beats from a thread, and leaves it where a line broke while it was being closed."""
    beating = getattr(getattr(client, "ws", None), "_keep_alive", None)
    if beating is not None:
        beating.stop()


class _Listener(discord.Client):
    def __init__(self, settings: DiscordSettings, hear: Hear) -> None:
        intents = discord.Intents(guilds=True, dm_messages=True, members=settings.members_intent)
        super().__init__(
            intents=intents,
            connector=TCPConnector(limit=4),
            max_messages=None,
            chunk_guilds_at_startup=False,
            member_cache_flags=discord.MemberCacheFlags.none(),
            guild_ready_timeout=0.5,
        )
        parsers = self._connection.parsers
        for kind, parse in tuple(parsers.items()):
            parsers[kind] = partial(_tapped, kind, None if kind in OURS_ALONE else parse, hear)


def _tapped(kind: str, parse: Callable[[Any], None] | None, hear: Hear, data: Any) -> None:
    """Let the library know, and then us; what either cannot read ends nobody."""
    if kind == "READY" and parse is not None:
        parse(data)  # without it the library is nowhere
    elif parse is not None:
        try:
            parse(data)
        except Exception as error:
            log.error("Discord sent what the library cannot read (%s, %s)", kind, type(error).__name__)
    if kind in HEARD and isinstance(data, Mapping):
        hear(kind, data)

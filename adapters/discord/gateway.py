"""discord.py's gateway, listened to for what it is told, and kept alive.

A first connect that fails, or one dispatch the library cannot parse, would end its client (docs/platforms.md): what
concerns us is taken as the dictionary it is, and a client that ended is followed by another. The library resumes a
session only while its client lives; ours is taken up again after a client's end, and after the program's.
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
from discord.gateway import DiscordWebSocket, ReconnectWebSocket

from adapters.discord.calls import Calls
from adapters.discord.errors import Failed
from adapters.discord.session import KEPT, OVER, Session, read_again, write_down
from adapters.discord.settings import API, DiscordSettings
from bot.core.clock import Clock
from bot.core.errors import OperatorError
from bot.core.notes import Notes

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
OPENING = 60.0
"""Seconds that a line may take to be opened; the library's own patience."""

_UNKNOWN = (
    "discord.token: Discord does not know it. On the application's page at discord.com/developers, under Bot, press "
    "Reset Token, put the new one into its file, and start again"
)
_INTENT = (
    "discord.members_intent is true, and not switched on at Discord: on the application's page at "
    "discord.com/developers, under Bot, switch on Server Members Intent, or set discord.members_intent to false"
)
_MENDS = {4004: _UNKNOWN, 4014: _INTENT}
"""Close codes that only the operator can mend."""

log = logging.getLogger("headsup.discord")


class Gateway:
    """Listens until closed."""

    def __init__(self, settings: DiscordSettings, calls: Calls, clock: Clock, hear: Hear, notes: Notes) -> None:
        self._settings, self._calls, self._clock, self._hear, self._notes = settings, calls, clock, hear, notes
        self._asked = f"{_intents(settings).value} {' '.join(sorted(settings.servers))}"
        self._client: _Listener | None = None
        self._line: DiscordWebSocket | None = None
        self._left: Session | None = None
        """The session as it stood when the last line ended."""
        self._keeping: asyncio.Future[None] | None = None
        self._is_closing = False
        self.starts = 0
        """How often a client was begun."""

    @property
    def session(self) -> Session | None:
        """How far we have heard in what Discord tells."""
        line = self._line
        if line is None:
            return self._left
        if line.session_id is None or line.sequence is None:
            return None
        return Session(line.session_id, line.sequence, str(line.gateway), self._asked, self._clock.now())

    async def write_down(self, session: Session | None) -> None:
        """Whoever takes the memory over goes on from there."""
        if session is not None:
            await write_down(session, self._notes)

    async def listen(self, entered: Callable[[], Awaitable[None]]) -> None:
        """Sign in, say so, and listen; start anew when it ends. Raises OperatorError for what an operator must mend."""
        self._keeping = asyncio.ensure_future(self._keep(entered))
        try:
            await self._keeping
        except asyncio.CancelledError:
            if not self._is_closing:
                raise

    async def _keep(self, entered: Callable[[], Awaitable[None]]) -> None:
        wait, self._left = SOONEST, await read_again(self._notes)
        while not self._is_closing:
            began = self._clock.now()
            try:
                await self._calls.enter()
                await entered()
                await self._once()
            except discord.LoginFailure:
                raise OperatorError(_UNKNOWN) from None
            except discord.ConnectionClosed as closed:
                if closed.code in _MENDS:
                    raise OperatorError(_MENDS[closed.code]) from None
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
        """Hang up. What happens from now on Discord keeps for whoever resumes the session."""
        self._is_closing = True
        if self._client is not None:
            await _hang_up(self._client)
        if self._keeping is not None:
            self._keeping.cancel()

    async def _once(self) -> None:
        await self._find_address()
        self.starts += 1
        self._client = client = _Listener(self._settings, self._hear)
        try:
            await client.login(self._settings.token)
            while not self._is_closing:
                await self._hold_line(client)
        finally:
            await _hang_up(client)

    async def _hold_line(self, client: discord.Client) -> None:
        """One line, until Discord wants another. The library's own `connect` does this, and begins with no session."""
        try:
            opening = DiscordWebSocket.from_client(client, **self._going_on())
            self._line = client.ws = await asyncio.wait_for(opening, OPENING)
            while True:
                await client.ws.poll_event()
        except ReconnectWebSocket as again:
            if self._line is None:
                raise
            if again.resume and self._line.socket.close_code not in OVER:
                return
            self._line = self._left = None
            await self._clock.sleep_until(self._clock.now() + SOONEST)  # as Discord asks, before a new session
        finally:
            self._line, self._left = None, self.session

    def _going_on(self) -> Mapping[str, Any]:
        """What the library has to be told to resume the session, where there is one."""
        left = self._left
        if left is None or not left.is_worth_asking_for(self._asked, self._clock.now()):
            self._left = None
            return {"initial": True}
        return {"gateway": yarl.URL(left.address), "session": left.id, "sequence": left.sequence, "resume": True}

    async def _find_address(self) -> None:
        """The library knows Discord's own gateway; behind another address there is another one."""
        if self._settings.base_url != API:
            found = await self._calls("GET", "/gateway/bot")
            DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(str(found["url"]))


async def _hang_up(client: discord.Client) -> None:
    """The library would say goodbye, which ends the session. It also beats from a thread, and leaves that where a line
    broke while it was being closed."""
    line: DiscordWebSocket | None = client.ws
    if line is not None and line.open:
        await line.close(code=KEPT)
    await client.close()
    beating = getattr(line, "_keep_alive", None)
    if beating is not None:
        beating.stop()


def _intents(settings: DiscordSettings) -> discord.Intents:
    return discord.Intents(guilds=True, dm_messages=True, members=settings.members_intent)


class _Listener(discord.Client):
    def __init__(self, settings: DiscordSettings, hear: Hear) -> None:
        super().__init__(
            intents=_intents(settings),
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

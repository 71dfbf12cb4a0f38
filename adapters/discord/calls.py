"""Calls of Discord's API by discord.py's own HTTP client: its buckets are kept, and every failure is read as one."""

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import discord
from aiohttp import ClientSession, ClientTimeout, DummyCookieJar, TCPConnector
from discord.http import HTTPClient, Route
from discord.webhook.async_ import AsyncWebhookAdapter

from adapters.discord.errors import Failed, read_failure
from adapters.discord.mistakes import Mistakes
from adapters.discord.settings import DiscordSettings
from bot.chat.outbound import Refused, Why
from bot.core.clock import Clock

CONNECTIONS = 64
"""Without a limit the library opened 9,400 sockets in a burst (docs/platforms.md)."""
PATIENCE = 20.0
"""Seconds that one call may take, whatever the library waits for; less than the courier's patience."""
SIGNING_IN = 10.0
"""Seconds that a call waits for the bot to be signed in."""
LONGEST_WAIT = 30.0
"""Seconds that the library may wait for a way to be free; what takes longer is for the courier to wait for."""


@dataclass(frozen=True)
class Attached:
    """A file that goes with a message, by its name there."""

    name: str
    content: bytes
    kind: str = "application/octet-stream"


class AskedAgain(OSError):
    """The library was about to make a call once more that may have been done."""


class Once:
    """Stands among a call's files, which the library winds back before each try: there is to be no second one."""

    def reset(self, *, seek: int) -> None:
        if seek:
            raise AskedAgain


logging.getLogger("discord.http").disabled = True
"""What it says of a limit holds the address, and in it the ticket by which anybody could answer for us."""
discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False
"""Nobody who runs a bot that never speaks need hear that it could not."""

NOWHERE: Mapping[str, str] = {}


class Calls:
    """`await calls("POST", "/channels/{channel_id}/messages", channel_id=…, json=…)`. Raises Failed."""

    def __init__(self, settings: DiscordSettings, clock: Clock) -> None:
        self._settings, self._clock, self._mistakes = settings, clock, Mistakes()
        self._client: discord.Client | None = None
        self._tickets = AsyncWebhookAdapter()  # type: ignore[no-untyped-call]
        self._by_ticket: ClientSession | None = None
        self._entered, self._entering = asyncio.Event(), asyncio.Lock()
        self.me = self.application = ""
        """The bot's own user, and its application, once somebody has entered."""

    async def enter(self) -> None:
        """Sign in. Raises Failed, and discord.LoginFailure for a token that is none."""
        async with self._entering:
            if self._entered.is_set():
                return
            Route.BASE = self._settings.base_url
            client = discord.Client(
                intents=discord.Intents(guilds=True),
                connector=TCPConnector(limit=CONNECTIONS),
                max_ratelimit_timeout=LONGEST_WAIT,
            )
            try:
                await client.login(self._settings.token)
            except discord.LoginFailure:
                await client.close()
                raise
            except Exception as error:
                await client.close()
                raise read_failure("login", error) from None
            self._client, self.me = client, str(client.user.id if client.user else "")
            self.application = str(client.application_id or "")
            self._entered.set()

    async def signed_in(self) -> None:
        """Wait until somebody has entered."""
        await self._entered.wait()

    async def _ready(self) -> HTTPClient:
        """The library's client. Raises Failed where nobody has signed in for a while."""
        if not self._entered.is_set():
            with suppress(TimeoutError):
                async with asyncio.timeout(SIGNING_IN):
                    await self._entered.wait()
        if self._client is None:
            raise Failed(Refused(Why.TRY_LATER, "not signed in to Discord yet"))
        return self._client.http

    async def __call__(
        self,
        method: str,
        path: str,
        *,
        json: Any = None,
        params: Mapping[str, Any] | None = None,
        files: Sequence[Attached] = (),
        places: Mapping[str, str] = NOWHERE,
        once: bool = False,
        **more: str,
    ) -> Any:
        """What Discord answers. `places`, and what is named besides, fill the path; files go with the JSON. The library
        itself tries again after an error of Discord's; with `once` it does not, so that nothing is done twice."""
        http, route = await self._ready(), Route(method, path, **{**places, **more})
        given: dict[str, Any] = {"params": dict(params)} if params else {}
        if files:
            given["form"] = _form(json, files)
        elif json is not None:
            given["json"] = json
        if once:
            given["files"] = [Once()]
        return await self._tried(route, lambda: http.request(route, **given))

    async def by_ticket(
        self, method: str, path: str, *, json: Any = None, files: Sequence[Attached] = (), **places: str
    ) -> Any:
        """The same for what answers an interaction, which the library sends another way: the ticket in the address is
        all the right it needs, and no limit but its own holds it. By the way of all other calls each ticket would leave
        a record behind, and each call look through all of them: two thirds of the time went into that (measured)."""
        await self._ready()
        route = Route(method, path, **places)
        given: dict[str, Any] = {"multipart": _form(json, files)} if files else {"payload": json}
        return await self._tried(route, lambda: self._tickets.request(route, self._session(), **given))

    async def _tried(self, route: Route, call: Callable[[], Awaitable[Any]]) -> Any:
        if (wait := self._mistakes.wait(self._clock.now())) is not None:
            raise Failed(Refused(Why.SLOW_DOWN, "too many calls were refused lately", wait))
        try:
            async with asyncio.timeout(PATIENCE):
                return await call()
        except Exception as error:
            failed = read_failure(f"{route.method} {route.path}", error)
            self._mistakes.note(failed.status, self._clock.now())
            raise failed from None

    def _session(self) -> ClientSession:
        if self._by_ticket is None:
            connector = TCPConnector(limit=CONNECTIONS)
            unlimited = ClientTimeout(total=None)  # `_tried` has the measure of every call
            self._by_ticket = ClientSession(connector=connector, cookie_jar=DummyCookieJar(), timeout=unlimited)
        return self._by_ticket

    async def close(self) -> None:
        """Let go of all connections."""
        client, self._client = self._client, None
        session, self._by_ticket = self._by_ticket, None
        self._entered.clear()
        if client is not None:
            await client.close()
        if session is not None:
            await session.close()


def _form(body: Any, files: Sequence[Attached]) -> list[dict[str, Any]]:
    parts: list[dict[str, Any]] = [{"name": "payload_json", "value": json.dumps(body or {})}]
    for number, one in enumerate(files):
        parts.append({"name": f"files[{number}]", "value": one.content, "filename": one.name, "content_type": one.kind})
    return parts

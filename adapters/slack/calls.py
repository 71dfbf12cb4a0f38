"""Calls of Slack's Web API and of response URLs: one session for all, no retries, and every failure read as one."""

import logging
from collections.abc import AsyncIterator, Mapping
from datetime import timedelta
from typing import Any
from urllib.request import getproxies

import msgspec
from aiohttp import ClientSession, ClientTimeout, DummyCookieJar, TCPConnector
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.errors import Failed, read_failure, read_status
from adapters.slack.settings import SlackSettings
from bot.chat.outbound import Refused, Why
from bot.core.clock import Clock

TIMEOUT = ClientTimeout(total=25, sock_connect=10)
"""Less than the courier's patience, so that what is unclear is known for what it is."""
CONNECTIONS = 64
WAITS = 3
"""So often one call is asked to wait before it gives up."""
A_WHILE = timedelta(seconds=5)
"""How long to wait where Slack does not say."""
PAGES = 500
"""At most: somebody who pages on for ever would be us."""

_JSON = {"Content-Type": "application/json;charset=utf-8"}
_encode = msgspec.json.Encoder().encode

SILENT = logging.getLogger("headsup.slack.library")
"""Given to the SDK and to Bolt: what they say of a failure can hold addresses with tickets, and what was sent."""
SILENT.disabled = True


class Calls:
    """`await calls("chat.postMessage", channel=…)`. The session opens with the first call. Raises Failed."""

    def __init__(self, settings: SlackSettings, clock: Clock) -> None:
        self._settings, self._clock = settings, clock
        self._session: ClientSession | None = None
        self._client: AsyncWebClient | None = None

    @property
    def session(self) -> ClientSession:
        """The one session; once it is closed, every call fails."""
        if self._session is None:
            # Where no proxy is named, aiohttp would read the environment and a file for every call all the same.
            connector, proxied = TCPConnector(limit=CONNECTIONS), bool(getproxies())
            self._session = ClientSession(
                timeout=TIMEOUT, connector=connector, trust_env=proxied, cookie_jar=DummyCookieJar()
            )
        return self._session

    def client(self, token: str | None) -> AsyncWebClient:
        """The SDK's client as we want it: it tries once, and says nothing."""
        base = self._settings.base_url
        return AsyncWebClient(token, base, session=self.session, retry_handlers=[], logger=SILENT)

    async def __call__(self, method: str, **arguments: Any) -> Mapping[str, Any]:
        """What Slack answers."""
        data: Mapping[str, Any] = (await self.answer(method, **arguments)).data
        return data

    async def patiently(self, method: str, **arguments: Any) -> Mapping[str, Any]:
        """The same; where Slack asks to wait it is waited, and asked again. For what no courier carries."""
        for _ in range(WAITS):
            try:
                return await self(method, **arguments)
            except Failed as failed:
                if not isinstance(failed.outcome, Refused) or failed.outcome.why is not Why.SLOW_DOWN:
                    raise
                await self.wait(failed.outcome.wait or A_WHILE)
        return await self(method, **arguments)

    async def wait(self, by: timedelta) -> None:
        """Let so much time pass."""
        await self._clock.sleep_until(self._clock.now() + by)

    async def answer(self, method: str, **arguments: Any) -> Any:
        """The whole answer, with its headers."""
        if self._client is None or self._client.session is not self.session:
            self._client = self.client(self._settings.bot_token)
        try:
            return await getattr(self._client, method.replace(".", "_"))(**arguments)
        except Exception as error:
            raise read_failure(method, error) from None

    async def pages(self, method: str, inside: str, *, patient: bool = False, **arguments: Any) -> AsyncIterator[Any]:
        """Everything of a list, page after page; `patient` waits where Slack asks for it, instead of giving up."""
        cursor, call = "", self.patiently if patient else self
        for _ in range(PAGES):
            answer = await call(method, **arguments, **({"cursor": cursor} if cursor else {}))
            for each in answer.get(inside) or ():
                yield each
            cursor = str((answer.get("response_metadata") or {}).get("next_cursor") or "")
            if not cursor:
                return

    async def respond(self, url: str, said: Mapping[str, Any]) -> None:
        """Say it by a response URL."""
        try:
            async with self.session.post(url, data=_encode(said), headers=_JSON) as answer:
                status, body = answer.status, await answer.read()
        except Exception as error:
            raise read_failure("response_url", error) from None
        if status != 200:
            raise read_status("response_url", status, body.decode(errors="replace"))

    async def upload(self, url: str, content: bytes) -> None:
        """Bring the bytes to an address that Slack gave for them."""
        try:
            async with self.session.post(url, data=content) as answer:
                status = answer.status
        except Exception as error:
            raise read_failure("upload", error) from None
        if status != 200:
            raise read_status("upload", status)

    async def close(self) -> None:
        """Let go of the session, for good: what is called for later would open one that nobody closes."""
        await self.session.close()

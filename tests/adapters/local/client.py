"""A tab without a browser: it comes in by the printed address, asks, and hears the news."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp

from adapters.local.platform import LocalPlatform

Json = dict[str, Any]


class Tab:
    """One open socket. What is news while an answer is awaited is kept in `news`."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self.socket, self.news, self.asked = socket, list[Json](), 0

    async def ask(self, do: str, **fields: Any) -> Json:
        """The whole answer: {"ok": …} or {"no": …}."""
        self.asked += 1
        await self.socket.send_json({"do": do, "n": self.asked, **fields})
        return await self.answer(self.asked)

    async def answer(self, n: int) -> Json:
        """The answer to that question."""
        while True:
            items = await self.socket.receive_json(timeout=10)
            self.news += [item for item in items if "news" in item]
            for item in items:
                if item.get("re") == n:
                    return item  # type: ignore[no-any-return]

    async def ok(self, do: str, **fields: Any) -> Json:
        """What was asked for; it must be given."""
        answer = await self.ask(do, **fields)
        assert "ok" in answer, answer
        return answer["ok"]  # type: ignore[no-any-return]


def base(local: LocalPlatform) -> str:
    return f"http://127.0.0.1:{local.port}"


@asynccontextmanager
async def browser(local: LocalPlatform, enter: bool = True) -> AsyncIterator[aiohttp.ClientSession]:
    """A cookie jar and a connection; with the session, if it shall `enter`."""
    jar = aiohttp.CookieJar(unsafe=True)
    async with aiohttp.ClientSession(base(local), cookie_jar=jar) as session:
        if enter:
            async with session.get(local.url) as response:
                assert response.status == 200
        yield session


@asynccontextmanager
async def tab(session: aiohttp.ClientSession, local: LocalPlatform) -> AsyncIterator[Tab]:
    """An open tab of that browser."""
    async with session.ws_connect("/live", headers={"Origin": base(local)}) as socket:
        yield Tab(socket)

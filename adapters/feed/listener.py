"""Calendars over HTTP: one kind of address, and nothing else behind it.

A calendar programme asks again and again, often from a server of its own, and knows no more than the address. So the
address is the secret: it stands in no log, and who asks for one that is none learns nothing but that. The listener is
apart from all others, for it is the one that may be seen from outside (docs/calendars.md says how, with https).
"""

import asyncio
import contextlib
import re
from collections.abc import AsyncIterator

from aiohttp import web

from bot.chat.inbound import Fetched, Inbound
from bot.chat.platform import Door
from bot.chat.view import File, View
from bot.core.clock import Clock

AT_ONCE = 4
"""Calendars made at the same time; whoever comes besides waits a moment. One takes some milliseconds."""
_ADDRESS = re.compile(r"[A-Za-z0-9_-]{22}")
_PRIVATE = {
    "Cache-Control": "private, max-age=300",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}
_LATER = 300
"""Seconds after which to ask again, while the calendar cannot be made."""


class Listener:
    """Answers GET /ADDRESS.ics. What is handed in at the door is a reading: nothing is kept of who fetched what."""

    def __init__(self, door: Door, clock: Clock) -> None:
        self._door, self._clock, self._free = door, clock, asyncio.Semaphore(AT_ONCE)

    @contextlib.asynccontextmanager
    async def listening(self, host: str, port: int) -> AsyncIterator[int]:
        """Listen for as long as this is entered; gives the port (0: any that is free). Raises OSError."""
        runner = web.AppRunner(self._application(), access_log=None, handle_signals=False)
        await runner.setup()
        try:
            site = web.TCPSite(runner, host, port)
            await site.start()
            yield int(runner.addresses[0][1])
        finally:
            await runner.cleanup()

    def _application(self) -> web.Application:
        app = web.Application(client_max_size=1024)
        app.router.add_get("/{address}.ics", self._calendar)
        return app

    async def _calendar(self, request: web.Request) -> web.Response:
        address = request.match_info["address"]
        if not _ADDRESS.fullmatch(address):
            return _nothing()
        at = self._clock.now()
        async with self._free:
            reply = await self._door(Inbound(key="", at=at, what=Fetched(address)))
        if reply.view is None:
            return _nothing()
        file = _file_of(reply.view)
        return _given(file) if file else web.Response(status=503, headers={"Retry-After": str(_LATER)})


def _file_of(view: View) -> File | None:
    return next((block for block in view.blocks if isinstance(block, File)), None)


def _given(file: File) -> web.Response:
    return web.Response(
        body=file.content,
        content_type=file.kind,
        charset="utf-8",
        headers={**_PRIVATE, "Content-Disposition": f'inline; filename="{file.name}"'},
    )


def _nothing() -> web.Response:
    """The same for every address that is none, whatever it looks like."""
    return web.Response(status=404, text="There is nothing here.\n", headers=_PRIVATE)

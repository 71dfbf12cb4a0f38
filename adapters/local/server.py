"""The community space over HTTP: one page, its files, pictures and files to keep, and a socket for all that lives."""

import asyncio
import errno
import socket

from aiohttp import helpers, web

from adapters.local import wire
from adapters.local.answers import Answers
from adapters.local.files import TYPES, read_static
from adapters.local.guard import Guard, add_headers
from adapters.local.render import Drawn
from adapters.local.tab import Tab
from adapters.local.tasks import Tasks
from adapters.space.space import Space
from bot.chat.view import Block, File, Picture

_PORTS = 50
_HEARTBEAT = 20.0
"""Seconds between two pings: a tab that went to sleep is noticed."""


def listen(port: int) -> socket.socket:
    """A listening socket on loopback: that port or, where it is taken, the next that is free (0: any).

    Raises OSError when fifty in a row are taken."""
    for candidate in range(port, port + _PORTS) if port else (0,):
        try:
            return socket.create_server(("127.0.0.1", candidate), backlog=128)
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise
    raise OSError(errno.EADDRINUSE, f"[local] port: {port} and the {_PORTS - 1} after it are all taken; name another")


class Server:
    """Serves one space, behind its guard, on a socket that listens already."""

    def __init__(self, space: Space, guard: Guard, listening: socket.socket) -> None:
        self._space, self._socket = space, listening
        self._tabs: set[Tab] = set()
        self._tasks = Tasks()
        app = web.Application(middlewares=[guard.middleware()], client_max_size=wire.FRAME)
        app.on_response_prepare.append(add_headers)
        app.router.add_get("/", self._page)
        app.router.add_get("/static/{name}", self._file)
        app.router.add_get("/picture/{message}/{block:[0-9]{1,3}}", self._picture)
        app.router.add_get("/file/{message}/{block:[0-9]{1,3}}", self._download)
        app.router.add_get("/live", self._live)
        self._runner = web.AppRunner(app, access_log=None, handle_signals=False)

    async def start(self, answers: Answers) -> None:
        """Let people in."""
        self._answers = answers
        await self._runner.setup()
        await web.SockSite(self._runner, self._socket).start()

    async def stop(self) -> None:
        """Finish the answers being given, then send everybody home."""
        await self._tasks.finish()
        await asyncio.gather(*(tab.hang_up() for tab in self._tabs))
        await self._runner.cleanup()
        self._socket.close()

    def tell_all(self, news: Drawn) -> None:
        """Say something to every open tab."""
        for tab in tuple(self._tabs):
            tab.tell(news)

    async def _page(self, request: web.Request) -> web.Response:
        return web.Response(text=read_static("index.html"), content_type="text/html")

    async def _file(self, request: web.Request) -> web.Response:
        name = request.match_info["name"]
        kind = TYPES.get(name.rpartition(".")[2])
        if kind is None:
            raise web.HTTPNotFound
        try:
            return web.Response(text=read_static(name), content_type=kind)
        except FileNotFoundError:
            raise web.HTTPNotFound from None

    async def _picture(self, request: web.Request) -> web.Response:
        block = self._block(request)
        if not isinstance(block, Picture):
            raise web.HTTPNotFound
        return web.Response(body=block.png, content_type="image/png")

    async def _download(self, request: web.Request) -> web.Response:
        """A file, for somebody who can read the message it stands in (`as`); to all others there is none."""
        block = self._block(request)
        if not isinstance(block, File) or not self._can_read(request.query.get("as", ""), request):
            raise web.HTTPNotFound
        named = helpers.content_disposition_header("attachment", filename=block.name)
        return web.Response(body=block.content, content_type=block.kind, headers={"Content-Disposition": named})

    def _block(self, request: web.Request) -> Block | None:
        message, number = self._space.message(request.match_info["message"]), int(request.match_info["block"])
        blocks = message.view.blocks if message and message.view else ()
        return blocks[number] if number < len(blocks) else None

    def _can_read(self, user: str, request: web.Request) -> bool:
        message = self._space.message(request.match_info["message"])
        try:
            places = [place.id for place in self._space.conversations(user)]
        except KeyError:
            return False
        return message is not None and message.conversation in places and message.only_for in ("", user)

    async def _live(self, request: web.Request) -> web.WebSocketResponse:
        live = web.WebSocketResponse(max_msg_size=wire.FRAME, heartbeat=_HEARTBEAT)
        await live.prepare(request)
        tab = Tab(live, self._space, self._answers, self._tasks)
        self._tabs.add(tab)
        try:
            await tab.stay()
        finally:
            self._tabs.discard(tab)
        return live

"""Socket Mode: tickets, up to ten sockets, any of which may get any payload, and the ways in which sockets end."""

import asyncio
import json
import socket as sockets
import struct
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from itertools import count
from random import Random
from uuid import uuid4

from aiohttp import WSMsgType, web

from tests.slack.delivery import EVENTS, Attempt, Outlet
from tests.slack.model import Json
from tests.slack.time import Time, Timer

MOST = 10
WARNED_BEFORE = 10.0


@dataclass
class Socket:
    """One open connection of the app."""

    number: int
    ws: web.WebSocketResponse
    request: web.Request
    opened: float
    deaf: bool = False
    """Open, answering pings, and hearing nothing: payloads sent here are lost."""
    mute: bool = False
    """Not even pings are answered."""
    pongs: int = 0
    envelopes: int = 0
    timers: list[Timer] = field(default_factory=list)


class Sockets:
    """Every socket of one app; a `Way` of the outlet."""

    def __init__(self, time: Time, outlet: Outlet, app_id: str, rng: Random) -> None:
        self.time, self.outlet, self._app_id = time, outlet, app_id
        self.open: list[Socket] = []
        self.ever = 0
        self.refused = 0
        self.turned_away = 0
        """So many were opened and closed again, since there were ten."""
        self.refuse_next = 0
        """So many coming connections are turned away with a 503 (a socket that cannot be opened)."""
        self.lifetime: float | None = None
        """Seconds a socket lives; it is warned ten seconds before."""
        self.ping_every: float | None = None
        """Seconds between the pings a socket gets, as Slack sends them; None: only when a test says `ping`."""
        self.pick: Callable[[list[Socket]], Socket] = rng.choice
        """Which socket gets the next payload."""
        self._tickets: set[str] = set()
        self._numbers = count(1)
        self._tasks: set[asyncio.Task[None]] = set()

    def ticket(self) -> str:
        """Good for one connection."""
        made = str(uuid4())
        self._tickets.add(made)
        return made

    def send(self, attempt: Attempt) -> None:
        if not self.open:
            self.outlet.failed(attempt, "no_socket")
            return
        chosen = self.pick(self.open)
        chosen.envelopes += 1
        attempt.socket = chosen.number
        if not chosen.deaf:
            self._spawn(self._write(chosen, envelope(attempt)))

    async def connect(self, request: web.Request) -> web.StreamResponse:
        """`GET /link/?ticket=…`: the app opens a socket."""
        if self.refuse_next:
            self.refuse_next -= 1
            self.refused += 1
            return web.Response(status=503)
        ticket = request.query.get("ticket", "")
        if ticket not in self._tickets:
            self.refused += 1
            return web.Response(status=408 if ticket else 400, text="bad ticket")
        self._tickets.discard(ticket)
        ws = web.WebSocketResponse(autoping=False)
        await ws.prepare(request)
        one = Socket(next(self._numbers), ws, request, self.time.now())
        if len(self.open) >= MOST:
            self.turned_away += 1
            await self._say(one, disconnect("too_many_websockets"))
            await ws.close()
            return ws
        await self._live(one)
        return ws

    async def warn(self, one: Socket | None = None) -> None:
        """Say that the socket (every one, unless named) will soon be closed."""
        for each in [one] if one else list(self.open):
            await self._say(each, disconnect("warning"))

    async def disconnect(self, one: Socket | None = None, reason: str = "refresh_requested") -> None:
        """Say goodbye and close."""
        for each in [one] if one else list(self.open):
            await self._say(each, disconnect(reason))
            self._forget(each)
            await each.ws.close()

    def drop(self, one: Socket | None = None) -> None:
        """Break the connection without a word, as a network does."""
        for each in [one] if one else list(self.open):
            self._forget(each)
            reset(each.request)

    async def close(self) -> None:
        for each in list(self.open):
            self._forget(each)
            await each.ws.close()
        for task in self._tasks:
            task.cancel()

    async def _live(self, one: Socket) -> None:
        self.open.append(one)
        self.ever += 1
        await self._say(one, self._hello())
        if self.lifetime:
            left = (max(0.0, self.lifetime - WARNED_BEFORE), self.lifetime)
            one.timers = [
                self.time.later(left[0], lambda: self._spawn(self.warn(one))),
                self.time.later(left[1], lambda: self._spawn(self.disconnect(one))),
            ]
        self._keep_pinging(one)
        self.time.moved()
        try:
            await self._hear(one)
        finally:
            self._forget(one)

    async def _hear(self, one: Socket) -> None:
        async for message in one.ws:
            if message.type is WSMsgType.PING and not one.mute:
                await one.ws.pong(message.data)
            elif message.type is WSMsgType.PONG:
                one.pongs += 1
                self.time.moved()
            elif message.type is WSMsgType.TEXT and not one.deaf:
                said = json.loads(message.data)
                self.outlet.answered(str(said.get("envelope_id")), said.get("payload"))

    async def ping(self, one: Socket | None = None) -> None:
        """Ask the socket (every one, unless named) whether it is there; pongs are counted on it."""
        for each in [one] if one else list(self.open):
            await each.ws.ping(f"Ping from slack-test-{each.number}".encode())

    def _keep_pinging(self, one: Socket) -> None:
        def again() -> None:
            self._spawn(self.ping(one))
            self._keep_pinging(one)

        if self.ping_every and one in self.open:
            self.time.later(self.ping_every, again)

    def _hello(self) -> Json:
        return {
            "type": "hello",
            "num_connections": len(self.open),
            "debug_info": {"host": "applink-test", "build_number": 1, "approximate_connection_time": 18060},
            "connection_info": {"app_id": self._app_id},
        }

    async def _say(self, one: Socket, said: Json) -> None:
        if not one.deaf:
            await self._write(one, said)

    async def _write(self, one: Socket, said: Json) -> None:
        try:
            await one.ws.send_str(json.dumps(said))
        except ConnectionError:
            self._forget(one)

    def _forget(self, one: Socket) -> None:
        if one in self.open:
            self.open.remove(one)
        for timer in one.timers:
            timer.cancel()
        self.time.moved()

    def _spawn(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


def envelope(attempt: Attempt) -> Json:
    """What goes over the wire: events say how often they were tried."""
    made: Json = {
        "envelope_id": attempt.envelope,
        "payload": attempt.delivery.payload,
        "type": attempt.delivery.kind,
        "accepts_response_payload": attempt.delivery.takes_reply,
    }
    if attempt.delivery.kind == EVENTS:
        made |= {"retry_attempt": attempt.number, "retry_reason": "timeout" if attempt.number else ""}
    return made


def disconnect(reason: str) -> Json:
    return {"type": "disconnect", "reason": reason, "debug_info": {"host": "applink-test"}}


def reset(request: web.Request) -> None:
    """End the connection with a reset, not with a goodbye."""
    transport = request.transport
    if transport is None:
        return
    raw = transport.get_extra_info("socket")
    raw.setsockopt(sockets.SOL_SOCKET, sockets.SO_LINGER, struct.pack("ii", 1, 0))
    transport.abort()

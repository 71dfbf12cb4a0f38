"""Socket Mode: lines to Slack, each replaced by a new one before it ends.

Not the SDK's own client: that closes the old socket before it opens the new, opens it with a ticket that was used
already, logs addresses that hold tickets, and stops without waiting for the answers being given (docs/decisions/0023).
"""

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta
from typing import Any, TypeAlias

import msgspec
from aiohttp import ClientSession, ClientWebSocketResponse, WSMsgType

from bot.chat.outbound import Refused, Why
from bot.chat.platform import NotKept
from bot.core.clock import Clock

SILENCE = timedelta(minutes=10)
"""After so long without a word a line may be deaf, however well it answers pings: it is replaced."""
HELLO_WITHIN = 10.0
PING_EVERY = 10.0
LONGEST_WAIT = 30.0
MOST_BYTES = 4 * 1024**2

Payload: TypeAlias = Mapping[str, Any]
Hear: TypeAlias = Callable[[Payload], Awaitable[Payload | None]]
"""Answers a payload: what goes back with the acknowledgement, if anything. Raises NotKept where there is to be none."""
Unsaid: TypeAlias = Callable[[Payload, Payload | None], None]
"""Hears of a payload whose line broke before it was acknowledged, and what was to go back with that."""
Deaf: TypeAlias = Callable[[str], None]
"""Hears why no line can be opened, where waiting mends nothing: once, until one is open again."""
Open: TypeAlias = Callable[[], Awaitable[str]]
"""A fresh address to connect to, good for one line."""

log = logging.getLogger("headsup.slack")


class Lost(Exception):
    """A line could not be opened."""


class Line:
    """One socket: what comes by it is answered by it."""

    def __init__(self, ws: ClientWebSocketResponse, hear: Hear, unsaid: Unsaid, clock: Clock) -> None:
        self._ws, self._hear, self._unsaid, self._clock = ws, hear, unsaid, clock
        self.heard_at: datetime = clock.now()
        self.ending, self._greeted = asyncio.Event(), asyncio.Event()
        """`ending`: it will be closed, is broken, or may be deaf."""
        self._answers: set[asyncio.Task[None]] = set()
        self._reading = asyncio.create_task(self._read())

    @property
    def is_greeted(self) -> bool:
        """Whether Slack has said hello."""
        return self._greeted.is_set()

    async def greeted(self) -> None:
        """Wait until Slack has said hello. Raises Lost."""
        waiting = [asyncio.create_task(one.wait()) for one in (self._greeted, self.ending)]
        await asyncio.wait(waiting, timeout=HELLO_WITHIN, return_when=asyncio.FIRST_COMPLETED)
        for one in waiting:
            one.cancel()
        if self.ending.is_set() or not self._greeted.is_set():
            raise Lost

    async def hang_up(self) -> None:
        """Hear no more, finish the answers being given, and close."""
        self._reading.cancel()
        while self._answers:
            await asyncio.wait(self._answers)
        await self._ws.close()

    async def _read(self) -> None:
        try:
            async for message in self._ws:
                if message.type is WSMsgType.TEXT:
                    self._take(message.data)
        finally:
            self.ending.set()

    def _take(self, said: str) -> None:
        self.heard_at = self._clock.now()
        try:
            envelope = _read(said)
        except ValueError:
            return
        match envelope:
            case {"type": "hello"}:
                self._greeted.set()
            case {"type": "disconnect"}:
                self.ending.set()
            case {"envelope_id": str(id), "payload": dict(payload)}:
                task = asyncio.create_task(self._answer(id, payload))
                self._answers.add(task)
                task.add_done_callback(self._answers.discard)

    async def _answer(self, id: str, payload: Payload) -> None:
        try:
            reply = await self._hear(payload)
        except NotKept:
            return  # what nobody acknowledged comes again
        try:
            await self._ws.send_json({"envelope_id": id} | ({"payload": reply} if reply else {}))
        except (ConnectionError, RuntimeError) as error:
            log.warning("an answer came too late for its line (%s)", type(error).__name__)
            self._unsaid(payload, reply)


class Lines:
    """`many` lines at a time, for as long as `run` runs; any of them may be given anything."""

    def __init__(
        self, session: ClientSession, open_one: Open, hear: Hear, unsaid: Unsaid, deaf: Deaf, clock: Clock, many: int
    ) -> None:
        self._session, self._open_one, self._hear, self._unsaid = session, open_one, hear, unsaid
        self._deaf, self._is_told, self._clock, self._many = deaf, False, clock, many
        self._keepers: list[asyncio.Task[None]] = []
        self.lines: list[Line] = []

    def start(self) -> None:
        """Open them, and keep them open."""
        self._keepers = [asyncio.create_task(self._keep()) for _ in range(self._many)]
        self._keepers.append(asyncio.create_task(self._watch()))

    async def close(self) -> None:
        """Open no more, and hang up once the answers are given."""
        for keeper in self._keepers:
            keeper.cancel()
        await asyncio.gather(*self._keepers, return_exceptions=True)
        await asyncio.gather(*(line.hang_up() for line in self.lines))
        self.lines.clear()

    async def _keep(self) -> None:
        line = await self._open()
        while True:
            await line.ending.wait()
            successor = await self._open()
            await asyncio.shield(line.hang_up())
            self.lines.remove(line)
            line = successor

    async def _open(self) -> Line:
        """A line that was greeted, however long that takes."""
        wait = 0.5
        while True:
            try:
                line = await self._try_once()
                self._is_told = False
                return line
            except Exception as error:
                log.warning("no line to Slack could be opened (%s); trying again", _named(error))
                self._tell(error)
                wait = max(wait, _asked_to_wait(error))
            await asyncio.sleep(wait)
            wait = min(LONGEST_WAIT, wait * 2)

    def _tell(self, error: Exception) -> None:
        outcome = getattr(error, "outcome", None)
        if not self._is_told and isinstance(outcome, Refused) and outcome.why is Why.FORBIDDEN:
            self._is_told = True
            self._deaf(outcome.says)

    async def _try_once(self) -> Line:
        address = await self._open_one()
        ws = await self._session.ws_connect(address, heartbeat=PING_EVERY, max_msg_size=MOST_BYTES)
        line = Line(ws, self._hear, self._unsaid, self._clock)
        self.lines.append(line)
        try:
            await line.greeted()
        except BaseException:
            await asyncio.shield(line.hang_up())
            self.lines.remove(line)
            raise
        return line

    async def _watch(self) -> None:
        """Have every line replaced that has been silent for too long."""
        while True:
            now = self._clock.now()
            for line in self.lines:
                if line.is_greeted and now - line.heard_at >= SILENCE:
                    line.ending.set()
            oldest = min((line.heard_at for line in self.lines if not line.ending.is_set()), default=now)
            await self._clock.sleep_until(oldest + SILENCE)


def _read(said: str) -> Any:
    """What stands there. Half a sign and a number that is none are JSON to Python alone, who takes twice as long."""
    try:
        return msgspec.json.decode(said)
    except ValueError:
        return json.loads(said)


def _asked_to_wait(error: Exception) -> float:
    """Seconds that Slack asks for before it is asked again."""
    wait = getattr(getattr(error, "outcome", None), "wait", None)
    return wait.total_seconds() if isinstance(wait, timedelta) else 0.0


def _named(error: Exception) -> str:
    """What went wrong, without an address or a token."""
    outcome = getattr(error, "outcome", None)
    return str(outcome.says) if outcome is not None else type(error).__name__

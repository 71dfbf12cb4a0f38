"""What Slack sends to the app, by whichever way it chose: each payload, its attempts, and what came back.

Interactions and slash commands are sent once. Events are sent again where nobody acknowledged them within three
seconds: at once, a minute later, five minutes later.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol
from uuid import uuid4

from tests.slack.model import Json
from tests.slack.time import Time, Timer

DEADLINE = 3.0
AGAIN_AFTER = (0.0, 60.0, 300.0)
EVENTS, INTERACTIVE, COMMANDS = "events_api", "interactive", "slash_commands"


@dataclass
class Attempt:
    """One sending: an envelope of its own."""

    delivery: "Delivery"
    number: int
    envelope: str
    sent: float
    sent_really: float
    """By the loop's clock: latency is measured in real time, however the clock of the server stands."""
    latency: float | None = None
    failure: str = ""
    """`timeout` where nobody answered in time; `no_socket`, `http_error` and so on where it could not be sent."""
    reply: Json | None = None
    timer: Timer | None = None
    socket: int | None = None

    @property
    def late(self) -> bool:
        return bool(self.failure) or (self.latency or 0.0) > DEADLINE


@dataclass
class Delivery:
    """One payload for the app."""

    kind: str
    payload: Json
    takes_reply: bool
    on_reply: Callable[[Json], None] = lambda reply: None
    on_failure: Callable[[str], None] = lambda failure: None
    attempts: list[Attempt] = field(default_factory=list)
    given_up: bool = False
    done: asyncio.Event = field(default_factory=asyncio.Event)
    """Set when it is settled: acknowledged in time, or given up."""

    @property
    def acked(self) -> bool:
        return any(one.latency is not None and not one.late for one in self.attempts)

    @property
    def settled(self) -> bool:
        return self.acked or self.given_up

    async def settle(self, patience: float = 60.0) -> None:
        """Wait, in real time, until it is settled."""
        async with asyncio.timeout(patience):
            await self.done.wait()

    @property
    def reply(self) -> Json:
        """What the acknowledgement carried."""
        return next((one.reply for one in self.attempts if one.reply), {})


class Way(Protocol):
    """How payloads travel: over sockets, or by HTTP. A way calls `answered` or `failed` when it knows."""

    def send(self, attempt: Attempt) -> None: ...


class Outlet:
    """Sends, notes the answers, and sends again what Slack sends again."""

    def __init__(self, time: Time) -> None:
        self.time = time
        self.way: Way | None = None
        self.deliveries: list[Delivery] = []
        self.duplicate_acks: list[str] = []
        self._open: dict[str, Attempt] = {}

    @property
    def unsettled(self) -> list[Delivery]:
        return [one for one in self.deliveries if not one.settled]

    def send(self, delivery: Delivery) -> Delivery:
        self.deliveries.append(delivery)
        self._attempt(delivery)
        return delivery

    def answered(self, envelope: str, reply: Json | None) -> None:
        """The app acknowledged. What comes after the deadline is noted, and its content ignored as Slack does."""
        attempt = self._open.pop(envelope, None)
        if attempt is None:
            self.duplicate_acks.append(envelope)
            return
        attempt.latency, attempt.reply = asyncio.get_running_loop().time() - attempt.sent_really, reply
        if attempt.late and not attempt.failure:
            self._missed(attempt, "timeout")
        elif not attempt.late:
            if attempt.timer:
                attempt.timer.cancel()
            attempt.delivery.on_reply(reply or {})
            attempt.delivery.done.set()
        self.time.moved()

    def failed(self, attempt: Attempt, why: str, again: bool = True) -> None:
        """It could not be handed over, or was refused."""
        self._open.pop(attempt.envelope, None)
        if attempt.timer:
            attempt.timer.cancel()
        self._missed(attempt, why, again)

    def _attempt(self, delivery: Delivery) -> None:
        now, really = self.time.now(), asyncio.get_running_loop().time()
        attempt = Attempt(delivery, len(delivery.attempts), str(uuid4()), now, really)
        delivery.attempts.append(attempt)
        self._open[attempt.envelope] = attempt
        attempt.timer = self.time.later(DEADLINE, lambda: self._missed(attempt, "timeout"))
        assert self.way, "neither sockets nor HTTP: see SlackServer.start"
        self.way.send(attempt)
        self.time.moved()

    def _missed(self, attempt: Attempt, why: str, again: bool = True) -> None:
        """The envelope stays open, so that a late acknowledgement is known for what it is."""
        if attempt.failure:
            return
        delivery, attempt.failure = attempt.delivery, why
        if delivery.kind != EVENTS or attempt.number >= len(AGAIN_AFTER) or not again:
            delivery.given_up = True
            delivery.on_failure(why)
            delivery.done.set()
        else:
            self.time.later(AGAIN_AFTER[attempt.number], lambda: self._attempt(delivery))
        self.time.moved()

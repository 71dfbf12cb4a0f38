"""The Slack of our tests with 10,000 people who press, and apps in processes of their own, so that what a press costs
them can be read off the system. Each payload is made before the clock runs; acknowledgements are counted as they come.
"""

import asyncio
import json
import os
import sys
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

from adapters.slack.render import draw_view
from bot.chat.text import plain
from bot.chat.view import Buttons, Paragraph, View, button
from bot.checkins.actions import AnswerCheckin
from bot.checkins.model import Outcome
from tests.adapters.slack.installed import installed
from tests.bench.slack_app import LINES, talk_of, user_of
from tests.bench.work import MEMBERS_THERE, group_of
from tests.slack import payloads
from tests.slack.blocks import numbered
from tests.slack.filling import action
from tests.slack.limits import Limits
from tests.slack.model import Account, Json, Message
from tests.slack.server import SlackServer

TOGETHER = 128
_STRIDE = 6_373
_TICK = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Click:
    """One press, ready to be sent."""

    envelope: str
    said: str


@dataclass
class Town:
    """A workspace of 10,000 people who press, and what has come back."""

    slack: SlackServer
    numbers: Iterator[int] = field(default_factory=count)
    sent: dict[str, float] = field(default_factory=dict)
    waits: list[float] = field(default_factory=list)
    room: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        self.answered = self.slack.outlet.answered
        self.slack.outlet.answered = self.acknowledged  # type: ignore[method-assign]

    def acknowledged(self, envelope: str, reply: Json | None) -> None:
        """Clicks are counted here, without the server's own book-keeping; what else it has sent is its own."""
        if (sent := self.sent.pop(envelope, None)) is None:
            self.answered(envelope, reply)
            return
        self.waits.append(time.perf_counter() - sent)
        self.room.set()

    def clicks(self, many: int) -> list[Click]:
        return [self._click(next(self.numbers)) for _ in range(many)]

    def _click(self, number: int) -> Click:
        """[We talked], under the question of this week; each of another member, as their turns come."""
        who, workspace = number * _STRIDE % MEMBERS_THERE, self.slack.workspace
        rows = [button(label, AnswerCheckin(group_of(who), one)) for label, one in LABELS.items()]
        drawn = draw_view(View((Paragraph(plain(QUESTION)), Buttons(tuple(rows)))), {})
        drawn["blocks"] = list(numbered(drawn["blocks"]))
        channel = workspace.im(user_of(who))
        message = Message(channel.id, workspace.new_ts(), workspace.app.user, app=True, **drawn)
        channel.messages[:] = [message]
        block = next(one for one in drawn["blocks"] if one["type"] == "actions")
        done = action(block, block["elements"][0], None)
        payload = payloads.on_message(workspace, self.slack.host, workspace.account(user_of(who)), message, done)
        envelope = f"click-{number}"
        whole = {"envelope_id": envelope, "payload": payload, "type": "interactive", "accepts_response_payload": False}
        return Click(envelope, json.dumps(whole))

    async def send(self, click: Click) -> None:
        lines = self.slack.sockets.open
        self.sent[click.envelope] = time.perf_counter()
        await lines[len(self.sent) % len(lines)].ws.send_str(click.said)

    async def all_answered(self) -> None:
        while self.sent:
            self.room.clear()
            await asyncio.wait_for(self.room.wait(), 60)


LABELS = {"We talked": Outcome.TALKED, "Not yet": Outcome.NOT_YET}
QUESTION = "Did you find time to talk with Gwen this week? One press is enough, and whatever you answer is fine."


@dataclass
class Far:
    """An app in a process of its own."""

    process: asyncio.subprocess.Process

    @property
    def cpu(self) -> float:
        """Seconds of processor that it has used."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / _TICK

    async def heard(self) -> None:
        """Wait until it is ready, or has done what it was told."""
        assert self.process.stdout
        if not await asyncio.wait_for(self.process.stdout.readline(), 300):
            raise RuntimeError("the app is gone")

    async def tell(self, words: str) -> None:
        assert self.process.stdin
        self.process.stdin.write(f"{words}\n".encode())
        await self.heard()


@dataclass(frozen=True)
class Turn:
    """What a turn of clicks came to: acknowledged a second, 99 % within, and processor a click in milliseconds."""

    rate: float
    p99_ms: float
    cpu_ms: float


@asynccontextmanager
async def town() -> AsyncIterator[Town]:
    async with SlackServer(app=installed(), limits=Limits(off=True)) as slack:
        for number in range(MEMBERS_THERE):
            slack.workspace.add(Account(user_of(number), f"Head {number}", slack.team.id))
            assert slack.workspace.im(user_of(number)).id == talk_of(number)
        yield Town(slack)


@asynccontextmanager
async def running(town: Town, what: str, folder: Path, database: str = "") -> AsyncIterator[Far]:
    """An app that has connected, alone."""
    command = [sys.executable, "-m", "tests.bench.slack_app", what, str(folder), town.slack.api_url, database]
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(*command, stdin=pipe, stdout=pipe)
    far = Far(process)
    try:
        await far.heard()
        await town.slack.until(lambda: len(town.slack.sockets.open) == LINES, patience=60)
        yield far
    finally:
        assert process.stdin
        process.stdin.close()
        await asyncio.wait_for(process.wait(), 60)
        await town.slack.until(lambda: not town.slack.sockets.open, patience=60)


async def turn(town: Town, far: Far, clicks: Sequence[Click], together: int = TOGETHER) -> Turn:
    """So many wait at any time, until all are answered; what the app does afterwards counts into its processor."""
    town.waits.clear()
    cpu, began = far.cpu, time.perf_counter()
    for click in clicks:
        while len(town.sent) >= together:
            town.room.clear()
            await town.room.wait()
        await town.send(click)
    await town.all_answered()
    took = time.perf_counter() - began
    await rests(far)
    return Turn(len(clicks) / took, p99(town.waits), 1000 * (far.cpu - cpu) / len(clicks))


async def rests(far: Far) -> None:
    """Wait until it uses no processor to speak of."""
    used = -1.0
    while far.cpu - used > 0.03:
        used = far.cpu
        await asyncio.sleep(0.5)


def p99(waits: Sequence[float]) -> float:
    return 1000 * sorted(waits)[len(waits) * 99 // 100]


async def steady(town: Town, clicks: Sequence[Click], a_second: int) -> list[float]:
    """Clicks that come whether or not those before were answered; how long each waited."""
    town.waits.clear()
    began = time.perf_counter()
    for place, click in enumerate(clicks):
        wait = began + place / a_second - time.perf_counter()
        await asyncio.sleep(max(0.0, wait))
        await town.send(click)
    await town.all_answered()
    return list(town.waits)

"""The Slack of our tests with 10,000 people who press, and apps in processes of their own, so that what a press costs
them can be read off the system. Each payload is made before the clock runs; acknowledgements are counted as they come.
"""

import json
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from adapters.slack.render import draw_view
from bot.chat.text import plain
from bot.chat.view import Buttons, Paragraph, View, button
from bot.checkins.actions import AnswerCheckin
from bot.checkins.model import Outcome
from tests.adapters.slack.installed import installed
from tests.bench.slack_app import LINES, talk_of, user_of
from tests.bench.towns import Far, Pressing, far
from tests.bench.work import MEMBERS_THERE, group_of
from tests.slack import payloads
from tests.slack.blocks import numbered
from tests.slack.filling import action
from tests.slack.limits import Limits
from tests.slack.model import Account, Json, Message
from tests.slack.server import SlackServer

_STRIDE = 6_373


@dataclass(frozen=True)
class Click:
    """One press, ready to be sent."""

    envelope: str
    said: str


class Town(Pressing[Click]):
    """A workspace of 10,000 people who press, and what has come back."""

    def __init__(self, slack: SlackServer) -> None:
        super().__init__()
        self.slack, self.numbers = slack, count()
        self.answered = self.slack.outlet.answered
        self.slack.outlet.answered = self.acknowledged  # type: ignore[method-assign]

    def acknowledged(self, envelope: str, reply: Json | None) -> None:
        """Clicks are counted here, without the server's own book-keeping; what else it has sent is its own."""
        if not self.came(envelope):
            self.answered(envelope, reply)

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


LABELS = {"We talked": Outcome.TALKED, "Not yet": Outcome.NOT_YET}
QUESTION = "Did you find time to talk with Gwen this week? One press is enough, and whatever you answer is fine."


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
    async with far("tests.bench.slack_app", what, str(folder), town.slack.api_url, database) as app:
        await town.slack.until(lambda: len(town.slack.sockets.open) == LINES, patience=60)
        yield app
    await town.slack.until(lambda: not town.slack.sockets.open, patience=60)

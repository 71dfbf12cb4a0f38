"""Whatever Slack, or somebody else, sends: nothing falls over, and all of it is acknowledged."""

import asyncio
import logging
from collections.abc import Iterator
from contextlib import AsyncExitStack

import pytest
from hypothesis import given

from bot.chat.form import Form, ShortText
from bot.chat.inbound import Inbound
from bot.chat.outbound import Reply
from tests.adapters.scripted import words
from tests.adapters.slack.bending import ANYTHING
from tests.adapters.slack.stage import Stage, staged
from tests.slack.delivery import INTERACTIVE, Delivery
from tests.slack.model import Json

REPLY = Reply(words("yes"), words("instead"), Form("About you", "who~1", (ShortText("name", "Name"),), "Send"))


class Generous:
    """A bot that says all there is to say to everything."""

    def __init__(self) -> None:
        self.heard: list[Inbound] = []

    async def __call__(self, inbound: Inbound) -> Reply:
        self.heard.append(inbound)
        return REPLY


@pytest.fixture(scope="module")
def opened() -> Iterator[tuple[asyncio.Runner, Stage]]:
    """Started once for all that is sent."""
    with asyncio.Runner() as runner:
        stack = AsyncExitStack()
        stage = runner.run(stack.enter_async_context(staged()))
        stage.script = Generous()  # type: ignore[assignment]
        runner.run(stage.start())
        yield runner, stage
        runner.run(stack.aclose())


@given(payload=ANYTHING)
def test_whatever_comes_in_is_acknowledged(opened: tuple[asyncio.Runner, Stage], payload: Json) -> None:
    runner, stage = opened

    async def send() -> Delivery:
        delivery = stage.slack.outlet.send(Delivery(INTERACTIVE, payload, takes_reply=True))
        await delivery.settle()
        await stage.settled()
        return delivery

    sent = runner.run(send())
    assert sent.acked
    stage.slack.outlet.deliveries.clear()


def test_nothing_of_what_was_sent_is_in_the_log(
    opened: tuple[asyncio.Runner, Stage], caplog: pytest.LogCaptureFixture
) -> None:
    runner, stage = opened
    secret = "zqcanary0"
    odd: list[Json] = [
        {"type": "event_callback", "event": secret, "team_id": stage.slack.team.id},
        {"type": "block_actions", "actions": secret, "user": secret, "team": {"id": stage.slack.team.id}},
        {"command": "/headsup", "text": secret, "team_id": stage.slack.team.id, "user_id": "U1", "trigger_id": "1.1"},
        {"enterprise": 7, "type": secret},
    ]

    async def send() -> None:
        for payload in odd:
            await stage.slack.outlet.send(Delivery(INTERACTIVE, payload, takes_reply=True)).settle()
        await stage.settled()

    with caplog.at_level(logging.DEBUG):
        runner.run(send())
    said = " ".join(record.getMessage() + str(record.exc_text or "") for record in caplog.records)
    assert caplog.records, "something was said"
    assert secret not in said
    assert stage.slack.app.bot_token not in said
    assert stage.slack.app.app_token not in said

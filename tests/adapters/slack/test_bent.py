"""Whatever Slack, or somebody else, sends: nothing falls over, and all of it is acknowledged."""

import asyncio
import logging
from collections.abc import Callable, Iterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import given, settings

from adapters.slack.platform import SlackPlatform
from bot.chat.form import Form, ShortText
from bot.chat.inbound import Inbound
from bot.chat.outbound import Reply
from tests.adapters.scripted import words
from tests.adapters.slack.bending import ANYTHING
from tests.adapters.slack.stage import Stage, staged
from tests.conftest import DRILL
from tests.slack.delivery import INTERACTIVE, Delivery
from tests.slack.limits import Limits
from tests.slack.model import Json

PAYLOADS = 10_000 if DRILL else 50
REPLY = Reply(words("yes"), words("instead"), Form("About you", "who~1", (ShortText("name", "Name"),), "Send"))


class Generous:
    """A bot that says all there is to say to everything."""

    def __init__(self) -> None:
        self.heard: list[Inbound] = []

    async def __call__(self, inbound: Inbound) -> Reply:
        self.heard.append(inbound)
        return REPLY


@dataclass
class Opened:
    """A platform that listens; `raised`: whatever fell out of it, though it was caught further out."""

    runner: asyncio.Runner
    stage: Stage
    raised: list[object]


@pytest.fixture(scope="module")
def opened() -> Iterator[Opened]:
    """Started once for all that is sent; the clock stands still, and a limit would never end."""
    raised: list[object] = []
    with asyncio.Runner() as runner, pytest.MonkeyPatch.context() as plant:
        plant.setattr(SlackPlatform, "hear", watched(SlackPlatform.hear, raised))
        runner.get_loop().set_exception_handler(lambda loop, told: raised.append(told))
        stack = AsyncExitStack()
        stage = runner.run(stack.enter_async_context(staged(limits=Limits(off=True))))
        stage.script = Generous()  # type: ignore[assignment]
        runner.run(stage.start())
        yield Opened(runner, stage, raised)
        runner.run(stack.aclose())


def watched(hear: Callable[..., Any], raised: list[object]) -> Callable[..., Any]:
    async def watching(platform: SlackPlatform, payload: Json) -> object:
        try:
            return await hear(platform, payload)
        except Exception as error:
            raised.append(error)
            raise

    return watching


@settings(max_examples=PAYLOADS)
@given(payload=ANYTHING)
def test_whatever_comes_in_is_acknowledged(opened: Opened, payload: Json) -> None:
    stage = opened.stage
    opened.raised.clear()

    async def send() -> Delivery:
        delivery = stage.slack.outlet.send(Delivery(INTERACTIVE, payload, takes_reply=True))
        await delivery.settle()
        await stage.settled()
        return delivery

    sent = opened.runner.run(send())
    assert sent.acked
    assert opened.raised == [], "acknowledged, and fallen over all the same"
    stage.slack.outlet.deliveries.clear()


def test_nothing_of_what_was_sent_is_in_the_log(opened: Opened, caplog: pytest.LogCaptureFixture) -> None:
    runner, stage = opened.runner, opened.stage
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

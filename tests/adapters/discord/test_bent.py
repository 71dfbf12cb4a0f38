"""Whatever Discord, or somebody else, dispatches: nothing falls over, and the line stays up."""

import asyncio
import json
import logging
from collections.abc import Iterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.discord.listen import listen
from bot.chat.form import Form, ShortText
from bot.chat.inbound import Inbound
from bot.chat.outbound import Reply
from tests.adapters.discord.bending import ANN, ANYTHING, DONE, ROW, SERVER, Dispatch
from tests.adapters.discord.stage import Stage, staged
from tests.adapters.scripted import START, words
from tests.conftest import DRILL
from tests.discord.interactions import Done
from tests.discord.model import Message
from tests.discord.person import Person

DISPATCHES = 10_000 if DRILL else 200
REPLY = Reply(words("yes"), words("instead"), Form("About you", "who~1", (ShortText("name", "Name"),), "Send"))
REPLIES = [
    REPLY,
    Reply(),
    Reply(words("yes")),
    Reply(replace=words("instead")),
    Reply(ask=REPLY.ask),
    Reply(errors={"name": "Too long."}),
]
UNREADABLE = "Discord sent what the library cannot read"
"""Said of a dispatch that is for the library alone: it is passed over."""


class Generous:
    """A bot that says all there is to say to everything."""

    def __init__(self) -> None:
        self.heard: list[Inbound] = []
        self.reply = REPLY

    async def __call__(self, inbound: Inbound) -> Reply:
        self.heard.append(inbound)
        return self.reply


class Overheard(logging.Handler):
    """What our own log says is wrong, but for what is meant to be said."""

    def __init__(self, raised: list[object]) -> None:
        super().__init__(logging.ERROR)
        self.raised = raised

    def emit(self, record: logging.LogRecord) -> None:
        if not record.getMessage().startswith(UNREADABLE):
            self.raised.append(record.getMessage())


@dataclass
class Opened:
    """A platform that listens; `raised`: whatever fell out of it, though it was caught further out."""

    runner: asyncio.Runner
    stage: Stage
    ann: Person
    raised: list[object]

    def said(self) -> Message:
        """A message with buttons, in her direct messages."""
        network = self.stage.discord.network
        dm = network.dm(self.ann.id)
        dm.messages.clear()
        asks = Message(network.new_id(), dm.id, network.app.id, "Did you talk?", components=[ROW])
        dm.messages.append(asks)
        return asks


@pytest.fixture(scope="module")
def opened() -> Iterator[Opened]:
    """Started once for all that is sent."""
    raised: list[object] = []
    overheard = Overheard(raised)
    with asyncio.Runner() as runner:
        runner.get_loop().set_exception_handler(lambda loop, told: raised.append(told))
        logging.getLogger("headsup.discord").addHandler(overheard)
        stack = AsyncExitStack()
        stage = runner.run(stack.enter_async_context(staged()))
        ann = stage.discord.person("Ann Bell")
        stage.keeps, stage.script = True, Generous()  # type: ignore[assignment]
        runner.run(stage.start())
        yield Opened(runner, stage, ann, raised)
        runner.run(stack.aclose())
        logging.getLogger("headsup.discord").removeHandler(overheard)


async def answered(opened: Opened, done: Done, data: dict[str, Any]) -> None:
    """She does it, and is answered; which also says that all was read that was dispatched before."""
    asks = opened.said()
    one = await opened.ann.sends(
        done, opened.stage.discord.network.channels[asks.channel], data, message=None if done is Done.COMMAND else asks
    )
    await opened.stage.settled()
    assert one.acked


@settings(max_examples=DISPATCHES)
@given(dispatch=ANYTHING)
def test_whatever_comes_in_nothing_falls_over_and_the_next_is_answered(opened: Opened, dispatch: Dispatch) -> None:
    stage = opened.stage
    opened.raised.clear()
    kind, said = dispatch
    here = json.loads(json.dumps(said).replace(SERVER, stage.discord.guild.id).replace(ANN, opened.ann.id))
    before = stage.platform.gateway.starts, stage.discord.gateway.identified

    async def send() -> None:
        stage.discord.gateway.tell_raw(kind, here)
        await answered(opened, Done.COMPONENT, {"component_type": 2, "custom_id": "talked~1", "id": 2})

    opened.runner.run(send())
    assert opened.raised == []
    assert (stage.platform.gateway.starts, stage.discord.gateway.identified) == before
    assert not stage.running.done()
    forget(opened)


@given(done=st.sampled_from([one for one in DONE if one[0] is not Done.AUTOCOMPLETE]), reply=st.sampled_from(REPLIES))
def test_whoever_does_something_is_answered_whatever_the_bot_says(
    opened: Opened, done: tuple[Done, dict[str, Any]], reply: Reply
) -> None:
    opened.raised.clear()
    opened.stage.script.reply = reply  # type: ignore[attr-defined]
    opened.ann.troubles.clear()
    opened.runner.run(answered(opened, *done))
    assert opened.ann.troubles == []
    assert opened.raised == []
    forget(opened)


def forget(opened: Opened) -> None:
    """What was lived is not needed any more, and the server would keep it."""
    discord = opened.stage.discord
    discord.interactions.all.clear()
    discord.api.calls.clear()
    opened.stage.script.heard.clear()


def test_nothing_of_what_was_sent_is_in_the_log(opened: Opened, caplog: pytest.LogCaptureFixture) -> None:
    secret, stage = "zqcanary0", opened.stage
    odd: list[Dispatch] = [
        ("INTERACTION_CREATE", {"id": secret, "token": secret, "type": 3, "user": {"id": "7"}, "data": secret}),
        ("INTERACTION_CREATE", {"id": "7", "token": secret, "type": 2, "user": {"id": "7"}, "data": {"name": secret}}),
        ("GUILD_MEMBER_ADD", {"guild_id": secret, "user": secret}),
        ("GUILD_CREATE", {"id": secret, "name": secret}),
    ]

    async def send() -> None:
        for dispatch in odd:
            stage.discord.gateway.tell_raw(*dispatch)
        await answered(opened, Done.COMMAND, DONE[0][1])

    with caplog.at_level(logging.INFO, "headsup.discord"):
        opened.runner.run(send())
    said = " ".join(record.getMessage() + str(record.exc_text or "") for record in caplog.records)
    assert caplog.records, "something was said"
    assert secret not in said
    assert stage.discord.app.token not in said


@given(dispatch=ANYTHING)
def test_whatever_comes_in_is_something_or_nothing(dispatch: Dispatch) -> None:
    kind, data = dispatch
    if isinstance(data, dict):
        inbound = listen(kind, data, START, (SERVER,), lambda user: SERVER)
        assert inbound is None or (inbound.key and inbound.account)

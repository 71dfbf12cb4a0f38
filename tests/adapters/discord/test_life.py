"""The line to Discord: it begins anew whatever ends it, says what an operator must mend, and ends with nothing owed."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from msgspec.structs import replace

from bot.chat.command import Command, Tree, Wording
from bot.chat.inbound import Inbound
from bot.chat.outbound import Delivered, Reply
from bot.chat.text import plain
from bot.chat.view import Button, Buttons, Paragraph, View
from bot.core.errors import OperatorError
from tests.adapters.discord.stage import Stage, staged
from tests.adapters.scripted import words
from tests.discord.faults import Wrong
from tests.discord.person import Person

ASKS = View((Paragraph(plain("Did you talk?")), Buttons((Button("We talked", "talked~1"), Button("Not yet", "not~1")))))


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    async with staged() as one:
        yield one


async def asked(stage: Stage) -> Person:
    """Somebody with a question in their direct messages."""
    ann = stage.discord.person("Ann Bell")
    outcome = await stage.platform.deliver(stage.parcel(ann, ASKS))
    assert isinstance(outcome, Delivered)
    stage.script.answers["talked~1"] = Reply(replace=words("Thank you."))
    return ann


async def presses(ann: Person) -> None:
    await ann.press(None, "talked~1")
    assert ann.reads() == ["Thank you."]
    assert ann.troubles == []


async def test_a_first_connect_that_fails_is_tried_again(stage: Stage) -> None:
    stage.discord.faults.plant("GET /users/@me", Wrong.STATUS, times=1, status=503)
    stage.discord.faults.plant("GET /gateway/bot", Wrong.REQUEST_LOST, times=1)
    await stage.start(waits=False)

    def let_pass() -> bool:
        stage.clock.advance(timedelta(seconds=5))
        return stage.discord.gateway.ready >= 1

    await stage.discord.until(let_pass)
    await presses(await asked(stage))


async def test_a_dispatch_that_the_library_cannot_parse_ends_nothing(stage: Stage) -> None:
    await stage.start()
    ann, before = await asked(stage), stage.platform.gateway.starts
    stage.discord.gateway.unparsable()
    stage.discord.gateway.tell_raw("INTERACTION_CREATE", {"id": 7, "type": "press"})
    stage.discord.gateway.tell_raw("MESSAGE_CREATE", ["not", "a", "message"])
    await presses(ann)
    assert stage.platform.gateway.starts == before


@pytest.mark.parametrize("how", ["dropped", "told to reconnect", "invalidated"])
async def test_a_line_that_ends_is_opened_again(stage: Stage, how: str) -> None:
    await stage.start()
    ann, gateway = await asked(stage), stage.discord.gateway
    match how:
        case "dropped":
            gateway.drop()
        case "told to reconnect":
            gateway.reconnect()
        case "invalidated":
            gateway.invalidate(resumable=True)
    await stage.discord.until(lambda: gateway.ready >= 1)
    await presses(ann)


async def test_a_token_that_is_none_stops_with_what_mends_it(stage: Stage) -> None:
    await stage.start(waits=False, token="not.the.token")
    with pytest.raises(OperatorError, match=r"discord\.token.*Reset Token"):
        await stage.running
    del stage.running


async def test_an_intent_that_is_not_switched_on_stops_with_what_mends_it(stage: Stage) -> None:
    stage.discord.app.members_intent = False
    await stage.start(waits=False)
    with pytest.raises(OperatorError, match="Server Members Intent"):
        await stage.running
    del stage.running


async def test_an_answer_that_is_being_given_is_given_before_the_end(stage: Stage) -> None:
    await stage.start()
    ann, gate = await asked(stage), asyncio.Event()
    stage.script.gate = gate
    pressing = asyncio.create_task(ann.press(None, "talked~1"))
    await stage.discord.until(lambda: stage.script.heard)
    closing = asyncio.create_task(stage.platform.close())
    await asyncio.sleep(0)
    gate.set()
    await asyncio.gather(pressing, closing)
    assert ann.reads() == ["Thank you."]


async def test_a_server_that_nobody_named_is_left(stage: Stage) -> None:
    other = stage.discord.add_guild("Somebody else's")
    await stage.start()
    await stage.discord.until(lambda: stage.discord.app.id not in other.members)
    assert stage.discord.app.id in stage.discord.guild.members


async def test_what_takes_long_is_announced_and_shown_later(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("adapters.discord.platform.HOLD", 0.01)
    await stage.start()
    ann, gate = await asked(stage), asyncio.Event()
    stage.script.gate = gate
    pressing = asyncio.create_task(ann.press(None, "talked~1"))
    await pressing
    assert ann.troubles == []
    gate.set()
    await stage.settled()
    assert ann.reads() == ["Thank you."]


async def test_a_door_that_fails_leaves_nobody_hanging(stage: Stage) -> None:
    await stage.start()
    ann = await asked(stage)

    def fails(inbound: Inbound) -> Reply:
        raise RuntimeError("broken")

    stage.script.answers["talked~1"] = fails
    await ann.press(None, "talked~1")
    assert ann.troubles == []


async def test_the_way_in_stands_once_and_changes_with_our_words(stage: Stage) -> None:
    channels, ann = stage.channels(), stage.discord.person("Ann Bell")
    for says in ("Come in.", "Come in.", "Please come in."):
        stage.doorway = View((Paragraph(plain(says)), Buttons((Button("Let's start", "start~1"),))))
        await stage.start(channels=channels)
        await stage.stop()
    assert [one.content for one in ann.sees(stage.discord.network.channels[channels["start"]])] == ["Please come in."]


async def test_commands_are_told_when_they_change_and_not_else(stage: Stage) -> None:
    """In all their languages: Discord gives those back only when asked."""
    rest = Command(Tree.MEMBER, "pause", "Rest.", "how long", wordings={"fr": Wording("repos", "Se reposer.", "quand")})
    told = []
    for commands in (rest, rest, replace(rest, completes=True), replace(rest, completes=True, wordings={}), rest):
        stage.commands = [commands]
        await stage.start()
        await stage.stop()
        told.append(
            len([one for one in stage.discord.api.calls if (one.method, one.path[-9:]) == ("PUT", "/commands")])
        )
    assert told == [1, 1, 2, 3, 4]

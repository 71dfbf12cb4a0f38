"""While a command is typed on Discord, the bot says how it may go on; where it cannot, nothing."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from adapters.discord import platform
from adapters.discord.commands import draw_offers
from bot.chat.command import Tree
from bot.chat.inbound import Completes, Inbound
from bot.chat.limits import LABEL, VALUE_BYTES
from bot.chat.outbound import Reply
from bot.chat.view import Option
from tests.adapters.discord.stage import Stage, staged
from tests.adapters.scripted import words
from tests.discord.faults import Wrong
from tests.discord.forms import checked
from tests.discord.interactions import CHOICES, IN_TIME, Done, Interaction
from tests.discord.person import Person

WEEK, OPEN = Option("This week", "This week"), Option("open", "Until I say")


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    async with staged() as one:
        yield one


async def here(stage: Stage) -> Person:
    """Somebody in front of a bot that listens."""
    ann = stage.discord.person("Ann Bell")
    stage.channel("lounge")
    await stage.start()
    return ann


async def types(ann: Person, typed: str = "th") -> list[dict[str, object]]:
    return await ann.completes("headsup", "pause", focused="words", words=typed)


def last(stage: Stage) -> Interaction:
    return stage.discord.interactions.all[-1]


async def test_what_may_be_meant_is_shown_as_it_is_read(stage: Stage) -> None:
    ann = await here(stage)
    stage.script.answers["… headsup pause th"] = Reply(offers=(WEEK, OPEN))
    assert await types(ann) == [
        {"name": "This week", "value": "This week"},
        {"name": "Until I say", "value": "open"},
    ]
    assert [(one.what, one.account) for one in stage.script.heard] == [
        (Completes(Tree.MEMBER, "pause th"), stage.account(ann))
    ]
    assert ann.reads(ann.place()) == ann.troubles == []


async def test_it_is_asked_before_anything_is_typed_and_in_direct_messages(stage: Stage) -> None:
    ann = await here(stage)
    stage.script.answers["… headsup pause"] = Reply(offers=(WEEK,))
    where = stage.discord.network.dm(ann.id)
    assert len(await ann.completes("headsup", "pause", focused="words", where=where, words="")) == 1


def fails(inbound: Inbound) -> Reply:
    raise RuntimeError("the door is shut")


@pytest.mark.parametrize("answer", [Reply(), fails, Reply(view=words("You haven't joined yet."))])
async def test_where_nothing_can_be_told_the_list_is_empty(stage: Stage, answer: object) -> None:
    ann = await here(stage)
    stage.script.answers["… headsup pause th"] = answer  # type: ignore[assignment]
    assert await types(ann) == []
    assert last(stage).acked
    assert ann.reads(ann.place()) == ann.troubles == []


async def test_what_takes_long_is_not_waited_for(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    """Discord waits three seconds, and there is no way to ask for more."""
    assert platform.HOLD < IN_TIME
    monkeypatch.setattr(platform, "HOLD", 0.0)
    ann = await here(stage)
    stage.script.gate = asyncio.Event()
    assert await types(ann) == []
    assert last(stage).acked
    stage.script.gate.set()
    await stage.settled()


async def test_a_list_that_cannot_be_shown_ends_nothing(stage: Stage) -> None:
    ann = await here(stage)
    stage.script.answers["… headsup pause th"] = Reply(offers=(WEEK,))
    stage.discord.faults.plant("POST /interactions/*", Wrong.STATUS, times=1, status=400)
    trying = asyncio.create_task(types(ann))
    await stage.discord.until(lambda: bool(stage.script.heard))
    await stage.settled()
    trying.cancel()
    assert not last(stage).acked
    assert len(await types(ann)) == 1


def test_the_longest_list_is_one_that_discord_takes() -> None:
    longest = [Option("é" * (VALUE_BYTES // 2), "x" * LABEL)] * 40
    assert len(checked(draw_offers(longest), CHOICES)["choices"]) == 25


async def test_what_is_typed_in_a_command_of_others_is_nobodys(stage: Stage) -> None:
    ann = await here(stage)
    data = {
        "id": "1",
        "name": "theirs",
        "type": 1,
        "options": [{"name": "x", "type": 3, "value": "y", "focused": True}],
    }
    one = await ann.sends(Done.AUTOCOMPLETE, ann.place(), data, wait=False)
    await stage.settled()
    assert stage.script.heard == []
    assert not one.acked

"""The same delivery twice: at once, later, after a restart. Nothing changes, and it is answered anew."""

import asyncio
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest

from bot.chat.command import Tree
from bot.chat.inbound import Inbound, Submitted, Used
from bot.chat.outbound import NOTHING, Reply
from bot.checkins.actions import AnswerCheckin
from tests.world.world import Head, World, members, opened, organiser, stranger

WRONG_CODE = Submitted("onboarding.claim~1", {"code": ("7K3MQ-9TDXA",)})
"""Each of these counts: an account has five tries an hour."""
MONDAY = datetime(2026, 11, 16, 12, tzinfo=UTC)
THURSDAY = datetime(2026, 11, 19, 17, tzinfo=UTC)


def delivery(world: World, head: Head, what: Submitted | Used = WRONG_CODE) -> Inbound:
    return Inbound(world.space.new_id(), world.at, what, head.account, head.name)


async def tries(world: World, inbound: Inbound, times: int) -> int:
    """How many tries are counted after so many deliveries at once."""
    late = [msgspec.structs.replace(inbound, at=inbound.at + timedelta(seconds=n)) for n in range(times)]
    replies = await asyncio.gather(*map(world.parts.bot.receive, late))
    assert len({str(reply) for reply in replies}) == 1, "each delivery is answered, and alike"
    found: int = world.rows("SELECT count(*) FROM code_tries")[0][0]
    return found


async def test_many_deliveries_at_once_count_as_one(world: World) -> None:
    tom = await stranger(world, "Tom Ashdown")
    assert await tries(world, delivery(world, tom), 8) == 1
    world.clock.advance(timedelta(minutes=1))
    assert await tries(world, delivery(world, tom), 8) == 2, "another delivery of the same words counts"


async def test_without_marks_the_same_attack_is_seen(world: World) -> None:
    world.parts.bot._mark = lambda key: os.urandom(16)
    tom = await stranger(world, "Tom Ashdown")
    assert await tries(world, delivery(world, tom), 8) == 5, "the tries an hour; the others are refused uncounted"


async def test_a_delivery_is_known_after_a_restart(tmp_path: Path) -> None:
    async with opened(tmp_path) as world:
        tom = await stranger(world, "Tom Ashdown")
        inbound = delivery(world, tom)
        first = await world.hand_in(inbound)
        space = world.space
    async with opened(tmp_path, space=space) as world:
        before = world.state()
        assert await world.hand_in(inbound) == first
        assert world.state() == before


@pytest.mark.parametrize("words", ["intro hold", "intro preview", "intro send", "intro status", "members waiting"])
async def test_an_organisers_word_counts_once(world: World, words: str) -> None:
    await members(world, "Tom Ashdown", "Gwen Pugh")
    await world.go_to(datetime(2026, 11, 13, 10, tzinfo=UTC))
    anna = await organiser(world)
    inbound = delivery(world, anna, Used(Tree.ORGANISER, words))
    first = await world.hand_in(inbound)
    before, said = world.state(), world.channel("organisers")
    second = await world.hand_in(inbound)
    assert (world.state(), world.channel("organisers")) == (before, said)
    assert (second == NOTHING) is (first == NOTHING)


async def test_a_whole_story_told_twice_is_one_story(world: World) -> None:
    """Every delivery of a week comes again at its end."""
    tom, gwen = await members(world, "Tom Ashdown", "Gwen Pugh")
    await world.go_to(MONDAY)
    await tom.use("partner")
    await world.go_to(THURSDAY)
    tom.read("find time to talk")
    await tom.press("We talked")
    await gwen.use("pause")
    await gwen.press("This week")
    assert any(AnswerCheckin.wire in str(inbound.what) for inbound in world.heard)
    assert await retold(world) == [], "a delivery that came again changed something"


async def retold(world: World) -> list[str]:
    """Deliver everything again, slowly; says which delivery changed anything."""
    guilty = []
    for inbound in list(world.heard):
        await world.go_to(world.at + timedelta(seconds=2))
        before = world.state()
        reply = await world.parts.bot.receive(inbound)
        assert isinstance(reply, Reply)
        if world.state() != before:
            guilty.append(str(inbound.what))
    return guilty


async def test_a_story_told_twice_without_marks_is_noticed(world: World) -> None:
    world.parts.bot._mark = lambda key: os.urandom(16)
    tom, gwen = await members(world, "Tom Ashdown", "Gwen Pugh")
    await tom.use("pause")
    await tom.press("This week")
    await tom.use("back")
    assert await retold(world), "a bot that knows no marks lives some of it again"
    assert gwen.name

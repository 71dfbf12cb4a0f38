"""Twenty presses at once, then one a second, a person; nobody else is held up, and help always answers."""

from datetime import timedelta

from bot.chat.command import Tree
from bot.chat.inbound import Inbound, Typed, Used
from bot.chat.view import words_of_view
from bot.core.flood import Flood
from tests.world.world import Head, World, members

SECOND = timedelta(seconds=1)
TOO_FAST = "That was a lot at once"


async def passed(world: World, head: Head, presses: int) -> int:
    """How many of so many presses were answered."""
    replies = [await world.parts.bot.receive(inbound(world, head)) for _ in range(presses)]
    return sum(TOO_FAST not in words_of_view(reply.view) for reply in replies if reply.view)


def inbound(world: World, head: Head) -> Inbound:
    return Inbound(world.space.new_id(), world.at, Used(Tree.MEMBER, "profile"), head.account, head.name)


async def test_twenty_then_one_a_second_and_others_go_on(world: World) -> None:
    tom, gwen = await members(world, "Tom Ashdown", "Gwen Pugh")
    await world.go_to(world.at + timedelta(minutes=1))
    assert await passed(world, tom, 60) == 20
    assert await passed(world, gwen, 5) == 5, "somebody else's flood is not hers"
    for _ in range(5):
        await world.go_to(world.at + SECOND)
        assert await passed(world, tom, 3) == 1
    await world.go_to(world.at + timedelta(minutes=1))
    assert await passed(world, tom, 25) == 20


async def test_a_flood_does_not_reach_the_database(world: World) -> None:
    (tom,) = await members(world, "Tom Ashdown")
    await world.go_to(world.at + timedelta(minutes=1))
    await passed(world, tom, 20)
    marks = world.rows("SELECT count(*) FROM inbox")
    await passed(world, tom, 200)
    assert world.rows("SELECT count(*) FROM inbox") == marks


async def test_help_is_never_too_fast(world: World) -> None:
    (tom,) = await members(world, "Tom Ashdown")
    await passed(world, tom, 60)
    for what in (Used(Tree.HELP_NOW), Used(Tree.MEMBER, "help now"), Typed()):
        reply = await world.receive(what, tom.account)
        assert reply.view is not None
        assert "Samaritans" in words_of_view(reply.view)


async def test_without_a_limit_the_same_flood_comes_through(world: World) -> None:
    (tom,) = await members(world, "Tom Ashdown")
    world.parts.bot._flood = Flood(presses=1_000_000)
    assert await passed(world, tom, 60) == 60


async def test_a_clock_set_back_lets_nobody_flood(world: World) -> None:
    (tom,) = await members(world, "Tom Ashdown")
    await world.go_to(world.at + timedelta(minutes=1))
    assert await passed(world, tom, 30) == 20
    world.clock.set(world.at - timedelta(hours=1))
    assert await passed(world, tom, 30) == 0
    await world.go_to(world.at + timedelta(seconds=30))
    assert await passed(world, tom, 30) == 20, "nor does it keep anybody out for an hour"

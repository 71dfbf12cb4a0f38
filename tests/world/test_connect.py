"""One person, two platforms: real files, and letters that arrive at the account they are meant for."""

from datetime import timedelta

from tests.world.far import There
from tests.world.world import DAY, Head, World, members, organiser

MINUTE = timedelta(minutes=1)


async def code_of(head: Head) -> str:
    await head.use("connect")
    return head.says.partition("/headsup connect ")[2].partition("”")[0]


async def become(ann: Head, there: Head) -> None:
    await there.use(f"connect {await code_of(ann)}")
    await there.press(f"Yes, I’m {ann.name}")
    ann.read("has entered your code")
    await ann.press("Yes, that’s me too")


async def test_one_identity_one_pause_and_letters_at_both(world: World) -> None:
    await organiser(world)
    (gwen,) = await members(world, "Gwen Pugh")
    far = There(world)
    there = far.head("gpugh")
    await become(gwen, there)
    assert await world.look(there.account) == await world.look(gwen.account)
    assert "you’re Gwen Pugh now" in far.letters(there)[-1]
    assert "as well" in world.letters(gwen.account)[-1]
    await there.use("pause this week")
    assert (await world.look(gwen.account)) == (await world.look(there.account))


async def test_phished_on_two_platforms(world: World) -> None:
    """THREATS, 6: neither a code that was begged for, nor one that was foisted on somebody, opens anything."""
    await organiser(world)
    gwen, tom = await members(world, "Gwen Pugh", "Tom Ashdown")
    far = There(world)
    mallory = far.head("Mal Ory")
    await mallory.use(f"connect {await code_of(gwen)}")
    await mallory.press("Yes, I’m Gwen Pugh")
    gwen.read("has entered your code")
    assert "Mal Ory" in gwen.says
    await gwen.press("No, that isn’t me")
    await tom.use(f"connect {await code_of(gwen)}")
    assert "member of your own" in tom.says
    assert await world.look(mallory.account) is None
    assert (await world.look(tom.account)) != (await world.look(gwen.account))


async def test_whoever_was_fooled_all_the_same_has_a_day(world: World) -> None:
    await organiser(world)
    (gwen,) = await members(world, "Gwen Pugh")
    mallory = There(world).head("Mal Ory")
    await become(gwen, mallory)
    for words in ("data", "connect"):
        await mallory.use(words)
        assert "less than a day ago" in mallory.says
    await world.go_to(world.at + DAY - MINUTE)
    await mallory.use("data")
    assert "less than a day ago" in mallory.says
    await gwen.use("connect")
    await gwen.press("Part with Far")
    assert await world.look(mallory.account) is None
    assert await world.look(gwen.account) is not None


async def test_nothing_of_it_is_left_in_the_morning(world: World) -> None:
    await organiser(world)
    (gwen,) = await members(world, "Gwen Pugh")
    await become(gwen, There(world).head("gpugh"))
    assert world.rows("SELECT count(*) FROM connections") == [(1,)]
    await world.go_to(world.at + DAY)
    assert world.rows("SELECT count(*) FROM connections") == [(0,)]

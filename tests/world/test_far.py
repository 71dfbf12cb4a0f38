"""Two who are introduced and are not on one platform: each hears alone, and how they can reach each other."""

from collections.abc import Iterator

import pytest

from adapters.memory.platform import Fine
from tests.acting import buttons
from tests.world.ear import Ear, StrictEar, at_the_root
from tests.world.far import FarHead, There
from tests.world.test_forged import MONDAY
from tests.world.world import Head, World, members, organiser

PHONE, POST = "01632 960011, after five", "tom@example.org <https://example.org>"


@pytest.fixture
def ear() -> Iterator[Ear]:
    with at_the_root(made := StrictEar()):
        yield made


async def introduced(world: World, **reach: str) -> tuple[Head, FarHead]:
    """Priya here and Tom there, introduced on Monday; `reach` is what each has said of how to reach them."""
    await organiser(world)
    (priya,) = await members(world, "Priya Shah")
    tom = await There(world, Fine()).member("Tom Ashdown")
    for name, head in (("priya", priya), ("tom", tom)):
        if name in reach:
            await say(head, reach[name])
    await world.go_to(MONDAY)
    return priya, tom


async def say(head: Head, reach: str) -> None:
    await head.use("profile")
    await head.choose("How I like to be reached")
    await head.fill(reach=reach)


async def test_each_hears_alone_that_the_other_is_elsewhere_and_gets_a_way(world: World) -> None:
    priya, tom = await introduced(world)
    for one, other in ((priya, "Tom"), (tom, "Priya")):
        one.read("aren’t in the same place")
        assert "Priya Shah, meet Tom Ashdown" in one.says or "Tom Ashdown, meet Priya Shah" in one.says
        assert "I can’t read what you write here" not in one.says
        assert [each.label for each in buttons(one.view)] == [f"Write to {other}", "Say how I like to be reached"]
    assert world.circles() == []
    assert world.rows("SELECT count(*) FROM letters WHERE key LIKE 'intro:%' AND state = 'sent'") == [(2,)]


async def test_how_to_reach_them_is_told_only_if_both_have_said(world: World) -> None:
    priya, tom = await introduced(world, tom=POST)
    priya.read("aren’t in the same place")
    assert POST not in priya.says, "who says nothing is told nothing, however much the other allows"
    await priya.use("partner")
    assert POST not in priya.says
    await say(priya, PHONE)
    for one, theirs in ((priya, POST), (tom, PHONE)):
        await one.use("partner")
        assert theirs in one.says
        assert "in the conversation I opened" not in one.says
    await say(tom, "")
    for one, theirs in ((priya, POST), (tom, PHONE)):
        await one.use("partner")
        assert theirs not in one.says, "taken back by one, it is shown to neither"


async def test_both_read_it_in_the_introduction(world: World) -> None:
    priya, tom = await introduced(world, priya=PHONE, tom=POST)
    for one, theirs in ((priya, POST), (tom, PHONE)):
        one.read("aren’t in the same place")
        assert theirs in one.says
        assert "Say how I like" not in one.says


async def test_whoever_shares_a_place_is_told_nothing_of_it(world: World) -> None:
    await organiser(world)
    priya, gwen = await members(world, "Priya Shah", "Gwen Pugh")
    await say(priya, PHONE)
    await say(gwen, POST)
    await world.go_to(MONDAY)
    for one, theirs in ((priya, POST), (gwen, PHONE)):
        await one.use("partner")
        assert theirs not in one.says
        assert not any(theirs in words for words in world.letters(one.account))
        assert not any(each.label.startswith("Write to") for each in buttons(one.view))


async def test_what_they_see_of_it_themselves(world: World) -> None:
    await organiser(world)
    (priya,) = await members(world, "Priya Shah")
    await say(priya, f"  {PHONE}\n")
    assert f"How to reach you: {PHONE}" in priya.says
    assert "only if they’ve told me the same" in priya.says
    await say(priya, "x" * 400)
    assert f"How to reach you: {'x' * 150}\n" in f"{priya.says}\n"
    await say(priya, "")
    assert "How to reach you" not in priya.says


async def test_it_sings_in_no_log_and_goes_with_whoever_is_forgotten(world: World, ear: Ear) -> None:
    priya, _ = await introduced(world, priya=PHONE, tom=POST)
    assert any(PHONE in line for line in world.state())
    await priya.use("leave")
    await priya.press("Forget me")
    assert not any(PHONE in line for line in world.state())
    assert [line for line in ear.heard if PHONE in line or POST in line] == []

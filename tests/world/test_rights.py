"""Everything an organiser can do, tried by everybody else; and everything a member can, by who is none."""

import asyncio
import re
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot import front
from bot.chat.address import Account
from bot.chat.command import Tree
from bot.chat.ids import show
from bot.chat.inbound import Opened, Pressed, Submitted, Used, What
from bot.chat.view import words_of_view
from bot.core.feature import Right
from bot.core.flood import Flood
from tests.world.world import Head, World, head_of, members, opened, organiser, stranger, waiting

MONDAY = datetime(2026, 11, 16, 12, tzinfo=UTC)
NOT_YOURS, NOT_STARTED = front.refused(Right.ORGANISER), front.refused(Right.MEMBER)
OTHERS = (
    "nobody", "joining", "waiting", "member", "paused", "suspended", "stopped", "erased", "stranger", "admin",
)  # fmt: skip
NO_MEMBERS = ("nobody", "joining", "erased", "stranger", "admin")


@asynccontextmanager
async def peopled(folder: Path) -> AsyncIterator[tuple[World, dict[str, Head]]]:
    """One of each kind. The stranger is called anna in another workspace; the admin only the platform calls so."""
    async with opened(folder) as world:
        anna = await organiser(world)
        names = ("Mia Member", "Pau Paused", "Sue Suspended", "Stan Stopped", "Era Erased")
        kinds = ("member", "paused", "suspended", "stopped", "erased")
        heads = dict(zip(kinds, await members(world, *names), strict=True))
        heads["nobody"], heads["joining"] = await stranger(world, "Nobody Here"), await stranger(world, "Jo Joining")
        heads["waiting"] = await waiting(world, "Wendy Waiting")
        await heads["joining"].say_who()
        await leave_as_they_are_called(heads, anna)
        admin = world.space.join("Ada Admin", organiser=True, user="ada")
        heads |= {"admin": head_of(world, admin, "Ada Admin"), "organiser": anna}
        heads["stranger"] = head_of(world, Account("local", "elsewhere", "anna"), "Anna Ford")
        world.parts.bot._flood = Flood(presses=10**9)
        yield world, heads


async def leave_as_they_are_called(heads: dict[str, Head], anna: Head) -> None:
    await heads["paused"].use("pause")
    await heads["paused"].press("Until I say")
    await heads["stopped"].use("leave")
    await heads["stopped"].press("Stop, and keep my profile")
    await heads["erased"].use("leave")
    await heads["erased"].press("Forget me")
    await anna.use("members suspend sue", Tree.ORGANISER)
    await anna.choose("Sue Suspended")
    await anna.press("Suspend Sue Suspended")


@pytest.fixture(scope="module")
def runner() -> Iterator[asyncio.Runner]:
    with asyncio.Runner() as made:
        yield made


@pytest.fixture(scope="module")
def here(runner: asyncio.Runner, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[World, dict[str, Head]]]:
    context = peopled(tmp_path_factory.mktemp("rights"))
    yield runner.run(context.__aenter__())
    runner.run(context.__aexit__(None, None, None))


def needing(world: World, right: Right) -> list[What]:
    """Every command and every action that needs this right, the actions with somebody's id in them; but not what is
    answered without a trace, and so without a look at who asks."""
    directory, found = world.parts.bot.directory, list[What]()
    someone = world.rows("SELECT id FROM members LIMIT 1")[0][0]
    for feature in directory.features:
        traceless = {(one.tree, one.word) for one in feature.traceless}
        words = [one for one in feature.commands if (one.tree, one.word) not in traceless]
        found += [Used(one.tree, one.word) for one in words if one.needs is right]
        for on in feature.actions:
            if on.needs is right:
                fields = [show(someone) for _ in on.action.__struct_fields__]
                packed = "~".join([on.action.wire, str(on.action.version), *fields])
                found += [Pressed(packed, (show(someone),)), Submitted(packed, {"q": ("a",)})]
    return found


@pytest.mark.parametrize("kind", OTHERS)
def test_what_organisers_do_is_refused_to_all_others(
    runner: asyncio.Runner, here: tuple[World, dict[str, Head]], kind: str
) -> None:
    world, heads = here
    before, asked = (
        world.state(),
        [*needing(world, Right.ORGANISER), Used(Tree.ORGANISER), Used(Tree.ORGANISER, "menu")],
    )
    assert len(asked) > 15
    for what in asked:
        reply = runner.run(world.receive(what, heads[kind].account, heads[kind].name))
        assert reply in (NOT_YOURS, front.old_button()), what
    assert world.state() == before


@pytest.mark.parametrize("kind", OTHERS)
def test_on_the_home_page_only_organisers_see_what_needs_one(
    runner: asyncio.Runner, here: tuple[World, dict[str, Head]], kind: str
) -> None:
    world, heads = here
    before = world.state()
    theirs, annas = (shown(runner, world, heads[one]) for one in (kind, "organiser"))
    assert "As an organiser, please look: somebody waits for a vouch" in annas
    assert "organiser, " not in theirs
    others = {head.first for head in heads.values()} - {heads[kind].first, "Nobody"}
    assert others.isdisjoint(re.findall(r"\w+", theirs)), "nobody is introduced to anybody yet"
    for page in (theirs, annas):
        assert "Samaritans" in page
        assert "Sorry" not in page
    assert world.state() == before


def shown(runner: asyncio.Runner, world: World, head: Head) -> str:
    """Their home page, whole."""
    reply = runner.run(world.receive(Opened(), head.account, head.name))
    assert reply.view is not None
    return words_of_view(reply.view)


@pytest.mark.parametrize("kind", NO_MEMBERS)
def test_what_members_do_is_refused_to_who_is_none(
    runner: asyncio.Runner, here: tuple[World, dict[str, Head]], kind: str
) -> None:
    world, heads = here
    before, asked = world.state(), needing(world, Right.MEMBER)
    assert len(asked) > 20
    for what in asked:
        reply = runner.run(world.receive(what, heads[kind].account, heads[kind].name))
        assert reply in (NOT_STARTED, front.old_button()), what
    assert world.state() == before


@pytest.mark.parametrize("kind", [*OTHERS, "organiser"])
def test_every_word_has_an_answer_for_everybody(
    runner: asyncio.Runner, here: tuple[World, dict[str, Head]], kind: str, caplog: pytest.LogCaptureFixture
) -> None:
    world, heads = here
    for command in world.parts.commands:
        if command.word not in ("intro send", "back", "resume"):
            reply = runner.run(world.receive(Used(command.tree, command.word), heads[kind].account, heads[kind].name))
            assert reply.view or reply.ask, command
            assert "Sorry" not in str(reply.view), command
    assert caplog.messages == []


def test_the_organiser_is_not_refused(runner: asyncio.Runner, here: tuple[World, dict[str, Head]]) -> None:
    """So the refusals above are about who asks, not about what is asked."""
    world, heads = here
    words = [what for what in needing(world, Right.ORGANISER) if isinstance(what, Used) and what.words != "intro send"]
    replies = [runner.run(world.receive(what, heads["organiser"].account)) for what in words]
    assert words
    assert NOT_YOURS not in replies


def test_a_press_from_no_account_is_refused(runner: asyncio.Runner, here: tuple[World, dict[str, Head]]) -> None:
    """An adapter that forgot to authenticate gives nobody a right."""
    world, _ = here
    before = world.state()
    for right in (Right.ORGANISER, Right.MEMBER):
        replies = [runner.run(world.receive(what, None)) for what in needing(world, right)]
        assert all(reply in (NOT_YOURS, NOT_STARTED, front.old_button()) for reply in replies)
    assert world.state() == before


async def test_a_suspended_member_cannot_let_themselves_in(tmp_path: Path) -> None:
    """Not by coming back, stopping and coming back, leaving the workspace, or beginning anew."""
    async with peopled(tmp_path) as (world, heads):
        sue = heads["suspended"]
        for words in ("back", "start", "pause", "profile"):
            await sue.use(words)
        for packed in ("members.stop~1", "onboarding.consents~1", "members.consent~1~introductions~1"):
            await world.receive(Submitted(packed, {"consents": ("introductions", "messages")}), sue.account)
        await sue.use("back")
        await sue.go()
        await sue.come()
        await sue.use("back")
        member = await world.look(sue.account)
        assert member is not None
        assert member.stage == "suspended"
        await members(world, "Gwen Pugh")
        await world.go_to(MONDAY)
        assert [set(people) for people in world.circles()] == [{"gwen", "mia"}]

"""In and out by the door, on real parts: one nudge, a greeting, and thirty days to come back in."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from adapters.space.model import Message
from bot.chat.command import Tree
from bot.chat.inbound import Left
from bot.chat.view import Quote, View
from bot.members.model import Member
from bot.members.store import MEMBERS
from tests.world.canaries import CANARY, singing
from tests.world.world import DAY, START, Head, World, members, opened, organiser, stranger, waiting, words

HOUR = timedelta(hours=1)
NUDGE = "You’d begun to set things up here"
AGAIN = "Good to see you again"


def nudges(world: World, head: Head) -> list[Message]:
    return [one for one in world.said(head.account) if NUDGE in words(one)]


async def begun(world: World, name: str = "Priya Shah") -> Head:
    priya = await stranger(world, name)
    await priya.come()
    await priya.press("Let’s start")
    return priya


async def introducible(world: World) -> list[str]:
    there = await world.parts.storage.read(world.at, lambda work: work.use(MEMBERS).introducible(world.at.date()))
    return [one.name for one in there]


async def test_one_nudge_at_a_quarter_past_four_the_next_day(world: World) -> None:
    priya = await begun(world)
    await world.go_to(START + 24 * HOUR + timedelta(minutes=14))
    assert nudges(world, priya) == []
    await world.go_to(START + 24 * HOUR + timedelta(minutes=16))
    (nudge,) = nudges(world, priya)
    assert nudge.at == START + 24 * HOUR + timedelta(minutes=15)
    priya.view = nudge.view
    await priya.press("Let’s go on")
    await world.go_to(START + 21 * DAY)
    assert len(nudges(world, priya)) == 1


async def test_on_friday_it_waits_for_monday(tmp_path: Path) -> None:
    async with opened(tmp_path, START + 2 * DAY) as world:
        priya = await begun(world)
        await world.go_to(START + 9 * DAY)
        (nudge,) = nudges(world, priya)
        assert nudge.at == datetime(2026, 11, 16, 7, tzinfo=UTC)


async def test_at_the_end_of_term_it_is_not_sent_weeks_later(tmp_path: Path) -> None:
    """The Christmas holidays are quiet; in January nobody would know what it is about."""
    async with opened(tmp_path, datetime(2026, 12, 18, 18, tzinfo=UTC)) as world:
        priya = await begun(world)
        await world.go_to(datetime(2027, 1, 20, 12, tzinfo=UTC))
        assert nudges(world, priya) == []


@pytest.mark.parametrize("way", ["finishes", "later", "leaves", "erases", "erases after saying who"])
async def test_none_for_who_needs_none(world: World, way: str) -> None:
    priya = await begun(world)
    match way:
        case "finishes":
            await priya.say_who()
            await priya.agree()
        case "later":
            priya.read("Hello Priya")
            await priya.press("Later")
            await priya.use("start")
        case "leaves":
            await priya.go()
        case _:
            if way != "erases":
                await priya.fill(role="Headteacher")
            await priya.use("leave")
            await priya.press("Forget me")
            assert world.rows("SELECT key FROM letters WHERE key LIKE '%priya%'") == []
    await world.go_to(START + 21 * DAY)
    assert nudges(world, priya) == []


async def test_a_greeting_is_read_as_its_writers_words(world: World) -> None:
    anna = await organiser(world)
    priya = await waiting(world, "Priya Shah")
    (request,) = [one for one in world.space.history("channel-organisers") if "Priya Shah" in words(one)]
    anna.view = request.view
    await anna.press("Vouch and say hello")
    await anna.fill(greeting="Welcome @everyone.\nHeadsUp: *you* are in")
    (letter,) = [one for one in world.said(priya.account) if "Good news, Priya" in words(one)]
    assert isinstance(letter.view, View)
    assert Quote("Welcome @everyone.\nHeadsUp: *you* are in") in letter.view.blocks
    assert "Anna Ford writes:\n> Welcome @everyone.\n> HeadsUp: *you* are in" in words(letter)
    await anna.use("members waiting", Tree.ORGANISER)
    assert anna.says.endswith("Nobody is waiting for a vouch.")


async def test_who_leaves_the_workspace_is_left_alone(world: World) -> None:
    """A partner hears, nothing more is sent, and nobody is introduced to them."""
    tom, gwen = await members(world, "Tom Ashdown", "Gwen Pugh")
    await world.go_to(START + 5 * DAY)
    assert world.circles() == [("gwen", "tom")]
    await tom.go()
    await world.go_to(world.at + 4 * HOUR)
    said = world.letters(gwen.account)
    assert any("continue" in words or "carry on" in words for words in said), said[-1]
    before = len(world.letters(tom.account))
    assert await introducible(world) == ["Gwen Pugh"]
    await world.go_to(world.at + 14 * DAY)
    assert len(world.letters(tom.account)) == before
    assert world.circles() == [("gwen", "tom")]
    dead = world.rows("SELECT key FROM letters WHERE state = 'dead'")
    assert dead == [], "something was still written to them"


async def test_on_day_29_everything_is_as_it_was(world: World) -> None:
    tom, _gwen = await members(world, "Tom Ashdown", "Gwen Pugh")
    before = await world.look(tom.account)
    await tom.go()
    await world.go_to(world.at + 29 * DAY)
    assert await introducible(world) == ["Gwen Pugh"]
    await tom.come()
    tom.read(AGAIN)
    assert tom.says.startswith(f"{AGAIN}, Tom. Everything is as you left it.")
    assert await world.look(tom.account) == before
    await world.go_to(datetime(2027, 1, 11, 12, tzinfo=UTC))
    assert ("gwen", "tom") in world.circles(), "introduced again"
    assert await world.look(tom.account) == before, "and kept after the thirtieth day"
    assert len([one for one in world.letters(tom.account) if AGAIN in one]) == 1


async def test_on_day_31_what_is_left_is_a_hash(world: World) -> None:
    tom, _gwen = await members(world, f"Tom {CANARY}", "Gwen Pugh")
    member = await world.look(tom.account)
    assert singing(world.file.parent, CANARY), "what is looked for must have been there"
    await tom.go()
    await world.go_to(world.at + 31 * DAY)
    assert await world.look(tom.account) is None
    assert singing(world.file.parent, CANARY) == []
    assert traces(world, member) == []
    assert len(world.rows("SELECT account FROM former_accounts")) == 1
    before = len(world.letters(tom.account))
    await tom.come()
    assert len(world.letters(tom.account)) == before, "greeted as new"


async def test_erasing_leaves_no_letter_to_the_account(world: World) -> None:
    """Not the welcome, nor the nudge, whose keys hold the account; not those to organisers either."""
    await organiser(world)
    priya = await waiting(world, f"Priya {CANARY}")
    member = await world.look(priya.account)
    keys = {row[0].partition(":")[0] for row in world.rows("SELECT key FROM letters")}
    assert keys >= {"welcome", "nudge", "waits"}
    await priya.use("leave")
    await priya.press("Forget me")
    assert traces(world, member) == []
    assert world.rows("SELECT key FROM letters") == []


async def test_a_late_word_of_leaving_is_mended_by_the_next_press(world: World) -> None:
    """The platform tells of a leave after the coming back: whoever presses is here all the same."""
    tom, _gwen = await members(world, "Tom Ashdown", "Gwen Pugh")
    before = await world.look(tom.account)
    await world.receive(Left(), tom.account, tom.name)
    await tom.use("profile")
    assert await world.look(tom.account) == before
    await world.go_to(START + 20 * DAY)
    await tom.use("profile")
    await world.go_to(START + 40 * DAY)
    assert await world.look(tom.account) == before


def traces(world: World, member: Member | None) -> list[str]:
    """Rows in which somebody's id, account or name stands."""
    assert member is not None
    account = f"local:space:{member.name.split()[0].casefold()}"
    return [row for row in world.state() if any(mark in row for mark in (str(member.id), account, CANARY))]

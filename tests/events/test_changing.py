"""Changing and cancelling what is planned, the post in the channel, lists, and who came."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.chat.command import Tree
from bot.chat.form import Form, ManyOf
from bot.chat.ids import Id
from bot.chat.inbound import Pressed
from bot.events.actions import AskCame, WhoComes
from bot.events.model import Answer, Came, Place, Status
from bot.events.posting import BANDS, band
from bot.events.store import EVENTS
from tests.acting import buttons
from tests.events.organising import (
    FULL,
    WHEN,
    answer,
    drafts,
    events,
    labels,
    options,
    planned,
    planner,
    posts,
    press,
    repeated,
    write,
)
from tests.world.world import DAY, NAMES, Head, World, members

MINUTE = timedelta(minutes=1)


async def ids(world: World, *heads: Head) -> list[Id]:
    found = [await world.look(one.account) for one in heads]
    return [one.id for one in found if one]


async def test_a_change_is_shown_before_it_is_made_and_made_once(world: World) -> None:
    anna = await planned(world)
    await anna.use("event edit wednesday", Tree.ORGANISER)
    assert anna.says.startswith(f"{FULL}. Is that right?")
    await anna.press("What, when and where")
    await anna.fill(when="Thu 3 Dec at 18:30", title="Thursday evening")
    assert anna.says.startswith("Thursday 3 December 2026, 18:30 (UK time). Is that right?")
    [event] = await events(world)
    assert event.starts_at == WHEN
    press = next(one for one in buttons(anna.view) if one.label == "Yes, change it")
    replies = [await world.receive(Pressed(press.action), anna.account, anna.name) for _ in range(2)]
    assert replies[0] == replies[1]
    [event] = await events(world)
    assert (event.title, event.starts_at.day, event.sequence) == ("Thursday evening", 3, 1)
    [post] = posts(world)
    assert "[Yes to Thursday evening]" in post, "the post is drawn anew in its place"
    assert await drafts(world) == []


async def test_a_change_that_others_made_meanwhile_is_not_overwritten(world: World) -> None:
    anna = await planned(world)
    await anna.use("event edit wednesday", Tree.ORGANISER)
    await anna.press("Who and how many")
    await anna.fill(capacity="20")
    old = anna.view
    [draft] = await drafts(world)
    await anna.use("event edit wednesday", Tree.ORGANISER)
    assert [one.id for one in await drafts(world)] == [draft.id], "what was begun is gone on with"
    await anna.press("Yes, change it")
    anna.view = old
    await anna.press("Yes, change it")
    [event] = await events(world)
    assert (event.capacity, event.sequence) == (20, 1)


async def test_what_was_begun_before_another_change_is_not_made(world: World) -> None:
    anna = await repeated(world, days=[])
    await anna.use("event edit", Tree.ORGANISER)
    await anna.choose("Wednesday evening, Wednesday 9 December 2026, 19:00")
    await anna.press("What, when and where")
    await anna.fill(title="Old news")
    old = anna.view
    await anna.use("event edit", Tree.ORGANISER)
    await anna.choose("Wednesday evening, Wednesday 2 December 2026, 19:00")
    await anna.press("What, when and where")
    await anna.fill(title="New news")
    await anna.press("Yes, and all that follow")
    anna.view = old
    await anna.press("Yes, this one only")
    assert "Somebody else has changed it meanwhile" in anna.says
    await anna.press("Change it")
    assert "Old news" not in anna.says
    assert {one.title for one in await events(world)} == {"New news"}


async def test_a_cancellation_asks_first_and_cannot_be_done_twice(world: World) -> None:
    anna = await planned(world)
    await anna.use("event cancel", Tree.ORGANISER)
    await anna.choose(f"Wednesday evening, {FULL.partition(' (')[0]}")
    assert labels(anna.view) == ["Yes, cancel it", "No, leave it"]
    [event] = await events(world)
    assert event.status is Status.PLANNED
    ask = anna.view
    for _ in range(2):
        anna.view = ask
        await anna.press("Yes, cancel it")
        assert "is cancelled" in anna.says
    [event] = await events(world)
    assert (event.status, event.sequence) == (Status.CANCELLED, 1)
    [post] = posts(world)
    assert "isn’t taking place" in post
    assert "[Maybe]" not in post
    await anna.use("event edit", Tree.ORGANISER)
    assert "Nothing is planned" in anna.says


async def test_how_many_come_is_told_in_bands_and_at_most_once_a_minute(world: World) -> None:
    heads = await members(world, *NAMES[:6])
    people = await ids(world, *heads)
    await planned(world)
    [event] = await events(world)
    assert "people are coming" not in posts(world)[0]
    await answer(world, event.id, *people[:4])
    await world.go_to(world.at + 2 * MINUTE)
    assert "people are coming" not in posts(world)[0], "four are too few to be told"
    drawn = (await events(world))[0].told
    await answer(world, event.id, people[4])
    await world.go_to(world.at + MINUTE / 2)
    await answer(world, event.id, people[5])
    await world.go_to(world.at + MINUTE / 4)
    assert "people are coming" not in posts(world)[0]
    await world.go_to(world.at + MINUTE / 4)
    assert "About 5 people are coming" in posts(world)[0]
    assert (await events(world))[0].told == drawn + 1
    for said in (Answer.NO, Answer.YES, Answer.NO):
        await answer(world, event.id, people[5], said=said)
        await world.go_to(world.at + 2 * MINUTE)
    assert (await events(world))[0].told == drawn + 1, "one more or less is nothing to be seen"


@pytest.mark.parametrize("start", [0, *BANDS])
def test_a_band_never_follows_a_single_person(start: int) -> None:
    for n in range(1100):
        said = band(band(start, n), n)
        assert said == 0 or said in BANDS
        risen = band(said, n + 1)
        assert band(risen, n) == risen, "a yes and a no move it once"
    assert all(band(0, n) == 0 for n in range(5))


@pytest.mark.parametrize("how", ["Until I say", "This week"])
async def test_a_host_who_is_away_hears_of_it_once_they_are_back(world: World, how: str) -> None:
    (priya,) = await members(world, "Priya Shah")
    await priya.use("pause")
    await priya.press(how)
    await hosted(world)
    assert told(world, priya) == 0
    if how == "Until I say":
        await priya.use("back")
    await world.go_to(world.at + 8 * DAY)
    assert told(world, priya) == 1
    await priya.use("pause")
    await priya.press("Until I say")
    await priya.use("back")
    await world.go_to(world.at + DAY)
    assert told(world, priya) == 1


def told(world: World, head: Head) -> int:
    """How often somebody heard that they host something."""
    return sum("Who is coming" in one for one in world.letters(head.account))


async def test_a_host_who_is_away_is_not_asked_who_came(world: World) -> None:
    priya, tom = await members(world, "Priya Shah", "Tom Ashdown")
    people = await ids(world, tom)
    await hosted(world)
    [event] = await events(world)
    await answer(world, event.id, *people)
    await priya.use("pause")
    await priya.press("Until I say")
    await world.go_to(WHEN + 2 * timedelta(hours=14))
    assert "This is over" in posts(world)[0]
    assert not [one for one in world.letters(priya.account) if "Thank you for hosting" in one]
    await press(priya, AskCame(event.id, 0).pack())
    assert isinstance(priya.asked, Form)


async def test_an_event_that_is_over_says_so_and_its_host_puts_down_who_came(world: World) -> None:
    priya, tom, gwen, omar = await members(world, "Priya Shah", "Tom Ashdown", "Gwen Pugh", "Omar Aziz")
    people = await ids(world, tom, gwen, omar)
    anna = await hosted(world)
    [event] = await events(world)
    await answer(world, event.id, *people[:2])
    await answer(world, event.id, people[2], place=Place.WAITING)
    await press(priya, WhoComes(event.id).pack())
    assert "Coming: Tom Ashdown, Gwen Pugh" in priya.says
    assert "Waiting for a place: Omar Aziz" in priya.says
    await world.go_to(WHEN + 2 * timedelta(hours=14))
    assert "This is over" in posts(world)[0]
    priya.read("Thank you for hosting")
    await priya.press("Put down who was there")
    assert isinstance(priya.asked, Form)
    [field] = priya.asked.fields
    assert isinstance(field, ManyOf)
    assert [one.label for one in field.options] == ["Tom Ashdown", "Gwen Pugh"]
    await priya.fill(came=["Gwen Pugh"])
    found = await world.parts.storage.read(world.at, lambda work: work.use(EVENTS).rsvps(event.id))
    assert {one.member: one.came for one in found} == {
        people[0]: Came.MISSED,
        people[1]: Came.CAME,
        people[2]: None,
    }
    for action in (WhoComes(event.id), AskCame(event.id, 0)):
        await press(tom, action.pack())
        assert "isn’t something I can show you" in tom.says
        assert tom.asked is None
    assert sum("Thank you for hosting" in one for one in world.letters(priya.account)) == 1
    await anna.use("event show", Tree.ORGANISER)
    assert "Tom Ashdown" not in anna.says


async def test_an_organiser_sees_counts_and_no_names(world: World) -> None:
    heads = await members(world, *NAMES[:7])
    people = await ids(world, *heads)
    anna = await planned(world)
    await anna.use("event edit wednesday", Tree.ORGANISER)
    await anna.press("Who and how many")
    await anna.fill(capacity="6")
    await anna.press("Yes, change it")
    [event] = await events(world)
    await answer(world, event.id, *people[:6])
    await answer(world, event.id, people[6], place=Place.WAITING)
    await anna.use("event show wednesday", Tree.ORGANISER)
    assert "Coming: about 5" in anna.says
    assert "Waiting for a place: fewer than five" in anna.says
    assert not any(name in anna.says for name in NAMES)


async def test_the_list_has_pages_and_drafts(world: World) -> None:
    anna = await planned(world)
    for n in range(21):
        await anna.use("event new", Tree.ORGANISER)
        await write(anna, title=f"Tea {n}")
        if n:
            await anna.press("Yes, post it")
        world.clock.advance(MINUTE)
    await anna.use("event list", Tree.ORGANISER)
    assert len(options(anna.view)) == 20
    await anna.press("More")
    assert [one.partition(",")[0] for one in options(anna.view)][-1] == "Tea 0"
    assert options(anna.view)[-1].endswith("(draft)")
    await anna.choose(options(anna.view)[-1])
    assert "Nothing is posted yet" in anna.says
    await anna.use("event show tea 20", Tree.ORGANISER)
    assert "Tea 20" in anna.says
    assert "Coming: 0" in anna.says


async def test_without_a_channel_the_organiser_is_told(world: World) -> None:
    room = next(one for one in world.parts.bot.directory.features if one.name == "events")
    settings = room.rules[0].do.__self__.settings  # type: ignore[union-attr]
    object.__setattr__(settings, "posts", ())
    anna = await planned(world)
    assert "No channel for events is set up" in anna.says
    assert posts(world) == []
    assert [one.told for one in await events(world)] == [0]
    await world.go_to(datetime(2026, 12, 4, tzinfo=UTC))
    assert posts(world) == []


async def hosted(world: World) -> Head:
    """An event with Priya as its host."""
    anna = await planner(world)
    await write(anna)
    await anna.press("Link and host")
    await anna.fill(host="Priya Shah")
    await anna.press("Yes, post it")
    await world.go_to(world.at + DAY)
    return anna

"""An organiser plans an event: what is understood is shown in full, and nothing is posted before the press."""

from datetime import timedelta
from pathlib import Path

import pytest

from bot.chat.command import Tree
from bot.chat.form import Form
from bot.chat.inbound import Pressed
from bot.events.actions import ThrowAway
from bot.events.model import Sort
from bot.members.model import Audience, By
from tests.acting import buttons
from tests.events.organising import (
    FULL,
    WHEN,
    drafts,
    events,
    labels,
    options,
    planned,
    planner,
    posts,
    write,
)
from tests.world.world import DAY, World, members, opened, organiser, stranger


async def test_what_was_typed_is_shown_in_full_and_nothing_is_posted_before_the_press(world: World) -> None:
    anna = await planner(world)
    await write(anna, about="Bring a cup.\n@everyone <!channel>", where="Tea room https://meet.example.org/zq")
    assert anna.says.startswith(f"{FULL}. Is that right?")
    assert "Bring a cup." in anna.says
    assert labels(anna.view) == [
        "Yes, post it",
        "What, when and where",
        "Who and how many",
        "Make it come again",
        "Link and host",
        "Throw it away",
    ]
    await world.go_to(world.at + DAY)
    assert (posts(world), await events(world)) == ([], [])
    await anna.press("Yes, post it")
    await world.go_to(world.at)
    [event] = await events(world)
    assert (event.title, event.starts_at, event.place) == ("Wednesday evening", WHEN, "Tea room")
    [post] = posts(world)
    assert "https://meet.example.org" not in post, "the link is for those who say yes"
    assert "[Yes to Wednesday evening] [Maybe] [No]" in post
    assert "stands in your channel" in anna.says


async def test_the_preview_is_the_post(world: World) -> None:
    anna = await planner(world)
    await write(anna, about="Bring a cup.", where="Tea room")
    preview = anna.says
    await anna.press("Yes, post it")
    await world.go_to(world.at)
    [post] = posts(world)
    assert post in preview


async def test_pressed_twice_it_is_posted_once(world: World) -> None:
    anna = await planner(world)
    await write(anna)
    press = next(one for one in buttons(anna.view) if one.label == "Yes, post it")
    replies = [await world.receive(Pressed(press.action), anna.account, anna.name) for _ in range(3)]
    assert replies[0].replace == replies[1].replace == replies[2].replace
    assert (len(posts(world)), [one.told for one in await events(world)]) == (1, [1])


@pytest.mark.parametrize("when", ["", "Wed", "yesterday at 7", "7pm on the 32nd", "the day after"])
async def test_a_form_that_cannot_be_read_comes_back_and_loses_nothing(world: World, when: str) -> None:
    anna = await planner(world)
    await write(anna, when, title="x" * 56, where="http://plain.example.org")
    assert set(anna.errors) == {"title", "when", "where"}
    assert isinstance(anna.asked, Form), "the form is still open, as it was filled in"
    assert await drafts(world) == []
    await write(anna)
    assert FULL in anna.says


async def test_a_date_that_could_mean_two_is_asked(world: World) -> None:
    anna = await planner(world)
    await write(anna, "Saturday at 7")
    asked = labels(anna.view)
    assert len(asked) > 2
    assert asked[-1] == "None of these"
    assert all(label.endswith("(UK time)") for label in asked[:-1])
    assert "Yes, post it" not in asked
    await anna.press(asked[1])
    assert anna.says.startswith(f"{asked[1]}. Is that right?")


async def test_a_form_sent_twice_makes_one_draft_and_a_change_changes_it(world: World) -> None:
    anna = await planner(world)
    form = anna.asked
    await write(anna)
    anna.asked = form
    await write(anna, title="Wednesday tea")
    assert [one.title for one in await drafts(world)] == ["Wednesday tea"]
    await anna.press("What, when and where")
    assert isinstance(anna.asked, Form)
    await anna.fill(minutes="1 hour 30 minutes")
    [draft] = await drafts(world)
    assert (draft.minutes, draft.starts_at) == (90, WHEN), "the date in full is understood as it stands"


async def test_whom_it_is_for_and_how_many(world: World) -> None:
    anna = await planner(world)
    await write(anna)
    await anna.press("Who and how many")
    await anna.fill(people="Primary", places="Wales", capacity="0", theme="staffing")
    assert set(anna.errors) == {"places", "capacity"}
    await anna.fill(people="Primary", capacity="12", theme="staffing")
    [draft] = await drafts(world)
    assert (draft.audience, draft.capacity, draft.theme) == (Audience(By.PHASE, "primary"), 12, "staffing")
    assert "everybody at a school of this phase: primary" in anna.says
    await anna.press("Who and how many")
    await anna.fill(people="Everybody", places="London", capacity="")
    [draft] = await drafts(world)
    assert (draft.audience, draft.capacity) == (Audience(By.REGION, "London"), None)


async def test_a_host_is_found_by_name_and_told(world: World) -> None:
    nia, priya, tom = await members(world, "Nia Shah", "Priya Shah", "Tom Ashdown")
    anna = await planner(world)
    await write(anna)
    await anna.press("Link and host")
    await anna.fill(host="Nobody Here")
    assert set(anna.errors) == {"host"}
    await anna.fill(host="shah", link="https://meet.example.org/zq", late="From an hour before")
    assert [one.partition(",")[0] for one in options(anna.view)] == ["Nia Shah", "Priya Shah"]
    await anna.choose(options(anna.view)[1])
    [draft] = await drafts(world)
    assert draft.link_late
    assert "Priya Shah" in anna.says
    await anna.press("Link and host")
    await anna.fill()
    assert (await drafts(world))[0].host == draft.host, "a name that was not changed is not looked for"
    await anna.press("Yes, post it")
    await world.go_to(world.at + DAY)
    told = [sum("You’re the host of" in letter for letter in world.letters(one.account)) for one in (nia, priya, tom)]
    assert told == [0, 1, 0]


async def test_only_who_is_vouched_for_can_host(world: World) -> None:
    newcomer = await stranger(world, "Ben Oduya")
    await newcomer.come()
    await newcomer.say_who()
    await newcomer.agree()
    anna = await planner(world)
    await write(anna)
    await anna.press("Link and host")
    await anna.fill(host="Ben Oduya")
    assert set(anna.errors) == {"host"}


async def test_a_peer_support_group_has_a_host_and_eight_places(world: World) -> None:
    await members(world, "Priya Shah")
    anna = await planner(world)
    await write(anna)
    await anna.press("Link and host")
    await anna.fill(sort="A peer support group of eight people at most")
    assert set(anna.errors) == {"host"}
    await anna.fill(sort="A peer support group of eight people at most", host="Priya")
    [draft] = await drafts(world)
    assert (draft.sort, draft.capacity) == (Sort.SUPPORT, 7)
    await anna.press("Who and how many")
    await anna.fill(capacity="8")
    assert set(anna.errors) == {"capacity"}


async def test_a_draft_is_thrown_away_and_what_is_posted_is_not(world: World) -> None:
    anna = await planned(world)
    [event] = await events(world)
    await anna.use("event new", Tree.ORGANISER)
    await write(anna, title="Another")
    await anna.press("Throw it away")
    assert "Thrown away" in anna.says
    assert await drafts(world) == []
    await world.receive(Pressed(ThrowAway(event.id).pack()), anna.account)
    assert await events(world) == [event]


async def test_a_draft_whose_time_has_passed_is_not_posted(world: World) -> None:
    anna = await planner(world)
    await write(anna, "tomorrow at 19:00")
    await world.go_to(world.at + 2 * DAY)
    await anna.press("Yes, post it")
    assert "That time has passed" in anna.says
    assert await events(world) == []


async def test_nobody_else_can_do_any_of_it(world: World) -> None:
    [tom] = await members(world, "Tom Ashdown")
    anna = await planner(world)
    await write(anna)
    tom.view = anna.view
    for label in labels(anna.view):
        tom.view = anna.view
        await tom.press(label)
        assert "isn’t something I can do for you" in tom.says, label
    for word in ("new", "edit", "cancel", "list", "show"):
        await tom.use(f"event {word}", Tree.ORGANISER)
        assert "isn’t something I can do for you" in tom.says, word
    assert (await events(world), len(await drafts(world))) == ([], 1)


@pytest.mark.parametrize(("days", "kept"), [(29, (1, 1)), (31, (1, 0)), (364, (1, 0)), (367, (0, 0))])
async def test_old_events_and_drafts_are_forgotten(tmp_path: Path, days: int, kept: tuple[int, int]) -> None:
    async with opened(tmp_path) as world:
        await organiser(world)
        anna = await planned(world)
        await anna.use("event new", Tree.ORGANISER)
        await write(anna, title="Never finished")
    async with opened(tmp_path, at=WHEN + timedelta(days=days), space=world.space) as world:
        await world.go_to(world.at + timedelta(hours=14))
        assert (len(await events(world)), len(await drafts(world))) == kept
        assert world.rows("SELECT count(*) FROM events") == [(sum(kept),)]

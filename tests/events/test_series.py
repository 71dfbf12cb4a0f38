"""Events that come again: made ahead, one of them in the channel at a time, changed alone or from then on."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.chat.command import Tree
from bot.chat.inbound import Pressed
from bot.events.model import Status
from bot.events.series import AHEAD, MOST
from tests.acting import buttons
from tests.events.organising import WHEN, answer, drafts, events, labels, planner, posts, repeated, standing, write
from tests.world.world import DAY, World, members, opened, organiser

WEEK = timedelta(weeks=1)
NEW_YEAR = datetime(2027, 1, 6, 19, tzinfo=UTC)


async def test_a_terms_worth_is_made_at_once_and_one_stands_in_the_channel(world: World) -> None:
    anna = await repeated(world, days=["Only in term time"])
    assert "It comes every Wednesday at 19:00, in term time" in anna.says
    made = standing(await events(world))
    assert made[:4] == [WHEN, WHEN + WEEK, WHEN + 2 * WEEK, NEW_YEAR], "not in the holidays"
    assert made[-1] <= world.at + AHEAD
    assert len(posts(world)) == 1
    assert len({(one.slot, one.series) for one in await events(world)}) == len(made)


async def test_the_next_is_posted_when_the_one_before_is_over_and_no_sooner_than_a_week_ahead(world: World) -> None:
    await repeated(world, every="Every second week")
    await world.go_to(WHEN + timedelta(hours=2))
    assert ["This is over" in post for post in posts(world)] == [True]
    await world.go_to(WHEN + WEEK - timedelta(minutes=1))
    assert len(posts(world)) == 1, "a fortnight ahead is too soon"
    await world.go_to(WHEN + WEEK + timedelta(hours=14))
    assert ["[Maybe]" in post for post in posts(world)] == [False, True]


async def test_more_are_made_every_night(world: World) -> None:
    await repeated(world)
    many, last = len(standing(await events(world))), standing(await events(world))[-1]
    await world.go_to(world.at + WEEK)
    assert standing(await events(world))[many:] == [last + WEEK]


async def test_a_series_ends_when_its_rule_says_and_its_wall_clock_stays(tmp_path: Path) -> None:
    async with opened(tmp_path, at=datetime(2027, 3, 1, 12, tzinfo=UTC)) as world:
        await organiser(world)
        await repeated(world, "Wed 10 Mar 2027, 7pm", end="4", days=[])
        hours = [one.hour for one in standing(await events(world))]
        assert hours == [19, 19, 19, 18], "the clocks go forward on 28 March; the wall in London says 19:00"
    async with opened(tmp_path, at=datetime(2027, 5, 1, tzinfo=UTC), space=world.space) as world:
        await world.go_to(world.at + DAY)
        assert len(await events(world)) == 4


async def test_no_more_than_thirty_are_made_ahead(world: World) -> None:
    await repeated(world, every="By a rule of its own", own="FREQ=DAILY", days=[])
    assert len(standing(await events(world))) == MOST
    await world.go_to(world.at + 3 * DAY)
    assert len([one for one in standing(await events(world)) if one > world.at]) <= MOST


@pytest.mark.parametrize(
    ("answers", "field"),
    [
        ({"every": "By a rule of its own", "own": "FREQ=HOURLY"}, "own"),
        ({"every": "By a rule of its own", "own": "weekly"}, "own"),
        ({"every": "By a rule of its own", "own": "FREQ=DAILY;COUNT=2", "end": "3"}, "end"),
        ({"every": "By a rule of its own", "own": "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"}, "every"),
        ({"every": "Every week", "end": "whenever"}, "end"),
        ({"every": "Every week", "end": "0"}, "end"),
    ],
)
async def test_a_rule_that_cannot_be_kept_comes_back(world: World, answers: dict[str, str], field: str) -> None:
    anna = await planner(world)
    await write(anna)
    await anna.press("Make it come again")
    await anna.fill(**answers)
    assert set(anna.errors) == {field}


async def test_a_draft_begins_on_the_first_day_of_its_rule_and_moves_with_its_date(world: World) -> None:
    anna = await planner(world)
    await write(anna)
    await anna.press("Make it come again")
    await anna.fill(every="By a rule of its own", own="FREQ=WEEKLY;BYDAY=FR", end="16 July 2027")
    assert anna.says.startswith("Friday 4 December 2026, 19:00 (UK time)")
    await anna.press("Make it come again")
    await anna.fill(every="Every month, on the same weekday")
    assert "on the first Friday of every month at 19:00, until 16 July 2027" in anna.says
    await anna.press("What, when and where")
    await anna.fill(when="Thu 10 Dec, 6pm")
    assert "on the second Thursday of every month at 18:00, until 16 July 2027" in anna.says
    await anna.press("Make it come again")
    await anna.fill(every="Only once")
    assert "Comes again" not in anna.says
    assert world.rows("SELECT count(*) FROM event_series") == [(0,)]


async def test_one_is_moved_alone_over_the_change_of_clocks(tmp_path: Path) -> None:
    async with opened(tmp_path, at=datetime(2027, 3, 2, 12, tzinfo=UTC)) as world:
        await organiser(world)
        anna = await repeated(world, "Wed 17 Mar 2027, 7pm", days=[])
        await anna.use("event edit", Tree.ORGANISER)
        await anna.choose("Wednesday evening, Wednesday 31 March 2027, 19:00")
        assert labels(anna.view)[:2] == ["Yes, this one only", "Yes, and all that follow"]
        await anna.press("What, when and where")
        await anna.fill(when="Thu 1 Apr 2027, 8pm")
        before = {one.id: one for one in await events(world)}
        await anna.press("Yes, this one only")
        after = {one.id: one for one in await events(world)}
        [moved] = [one for one in after.values() if one != before[one.id]]
        assert moved.starts_at == datetime(2027, 4, 1, 19, tzinfo=UTC)
        assert moved.slot == datetime(2027, 3, 31, 18, tzinfo=UTC)
        assert (moved.sequence, await drafts(world)) == (1, [])
        await world.go_to(world.at + DAY)
        slots = Counter(one.slot for one in await events(world))
        assert max(slots.values()) == 1, "the day it was moved from is not filled again"


async def test_all_that_follow_are_said_anew_and_so_are_those_made_later(world: World) -> None:
    anna = await repeated(world, days=[])
    many = len(await events(world))
    await anna.use("event edit", Tree.ORGANISER)
    await anna.choose("Wednesday evening, Wednesday 16 December 2026, 19:00")
    await anna.press("What, when and where")
    await anna.fill(title="Wednesday tea")
    await anna.press("Yes, and all that follow")
    await world.go_to(world.at + WEEK)
    titles = [one.title for one in await events(world)]
    assert titles == ["Wednesday evening"] * 2 + ["Wednesday tea"] * (many - 1)


async def test_all_that_follow_are_moved_with_those_who_come(world: World) -> None:
    [tom] = await members(world, "Tom Ashdown")
    person = await world.look(tom.account)
    assert person
    anna = await repeated(world, days=[])
    found = await events(world)
    third = found[2]
    await answer(world, third.id, person.id)
    await anna.use("event edit", Tree.ORGANISER)
    await anna.choose("Wednesday evening, Wednesday 9 December 2026, 19:00")
    await anna.press("What, when and where")
    await anna.fill(when="Thu 10 Dec 2026, 6pm")
    await anna.press("Yes, and all that follow")
    now = await events(world)
    moved = [one for one in now if one.status is Status.PLANNED]
    assert [one.starts_at for one in moved[:3]] == [
        WHEN,
        datetime(2026, 12, 10, 18, tzinfo=UTC),
        datetime(2026, 12, 17, 18, tzinfo=UTC),
    ]
    assert moved[2].id == third.id, "whoever said yes to it comes to it"
    assert len({one.series for one in now}) == 2
    await world.go_to(world.at + WEEK)
    assert all(one.starts_at.weekday() == 3 for one in (await events(world))[1:])


async def test_a_new_rhythm_is_for_all_that_follow(world: World) -> None:
    anna = await repeated(world, days=[])
    await anna.use("event edit", Tree.ORGANISER)
    await anna.choose("Wednesday evening, Wednesday 9 December 2026, 19:00")
    await anna.press("Make it come again")
    await anna.fill(every="Only once")
    assert set(anna.errors) == {"every"}
    await anna.fill(every="Every second week")
    assert labels(anna.view)[0] == "Yes, and all that follow"
    await anna.press("Yes, and all that follow")
    now = await events(world)
    assert standing(now)[:4] == [WHEN, WHEN + WEEK, WHEN + 3 * WEEK, WHEN + 5 * WEEK]
    gone = [one for one in now if one.status is Status.CANCELLED]
    assert [one.starts_at for one in gone][:2] == [WHEN + 2 * WEEK, WHEN + 4 * WEEK]


async def test_one_is_cancelled_or_all_that_follow(world: World) -> None:
    anna = await repeated(world, days=[])
    await anna.use("event cancel", Tree.ORGANISER)
    await anna.choose("Wednesday evening, Wednesday 2 December 2026, 19:00")
    press = next(one for one in buttons(anna.view) if one.label == "Cancel this one only")
    await anna.press("Cancel this one only")
    await world.receive(Pressed(press.action), anna.account)
    assert [one.status for one in await events(world)].count(Status.CANCELLED) == 1
    [post] = posts(world)
    assert "isn’t taking place" in post
    assert "[Maybe]" not in post
    await world.go_to(WHEN + timedelta(hours=14))
    assert ["[Maybe]" in one for one in posts(world)] == [False, True], "the next one is up"
    await anna.use("event cancel", Tree.ORGANISER)
    await anna.choose("Wednesday evening, Wednesday 16 December 2026, 19:00")
    await anna.press("Cancel it and all that follow")
    assert standing(await events(world)) == [WHEN + WEEK]
    await world.go_to(world.at + DAY)
    assert standing(await events(world)) == [WHEN + WEEK], "no more of them are made"

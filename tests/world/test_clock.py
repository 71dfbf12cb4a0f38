"""Clocks set back, weeks in which they change, and machines that slept: nothing is said twice, and nothing is lost."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.world.world import DAY, NAMES, World, members, opened, organiser

HOUR = timedelta(hours=1)
MONDAY = datetime(2026, 11, 16, 12, tzinfo=UTC)
THURSDAY = datetime(2026, 11, 19, 17, tzinfo=UTC)


def everything(world: World) -> tuple[list[list[str]], list[str], list[tuple[str, ...]]]:
    """All letters that reached anybody, the organisers' channel, and who was introduced."""
    people = [persona.account for persona in world.space.everybody()]
    return [world.letters(one) for one in people], world.channel("organisers"), world.circles()


@pytest.mark.parametrize("back", [HOUR, DAY, 7 * DAY], ids=["an hour", "a day", "a week"])
@pytest.mark.parametrize("since", [MONDAY, THURSDAY], ids=["Monday", "Thursday"])
async def test_a_clock_set_back_repeats_nothing(world: World, back: timedelta, since: datetime) -> None:
    await members(world, *NAMES[:4])
    await world.go_to(since)
    before = everything(world)
    world.clock.set(since - back)
    await world.life.tick()
    await world.go_to(since)
    assert everything(world) == before
    assert before[2], "somebody was introduced"


async def test_a_clock_set_back_across_a_restart_repeats_nothing(tmp_path: Path) -> None:
    async with opened(tmp_path) as world:
        await organiser(world)
        await members(world, *NAMES[:4])
        await world.go_to(THURSDAY)
        before, space = everything(world), world.space
    async with opened(tmp_path, at=MONDAY - 5 * HOUR, space=space) as world:
        await world.life.tick()
        await world.go_to(THURSDAY)
        assert everything(world) == before


async def test_a_clock_set_back_lets_people_go_on(world: World) -> None:
    """Nor does it hold anybody up: who presses after it is kept, and next week comes."""
    tom, *_ = await members(world, *NAMES[:4])
    await world.go_to(THURSDAY)
    world.clock.set(THURSDAY - 2 * HOUR)
    await tom.use("checkin")
    await world.go_to(MONDAY + 7 * DAY + 8 * HOUR)
    assert len(world.circles()) == 4


@pytest.mark.parametrize(
    ("asleep_from", "awake", "circles", "asked", "told"),
    [
        (MONDAY - 2 * DAY, MONDAY + DAY, 2, 4, []),
        (MONDAY - 5 * HOUR, MONDAY - 5 * HOUR + 3 * DAY, 0, 0, ["introductions of"]),
        (MONDAY + HOUR, MONDAY + HOUR + 4 * DAY, 2, 4, []),
        (THURSDAY - 6 * HOUR, THURSDAY - 6 * HOUR + 3 * DAY, 2, 0, ["nobody was asked", "Friday letter of"]),
    ],
    ids=["over Monday", "until Thursday", "over Thursday", "from Thursday to Sunday"],
)
async def test_some_days_asleep(
    tmp_path: Path, asleep_from: datetime, awake: datetime, circles: int, asked: int, told: list[str]
) -> None:
    """What still makes sense is made up for, once, at an hour when one may; what came too late is told organisers."""
    async with opened(tmp_path) as world:
        await organiser(world)
        await members(world, *NAMES[:4])
        await world.go_to(asleep_from)
        space = world.space
    async with opened(tmp_path, at=awake, space=space) as world:
        await world.life.tick()
        await world.go_to(max(awake, THURSDAY) + 14 * HOUR)
        people = [persona.account for persona in world.space.everybody()]
        assert len(world.circles()) == circles
        assert sum("time to talk" in words for one in people for words in world.letters(one)) == asked
        late = [one.at for who in people for one in world.said(who) if one.mark and one.at > asleep_from]
        assert all(7 <= at.hour < 21 for at in late), late
        lines = [words for words in world.channel("organisers") if "asleep for too long" in words]
        assert len(lines) == len(told)
        assert all(what in line for what, line in zip(told, lines, strict=True))
        await world.go_to(MONDAY + 7 * DAY + 6 * HOUR)
        assert len(world.circles()) == circles + 2


@pytest.mark.parametrize(
    ("start", "monday", "hour"),
    [
        (datetime(2026, 10, 16, 12, tzinfo=UTC), datetime(2026, 10, 19, tzinfo=UTC), 7),
        (datetime(2027, 3, 12, 12, tzinfo=UTC), datetime(2027, 3, 15, tzinfo=UTC), 8),
        (datetime(2027, 4, 16, 12, tzinfo=UTC), datetime(2027, 4, 19, tzinfo=UTC), 7),
    ],
    ids=["summer", "winter", "summer again"],
)
async def test_monday_is_at_eight_on_the_wall(tmp_path: Path, start: datetime, monday: datetime, hour: int) -> None:
    async with opened(tmp_path, at=start) as world:
        await organiser(world)
        tom, _gwen = await members(world, *NAMES[:2])
        await world.go_to(monday + DAY)
        met = [one.at for one in world.said(tom.account) if one.mark and "meet" in str(one.view)]
        assert [at - monday for at in met[-1:]] == [hour * HOUR]


@pytest.mark.parametrize(
    ("start", "end"),
    [(datetime(2026, 10, 14, 12, tzinfo=UTC), datetime(2026, 11, 13, tzinfo=UTC)),
     (datetime(2027, 3, 10, 12, tzinfo=UTC), datetime(2027, 4, 23, tzinfo=UTC))],
    ids=["clocks back", "clocks forward"],
)  # fmt: skip
async def test_weeks_in_which_the_clocks_change(tmp_path: Path, start: datetime, end: datetime) -> None:
    """Each round once, each check-in once; none in the week that is no term."""
    async with opened(tmp_path, at=start) as world:
        await organiser(world)
        await members(world, *NAMES[:4])
        await world.go_to(end)
        days = [row[0] for row in world.rows("SELECT day FROM rounds WHERE state = 'sent'")]
        assert len(days) == len(set(days)) >= 2
        assert len(world.circles()) == 2 * len(days)

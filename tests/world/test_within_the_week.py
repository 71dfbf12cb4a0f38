"""Weeks of a small network on real parts: a partner who pauses, somebody new, silence, and the word on Friday."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from adapters.space.model import Kind
from tests.world.world import DAY, NAMES, Head, World, members, opened, organiser, words

MONDAY = datetime(2026, 11, 16, tzinfo=UTC)
WEEK, HOUR = 7 * DAY, timedelta(hours=1)


def partners(world: World, head: Head, week: int) -> list[set[str]]:
    """With whom the space shows somebody to have been introduced in that week, one set for each conversation."""
    since, until = MONDAY + week * WEEK, MONDAY + (week + 1) * WEEK
    found = {
        place.id: set(place.people) - {head.account.user}
        for place in world.space.conversations(head.account.user)
        if place.kind is Kind.CIRCLE
        and any(one.mark and since <= one.at < until for one in world.space.history(place.id))
    }
    return list(found.values())


def whose(world: World, heads: list[Head], head: Head, week: int = 0) -> Head:
    (user,) = partners(world, head, week)[-1]
    return next(one for one in heads if one.account.user == user)


def heard(world: World, head: Head, about: str) -> list[datetime]:
    return [one.at for one in world.said(head.account) if one.mark and about in words(one)]


async def test_two_who_lost_their_partners_meet_on_the_same_day(tmp_path: Path) -> None:
    async with opened(tmp_path) as world:
        await organiser(world)
        heads = await members(world, *NAMES[:4])
        await world.go_to(MONDAY + 20 * HOUR)
        first = heads[0]
        other = next(one for one in heads if one is not first and one is not whose(world, heads, first))
        left = [whose(world, heads, first), whose(world, heads, other)]
        await world.go_to(MONDAY + DAY + 10 * HOUR)
        await first.use("pause")
        await first.press("This week")
        assert heard(world, left[0], "I’m looking for somebody else for you.")
        await other.use("pause")
        await other.press("Until I say")
        assert heard(world, left[1], "I’ve found somebody else for you")
        await world.go_to(MONDAY + DAY + 15 * HOUR)
        assert len(partners(world, left[0], 0)) == 1, "lessons are quiet hours"
        await world.go_to(MONDAY + DAY + 16 * HOUR)
        for one, two in (left, left[::-1]):
            assert partners(world, one, 0)[-1] == {two.account.user}
        await world.go_to(MONDAY + 4 * DAY)
        assert all(len(heard(world, one, "find time to talk?")) == 1 for one in left)
        await world.go_to(MONDAY + WEEK - HOUR)
        assert heard(world, first, "My quiet time ends on Monday 23 November") == [MONDAY + 4 * DAY + 16.25 * HOUR]
        assert not heard(world, other, "My quiet time")
        first.read("My quiet time")
        await first.press("Not this week")
        await world.go_to(MONDAY + WEEK + 20 * HOUR)
        assert not partners(world, first, 1)
        assert partners(world, left[0], 1), "who has been replaced already is there next week"


async def test_somebody_back_meets_whoever_heard_nothing(tmp_path: Path) -> None:
    async with opened(tmp_path) as world:
        await organiser(world)
        heads = await members(world, *NAMES[:3])
        late = heads[2]
        await late.use("pause")
        await late.press("Until I say")
        await world.go_to(MONDAY + 3 * DAY + 17 * HOUR)
        asks, silent = heads[:2]
        asks.read("find time to talk?")
        await asks.press("Not yet")
        await asks.press("I wrote and heard nothing: find me somebody else")
        assert "I’m looking for somebody else" in asks.says
        assert heard(world, silent, "Nothing is asked of you")
        await late.use("back")
        await world.go_to(MONDAY + 3 * DAY + 18 * HOUR)
        assert partners(world, late, 0) == [{asks.account.user}]
        assert partners(world, asks, 0)[-1] == {late.account.user}
        assert world.rows("SELECT count(*) FROM left_out") == [(0,)]


async def test_three_weeks_of_silence_and_it_is_quiet_until_a_word_on_friday(tmp_path: Path) -> None:
    async with opened(tmp_path) as world:
        await organiser(world)
        silent, *others = await members(world, *NAMES[:6])
        for week in range(12):
            await world.go_to(MONDAY + week * WEEK + 2 * DAY + 17 * HOUR)
            for head in others:
                await head.use("partner")
        met = [week for week in range(12) if partners(world, silent, week)]
        rounds = [week for week in range(12) if any(partners(world, one, week) for one in others)]
        assert rounds == [0, 1, 2, 3, 4, 7, 8, 9, 10, 11], "Christmas lies between"
        # Joining was a press in the week before the first: then three introductions, and four weeks of quiet.
        assert met == [0, 1, 2, 7, 8, 9, 10]
        said = [one for one in world.said(silent.account) if one.mark and one.at > MONDAY + 2 * WEEK + 4 * DAY]
        first, second, *_ = said
        assert words(first).startswith("Welcome back\nHello Priya. My quiet time ends on Monday 4 January")
        assert "meet" in words(second)

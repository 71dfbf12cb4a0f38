"""Who is asked, when and how often: by the rota, by organisers, once more after a crash; and the Friday letter."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.chat.command import Tree
from bot.core.work import Unit, Work
from bot.members.model import Consent, Member
from bot.members.store import MEMBERS
from bot.pulse.box import Box
from tests.pulse.people import AGREED, answer, compose, heads, opened_by
from tests.pulse.two_worlds import opened
from tests.world.world import Head, World, organiser
from tests.world.world import opened as world_in

ASKED = "How has this week"
AGAIN = "asking everybody once more"
THURSDAY = datetime(2026, 11, 12, 16, tzinfo=UTC)
HOUR = timedelta(hours=1)


def heard(world: World, head: Head, words: str) -> int:
    """How many letters to somebody hold these words."""
    return sum(words in one for one in world.letters(head.account))


async def test_the_rota_asks_on_thursday_whoever_agreed_and_for_whom_it_is_term(tmp_path: Path) -> None:
    async with world_in(tmp_path, THURSDAY) as world:
        await organiser(world)
        people = await heads(world, 33)
        quiet = {one.account.user for one in people[:3]}
        await change(world, people[0], "no", consent=False)
        await people[1].use("pause")
        await people[1].press("Until I say")
        await people[2].use("leave")
        await people[2].press("Forget me")
        await world.go_to(THURSDAY + HOUR / 4)
        assert {one.account.user for one in people if heard(world, one, ASKED) == 0} == quiet
        assert all(heard(world, one, ASKED) == 1 for one in people[3:])


async def change(world: World, head: Head, nation: str, *, consent: bool) -> None:
    """Somebody is of another mind."""
    member = await world.look(head.account)
    assert member is not None

    def keep(work: Work, member: Member = member) -> None:
        work.use(MEMBERS).agree(member.id, Consent.PULSE, consent, work.at)

    await world.parts.storage.write(Unit("change", world.at, keep))


async def test_twenty_nine_are_not_asked(tmp_path: Path) -> None:
    async with world_in(tmp_path, THURSDAY) as world:
        anna, people = await organiser(world), await heads(world, 29)
        await compose(anna)
        await anna.use("pulse open", Tree.ORGANISER)
        assert "Fewer than 30" in anna.says
        await world.go_to(THURSDAY + HOUR)
        assert not any(heard(world, one, ASKED) for one in people)


async def test_without_consent_nobody_is_asked(tmp_path: Path) -> None:
    async with world_in(tmp_path, THURSDAY) as world:
        people = await heads(world, 40, AGREED[:2])
        await world.go_to(THURSDAY + HOUR)
        assert not any(heard(world, one, ASKED) for one in people)


async def test_nobody_is_asked_in_quiet_hours(tmp_path: Path) -> None:
    async with world_in(tmp_path, datetime(2026, 11, 10, 21, tzinfo=UTC), pulse={"on": False}) as world:
        anna, people = await organiser(world), await heads(world)
        await opened_by(anna)
        await world.go_to(datetime(2026, 11, 11, 6, 59, tzinfo=UTC))
        assert not any(heard(world, one, ASKED) for one in people)
        await world.go_to(datetime(2026, 11, 11, 7, 0, tzinfo=UTC))
        assert all(heard(world, one, ASKED) == 1 for one in people)


async def test_one_at_a_time(tmp_path: Path) -> None:
    async with world_in(tmp_path, THURSDAY) as world:
        anna, people = await organiser(world), await heads(world)
        await opened_by(anna)
        await compose(anna)
        await anna.use("pulse open", Tree.ORGANISER)
        assert "One at a time" in anna.says
        await world.go_to(THURSDAY + HOUR)
        assert all(heard(world, one, ASKED) == 1 for one in people), "nor does the rota ask beside it"


async def test_friday_reminds_everybody_asked_and_the_next_tells_everybody(tmp_path: Path) -> None:
    async with world_in(tmp_path, THURSDAY) as world:
        people = await heads(world, 31)
        other = (await heads(world, 32, AGREED[:2]))[31]
        await world.go_to(THURSDAY + HOUR)
        for head in people[:12]:
            await answer(head, "1, very hard")
        await world.go_to(THURSDAY + 26 * HOUR)
        assert {heard(world, head, "still time to say how things are") for head in people} == {1}
        assert heard(world, other, "still time") == 0
        before = {head.account.user: len(world.letters(head.account)) for head in people}
        await world.go_to(THURSDAY + 3 * 24 * HOUR)
        assert {head.account.user: len(world.letters(head.account)) for head in people} == before, "closes in silence"
        await world.go_to(THURSDAY + 8 * 24 * HOUR + HOUR)
        assert {heard(world, head, "What you told me") for head in (*people, other)} == {1}


async def test_a_message_is_never_changed(tmp_path: Path) -> None:
    async with world_in(tmp_path, THURSDAY) as world:
        people = await heads(world)
        await world.go_to(THURSDAY + HOUR)
        await answer(people[0], "3")
        await world.go_to(THURSDAY + 9 * 24 * HOUR)
        said = [one for head in people for one in world.said(head.account) if ASKED in repr(one.view)]
        assert said
        assert not any(one.edited for one in said)


@pytest.mark.parametrize("handed", [True, False])
async def test_after_a_crash_friday_asks_everybody_once_more_in_place_of_the_reminder(
    tmp_path: Path, handed: bool
) -> None:
    async with world_in(tmp_path, THURSDAY) as world:
        people = await heads(world)
        await world.go_to(THURSDAY + HOUR)
        for head in people[:20]:
            await answer(head, "1, very hard")
        space, box = world.space, world.parts.box
    if not handed:
        box = Box()
    async with world_in(tmp_path, THURSDAY + 17 * HOUR, space, box=box) as world:
        people = [on(world, head) for head in people]
        poll = await opened(world)
        assert len(box.answers(poll.id)) == (20 if handed else 0)
        assert poll.again == (0 if handed else 1)
        await world.go_to(THURSDAY + 26 * HOUR)
        assert {heard(world, head, "still time") for head in people} == ({1} if handed else {0})
        assert {heard(world, head, AGAIN) for head in people} == ({0} if handed else {1}), "whoever had answered"
        for head in people[18:30]:
            await answer(head, "5, very good")
        assert len(box.answers(poll.id)) == (30 if handed else 12), "nobody is counted twice"
        await world.go_to(THURSDAY + 8 * 24 * HOUR + HOUR)
        assert ("had to start again" in world.letters(people[0].account)[-1]) is not handed


async def test_where_no_friday_letter_comes_in_time_it_is_a_message_once_a_day(tmp_path: Path) -> None:
    """However often the bot dies."""
    tuesday = THURSDAY - 48 * HOUR
    async with world_in(tmp_path, tuesday, pulse={"hours": 60}) as world:
        anna, people = await organiser(world), await heads(world)
        await opened_by(anna)
        space = world.space
    for hours in (18, 19, 20):
        async with world_in(tmp_path, tuesday + hours * HOUR, space, pulse={"hours": 60}) as world:
            await world.go_to(world.at)
            box = world.parts.box
    async with world_in(tmp_path, tuesday + 23 * HOUR, space, box=box, pulse={"hours": 60}) as world:
        people = [on(world, head) for head in people]
        await world.go_to(tuesday + 25 * HOUR)
        assert {heard(world, head, AGAIN) for head in people} == {1}
        assert (await opened(world)).again == 3
        await answer(people[0], "3")


async def test_who_pauses_meanwhile_is_not_asked_once_more(tmp_path: Path) -> None:
    """A message of its own would reach them, since no Friday letter does."""
    async with world_in(tmp_path, THURSDAY) as world:
        people = await heads(world)
        await world.go_to(THURSDAY + HOUR)
        await people[0].use("pause")
        await people[0].press("Until I say")
        space = world.space
    async with world_in(tmp_path, THURSDAY + 17 * HOUR, space) as world:
        await world.go_to(THURSDAY + 26 * HOUR)
        assert [heard(world, on(world, head), AGAIN) for head in people[:2]] == [0, 1]
        assert heard(world, on(world, people[0]), ASKED) == 1


def on(world: World, head: Head) -> Head:
    """The same person, in front of the bot that runs now."""
    return Head(world, head.account, head.name)  # type: ignore[arg-type]


async def test_a_pulse_and_a_check_in_of_one_day_are_one(tmp_path: Path) -> None:
    """Both reach whoever was introduced that week, on Thursday."""
    monday = datetime(2026, 11, 9, 7, tzinfo=UTC)
    async with world_in(tmp_path, monday) as world:
        people = await heads(world)
        await world.go_to(datetime(2026, 11, 12, 17, tzinfo=UTC))
        both = [one for one in people if heard(world, one, "find time to talk") and heard(world, one, ASKED)]
        assert len(both) == 30

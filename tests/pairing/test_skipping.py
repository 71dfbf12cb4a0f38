"""Not this week: once, before the introductions go out, and nothing else is quiet."""

from datetime import UTC, date, datetime, timedelta

from bot.chat.ids import Id
from bot.chat.view import View
from bot.core.terms import Nation
from bot.members.kinds import Often
from bot.pairing.actions import Skip, Unskip
from bot.pairing.model import IntroductionSettings
from tests.pairing.test_flow import SCOTLAND_IS_OFF
from tests.pairing.town import EIGHT, MONDAY, WEEK, Town, said
from tests.twins import MemoryWork

FRIDAY = datetime(2026, 11, 13, 16, 15, tzinfo=UTC)


def part(town: Town, member: Id, week: date = MONDAY) -> str:
    """What the Friday letter says to somebody about introductions."""
    (friday,) = [one.friday for one in town.directory.features if one.friday]
    blocks = friday.look(MemoryWork(town.storage, town.storage.world, town.at, "look"), week)(member)
    return said(View(blocks)) if blocks else ""


async def on_friday(*names: str, **said: object) -> tuple[Town, list[Id]]:
    town = Town()
    people = await town.join(*names, **said)
    town.at = FRIDAY
    return town, people


async def test_who_skips_is_left_out_once_and_keeps_hearing() -> None:
    town, (ann, ben, cat) = await on_friday("Ann Ash", "Ben Bray", "Cat Cole")
    assert part(town, ann) == "On Monday I’ll introduce you to somebody.\n[Not this week]"
    for _ in range(2):
        reply = await town.press(ann, Skip(MONDAY), "skip")
        assert said(reply.view).startswith("Of course. I won’t introduce you to anybody on Monday 16 November.")
    assert not part(town, ann)
    assert part(town, ben)
    assert town.storage.world.members[ann].skips == MONDAY
    assert not town.storage.world.members[ann].away
    await town.monday()
    assert town.pairs() == {frozenset({ben, cat})}
    assert not town.to(ann)
    await town.monday(EIGHT + WEEK)
    assert any(ann in pair for pair in town.pairs(MONDAY + WEEK))


async def test_it_can_be_taken_back_until_they_go_out() -> None:
    town, (ann, ben) = await on_friday("Ann Ash", "Ben Bray")
    await town.press(ann, Skip(MONDAY))
    reply = await town.press(ann, Unskip(MONDAY))
    assert said(reply.view) == "Good. You’re part of the introductions on Monday 16 November again.\n[Not this week]"
    await town.monday()
    assert town.pairs() == {frozenset({ann, ben})}
    town.at += timedelta(minutes=5)
    for press in (Skip(MONDAY), Unskip(MONDAY), Skip(MONDAY + 2 * WEEK), Skip(date.min)):
        assert "that week is past" in said((await town.press(ann, press)).view)
    assert town.storage.world.members[ann].skips is None


async def test_a_skipped_week_is_forgotten_when_it_is_over() -> None:
    town, (ann, _) = await on_friday("Ann Ash", "Ben Bray")
    await town.press(ann, Skip(MONDAY))
    await town.strike("introductions.skips", EIGHT - timedelta(hours=5))
    assert town.storage.world.members[ann].skips == MONDAY
    await town.strike("introductions.skips", EIGHT + WEEK - timedelta(hours=5))
    assert town.storage.world.members[ann].skips is None


async def test_who_pressed_while_it_was_thought_about_is_not_introduced() -> None:
    town, (ann, ben, cat) = await on_friday("Ann Ash", "Ben Bray", "Cat Cole")
    pressed: list[int] = []

    async def think(work):  # type: ignore[no-untyped-def]
        if not pressed:
            pressed.append(1)
            await town.press(ann, Skip(MONDAY))
        return work()

    town.think = think
    await town.monday()
    assert town.pairs() == {frozenset({ben, cat})}


async def test_only_those_hear_on_friday_who_will_be_introduced() -> None:
    town = Town(terms=SCOTLAND_IS_OFF)
    ann, ben = await town.join("Ann Ash", "Ben Bray", often=Often.FORTNIGHTLY)
    (cat,) = await town.join("Cat Cole", nation=Nation.SCOTLAND)
    (dan,) = await town.join("Dan Dale", away=True, back_on=MONDAY + timedelta(days=1))
    town.at = FRIDAY
    assert [bool(part(town, one)) for one in (ann, ben, cat, dan)] == [True, True, False, False]
    await town.monday()
    town.at = FRIDAY + WEEK
    assert not part(town, ann, MONDAY + WEEK), "not their turn"
    assert part(town, cat, MONDAY + WEEK)


async def test_nothing_is_announced_that_an_organiser_holds_or_that_does_not_come() -> None:
    town, (ann, _) = await on_friday("Ann Ash", "Ben Bray")
    await town.organise("intro hold")
    assert not part(town, ann)
    town = Town(IntroductionSettings())
    (ann, _) = await town.join("Ann Ash", "Ben Bray")
    town.at = FRIDAY
    assert not part(town, ann), "the first ones wait for an organiser"
    town = Town(IntroductionSettings(every=2, send_first=True))
    (ann, _) = await town.join("Ann Ash", "Ben Bray")
    await town.monday()
    town.at = FRIDAY + WEEK
    assert not part(town, ann, MONDAY + WEEK)


async def test_before_a_bank_holiday_the_right_day_is_said() -> None:
    town, (ann, _) = await on_friday("Ann Ash", "Ben Bray")
    town.at = datetime(2027, 4, 30, 15, 15, tzinfo=UTC)
    assert part(town, ann, date(2027, 5, 3)).startswith("On Tuesday ")

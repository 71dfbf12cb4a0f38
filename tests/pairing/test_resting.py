"""Three introductions without a press, and it is quiet; and the word at the end of any pause, on the Friday before."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.address import Person
from bot.chat.ids import Id
from bot.core.outbox import Kind, Letter
from bot.core.terms import Nation
from bot.core.walltime import Weekly
from bot.members.model import Consent, MemberBack, Stage
from bot.pairing.actions import FindAnother, Skip
from bot.pairing.model import RESTS_AFTER, IntroductionSettings, is_silent
from bot.pairing.resting import Resting
from tests.pairing.test_flow import SCOTLAND_IS_OFF
from tests.pairing.test_skipping import part
from tests.pairing.town import EIGHT, MONDAY, WEEK, Town, actions, said

HALF = timedelta(minutes=30)
START = EIGHT - 2 * WEEK
"""The first Monday after half-term: from then on there are seven weeks of term."""
FRIDAY = datetime(2026, 11, 13, 16, 15, tzinfo=UTC)


async def lived(weeks: int, presses: dict[int, int], names: tuple[str, ...] = ("Ann Ash", "Ben Bray")) -> Any:
    """A town so many weeks on. Everybody but the first presses something every week; the first in those of `presses`,
    so many days after Monday."""
    town = Town()
    ann, *others = await town.join(*names)
    for week in range(weeks):
        monday = START + week * WEEK
        await town.strike("introductions.rest", monday - HALF)
        await town.monday(monday)
        for other in others:
            await town.ask(other, "partner")
        if week in presses:
            town.at = monday + timedelta(days=presses[week])
            await town.ask(ann, "partner")
    return town, ann, others


async def rest(town: Town, week: int) -> None:
    await town.strike("introductions.rest", START + week * WEEK - HALF)


def away(town: Town, member: Id) -> tuple[bool, date | None]:
    found = town.storage.world.members[member]
    return found.away, found.back_on


def notes(town: Town, member: Id) -> list[Letter]:
    return [one for one in town.to(member) if one.key.startswith("return:")]


async def test_after_three_introductions_without_a_press_it_is_quiet_for_four_weeks() -> None:
    town, ann, (ben,) = await lived(3, {})
    before = dict(town.letters)
    await rest(town, 3)
    assert away(town, ann)[0]
    assert away(town, ben) == (False, None)
    assert set(town.letters) <= set(before), "nothing is said, to nobody"
    await town.monday(START + 3 * WEEK)
    assert not any(ann in group.members for group in town.groups if group.day == MONDAY + WEEK)
    assert said((await town.ask(ann, "partner")).view).startswith("I’m being quiet for now")


async def test_on_the_friday_before_no_introduction_is_promised_that_does_not_come() -> None:
    town, ann, (ben,) = await lived(3, {})
    town.at = FRIDAY + WEEK
    assert not part(town, ann, MONDAY + timedelta(weeks=1))
    assert part(town, ben, MONDAY + timedelta(weeks=1))


async def test_it_ends_in_term() -> None:
    town, ann, _ = await lived(3, {})
    await rest(town, 3)
    assert away(town, ann) == (True, date(2027, 1, 4)), "four weeks on is the week of Christmas"


async def test_a_press_in_the_week_of_an_introduction_is_an_answer() -> None:
    for presses in ({0: 6}, {1: 0}, {2: 3}):
        town, ann, _ = await lived(3, presses)
        await rest(town, 3)
        assert away(town, ann) == (False, None)
    town, ann, _ = await lived(4, {0: 6})
    await rest(town, 4)
    assert away(town, ann)[0], "three more since"


async def test_who_is_silent_is_left_alone_though_a_partner_wrote_and_heard_nothing() -> None:
    town, ann, (ben, cat) = await lived(2, {}, ("Ann Ash", "Ben Bray", "Cat Cole"))
    await town.pause(cat)
    await town.monday(START + 2 * WEEK)
    await town.press(ben, FindAnother(town.groups[-1].id))
    assert not town.pairs(MONDAY), "it ended"
    await rest(town, 3)
    assert away(town, ann)[0], "she has let a third go by"
    assert away(town, ben) == (False, None)


async def test_weeks_without_an_introduction_and_introductions_that_ended_do_not_count() -> None:
    town, ann, (ben, cat) = await lived(2, {}, ("Ann Ash", "Ben Bray", "Cat Cole"))
    await town.pause(cat)
    await town.monday(START + 2 * WEEK)
    await town.pause(ben)
    await rest(town, 3)
    assert away(town, ann) == (False, None)


@pytest.mark.parametrize(
    ("at", "looks"), [(time(8), time(7, 30)), (time(0, 45), time(0, 15)), (time(0, 30), time()), (time(0, 10), time())]
)
def test_the_bot_looks_half_an_hour_before_and_never_on_the_day_before(at: time, looks: time) -> None:
    weeks = replace(Town().weeks, settings=IntroductionSettings(at=at))
    schedule = Resting(weeks).rule.schedule
    assert isinstance(schedule, Weekly)
    assert (schedule.weekday, schedule.time) == (weeks.settings.day, looks)


async def test_the_bot_looks_only_before_introductions() -> None:
    town, ann, _ = await lived(3, {})
    await town.monday(START + 3 * WEEK)
    town.storage.world.recorded.clear()
    await town.strike("introductions.rest", START + 3 * WEEK + HALF)
    assert away(town, ann) == (False, None)


async def test_who_presses_meanwhile_is_not_left_alone() -> None:
    town, ann, _ = await lived(3, {})

    async def think(work: Any) -> Any:
        town.at = START + 3 * WEEK - HALF
        await town.ask(ann, "partner")
        return work()

    town.think = think
    await rest(town, 3)
    assert away(town, ann) == (False, None)


async def test_after_the_return_it_counts_anew() -> None:
    town, ann, _ = await lived(3, {})
    await rest(town, 3)
    await town.change(ann, away=False, back_on=None)
    town.storage.world.pressed[ann] = MONDAY + WEEK  # as `bring_back` does
    for week in (3, 4, 5):
        await town.monday(START + week * WEEK)
    await rest(town, 6)
    assert away(town, ann) == (False, None)


async def test_on_the_friday_before_it_is_said_that_the_quiet_time_ends() -> None:
    town = Town()
    ann, ben, cat = await town.join("Ann Ash", "Ben Bray", "Cat Cole")
    await town.change(ann, away=True, back_on=MONDAY)
    await town.change(ben, away=True, back_on=MONDAY + WEEK)
    await town.change(cat, away=True)
    (dan,) = await town.join("Dan Dale", away=True, back_on=FRIDAY.date())
    await town.strike("introductions.return", FRIDAY)
    assert not notes(town, dan), "whose day has come is told by the morning of that day"
    (note,) = notes(town, ann)
    assert (note.to, note.kind, note.due_at) == (Person(ann), Kind.FRIDAY, FRIDAY)
    assert said(note.view) == (
        "Welcome back\nHello Ann. My quiet time ends on Monday 16 November, and I’ll introduce you again from then. "
        "If that’s too soon, one press is enough.\n[Pause again] [Not this week]"
    )
    assert not notes(town, ben)
    assert not notes(town, cat)
    await town.press(ann, actions(note.view)[1])
    assert town.storage.world.members[ann].skips == MONDAY
    town.at = EIGHT - timedelta(hours=1)
    await town.tell(MemberBack(ann, MONDAY))
    assert len(notes(town, ann)) == 1, "one word, and no other"


async def test_a_friday_that_was_missed_is_made_up_for_on_the_day() -> None:
    town = Town()
    (ann,) = await town.join("Ann Ash")
    town.at = EIGHT - timedelta(hours=1)
    for _ in range(2):
        await town.tell(MemberBack(ann, MONDAY))
    (note,) = notes(town, ann)
    assert note.kind is Kind.NOTICE
    assert "My quiet time is over, and I’ll introduce you again from now on." in said(note.view)
    assert Skip(MONDAY).pack() in actions(note.view)


async def test_who_would_not_be_introduced_is_promised_nothing() -> None:
    town = Town(terms=SCOTLAND_IS_OFF)
    ann, ben, cat, dan, eve = await town.join("Ann Ash", "Ben Bray", "Cat Cole", "Dan Dale", "Eve East")
    for member in (ann, ben, cat, dan, eve):
        await town.change(member, away=True, back_on=MONDAY)
    await town.change(ann, stage=Stage.WAITING)
    town.storage.world.agreed[ben, Consent.INTRODUCTIONS] = False
    town.storage.world.agreed[cat, Consent.MESSAGES] = False
    await town.change(dan, nation=Nation.SCOTLAND)
    await town.change(eve, stage=Stage.SUSPENDED)
    await town.strike("introductions.return", FRIDAY)
    for member in (ann, ben):
        (note,) = notes(town, member)
        assert "introduce" not in said(note.view)
        assert "[Not this week]" not in said(note.view)
    assert not [note for member in (cat, dan, eve) for note in notes(town, member)]


@given(st.lists(st.integers(0, 30), unique=True, max_size=12), st.none() | st.integers(0, 30))
def test_silent_is_whoever_let_the_last_three_go_by(introduced: list[int], pressed: int | None) -> None:
    days = [MONDAY + week * timedelta(weeks=1) for week in sorted(introduced, reverse=True)]
    last = None if pressed is None else MONDAY + timedelta(weeks=pressed)
    latest = days[:RESTS_AFTER]
    expected = len(latest) == RESTS_AFTER and all(last is None or day > last for day in latest)
    assert is_silent(days, last) == expected

"""Pause and back."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.address import Person
from bot.chat.view import View
from bot.core.outbox import Kind, Letter
from bot.members.away import offered
from bot.members.model import MemberAway, MemberBack, MemberReady, Stage, next_monday
from bot.members.store import MEMBERS
from tests.acting import START, Network, Somebody
from tests.members.people import change, kept, network, settled

MONDAY = datetime(2026, 11, 16, 7, tzinfo=UTC)


def can_be_introduced(here: Network, person: Somebody, on: date) -> bool:
    return person.member in here.work().use(MEMBERS).introducible(on)


async def test_a_pause_of_this_week_ends_on_monday() -> None:
    here = network()
    tom = settled(here)
    assert tom.member is not None
    await tom.use("pause")
    await tom.press("This week")
    assert tom.says.startswith("Of course. I’ll be quiet until Monday 16 November.")
    assert here.storage.world.told == [MemberAway(tom.member.id)]
    assert not can_be_introduced(here, tom, date(2026, 11, 15))
    await here.strike("members.returning", MONDAY - timedelta(days=1))
    assert len(here.storage.world.told) == 1
    await here.strike("members.returning", MONDAY)
    await here.strike("members.returning", MONDAY + timedelta(days=1))
    assert can_be_introduced(here, tom, MONDAY.date())
    back = [MemberBack(tom.member.id, MONDAY.date()), MemberReady(tom.member.id)]
    assert here.storage.world.told == [MemberAway(tom.member.id), *back]
    assert here.storage.world.pressed[tom.member.id] == MONDAY.date(), "from then on it counts whether they press"


@pytest.mark.parametrize("words", ["pause this WEEK", "pause Monday 16 November", "pause 2026-11-16", "away This week"])
async def test_a_pause_can_be_told_in_words(words: str) -> None:
    tom = settled(network())
    await tom.use(words)
    assert tom.says.startswith("Of course. I’ll be quiet until Monday 16 November.")
    assert kept(tom).back_on == date(2026, 11, 16)


async def test_a_pause_in_words_may_have_no_end() -> None:
    tom = settled(network())
    await tom.use("pause until i say")
    assert (kept(tom).away, kept(tom).back_on) == (True, None)


@pytest.mark.parametrize("words", ["", "a while", "2026-11-17", "2025-11-17", "until", "16"])
async def test_of_words_that_mean_no_pause_it_is_asked(words: str) -> None:
    tom = settled(network())
    await tom.use(f"pause {words}")
    assert "For how long shall I leave you alone?" in tom.says
    assert not kept(tom).away


async def test_a_missed_morning_brings_everybody_back_the_next_time() -> None:
    here = network()
    tom = settled(here)
    await tom.use("pause")
    await tom.press("This week")
    await here.strike("members.returning", MONDAY + timedelta(days=9))
    assert tom.member is not None
    assert not tom.member.away
    assert MemberBack(tom.member.id, MONDAY.date()) in here.storage.world.told


async def test_a_pause_until_a_date_is_chosen_without_typing() -> None:
    here = network()
    tom = settled(here)
    await tom.use("holiday")
    await tom.press("Until a date")
    await tom.fill(day="Monday 7 December")
    assert "quiet until Monday 7 December" in tom.says
    assert tom.typed == []
    assert not can_be_introduced(here, tom, date(2026, 12, 6))
    assert can_be_introduced(here, tom, date(2026, 12, 7))


async def test_a_pause_without_end_ends_when_one_says() -> None:
    here = network()
    tom = settled(here)
    assert tom.member is not None
    await tom.use("pause")
    await tom.press("Until I say")
    await here.strike("members.returning", MONDAY + timedelta(days=400))
    assert not here.letters()
    await tom.press("I’m back")
    assert tom.says == "Good to have you here. Nothing is paused, and you’re part of the introductions."
    assert here.storage.world.told == [MemberAway(tom.member.id), MemberReady(tom.member.id)]
    await tom.use("back")
    assert len(here.storage.world.told) == 2


async def test_a_pause_keeps_only_the_day_and_stops_what_waits() -> None:
    here = network()
    tom = settled(here)
    assert tom.member is not None
    before = tom.member
    waiting = Letter("weekly", Person(before.id), View(()), Kind.WEEKLY, due_at=START)
    here.storage.world.letters["weekly"] = waiting
    await tom.use("pause")
    await tom.press("This week")
    after = tom.member
    assert after is not None
    changed = {name for name in vars(before) if getattr(before, name) != getattr(after, name)}
    assert changed == {"away", "back_on"}
    assert not here.letters("weekly")


@pytest.mark.parametrize(
    ("stage", "says"),
    [(Stage.SUSPENDED, "An organiser has put your membership on hold"), (Stage.STOPPED, "You’ve stopped")],
)
async def test_who_takes_no_part_cannot_pause_and_is_told_why(stage: Stage, says: str) -> None:
    here = network()
    tom = settled(here, stage=stage)
    await tom.use("pause")
    await tom.press("This week")
    assert tom.says.startswith(says)


async def test_the_suspended_do_not_come_back_by_themselves() -> None:
    here = network()
    tom = settled(here, stage=Stage.SUSPENDED)
    await tom.use("back")
    assert tom.says.startswith("An organiser has put your membership on hold")
    assert tom.member is not None
    assert tom.member.stage is Stage.SUSPENDED
    change(here, tom, away=True, back_on=date(2026, 11, 16))
    before = kept(tom)
    await here.strike("members.returning", datetime(2026, 11, 16, 7, tzinfo=UTC))
    assert kept(tom) == before, "nor from a pause: an organiser has the next word"


@given(st.dates(date(2020, 1, 1), date(2040, 1, 1)))
def test_only_mondays_to_come_are_offered_each_once(today: date) -> None:
    days = list(offered(today))
    assert days[0] == next_monday(today)
    assert all(day.weekday() == 0 and day > today for day in days)
    assert len(set(days)) == 25


async def test_a_week_ends_by_the_networks_own_clock() -> None:
    here = network()
    tom = settled(here)
    here.at = datetime(2027, 6, 27, 23, 30, tzinfo=UTC)
    assert here.at.astimezone(ZoneInfo("Europe/London")).date() == date(2027, 6, 28), "a Monday already"
    await tom.use("pause")
    await tom.press("This week")
    assert "Monday 5 July" in tom.says

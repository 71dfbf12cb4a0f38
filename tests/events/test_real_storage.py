"""Events on real databases: the last place, pressed by two at once, and reminders as the courier finds them."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.chat.ids import Id
from bot.chat.inbound import Inbound, Rang
from bot.core.work import Work
from bot.events.actions import AnswerEvent, TakePlace
from bot.events.model import Answer, EventCancelled, EventChanged, Place, Status
from bot.events.offers import TEND
from bot.events.store import EVENTS
from bot.members.store import MEMBERS, PRIVACY
from storage.work import SqlWork
from tests.conftest import DRILL
from tests.events.hall import COFFEE, HOUR, NEXT_SATURDAY, NOW
from tests.events.office import Office, offices
from tests.storage.stands import file_url

TRIALS = 1_000 if DRILL else 12
MINUTE = timedelta(minutes=1)
"""Between trials: who presses faster is asked to wait."""
SMALL = replace(COFFEE, capacity=1)


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    async with offices(file_url(tmp_path / "events.sqlite3"), 1) as (one,):
        await one.plan(COFFEE)
        yield one


async def most_taken(pressed: list[Office], trials: int) -> int:
    """Two press for the last place of a new event at the same instant, again and again."""
    names = ["Ann", "Ben"]
    for name in names:
        await pressed[0].join(name)
    most = 0
    for trial in range(trials):
        event = replace(SMALL, id=Id(1000 + trial))
        await pressed[0].plan(event)
        yes = AnswerEvent(event.id, Answer.YES)
        await asyncio.gather(
            *(office.press(name, yes, NOW + trial * MINUTE) for office, name in zip(pressed, names, strict=True))
        )
        taken = await pressed[0].taken(event)
        assert taken, "nobody got the place"
        most = max(most, taken)
    return most


async def test_two_who_press_for_the_last_place_at_once_on_a_file(office: Office) -> None:
    assert await most_taken([office, office], TRIALS) == 1


async def test_two_who_press_for_the_last_place_at_once_in_two_bots_on_a_server(fresh_postgres: str) -> None:
    async with offices(fresh_postgres, 2) as both:
        assert await most_taken(both, TRIALS) == 1


async def test_without_the_lock_on_the_event_two_would_get_it(
    fresh_postgres: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The test above can fail."""
    monkeypatch.setattr(SqlWork, "locking", lambda self, statement: statement)
    async with offices(fresh_postgres, 2) as both:
        assert await most_taken(both, 40) == 2


async def test_a_reminder_is_carried_at_its_second_and_once(office: Office) -> None:
    await office.join("Ann")
    await office.press("Ann", AnswerEvent(COFFEE.id, Answer.YES))
    due = NEXT_SATURDAY - HOUR
    assert await office.carried(due - timedelta(seconds=1)) == []
    (reminder,) = await office.carried(due)
    assert "begins at" in reminder
    await office.press("Ann", AnswerEvent(COFFEE.id, Answer.NO), due + timedelta(minutes=1))
    await office.press("Ann", AnswerEvent(COFFEE.id, Answer.YES), due + timedelta(minutes=2))
    assert await office.carried(NEXT_SATURDAY - timedelta(minutes=1)) == []


async def test_an_offer_waits_for_the_morning_and_lapses_by_its_timer(office: Office) -> None:
    far = replace(SMALL, starts_at=NEXT_SATURDAY + timedelta(days=10))
    await office.plan(far)
    ann, ben, cat = [await office.join(name) for name in ("Ann", "Ben", "Cat")]
    for n, name in enumerate(("Ann", "Ben", "Cat")):
        await office.press(name, AnswerEvent(COFFEE.id, Answer.YES), NOW + n * timedelta(seconds=1))
    night = NOW.replace(hour=22)
    await office.press("Ann", AnswerEvent(COFFEE.id, Answer.NO), night)
    assert await office.carried(night) == []
    (offer,) = await office.carried(night + 9 * HOUR)
    assert "has come free" in offer
    (timer,) = await office.storage.timers.first(night, 5)
    assert (timer.name, timer.about) == (TEND, COFFEE.id)
    await office.bot.receive(Inbound("ring", timer.at, Rang(timer.name, timer.about, timer.at)))
    assert [await office.place(one) for one in (ann, ben, cat)] == [Place.NONE, Place.NONE, Place.OFFERED]
    await office.press("Cat", TakePlace(COFFEE.id), timer.at + HOUR)
    assert await office.place(cat) is Place.HELD
    assert await office.storage.timers.first(timer.at, 5) == []


async def test_who_is_forgotten_leaves_no_answer_and_their_place_to_the_next(office: Office) -> None:
    await office.plan(SMALL)
    ann, ben = [await office.join(name) for name in ("Ann", "Ben")]
    for n, name in enumerate(("Ann", "Ben")):
        await office.press(name, AnswerEvent(COFFEE.id, Answer.YES), NOW + n * timedelta(seconds=1))
    held = await office.pen.read(lambda work: work.use(PRIVACY).export(ann))
    assert "rsvps" in str(held)

    def forget(work: Work) -> None:
        from bot.members.leaving import _forget

        member = work.use(MEMBERS).get(ann)
        assert member is not None
        _forget(work, member)

    await office.pen.write(forget, NOW + HOUR)
    assert await office.place(ann) is None
    assert await office.place(ben) is Place.OFFERED


async def test_a_move_and_a_cancellation_are_told_and_nothing_else_is_said(office: Office) -> None:
    await office.join("Ann")
    await office.press("Ann", AnswerEvent(COFFEE.id, Answer.YES))
    moved = replace(COFFEE, starts_at=NEXT_SATURDAY + 24 * HOUR, sequence=1)

    def move(work: Work) -> None:
        work.use(EVENTS).keep(moved)
        work.tell(EventChanged(COFFEE, moved))

    await office.pen.write(move, NOW + HOUR)
    (told,) = await office.carried(NOW + HOUR)
    assert "has changed" in told
    assert await office.carried(NEXT_SATURDAY) == []

    def cancel(work: Work) -> None:
        work.use(EVENTS).keep(replace(moved, status=Status.CANCELLED))
        work.tell(EventCancelled(replace(moved, status=Status.CANCELLED)))

    await office.pen.write(cancel, NEXT_SATURDAY)
    (told,) = await office.carried(NEXT_SATURDAY)
    assert "take place" in told
    assert await office.carried(NEXT_SATURDAY + 24 * HOUR) == []

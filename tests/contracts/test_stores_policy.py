"""Quiet hours and the budget, as the outbox keeps them, on every engine."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.chat.address import ORGANISERS, Circle
from bot.chat.outbound import Receipt
from bot.core.hours import Hours
from bot.core.outbox import Kind, Letter, Settlement, State
from bot.core.post import Policy
from bot.core.terms import Nation, read_terms
from bot.core.work import Unit
from storage.claims import AT_A_TIME
from storage.engine import Manner
from storage.house import House
from storage.transaction import Outcome
from storage.writer import Runner
from tests.storage.stands import SECRETS, Pen, add_member, letter, opened

MONDAY = datetime(2026, 11, 9, 8, tzinfo=UTC)
"""Before lessons, on a school day."""
NIGHT = datetime(2026, 11, 9, 23, tzinfo=UTC)
MORNING = datetime(2026, 11, 10, 7, tzinfo=UTC)
AFTER_LESSONS = datetime(2026, 11, 9, 15, 45, tzinfo=UTC)
DAY = timedelta(days=1)


HOUSE = House(SECRETS, policy=Policy(Hours("Europe/London", Nation.ENGLAND), read_terms(None)))


@pytest.fixture
async def pen(url: str) -> AsyncIterator[Pen]:
    async with opened(url, HOUSE) as storage:
        yield Pen(storage)


async def due(pen: Pen) -> datetime | None:
    return await pen.storage.outbox.next_due()


async def deliver(pen: Pen, at: datetime) -> int:
    """Carry everything that is due; how many."""
    claims = await pen.storage.outbox.claim(at, 100)
    sent = [Settlement(one.letter, one.fence, State.SENT, receipt=Receipt("c", "m")) for one in claims]
    await pen.storage.outbox.settle(at, sent)
    return len(claims)


@pytest.mark.parametrize(
    ("kind", "expected"),
    [(Kind.ANSWER, NIGHT), (Kind.URGENT, NIGHT), (Kind.NOTICE, MORNING), (Kind.WEEKLY, MORNING)],
)
async def test_a_letter_waits_for_the_end_of_the_night(pen: Pen, kind: Kind, expected: datetime) -> None:
    ann = await pen.member("Ann")
    await pen.post(letter("x", ann.id, NIGHT, kind))
    assert await due(pen) == expected


async def test_each_member_has_hours_of_their_own(pen: Pen) -> None:
    ann = await pen.member("Ann", weekends=True)
    saturday = datetime(2026, 11, 14, 12, tzinfo=UTC)
    await pen.post(letter("x", ann.id, saturday))
    assert await due(pen) == saturday
    assert await deliver(pen, saturday) == 1
    bob = await pen.member("Bob")
    await pen.post(letter("y", bob.id, saturday))
    assert await due(pen) == datetime(2026, 11, 16, 7, tzinfo=UTC)


async def test_a_group_hears_when_it_suits_all_of_them(pen: Pen) -> None:
    ann, bob = await pen.member("Ann", weekends=True), await pen.member("Bob")
    await pen.post(letter("x", Circle(ann.id, (ann.id, bob.id)), datetime(2026, 11, 14, 12, tzinfo=UTC)))
    assert await due(pen) == datetime(2026, 11, 16, 7, tzinfo=UTC)


async def test_channels_keep_the_networks_hours(pen: Pen) -> None:
    await pen.post(letter("x", ORGANISERS, NIGHT, Kind.ORGANISER))
    assert await due(pen) == MORNING


@pytest.mark.parametrize("together", [True, False])
async def test_one_unasked_letter_a_day_whoever_posts_them(pen: Pen, together: bool) -> None:
    ann = await pen.member("Ann")
    weekly = [letter(f"w{n}", ann.id, MONDAY, Kind.WEEKLY) for n in range(6)]
    if together:
        await pen.post(*weekly)
    else:
        for one in weekly:
            await pen.post(one)
    days = []
    while (at := await due(pen)) is not None:
        days.append((at.date() - MONDAY.date()).days)
        assert await deliver(pen, at) == 1
    assert days == [0, 1, 2, 3, 7, 8]


async def test_what_was_cancelled_leaves_room_and_what_was_sent_does_not(pen: Pen) -> None:
    ann = await pen.member("Ann")
    await pen.post(letter("w1", ann.id, MONDAY, Kind.WEEKLY))
    await pen.write(lambda work: work.cancel("w1"))
    await pen.post(letter("w2", ann.id, MONDAY, Kind.WEEKLY))
    assert await due(pen) == MONDAY
    await deliver(pen, MONDAY)
    await pen.post(letter("w3", ann.id, MONDAY, Kind.WEEKLY))
    assert await due(pen) == MORNING


async def test_what_waited_into_a_quiet_hour_waits_for_its_end(pen: Pen) -> None:
    ann, bob = await pen.member("Ann"), await pen.member("Bob", weekends=True)
    await pen.post(letter("a", ann.id, MONDAY), letter("b", bob.id, MONDAY))
    in_lessons = MONDAY.replace(hour=11)
    assert await deliver(pen, in_lessons) == 0
    assert await due(pen) == AFTER_LESSONS
    await pen.post(letter("thanks", ann.id, in_lessons, Kind.ANSWER))
    assert await deliver(pen, in_lessons) == 1
    assert await deliver(pen, AFTER_LESSONS) == 2


async def test_a_letter_that_may_have_arrived_is_looked_for_in_quiet_hours_too(pen: Pen) -> None:
    ann = await pen.member("Ann")
    await pen.post(letter("a", ann.id, MONDAY))
    (claim,) = await pen.storage.outbox.claim(MONDAY, 1)
    await pen.storage.outbox.settle(MONDAY, [Settlement(claim.letter, claim.fence, State.UNKNOWN, again_at=NIGHT)])
    (again,) = await pen.storage.outbox.claim(NIGHT, 1)
    assert again.was is State.UNKNOWN


async def test_who_presses_while_hundreds_are_moved_behind_the_night_waits_for_a_part_of_them(url: str) -> None:
    groups: list[list[str]] = []
    pressed: list[asyncio.Task[None]] = []

    def watched(run: Runner) -> Runner:
        async def seen(units: Sequence[Unit[Any]]) -> list[Outcome[Any]]:
            groups.append([unit.key for unit in units])
            if groups == [["outbox:claim"]]:
                pressed.append(asyncio.create_task(writing.write(lambda work: None, key="press")))
            return await run(units)

        return seen

    async with opened(url, HOUSE, Manner(around=watched)) as storage:
        writing = Pen(storage)
        crowd = await writing.write(lambda work: [add_member(work, f"M{n}") for n in range(3 * AT_A_TIME)])
        await writing.write(
            lambda work: work.post(*(letter(f"x{n}", one.id, AFTER_LESSONS) for n, one in enumerate(crowd))), MONDAY
        )
        groups.clear()
        assert await storage.outbox.claim(NIGHT, 32) == []
        await asyncio.gather(*pressed)
        assert groups == [["outbox:claim"], ["press"], *[["outbox:claim"]] * 3]
        assert await due(writing) == MORNING


async def test_thousands_are_placed_at_once(pen: Pen) -> None:
    ids = await pen.write(lambda work: [add_member(work, f"M{n}").id for n in range(2100)])
    for key in ("a", "b"):
        await pen.post(*(letter(f"{key}:{id}", id, MONDAY, Kind.WEEKLY) for id in ids))
    assert len(await pen.storage.outbox.claim(MONDAY, 3000)) == 2100
    assert await pen.storage.outbox.claim(MONDAY, 3000) == []


async def test_a_letter_that_comes_too_late_takes_nobodys_day(pen: Pen) -> None:
    """The last question of a term, which would wait until September, must not push away what September brings."""
    ann, until = await pen.member("Ann"), NIGHT + timedelta(hours=3)
    await pen.post(letter("late", ann.id, NIGHT, Kind.WEEKLY, until=until))
    await pen.post(letter("next", ann.id, NIGHT + timedelta(hours=5), Kind.WEEKLY))
    assert await deliver(pen, until) == 0, "and it is over at that very moment"
    assert await due(pen) == MORNING
    assert await deliver(pen, MORNING) == 1


async def test_two_at_once_one_of_them_too_late(pen: Pen) -> None:
    ann = await pen.member("Ann")
    late = letter("late", ann.id, NIGHT, Kind.WEEKLY, until=NIGHT + timedelta(hours=3))
    await pen.post(late, letter("next", ann.id, NIGHT, Kind.WEEKLY))
    await deliver(pen, NIGHT + timedelta(hours=3))
    assert await due(pen) == MORNING


FRIDAY = datetime(2026, 11, 13, 15, tzinfo=UTC)
"""In lessons in London, and the evening in Asia: there is no hour that suits both."""
FRIDAY_EVENING = datetime(2026, 11, 13, 17, tzinfo=UTC)
WEEKS_END = datetime(2026, 11, 16, tzinfo=UTC)
MONDAY_IN_ASIA = datetime(2026, 11, 16, 2, tzinfo=UTC)


async def apart(pen: Pen, zone: str, **more: Any) -> Letter:
    """A letter to two heads who live so far apart."""
    one, far = await pen.member("Ann"), await pen.member("Far", zone=zone)
    return letter("far", Circle(one.id, (one.id, far.id)), FRIDAY, Kind.NOTICE, **more)


async def test_two_without_an_hour_in_common_hear_alone(pen: Pen) -> None:
    await pen.post(await apart(pen, "Asia/Dhaka"))
    assert [await deliver(pen, at) for at in (FRIDAY_EVENING, MONDAY_IN_ASIA)] == [1, 1]


@pytest.mark.parametrize("zone", ["Asia/Dhaka", "Asia/Bangkok"])
async def test_where_one_of_two_would_hear_too_late_nobody_hears_and_nothing_else_is_lost(pen: Pen, zone: str) -> None:
    """In Bangkok the morning begins at the very moment at which the week is over."""
    bob = await pen.member("Bob")
    await pen.post(await apart(pen, zone, until=WEEKS_END), letter("other", bob.id, FRIDAY))
    assert [await deliver(pen, at) for at in (FRIDAY_EVENING, WEEKS_END, MONDAY_IN_ASIA)] == [1, 0, 0]

"""The courier as it is driven: drained, running by itself, stopped, and while the disk or a platform fails it."""

import asyncio
from datetime import datetime, timedelta
from itertools import pairwise
from random import Random

import pytest

from bot.chat.outbound import Refused, ToChannel, Why
from bot.core.outbox import State
from scheduler.attempt import Hand
from scheduler.courier import Courier
from scheduler.pacing import Pace, Pacing
from scheduler.progress import Progress, Tally
from tests.scheduler.office import Post, delivered
from tests.scheduler.twins import PLACE, MemoryOutbox, ScriptedPlatform, circle, person
from tests.virtual import START, settle_down, virtual_clock, virtually

SECOND, HOUR = timedelta(seconds=1), timedelta(hours=1)
ANN = person("ann")


async def test_while_the_disk_fails_the_alarm_rings_and_nothing_is_lost_or_said_twice() -> None:
    post = Post()
    row = post.outbox.post(ANN, START)
    post.outbox.broken = True
    await post.run_for(10 * timedelta(minutes=1))
    assert 5 <= len(post.alarms) <= 25
    assert row.state is State.READY
    post.outbox.broken = False
    await delivered(post, row)


async def test_what_was_delivered_while_the_disk_failed_is_kept_in_mind() -> None:
    post = Post()
    row = post.outbox.post(circle("c"), START)
    post.platform.can_look, post.platform.hangs = False, asyncio.Event()
    drain = asyncio.create_task(post.courier.drain())
    await settle_down()
    post.outbox.broken = True
    post.platform.hangs.set()
    await drain
    assert row.receipt is None
    post.outbox.broken = False
    await post.run_for(HOUR)
    assert row.state is State.SENT
    assert post.platform.times(row.parcel) == 1


async def test_a_clock_set_back_one_hour_repeats_nothing_and_stops_nothing() -> None:
    post = Post(pacing=Pacing({(PLACE, "all"): Pace(rate=1, burst=1)}))
    rows = [post.outbox.post(person(str(number)), START - HOUR) for number in range(10)]
    await post.run_for(3 * SECOND)
    post.clock.set(START - HOUR)
    await post.run_for(2 * HOUR)
    assert {row.state for row in rows} == {State.SENT}
    assert len(post.platform.posts) == 10


async def test_the_progress_of_a_bulk_is_told_now_and_then_and_at_its_end() -> None:
    post = Post(pacing=Pacing({(PLACE, "all"): Pace(rate=10, burst=1)}))
    told: list[tuple[datetime, Tally]] = []

    async def count(batch: str) -> Tally:
        states = [row.state for row in post.outbox.rows]
        sent, dead = states.count(State.SENT), states.count(State.DEAD)
        return Tally(sent, len(states) - sent - dead, dead)

    async def tell(batch: str, tally: Tally) -> None:
        told.append((post.clock.now(), tally))

    post.courier = Courier(
        post.clock,
        post.outbox,
        Hand(post.clock, {PLACE: post.platform}, Random(1), post.pacing),
        progress=Progress(lambda claim: "monday", count, tell),
    )
    for number in range(100):
        post.outbox.post(person(str(number)), START)
    post.platform.script = [Refused(Why.GONE)]
    await post.run_for(timedelta(minutes=1))
    assert told[-1][1] == Tally(99, 0, 1)
    assert 3 <= len(told) <= 6
    gaps = [later - earlier for (earlier, _), (later, _) in pairwise(told)]
    assert min(gaps) >= 3 * SECOND


@virtually
async def test_by_itself_it_carries_what_is_due_and_what_it_is_woken_for() -> None:
    clock, outbox, platform = virtual_clock(), MemoryOutbox(), ScriptedPlatform()
    courier = Courier(clock, outbox, Hand(clock, {PLACE: platform}, Random(1)))
    running = asyncio.create_task(courier.run())
    await settle_down()
    outbox.post(ANN, START)
    outbox.post(ANN, START + HOUR)
    courier.wake()
    await settle_down()
    assert platform.marks() == ["mark-0"]
    await clock.sleep_until(START + HOUR)
    await settle_down()
    assert platform.marks() == ["mark-0", "mark-1"]
    await courier.stop()
    await running


class Muddled(MemoryOutbox):
    """Says that something is due, and has nothing."""

    async def next_due(self) -> datetime | None:
        return START


@virtually
async def test_an_outbox_that_is_wrong_about_what_is_due_does_not_make_it_spin() -> None:
    clock, outbox = virtual_clock(), Muddled()
    courier = Courier(clock, outbox, Hand(clock, {}, Random(1)))
    running = asyncio.create_task(courier.run())
    await clock.sleep_until(START + 10 * SECOND)
    await courier.stop()
    await running
    assert outbox.claims <= 21


async def test_a_drain_that_is_cancelled_leaves_nothing_in_hand() -> None:
    post = Post()
    post.outbox.post(ANN, START)
    post.platform.hangs = asyncio.Event()
    drain = asyncio.create_task(post.courier.drain())
    await settle_down()
    drain.cancel()
    await asyncio.wait([drain])
    assert len(asyncio.all_tasks()) == 1


@virtually
async def test_a_platform_that_hangs_is_given_up_in_half_a_minute_and_looked_into() -> None:
    clock, outbox, platform = virtual_clock(), MemoryOutbox(), ScriptedPlatform(hangs=asyncio.Event())
    row = outbox.post(ANN, START)
    courier = Courier(clock, outbox, Hand(clock, {PLACE: platform}, Random(1)))
    await courier.drain()
    assert clock.now() == START + 30 * SECOND
    assert (row.state, row.says) == (State.UNKNOWN, "TimeoutError")


@virtually
async def test_stopping_finishes_what_is_in_hand_but_not_for_ever() -> None:
    clock, outbox, platform = virtual_clock(), MemoryOutbox(), ScriptedPlatform(hangs=asyncio.Event())
    assert platform.hangs is not None
    quick, slow = outbox.post(ANN, START), outbox.post(ToChannel("w", "staff"), START)
    courier = Courier(clock, outbox, Hand(clock, {PLACE: platform}, Random(1)))
    running = asyncio.create_task(courier.run())
    await settle_down()
    stopping = asyncio.create_task(courier.stop())
    await settle_down()
    platform.hangs.set()
    platform.hangs = None
    await stopping
    await running
    assert quick.state is slow.state is State.SENT
    assert clock.now() == START


@pytest.mark.parametrize("steps", range(12))
async def test_stopped_at_any_step_it_leaves_nothing_under_way(steps: int) -> None:
    post = Post()
    row = post.outbox.post(ANN, START)
    running = asyncio.create_task(post.courier.run())
    await settle_down(steps)
    await post.courier.stop()
    await running
    assert row.state in {State.READY, State.SENT}
    assert (row.state is State.SENT) == (post.platform.times(row.parcel) == 1)


@virtually
async def test_what_hangs_when_it_is_stopped_is_looked_for_after_the_next_start() -> None:
    clock, outbox, platform = virtual_clock(), MemoryOutbox(), ScriptedPlatform(hangs=asyncio.Event())
    row = outbox.post(ANN, START)
    courier = Courier(clock, outbox, Hand(clock, {PLACE: platform}, Random(1)))
    running = asyncio.create_task(courier.run())
    await settle_down()
    await courier.stop(timedelta(seconds=3))
    await running
    assert clock.now() == START + 3 * SECOND
    assert row.state is State.ATTEMPTING
    assert await outbox.recover(clock.now()) == 1

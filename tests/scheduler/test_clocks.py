"""Clocks: each is a Clock, and those that can be led on wake who sleeps by them."""

import asyncio
from datetime import UTC, timedelta

import pytest

from bot.core.clock import Clock
from scheduler.clocks import SteppableClock, Stepped, SystemClock, VirtualClock
from scheduler.waiting import event_or, within
from tests.virtual import START, settle_down, virtual_clock, virtually

SECOND, HOUR = timedelta(seconds=1), timedelta(hours=1)


class Watch:
    """A monotonic source that stands where it is put."""

    def __init__(self) -> None:
        self.seconds = 100.0

    def __call__(self) -> float:
        return self.seconds


async def test_the_systems_clock_speaks_utc_and_does_not_wait_for_what_has_passed() -> None:
    clock: Clock = SystemClock()
    now = clock.now()
    assert now.tzinfo is UTC
    await clock.sleep_until(now - HOUR)
    await clock.sleep_until(now + timedelta(milliseconds=5))
    assert clock.now() >= now + timedelta(milliseconds=5)


def test_the_steppable_clock_goes_at_life_speed_from_wherever_it_is_set() -> None:
    watch = Watch()
    clock = SteppableClock(START, watch)
    watch.seconds += 90
    assert clock.now() == START + 90 * SECOND
    clock.set(START + HOUR)
    watch.seconds += 5
    assert clock.now() == START + HOUR + 5 * SECOND
    clock.advance(-2 * HOUR)
    assert clock.now() == START - HOUR + 5 * SECOND


def test_it_can_go_faster_than_life() -> None:
    watch = Watch()
    clock = SteppableClock(START, watch, speed=60)
    watch.seconds += 60
    assert clock.now() == START + HOUR


async def test_reaching_never_goes_back() -> None:
    clock = SteppableClock(START, Watch())
    await clock.reach(START - HOUR)
    assert clock.now() == START
    await clock.reach(START + HOUR)
    assert clock.now() == START + HOUR


@pytest.mark.parametrize("speed", [0.0, 1.0])
async def test_setting_the_clock_wakes_those_whose_time_has_come_and_no_others(speed: float) -> None:
    clock = SteppableClock(START, Watch(), speed)
    early, late = (asyncio.create_task(clock.sleep_until(START + hours * HOUR)) for hours in (1, 3))
    await settle_down()
    clock.set(START + 2 * HOUR)
    await settle_down()
    assert early.done()
    assert not late.done()
    clock.set(START + 3 * HOUR)
    await late


async def test_at_life_speed_it_wakes_by_itself() -> None:
    clock = SteppableClock(START, asyncio.get_running_loop().time, speed=1_000)
    await clock.sleep_until(START + SECOND)
    assert clock.now() >= START + SECOND


@virtually
async def test_the_virtual_clock_follows_its_loop() -> None:
    clock = virtual_clock()
    await clock.reach(START + 400 * 24 * HOUR)
    assert clock.now() == START + 400 * 24 * HOUR


def test_which_clocks_can_be_led_on() -> None:
    led = [SteppableClock(START, Watch()), VirtualClock(START, Watch())]
    assert all(isinstance(clock, Stepped) for clock in led)
    assert not isinstance(SystemClock(), Stepped)


@virtually
async def test_waiting_for_an_event_ends_at_the_instant_at_the_latest() -> None:
    clock, event = virtual_clock(), asyncio.Event()
    await event_or(event, clock, START + HOUR)
    assert clock.now() == START + HOUR
    event.set()
    await event_or(event, clock, START + 2 * HOUR)
    await event_or(event, clock, None)
    assert clock.now() == START + HOUR


@virtually
async def test_work_that_takes_too_long_is_cancelled_and_what_it_raises_is_passed_on() -> None:
    clock = virtual_clock()
    work = asyncio.create_task(within(clock, SECOND, asyncio.Event().wait()))
    with pytest.raises(TimeoutError):
        await work
    assert clock.now() == START + SECOND

    async def fail() -> None:
        raise LookupError

    with pytest.raises(LookupError):
        await within(clock, SECOND, fail())
    assert len(asyncio.all_tasks()) == 1, "nothing is left behind"

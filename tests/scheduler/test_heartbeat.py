"""The heartbeat: APScheduler in real time, tiny intervals and no sleeping; and the heart that waits through a clock."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta, tzinfo

import apscheduler.schedulers.base
import pytest

from scheduler.clocks import SteppableClock, SystemClock
from scheduler.heartbeat import ApsHeart, StepHeart
from tests.virtual import START, settle_down, virtual_clock, virtually

TINY = timedelta(milliseconds=20)
HOUR = timedelta(hours=1)


class Beats:
    """Counts beats, and lets one wait for a number of them."""

    def __init__(self, during: Callable[[], Awaitable[None]] | None = None) -> None:
        self.count, self._during = 0, during
        self._beaten = asyncio.Condition()

    async def __call__(self) -> None:
        async with self._beaten:
            self.count += 1
            self._beaten.notify_all()
        if self._during:
            await self._during()

    async def reach(self, number: int) -> None:
        async with asyncio.timeout(20), self._beaten:
            await self._beaten.wait_for(lambda: self.count >= number)


async def test_apscheduler_beats_again_and_again() -> None:
    heart, beats = ApsHeart(TINY), Beats()
    heart.start(beats)
    await beats.reach(3)
    await heart.stop()
    assert beats.count >= 3


@pytest.mark.parametrize("late", [timedelta(), 3 * HOUR])
async def test_apscheduler_beats_once_at_the_instant_asked_for_however_late(late: timedelta) -> None:
    heart, beats = ApsHeart(HOUR), Beats()
    heart.start(beats)
    now = SystemClock().now()
    heart.beat_at(now + HOUR)
    heart.beat_at(now - late)
    heart.beat_at(now + 2 * HOUR)
    await beats.reach(1)
    await heart.stop()
    assert beats.count == 1


async def test_a_beat_asked_for_during_a_beat_comes_after_it() -> None:
    steps: list[str] = []

    async def during() -> None:
        steps.append("in")
        if beats.count == 1:
            heart.beat_at(SystemClock().now())
        await settle_down()
        steps.append("out")

    heart, beats = ApsHeart(HOUR), Beats(during)
    heart.start(beats)
    heart.beat_at(SystemClock().now())
    await beats.reach(2)
    await heart.stop()
    assert steps == ["in", "out"] * 2


async def test_a_beat_that_fails_does_not_stop_the_next() -> None:
    async def during() -> None:
        raise ValueError

    failures: list[Exception] = []
    beats = Beats(during)
    heart = ApsHeart(TINY, failures.append)
    heart.start(beats)
    await beats.reach(3)
    await heart.stop()
    assert len(failures) >= 2


async def test_a_wall_clock_set_back_an_hour_does_not_stop_the_heart(monkeypatch: pytest.MonkeyPatch) -> None:
    heart, beats = ApsHeart(TINY), Beats()
    heart.start(beats)
    await beats.reach(1)

    class SetBack(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> "SetBack":
            return super().now(tz or UTC) - HOUR

    monkeypatch.setattr(apscheduler.schedulers.base, "datetime", SetBack)
    await beats.reach(beats.count + 5)
    await heart.stop()
    assert beats.count >= 6


async def test_a_heart_that_was_stopped_beats_no_more() -> None:
    heart, beats = ApsHeart(TINY), Beats()
    heart.start(beats)
    await beats.reach(1)
    await heart.stop()
    count = beats.count
    await settle_down()
    assert beats.count == count


@virtually
async def test_under_virtual_time_it_beats_at_exactly_the_instants_asked_for() -> None:
    clock, at = virtual_clock(), list[datetime]()

    async def beat() -> None:
        at.append(clock.now())
        if len(at) < 3:
            heart.beat_at(clock.now() + HOUR)

    heart = StepHeart(clock)
    heart.start(beat)
    heart.beat_at(START + HOUR)
    await clock.sleep_until(START + 10 * HOUR)
    await heart.stop()
    assert at == [START + HOUR, START + 2 * HOUR, START + 3 * HOUR]


@virtually
async def test_under_virtual_time_it_can_beat_regularly_too() -> None:
    clock, beats = virtual_clock(), Beats()
    heart = StepHeart(clock, every=timedelta(seconds=5))
    heart.start(beats)
    heart.beat_at(START)
    await clock.sleep_until(START + HOUR)
    await heart.stop()
    assert beats.count == 720


async def test_a_clock_that_is_set_wakes_the_heart() -> None:
    clock, beats = SteppableClock(START, lambda: 0.0, speed=0), Beats()
    heart = StepHeart(clock)
    heart.start(beats)
    heart.beat_at(START + HOUR)
    await settle_down()
    assert beats.count == 0
    clock.set(START + HOUR)
    await beats.reach(1)
    await heart.stop()
    assert beats.count == 1

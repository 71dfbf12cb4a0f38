"""Timers: each rings once, at its second; one that fails holds up no other, and is not lost."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise
from random import Random

import pytest

from bot.chat.ids import Id
from bot.chat.inbound import Inbound, Rang
from bot.chat.outbound import NOTHING, Reply
from bot.core.errors import StorageFailed
from bot.core.timers import Timer
from scheduler.clocks import SteppableClock
from scheduler.timers import AT_A_TIME, Ringer
from tests.scheduler.twins import MemoryTimerBook
from tests.virtual import START

HOUR, MINUTE, SECOND = timedelta(hours=1), timedelta(minutes=1), timedelta(seconds=1)


@dataclass
class Desk:
    """A door behind which each timer is taken away as it is done; `fails` says how often each name fails first."""

    fails: dict[str, int] = field(default_factory=dict)
    error: Exception = field(default_factory=RuntimeError)
    forgets: bool = False
    sets_again: timedelta | None = None

    def __post_init__(self) -> None:
        self.clock = SteppableClock(START, lambda: 0.0, speed=0)
        self.book = MemoryTimerBook()
        self.came: list[Inbound] = []
        self.done: list[tuple[str, datetime]] = []
        self.alarms = 0
        self.ringer = Ringer(self.clock, self.book, self.receive, Random(3), self.ring)

    def set(self, name: str, after: timedelta) -> None:
        self.book.set[name, Id(7)] = START + after

    async def ring(self) -> None:
        self.alarms += 1

    async def receive(self, inbound: Inbound) -> Reply:
        self.came.append(inbound)
        rang = inbound.what
        assert isinstance(rang, Rang)
        if self.fails.get(rang.name, 0):
            self.fails[rang.name] -= 1
            if self.forgets:
                return NOTHING
            raise self.error
        if self.book.rang(Timer(rang.name, rang.about, rang.at)):
            self.done.append((rang.name, self.clock.now()))
            if self.sets_again is not None:
                self.book.set[rang.name, rang.about] = rang.at + self.sets_again
        return NOTHING

    async def live(self, until: datetime) -> None:
        await self.ringer.tick()
        while (due := await self.ringer.next_due()) is not None and due <= until:
            await self.clock.reach(due)
            await self.ringer.tick()
        await self.clock.reach(until)


async def test_what_is_due_comes_in_with_a_key_of_its_own() -> None:
    desk = Desk()
    desk.set("offer", 20 * SECOND)
    await desk.live(START + HOUR)
    at = START + 20 * SECOND
    key = f"rang:offer:0000000000007:{at.isoformat()}"
    assert desk.came == [Inbound(key=key, at=at, what=Rang("offer", Id(7), at))]


async def test_each_rings_at_its_second_earliest_first() -> None:
    desk = Desk()
    for name, after in (("late", 90), ("soon", 11), ("middle", 12)):
        desk.set(name, after * SECOND)
    await desk.live(START + HOUR)
    assert desk.done == [(name, START + after * SECOND) for name, after in (("soon", 11), ("middle", 12), ("late", 90))]


async def test_after_an_outage_everything_that_fell_due_rings_once() -> None:
    desk = Desk()
    for number in range(3 * AT_A_TIME):
        desk.set(f"n{number:03}", number * SECOND)
    await desk.clock.reach(START + HOUR)
    await desk.ringer.tick()
    assert [name for name, _ in desk.done] == [f"n{number:03}" for number in range(3 * AT_A_TIME)]
    assert await desk.ringer.next_due() is None


async def test_one_that_fails_is_tried_again_and_holds_up_no_other() -> None:
    desk = Desk(fails={"bad": 4})
    desk.set("bad", SECOND)
    desk.set("good", 2 * SECOND)
    desk.set("soon after", 8 * SECOND)
    await desk.live(START + HOUR)
    assert desk.done[:2] == [("good", START + 2 * SECOND), ("soon after", START + 8 * SECOND)]
    assert desk.done[2][0] == "bad"
    at = [one.at for one in desk.came if isinstance(one.what, Rang) and one.what.name == "bad"]
    waits = [later - earlier for earlier, later in pairwise(at)]
    assert len(waits) == 4
    assert all(5 * SECOND * 2**turn <= wait <= 6.25 * SECOND * 2**turn for turn, wait in enumerate(waits))
    assert len({one.key for one in desk.came}) == 3


async def test_many_that_fail_for_ever_hide_nobody_behind_them() -> None:
    desk = Desk(fails={f"bad {number}": 10**6 for number in range(3 * AT_A_TIME)})
    for number in range(3 * AT_A_TIME):
        desk.set(f"bad {number}", SECOND)
    desk.set("good", 100 * SECOND)
    await desk.live(START + 200 * SECOND)
    assert desk.done == [("good", START + 100 * SECOND)]


async def test_who_answers_without_taking_it_away_has_not_done_it() -> None:
    desk = Desk(fails={"offer": 2}, forgets=True)
    desk.set("offer", SECOND)
    await desk.live(START + HOUR)
    assert [name for name, _ in desk.done] == ["offer"]
    assert len(desk.came) == 3


async def test_one_that_failed_and_is_moved_rings_at_its_new_time() -> None:
    desk = Desk(fails={"offer": 3})
    desk.set("offer", SECOND)
    await desk.live(START + 30 * SECOND)
    assert desk.done == []
    desk.fails.clear()
    desk.set("offer", 31 * SECOND)
    await desk.live(START + HOUR)
    assert desk.done == [("offer", START + 31 * SECOND)]


async def test_one_that_sets_itself_again_rings_again_then() -> None:
    desk = Desk(sets_again=10 * MINUTE)
    desk.set("offer", MINUTE)
    await desk.live(START + HOUR)
    assert [at for _, at in desk.done] == [START + MINUTE + turn * 10 * MINUTE for turn in range(6)]


async def test_one_that_sets_itself_for_the_past_does_not_spin() -> None:
    desk = Desk(sets_again=-SECOND)
    desk.set("offer", MINUTE)
    await desk.clock.reach(START + HOUR)
    await desk.ringer.tick()
    assert len(desk.done) < AT_A_TIME


async def test_a_disk_that_fails_under_the_door_rings_the_alarm_and_loses_nothing() -> None:
    desk = Desk(fails={"offer": 3}, error=StorageFailed())
    desk.set("offer", SECOND)
    await desk.live(START + HOUR)
    assert [name for name, _ in desk.done] == ["offer"]
    assert desk.alarms == 3


async def test_while_timers_cannot_be_read_it_rests_and_then_goes_on() -> None:
    desk = Desk()
    desk.set("offer", SECOND)
    desk.book.broken = True
    await desk.live(START + HOUR)
    assert desk.done == []
    assert 10 < desk.alarms < 200
    desk.book.broken = False
    await desk.live(START + HOUR + 2 * MINUTE)
    assert [name for name, _ in desk.done] == ["offer"]


@pytest.mark.parametrize("back", [HOUR, 26 * HOUR])
async def test_a_clock_set_back_repeats_nothing(back: timedelta) -> None:
    desk = Desk(fails={"bad": 3})
    desk.set("offer", MINUTE)
    desk.set("bad", 2 * MINUTE)
    await desk.live(START + 2 * MINUTE)
    desk.clock.set(desk.clock.now() - back)
    await desk.live(START + HOUR)
    assert sorted(name for name, _ in desk.done) == ["bad", "offer"]


async def test_without_timers_nothing_is_ever_due() -> None:
    desk = Desk()
    await desk.ringer.tick()
    assert await desk.ringer.next_due() is None

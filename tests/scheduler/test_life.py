"""Life: ticks and jumps, in virtual and in steppable time."""

import asyncio
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from random import Random

import pytest

from bot.chat.ids import Id
from bot.chat.inbound import Due, Inbound, Rang
from bot.chat.outbound import NOTHING, Reply
from bot.core.calendar import Occurrence, Planned, Rule, Verdict
from bot.core.clock import Clock
from bot.core.timers import Timer
from bot.core.walltime import Daily, Weekly
from scheduler.attempt import Hand
from scheduler.clocks import SteppableClock, SystemClock
from scheduler.courier import Courier
from scheduler.heartbeat import StepHeart
from scheduler.life import Life, Living
from scheduler.occurrences import Diary
from scheduler.timers import Ringer
from tests.scheduler.twins import PLACE, MemoryCalendar, MemoryOutbox, MemoryTimerBook, ScriptedPlatform, person
from tests.virtual import START, settle_down, virtual_clock, virtually

LONDON = "Europe/London"
DAY = timedelta(days=1)
HELLO = Rule("hello", Weekly(0, time(8)))
ASK = Rule("ask", Weekly(3, time(16, 15)))
TIDY = Rule("tidy", Daily(time(3)))


@dataclass
class World:
    """A bot of one line: each hour that strikes writes a letter due a quarter of an hour later."""

    clock: Clock
    others: list[Living] = field(default_factory=list)
    rules: tuple[Rule, ...] = (HELLO, ASK, TIDY)

    def __post_init__(self) -> None:
        self.outbox, self.platform, self.calendar = MemoryOutbox(), ScriptedPlatform(), MemoryCalendar()
        self.book = MemoryTimerBook()
        self.struck: list[tuple[str, datetime]] = []
        self.overlapped = self.busy = False
        self.courier = Courier(self.clock, self.outbox, Hand(self.clock, {PLACE: self.platform}, Random(1)))
        self.heart = StepHeart(self.clock)
        diary = Diary(self.clock, self.calendar, self.rules, LONDON, self.receive, Random(2))
        ringer = Ringer(self.clock, self.book, self.receive, Random(3))
        self.life = Life(self.clock, self.heart, diary, ringer, self.courier, self.others)

    async def receive(self, inbound: Inbound) -> Reply:
        if isinstance(due := inbound.what, Rang):
            assert self.book.rang(Timer(due.name, due.about, due.at))
            self.struck.append((due.name, self.clock.now()))
            return NOTHING
        assert isinstance(due, Due)
        self.overlapped, self.busy = self.overlapped or self.busy, True
        await settle_down()
        self.busy = False
        self.calendar.keep(Planned(Occurrence(due.rule, due.day, due.at), Verdict.RUN))
        self.struck.append((due.rule, self.clock.now()))
        self.outbox.post(person(due.rule), due.at + timedelta(minutes=15))
        return NOTHING


@dataclass
class Talker:
    """Wants to act every `every`, says when it did, and causes a letter that is due at once."""

    next: datetime
    every: timedelta
    acted: list[datetime] = field(default_factory=list)
    outbox: MemoryOutbox = field(default_factory=MemoryOutbox)

    def next_due(self) -> datetime:
        return self.next

    async def act(self, at: datetime) -> None:
        self.acted.append(at)
        self.next += self.every
        self.outbox.post(person("talker"), at)


def still(start: datetime = START) -> SteppableClock:
    return SteppableClock(start, lambda: 0.0, speed=0)


async def test_a_jump_stops_at_each_due_instant_and_carries_what_was_written_there() -> None:
    clock = still()
    world = World(clock)
    await world.life.tick()
    seen: list[datetime] = []
    await world.life.run_until(START + 7 * DAY, seen.append)
    assert clock.now() == START + 7 * DAY
    assert [rule for rule, _ in world.struck] == ["tidy", "ask", *["tidy"] * 4, "hello", *["tidy"] * 2]
    assert all(at.strftime("%H:%M") in {"03:00", "16:15", "08:00"} for _, at in world.struck)
    assert len(world.platform.posts) == 9
    assert len(seen) == len(set(seen)) == 18


async def test_an_instant_that_has_passed_changes_nothing() -> None:
    clock = still()
    world = World(clock)
    await world.life.tick()
    await world.life.run_until(START - DAY)
    assert clock.now() == START
    assert world.struck == []


async def test_a_year_goes_by_quickly_and_each_due_instant_is_kept() -> None:
    world = World(still())
    await world.life.tick()
    await world.life.run_until(START + 364 * DAY)
    assert len(world.platform.posts) == len(world.struck) == 364 + 52 + 52
    assert world.outbox.claims < 4 * len(world.struck)


async def test_others_act_when_they_are_due_and_their_letters_go_at_once() -> None:
    talker = Talker(START + timedelta(hours=1), timedelta(hours=5))
    world = World(still(), [talker], rules=())
    talker.outbox = world.outbox
    sent: list[int] = []
    await world.life.run_until(START + DAY, lambda at: sent.append(len(world.platform.posts)))
    assert sent == [1, 2, 3, 4, 5]
    assert talker.acted == [START + timedelta(hours=1 + 5 * turn) for turn in range(5)]


async def test_whoever_looks_on_is_waited_for() -> None:
    talker = Talker(START + timedelta(hours=1), timedelta(hours=5))
    world = World(still(), [talker], rules=())
    talker.outbox = world.outbox
    seen: list[int] = []

    async def look(at: datetime) -> None:
        await asyncio.sleep(0)
        seen.append(len(talker.acted))

    await world.life.run_until(START + DAY, look)
    assert seen == [1, 2, 3, 4, 5]


async def test_somebody_who_is_due_for_ever_stops_nobody_else() -> None:
    stuck = Talker(START + timedelta(hours=1), timedelta())
    world = World(still(), [stuck])
    await world.life.tick()
    await world.life.run_until(START + 7 * DAY)
    assert [rule for rule, _ in world.struck].count("tidy") == 7
    assert len(stuck.acted) < 10_000


async def test_only_a_clock_that_can_be_led_on_may_be_jumped() -> None:
    world = World(SystemClock())
    with pytest.raises(TypeError, match="led on"):
        await world.life.run_until(START)


@virtually
async def test_in_virtual_time_the_heart_beats_when_something_is_due() -> None:
    clock = virtual_clock()
    world = World(clock)
    world.life.start()
    await clock.sleep_until(START + 7 * DAY)
    await world.life.stop()
    assert len(world.struck) == len(world.platform.posts) == 9
    assert all(at.second == at.microsecond == 0 for _, at in world.struck)


@virtually
async def test_a_letter_that_is_posted_is_carried_at_the_next_wake() -> None:
    world = World(virtual_clock(), rules=())
    world.life.start()
    await settle_down()
    world.outbox.post(person("ann"), START)
    world.life.wake()
    await settle_down()
    assert world.platform.marks() == ["mark-0"]
    await world.life.stop()


@virtually
async def test_the_heart_does_not_spin_on_somebody_who_is_due_for_ever() -> None:
    clock = virtual_clock()
    stuck = Talker(START, timedelta())
    world = World(clock, [stuck], rules=())
    world.life.start()
    await clock.sleep_until(START + timedelta(seconds=10))
    await world.life.stop()
    assert 1 <= len(stuck.acted) <= 21


@virtually
async def test_nor_on_letters_that_the_courier_carries_by_itself() -> None:
    clock = virtual_clock()
    world = World(clock, rules=())
    world.platform.hangs = asyncio.Event()
    for number in range(100):
        world.outbox.post(person(str(number)), START)
    running = asyncio.create_task(world.courier.run())
    await settle_down()
    world.life.start()
    await clock.sleep_until(START + timedelta(seconds=20))
    assert len(world.platform.tries) == 32
    assert world.outbox.claims < 10
    world.platform.hangs.set()
    await clock.sleep_until(START + timedelta(seconds=21))
    await world.life.stop()
    await world.courier.stop()
    await running
    assert len(world.platform.posts) == 100


async def test_ticks_and_jumps_do_not_overlap() -> None:
    world = World(still())
    await world.life.tick()
    jumps = [world.life.run_until(START + 7 * DAY), world.life.run_until(START + 6 * DAY)]
    await asyncio.gather(world.life.tick(), *jumps, world.life.tick())
    assert len(world.struck) == 9
    assert not world.overlapped


@virtually
async def test_a_jump_and_the_heart_do_each_thing_once() -> None:
    clock = virtual_clock()
    world = World(clock)
    world.life.start()
    await settle_down()
    await world.life.run_until(START + 7 * DAY)
    await world.life.stop()
    assert len(world.struck) == len(set(world.struck)) == len(world.platform.posts) == 9


RINGS_AT = START + timedelta(hours=3, minutes=20, seconds=7)


async def test_a_jump_stops_where_a_timer_rings() -> None:
    world = World(still(), rules=())
    world.book.set["offer", Id(1)] = RINGS_AT
    await world.life.run_until(START + DAY)
    assert world.struck == [("offer", RINGS_AT)]


@virtually
async def test_in_virtual_time_a_timer_set_late_is_not_missed() -> None:
    clock = virtual_clock()
    world = World(clock, rules=())
    world.life.start()
    await clock.sleep_until(START + timedelta(hours=1))
    world.book.set["offer", Id(1)] = RINGS_AT
    world.life.look()
    await clock.sleep_until(START + DAY)
    await world.life.stop()
    assert world.struck == [("offer", RINGS_AT)]


@virtually
async def test_a_timer_rings_beside_a_courier_that_runs_by_itself() -> None:
    clock = virtual_clock()
    world = World(clock, rules=())
    running = asyncio.create_task(world.courier.run())
    await settle_down()
    world.life.start()
    await settle_down()
    world.book.set["offer", Id(1)] = RINGS_AT
    world.life.look()
    await clock.sleep_until(START + DAY)
    await world.life.stop()
    await world.courier.stop()
    await running
    assert world.struck == [("offer", RINGS_AT)]

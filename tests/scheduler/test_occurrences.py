"""Occurrences: what is due comes in through the door, is done once, and is never lost."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import count, pairwise
from random import Random
from typing import Any

import pytest

from bot.chat.inbound import Due, Inbound
from bot.chat.outbound import NOTHING, Reply
from bot.core.calendar import Late, Occurrence, Planned, Rule, Verdict
from bot.core.errors import StorageFailed
from bot.core.walltime import Daily, Weekly
from scheduler.clocks import SteppableClock
from scheduler.occurrences import Diary
from tests.scheduler.twins import MemoryCalendar
from tests.virtual import START

LONDON = "Europe/London"
DAY, HOUR, SECOND = timedelta(days=1), timedelta(hours=1), timedelta(seconds=1)
HELLO = Rule("hello", Weekly(0, time(8)))
TIDY = Rule("tidy", Daily(time(3)), Late.MERGE)
NUDGE = Rule("nudge", Daily(time(16, 15)), Late.SKIP, within=HOUR)
MONDAY = date(2026, 11, 16)


@dataclass
class Desk:
    """A door behind which each occurrence is recorded as it is done; `fails` says how often each rule fails first."""

    rules: tuple[Rule, ...] = (HELLO, TIDY, NUDGE)
    fails: dict[str, int] = field(default_factory=dict)
    error: Exception = field(default_factory=RuntimeError)
    forgets: bool = False

    def __post_init__(self) -> None:
        self.clock = SteppableClock(START, lambda: 0.0, speed=0)
        self.calendar = MemoryCalendar()
        self.came: list[Inbound] = []
        self.done: list[tuple[str, date]] = []
        self.alarms = 0
        self.diary = self.start()

    def start(self) -> Diary:
        return Diary(self.clock, self.calendar, self.rules, LONDON, self.receive, Random(3), self.ring)

    async def ring(self) -> None:
        self.alarms += 1

    async def receive(self, inbound: Inbound) -> Reply:
        self.came.append(inbound)
        assert isinstance(inbound.what, Due)
        due = inbound.what
        if self.fails.get(due.rule, 0):
            self.fails[due.rule] -= 1
            if self.forgets:
                return NOTHING
            raise self.error
        if self.calendar.keep(Planned(Occurrence(due.rule, due.day, due.at), Verdict.RUN)):
            self.done.append((due.rule, due.day))
        return NOTHING

    async def live(self, until: datetime) -> None:
        await self.diary.tick()
        while (due := self.diary.next_due()) is not None and due <= until:
            await self.clock.reach(due)
            await self.diary.tick()
        await self.clock.reach(until)

    def told(self, rule: str) -> dict[Verdict, int]:
        verdicts = [one.verdict for (name, _), one in self.calendar.told.items() if name == rule]
        return {verdict: verdicts.count(verdict) for verdict in Verdict if verdict in verdicts}


async def test_what_is_due_comes_in_with_a_key_of_its_own() -> None:
    desk = Desk((HELLO,))
    await desk.live(START + 7 * DAY)
    assert desk.came == [
        Inbound(
            key="due:hello:2026-11-16",
            at=datetime.fromisoformat("2026-11-16T08:00Z"),
            what=Due("hello", MONDAY, datetime.fromisoformat("2026-11-16T08:00Z")),
        )
    ]


async def test_on_a_clock_that_never_stands_still_the_first_look_is_taken() -> None:
    desk, passed = Desk(), count()
    desk.clock = SteppableClock(START, lambda: next(passed) / 1_000_000)
    await desk.start().tick()
    assert desk.calendar.reads == 1


async def test_between_two_due_instants_nothing_is_read() -> None:
    desk = Desk()
    await desk.diary.tick()
    read = desk.calendar.reads
    for _ in range(100):
        await desk.diary.tick()
    assert desk.calendar.reads == read


async def test_after_a_long_outage_each_rule_is_caught_up_as_it_wishes() -> None:
    desk = Desk()
    await desk.diary.tick()
    await desk.clock.reach(START + 14 * DAY)
    desk.diary = desk.start()
    await desk.live(desk.clock.now())
    assert desk.told("hello") == {Verdict.RUN: 2}
    assert desk.told("tidy") == {Verdict.RUN: 1, Verdict.MERGED: 13}
    assert desk.told("nudge") == {Verdict.SKIPPED: 14}
    assert all(one.reason for one in desk.calendar.told.values() if one.verdict is not Verdict.RUN)


async def test_an_occurrence_that_fails_is_tried_again_and_stops_no_other() -> None:
    desk = Desk((HELLO, Rule("also", Weekly(0, time(8)))), fails={"also": 4})
    await desk.live(START + 5 * DAY)
    assert sorted(desk.done) == [("also", MONDAY), ("hello", MONDAY)]
    at = [inbound.at for inbound in desk.came if isinstance(inbound.what, Due) and inbound.what.rule == "also"]
    waits = [later - earlier for earlier, later in pairwise(at)]
    assert len(waits) == 4
    assert all(5 * SECOND * 2**turn <= wait <= 6.25 * SECOND * 2**turn for turn, wait in enumerate(waits))
    assert len({inbound.key for inbound in desk.came}) == 2


async def test_who_answers_without_recording_has_not_done_it() -> None:
    desk = Desk((HELLO,), fails={"hello": 2}, forgets=True)
    await desk.live(START + 7 * DAY)
    assert desk.done == [("hello", MONDAY)]
    assert len(desk.came) == 3


async def test_one_that_fails_holds_up_those_of_its_rule_behind_it() -> None:
    daily = Rule("daily", Daily(time(9)))
    desk = Desk((daily,), fails={"daily": 200})
    await desk.live(START + 8 * DAY)
    days = [day for _, day in desk.done]
    assert len(days) == 8
    assert days == sorted(days)


async def test_what_is_only_worth_doing_in_its_time_is_recorded_as_skipped_when_it_kept_failing() -> None:
    desk = Desk((NUDGE,), fails={"nudge": 1_000})
    await desk.live(START + DAY)
    assert desk.told("nudge") == {Verdict.SKIPPED: 1}
    assert len(desk.came) >= 5


async def test_a_disk_that_fails_under_the_door_rings_the_alarm_and_loses_nothing() -> None:
    desk = Desk((HELLO,), fails={"hello": 3}, error=StorageFailed())
    await desk.live(START + 7 * DAY)
    assert desk.done == [("hello", MONDAY)]
    assert desk.alarms == 3


async def test_what_was_kept_and_heard_as_failed_leaves_nothing_to_come_back_to(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Its commit held, the answer was lost, and so was the look at what is on record."""
    desk = Desk((TIDY,))
    await desk.diary.tick()
    receive, markers, broken = desk.receive, desk.calendar.markers, [StorageFailed()]

    async def kept_and_lost(inbound: Inbound) -> Reply:
        await receive(inbound)
        raise StorageFailed

    async def fails_after_it(*args: Any) -> Any:
        if desk.done and broken:
            raise broken.pop()
        return await markers(*args)

    monkeypatch.setattr(desk, "receive", kept_and_lost)
    monkeypatch.setattr(desk.calendar, "markers", fails_after_it)
    desk.diary = desk.start()
    for _ in range(5):
        await desk.clock.reach(max(desk.clock.now(), desk.diary.next_due() or START))
        await desk.diary.tick()
    assert len(desk.done) == len(set(desk.done)) > 1


async def test_while_the_calendar_cannot_be_read_it_rests_and_then_goes_on() -> None:
    desk = Desk((HELLO,))
    await desk.diary.tick()
    desk.calendar.broken = True
    await desk.live(START + 5 * DAY)
    assert desk.done == []
    assert desk.alarms > 10
    desk.calendar.broken = False
    await desk.live(START + 5 * DAY + HOUR)
    assert desk.done == [("hello", MONDAY)]


@pytest.mark.parametrize("back", [HOUR, 26 * HOUR])
async def test_a_clock_set_back_repeats_nothing(back: timedelta) -> None:
    desk = Desk()
    await desk.live(START + 7 * DAY)
    before = list(desk.done)
    desk.clock.set(desk.clock.now() - back)
    await desk.live(START + 7 * DAY)
    assert desk.done == before


async def test_without_rules_nothing_is_ever_due() -> None:
    desk = Desk(())
    await desk.diary.tick()
    assert desk.diary.next_due() is None

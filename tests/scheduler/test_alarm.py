"""The alarm: from memory, straight to the organisers, at most once an hour."""

import asyncio
from datetime import timedelta

import pytest

from bot.chat.outbound import Refused, ToChannel, Why
from bot.chat.text import plain
from bot.chat.view import Paragraph, View
from scheduler.alarm import Alarm
from scheduler.clocks import SteppableClock
from tests.scheduler.twins import PLACE, Lost, ScriptedPlatform
from tests.virtual import START, virtual_clock, virtually

MINUTE = timedelta(minutes=1)
WORDS = View((Paragraph(plain("I can't save anything at the moment.")),))
STAFF = ToChannel("w", "organisers")


class Bell:
    def __init__(self) -> None:
        self.clock = SteppableClock(START, lambda: 0.0, speed=0)
        self.platform, self.other = ScriptedPlatform(), ScriptedPlatform()
        platforms = {PLACE: self.platform, "other": self.other}
        self.alarm = Alarm(self.clock, platforms, [(PLACE, STAFF), ("other", STAFF), ("absent", STAFF)], WORDS)

    async def ring_for(self, minutes: int) -> None:
        for _ in range(minutes):
            await self.alarm.ring()
            self.clock.advance(MINUTE)


async def test_it_is_said_in_each_organisers_channel_once_an_hour() -> None:
    bell = Bell()
    await bell.ring_for(150)
    assert len(bell.platform.posts) == len(bell.other.posts) == 3
    assert {(post.to, post.view) for post in bell.platform.posts} == {(STAFF, WORDS)}
    assert len({post.mark for post in bell.platform.posts}) == 3, "no platform takes the second for the first"


async def test_one_platform_that_raises_does_not_keep_it_from_the_other() -> None:
    bell = Bell()
    bell.platform.script = [Lost.RAISES]
    await bell.alarm.ring()
    assert len(bell.other.posts) == 1


@virtually
async def test_one_platform_that_hangs_does_not_either() -> None:
    bell, clock = Bell(), virtual_clock()
    bell.platform.hangs = asyncio.Event()
    alarm = Alarm(clock, {PLACE: bell.platform, "other": bell.other}, [(PLACE, STAFF), ("other", STAFF)], WORDS)
    await alarm.ring()
    assert len(bell.other.posts) == 1
    assert clock.now() == START + timedelta(seconds=10)


async def test_where_nobody_could_be_reached_it_is_tried_again_after_a_minute() -> None:
    bell = Bell()
    bell.platform.script = [Refused(Why.TRY_LATER)] * 2
    bell.other.script = [Refused(Why.FORBIDDEN)] * 2
    await bell.ring_for(30)
    assert len(bell.platform.tries) == 3
    assert len(bell.platform.posts) == len(bell.other.posts) == 1


@pytest.mark.parametrize("lost", [Lost.REQUEST, Lost.REPLY])
async def test_what_may_have_arrived_is_not_said_again_within_the_hour(lost: Lost) -> None:
    bell = Bell()
    bell.platform.script, bell.other.script = [lost], [lost]
    await bell.ring_for(59)
    assert len(bell.platform.tries) == 1


async def test_a_clock_set_back_does_not_silence_it_for_longer_than_an_hour() -> None:
    bell = Bell()
    await bell.alarm.ring()
    bell.clock.set(START - timedelta(days=1))
    await bell.ring_for(61)
    assert len(bell.platform.posts) >= 2

"""Timers: what was set to ring comes in through the door when its instant has come, as everything does."""

from collections.abc import Sequence
from datetime import datetime

import structlog

from bot.chat.ids import Dice, Id, show
from bot.chat.inbound import Inbound, Rang
from bot.chat.platform import Door
from bot.core.clock import Clock
from bot.core.errors import StorageFailed
from bot.core.timers import Timer, TimerBook
from scheduler.again import Again, put_off
from scheduler.rest import Alarm, Rest, no_alarm

AT_A_TIME = 50
"""Timers looked at together."""

_log = structlog.get_logger("scheduler")


def key(timer: Timer) -> str:
    """The inbound key of a timer: the same whenever it is tried, another once it was moved."""
    return f"rang:{timer.name}:{show(timer.about)}:{timer.at.isoformat()}"


class Ringer:
    """Hands in the timers that are due, earliest first, and sees that they were taken away. One that failed is tried
    again later; it holds up no other, and nothing is lost: after an outage everything due rings, once."""

    def __init__(self, clock: Clock, book: TimerBook, door: Door, dice: Dice, alarm: Alarm = no_alarm) -> None:
        self._clock, self._book, self._door, self._dice, self._alarm = clock, book, door, dice, alarm
        self._rest = Rest(clock, alarm)
        self._again: dict[Timer, Again] = {}

    async def next_due(self) -> datetime | None:
        """When there will be something to do; None: not before a timer is set."""
        if self._rest.until() is None:
            try:
                return min(map(self._due, await self._first(1)), default=None)
            except StorageFailed:
                await self._rest.begin()
        return self._rest.until()

    async def tick(self) -> None:
        """Hand in all that is due now, each once. What fails is kept for later; nothing is raised but what cancels
        it."""
        if self._rest.until() is not None:
            return
        try:
            await self._ring(self._clock.now())
            self._rest.end()
        except StorageFailed:
            await self._rest.begin()

    async def _ring(self, at: datetime) -> None:
        tried: set[tuple[str, Id]] = set()  # by subject: one that sets itself for the past must not spin here
        while due := [one for one in await self._first(AT_A_TIME) if self._due(one) <= at and _of(one) not in tried]:
            for timer in due:
                tried.add(_of(timer))
                await self._hand_in(timer, at)
            await self._look_again(due, at)

    async def _hand_in(self, timer: Timer, at: datetime) -> None:
        try:
            await self._door(Inbound(key=key(timer), at=at, what=Rang(timer.name, timer.about, timer.at)))
        except Exception as error:
            self._put_off(timer, at, type(error).__name__)
            if isinstance(error, StorageFailed):
                await self._alarm()

    async def _look_again(self, rung: Sequence[Timer], at: datetime) -> None:
        """What is still set as it was is not done, whoever answered it; what is not has no more failures to count."""
        still_set = set(await self._first(AT_A_TIME))
        for timer in still_set.intersection(rung):
            if not self._is_put_off(timer):
                self._put_off(timer, at, "still set")
        self._again = {timer: again for timer, again in self._again.items() if timer in still_set}

    async def _first(self, most: int) -> Sequence[Timer]:
        """The first timers, so many of them at least that were not put off."""
        return await self._book.first(self._clock.now(), most + len(self._again))

    def _due(self, timer: Timer) -> datetime:
        return self._again[timer].at if self._is_put_off(timer) else timer.at

    def _is_put_off(self, timer: Timer) -> bool:
        return timer in self._again and self._again[timer].waits(self._clock.now())

    def _put_off(self, timer: Timer, at: datetime, why: str) -> None:
        again = self._again[timer] = put_off(self._again.get(timer), at, self._dice)
        _log.warning("a timer failed, and is tried again", timer=timer.name, error=why, failures=again.failures)


def _of(timer: Timer) -> tuple[str, Id]:
    return timer.name, timer.about

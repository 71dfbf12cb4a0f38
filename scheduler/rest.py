"""What is done when the storage fails: ring the alarm, rest, and try again; longer each time, but not long."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import TypeAlias

from bot.core.clock import Clock

FIRST = timedelta(seconds=2)
LONGEST = timedelta(minutes=1)

Alarm: TypeAlias = Callable[[], Awaitable[None]]


async def no_alarm() -> None:
    """Nobody hears it."""


class Rest:
    """From `begin` until `until`; `end` once something worked again."""

    def __init__(self, clock: Clock, alarm: Alarm) -> None:
        self._clock, self._alarm = clock, alarm
        self._length = timedelta()
        self._until: datetime | None = None

    def until(self) -> datetime | None:
        """None while there is nothing to rest from. A clock set back does not make a rest longer."""
        now = self._clock.now()
        resting = self._until is not None and now < self._until <= now + LONGEST
        return self._until if resting else None

    async def begin(self) -> None:
        if self.until() is None:
            self._length = min(LONGEST, max(FIRST, self._length * 2))
            self._until = self._clock.now() + self._length
        await self._alarm()

    def end(self) -> None:
        self._length, self._until = timedelta(), None

"""The demo's heartbeat: the real one, told in the machine's time what is due in the demo's."""

from datetime import datetime, timedelta

from bot.core.clock import Clock
from scheduler.clocks import SystemClock
from scheduler.heartbeat import ApsHeart

_EVERY = timedelta(seconds=1)


class DemoHeart(ApsHeart):
    """APScheduler under a clock that can be led on. A beat that a jump has overtaken finds nothing due."""

    def __init__(self, clock: Clock) -> None:
        super().__init__(_EVERY)
        self._led, self._wall = clock, SystemClock()

    def beat_at(self, instant: datetime) -> None:
        super().beat_at(self._wall.now() + max(timedelta(), instant - self._led.now()))

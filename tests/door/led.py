"""`headsup run` by the time that a test leads: `python -m tests.door.led INSTANT READING SPEED [naive] [--option …]`.

It was `INSTANT` when the machine's monotonic clock read `READING`; since then time passes `SPEED` times as fast. All
else is the program as it is, with these options, but that `naive` says again what may have arrived: for a test of the
test.
"""

import sys
from dataclasses import dataclass
from datetime import datetime, timedelta
from time import monotonic

from bot.door import cli, real
from scheduler import attempt
from scheduler.clocks import SteppableClock
from scheduler.heartbeat import TICK, StepHeart


@dataclass(frozen=True)
class Led:
    """A time that two processes share."""

    instant: datetime
    reading: float
    speed: float

    @property
    def clock(self) -> SteppableClock:
        gone = timedelta(seconds=(monotonic() - self.reading) * self.speed)
        return SteppableClock(self.instant + gone, monotonic, self.speed)

    @property
    def words(self) -> tuple[str, ...]:
        return self.instant.isoformat(), repr(self.reading), repr(self.speed)


def main(instant: str, reading: str, speed: str, *manner: str) -> None:
    clock = Led(datetime.fromisoformat(instant), float(reading), float(speed)).clock
    setattr(real, "SystemClock", lambda: clock)  # noqa: B010 (put in the place of a class)
    setattr(real, "ApsHeart", lambda: StepHeart(clock, TICK))  # noqa: B010
    if "naive" in manner:
        setattr(attempt, "is_in_doubt", lambda claim: False)  # noqa: B010 (put in the place of a function)
    sys.argv = ["headsup", "run", *(word for word in manner if word.startswith("--"))]
    cli.main()


if __name__ == "__main__":
    main(*sys.argv[1:])

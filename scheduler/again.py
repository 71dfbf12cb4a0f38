"""When something that failed is tried again: longer each time, and not all at once."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.chat.ids import Dice

FIRST_WAIT = timedelta(seconds=5)
LONGEST_WAIT = timedelta(minutes=15)
_SPREAD = 1.25


@dataclass(frozen=True)
class Again:
    """To be tried again at `at`, after so many failures."""

    at: datetime
    failures: int

    def waits(self, now: datetime) -> bool:
        """Whether it is not time yet. A clock set back does not make a wait longer."""
        return now < self.at <= now + LONGEST_WAIT * _SPREAD


def put_off(before: Again | None, at: datetime, dice: Dice) -> Again:
    """It failed (again) at `at`."""
    failures = before.failures + 1 if before else 1
    wait = min(LONGEST_WAIT, FIRST_WAIT * 2 ** min(failures - 1, 10))
    return Again(at + wait * dice.uniform(1, _SPREAD), failures)

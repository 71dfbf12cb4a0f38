"""The Friday letter: when it is written, and until when it is worth reading."""

from dataclasses import dataclass
from datetime import date, time, timedelta

from bot.chat.ids import Id, show
from bot.core.walltime import Weekly

LATEST = timedelta(hours=40)
"""How late it is still written: on Sunday morning the weekend is nearly over, and Monday speaks for itself."""


@dataclass(frozen=True)
class FridaySettings:
    """`[friday]`. The letter about the week to come, on weekday `day` (Friday is 4) at `at`."""

    day: int = 4
    at: time = time(16, 15)

    @property
    def schedule(self) -> Weekly:
        """Every week."""
        return Weekly(self.day, self.at)


def friday_key(week: date, member: Id) -> str:
    """The key of a member's letter about the week that begins on that Monday."""
    return f"friday:{week}:{show(member)}"

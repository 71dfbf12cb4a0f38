"""Timers: one-shot wake-ups, each about one thing ("at 14:03:20 this offer lapses").

Rules (`bot.core.calendar`) know the clock on the wall and come round again; a timer is one instant, and rings once.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.chat.ids import Id
from bot.core.work import Store


@dataclass(frozen=True)
class Timer:
    """Rings at `at` (UTC). `name` says what for, and is a room's own ("events.offer", at most 80 characters); `about`
    is the thing it is about, an event or an announcement: never a member, whose timers would tell what they do."""

    name: str
    about: Id
    at: datetime


class Timers(Protocol):
    """What is set, inside a unit of work. There is one timer of a name and subject."""

    def set(self, name: str, about: Id, at: datetime) -> None:
        """Ring then; one that was set before is moved. An instant that has passed rings at once."""
        ...

    def stop(self, name: str, about: Id) -> None:
        """Do not ring; where none is set, nothing changes."""
        ...

    def at(self, name: str, about: Id) -> datetime | None:
        """When it will ring; None where none is set."""
        ...

    def rang(self, timer: Timer) -> bool:
        """Take it away: it is done. False, and nothing changes, where it was moved, stopped or done meanwhile. For the
        core: a handler that rings has this behind it, and may set the same timer anew."""
        ...


TIMERS = Store[Timers]("timers")


class TimerBook(Protocol):
    """What is set, for the scheduler."""

    async def first(self, at: datetime, most: int) -> Sequence[Timer]:
        """The `most` that ring first, in that order, whether due or not. Cheap while this process sets none: it may
        remember, but sees what it has set itself at once, and what others have within seconds. `at` is now. Raises
        StorageFailed."""
        ...

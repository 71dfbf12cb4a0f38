"""The port behind the clock bar: who owns the network's time fills it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True)
class Coming:
    """What comes next: when (UTC), and a few words, such as "Thursday's check-in"."""

    at: datetime
    says: str


@dataclass(frozen=True)
class Happened:
    """One line of what happened meanwhile, and the message it leads to."""

    says: str
    conversation: str
    message: str


class TimeBar(Protocol):
    """The time of the network, and the way to let it pass. Every instant is UTC."""

    def now(self) -> datetime: ...

    def next_due(self) -> Coming | None:
        """The next thing that will happen by itself; None where nothing will."""
        ...

    async def jump(self, until: datetime, tell: Callable[[datetime], None]) -> Sequence[Happened]:
        """Let time pass until then, all that falls due happening in its order; `tell` hears how far it is.
        An instant that has passed already changes nothing."""
        ...

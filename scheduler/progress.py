"""Progress of bulk work: how far each batch is, told now and then."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TypeAlias

from bot.core.outbox import Claim

EVERY = timedelta(seconds=3)


@dataclass(frozen=True)
class Tally:
    """How many letters of a batch were sent, still wait, and could not be sent."""

    sent: int
    waiting: int
    could_not: int


Count: TypeAlias = Callable[[str], Awaitable[Tally]]
"""Counts a batch, from the outbox itself, so that it is right after a restart too."""

Tell: TypeAlias = Callable[[str, Tally], Awaitable[None]]


@dataclass
class Progress:
    """Tells of each batch at most every `every`, and always of its end. `batch_of` names a claim's, "" for none."""

    batch_of: Callable[[Claim], str]
    count: Count
    tell: Tell
    every: timedelta = EVERY
    _due: dict[str, datetime] = field(default_factory=dict)
    _told: dict[str, datetime] = field(default_factory=dict)

    def note(self, claim: Claim, at: datetime) -> None:
        """A letter has ended."""
        batch = self.batch_of(claim)
        if batch:
            self._due[batch] = self._told[batch] + self.every if batch in self._told else at

    def next_due(self) -> datetime | None:
        return min(self._due.values(), default=None)

    async def tell_due(self, at: datetime) -> None:
        """Tell of every batch whose turn it is."""
        for batch in [batch for batch, due in self._due.items() if due <= at]:
            tally = await self.count(batch)
            del self._due[batch]
            self._told[batch] = at
            if not tally.waiting:
                del self._told[batch]
            await self.tell(batch, tally)

"""Telling organisers what the scheduler knows: how far bulk work is, and what was not done because it came too late."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from bot import front
from bot.chat.address import ORGANISERS
from bot.core.calendar import Planned
from bot.core.clock import Clock
from bot.core.outbox import Kind, Letter
from bot.core.work import Unit, Work
from scheduler.progress import Tally
from storage.engine import SqlStorage


@dataclass(frozen=True)
class Telling:
    """Counts a batch in the outbox, and says how far it is, through the outbox too."""

    storage: SqlStorage
    clock: Clock

    async def count(self, batch: str) -> Tally:
        """How far the batch is."""
        return Tally(*await self.storage.outbox.tally(batch))

    async def tell(self, batch: str, tally: Tally) -> None:
        """Say it. The same state is said once, whoever asks again."""
        done, first = tally.sent + tally.could_not, f"progress:{batch}"
        view = front.progress(batch.partition(":")[0], done, done + tally.waiting, tally.could_not)

        def post(work: Work) -> None:
            for key, earlier in ((first, ""), (f"{first}:{done}", first)):
                work.post(Letter(key, ORGANISERS, view, Kind.ANSWER, work.at, instead_of=earlier))

        await self.storage.write(Unit(f"{first}:{done}", self.clock.now(), post))


class ToldCalendar:
    """The storage's calendar; what is passed over because it came too late is told before it is recorded."""

    def __init__(self, storage: SqlStorage) -> None:
        self._storage = storage
        self.markers, self.settle = storage.calendar.markers, storage.calendar.settle

    async def record(self, planned: Sequence[Planned], at: datetime) -> None:
        """Tell, then record: cut off in between, it is told once all the same, for a letter's key is used once."""
        for one in planned:
            if (view := front.skipped(one)) is not None:
                occurrence = one.occurrence
                key = f"skipped:{occurrence.rule}:{occurrence.day.isoformat()}"
                letter = Letter(key, ORGANISERS, view, Kind.ORGANISER, at)
                await self._storage.write(Unit(key, at, partial(_post, letter)))
        await self._storage.calendar.record(planned, at)


def _post(letter: Letter, work: Work) -> None:
    work.post(letter)

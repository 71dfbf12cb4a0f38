"""Telling organisers how far bulk work is: one message, and letters that take its place."""

from dataclasses import dataclass

from bot import front
from bot.chat.address import ORGANISERS
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

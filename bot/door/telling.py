"""Telling organisers what the scheduler knows: how far bulk work is, and what was not done because it came too late."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial

from bot import front
from bot.chat.address import ORGANISERS
from bot.chat.view import View
from bot.core.calendar import Planned
from bot.core.clock import Clock
from bot.core.going import Going, Progressing
from bot.core.outbox import Kind, Letter
from bot.core.work import Unit, Work
from scheduler.progress import Tally
from storage.engine import SqlStorage


@dataclass(frozen=True)
class Telling:
    """Counts a batch in the outbox, and says how far it is, through the outbox too."""

    storage: SqlStorage
    clock: Clock
    shows: Mapping[str, Progressing] = field(default_factory=dict)
    """What a room says itself of its bulk work."""
    _began: dict[str, tuple[datetime, int]] = field(default_factory=dict)
    """When each batch was first told, and how far it was: from which follows how long it takes."""

    async def count(self, batch: str) -> Tally:
        """How far the batch is."""
        return Tally(*await self.storage.outbox.tally(batch))

    async def tell(self, batch: str, tally: Tally) -> None:
        """Say it. The same state is said once, whoever asks again."""
        done, first = tally.sent + tally.could_not, f"progress:{batch}"
        going = Going(tally.sent, tally.waiting, tally.could_not, self._left(batch, done, tally.waiting))

        def post(work: Work) -> None:
            view = self._shown(work, batch, going)
            for key, earlier in ((first, ""), (f"{first}:{done}", first)):
                work.post(Letter(key, ORGANISERS, view, Kind.ANSWER, work.at, instead_of=earlier))

        await self.storage.write(Unit(f"{first}:{done}", self.clock.now(), post))

    def _shown(self, work: Work, batch: str, going: Going) -> View:
        what, _, about = batch.partition(":")
        if what in self.shows:
            return self.shows[what](work, about, going)
        done = going.sent + going.could_not
        return front.progress(what, done, done + going.waiting, going.could_not)

    def _left(self, batch: str, done: int, waiting: int) -> timedelta | None:
        """As it has gone so far, so it will go on."""
        now = self.clock.now()
        began, done_then = self._began.setdefault(batch, (now, done))
        if not waiting:
            del self._began[batch]
        return (now - began) / (done - done_then) * waiting if done > done_then else None


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

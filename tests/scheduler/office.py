"""A post office to try the courier in: a still clock, an outbox and a platform in memory."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from bot.core.outbox import Claim, Settlement, State
from scheduler.attempt import Hand
from scheduler.clocks import SteppableClock
from scheduler.courier import Courier
from scheduler.pacing import Pacing
from scheduler.verdicts import MANNERS, Manners
from tests.scheduler.twins import PLACE, MemoryOutbox, Row, ScriptedPlatform
from tests.virtual import START


@dataclass
class Post:
    """A courier over a still clock, moved by hand."""

    manners: Manners = MANNERS
    pacing: Pacing = field(default_factory=Pacing)
    hand: type[Hand] = Hand

    def __post_init__(self) -> None:
        self.clock = SteppableClock(START, lambda: 0.0, speed=0)
        self.outbox, self.platform = MemoryOutbox(), ScriptedPlatform()
        self.told: list[tuple[str, str]] = []
        self.ended: list[tuple[str, State]] = []
        self.alarms: list[datetime] = []
        self.courier = self.start()

    def start(self) -> Courier:
        """A new courier over the same outbox, as after a restart."""
        platforms = {PLACE: self.platform}
        hand = self.hand(
            self.clock, platforms, Random(7), self.pacing, self.manners, lambda *told: self.told.append(told)
        )
        return Courier(self.clock, self.outbox, hand, alarm=self.ring, ended=self.end)

    async def ring(self) -> None:
        self.alarms.append(self.clock.now())

    def end(self, claim: Claim, settlement: Settlement) -> None:
        self.ended.append((claim.parcel.mark, settlement.state))

    async def run_for(self, how_long: timedelta) -> None:
        """Drain at each instant at which the courier wants to look."""
        end = self.clock.now() + how_long
        await self.courier.drain()
        while (due := await self.courier.next_due()) is not None and due <= end:
            await self.clock.reach(due)
            await self.courier.drain()
        await self.clock.reach(end)


async def delivered(post: Post, row: Row) -> None:
    """Let three days go by: it was said once, and nothing doubts it."""
    await post.run_for(timedelta(days=3))
    assert row.state is State.SENT
    assert row.receipt is not None
    assert post.platform.times(row.parcel) == 1
    assert not row.possible_duplicate

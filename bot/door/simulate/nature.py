"""What goes wrong between the bot and the people, drawn from the seed."""

import asyncio
import heapq
import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import count

import msgspec

from adapters.memory.platform import MemoryPlatform
from adapters.space.space import Space
from bot.chat.address import Account
from bot.chat.inbound import Inbound, Opened
from bot.chat.outbound import NOTHING, Delivered, Outcome, Parcel, Receipt, Refused, Reply, ToCircle, Unclear, Why
from bot.chat.platform import CannotLook, Door, NotKept
from bot.core.clock import Clock
from bot.door.simulate.machine import Led, Machine, an_hour
from bot.door.simulate.plan import Db, Faults, Plan
from bot.door.simulate.town import ELSEWHERE

_HOUR, _AT_ONCE, _MOMENTS = timedelta(hours=1), timedelta(), timedelta(minutes=10)
_REDELIVERED = timedelta(minutes=1)
_TRIED_AGAIN = (timedelta(seconds=20), timedelta(minutes=1), timedelta(minutes=6), timedelta(minutes=15))
"""Within so long comes what did not come at first: platforms try again at once, after one minute and after five."""
_LAG, _LAGS = timedelta(seconds=4), 0.3
"""For how long a direct message may not be found, and how likely it is not."""
_AROUND_A_DEATH = 0.25
"""How likely the first full disk is one on which the bot has to start again."""


@dataclass(frozen=True)
class Odds:
    """How likely each is. Of parcels: `lost` on the way, `unheard` (taken, and the answer lost), told to `slow_down`,
    `slow`. Of what comes in: delivered `again`, or `late`, a first time that is overtaken by what was done after it, or
    done `at_once` by a second hand. Of what is kept: `misheard`, as if it had failed. The hours are weeks from one to
    the next: a full disk, a clock set; but each comes `at_least` so often, however short the life. `restarted`, once a
    day: as planned, with what is in memory handed over. `renewed` are weeks too: the same in the middle of things."""

    lost: float = 0.0
    unheard: float = 0.0
    slow_down: float = 0.0
    slow: float = 0.0
    again: float = 0.0
    late: float = 0.0
    at_once: float = 0.0
    misheard: float = 0.0
    full_disk: float = 0.0
    clock_set: float = 0.0
    at_least: int = 0
    restarted: float = 0.0
    renewed: float = 0.0
    dim: bool = False
    recognises: Mapping[str, timedelta] = field(default_factory=dict)


def odds_of(plan: Plan) -> Odds:
    """How likely each is in this plan. On PostgreSQL time stands still between two steps: nobody can be slow."""
    odds = _ODDS[plan.faults]
    return replace(odds, slow=0.0) if plan.db is Db.POSTGRESQL else odds


_ODDS = {
    Faults.NONE: Odds(),
    Faults.SOME: Odds(lost=0.002, unheard=0.002, slow_down=0.005, slow=0.005, again=0.01, clock_set=26, restarted=0.02),
    Faults.HOSTILE: Odds(
        lost=0.01,
        unheard=0.01,
        slow_down=0.02,
        slow=0.02,
        again=0.05,
        late=0.03,
        at_once=0.03,
        misheard=0.002,
        full_disk=6,
        clock_set=4,
        at_least=1,
        restarted=0.1,
        renewed=2,
        dim=True,
        recognises={ELSEWHERE.platform: timedelta(minutes=4)},
    ),
}


Heard = Callable[[Parcel, Outcome | None], None]
Waits = Callable[[timedelta], None]


def _nobody(parcel: Parcel, outcome: Outcome | None) -> None:
    pass


class RoughPlatform(MemoryPlatform):
    """The in-memory twin on a bad line, beside a machine that may die. `heard` is told what it answers, and None
    where nobody can look. `blind` counts letters that nobody could look for, `recognised` those that came again and
    were known."""

    def __init__(
        self, space: Space, odds: Odds, machine: Machine, clock: Clock, dice: random.Random, heard: Heard = _nobody
    ) -> None:
        super().__init__(space, self)
        self._odds, self._machine, self._clock, self._dice, self._heard = odds, machine, clock, dice, heard
        self.blind = self.recognised = 0
        self._recognises = odds.recognises.get(space.platform)
        self._lags = random.Random(dice.random()) if odds.dim else None  # noqa: S311 - chance, not a secret

    async def deliver(self, parcel: Parcel) -> Outcome:
        await self._machine.boundary()
        slow = self._dice.random() < self._odds.slow
        first = slow and self._dice.random() < 0.5
        await self._dawdle(slow and first)
        outcome = await super().deliver(parcel)
        self._heard(parcel, outcome)
        await self._dawdle(slow and not first)
        await self._machine.boundary()
        return outcome

    async def find(self, parcel: Parcel) -> Receipt | None:
        """Where it is as dim as in life, not in circles, and what was just said is not found at once."""
        await self._machine.boundary()
        found = await super().find(parcel)
        if self._lags is None:
            return found
        if self._recognises or isinstance(parcel.to, ToCircle):
            self.blind += 1
            self._heard(parcel, None)
            raise CannotLook
        said = self.space.marked(parcel.mark)
        is_new = said is not None and self._clock.now() - said.at < _LAG
        return None if is_new and self._lags.random() < _LAGS else found

    def take(self, parcel: Parcel) -> Outcome:
        """Where a mark is known again for a while, a second try within it is no second message."""
        said = self.space.marked(parcel.mark) if self._recognises and not parcel.removes else None
        if said and self._recognises and self._clock.now() - said.at < self._recognises:
            self.recognised += 1
            return Delivered(Receipt(said.conversation, said.id))
        return super().take(parcel)

    def before(self, parcel: Parcel) -> Refused | Unclear | None:
        if self._dice.random() < self._odds.lost:
            return Unclear("lost on the way")
        if self._dice.random() < self._odds.slow_down:
            return Refused(Why.SLOW_DOWN, wait=timedelta(seconds=self._dice.uniform(1, 60)))
        return None

    def after(self, parcel: Parcel) -> Unclear | None:
        return Unclear("the answer was lost") if self._dice.random() < self._odds.unheard else None

    async def _dawdle(self, slow: bool) -> None:
        """At times longer than anybody waits."""
        if slow:
            await self._clock.sleep_until(self._clock.now() + timedelta(seconds=self._dice.uniform(1, 45)))


class Echoes:
    """Living (scheduler/life): hands in again what came before, at once beside itself or later among other things; and
    some of it for the first time only then, as of then, since adapters say when something came. `late` counts those,
    `overtaken` those before which something came that the same person had done after it, and `twins` what was done by
    two hands at once."""

    def __init__(self, door: Door, odds: Odds, clock: Clock, dice: random.Random, lates: random.Random) -> None:
        self._door, self._odds, self._clock, self._dice, self._lates = door, odds, clock, dice, lates
        self._later: list[tuple[datetime, int, Inbound, bool]] = []
        self._count = count()
        self._latest: dict[Account | None, datetime] = {}
        self.late = self.overtaken = self.twins = 0

    async def hand_in(self, inbound: Inbound) -> Reply:
        """Through the door, perhaps more than once, or not yet; the reply is the first one's."""
        if self._happens(self._odds.late, inbound):
            self.late += 1
            self._put_off(inbound, self._lates.choice(_TRIED_AGAIN) * self._lates.random(), is_first=True)
            return NOTHING
        if self._happens(self._odds.at_once, inbound):
            self.twins += 1
            reply, _ = await asyncio.gather(self._knock(inbound), self._knock(_by_another_hand(inbound)))
            return reply
        return await self._echoed(inbound)

    def once_more(self, inbound: Inbound) -> None:
        """It was kept, and heard as failed: it is delivered again, or done again by whoever was told to."""
        again = self._lates.choice([inbound, _by_another_hand(inbound)])
        self._put_off(again, _REDELIVERED, is_first=again is not inbound)

    def next_due(self) -> datetime | None:
        return self._later[0][0] if self._later else None

    async def act(self, at: datetime) -> None:
        """What a machine that dies did not answer comes once more."""
        while self._later and self._later[0][0] <= at:
            *_, inbound, is_first = heapq.heappop(self._later)
            try:
                await self._knock(self._come_late(inbound) if is_first else inbound)
            except asyncio.CancelledError:
                self._put_off(inbound, _REDELIVERED, is_first)
                raise

    def _come_late(self, inbound: Inbound) -> Inbound:
        self.overtaken += inbound.at < self._latest.get(inbound.account, inbound.at)
        return msgspec.structs.replace(inbound, at=self._clock.now())

    async def _echoed(self, inbound: Inbound) -> Reply:
        if self._dice.random() >= self._odds.again:
            return await self._knock(inbound)
        if self._dice.random() < 0.5:
            reply, _ = await asyncio.gather(self._knock(inbound), self._knock(inbound))
            return reply
        self._put_off(inbound, timedelta(seconds=self._dice.uniform(1, 900)))
        return await self._knock(inbound)

    async def _knock(self, inbound: Inbound) -> Reply:
        """What could not be kept comes again, as platforms have it."""
        self._latest[inbound.account] = inbound.at
        try:
            return await self._door(inbound)
        except NotKept:
            self._put_off(inbound, _REDELIVERED)
            return NOTHING

    def _happens(self, likely: float, inbound: Inbound) -> bool:
        """Not to a page that is opened: it is seen at once, or not at all."""
        return likely > 0 and not isinstance(inbound.what, Opened) and self._lates.random() < likely

    def _put_off(self, inbound: Inbound, wait: timedelta, is_first: bool = False) -> None:
        heapq.heappush(self._later, (self._clock.now() + wait, next(self._count), inbound, is_first))


def _by_another_hand(inbound: Inbound) -> Inbound:
    """The same, done at the same instant, as by a double press, or on another device."""
    return msgspec.structs.replace(inbound, key=f"{inbound.key}-twin")


class Weather:
    """Living: the disk is full for an hour, the clock is set. And once a day the operator may restart it.

    `full` and `set` are when that is still to come; `waits` hears for how long nothing can be kept."""

    def __init__(self, plan: Plan, odds: Odds, machine: Machine, clock: Led, dice: random.Random, waits: Waits) -> None:
        self._machine, self._clock, self._dice, self._odds, self._waits = machine, clock, dice, odds, waits
        self._restarts = random.Random(f"restarts {plan.seed}")  # noqa: S311 - chance, not a secret
        renewals = random.Random(f"renewals {plan.seed}")  # noqa: S311 - chance, not a secret
        machine.renewals.hours = self._hours(plan, odds.renewed, _AT_ONCE, _AT_ONCE, renewals)
        self.full = self._hours(plan, odds.full_disk, -_HOUR, _AT_ONCE, dice)
        if self.full and machine.hours and dice.random() < _AROUND_A_DEATH:
            self.full[0] = dice.choice(machine.hours) - _MOMENTS * dice.random()
        self.set = self._hours(plan, odds.clock_set, -_MOMENTS, _MOMENTS, dice)

    def next_due(self) -> datetime | None:
        return min([*self.full[:1], *self.set[:1]], default=None)

    async def act(self, at: datetime) -> None:
        if self.full and self.full[0] <= at:
            self.full.pop(0)
            self._machine.fill(at + _HOUR)
            self._waits(_HOUR)
        if self.set and self.set[0] <= at:
            self.set.pop(0)
            self._clock.step(timedelta(seconds=self._dice.uniform(-1200, 1200)))

    def is_restarted(self) -> bool:
        """Whether the operator does it now: not while the disk is full, as it could not begin."""
        return self._restarts.random() < self._odds.restarted and not self._machine.is_full

    def _hours(
        self, plan: Plan, weeks: float, least: timedelta, most: timedelta, dice: random.Random
    ) -> list[datetime]:
        """Each in its stretch of so many weeks; or, of a shorter life, at some time of it."""
        many = max(self._odds.at_least, int(plan.weeks / weeks)) if weeks else 0
        stretch = min(weeks, plan.weeks)
        return sorted(an_hour(plan, stretch * (each + dice.random()), dice, least, most) for each in range(many))

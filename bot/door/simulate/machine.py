"""The machine under the bot. It can die at each boundary: around every commit, and every call to a platform."""

import asyncio
import random
from collections.abc import Iterable, Sequence
from datetime import datetime, time, timedelta
from typing import Any, Protocol

from bot.core.clock import Clock
from bot.core.errors import StorageFailed
from bot.core.walltime import instant, local_day
from bot.core.work import Unit
from bot.door.simulate.plan import Plan
from bot.sections import Network
from scheduler.clocks import SteppableClock, Stepped, VirtualClock
from storage.transaction import Outcome
from storage.writer import Runner

_MOST_STEPS = 60
"""Boundaries passed after the hour of a crash has come: so that it strikes in the middle of things."""
BUSY = ((0, time(8)), (3, time(16, 15)), (4, time(16, 15)))
"""When much is going on in a week, on the wall: Monday's round, Thursday's question, the Friday letter. Half of what
goes wrong at some hour goes wrong then."""
_ZONE = Network().zone
_AT_ONCE, _SOON = timedelta(), timedelta(minutes=5)


def an_hour(plan: Plan, week: float, dice: random.Random, least: timedelta, most: timedelta) -> datetime:
    """So many weeks after the opening; or, half of the times, when much is going on in that week, but not in the first,
    in which nobody is introduced: then from `least` to `most` after the clock strikes."""
    if dice.random() < 0.5:
        return plan.opens + timedelta(weeks=week)
    whole = min(max(1, int(week)), plan.weeks - 1)
    days, at = dice.choice(BUSY)
    day = local_day(plan.opens, _ZONE) + timedelta(weeks=whole, days=days)
    return instant(day, at, _ZONE) + least + (most - least) * dice.random()


class Led(Stepped, Protocol):
    """A clock that is led on, and that somebody can set, as people do with clocks."""

    def step(self, by: timedelta) -> None:
        """Set it forward, or back."""
        ...


class LoopClock(VirtualClock):
    """Led, by the virtual time of a loop."""

    def step(self, by: timedelta) -> None:
        self._zero += by


class StandingClock(SteppableClock):
    """Led, on a real loop: between two steps no time passes."""

    def __init__(self, start: datetime) -> None:
        super().__init__(start, lambda: 0.0)

    def step(self, by: timedelta) -> None:
        self.advance(by)


class Unheard(StorageFailed):
    """It is kept, and whoever wanted it kept hears that it failed."""


class Moments:
    """Hours still to come, and some boundaries after each at which it happens."""

    def __init__(self, hours: Iterable[datetime], dice: random.Random) -> None:
        self.hours, self._dice = list(hours), dice
        self._steps = dice.randrange(_MOST_STEPS)

    def has_come(self, now: datetime) -> bool:
        """Whether it happens at this boundary."""
        if not self.hours or now < self.hours[0]:
            return False
        self._steps -= 1
        if self._steps >= 0:
            return False
        self.hours.pop(0)
        self._steps = self._dice.randrange(_MOST_STEPS)
        return True


class Machine:
    """`dead` once it has died; `boundaries` counts those that were passed, over all its lives; `kept` transactions;
    `refused` what was to be kept when the disk had no room. Once in so many commits, as `mishears` says how likely, it
    is kept and heard as failed: `misheard` counts those. `renewals` are when the operator begins it anew, amid
    other things: it is told so by `leaving`."""

    def __init__(self, plan: Plan, clock: Clock) -> None:
        self._dice = random.Random(f"machine {plan.seed}")  # noqa: S311 - chance, not a secret
        self._clock, self._dies_at = clock, plan.dies_at
        self._deaths = Moments(sorted(self._hour(plan) for _ in range(plan.crashes)), self._dice)
        self.dead, self._room_at = asyncio.Event(), plan.opens
        self.boundaries = self.crashes = self.kept = self.refused = self.misheard = 0
        self._ears = random.Random(f"ears {plan.seed}")  # noqa: S311 - chance, not a secret
        self.mishears = 0.0
        self.renewals, self.leaving = Moments((), self._ears), asyncio.Event()

    @property
    def hours(self) -> Sequence[datetime]:
        """When it is still to die, or some moments later."""
        return tuple(self._deaths.hours)

    @property
    def is_full(self) -> bool:
        """Whether its disk is, which a new start does not mend."""
        return self._clock.now() < self._room_at

    def fill(self, until: datetime) -> None:
        """Its disk is full until then."""
        self._room_at = until

    async def boundary(self) -> None:
        """Nothing is done, or said, behind the one at which it dies."""
        if self.dead.is_set():
            raise asyncio.CancelledError
        self.boundaries += 1
        if self.boundaries == self._dies_at or self._deaths.has_come(self._clock.now()):
            self.crashes += 1
            self.dead.set()
            await asyncio.get_running_loop().create_future()
        if not self.is_full and self.renewals.has_come(self._clock.now()):  # on a full disk it could not begin
            self.leaving.set()

    def around(self, run: Runner) -> Runner:
        """Each transaction between two boundaries; none is taken while the disk is full."""

        async def run_if_alive(units: Sequence[Unit[Any]]) -> list[Outcome[Any]]:
            await self.boundary()
            if self.is_full:
                self.refused += len(units)
                return [Outcome(error=StorageFailed("the disk is full")) for _ in units]
            outcomes = await run(units)
            self.kept += 1
            await self.boundary()
            return [self._unheard(one) for one in outcomes] if self._mishears() else outcomes

        return run_if_alive

    def _mishears(self) -> bool:
        return self.mishears > 0 and self._ears.random() < self.mishears

    def _unheard(self, outcome: Outcome[Any]) -> Outcome[Any]:
        if outcome.error is not None:
            return outcome
        self.misheard += 1
        return Outcome(error=Unheard("the answer was lost"))

    def start_again(self) -> timedelta:
        """The operator's service manager starts it again. Returns how long that took."""
        self.dead, self.leaving = asyncio.Event(), asyncio.Event()
        return timedelta(seconds=self._dice.uniform(2, 1200))

    def _hour(self, plan: Plan) -> datetime:
        return an_hour(plan, self._dice.random() * max(1, plan.weeks - 1), self._dice, _AT_ONCE, _SOON)

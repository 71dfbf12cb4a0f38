"""The courier: carries letters from the outbox to the platforms, each said once.

Claimed (committed) -> tried -> settled. Whatever is lost between two of these steps is found again by the outbox as
UNKNOWN, and looked for before it is ever said again.
"""

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import TypeAlias

import structlog

from bot.core.clock import Clock
from bot.core.errors import StorageFailed
from bot.core.outbox import ENDED, Claim, Outbox, Settlement
from scheduler.attempt import Hand
from scheduler.progress import Progress
from scheduler.rest import Alarm, Rest, no_alarm
from scheduler.waiting import event_or, first_of

AT_ONCE = 32
"""Letters in hand at one time."""

STOP_WITHIN = timedelta(seconds=10)
_NO_SOONER = timedelta(milliseconds=500)

_Settled: TypeAlias = tuple[Claim, Settlement]

_log = structlog.get_logger("scheduler")


def _nothing_follows(claim: Claim, settlement: Settlement) -> None:
    pass


class Courier:
    """`alarm` is rung when the storage fails; `ended` hears of each letter that was sent or is dead, once that is kept.

    Drive it with `run` (by itself, in real time) or `drain` (by whoever leads the time).
    """

    def __init__(
        self,
        clock: Clock,
        outbox: Outbox,
        hand: Hand,
        *,
        alarm: Alarm = no_alarm,
        ended: Callable[[Claim, Settlement], None] = _nothing_follows,
        progress: Progress | None = None,
        at_once: int = AT_ONCE,
    ) -> None:
        self._clock, self._outbox, self._hand = clock, outbox, hand
        self._ended, self._progress, self._at_once = ended, progress, at_once
        self._rest = Rest(clock, alarm)
        self._tasks: set[asyncio.Task[None]] = set()
        self._unkept: list[_Settled] = []
        self._woken, self._filling, self._keeping = asyncio.Event(), asyncio.Lock(), asyncio.Lock()
        self._recovered = self._stopping = self.running = False

    def wake(self) -> None:
        """Letters were posted: let `run` look now."""
        self._woken.set()

    async def run(self) -> None:
        """Carry until `stop`."""
        self.running = True
        try:
            while not self._stopping:
                self._woken.clear()
                found = await self._fill()
                await self._tell_progress()
                await event_or(self._woken, self._clock, await self._next_look(found))
        finally:
            self.running = False

    async def drain(self) -> None:
        """Carry all that is due now, and return when nothing is in hand. Cancelled, it drops everything."""
        try:
            while (await self._is_due() and await self._fill()) or self._tasks:
                if self._tasks:
                    await asyncio.wait(self._tasks, return_when=asyncio.FIRST_COMPLETED)
            await self._tell_progress()
        except asyncio.CancelledError:
            await self._drop()
            raise

    async def _is_due(self) -> bool:
        """Whether there is anything to do now: to look costs less than to find nothing."""
        if self._unkept or not self._recovered:
            return True
        due = await self.next_due()
        return due is not None and due <= self._clock.now()

    async def next_due(self) -> datetime | None:
        """When there could be something to do; None: when woken."""
        if self._rest.until() is None:
            try:
                return self._soonest(await self._outbox.next_due())
            except Exception as error:
                await self._give_way(error)
        return self._rest.until()

    async def stop(self, limit: timedelta = STOP_WITHIN) -> None:
        """Claim nothing more, and finish what is in hand within `limit`; the rest is looked for after a new start."""
        self._stopping = True
        self._woken.set()
        async with self._filling:  # what is being claimed is in hand too
            pass
        if self._tasks:
            deadline = asyncio.ensure_future(self._clock.sleep_until(self._clock.now() + limit))
            await first_of(asyncio.ensure_future(asyncio.wait(self._tasks)), deadline)
        await self._drop()
        await self._keep(())

    async def _fill(self) -> int:
        """Take letters in hand. Says how many were taken. What is being written down is waited for first, so that hands
        that come free together are filled together."""
        async with self._filling:
            kept = await self._keep(())
            most = self._at_once - len(self._tasks)
            if not kept or most <= 0 or self._stopping or self._rest.until() is not None:
                return 0
            claims = await self._claim(most)
            held = [(claim, self._hand.hold_back(claim)) for claim in claims]
            for claim in [claim for claim, back in held if back is None]:
                self._start(claim)
            await self._keep([(claim, back) for claim, back in held if back is not None])
            return len(claims)

    async def _claim(self, most: int) -> Sequence[Claim]:
        try:
            if not self._recovered:
                await self._outbox.recover(self._clock.now())
                self._hand.began_at = self._clock.now()
            self._recovered = True
            claims = await self._outbox.claim(self._clock.now(), most)
        except Exception as error:
            await self._give_way(error)
            return ()
        self._rest.end()
        return claims

    async def _give_way(self, error: BaseException) -> None:
        """The storage failed: rest a while, but be stopped by what stops everything."""
        if not isinstance(error, Exception):
            raise error
        if not isinstance(error, StorageFailed):
            _log.error("the outbox failed", error=type(error).__name__)
        await self._rest.begin()

    def _start(self, claim: Claim) -> None:
        task = asyncio.create_task(self._carry(claim))
        self._tasks.add(task)
        task.add_done_callback(self._finished)

    def _finished(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        self._woken.set()
        if not task.cancelled() and (error := task.exception()):
            _log.error("a letter was dropped, and is looked for when its lease is over", error=type(error).__name__)

    async def _carry(self, claim: Claim) -> None:
        await self._keep([(claim, await self._hand.try_once(claim))])

    async def _keep(self, settled: Sequence[_Settled]) -> bool:
        """Write down what became of claims; what comes in while one writing is under way goes with the next.

        False: kept in mind for later."""
        self._unkept += settled
        async with self._keeping:
            if self._unkept and self._rest.until() is None:
                await self._write_down()
        return not self._unkept

    async def _write_down(self) -> None:
        settled, self._unkept = self._unkept, []
        try:
            await self._outbox.settle(self._clock.now(), [settlement for _, settlement in settled])
        except (StorageFailed, asyncio.CancelledError) as error:
            self._unkept = settled + self._unkept
            await self._give_way(error)
        except Exception as error:
            _log.error("letters are looked for when their leases are over", error=type(error).__name__)
        else:
            for claim, settlement in settled:
                self._follow(claim, settlement)

    def _follow(self, claim: Claim, settlement: Settlement) -> None:
        if settlement.state not in ENDED:
            return
        if self._progress:
            self._progress.note(claim, self._clock.now())
        try:
            self._ended(claim, settlement)
        except Exception as error:
            _log.error("what follows a letter failed", error=type(error).__name__)

    async def _tell_progress(self) -> None:
        try:
            if self._progress:
                await self._progress.tell_due(self._clock.now())
        except Exception as error:
            _log.warning("progress could not be told", error=type(error).__name__)

    async def _next_look(self, found: int) -> datetime | None:
        """For `run`. With full hands, when one is free; and never at once again after finding nothing."""
        if self._stopping or len(self._tasks) >= self._at_once:
            return None
        due = await self.next_due()
        return due if found or due is None else max(due, self._clock.now() + _NO_SOONER)

    def _soonest(self, outbox_due: datetime | None) -> datetime | None:
        progress_due = self._progress.next_due() if self._progress else None
        return min((due for due in (outbox_due, progress_due) if due is not None), default=None)

    async def _drop(self) -> None:
        for task in (tasks := set(self._tasks)):
            task.cancel()
        if tasks:
            await asyncio.wait(tasks)

"""One try at one letter: from a claim to what becomes of it. Whatever a platform does, an answer comes back."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import msgspec

from bot.chat.ids import Dice
from bot.chat.outbound import Outcome, Parcel, Refused, Unclear, Why
from bot.chat.platform import AskedToWait, CannotLook, Platform
from bot.core.clock import Clock
from bot.core.outbox import UNCLEAR, Claim, Settlement, State
from scheduler.pacing import Pacing
from scheduler.verdicts import (
    MANNERS,
    Manners,
    is_in_doubt,
    is_recognised,
    judge,
    judge_known,
    may_try_blindly,
    not_found,
    not_looked,
    put_back,
    said_blindly,
    sent,
    settled,
)
from scheduler.waiting import within


@dataclass
class Hand:
    """Hands letters over. `limit` is how long a platform may take for one; `operator` hears (platform, what it says)
    when only the operator can mend it, at most once an hour a platform."""

    clock: Clock
    platforms: Mapping[str, Platform]
    dice: Dice
    pacing: Pacing = field(default_factory=Pacing)
    manners: Manners = MANNERS
    operator: Callable[[str, str], None] = lambda platform, says: None
    limit: timedelta = timedelta(seconds=30)
    began_at: datetime | None = None
    """When what an earlier life left in the air was taken over: said a moment before, it is not found at once."""
    _told: dict[str, datetime] = field(default_factory=dict)

    def hold_back(self, claim: Claim) -> Settlement | None:
        """Where a letter should not be tried now: put back until it should. None: try it."""
        at = self.clock.now()
        if claim.parcel.platform not in self.platforms:
            return put_back(claim, at + self.manners.absent_wait, "this platform is not running here")
        again_at = self._too_soon(claim, at) or self.pacing.ask(claim.parcel, claim.kind, at, looks=is_in_doubt(claim))
        return None if again_at is None else put_back(claim, again_at)

    async def try_once(self, claim: Claim) -> Settlement:
        if is_in_doubt(claim):
            return await self._look(claim)
        outcome = await self._deliver(claim.parcel)
        return self._heard(claim, outcome, judge(claim, outcome, self.clock.now(), self.manners, self.dice))

    def _too_soon(self, claim: Claim, at: datetime) -> datetime | None:
        """When it can be looked for, where that is not yet."""
        if not is_in_doubt(claim):
            return None
        known = [when for when in (claim.unclear_since, self.began_at) if when is not None]
        look_at = max(known) + self.manners.look_after if known else at
        return look_at if at < look_at else None

    async def _look(self, claim: Claim) -> Settlement:
        platform, manners = self.platforms[claim.parcel.platform], self.manners
        try:
            receipt = await within(self.clock, self.limit, platform.find(claim.parcel))
        except CannotLook:
            return await self._without_looking(claim)
        except AskedToWait as asked:
            open_at = self.pacing.slow_down(claim.parcel, self.clock.now(), asked.wait, looks=True)
            return put_back(claim, open_at, str(Why.SLOW_DOWN))
        except Exception as error:
            return not_looked(claim, self.clock.now(), manners, self.dice, type(error).__name__)
        return sent(claim, receipt) if receipt else not_found(claim, manners)

    async def _without_looking(self, claim: Claim) -> Settlement:
        """Said once more, if that is not too late by now: a reminder of what has begun helps nobody."""
        if claim.until is not None and claim.until <= self.clock.now():
            return settled(claim, State.DEAD, says=UNCLEAR)
        if is_recognised(claim, self.clock.now(), self.manners):
            return await self._while_recognised(claim)
        if not may_try_blindly(claim) or claim.tries >= self.manners.most_tries:
            return settled(claim, State.DEAD, says=UNCLEAR)
        return said_blindly(claim, self.clock.now())

    async def _while_recognised(self, claim: Claim) -> Settlement:
        """At once: put back it could wait until it is known no more. Nor is the doubt over before it has arrived."""
        if claim.tries >= self.manners.most_tries:
            return settled(claim, State.DEAD, says=UNCLEAR)
        outcome = await self._deliver(claim.parcel)
        return self._heard(claim, outcome, judge_known(claim, outcome, self.clock.now(), self.manners, self.dice))

    async def _deliver(self, parcel: Parcel) -> Outcome:
        """A platform that raises or hangs may have taken it all the same."""
        try:
            return await within(self.clock, self.limit, self.platforms[parcel.platform].deliver(parcel))
        except Exception as error:
            return Unclear(type(error).__name__)

    def _heard(self, claim: Claim, outcome: Outcome, settlement: Settlement) -> Settlement:
        """What a refusal means beyond its letter: for its route, or for the operator."""
        match outcome:
            case Refused(Why.SLOW_DOWN, _, wait):
                open_at = self.pacing.slow_down(claim.parcel, self.clock.now(), wait)
                return msgspec.structs.replace(settlement, again_at=open_at)
            case Refused(Why.FORBIDDEN, says):
                self._tell_operator(claim.parcel.platform, says)
        return settlement

    def _tell_operator(self, platform: str, says: str) -> None:
        now, last = self.clock.now(), self._told.get(platform)
        if last is None or abs(now - last) >= self.manners.operator_wait:
            self._told[platform] = now
            self.operator(platform, says)

"""Outboxes that say twice, or lose, what they were given: what a checker has to notice first of all."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest

from bot.chat.outbound import Why
from bot.core.outbox import Claim, Kind, Settlement, State
from bot.door.simulate.witness import WatchedOutbox

Plant = pytest.MonkeyPatch


class NaiveOutbox(WatchedOutbox):
    """Says again at once what nobody knows to have arrived."""

    async def settle(self, at: datetime, settlements: Sequence[Settlement]) -> None:
        blindly = [
            Settlement(one.letter, one.fence, State.READY, again_at=at) if one.state is State.UNKNOWN else one
            for one in settlements
        ]
        await super().settle(at, blindly)


class HastyOutbox(WatchedOutbox):
    """Takes a letter for sent as soon as it was taken in hand, and lets every second one fall."""

    async def claim(self, at: datetime, most: int) -> Sequence[Claim]:
        claims = await super().claim(at, most)
        await super().settle(at, [Settlement(one.letter, one.fence, State.SENT) for one in claims])
        return claims[::2]


def naive_outbox(plant: Plant) -> None:
    plant.setattr("bot.door.simulate.rehearsal.WatchedOutbox", NaiveOutbox)


def hasty_outbox(plant: Plant) -> None:
    plant.setattr("bot.door.simulate.rehearsal.WatchedOutbox", HastyOutbox)


class CarelessOutbox(WatchedOutbox):
    """Gives up every third letter, or lets it wait, without trying."""

    def spoiled(self, claim: Claim, at: datetime) -> Settlement:
        raise NotImplementedError

    async def claim(self, at: datetime, most: int) -> Sequence[Claim]:
        claims = await super().claim(at, most)
        spoiled = [one for one in claims if one.letter % 3 == 0]
        await super().settle(at, [self.spoiled(one, at) for one in spoiled])
        return [one for one in claims if one not in spoiled]


class DroppingOutbox(CarelessOutbox):
    """As if nobody were there."""

    def spoiled(self, claim: Claim, at: datetime) -> Settlement:
        return Settlement(claim.letter, claim.fence, State.DEAD, says=str(Why.GONE))


class PostponingOutbox(CarelessOutbox):
    def spoiled(self, claim: Claim, at: datetime) -> Settlement:
        return Settlement(claim.letter, claim.fence, State.READY, again_at=at + timedelta(days=400))


class HopelessOutbox(WatchedOutbox):
    """Gives up whatever may have arrived or not, without looking: also what was in the air when the machine died."""

    async def claim(self, at: datetime, most: int) -> Sequence[Claim]:
        claims = await super().claim(at, most)
        in_doubt = [one for one in claims if one.was is State.UNKNOWN]
        await super().settle(at, [Settlement(one.letter, one.fence, State.DEAD) for one in in_doubt])
        return [one for one in claims if one not in in_doubt]


class ForgetfulOutbox(WatchedOutbox):
    """Takes what somebody did not ask for to be taken back."""

    async def claim(self, at: datetime, most: int) -> Sequence[Claim]:
        claims = await super().claim(at, most)
        unasked = [one for one in claims if one.kind is Kind.WEEKLY]
        await super().settle(at, [Settlement(one.letter, one.fence, State.CANCELLED) for one in unasked])
        return [one for one in claims if one not in unasked]


def forgetful_outbox(plant: Plant) -> None:
    plant.setattr("bot.door.simulate.rehearsal.WatchedOutbox", ForgetfulOutbox)


def dropping_outbox(plant: Plant) -> None:
    plant.setattr("bot.door.simulate.rehearsal.WatchedOutbox", DroppingOutbox)


def postponing_outbox(plant: Plant) -> None:
    plant.setattr("bot.door.simulate.rehearsal.WatchedOutbox", PostponingOutbox)


def hopeless_outbox(plant: Plant) -> None:
    plant.setattr("bot.door.simulate.rehearsal.WatchedOutbox", HopelessOutbox)

"""The courier over the real outbox in a real file: the same promises, kept by both together."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest

from bot.chat.ids import Id
from bot.chat.outbound import Refused, Why
from bot.core.outbox import Claim, Settlement, State
from scheduler.attempt import Hand
from scheduler.clocks import SteppableClock
from scheduler.courier import Courier
from scheduler.pacing import Pace, Pacing
from tests.scheduler.twins import Deed, Lost, ScriptedPlatform
from tests.storage.stands import AT, Pen, file_url, letter, opened
from tests.virtual import settle_down

DEEDS: list[Deed] = [*Lost, *(Refused(why) for why in (Why.SLOW_DOWN, Why.TRY_LATER, Why.FORBIDDEN))]
MEMBERS, LETTERS = 20, 4


@pytest.fixture
async def pen(tmp_path: Path) -> AsyncIterator[Pen]:
    async with opened(file_url(tmp_path / "test.sqlite3")) as storage:
        yield Pen(storage)


class Round:
    """Twenty members with four letters each, a platform of many faults, and a courier that can be started anew."""

    def __init__(self, pen: Pen, dice: Random) -> None:
        self.pen, self.clock = pen, SteppableClock(AT, lambda: 0.0, speed=0)
        self.platform = ScriptedPlatform(script=[dice.choice(DEEDS) for _ in range(100)], name="local")
        self.pacing = Pacing({("local", "all"): Pace(rate=20, burst=10, kept=2)})
        self.ended: dict[Id, State] = {}

    def start(self) -> Courier:
        hand = Hand(self.clock, {"local": self.platform}, Random(1), self.pacing)
        return Courier(self.clock, self.pen.storage.outbox, hand, ended=self.end)

    def end(self, claim: Claim, settlement: Settlement) -> None:
        assert claim.letter not in self.ended
        self.ended[claim.letter] = settlement.state

    async def post(self) -> None:
        members = [await self.pen.member(f"M{number}") for number in range(MEMBERS)]
        keys = [(f"{turn}:{member.name}", member.id) for turn in range(LETTERS) for member in members]
        await self.pen.post(*(letter(key, to) for key, to in keys))

    async def carry(self, courier: Courier, how_long: timedelta) -> None:
        end = self.clock.now() + how_long
        await courier.drain()
        while (due := await courier.next_due()) is not None and due <= end:
            await self.clock.reach(due)
            await courier.drain()


@pytest.mark.parametrize("seed", range(3))
async def test_every_letter_arrives_once_and_in_order_through_faults_and_restarts(pen: Pen, seed: int) -> None:
    dice = Random(seed)
    round_ = Round(pen, dice)
    await round_.post()
    for _ in range(5):
        carrying = asyncio.create_task(round_.carry(round_.start(), timedelta(hours=1)))
        await settle_down(dice.randrange(300))
        carrying.cancel()
        await asyncio.gather(carrying, return_exceptions=True)
    await round_.carry(round_.start(), timedelta(days=3))
    marks = round_.platform.marks()
    assert len(marks) == len(set(marks)) == MEMBERS * LETTERS
    assert set(round_.ended.values()) == {State.SENT}
    said: dict[str, list[str]] = {}
    for post in round_.platform.posts:
        said.setdefault(repr(post.to), []).append(repr(post.view))
    assert all(views == sorted(views) for views in said.values())
    assert await pen.storage.outbox.next_due() is None

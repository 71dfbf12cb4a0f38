"""The courier cut off between any two steps: no letter is lost, and none is said twice without being declared."""

import asyncio
from collections.abc import Coroutine
from datetime import timedelta
from typing import Any

import pytest

from bot.chat.outbound import Refused, Target, Why
from bot.core.outbox import Claim, Settlement, State
from scheduler.attempt import Hand
from scheduler.verdicts import judge, settled
from tests.scheduler.office import Post
from tests.scheduler.twins import Deed, Lost, circle, person, recipient
from tests.virtual import settle_down

DAY = timedelta(days=1)
LATER = Refused(Why.TRY_LATER)
SCRIPTS: list[list[Deed]] = [[], [Lost.REQUEST], [Lost.REPLY], [Lost.RAISES], [LATER, Lost.REPLY], [Lost.REPLY, LATER]]


class NaiveHand(Hand):
    """Planted: what is unclear is simply said again, as most bots do."""

    async def try_once(self, claim: Claim) -> Settlement:
        outcome = await self._deliver(claim.parcel)
        settlement = judge(claim, outcome, self.clock.now(), self.manners, self.dice)
        if settlement.state is State.UNKNOWN:
            return settled(claim, State.RETRY, settlement.again_at)
        return settlement


async def cut_off(work: Coroutine[Any, Any, None], steps: int) -> bool:
    """Let the work go that many steps, then end it as a crash would. False: it was done before."""
    task = asyncio.create_task(work)
    await settle_down(steps)
    done = task.done()
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    return not done


async def lived_through(post: Post, steps: int) -> bool:
    """A crash after so many steps, a new start, and a week of quiet."""
    was_cut = await cut_off(post.run_for(DAY), steps)
    post.courier = post.start()
    await post.run_for(7 * DAY)
    return was_cut


def assert_well(post: Post) -> None:
    """Every letter has ended; whatever was said twice is declared, and nothing was said twice to a circle."""
    for row in post.outbox.rows:
        times = post.platform.times(row.parcel)
        assert row.state is State.SENT or (row.state is State.DEAD and row.says), "ended, with a reason"
        assert times >= 1 or row.state is State.DEAD, "nothing is lost"
        assert times <= 1 or row.possible_duplicate, "nothing is said twice undeclared"
        assert times <= 2, "nothing is said three times"
        assert times <= 1 or not recipient(row.parcel.to).startswith("w/circle"), "nor twice to a circle"
    for to in {recipient(row.parcel.to) for row in post.outbox.rows}:
        said = [int(each.mark.removeprefix("mark-")) for each in post.platform.posts if recipient(each.to) == to]
        first_said = list(dict.fromkeys(said))
        assert first_said == sorted(first_said), "order is kept for each recipient"


async def crash_everywhere(hand: type[Hand], to: Target, can_look: bool, script: list[Deed]) -> int:
    for steps in range(1_000):
        post = Post(hand=hand)
        for _ in range(2):
            post.outbox.post(to, post.clock.now())
        post.platform.script, post.platform.can_look = list(script), can_look
        was_cut = await lived_through(post, steps)
        assert_well(post)
        if can_look:
            assert {row.state for row in post.outbox.rows} == {State.SENT}
        if not was_cut:
            return steps
    raise AssertionError("the work never came to an end")


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: ", ".join(map(str, script)) or "well")
@pytest.mark.parametrize("can_look", [True, False])
@pytest.mark.parametrize("to", [person("ann"), circle("circle")], ids=["person", "circle"])
async def test_a_crash_between_any_two_steps(to: Target, can_look: bool, script: list[Deed]) -> None:
    assert await crash_everywhere(Hand, to, can_look, script) > 10


@pytest.mark.parametrize("can_look", [True, False])
@pytest.mark.parametrize("script", [[], [Lost.REPLY]])
async def test_a_naive_courier_is_caught(can_look: bool, script: list[Deed]) -> None:
    with pytest.raises(AssertionError, match="twice undeclared"):
        await crash_everywhere(NaiveHand, person("ann"), can_look, script)

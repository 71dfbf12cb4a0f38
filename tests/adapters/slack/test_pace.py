"""How fast letters go out on Slack: nearly as fast as it lets them, and hardly ever too fast; by the tests’ clock."""

from collections.abc import AsyncIterator
from datetime import timedelta
from random import Random

import pytest

from adapters.slack.settings import PACES
from bot.chat.address import Account
from bot.chat.outbound import Target, ToAccount, ToChannel, ToCircle
from bot.core.outbox import Kind, State
from bot.door.platforms import paced
from scheduler.attempt import Hand
from scheduler.courier import Courier
from tests.adapters.scripted import START
from tests.adapters.slack.stage import Stage, staged
from tests.scheduler.twins import MemoryOutbox

MINUTE = timedelta(minutes=1)


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    async with staged() as opened:
        await opened.start(channels={"organisers": opened.slack.channel("organisers").id})
        yield opened


async def carried(stage: Stage, targets: list[Target], kind: Kind = Kind.WEEKLY) -> timedelta:
    """Carry a letter to each, and say how long that took by the clock."""
    outbox = MemoryOutbox()
    for to in targets:
        outbox.post(to, START, kind, platform="slack")
    hand = Hand(stage.clock, {"slack": stage.platform}, Random(1), paced(("slack", PACES)))
    courier, began = Courier(stage.clock, outbox, hand), stage.clock.now()
    await courier.drain()
    while (due := await courier.next_due()) is not None:
        await stage.clock.reach(due)
        await courier.drain()
    assert {row.state for row in outbox.rows} == {State.SENT}
    return stage.clock.now() - began


def heads(stage: Stage, many: int) -> list[Account]:
    return [stage.account(stage.slack.person(f"Head {n}")) for n in range(many)]


async def test_direct_messages_go_nearly_as_fast_as_the_workspace_takes_them(stage: Stage) -> None:
    people = heads(stage, 900)
    known = [ToAccount(one, stage.slack.workspace.im(one.user).id) for one in people]
    took = await carried(stage, [*known])
    allowed = stage.slack.throttle.limits.posting_a_minute * (took / MINUTE)
    assert len(stage.slack.posted()) == 900
    assert 900 / allowed >= 0.97
    assert stage.slack.throttle.refused.total() <= 900 * 0.001


async def test_first_conversations_are_opened_no_faster_than_slack_allows(stage: Stage) -> None:
    people = heads(stage, 120)
    circles = [ToCircle(stage.slack.team.id, str(n), (people[2 * n], people[2 * n + 1])) for n in range(60)]
    took = await carried(stage, [*map(ToAccount, people), *circles])
    opened = len(stage.slack.called("conversations.open"))
    assert opened == 180
    assert opened / (50 * (took / MINUTE)) >= 0.97
    assert stage.slack.throttle.refused.total() == 0


async def test_a_channel_hears_one_a_second(stage: Stage) -> None:
    took = await carried(stage, [ToChannel(stage.slack.team.id, "organisers")] * 60, Kind.ORGANISER)
    assert timedelta(seconds=55) <= took <= timedelta(seconds=62)
    assert stage.slack.throttle.refused.total() == 0


async def test_a_workspace_that_takes_less_is_learnt(stage: Stage) -> None:
    """Nobody publishes what a workspace takes: a third of what we hope for is found out, and kept to."""
    stage.slack.throttle.limits.posting_a_minute = 100
    people = heads(stage, 600)
    known = [ToAccount(one, stage.slack.workspace.im(one.user).id) for one in people]
    took = await carried(stage, [*known])
    assert 600 / (100 * (took / MINUTE)) >= 0.8
    assert stage.slack.throttle.refused.total() <= 600 * 0.05

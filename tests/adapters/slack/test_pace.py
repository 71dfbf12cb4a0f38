"""How fast letters go out on Slack: nearly as fast as it lets them, and hardly ever too fast; by the tests’ clock."""

from collections.abc import AsyncIterator
from datetime import timedelta
from random import Random

import pytest

from adapters.slack.settings import PACES
from bot.chat.address import Account
from bot.chat.outbound import Delivered, Removes, Target, ToAccount, ToChannel, ToCircle
from bot.chat.text import plain
from bot.chat.view import Paragraph, View
from bot.core.outbox import Claim, Kind, Settlement, State
from bot.door.platforms import paced
from scheduler.attempt import Hand
from scheduler.courier import Courier
from tests.adapters.scripted import START
from tests.adapters.slack.stage import Stage, staged
from tests.scheduler.twins import MemoryOutbox, Row

MINUTE = timedelta(minutes=1)
HELLO = View((Paragraph(plain("hello")),))


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
    return max((await ends(stage, outbox)).values())


async def ends(stage: Stage, outbox: MemoryOutbox) -> dict[str, timedelta]:
    """Carry all of it, and say by its mark after how long by the clock each letter was sent."""
    began, after = stage.clock.now(), dict[str, timedelta]()

    def ended(claim: Claim, settlement: Settlement) -> None:
        after[claim.parcel.mark] = stage.clock.now() - began

    hand = Hand(stage.clock, {"slack": stage.platform}, Random(1), paced(("slack", PACES)))
    courier = Courier(stage.clock, outbox, hand, ended=ended)
    await courier.drain()
    while (due := await courier.next_due()) is not None:
        await stage.clock.reach(due)
        await courier.drain()
    assert {row.state for row in outbox.rows} == {State.SENT}
    return after


async def said(stage: Stage, to: ToAccount, many: int = 1) -> str:
    """Say that much to somebody while nothing is counted, and name the last message."""
    stage.slack.throttle.limits.off, name = True, ""
    for number in range(many):
        outcome = await stage.platform.deliver(stage.parcel(to, HELLO, f"before-{number}"))
        assert isinstance(outcome, Delivered)
        name = outcome.receipt.message
    stage.slack.throttle.limits.off = False
    return name


def known(stage: Stage, many: int) -> list[ToAccount]:
    """Where a first conversation was opened before."""
    return [ToAccount(one, stage.slack.workspace.im(one.user).id) for one in heads(stage, many)]


def in_doubt(outbox: MemoryOutbox, targets: list[ToAccount]) -> list[Row]:
    """Letters of which nobody knows whether they arrived, as after a crash or a cut line."""
    rows = [outbox.post(to, START, Kind.WEEKLY, platform="slack") for to in targets]
    for row in rows:
        row.doubt(START)
    return rows


def heads(stage: Stage, many: int) -> list[Account]:
    return [stage.account(stage.slack.person(f"Head {n}")) for n in range(many)]


async def test_direct_messages_go_nearly_as_fast_as_the_workspace_takes_them(stage: Stage) -> None:
    took = await carried(stage, [*known(stage, 900)])
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
    took = await carried(stage, [*known(stage, 600)])
    assert 600 / (100 * (took / MINUTE)) >= 0.8
    assert stage.slack.throttle.refused.total() <= 600 * 0.05


async def test_letters_are_not_held_up_by_somebody_whose_messages_are_all_taken_away(stage: Stage) -> None:
    """Slack counts deletions apart, fifty a minute: that nothing more may be deleted closes no way to anybody."""
    leaver, *others = known(stage, 601)
    await said(stage, leaver, 150)
    outbox = MemoryOutbox()
    outbox.post(leaver, START, Kind.REMOVAL, platform="slack", removes=Removes.EVERYTHING)
    letters = [outbox.post(to, START, Kind.WEEKLY, platform="slack").parcel.mark for to in others]
    after = await ends(stage, outbox)
    assert max(after[mark] for mark in letters) <= timedelta(minutes=2, seconds=2)
    assert after["mark-0"] <= 4 * MINUTE
    assert stage.slack.throttle.refused["chat.postMessage"] == 0
    assert len(stage.slack.posted()) == 600, "what was taken away is gone, and nothing else"


@pytest.mark.parametrize("removes", [Removes.MESSAGE, None])
async def test_what_was_said_to_many_is_taken_back_or_corrected_as_fast_as_slack_allows(
    stage: Stage, removes: Removes | None
) -> None:
    method, outbox = "chat.delete" if removes else "chat.update", MemoryOutbox()
    kind = Kind.REMOVAL if removes else Kind.ORGANISER
    for to in known(stage, 150):
        name = await said(stage, to)
        outbox.post(to, START, kind, platform="slack", removes=removes, instead_of=name)
    took = max((await ends(stage, outbox)).values())
    assert len(stage.slack.called(method)) == 150
    assert 150 / (50 * (took / MINUTE)) >= 0.97
    assert stage.slack.throttle.refused.total() == 0


async def test_messages_whose_names_are_not_known_are_looked_for_no_faster_than_slack_allows(stage: Stage) -> None:
    outbox = MemoryOutbox()
    for to in known(stage, 60):
        outbox.post(to, START, Kind.REMOVAL, platform="slack", removes=Removes.MESSAGE)
    in_doubt(outbox, known(stage, 60))
    await ends(stage, outbox)
    assert len(stage.slack.called("conversations.history")) == 120
    assert stage.slack.throttle.refused.total() == 0


async def test_letters_in_doubt_are_looked_for_as_fast_as_slack_allows(stage: Stage) -> None:
    outbox = MemoryOutbox()
    rows = in_doubt(outbox, known(stage, 300))
    took = max((await ends(stage, outbox)).values())
    assert len(stage.slack.called("conversations.history")) == 300
    assert 300 / (50 * (took / MINUTE)) >= 0.95
    assert stage.slack.throttle.refused.total() == 0
    assert {row.tries for row in rows} == {1}, "the one that was unclear"


async def test_a_slack_that_lets_less_be_looked_for_is_learnt_and_no_try_is_counted(stage: Stage) -> None:
    """For many an app it allows one look a minute: others wait for that, and what is said goes on."""
    stage.slack.throttle.limits.a_minute["conversations.history"] = 10
    outbox, people = MemoryOutbox(), known(stage, 360)
    rows = in_doubt(outbox, people[:60])
    letters = [outbox.post(to, START, Kind.WEEKLY, platform="slack").parcel.mark for to in people[60:]]
    after = await ends(stage, outbox)
    assert {row.tries for row in rows} == {1}
    assert stage.slack.throttle.refused.total() <= 6
    assert max(after[mark] for mark in letters) <= timedelta(minutes=1, seconds=2)


async def test_first_letters_in_doubt_open_no_more_conversations_than_slack_allows(stage: Stage) -> None:
    outbox, people = MemoryOutbox(), [ToAccount(one) for one in heads(stage, 120)]
    in_doubt(outbox, people[:60])
    for to in people[60:]:
        outbox.post(to, START, Kind.WEEKLY, platform="slack")
    await ends(stage, outbox)
    assert len(stage.slack.called("conversations.open")) >= 120
    assert stage.slack.throttle.refused.total() == 0


async def test_what_a_workspace_takes_is_learnt_for_all_that_is_said_there(stage: Stage) -> None:
    """Which of its letters Slack refuses is chance: any other would have been one too many as well."""
    stage.slack.throttle.limits.posting_a_minute = 100
    people, team = known(stage, 400), stage.slack.team.id
    groups = [(one.account, other.account) for one, other in zip(people[::2], people[1::2], strict=True)]
    circles = [
        ToCircle(team, str(n), group, stage.slack.workspace.mpim(one.user for one in group).id)
        for n, group in enumerate(groups)
    ]
    took = await carried(stage, [*people, *circles, *[ToChannel(team, "organisers")] * 60])
    assert 660 / (100 * (took / MINUTE)) >= 0.9
    assert stage.slack.throttle.refused.total() <= 660 * 0.02

"""Weeks on Slack, with a line lost every hour and one call in twenty slowed down: nothing lost, nothing said twice."""

from collections import Counter
from collections.abc import AsyncIterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import monotonic

import pytest

from scheduler.clocks import SteppableClock
from tests.conftest import DRILL
from tests.door.slack_network import TALK, Network, answers, asked, letters, networked
from tests.slack.faults import Wrong
from tests.slack.model import Kind
from tests.slack.server import SlackServer

WEDNESDAY = datetime(2026, 11, 11, 16, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
WEEKS, HEADS, STEP = (4, 10, HOUR) if DRILL else (2, 4, 4 * HOUR)


@pytest.fixture
async def network(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Network]:
    async with networked(SteppableClock(WEDNESDAY, monotonic), tmp_path, monkeypatch) as given:
        yield given


async def lose_a_line(slack: SlackServer) -> None:
    """One line is warned, and soon closed."""
    old = slack.sockets.open[0]
    await slack.sockets.warn(old)
    await slack.until(lambda: old not in slack.sockets.open or len(slack.sockets.open) > 2)
    if old in slack.sockets.open:
        await slack.sockets.disconnect(old)
    await slack.connected(2)


async def still(network: Network) -> None:
    """Wait, in real time, until nothing is due any more."""
    life = network.parts.life
    assert life
    for _ in range(3000):
        due, now = await life.next_due(), network.clock.now()
        in_hand = network.slack.api.busy or any(state == "attempting" for _, state, *_ in letters(network))
        if not in_hand and (due is None or due > now + timedelta(minutes=2)):
            return
        if not in_hand and due is not None and due > now:
            network.clock.set(due)  # a second try can be a minute away
        with suppress(TimeoutError):
            await network.slack.until(lambda: False, patience=0.02)
    waiting = [row for row in letters(network) if row[1] not in ("sent", "cancelled")]
    raise AssertionError(f"something stays due: {due}, at {network.clock.now()}: {waiting}")


async def test_weeks_go_by_and_every_letter_arrives_once(network: Network) -> None:
    slack = network.slack
    async with network.running():
        heads = [await network.joined(f"Head {chr(65 + n)}mber") for n in range(HEADS)]
        slack.faults.plant("*", Wrong.LIMITED, times=None, share=0.05)
        now, answered = WEDNESDAY, 0
        while now < WEDNESDAY + timedelta(weeks=WEEKS):
            now += STEP
            await lose_a_line(slack)
            network.clock.set(now)
            await still(network)
            for head in [one for one in heads if asked(one)]:
                await head.press(TALK)
                await network.parts.platforms["slack"].settled()  # type: ignore[attr-defined]
                answered += 1
    assert [one.troubles for one in heads] == [[]] * HEADS
    assert len(slack.posted(Kind.MPIM)) == HEADS // 2 * WEEKS
    assert answered >= HEADS * (WEEKS - 1), "who did not see their answer shown presses again"
    assert answers(network) == HEADS * (WEEKS - 1), "the last introductions are not asked about yet"
    all_said_once(network)


def all_said_once(network: Network) -> None:
    """What the outbox calls sent stands in Slack, each letter once, and nothing was given up."""
    rows = letters(network)
    states = Counter(state for _, state, *_ in rows)
    assert not {"dead", "unknown", "attempting"} & set(states), states
    marks = Counter(one.metadata["event_payload"]["mark"] for one in network.slack.posted() if one.metadata)
    assert max(marks.values()) == 1
    standing = {one.ts for one in network.slack.posted()}
    assert {message for _, state, message, *_ in rows if state == "sent" and message} <= standing
    assert states["sent"] > 0

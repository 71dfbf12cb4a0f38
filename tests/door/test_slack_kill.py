"""kill -9 of the real program while a round goes out on Slack: nothing is lost or said twice, no answer is lost."""

from collections import Counter
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic

import pytest

from scheduler.clocks import SteppableClock
from tests.conftest import DRILL
from tests.door.kills import QUESTION, Kept, broken
from tests.door.slack_kills import SlackDrill
from tests.door.slack_network import Network, networked
from tests.slack.model import Kind

FRIDAY = datetime(2026, 11, 13, 16, 30, tzinfo=UTC)
MONDAY = datetime(2026, 11, 16, 8, 0, tzinfo=UTC)
THURSDAY = datetime(2026, 11, 19, 16, 15, tzinfo=UTC)
HEADS, ON_MONDAY, ON_THURSDAY, MOST = (500, 25, 25, 8) if DRILL else (8, 1, 1, 2)
SPEED = 3.0
"""Time passes three times as fast: of what Slack lets through, a round of five hundred takes its minutes."""


@pytest.fixture
async def network(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Network]:
    async with networked(SteppableClock(FRIDAY, monotonic, SPEED), tmp_path, monkeypatch) as given:
        yield given


async def test_a_round_that_is_killed_again_and_again_reaches_everybody_once(
    network: Network, capsys: pytest.CaptureFixture[str]
) -> None:
    drill = SlackDrill(network, SPEED, MOST)
    await drill.settle_in(HEADS)
    await drill.lived(MONDAY, ON_MONDAY, "intro:", HEADS // 2)
    await drill.lived(THURSDAY, ON_THURSDAY, "checkin:", HEADS)
    assert drill.broken() == []
    drill.answers_are_there()
    assert sorted(drill.answers()) == sorted(head.id for head in drill.heads)
    everybody = {head.dm.id: 1 for head in drill.heads if head.dm}
    assert Counter(one.place for one in drill.posts if QUESTION in one.text) == everybody
    met = Counter(one.place for one in drill.posts if one.place not in everybody)
    assert max(met[circle.id] for circle in network.slack.workspace.channels.values() if circle.kind is Kind.MPIM) == 1
    assert drill.kills == ON_MONDAY + ON_THURSDAY
    if DRILL:
        with capsys.disabled():
            print("\n" + drill.figures())


async def test_a_courier_that_says_again_what_may_have_arrived_is_noticed(network: Network) -> None:
    drill = SlackDrill(network, SPEED, most=1, manner=("naive",))
    await drill.settle_in(6)
    await drill.lived(MONDAY, 1, "intro:", 3)
    assert any("was said 2 times" in one for one in drill.broken())


def test_what_is_lost_or_said_twice_is_noticed() -> None:
    sent, declared = Kept("checkin:1", "sent", "", False), Kept("checkin:2", "sent", "", True)
    dead, alone = Kept("intro:7", "dead", "unclear", False), [Kept(f"astray:7:{n}", "sent", "", False) for n in (1, 2)]
    told = Counter(one.key for one in alone)

    def found(said: Counter[str], *letters: Kept) -> int:
        return len(list(broken(said, set(), letters, str)))

    assert found(Counter([sent.key]), sent) == 0
    assert found(Counter(), sent) == 1
    assert found(Counter([sent.key] * 2), sent) == 1
    assert found(Counter([declared.key] * 2), declared) == 0
    assert found(told, dead, *alone) == 0
    assert found(told, dead, alone[0]) == 1
    assert found(Counter(), Kept("checkin:1", "ready", "", False)) == 1


async def test_an_answer_that_was_acknowledged_and_is_not_kept_is_noticed(network: Network) -> None:
    drill = SlackDrill(network, SPEED, MOST)
    await drill.settle_in(2)
    drill.answers_are_there()
    drill.acked.add(drill.heads[0].id)
    with pytest.raises(AssertionError, match="it is not kept"):
        drill.answers_are_there()

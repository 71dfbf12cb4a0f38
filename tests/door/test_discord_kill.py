"""kill -9 of the real program while a round goes out on Discord: nothing is lost or said twice, no answer is lost."""

from collections import Counter
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic

import pytest

from scheduler.clocks import SteppableClock
from tests.conftest import DRILL
from tests.discord.server import DiscordServer
from tests.door.discord_kills import DiscordDrill
from tests.door.discord_network import Network, configure, networked
from tests.door.kills import QUESTION

FRIDAY = datetime(2026, 11, 13, 16, 30, tzinfo=UTC)
MONDAY = datetime(2026, 11, 16, 16, 0, tzinfo=UTC)
"""After lessons, though the round fell due before them: with the minutes that a bot lies dead, twenty-five deaths take
longer than is left of a morning before quiet hours, in which it is right to say no more."""
THURSDAY = datetime(2026, 11, 19, 16, 15, tzinfo=UTC)
HEADS, ON_MONDAY, ON_THURSDAY, MOST = (500, 25, 25, 8) if DRILL else (8, 1, 1, 2)
BEFORE = 1
"""So the second death is a long one, in the midst of a letter."""
SPEED = 3.0
"""Time passes three times as fast: a round of five hundred takes its minutes. Limits there are none, for the library
waits by the machine's own time."""


@pytest.fixture
async def network(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Network]:
    clock = SteppableClock(FRIDAY, monotonic, SPEED)
    async with DiscordServer(clock) as discord:
        with discord.reached():
            given = networked(discord, clock, tmp_path)
            configure(given, monkeypatch)
            yield given


async def test_a_round_that_is_killed_again_and_again_reaches_everybody_once(
    network: Network, capsys: pytest.CaptureFixture[str]
) -> None:
    drill = DiscordDrill(network, SPEED, MOST, begun=BEFORE)
    await drill.settle_in(HEADS)
    await drill.lived(MONDAY, ON_MONDAY, "intro:", HEADS // 2)
    await drill.lived(THURSDAY, ON_THURSDAY, "checkin:", HEADS)
    assert drill.broken() == []
    drill.answers_are_there()
    assert sorted(drill.answers()) == sorted(head.id for head in drill.heads)
    everybody = {drill.talk_of(head): 1 for head in drill.heads}
    assert Counter(one.place for one in drill.posts if QUESTION in one.text) == everybody
    circles = {circle.id for circle in drill.circles}
    met = Counter(one.place for one in drill.posts if one.place in circles)
    assert (len(met), set(met.values())) == (HEADS // 2, {1})
    assert drill.kills == ON_MONDAY + ON_THURSDAY
    if DRILL:
        with capsys.disabled():
            print(f"\n{drill.figures()}; threads in which nothing was said {len(circles) - len(met)}")


async def test_a_courier_that_says_again_what_may_have_arrived_long_ago_is_noticed(network: Network) -> None:
    drill = DiscordDrill(network, SPEED, most=1, manner=("naive",), begun=2)
    await drill.settle_in(6)
    await drill.lived(MONDAY, 1, "intro:", 3)
    assert any("was said 2 times" in one for one in drill.broken())


async def test_an_answer_that_was_acknowledged_and_is_not_kept_is_noticed(network: Network) -> None:
    drill = DiscordDrill(network, SPEED, MOST)
    await drill.settle_in(2)
    drill.answers_are_there()
    drill.acked.add(drill.heads[0].id)
    with pytest.raises(AssertionError, match="it is not kept"):
        drill.answers_are_there()

"""kill -9 of the real program while an announcement goes out: nobody has it twice, and nobody is forgotten."""

from collections import Counter
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic

import pytest

from bot.announcements.model import Announcement, State, Where
from bot.announcements.sending import GO
from bot.announcements.store import ANNOUNCEMENTS
from bot.chat.ids import Id
from bot.core.timers import TIMERS
from bot.core.work import Unit, Work
from scheduler.clocks import SteppableClock
from tests.conftest import DRILL
from tests.discord.server import DiscordServer
from tests.door.discord_kills import DiscordDrill
from tests.door.discord_network import Network, configure, networked

WEDNESDAY = datetime(2026, 11, 11, 16, 0, tzinfo=UTC)
GOES_AT = datetime(2026, 11, 11, 16, 30, tzinfo=UTC)
HEADS, KILLS, MOST = (1_200, 25, 40) if DRILL else (8, 1, 2)
"""In the drill there are three parts of letters."""
SPEED = 3.0
WORDS = "We answer questions on Tuesday."


@pytest.fixture
async def network(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Network]:
    clock = SteppableClock(WEDNESDAY, monotonic, SPEED)
    async with DiscordServer(clock) as discord:
        with discord.reached():
            given = networked(discord, clock, tmp_path)
            configure(given, monkeypatch)
            yield given


def plan(work: Work) -> None:
    planned = Announcement(
        Id(7), None, "", "Office hours", WORDS, work.at, where=Where.DIRECT, state=State.PLANNED, goes_at=GOES_AT
    )
    work.use(ANNOUNCEMENTS).keep(planned)
    work.use(TIMERS).set(GO, planned.id, GOES_AT)


async def test_an_announcement_that_is_killed_again_and_again_reaches_everybody_once(
    network: Network, capsys: pytest.CaptureFixture[str]
) -> None:
    drill = DiscordDrill(network, SPEED, MOST)
    await drill.settle_in(HEADS)
    async with network.running():
        await network.parts.storage.write(Unit("plan", network.clock.now(), plan))
    await drill.lived(GOES_AT, KILLS, "announce:", HEADS)
    broken = [one for one in drill.broken() if not one.startswith("progress:")]
    assert broken == [], "how far it is may still be told when this ends"
    everybody = {drill.talk_of(head): 1 for head in drill.heads}
    assert Counter(one.place for one in drill.posts if WORDS in one.text) == everybody
    assert drill.kills == KILLS
    if DRILL:
        with capsys.disabled():
            print(f"\n{drill.figures()}")

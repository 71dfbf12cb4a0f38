"""A round on a Discord that limits every way and all together: everybody hears once, and who presses is answered."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from time import monotonic

import pytest

from bot.core.work import Unit
from scheduler.clocks import SteppableClock
from tests.conftest import DRILL
from tests.discord.interactions import IN_TIME, Done, Interaction
from tests.discord.limits import Limits
from tests.discord.model import Channel
from tests.discord.person import Person
from tests.discord.server import DiscordServer
from tests.door.crowds import figures, settled
from tests.door.discord_kills import DiscordDrill
from tests.door.discord_network import Network, configure, networked, places
from tests.door.kills import QUESTION, know_where
from tests.door.slack_network import TALK, answers

FRIDAY = datetime(2026, 11, 13, 16, 30, tzinfo=UTC)
MONDAY = datetime(2026, 11, 16, 8, 0, tzinfo=UTC)
THURSDAY = datetime(2026, 11, 19, 16, 15, tzinfo=UTC)
HEADS, NEW, OURS = (300, 30, 10) if DRILL else (6, 2, 1)
"""Heads; those of them who were never written to; and first conversations an hour that the bot allows itself."""
PATIENCE = 500 if DRILL else 30
PAUSE = 0.1
"""Seconds between two who ask for the menu; who is asked something answers at once, besides."""
COUNTED = (401, 403, 429)
"""Answers of which Discord allows ten thousand in ten minutes, before it shuts the address out."""
FEW = HEADS // 20
"""Of them, in all: each of a few seconds in which too much was asked of a way, and no more than that."""


@pytest.fixture
async def network(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Network]:
    """Time passes as the machine's does, for by that the library waits."""
    clock = SteppableClock(FRIDAY, monotonic)
    async with DiscordServer(clock, limits=Limits()) as discord:
        with discord.reached():
            given = networked(discord, clock, tmp_path)
            configure(given, monkeypatch, f"opens_an_hour = {OURS}")
            yield given


@dataclass
class Crowd:
    """Everybody, and what they did."""

    network: Network
    heads: dict[str, Person]
    done: list[Interaction] = field(default_factory=list)
    dice: Random = field(default_factory=lambda: Random(9))
    _read: int = 0

    @asynccontextmanager
    async def acting(self) -> AsyncIterator[None]:
        """They ask for the menu, and answer what they are asked, until the block ends."""
        task = asyncio.create_task(self._act())
        yield
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
        await self.network.discord.quiet()

    async def _act(self) -> None:
        everybody = list(self.heads.values())
        while True:
            self.done.append(await self.dice.choice(everybody).use("headsup", "menu", wait=False))
            for head in self._asked():
                self.done.append(await head.press(None, TALK, wait=False))
            with suppress(TimeoutError):
                await self.network.until(lambda: False, PAUSE)

    def _asked(self) -> Iterator[Person]:
        """To whom a question came since the last look."""
        discord = self.network.discord
        new, self._read = discord.api.calls[self._read :], len(discord.api.calls)
        for one in new:
            if one.method == "POST" and one.status == 200 and QUESTION in str(one.body.get("content", "")):
                yield self._reader(discord.network.channels[one.path.split("/")[2]])

    def _reader(self, place: Channel) -> Person:
        inside = place.thread.members if place.thread else place.recipients
        (who,) = [one for one in inside if one != self.network.discord.app.id]
        return self.heads[who]


async def test_a_round_reaches_everybody_once_and_who_presses_is_answered_in_time(
    network: Network, capsys: pytest.CaptureFixture[str]
) -> None:
    discord, drill = network.discord, DiscordDrill(network, speed=1.0, most=0)
    heads = [drill.comes(f"Head {number}") for number in range(HEADS)]
    crowd, accounts = Crowd(network, {head.id: head for head in heads}), [drill.account_of(head) for head in heads]
    known, talks = accounts[NEW:], [drill.talk_of(head) for head in heads[NEW:]]
    async with network.running():
        drill.house = network.parts.house
        await settled(network, [[one] for one in accounts])
        met = Unit("met", network.clock.now(), lambda work: know_where(known, talks, drill.house, work))
        await network.parts.storage.write(met)
        began = monotonic()
        async with crowd.acting():
            await drill.goes_out(MONDAY, "intro:", HEADS // 2, PATIENCE)
        async with crowd.acting():
            await drill.goes_out(THURSDAY, "checkin:", HEADS, PATIENCE)
            took = monotonic() - began
            await network.until(lambda: answers(network) == HEADS, PATIENCE)
    assert drill.broken() == []
    own = places(network)
    questions = Counter(one.place for one in drill.posts if QUESTION in one.text)
    assert [sum(questions[place.id] for place in own[head.id]) for head in heads] == [1] * HEADS
    circles = {circle.id for circle in drill.circles}
    assert Counter(one.place for one in drill.posts if one.place in circles) == dict.fromkeys(circles, 1)
    assert len(circles) == HEADS // 2
    assert [one for one in crowd.done if one.failed or one.troubles] == []
    bad = Counter(one.status for one in discord.api.calls if one.status in COUNTED)
    assert bad.total() <= FEW
    waited = sorted(one.latency or float("inf") for one in crowd.done)
    assert waited[-1] < IN_TIME
    if DRILL:
        kinds = Counter(one.done for one in crowd.done)
        with capsys.disabled():
            print(
                f"\n{HEADS} heads, {len(drill.letters())} letters in {took:.0f} s; refused {dict(bad)}; "
                f"most calls in a second {discord.throttle.most_in_a_second}; "
                f"{kinds[Done.COMPONENT]} answers, {kinds[Done.COMMAND]} menus: {figures(waited)}"
            )

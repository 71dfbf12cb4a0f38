"""Weeks on Discord, with a line lost every hour and one call in twenty in doubt: nothing lost, nothing said twice."""

from collections import Counter
from collections.abc import AsyncIterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import monotonic

import pytest

from scheduler.clocks import SteppableClock
from tests.conftest import DRILL
from tests.discord.faults import Wrong
from tests.discord.server import DiscordServer
from tests.door.discord_network import Network, asked, configure, networked
from tests.door.slack_network import TALK, answers, letters
from tests.door.test_discord import introduced

WEDNESDAY = datetime(2026, 11, 11, 16, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
WEEKS, HEADS, STEP = (4, 10, HOUR) if DRILL else (2, 4, 4 * HOUR)


@pytest.fixture
async def network(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Network]:
    clock = SteppableClock(WEDNESDAY, monotonic)
    async with DiscordServer(clock) as discord:
        with discord.reached():
            given = networked(discord, clock, tmp_path)
            configure(given, monkeypatch)
            yield given


async def still(network: Network) -> None:
    """Wait, in real time, until nothing is due any more."""
    life = network.parts.life
    assert life
    for _ in range(3000):
        due, now = await life.next_due(), network.clock.now()
        in_hand = any(state == "attempting" for _, state, *_ in letters(network))
        if not in_hand and (due is None or due > now + timedelta(minutes=2)):
            return
        if not in_hand and due is not None and due > now:
            network.clock.set(due)  # a second try can be a minute away
        with suppress(TimeoutError):
            await network.discord.until(lambda: False, patience=0.02)
    raise AssertionError(f"something stays due: {due}, at {network.clock.now()}")


async def test_weeks_go_by_and_every_letter_arrives_once(network: Network) -> None:
    discord = network.discord
    async with network.running():
        heads = [await network.joined(f"Head {chr(65 + n)}mber", dms=n % 3 > 0) for n in range(HEADS)]
        for wrong in (Wrong.STATUS, Wrong.REPLY_LOST):
            discord.faults.plant("POST /channels/*/messages", wrong, times=None, share=0.025, status=503)
        now, answered = WEDNESDAY, 0
        while now < WEDNESDAY + timedelta(weeks=WEEKS):
            now += STEP
            discord.gateway.drop()
            await discord.connected()
            network.clock.set(now)
            await still(network)
            for head in [one for one in heads if asked(network, one)]:
                await head.press(None, TALK)
                await network.parts.platforms["discord"].settled()  # type: ignore[attr-defined]
                answered += 1
    assert [one.troubles for one in heads] == [[]] * HEADS
    assert answered == answers(network) == HEADS * (WEEKS - 1), "the last introductions are not asked about yet"
    all_said_once(network)


def all_said_once(network: Network) -> None:
    """What the outbox calls sent stands in Discord, each letter once, and nothing was given up."""
    rows = letters(network)
    states = Counter(state for _, state, *_ in rows)
    assert not {"dead", "unknown", "attempting"} & set(states), [
        row for row in rows if row[1] not in ("sent", "cancelled")
    ]
    said = [one for place in network.discord.network.channels.values() for one in place.messages if one.nonce]
    assert max(Counter(one.nonce for one in said).values()) == 1
    standing = {one.id for one in said}
    assert {message for _, state, message, *_ in rows if state == "sent" and message} <= standing
    assert states["sent"] > 0
    assert max(Counter(introduced(network)).values()) == 1

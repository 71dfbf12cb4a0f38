"""A real network on Discord, from a newcomer's first press to the answer of a check-in."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic

import pytest

from scheduler.clocks import SteppableClock
from tests.discord.model import Kind
from tests.discord.server import DiscordServer
from tests.door.discord_network import Network, asked, configure, networked
from tests.door.slack_network import TALK, answers

WEDNESDAY = datetime(2026, 11, 11, 16, 0, tzinfo=UTC)
MONDAY, THURSDAY = datetime(2026, 11, 16, 8, 1, tzinfo=UTC), datetime(2026, 11, 19, 16, 16, tzinfo=UTC)


@pytest.fixture
async def network(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Network]:
    clock = SteppableClock(WEDNESDAY, monotonic)
    async with DiscordServer(clock) as discord:
        with discord.reached():
            given = networked(discord, clock, tmp_path)
            configure(given, monkeypatch)
            yield given


async def test_two_newcomers_are_introduced_in_a_thread_and_answer_in_direct_messages(network: Network) -> None:
    discord = network.discord
    async with network.running():
        ann, bob = await network.joined("Ann Bell"), await network.joined("Bob Hill", dms=False)
        network.clock.set(MONDAY)
        await discord.until(lambda: any("meet" in text for text in introduced(network)))
        network.clock.set(THURSDAY)
        for head in (ann, bob):
            await discord.until(lambda head=head: asked(network, head))  # type: ignore[misc]
            await head.press(None, TALK)
            assert not asked(network, head)
    assert answers(network) == 2
    assert [ann.troubles, bob.troubles] == [[], []]
    assert ann.dm is not None
    assert [one.kind for one in network.places_of(bob)][-1] is Kind.PRIVATE_THREAD


def introduced(network: Network) -> list[str]:
    """What stands in the threads of those who are introduced."""
    threads = [one for one in network.discord.network.channels.values() if one.kind is Kind.PRIVATE_THREAD]
    parent = network.channels["introductions"].id
    return [message.content for one in threads if one.parent == parent for message in one.messages if message.content]

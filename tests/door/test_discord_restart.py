"""The real program on Discord, stopped or killed, and started again: what happened meanwhile is heard then."""

import asyncio
import signal
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import monotonic

import pytest

from scheduler.clocks import SteppableClock
from tests.discord.person import Person
from tests.discord.server import DiscordServer
from tests.door.discord_network import Network, asked, configure, networked
from tests.door.program import program
from tests.door.slack_network import TALK, answers, rows

WEDNESDAY = datetime(2026, 11, 11, 16, 0, tzinfo=UTC)
MONDAY, THURSDAY = datetime(2026, 11, 16, 8, 1, tzinfo=UTC), datetime(2026, 11, 19, 16, 16, tzinfo=UTC)
LONG_AGO = timedelta(minutes=10)
NOTED = "SELECT name FROM notes WHERE platform = 'discord'"


@pytest.fixture
async def network(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Network]:
    clock = SteppableClock(WEDNESDAY, monotonic, 1.0)
    async with DiscordServer(clock) as discord:
        with discord.reached():
            given = networked(discord, clock, tmp_path)
            configure(given, monkeypatch)
            yield given


def begun(network: Network) -> tuple[int, int]:
    """How many sessions were begun, and how often one was resumed."""
    return network.discord.gateway.identified, network.discord.gateway.resumed


def gone(network: Network) -> list[str]:
    """Who is known to have left the server."""
    return [user for (user,) in rows(network, 'SELECT "user" FROM identities WHERE left_at IS NOT NULL')]


async def two_who_are_asked(network: Network) -> tuple[Person, Person]:
    ann, bob = await network.joined("Ann Bell"), await network.joined("Bob Hill")
    network.clock.set(MONDAY)
    await network.until(lambda: any("meet" in text for text in network.letters_of(ann)) or threads(network))
    network.clock.set(THURSDAY)
    for head in (ann, bob):
        await network.until(lambda head=head: asked(network, head))  # type: ignore[misc]
    return ann, bob


def threads(network: Network) -> list[str]:
    parent = network.channels["introductions"].id
    return [one.id for one in network.discord.network.channels.values() if one.parent == parent and one.messages]


async def test_what_was_answered_and_who_left_between_stop_and_start_is_kept(network: Network) -> None:
    async with network.running():
        ann, bob = await two_who_are_asked(network)
    in_time = asyncio.create_task(ann.press(None, TALK))
    await network.until(lambda: network.discord.interactions.open)
    await bob.leaves()
    async with network.running():
        await in_time
        await network.until(lambda: gone(network) == [bob.id])
    assert answers(network) == 1
    assert begun(network) == (1, 1)
    assert (ann.troubles, asked(network, ann)) == ([], False)


async def test_an_answer_too_late_to_be_shown_counts_and_may_be_given_again(network: Network) -> None:
    async with network.running():
        ann, _ = await two_who_are_asked(network)
    late = asyncio.create_task(ann.press(None, TALK))
    await network.until(lambda: network.discord.interactions.open)
    network.clock.advance(timedelta(seconds=4))
    assert (await late).failed
    async with network.running():
        await network.until(lambda: answers(network) == 1)
        assert asked(network, ann), "Discord lets nothing be shown that late"
        await ann.press(None, TALK)
        assert not asked(network, ann)
    assert answers(network) == 1


async def test_when_the_session_is_over_it_begins_another(network: Network) -> None:
    async with network.running():
        ann = await network.joined("Ann Bell")
    network.discord.gateway.forget_sessions()
    async with network.running():
        await ann.use("headsup", "menu")
    assert begun(network) == (2, 0)
    network.clock.advance(LONG_AGO)
    async with network.running():
        await ann.use("headsup", "menu")
    assert begun(network) == (3, 0)


async def test_killed_it_begins_another_since_how_far_it_heard_lies_in_no_file(network: Network) -> None:
    async with program(network, 1.0) as process:
        ann = await network.joined("Ann Bell")
        process.send_signal(signal.SIGKILL)
        await process.wait()
    assert ("session",) not in rows(network, NOTED)
    async with network.running():
        await ann.use("headsup", "menu")
    assert begun(network) == (2, 0)
    assert not ann.troubles
    log = (network.folder / "log").read_text()
    assert not [word for word in ("Traceback", "cannot read") if word in log]

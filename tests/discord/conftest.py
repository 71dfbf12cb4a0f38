"""A Discord and a client on it, for the tests of this folder."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from time import monotonic

import pytest

from scheduler.clocks import SteppableClock
from tests.discord.plain import Plain, connected
from tests.discord.server import DiscordServer

MONDAY = datetime(2026, 11, 30, 8, 0, tzinfo=UTC)


@pytest.fixture
def clock() -> SteppableClock:
    """A clock that stands still until the test moves it."""
    return SteppableClock(MONDAY, monotonic, speed=0)


@pytest.fixture
async def discord(clock: SteppableClock) -> AsyncIterator[DiscordServer]:
    async with DiscordServer(clock) as server:
        with server.reached():
            yield server


@pytest.fixture
async def client(discord: DiscordServer) -> AsyncIterator[Plain]:
    """The real client, logged in and connected."""
    made = Plain()
    async with connected(discord, made):
        yield made

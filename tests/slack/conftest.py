"""A Slack and an app on it, for the tests of this folder."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from time import monotonic

import pytest
from aiohttp import ClientSession
from slack_sdk.web.async_client import AsyncWebClient

from scheduler.clocks import SteppableClock
from tests.slack.server import SlackServer

MONDAY = datetime(2026, 11, 30, 8, 0, tzinfo=UTC)


@pytest.fixture
def clock() -> SteppableClock:
    """A clock that stands still until the test moves it."""
    return SteppableClock(MONDAY, monotonic, speed=0)


@pytest.fixture
async def slack(clock: SteppableClock) -> AsyncIterator[SlackServer]:
    async with SlackServer(clock) as server:
        yield server


@pytest.fixture
async def client(slack: SlackServer) -> AsyncIterator[AsyncWebClient]:
    """The real SDK, with one session and no retries of its own."""
    async with ClientSession() as session:
        yield AsyncWebClient(slack.app.bot_token, slack.api_url, session=session, retry_handlers=[])

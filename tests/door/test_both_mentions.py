"""Whom an answer names can be pressed where the reader is, and is a name where they are not; and nobody is pinged."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic

import pytest

from scheduler.clocks import SteppableClock
from tests.adapters.slack.installed import installed
from tests.discord.person import Person as OnDiscord
from tests.discord.reading import mentions
from tests.discord.reading import pings as pings_on_discord
from tests.discord.server import DiscordServer
from tests.door.both_networks import Both, configure, put_together
from tests.door.crowds import introduced
from tests.slack.person import Person as OnSlack
from tests.slack.reading import pings
from tests.slack.server import SlackServer

WEDNESDAY = datetime(2026, 11, 11, 16, 0, tzinfo=UTC)
HEADS, BOTH = 4, 2
"""One on Slack, two on both, one on Discord; each of the others meets one of the two."""


@pytest.fixture
async def both(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Both]:
    clock = SteppableClock(WEDNESDAY, monotonic)
    async with SlackServer(clock, app=installed()) as slack, DiscordServer(clock) as discord:
        with discord.reached():
            given = put_together(slack, discord, clock, tmp_path)
            configure(given, monkeypatch)
            await given.settle_in(HEADS, BOTH)
            yield given


async def test_a_partner_is_mentioned_where_they_are_and_named_where_they_are_not(both: Both) -> None:
    async with both.running():
        await introduced(both, range(HEADS))
        here, one, other, there = both.heads
        assert here.slack
        assert one.slack
        assert one.discord
        assert other.slack
        assert other.discord
        assert there.discord
        assert await on_home(both, here.slack, "Head 1") == {one.slack.id}
        assert await on_home(both, other.slack, "Head 3") == set()
        assert await partner_on_slack(both, here.slack) == {one.slack.id}
        assert await partner_on_slack(both, other.slack) == set()
        assert await partner_on_discord(other.discord, "Head 3") == [there.discord.id]
        assert await partner_on_discord(one.discord, "Head 0") == []


async def on_home(both: Both, head: OnSlack, partner: str) -> set[str]:
    """Whom their home page mentions, on which that partner can be read."""
    await head.opens_home()
    await both.on_slack.slack.until(lambda: head.home)
    assert head.home
    mentioned = pings(head.home)
    assert mentioned or partner in head.home.shown
    return mentioned


async def partner_on_slack(both: Both, head: OnSlack) -> set[str]:
    """Whom they read of when they ask, for their eyes alone."""
    place = both.on_slack.slack.channel(f"of-{head.id.lower()}", head)
    await head.types("/headsup partner", place)
    [said] = head.sees(place)
    assert said.reader == head.id
    return pings(said)


async def partner_on_discord(head: OnDiscord, partner: str) -> list[str]:
    """The same there; it rings at nobody's."""
    await head.use("headsup", "partner")
    [said] = head.sees(head.place(None))
    assert partner in head.draws(head.place(None))[0]
    assert pings_on_discord(said, head.discord.network) == set()
    return mentions(said.content)

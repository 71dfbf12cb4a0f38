"""An event of one network on Slack and Discord at once: a post on each, one capacity, and one last place."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic

import pytest

from scheduler.clocks import SteppableClock
from tests.adapters.slack.installed import installed
from tests.discord.server import DiscordServer
from tests.door import test_discord_events as there
from tests.door import test_slack_events as here
from tests.door.both_networks import Both, configure, put_together
from tests.door.test_slack_events import COFFEE, YES
from tests.slack.server import SlackServer

WEDNESDAY = datetime(2026, 11, 11, 16, 0, tzinfo=UTC)
HELD, WAITS, OFFERED = f"You have a place at {COFFEE}.", "you’re on the waiting list", "I keep it for you until"


@pytest.fixture
async def both(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Both]:
    clock = SteppableClock(WEDNESDAY, monotonic)
    async with SlackServer(clock, app=installed()) as slack, DiscordServer(clock) as discord:
        with discord.reached():
            given = put_together(slack, discord, clock, tmp_path)
            given.on_slack.events = slack.channel("events", given.on_slack.anna)
            configure(given, monkeypatch)
            yield given


async def test_one_last_place_is_given_once_and_goes_from_one_platform_to_the_other(both: Both) -> None:
    on_slack, on_discord = both.on_slack, both.on_discord
    await both.settle_in(2, 0)
    ada, bea = both.heads[0].slack, both.heads[1].discord
    assert ada
    assert bea
    channel = here.channel_of(on_slack)
    channel.members.append(ada.id)
    await there.is_shown_organisers_commands(on_discord.anna)
    async with both.running():
        await there.planned(on_discord)
        await on_slack.until(lambda: channel.messages, 20)
        await on_discord.until(lambda: on_discord.channels["events"].messages, 20)
        await asyncio.gather(here.press(on_slack, ada, YES), there.press(on_discord, bea, YES))
        await on_slack.until(lambda: ada.draws(channel)[-1].startswith((HELD, "All places")), 20)
        await on_discord.until(lambda: there.latest(bea).startswith((HELD, "All places")), 20)
        said = [ada.draws(channel)[-1], there.latest(bea)]
        assert sorted((HELD in text, WAITS in text) for text in said) == [(False, True), (True, False)]
        if HELD in said[0]:
            await ada.press("No")
            await there.hears(on_discord, bea, OFFERED)
            await there.press(on_discord, bea, "Take the place")
            await there.hears(on_discord, bea, HELD)
        else:
            await bea.press(there.post(on_discord), "No")
            await here.hears(on_slack, ada, OFFERED)
            await here.press(on_slack, ada, "Take the place")
            await on_slack.until(lambda: HELD in "".join(ada.draws()[-1:]), 20)
    assert not ada.troubles
    assert not bea.troubles

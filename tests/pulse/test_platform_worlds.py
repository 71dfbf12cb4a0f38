"""Twin worlds on Slack and on Discord: the platform, too, is told the same, whoever answers, when and what."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import date
from pathlib import Path

import pytest

from bot.chat.ids import Id
from bot.core.feature import Part
from bot.core.work import Work
from bot.pulse.box import Box
from bot.pulse.friday import PulseFriday
from bot.pulse.model import State
from bot.pulse.store import PULSE
from scheduler.clocks import SteppableClock
from tests.adapters.slack.installed import installed
from tests.conftest import DRILL
from tests.discord.server import DiscordServer
from tests.door import discord_network, slack_network
from tests.pulse.platform_worlds import OnDiscord, OnSlack, Place, live_on, seeded
from tests.pulse.test_two_worlds import CROWDED
from tests.pulse.two_worlds import OPENS, Plan, Seen, differences, twins
from tests.slack.server import SlackServer

SEEDS = range(2, 300, 3) if DRILL else (2,)
"""Of the lives in which nothing is restarted: a hundred, or one."""

Opened = Callable[[Path, pytest.MonkeyPatch], AbstractAsyncContextManager[Place]]


@asynccontextmanager
async def on_slack(folder: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Place]:
    clock = SteppableClock(OPENS, lambda: 0.0)
    async with SlackServer(clock, app=installed()) as slack:
        anna = slack.person("Anna Ford")
        network = slack_network.Network(slack, clock, folder, anna, slack.channel("organisers", anna, private=True))
        slack_network.configure(network, monkeypatch)
        yield OnSlack(network)


@asynccontextmanager
async def on_discord(folder: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Place]:
    clock = SteppableClock(OPENS, lambda: 0.0)
    async with DiscordServer(clock) as discord:
        with discord.reached():
            network = discord_network.networked(discord, clock, folder)
            discord_network.configure(network, monkeypatch)
            yield OnDiscord(network)


async def both(
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    opened: Opened,
    plans: tuple[Plan, Plan],
    make_box: Callable[[Path], Box] = lambda folder: Box(),
) -> list[list[Seen]]:
    """The two lives, one after the other."""
    lives = []
    for name, plan in zip(("one", "two"), plans, strict=True):
        (folder / name).mkdir()
        seeded(monkeypatch, make_box(folder / name))
        async with opened(folder / name, monkeypatch) as place:
            lives.append(await live_on(place, plan))
    return lives


@pytest.mark.parametrize("opened", [on_slack, on_discord])
@pytest.mark.parametrize("seed", SEEDS)
async def test_a_platform_is_told_the_same_in_both(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, opened: Opened, seed: int
) -> None:
    first, second = await both(tmp_path, monkeypatch, opened, twins(seed))
    assert differences(first, second) == []
    assert len(first) > 25


@pytest.mark.parametrize("opened", [on_slack, on_discord] if DRILL else [on_discord])
async def test_reminders_to_those_who_have_not_answered_are_found_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, opened: Opened
) -> None:
    boxes: list[Box] = []
    remember = PulseFriday.look

    def look(self: PulseFriday, work: Work, week: date) -> Part:
        part, poll = remember(self, work, week), work.use(PULSE).at(State.OPEN)
        said = boxes[-1].answers(poll[0].id) if poll else {}

        def for_one(member: Id) -> tuple[object, ...]:
            return () if member in said else part(member)

        return for_one  # type: ignore[return-value]

    def noted(folder: Path) -> Box:
        boxes.append(Box())
        return boxes[-1]

    monkeypatch.setattr(PulseFriday, "look", look)
    first, second = await both(tmp_path, monkeypatch, opened, twins(CROWDED), noted)
    assert any("transcripts" in one for one in differences(first, second))

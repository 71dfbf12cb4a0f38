"""A real network on Slack, as `headsup run` puts it together: joining, an introduction, a check-in; told by screens."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import monotonic

import pytest

from bot.config import read_config
from bot.door import ground
from bot.door.real import live, open_real
from scheduler.clocks import SteppableClock
from scheduler.heartbeat import StepHeart
from tests.adapters.slack.installed import installed
from tests.door.commands import Headsup, beside
from tests.slack.faults import Wrong
from tests.slack.model import Channel, Kind
from tests.slack.person import Person
from tests.slack.server import SlackServer

WEDNESDAY = datetime(2026, 11, 11, 16, 0, tzinfo=UTC)
MONDAY = datetime(2026, 11, 16, 8, 0, tzinfo=UTC)
THURSDAY = datetime(2026, 11, 19, 16, 15, tzinfo=UTC)
TICK = timedelta(seconds=5)
INTRODUCE = "Yes, introduce me to other members"
WRITE = "Yes, write to me here: introductions, check-ins"


@dataclass
class Network:
    """A workspace with its organiser, and a folder for the bot."""

    slack: SlackServer
    clock: SteppableClock
    folder: Path
    anna: Person
    organisers: Channel

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        configured = read_config(self.folder / "config.toml")
        heart, stop = StepHeart(self.clock, TICK), asyncio.Event()
        async with ground.prepared(configured, fresh=False), open_real(configured, self.clock, heart) as parts:
            living = asyncio.create_task(live(parts, stop))
            await self.slack.connected(2)
            yield
            stop.set()
            await living

    async def reach(self, instant: datetime) -> None:
        """Let time pass, in steps that a heart feels."""
        self.clock.set(instant)


@pytest.fixture
async def network(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Network]:
    clock = SteppableClock(WEDNESDAY, monotonic)
    async with SlackServer(clock, app=installed()) as slack:
        anna = slack.person("Anna Ford")
        organisers = slack.channel("organisers", anna, private=True)
        given = Network(slack, clock, tmp_path, anna, organisers)
        configure(given, monkeypatch)
        yield given


def configure(network: Network, monkeypatch: pytest.MonkeyPatch) -> None:
    """The config file, and the tokens in files of their own."""
    slack, folder = network.slack, network.folder
    (folder / "config.toml").write_text(
        f"""
        [network]
        kind = "real"
        organisers = ["slack:{slack.team.id}:{network.anna.id}"]
        [introductions]
        send_first = true
        [slack]
        workspaces = ["{slack.team.id}"]
        channels = {{ organisers = "{network.organisers.id}" }}
        base_url = "{slack.api_url}"
        welcome = true
        """
    )
    for key, secret in (("BOT_TOKEN", slack.app.bot_token), ("APP_TOKEN", slack.app.app_token)):
        (folder / key).write_text(secret)
        (folder / key).chmod(0o600)
        monkeypatch.setenv(f"HEADSUP_SLACK__{key}_FILE", str(folder / key))


async def joined(network: Network, name: str) -> Person:
    """Somebody who came, said who they are, and was vouched for."""
    slack, head = network.slack, network.slack.person(name)
    await head.joins()
    await slack.until(lambda: any("and welcome" in text for text in head.draws()))
    await head.press("Let’s start")
    await slack.until(lambda: head.modal)
    await head.submit({"Where you work": "England", "Your role": "Coach or associate"})
    await head.press("Choose what HeadsUp may do")
    await slack.until(lambda: head.modal and head.modal.title == "May I?")
    await head.submit({"Tick whatever is all right with you": [INTRODUCE, WRITE]})
    assert head.modal
    assert "lets each newcomer in" in head.modal.shown
    await head.closes()
    await slack.until(lambda: name in "".join(network.anna.draws(network.organisers)))
    await network.anna.press(f"Vouch for {name}")
    await slack.until(lambda: any("Good news" in text for text in head.draws()))
    return head


async def test_two_heads_join_are_introduced_and_asked(network: Network) -> None:
    slack = network.slack
    async with network.running():
        priya, tom = await joined(network, "Priya Shah"), await joined(network, "Tom Reed")
        await network.reach(MONDAY)
        await slack.until(lambda: slack.posted(Kind.MPIM), patience=10)
        circle = slack.workspace.mpim_of([priya.id, tom.id])
        assert circle
        assert "can’t read" in priya.draws(circle)[0]
        await network.reach(THURSDAY)
        await slack.until(lambda: "find time to talk" in priya.draws()[-1], patience=10)
        await priya.press("We talked")
        await slack.until(lambda: "find time to talk" not in priya.draws()[-1] or len(priya.sees()) > 3)
        assert priya.troubles == tom.troubles == []
    assert slack.workspace.scopes_used <= slack.app.scopes
    assert slack.throttle.refused.total() == 0


async def test_an_introduction_of_which_slack_does_not_say_whether_it_arrived_is_told_each_alone_and_not_sent_again(
    network: Network,
) -> None:
    slack = network.slack
    async with network.running():
        priya, tom = await joined(network, "Priya Shah"), await joined(network, "Tom Reed")
        slack.faults.plant("chat.postMessage", Wrong.REPLY_LOST, times=2)  # a line to organisers, and the introduction
        await network.reach(MONDAY)
        await slack.until(lambda: slack.posted(Kind.MPIM), patience=10)
        await network.reach(MONDAY + timedelta(minutes=1))
        await slack.until(lambda: "can’t see whether it arrived" in priya.draws()[-1], patience=10)
        await slack.until(lambda: "can’t see whether it arrived" in tom.draws()[-1], patience=10)
        assert len(slack.posted(Kind.MPIM)) == 1
        assert slack.workspace.scopes_used.isdisjoint({"mpim:history", "groups:history", "channels:history"})


async def test_what_was_opened_before_a_restart_can_be_sent_after_it(network: Network) -> None:
    slack, head = network.slack, network.slack.person("Priya Shah")
    async with network.running():
        await head.types("/headsup start")
        await slack.until(lambda: head.modal)
    async with network.running():
        await head.submit({"Where you work": "England", "Your role": "Coach or associate"})
        assert head.modal
        assert "This is what another member sees" in head.modal.shown


async def test_check_finds_nothing_to_mend_in_slack(headsup: Headsup, network: Network) -> None:
    found = await beside(headsup, "check", "--json")
    assert [one for one in found.json["findings"] if one["where"].startswith(("slack", "network"))] == []

"""Help comes on every platform while the storage is still being opened, and when the database is taken away."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager, closing
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic
from typing import Any

import pytest

from adapters.local.platform import LocalPlatform
from bot.config import Config, Configured, read_config
from bot.core.errors import OperatorError, StorageFailed
from bot.door import ground, late, wiring
from bot.door.real import live, open_real
from bot.door.wiring import Makings, Parts, make_parts
from scheduler.clocks import SteppableClock
from scheduler.heartbeat import StepHeart
from storage.house import Home
from storage.start import make_ready, open_network
from tests.adapters.local.client import browser, tab
from tests.adapters.scripted import SECRET, Stage
from tests.adapters.slack.installed import installed
from tests.discord.server import DiscordServer
from tests.door import discord_network, slack_network
from tests.slack.server import SlackServer

NOW = datetime(2026, 11, 11, 16, 0, tzinfo=UTC)
HELP, NOT_KEPT = "You don’t have to carry this alone", "Sorry, I couldn’t save that"
GoOn = Callable[[], Awaitable[Parts]]
MENU = "What would you like to do?"


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> asyncio.Event:
    """Until it is set no storage is open. Adapters do not wait for their notes."""
    opens = asyncio.Event()

    async def slowly(*given: Any) -> Any:
        await opens.wait()
        return await open_network(*given)

    monkeypatch.setattr(wiring, "open_network", slowly)
    monkeypatch.setattr(late, "PATIENCE", 0.01)
    return opens


@pytest.fixture
async def on_slack(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[slack_network.Network]:
    clock = SteppableClock(NOW, monotonic)
    async with SlackServer(clock, app=installed()) as slack:
        anna = slack.person("Anna Ford")
        organisers = slack.channel("organisers", anna, private=True)
        network = slack_network.Network(slack, clock, tmp_path, anna, organisers)
        slack_network.configure(network, monkeypatch)
        yield network


@pytest.fixture
async def on_discord(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[discord_network.Network]:
    clock = SteppableClock(NOW, monotonic)
    async with DiscordServer(clock) as discord:
        with discord.reached():
            network = discord_network.networked(discord, clock, tmp_path)
            discord_network.configure(network, monkeypatch)
            yield network


@asynccontextmanager
async def starting(folder: Path, clock: SteppableClock, gate: asyncio.Event) -> AsyncIterator[GoOn]:
    """`headsup run`, as far as the opening of its storage; what is given goes on from there."""
    configured = read_config(folder / "config.toml")
    async with ground.prepared(configured, fresh=False), AsyncExitStack() as stack:
        running = open_real(configured, clock, StepHeart(clock, slack_network.TICK), listens=True)
        opening, stop = asyncio.create_task(stack.enter_async_context(running)), asyncio.Event()
        living: list[asyncio.Task[None]] = []

        async def go_on() -> Parts:
            gate.set()
            parts = await opening
            living.append(asyncio.create_task(live(parts, stop)))
            return parts

        yield go_on
        stop.set()
        await asyncio.gather(*living)


def stolen(database: Path) -> None:
    """The database is taken away."""
    for path in database.parent.glob(f"{database.name}*"):
        path.unlink()


async def test_on_slack_while_the_storage_is_being_opened(on_slack: slack_network.Network, gate: asyncio.Event) -> None:
    slack, una = on_slack.slack, on_slack.slack.person("Una Low")
    async with starting(on_slack.folder, on_slack.clock, gate) as go_on:
        await slack.connected(2)
        await una.types("/helpnow", wait=False)
        await slack.until(lambda: HELP in "".join(una.draws()))
        await una.types("/headsup menu", wait=False)
        await slack.until(lambda: NOT_KEPT in "".join(una.draws()))
        assert on_slack.anna.draws(on_slack.organisers) == [], "nothing has failed"
        await go_on()
        await una.types("/headsup menu", wait=False)
        await slack.until(lambda: MENU in "".join(una.draws()))


async def test_on_discord_while_the_storage_is_being_opened(
    on_discord: discord_network.Network, gate: asyncio.Event
) -> None:
    gate.set()
    async with on_discord.running():
        pass  # its commands are known from now on
    gate.clear()
    discord, una = on_discord.discord, on_discord.discord.person("Una Low")
    async with starting(on_discord.folder, on_discord.clock, gate) as go_on:
        await on_discord.until(lambda: on_discord.listens, 20)
        await una.use("helpnow", wait=False)
        await discord.until(lambda: HELP in read_by(una))
        await una.use("headsup", "menu", wait=False)
        await discord.until(lambda: NOT_KEPT in read_by(una))
        await go_on()
        await una.use("headsup", "menu", wait=False)
        await discord.until(lambda: MENU in read_by(una))
        assert una.troubles == []


async def test_in_the_space_while_the_storage_is_being_opened(tmp_path: Path, gate: asyncio.Event) -> None:
    async with in_the_space(tmp_path) as (parts, said):
        assert HELP in await said("helpnow", "")
        assert NOT_KEPT in await said("headsup", "menu")
        gate.set()
        await parts.open()
        assert MENU in await said("headsup", "menu")
        await parts.storage.close()


@pytest.mark.parametrize("fate", ["stolen", "locked"])
async def test_on_slack_with_the_database_taken_away(on_slack: slack_network.Network, fate: str) -> None:
    slack, una = on_slack.slack, on_slack.slack.person("Una Low")
    async with on_slack.running():
        await on_slack.parts.platforms["slack"].listed()  # type: ignore[attr-defined]
        with taken_away(on_slack.folder / "data" / "headsup.sqlite3", fate):
            await una.types("/helpnow", wait=False)
            await slack.until(lambda: HELP in "".join(una.draws()))
        assert "116 123" in "".join(una.draws())


@pytest.mark.parametrize("fate", ["stolen", "locked"])
async def test_on_discord_with_the_database_taken_away(on_discord: discord_network.Network, fate: str) -> None:
    discord, una = on_discord.discord, on_discord.discord.person("Una Low")
    async with on_discord.running():
        with taken_away(on_discord.folder / "data" / "headsup.sqlite3", fate):
            await una.use("helpnow", wait=False)
            await discord.until(lambda: HELP in read_by(una))
        assert "116 123" in read_by(una)


@pytest.mark.parametrize("fate", ["stolen", "locked"])
async def test_in_the_space_with_the_database_taken_away(tmp_path: Path, fate: str) -> None:
    async with in_the_space(tmp_path) as (parts, said):
        await parts.open()
        assert MENU in await said("headsup", "menu")
        with taken_away(tmp_path / "data" / "demo.sqlite3", fate):
            assert HELP in await said("helpnow", "")
        await parts.storage.close()


async def test_a_storage_that_cannot_be_opened_leaves_nobody_listening(
    on_slack: slack_network.Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def never(*given: Any) -> Any:
        await on_slack.slack.connected(2)
        raise OperatorError("it is somewhere else")

    monkeypatch.setattr(wiring, "open_network", never)
    configured = read_config(on_slack.folder / "config.toml")
    async with ground.prepared(configured, fresh=False):
        with pytest.raises(OperatorError, match="somewhere else"):
            await enter(open_real(configured, on_slack.clock, StepHeart(on_slack.clock), listens=True))
    assert on_slack.is_quiet


async def test_what_is_not_open_fails_and_whoever_can_wait_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    closed = late.Late()
    with pytest.raises(StorageFailed):
        await closed.read(NOW, lambda work: work)
    monkeypatch.setattr(late, "PATIENCE", 0.01)
    with pytest.raises(StorageFailed):
        await late.Patient(closed).read(NOW, lambda work: work)


async def enter(running: Any) -> None:
    async with running:
        raise AssertionError("it is open")


@asynccontextmanager
async def in_the_space(folder: Path) -> AsyncIterator[tuple[Parts, Callable[[str, str], Awaitable[str]]]]:
    """Somebody in the community space of a bot whose storage is not open; what they say is answered."""
    stage, given = Stage(), Configured(Config(), folder)
    una = stage.space.join("Una Low")
    await make_ready(given.url, given.data / "copies", NOW)
    clock = SteppableClock(NOW, monotonic)
    parts = make_parts(given, clock, Home("local", stage.space.workspace), frozenset(), Makings(disk=lambda: 61))
    local = LocalPlatform(stage.space, parts.commands, stage.bar, SECRET, 0)
    running = asyncio.create_task(local.run(parts.door))
    try:
        async with browser(local) as session, tab(session, local) as opened:
            await opened.ok("be", user=una.user)

            async def said(tree: str, words: str) -> str:
                before = len(opened.news)
                where = {"user": una.user, "conversation": f"bot-{una.user}"}
                await opened.ok("use", tree=tree, words=words, **where)
                return str(opened.news[before:])

            yield parts, said
    finally:
        await local.close()
        await running


def read_by(person: Any) -> str:
    return "".join(person.draws(person.place()))


class taken_away:
    """The database's file is deleted, or held by somebody else, for a while."""

    def __init__(self, database: Path, fate: str) -> None:
        assert database.exists()
        self._database, self._fate = database, fate
        self._held: sqlite3.Connection | None = None

    def __enter__(self) -> None:
        if self._fate == "stolen":
            stolen(self._database)
        else:
            self._held = sqlite3.connect(self._database)
            self._held.execute("BEGIN IMMEDIATE")

    def __exit__(self, *problem: object) -> None:
        if self._held is not None:
            with closing(self._held):
                self._held.rollback()

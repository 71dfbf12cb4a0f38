"""A real network on Slack, on Discord, or on both: put together as the config says, and stopped by one sentence."""

import asyncio
import sqlite3
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.chat.address import ORGANISERS
from bot.chat.outbound import Delivered, Outcome, Parcel, Receipt, ToChannel, Unclear
from bot.chat.platform import CannotLook, Door
from bot.config import Configured, read_config
from bot.core.errors import OperatorError
from bot.core.outbox import Kind, Letter
from bot.door import ground
from bot.door.platforms import home_of
from bot.door.real import live, open_real
from bot.door.wiring import Parts
from scheduler.clocks import SteppableClock
from scheduler.heartbeat import StepHeart
from storage.house import Home
from tests.storage.stands import Pen, says

NOW = datetime(2026, 11, 11, 16, 0, tzinfo=UTC)
SERVER, CHANNEL = "123456789012345678", "234567890123456789"
REAL = '[network]\nkind = "real"\n'
SLACK = '[slack]\nworkspaces = ["T0NETWORK"]\nbase_url = "http://127.0.0.1:9/"\n'
SLACK_TOLD = SLACK + 'channels = { organisers = "C0123ABCD" }\n'
DISCORD = f'[discord]\nservers = ["{SERVER}"]\nbase_url = "http://127.0.0.1:9"\n'
DISCORD_TOLD = DISCORD + f'channels = {{ organisers = "{CHANNEL}" }}\n'
ON_SLACK, ON_DISCORD = Home("slack", "T0NETWORK"), Home("discord", SERVER)


@pytest.fixture(autouse=True)
def tokens(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HEADSUP_SLACK__BOT_TOKEN", "xoxb-1")
    monkeypatch.setenv("HEADSUP_SLACK__APP_TOKEN", "xapp-1")
    monkeypatch.setenv("HEADSUP_DISCORD__TOKEN", "discord-1")


def configured(folder: Path, text: str) -> Configured:
    (folder / "config.toml").write_text(REAL + text)
    return read_config(folder / "config.toml")


@asynccontextmanager
async def opened(folder: Path, text: str, clock: SteppableClock | None = None) -> AsyncIterator[Parts]:
    """The parts, of which none runs."""
    given, clock = configured(folder, text), clock or SteppableClock(NOW, lambda: 0.0, speed=0)
    async with ground.prepared(given, fresh=False), open_real(given, clock, StepHeart(clock)) as parts:
        yield parts


class Lone:
    """A platform that listens until it is closed, or until it cannot go on; `outcomes` are what tries come to."""

    def __init__(self, name: str, *outcomes: Outcome) -> None:
        self._name, self._outcomes = name, list(outcomes)
        self.tried: list[Parcel] = []
        self.ends, self.ended, self.end, self.closed = asyncio.Event(), asyncio.Event(), "", False

    @property
    def name(self) -> str:
        return self._name

    async def run(self, door: Door) -> None:
        await self.ends.wait()
        self.ended.set()
        if self.end:
            raise OperatorError(self.end)

    async def deliver(self, parcel: Parcel) -> Outcome:
        self.tried.append(parcel)
        return self._outcomes.pop(0) if self._outcomes else Delivered(Receipt("there", "1"))

    async def find(self, parcel: Parcel) -> Receipt | None:
        raise CannotLook

    async def close(self) -> None:
        self.ends.set()
        await asyncio.sleep(0)
        self.closed = True


# Which platforms there are


@pytest.mark.parametrize(
    ("text", "names", "home"),
    [
        (SLACK, ["slack"], ON_SLACK),
        (DISCORD, ["discord"], ON_DISCORD),
        (SLACK + DISCORD, ["slack", "discord"], ON_SLACK),
        (SLACK + DISCORD_TOLD, ["slack", "discord"], ON_DISCORD),
        (SLACK_TOLD + DISCORD_TOLD, ["slack", "discord"], ON_SLACK),
    ],
)
async def test_it_is_on_each_platform_that_is_named_and_organisers_are_told_where_they_have_a_channel(
    text: str, names: list[str], home: Home, tmp_path: Path
) -> None:
    async with opened(tmp_path, text) as parts:
        assert list(parts.platforms) == [one.name for one in parts.platforms.values()] == names
        assert home_of(parts.configured) == home
        there = parts.platforms[home.platform] = Lone(home.platform)
        await Pen(parts.storage).post(Letter("line", ORGANISERS, says("One waits."), Kind.NOTICE, NOW))
        assert parts.courier
        await parts.courier.drain()
        assert [one.to for one in there.tried] == [ToChannel(home.workspace, "organisers")]


@pytest.mark.parametrize(("home", "tries"), [(SLACK_TOLD + DISCORD, 2), (SLACK + DISCORD_TOLD, 4)])
async def test_only_what_discord_still_recognises_is_tried_until_it_arrives(
    home: str, tries: int, tmp_path: Path
) -> None:
    """Three tries nobody knows the end of. Slack would say it twice: after one more in the dark it is let be."""
    clock = SteppableClock(NOW, lambda: 0.0, speed=0)
    async with opened(tmp_path, home, clock) as parts:
        name = home_of(parts.configured).platform
        there = parts.platforms[name] = Lone(name, *(Unclear("reset") for _ in range(3)))
        await Pen(parts.storage).post(Letter("line", ORGANISERS, says("One waits."), Kind.NOTICE, NOW))
        assert parts.courier
        for _ in range(10):
            await parts.courier.drain()
            clock.advance(timedelta(seconds=20))
        assert len(there.tried) == tries


# What keeps it from beginning


@pytest.mark.parametrize(
    ("text", "lacking", "says"),
    [
        ("", "", "nowhere to listen. Please name one in the config: [slack]"),
        ("", "", '[discord] servers = ["'),
        (SLACK, "HEADSUP_SLACK__BOT_TOKEN", "slack.bot_token: there is none"),
        (SLACK, "HEADSUP_SLACK__APP_TOKEN", "slack.app_token: there is none"),
        (SLACK + 'mode = "http"\n', "HEADSUP_SLACK__APP_TOKEN", "slack.signing_secret: there is none"),
        (DISCORD, "HEADSUP_DISCORD__TOKEN", "discord.token: there is none"),
        (SLACK + DISCORD, "HEADSUP_DISCORD__TOKEN", "discord.token: there is none"),
    ],
)
async def test_without_a_place_or_a_token_it_says_what_mends_it(
    text: str, lacking: str, says: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if lacking:
        monkeypatch.setenv(lacking, "")
    assert says in await refused(configured(tmp_path, text))


@pytest.mark.parametrize("name", ["slack", "discord"])
async def test_packages_that_are_not_installed_are_named(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, f"adapters.{name}.platform", None)
    assert f"pip install 'headsup-bot[{name}]'" in await refused(configured(tmp_path, SLACK + DISCORD))


async def refused(given: Configured) -> str:
    """What is said instead of beginning; no database is made."""
    clock = SteppableClock(NOW, lambda: 0.0, speed=0)
    with pytest.raises(OperatorError) as refused:
        async with open_real(given, clock, StepHeart(clock)):
            pass
    assert not given.data.exists()
    return str(refused.value)


# How it ends


@pytest.mark.parametrize("failing", ["slack", "discord"])
async def test_a_platform_that_cannot_go_on_stops_all_with_its_sentence_and_no_letter_half_way(
    failing: str, tmp_path: Path
) -> None:
    class Slow(Lone):
        async def deliver(self, parcel: Parcel) -> Outcome:
            lone[failing].end = "discord.token: Discord does not know it"
            lone[failing].ends.set()  # while this letter is on its way
            await lone[failing].ended.wait()
            for _ in range(20):  # all is being stopped meanwhile
                await asyncio.sleep(0)
            return await super().deliver(parcel)

    async with opened(tmp_path, SLACK_TOLD + DISCORD) as parts:
        lone = {"slack": Slow("slack"), "discord": Lone("discord")}
        parts.platforms.update(lone)
        await Pen(parts.storage).post(Letter("line", ORGANISERS, says("One waits."), Kind.NOTICE, NOW))
        with pytest.raises(OperatorError, match="does not know it"):
            await asyncio.wait_for(live(parts, asyncio.Event()), 10)
        assert all(one.closed for one in lone.values())
        assert len(lone["slack"].tried) == 1
    assert states(tmp_path) == ["sent"]


def states(folder: Path) -> list[str]:
    """What became of each letter."""
    with closing(sqlite3.connect(next(folder.glob("data/*.sqlite3")))) as database:
        return [state for (state,) in database.execute("SELECT state FROM letters")]

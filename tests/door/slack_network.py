"""A real network on the Slack of our tests, put together and run as `headsup run` does it, by a clock that is led."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any, Protocol

import pytest
from sqlalchemy import create_engine, text

from bot.config import read_config
from bot.door import ground
from bot.door.real import live, open_real
from bot.door.wiring import Parts
from scheduler.clocks import SteppableClock
from scheduler.heartbeat import StepHeart
from tests.adapters.slack.installed import installed
from tests.slack.model import Channel
from tests.slack.person import Person
from tests.slack.server import SlackServer

TICK = timedelta(seconds=5)
INTRODUCE = "Yes, introduce me to other members"
TALK = "We talked"
WRITE = "Yes, write to me here: introductions, check-ins"


@dataclass
class Network:
    """A workspace with its organiser, perhaps a channel for events, and a folder for the bot; `parts` while it runs."""

    slack: SlackServer
    clock: SteppableClock
    folder: Path
    anna: Person
    organisers: Channel
    events: Channel | None = None
    parts: Parts = field(init=False)

    @property
    def listens(self) -> bool:
        return len(self.slack.sockets.open) == 2

    @property
    def is_quiet(self) -> bool:
        return not self.slack.sockets.open

    async def until(self, holds: Callable[[], object], patience: float = 60.0) -> None:
        await self.slack.until(holds, patience)

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        async with self.opened() as parts:
            stop = asyncio.Event()
            living = asyncio.create_task(live(parts, stop))
            await self.slack.connected(2)
            yield
            stop.set()
            await living

    @asynccontextmanager
    async def opened(self) -> AsyncIterator[Parts]:
        """The parts, of which none runs."""
        configured, heart = read_config(self.folder / "config.toml"), StepHeart(self.clock, TICK)
        async with ground.prepared(configured, fresh=False), open_real(configured, self.clock, heart) as parts:
            self.parts = parts
            yield parts

    async def joined(self, name: str) -> Person:
        """Somebody who came, said who they are, and was vouched for."""
        slack, head = self.slack, self.slack.person(name)
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
        await slack.until(lambda: name in "".join(self.anna.draws(self.organisers)))
        await self.anna.press(f"Vouch for {name}")
        await slack.until(lambda: any("Good news" in text for text in head.draws()))
        return head


@asynccontextmanager
async def networked(clock: SteppableClock, folder: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Network]:
    """A Slack of our own, with an organiser and her channel, that the config names."""
    async with SlackServer(clock, app=installed()) as slack:
        anna = slack.person("Anna Ford")
        given = Network(slack, clock, folder, anna, slack.channel("organisers", anna, private=True))
        configure(given, monkeypatch)
        yield given


def configure(network: Network, monkeypatch: pytest.MonkeyPatch) -> None:
    """The config file, and the tokens in files of their own."""
    slack, folder, events = network.slack, network.folder, network.events
    named = f', events = "{events.id}"' if events else ""
    (folder / "config.toml").write_text(
        f"""
        [network]
        kind = "real"
        organisers = ["slack:{slack.team.id}:{network.anna.id}"]
        [introductions]
        send_first = true
        [slack]
        workspaces = ["{slack.team.id}"]
        channels = {{ organisers = "{network.organisers.id}"{named} }}
        base_url = "{slack.api_url}"
        welcome = true
        """
    )
    for key, secret in (("BOT_TOKEN", slack.app.bot_token), ("APP_TOKEN", slack.app.app_token)):
        (folder / key).write_text(secret)
        (folder / key).chmod(0o600)
        monkeypatch.setenv(f"HEADSUP_SLACK__{key}_FILE", str(folder / key))


def asked(head: Person) -> bool:
    """Whether a question stands there that was not answered."""
    return any(
        element["text"]["text"] == TALK
        for message in head.sees()
        for block in message.blocks
        for element in block.get("elements", [])
        if element.get("type") == "button"
    )


class Kept(Protocol):
    """A network whose bot keeps its things in a folder."""

    folder: Path


def letters(network: Kept) -> list[tuple[str, str, str, int, str]]:
    """Key, state, message, when it is tried again, and what was said of the last try."""
    return rows(network, "SELECT key, state, message, next_at, says FROM letters")


def answers(network: Kept) -> int:
    """How many answers of check-ins are kept."""
    return int(rows(network, "SELECT count(*) FROM answers")[0][0])


def rows(network: Kept, asked: str) -> list[Any]:
    """What stands in the file."""
    engine = create_engine(f"sqlite:///{next((network.folder / 'data').glob('*.sqlite3'))}")
    with engine.connect() as connection:
        found = connection.execute(text(asked)).all()
    engine.dispose()
    return [tuple(row) for row in found]

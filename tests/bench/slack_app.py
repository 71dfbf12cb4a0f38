"""What is measured on Slack, in a process of its own: the whole bot, or a Bolt app that keeps nothing. That one does
nothing but acknowledge, or shows the answer as well.

`python -m tests.bench.slack_app bare|showing|headsup FOLDER API_URL DATABASE_URL`. It says "ready" when Slack can
press, posts so many letters where "letters 10000" is said to it, and ends with its input.
"""

import asyncio
import re
import sys
import time
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any, cast

from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.platform import SlackPlatform
from adapters.slack.render import draw_view
from bot.chat.address import Account
from bot.chat.ids import Id
from bot.checkins.model import Outcome
from bot.checkins.views import Question, asking, help_blocks
from bot.config import Config, Configured
from bot.core.helplines import DEFAULTS
from bot.core.outbox import Kind
from bot.core.work import Unit, Work
from bot.door import ground
from bot.door.logs import quiet_logs
from bot.door.real import live, open_real
from bot.door.wiring import Parts
from scheduler.clocks import SteppableClock
from scheduler.heartbeat import StepHeart
from storage.house import House
from storage.parcels import account_place, conversations
from storage.work import SqlWork
from tests.bench.told import told
from tests.bench.work import AT, MEMBERS_THERE, member_of, settle_in
from tests.slack.model import App
from tests.slack.server import TEAM
from tests.storage.stands import letter

LINES = 2
APP = App()
ANSWERED = draw_view(
    asking([Question(Id(1), ("Gwen",), answer=Outcome.TALKED)], help_blocks(DEFAULTS)),
    {},
)
"""What a question looks like that was answered."""


def user_of(number: int) -> str:
    return f"U{number:08d}"


def talk_of(number: int) -> str:
    """Their conversation with the app, as the server names those that are opened first."""
    return f"D0{number + 1:08X}"


def account_of(number: int) -> Account:
    return Account("slack", TEAM.id, user_of(number))


async def acknowledge(ack: Any) -> None:
    await ack()


async def show(ack: Any, respond: Any) -> None:
    await ack()
    await respond(**ANSWERED, replace_original=True)


async def bolt(api_url: str, pressed: Callable[..., Awaitable[None]]) -> None:
    """Bolt as its guide has it, on as many lines as we have."""
    client = AsyncWebClient(token=APP.bot_token, base_url=api_url)
    app = AsyncApp(client=client, signing_secret=APP.signing_secret)
    app.action(re.compile(".*"))(pressed)
    handlers = [AsyncSocketModeHandler(app, APP.app_token) for _ in range(LINES)]
    for handler in handlers:
        await handler.connect_async()  # type: ignore[no-untyped-call]
    await told()
    for handler in handlers:
        await handler.close_async()  # type: ignore[no-untyped-call]


BOLTS: Mapping[str, Callable[..., Awaitable[None]]] = {"bare": acknowledge, "showing": show}


async def headsup(folder: Path, api_url: str, database: str) -> None:
    """The bot as `headsup run` runs it, on a Thursday on which everybody was introduced."""
    slack = {"workspaces": [TEAM.id], "base_url": api_url, "bot_token": APP.bot_token, "app_token": APP.app_token}
    sections = {"network": {"kind": "real"}, "slack": slack, "storage": {"url": database}}
    configured, clock = Configured(Config.model_validate(sections), folder), SteppableClock(AT, time.monotonic)
    async with ground.prepared(configured, fresh=False), open_real(configured, clock, StepHeart(clock)) as parts:
        await parts.storage.write(Unit("bench:settle", AT, partial(_settle, parts.house)))
        stop = asyncio.Event()
        living, platform = asyncio.create_task(live(parts, stop)), parts.platforms["slack"]
        assert isinstance(platform, SlackPlatform)
        await platform.listed()
        await told(partial(_do, parts))
        stop.set()
        await living


def _settle(house: House, work: Work) -> None:
    """Everybody was introduced, and written to before: a first conversation would be opened more slowly."""
    settle_in(work, account_of)
    for number in range(MEMBERS_THERE):
        talk = {"place": account_place(house, account_of(number)), "conversation": talk_of(number)}
        cast(SqlWork, work).keep(conversations, talk)


async def _do(parts: Parts, said: list[str]) -> None:
    if said[0] == "letters":
        await _post(parts, int(said[1]))


async def _post(parts: Parts, many: int) -> None:
    """A letter to each."""
    at = parts.clock.now()
    posted = [letter(f"bench:{at}:{one}", member_of(one % MEMBERS_THERE), at, Kind.NOTICE) for one in range(many)]
    await parts.storage.write(Unit(f"bench:{at}", at, lambda work: work.post(*posted)))
    if parts.life is not None:
        parts.life.wake()


if __name__ == "__main__":
    what, folder, api_url, database = sys.argv[1:]
    quiet_logs()
    with suppress(KeyboardInterrupt):
        ours = what == "headsup"
        asyncio.run(headsup(Path(folder), api_url, database) if ours else bolt(api_url, BOLTS[what]))

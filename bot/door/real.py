"""A real network: its platforms are listened to, and letters carried, until it is told to stop."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from bot.config import Configured
from bot.core.clock import Clock
from bot.core.errors import OperatorError
from bot.door import terminal
from bot.door.wiring import Parts, bring_to_life, open_parts, tell_operator
from bot.sections import Mode
from scheduler.clocks import SystemClock
from scheduler.courier import Courier
from scheduler.heartbeat import ApsHeart, Heart
from scheduler.life import Life
from scheduler.pacing import Pace, Pacing
from storage.house import Home

if TYPE_CHECKING:
    from adapters.slack.settings import SlackSettings

NOWHERE = "network.kind is real, and no workspace is named that is served: there is nowhere to listen"
NAME_ONE = 'name it in the config: [slack] workspaces = ["T0123ABCD"]'
_NOT_INSTALLED = "Slack needs packages that are not installed: pip install 'headsup-bot[slack]'"


async def run_real(configured: Configured, *, stop: asyncio.Event) -> None:
    """Until `stop`. Raises OperatorError with what mends it."""
    async with open_real(configured, SystemClock(), ApsHeart()) as parts:
        terminal.say("HeadsUp is running on Slack. To stop it: Ctrl+C.")
        await live(parts, stop)


@asynccontextmanager
async def open_real(configured: Configured, clock: Clock, heart: Heart) -> AsyncIterator[Parts]:
    """A real network's parts, put together; nothing runs yet."""
    settings = slack_settings(configured)
    if not settings.bot_token:
        raise OperatorError("slack.bot_token: there is none. `headsup check` says where it is found and where it goes")
    from adapters.slack.platform import SlackPlatform
    from adapters.slack.settings import PACES

    parts = await open_parts(configured, clock, Home("slack", settings.workspaces[0]), frozenset())
    try:
        slack = SlackPlatform(settings, clock, tell_operator)
        parts.platforms[slack.name] = slack
        bring_to_life(parts, heart, pacing=paced(slack.name, PACES))
        yield parts
    finally:
        await parts.storage.close()


async def live(parts: Parts, stop: asyncio.Event) -> None:
    """Listen and carry; at the end give the answers that are being given, and finish the letters in hand."""
    life, courier = _alive(parts)
    carrying = asyncio.create_task(courier.run(), name="courier")
    life.start()
    listening = [asyncio.create_task(one.run(parts.door), name=name) for name, one in parts.platforms.items()]
    stopping = asyncio.create_task(stop.wait(), name="stop")
    await asyncio.wait([*listening, carrying, stopping], return_when=asyncio.FIRST_COMPLETED)
    stopping.cancel()
    await life.stop()
    await courier.stop()
    await asyncio.gather(*(one.close() for one in parts.platforms.values()))
    await asyncio.gather(carrying, *listening)


def _alive(parts: Parts) -> tuple[Life, Courier]:
    if parts.life is None or parts.courier is None:
        raise LookupError("these parts were not brought to life")
    return parts.life, parts.courier


def slack_settings(configured: Configured) -> "SlackSettings":
    """What the adapter is told. Raises OperatorError where Slack is not set up, or not installed."""
    slack = configured.config.slack
    if not slack.workspaces:
        raise OperatorError(f"{NOWHERE}. Please {NAME_ONE}")
    try:
        from adapters.slack.settings import SlackSettings
    except ModuleNotFoundError:
        raise OperatorError(_NOT_INSTALLED) from None
    return SlackSettings(
        workspaces=slack.workspaces,
        bot_token=slack.bot_token.get_secret_value(),
        app_token=slack.app_token.get_secret_value(),
        signing_secret=slack.signing_secret.get_secret_value(),
        old_signing_secret=slack.old_signing_secret.get_secret_value(),
        port=slack.port,
        host=slack.host,
        base_url=slack.base_url,
        channels=slack.channels,
        welcome=slack.welcome,
        is_http=slack.mode is Mode.HTTP,
    )


def paced(platform: str, paces: Mapping[str, tuple[float, float, int]]) -> Pacing:
    """A platform's own paces, as the scheduler takes them."""
    return Pacing({(platform, way): Pace(*pace) for way, pace in paces.items()})

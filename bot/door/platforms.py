"""The platforms that a real network is on: what each is told, how fast it is written to, and which of them holds the
organisers' channel."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, TypeAlias

from bot import front
from bot.announcements.model import Lasts, Load
from bot.chat.address import ORGANISERS
from bot.chat.platform import Platform
from bot.config import Configured
from bot.core.errors import OperatorError
from bot.door.late import Patient
from bot.door.wiring import Parts, tell_operator
from bot.sections import Mode
from scheduler.pacing import Pace, Pacing
from scheduler.verdicts import Manners
from storage.house import Home
from storage.notes import SqlNotes

if TYPE_CHECKING:
    from adapters.discord.settings import DiscordSettings
    from adapters.slack.settings import SlackSettings

NOWHERE = "network.kind is real, and no workspace or server is named that is served: there is nowhere to listen"
NAME_ONE = 'name one in the config: [slack] workspaces = ["T0123ABCD"], or [discord] servers = ["123456789012345678"]'

Paces: TypeAlias = Mapping[str, tuple[float, float, int]]
_FREE = (math.inf, math.inf, 0)


@dataclass(frozen=True)
class SetUp:
    """A platform that the config sets up, before it is made. For as long as `recognises` says it knows a letter again
    that it is given twice; None: it never does."""

    name: str
    title: str
    paces: Paces
    make: Callable[[Parts], Platform]
    recognises: timedelta | None = None
    opens_an_hour: float = math.inf
    """First conversations that it is let open, besides its paces."""


def set_up(configured: Configured) -> list[SetUp]:
    """Every platform that is named. Raises OperatorError where there is none, or where one of them could not begin."""
    config = configured.config
    named = [(config.slack.workspaces, _slack), (config.discord.servers, _discord)]
    found = [prepare(configured) for served, prepare in named if served]
    if not found:
        raise OperatorError(f"{NOWHERE}. Please {NAME_ONE}")
    return found


def home_of(configured: Configured) -> Home:
    """Where channels are: on the first platform that has one for organisers, and else on the first that is named.
    Raises OperatorError where none is."""
    workspaces, told = configured.config.workspaces, configured.config.places(ORGANISERS.name)
    if not workspaces:
        raise OperatorError(f"{NOWHERE}. Please {NAME_ONE}")
    platform = next(iter((*told, *workspaces)))
    return Home(platform, workspaces[platform])


def paced(*platforms: tuple[str, Paces]) -> Pacing:
    """The paces of platforms, each by its name, as the scheduler takes them."""
    return Pacing({(name, way): Pace(*pace) for name, paces in platforms for way, pace in paces.items()})


def lasting(platforms: Sequence[SetUp]) -> Lasts:
    """How long letters to many take: on the platform that takes longest, at the pace of letters or, where that is
    slower, of first conversations. Quiet hours come on top of it."""
    known = {one.name: one for one in platforms}

    def lasts(loads: Mapping[str, Load]) -> timedelta:
        each = (_seconds(known[name], load) for name, load in loads.items() if name in known)
        return timedelta(seconds=max(each, default=0.0))

    return lasts


def _seconds(platform: SetUp, load: Load) -> float:
    rates = [rate for way in ("all", "direct") for rate, _, _ in [platform.paces.get(way, _FREE)]]
    opens = min(platform.paces.get("open", _FREE)[0], platform.opens_an_hour / 3600)
    return max(load.letters / min(rates), load.first / opens)


def mannered(platforms: Sequence[SetUp]) -> Manners:
    """How patient the courier is with them."""
    return Manners(recognises={one.name: one.recognises for one in platforms if one.recognises is not None})


def _slack(configured: Configured) -> SetUp:
    settings = slack_settings(configured)
    if settings.lacking:
        raise _no_secret(settings.lacking)
    try:
        from adapters.slack.platform import SlackPlatform
        from adapters.slack.settings import PACES
    except ModuleNotFoundError:
        raise not_installed("slack") from None

    def make(parts: Parts) -> Platform:
        return SlackPlatform(settings, parts.clock, tell_operator)

    return SetUp("slack", "Slack", PACES, make)


def _discord(configured: Configured) -> SetUp:
    settings = discord_settings(configured)
    if not settings.token:
        raise OperatorError("discord.token: there is none. `headsup check` says where it is found and where it goes")
    try:
        from adapters.discord.platform import DiscordPlatform
        from adapters.discord.settings import PACES, RECOGNISES
    except ModuleNotFoundError:
        raise not_installed("discord") from None

    def make(parts: Parts) -> Platform:
        notes = SqlNotes(Patient(parts.late), parts.clock, "discord")
        platform: Platform = DiscordPlatform(
            settings, parts.commands, parts.clock, notes, parts.notes, tell_operator, front.doorway()
        )
        return platform

    return SetUp("discord", "Discord", PACES, make, RECOGNISES, settings.opens_an_hour)


def _no_secret(key: str) -> OperatorError:
    from adapters.slack.settings import WHERE

    return OperatorError(f"slack.{key}: there is none; {WHERE[key]}. `headsup check` says whether all is well then")


def not_installed(name: str) -> OperatorError:
    """The packages of a platform are not there."""
    says = f"{name.capitalize()} needs packages that are not installed: pip install 'headsup-bot[{name}]'"
    return OperatorError(says)


def slack_settings(configured: Configured) -> "SlackSettings":
    """What the adapter is told. Raises OperatorError where it is not installed."""
    slack = configured.config.slack
    try:
        from adapters.slack.settings import SlackSettings
    except ModuleNotFoundError:
        raise not_installed("slack") from None
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


def discord_settings(configured: Configured) -> "DiscordSettings":
    """What the adapter is told. Raises OperatorError where it is not installed."""
    discord = configured.config.discord
    try:
        from adapters.discord.settings import DiscordSettings
    except ModuleNotFoundError:
        raise not_installed("discord") from None
    return DiscordSettings(
        servers=discord.servers,
        token=discord.token.get_secret_value(),
        channels=discord.channels,
        opens_an_hour=discord.opens_an_hour,
        members_intent=discord.members_intent,
        scheduled_events=discord.scheduled_events,
        base_url=discord.base_url.rstrip("/"),
    )

"""Whether all is well with a Discord application, and of what is not, the click that mends it. Nobody in Discord sees
anything: nothing is asked but what can be looked up."""

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import Any

from aiohttp import ClientError, ClientSession, ClientTimeout
from discord import __version__

from adapters.discord.check_channels import Seen, look_at_channels, look_at_events
from adapters.discord.commands import differ, draw_commands, invite
from adapters.discord.permissions import bit, in_server
from adapters.discord.settings import DiscordSettings
from bot.chat.command import Command
from bot.core.clock import Clock
from bot.core.feature import Finding

ERROR, WARNING = "error", "warning"
OFF = timedelta(minutes=2)
PATIENCE = 20.0
AGENT = f"DiscordBot (https://discordpy.readthedocs.io, {__version__}) HeadsUp check"
"""Discord turns away who does not say what they are."""
MEMBERS, CONTENT = (1 << 14) | (1 << 15), (1 << 18) | (1 << 19)
"""Flags of an application: an intent is switched on, for many servers or for few."""

_APP = "at discord.com/developers/applications, open your application;"
_TOKEN = (
    f"{_APP} under Bot, press Reset Token, copy the token into a file (chmod 600), and say where it is in "
    "HEADSUP_DISCORD__TOKEN_FILE"
)
_AGAIN = "look whether this machine reaches discord.base_url, and check once more"
_INTENT = (
    "it is true, and the Server Members Intent is not switched on, so Discord refuses to let the bot in",
    f"{_APP} under Bot, switch on Server Members Intent; or set members_intent = false",
)
_WORDS = (
    "the Message Content Intent is on, with which it could read what members are told that it cannot",
    f"{_APP} under Bot, switch off Message Content Intent",
)
_PAGES: Mapping[str, tuple[str, str, str, str]] = {
    "interactions_endpoint_url": (
        ERROR,
        "discord.application",
        "Discord sends presses and commands to an address instead of to the bot, which never hears of them",
        f"{_APP} under General Information, empty Interactions Endpoint URL, and save",
    ),
    "bot_require_code_grant": (
        ERROR,
        "discord.application",
        "the bot asks for a code grant, so its invite link does not work",
        f"{_APP} under Bot, switch off Requires OAuth2 Code Grant",
    ),
    "bot_public": (
        WARNING,
        "discord.application",
        "anybody can add this bot to a server of theirs; it leaves, but it need not be asked",
        f"{_APP} under Installation, set Install Link to None and save, then under Bot switch off Public Bot",
    ),
}
"""What an application says of itself that should not be so."""
_CLOCK = "let the machine keep the time by itself: timedatectl set-ntp true"


class _Away(Exception):
    """Discord cannot be asked; says why."""


@dataclass(frozen=True)
class _Answer:
    status: int
    data: Any
    date: str


class _Ask:
    """`await ask("/users/@me")`. Raises _Away."""

    def __init__(self, settings: DiscordSettings, session: ClientSession) -> None:
        self._url, self._session = settings.base_url, session
        self._headers = {"Authorization": f"Bot {settings.token}", "User-Agent": AGENT}

    async def __call__(self, path: str) -> _Answer:
        try:
            async with self._session.get(self._url + path, headers=self._headers) as got:
                if got.status >= HTTPStatus.INTERNAL_SERVER_ERROR or got.status == HTTPStatus.TOO_MANY_REQUESTS:
                    raise _Away(f"Discord does not answer now (HTTP {got.status})")
                return _Answer(got.status, await got.json(), got.headers.get("Date", ""))
        except (ClientError, TimeoutError, OSError, ValueError) as error:
            raise _Away(f"Discord cannot be reached ({type(error).__name__})") from None


@dataclass(frozen=True)
class _Asker:
    """The bot as Discord knows it, and the commands that it answers."""

    ask: _Ask
    me: Mapping[str, Any]
    application: str
    commands: Sequence[Command]
    scheduled_events: bool

    @property
    def id(self) -> str:
        return str(self.me["id"])

    @property
    def link(self) -> str:
        return invite(self.application, self.scheduled_events)


async def look(
    settings: DiscordSettings, clock: Clock, organiser: str = "", commands: Sequence[Command] = ()
) -> list[Finding]:
    """Everything that is not well. `organiser` is the first who is named, by their id; `commands` is our table, where
    it is to be compared with what Discord was told. Never raises for what Discord or an operator can do wrong."""
    found: list[Finding] = []
    async with ClientSession(timeout=ClientTimeout(PATIENCE)) as session:
        try:
            async for finding in _all(settings, _Ask(settings, session), clock, organiser, commands):
                found.append(finding)
        except _Away as away:
            found.append(Finding(ERROR, "discord.base_url", str(away), _AGAIN))
        except (LookupError, TypeError, ValueError, AttributeError):
            found.append(
                Finding(ERROR, "discord.base_url", "what answers there does not speak as Discord does", _AGAIN)
            )
    return found


async def _all(
    settings: DiscordSettings, ask: _Ask, clock: Clock, organiser: str, commands: Sequence[Command]
) -> AsyncIterator[Finding]:
    if not settings.token:
        yield Finding(ERROR, "discord.token", "there is no token", _TOKEN)
        return
    me, application = await ask("/users/@me"), await ask("/applications/@me")
    refused = next((one.status for one in (me, application) if one.status != HTTPStatus.OK), None)
    if refused is not None:
        yield Finding(ERROR, "discord.token", f"Discord does not take the token (HTTP {refused})", _TOKEN)
        return
    for finding in (*_time(me.date, clock), *_application(settings, application.data)):
        yield finding
    asker = _Asker(ask, me.data, str(application.data["id"]), commands, settings.scheduled_events)
    for finding in await _commands(asker):
        yield finding
    seen = [await _enter(ask, server, asker.id) for server in settings.servers]
    for server, there in zip(settings.servers, seen, strict=True):
        for finding in _too_much(there) if there else [_outside(server, asker.link)]:
            yield finding
    inside = [there for there in seen if there]
    async for finding in _organiser(ask, inside, organiser):
        yield finding
    for finding in (*look_at_channels(settings, inside), *look_at_events(settings, inside)):
        yield finding


def _time(date: str, clock: Clock) -> list[Finding]:
    try:
        off = clock.now() - parsedate_to_datetime(date)
    except ValueError:
        return []
    if abs(off) <= OFF:
        return []
    minutes = round(abs(off).total_seconds() / 60)
    says = f"this machine’s clock is {minutes} minutes {'ahead of' if off > timedelta() else 'behind'} Discord’s"
    return [Finding(ERROR, "clock", says, _CLOCK)]


def _application(settings: DiscordSettings, application: Mapping[str, Any]) -> list[Finding]:
    """How the application is set up on its own pages."""
    flags = int(application.get("flags") or 0)
    found = [Finding(*one) for key, one in _PAGES.items() if application.get(key)]
    if settings.members_intent and not flags & MEMBERS:
        found.append(Finding(ERROR, "discord.members_intent", *_INTENT))
    if flags & CONTENT:
        found.append(Finding(WARNING, "discord.application", *_WORDS))
    return found


async def _enter(ask: _Ask, server: str, me: str) -> Seen | None:
    """What the bot sees of a server; None where it is not in it."""
    about, member = await ask(f"/guilds/{server}"), await ask(f"/guilds/{server}/members/{me}")
    channels = await ask(f"/guilds/{server}/channels")
    if any(one.status != HTTPStatus.OK for one in (about, member, channels)):
        return None
    return Seen(about.data, channels.data, me, member.data["roles"])


def _outside(server: str, link: str) -> Finding:
    says = f"the bot is not in the server {server}"
    return Finding(ERROR, "discord.servers", says, f"open this link, choose the server, and press Authorise: {link}")


def _too_much(seen: Seen) -> list[Finding]:
    """An administrator could do what members are promised that it cannot."""
    if not in_server(seen.server, seen.roles) & bit("administrator"):
        return []
    says = f"the bot is an administrator of the server {seen.id}, and could see what members are told that it cannot"
    mend = "in Discord, open Server Settings, Roles, take Administrator away from the roles that HeadsUp has"
    return [Finding(ERROR, "discord.servers", says, mend)]


async def _commands(asker: _Asker) -> list[Finding]:
    """Whether Discord knows our words as they are now."""
    if not asker.commands:
        return []
    known = await asker.ask(f"/applications/{asker.application}/commands")
    if known.status == HTTPStatus.OK and not differ(draw_commands(asker.commands), known.data):
        return []
    says, mend = "Discord knows other commands than this HeadsUp answers", "start HeadsUp (once more): it tells Discord"
    return [Finding(WARNING, "discord.application", says, mend)]


async def _organiser(ask: _Ask, seen: Sequence[Seen], organiser: str) -> AsyncIterator[Finding]:
    """Whether the first organiser is there."""
    if not organiser or not seen:
        return
    answers = [await ask(f"/guilds/{one.id}/members/{organiser}") for one in seen]
    if all(answer.status != HTTPStatus.OK for answer in answers):
        says = "the first organiser who is named with an account on Discord is in none of the servers"
        mend = 'in Discord, right-click your own name, Copy User ID: organisers = ["discord:SERVER:USER"]'
        yield Finding(WARNING, "network.organisers", says, mend)

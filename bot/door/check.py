"""`headsup check`: whether all is well, and of what is not, what mends it. It changes nothing."""

import os
import shutil
import stat
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from bot import front
from bot.chat.address import ORGANISERS
from bot.config import Configured, WrongConfig, read_config
from bot.core.errors import OperatorError
from bot.core.feature import Finding
from bot.core.terms import Terms, read_terms
from bot.door.plates import plates
from bot.door.platforms import NAME_ONE, NOWHERE, discord_settings, home_of, slack_settings
from bot.rooms import features
from scheduler.clocks import SystemClock
from storage.engine import open_database, open_storage
from storage.group import Group
from storage.house import House
from storage.migrate import needs_migration
from storage.seal import Seal, Secrets, random_keys, read_secrets
from storage.settings import be_of
from storage.start import file_of, within_reach

ERROR, WARNING = "error", "warning"
_ROOM = 200 * 1024 * 1024
"""Bytes that should be free: a year of a large network, and the copies set aside."""
_TERMS_AHEAD = timedelta(days=90)


async def check_all(path: Path | None) -> list[Finding]:
    """Everything that is not well. Never raises for what an operator can do wrong."""
    try:
        configured = read_config(path)
        terms = read_terms(configured.terms)
    except WrongConfig as wrong:
        return [_wrong_key(mistake, path) for mistake in wrong.mistakes]
    except OperatorError as wrong:
        return [Finding(ERROR, "hours.terms", str(wrong), "correct the file of term dates that hours.terms names")]
    at = SystemClock().now()
    rooms = features(configured.config, terms, lambda code: b"")
    found = [finding for room in rooms for one in room.checks for finding in one(at)]
    return [
        *_network(configured),
        *_folders(configured),
        *_terms(configured, terms, at),
        *found,
        *await _platforms(configured),
        *await _data(configured),
    ]


def _wrong_key(mistake: str, path: Path | None) -> Finding:
    key, _, says = mistake.partition(": ")
    place = "the environment" if path is None or key.startswith("HEADSUP_") else path
    return Finding(ERROR, key, says, f"correct it in {place}; config.example.toml shows every key")


def _network(configured: Configured) -> Iterator[Finding]:
    network = configured.config.network
    if configured.config.is_demo:
        return
    if not configured.config.slack.workspaces and not configured.config.discord.servers:
        yield Finding(ERROR, "network.kind", NOWHERE, NAME_ONE)
    if not network.organisers:
        says = "nobody is named as an organiser, so nobody can vouch for anybody"
        yield Finding(WARNING, "network.organisers", says, 'name one: organisers = ["platform:workspace:user"]')


def _folders(configured: Configured) -> Iterator[Finding]:
    for where, folder in (("storage.folder", configured.data), ("keys", configured.keys)):
        there = _there(folder)
        if not (there.is_dir() and os.access(there, os.W_OK | os.X_OK)):
            says = f"{folder} cannot be used: {there} is no folder that this user may write to"
            yield Finding(ERROR, where, says, f"make {there} a folder that the user that runs HeadsUp may write to")
    free = shutil.disk_usage(_there(configured.data)).free
    if free < _ROOM:
        says = f"only {free // 1024**2} MB are free for {configured.data}"
        yield Finding(WARNING, "storage.folder", says, "make room there, or set storage.folder to a larger disk")
    for key in sorted(configured.keys.glob("*.key")):
        if stat.S_IMODE(key.stat().st_mode) & 0o077:
            yield Finding(ERROR, str(key), "others on this machine can read this key", f"chmod 600 {key}")


async def _platforms(configured: Configured) -> Sequence[Finding]:
    """What each platform says that is set up; nothing in a demo."""
    config = configured.config
    named = [("slack", config.slack.workspaces, _slack), ("discord", config.discord.servers, _discord)]
    asked = [(name, look) for name, served, look in named if served and not config.is_demo]
    found = list(_secrets()) if asked else []
    for name, look in asked:
        try:
            found += [one for one in await look(configured) if _concerns(one, name, configured)]
        except (OperatorError, ModuleNotFoundError) as wrong:
            found.append(Finding(ERROR, name, str(wrong), f"pip install 'headsup-bot[{name}]'"))
    return found


def _concerns(finding: Finding, platform: str, configured: Configured) -> bool:
    """Organisers are told on one platform: the others need no channel for them."""
    lacks = ORGANISERS.name not in getattr(configured.config, platform).channels
    is_about_it = finding.where == f"{platform}.channels.{ORGANISERS.name}"
    return not (is_about_it and lacks and home_of(configured).platform != platform)


async def _slack(configured: Configured) -> Sequence[Finding]:
    from adapters.slack.check import look

    organiser = _organiser("slack", configured.config.slack.workspaces, configured)
    return await look(slack_settings(configured), SystemClock(), organiser)


async def _discord(configured: Configured) -> Sequence[Finding]:
    from adapters.discord.check import look

    organiser = _organiser("discord", configured.config.discord.servers, configured)
    return await look(discord_settings(configured), SystemClock(), organiser, front.table(plates(configured)))


def _organiser(platform: str, served: Sequence[str], configured: Configured) -> str:
    """The first organiser who is named by an account there; "" where nobody is."""
    named = [one.split(":") for one in configured.config.network.organisers]
    return next((user for name, place, user in named if name == platform and place in served), "")


def _secrets() -> Iterator[Finding]:
    """Files that the environment names, and that others on this machine can read."""
    named = [name for name in sorted(os.environ) if name.startswith("HEADSUP_") and name.endswith("_FILE")]
    for variable, path in [(name, Path(os.environ[name])) for name in named]:
        if path.exists() and stat.S_IMODE(path.stat().st_mode) & 0o077:
            says = f"others on this machine can read {path}"
            yield Finding(ERROR, variable, says, f"chmod 600 {path}")


def _there(path: Path) -> Path:
    """The path, or what there is of it, as far as this user may look."""
    return next(one for one in (path, *path.parents) if os.path.exists(one))


def _terms(configured: Configured, terms: Terms, at: datetime) -> Iterator[Finding]:
    nation = configured.config.network.nation
    if configured.terms is None and not configured.config.is_demo:
        says = "the term dates are those of the example, which are nobody's in particular"
        yield Finding(WARNING, "hours.terms", says, "write your own file of term dates, and name it in hours.terms")
    horizon = terms.horizon(nation)
    if horizon is None or horizon < (at + _TERMS_AHEAD).date():
        says = f"term dates for {nation} are known until {horizon}"
        yield Finding(WARNING, "hours.terms", says, "add the next school year to the file that hours.terms names")


async def _data(configured: Configured) -> Sequence[Finding]:
    try:
        file = file_of(configured.url)
        if file is None or _there(file) == file:
            with within_reach(configured.url):
                await _look_inside(configured)
    except OperatorError as wrong:
        says, _, mend = str(wrong).partition(". ")
        return [Finding(ERROR, "storage", says, mend or "correct storage.url; config.example.toml shows how")]
    return []


async def _look_inside(configured: Configured) -> None:
    """Open the database as the bot would, and touch nothing. Raises OperatorError, StorageFailed."""
    database = open_database(configured.url, Group.idle())
    try:
        is_behind = await needs_migration(database)
    finally:
        await database.close()
    if is_behind:
        return  # the next start brings it up to date
    storage = await open_storage(configured.url, House(_keys_of(configured)))
    try:
        await storage.read(SystemClock().now(), lambda work: be_of(work, configured.config.network.kind))
    finally:
        await storage.close()


def _keys_of(configured: Configured) -> Secrets:
    """The network's own, where they are there; to look makes none."""
    if all((configured.keys / name).exists() for name in ("seal.key", "mark.key")):
        return read_secrets(configured.keys)
    return Secrets(Seal(*random_keys(1)), random_keys(1)[0])

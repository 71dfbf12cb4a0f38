"""`headsup check` on Discord: each thing that is not well is found, with the click that mends it; it only looks."""

from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from adapters.discord.check import look
from adapters.discord.commands import draw_commands
from adapters.discord.settings import CHANNELS, DiscordSettings
from bot import front
from bot.config import read_config
from bot.core.feature import Finding
from bot.door.plates import plates
from scheduler.clocks import SystemClock
from tests.adapters.discord.looked_at import (
    ANNA,
    BOT,
    BOTS,
    CONTENT_INTENT,
    EVERYBODY,
    IDS,
    MEMBERS,
    MEMBERS_INTENT,
    SERVER,
    TOKEN,
    LookedAt,
    bits,
    looked_at,
    overwrite,
)

TABLE = front.table(plates(read_config(None)))
VIEW = bits("view_channel")


@pytest.fixture
async def discord() -> AsyncIterator[LookedAt]:
    async with looked_at() as given:
        given.commands = draw_commands(TABLE)
        yield given


def settings(discord: LookedAt, **more: Any) -> DiscordSettings:
    given: dict[str, Any] = {"servers": (SERVER,), "token": TOKEN, "channels": IDS, "base_url": discord.url}
    return DiscordSettings(**(given | more))


async def found(discord: LookedAt, **more: Any) -> list[Finding]:
    findings = await look(settings(discord, **more), SystemClock(), ANNA, TABLE)
    assert discord.touched == 0
    assert not any(TOKEN in one.says + one.mend for one in findings)
    return findings


async def test_an_application_set_up_by_the_guide_is_well(discord: LookedAt) -> None:
    assert await found(discord) == []
    discord.application["flags"] = MEMBERS_INTENT
    assert await found(discord) == []
    assert await found(discord, members_intent=True) == []


async def test_members_may_be_known_by_a_role_of_their_own(discord: LookedAt) -> None:
    for name in ("introductions", "inbox", "start"):
        told = (overwrite(EVERYBODY, deny=VIEW), overwrite(MEMBERS, allow=VIEW), overwrite(BOTS, allow=VIEW))
        discord.overwrite(name, *told)
    assert await found(discord) == []


Spoil = Callable[[LookedAt], dict[str, Any] | None]


def set_application(**said: Any) -> Spoil:
    return lambda discord: discord.application.update(said)


def set_status(end: str, status: int) -> Spoil:
    return lambda discord: discord.statuses.update({end: status})


def set_channel(name: str, **said: Any) -> Spoil:
    return lambda discord: discord.channels[name].update(said)


def deny(name: str, who: str, *denied: str, member: bool = False) -> Spoil:
    return lambda discord: discord.overwrite(name, overwrite(who, deny=bits(*denied), member=member))


def role(who: str, *names: str) -> Spoil:
    def give(discord: LookedAt) -> None:
        one = next(one for one in discord.server["roles"] if one["id"] == who)
        one["permissions"] = str(int(one["permissions"]) | bits(*names))

    return give


def channels(**said: str) -> Spoil:
    return lambda discord: {"channels": {name: id for name, id in (IDS | said).items() if id}}


def take(who: str, *names: str, **more: Any) -> Spoil:
    def take_away(discord: LookedAt) -> dict[str, Any]:
        one = next(one for one in discord.server["roles"] if one["id"] == who)
        one["permissions"] = str(int(one["permissions"]) & ~bits(*names))
        return more

    return take_away


def other_commands(discord: LookedAt) -> None:
    discord.commands = [*discord.commands, {"name": "old", "type": 1, "description": "gone"}]


def no_commands(discord: LookedAt) -> None:
    discord.commands = []


def nobody_sees(discord: LookedAt) -> None:
    discord.overwrite("start", overwrite(EVERYBODY, deny=VIEW), overwrite(BOTS, allow=VIEW))


def silent_threads(discord: LookedAt) -> None:
    write = bits("send_messages_in_threads")
    discord.overwrite("introductions", overwrite(EVERYBODY, deny=write), overwrite(BOTS, allow=write))


def open_threads(discord: LookedAt) -> None:
    discord.overwrite("introductions", overwrite(EVERYBODY, allow=bits("manage_threads")))


def organiser_left(discord: LookedAt) -> None:
    del discord.members[ANNA]


CASES: list[tuple[Spoil, str, str, str]] = [
    (lambda discord: {"token": ""}, "discord.token", "there is no token", "HEADSUP_DISCORD__TOKEN_FILE"),
    (lambda discord: {"token": "else"}, "discord.token", "HTTP 401", "Reset Token"),
    (lambda discord: {"members_intent": True}, "discord.members_intent", "not switched on", "Server Members Intent"),
    (set_application(flags=CONTENT_INTENT), "discord.application", "Message Content Intent is on", "switch off"),
    (set_application(bot_public=True), "discord.application", "anybody can add this bot", "Public Bot"),
    (set_application(bot_require_code_grant=True), "discord.application", "does not work", "Requires OAuth2"),
    (set_application(interactions_endpoint_url="https://x.org"), "discord.application", "never hears", "empty"),
    (lambda discord: {"servers": (SERVER, "999999999999999999")}, "discord.servers", "server 9999", "client_id="),
    (set_status(f"/guilds/{SERVER}", 404), "discord.servers", f"not in the server {SERVER}", "permissions="),
    (role(BOTS, "administrator"), "discord.servers", "is an administrator", "take Administrator away"),
    (other_commands, "discord.application", "other commands", "start HeadsUp"),
    (no_commands, "discord.application", "other commands", "start HeadsUp"),
    (organiser_left, "network.organisers", "in none of the servers", "Copy User ID"),
    (channels(organisers=""), "discord.channels.organisers", "nobody hears who waits", "organisers = "),
    (channels(introductions=""), "discord.channels.introductions", "a letter each", "introductions = "),
    (channels(events=""), "discord.channels.events", "in no channel", "events = "),
    (channels(news=""), "discord.channels.news", "in no channel", "news = "),
    (deny("events", BOTS, "pin_messages"), "discord.channels.events", "Pin Messages", "allow Pin Messages"),
    (deny("news", BOTS, "embed_links"), "discord.channels.news", "lacks there: Embed Links", "allow Embed Links"),
    (
        take(BOTS, "create_events", scheduled_events=True),
        "discord.scheduled_events",
        "lacks Create Events",
        "allow Create Events",
    ),
    (channels(inbox=""), "discord.channels.inbox", "not reached", "inbox = "),
    (channels(start=""), "discord.channels.start", "/headsup start", "start = "),
    (channels(start="299999999999999999"), "discord.channels.start", "no such channel", "Copy Channel ID"),
    (set_channel("inbox", type=2), "discord.channels.inbox", "voice channel", "Copy Channel ID"),
    (set_channel("inbox", type=99), "discord.channels.inbox", "no text channel", "Copy Channel ID"),
    (deny("start", BOTS, "send_messages"), "discord.channels.start", "lacks there: Send Messages", "allow Send"),
    (deny("start", BOT, "view_channel", member=True), "discord.channels.start", "lacks there: View Channel", "add"),
    (deny("inbox", BOTS, "attach_files"), "discord.channels.inbox", "lacks there: Attach Files", "allow"),
    (deny("introductions", BOTS, "create_private_threads"), "discord.channels.introductions", "Private", "allow"),
    (set_channel("organisers", permission_overwrites=[]), "discord.channels.organisers", "everybody in", "Private"),
    (open_threads, "discord.channels.introductions", "read what is said", "@everyone"),
    (nobody_sees, "discord.channels.start", "reaches nobody", "allow View Channel"),
    (silent_threads, "discord.channels.introductions", "could not answer", "Send Messages in Threads"),
    (set_status("/applications/@me", 503), "discord.base_url", "HTTP 503", "discord.base_url"),
    (set_status("/users/@me", 429), "discord.base_url", "HTTP 429", "discord.base_url"),
    (lambda discord: {"base_url": "http://127.0.0.1:9"}, "discord.base_url", "cannot be reached", "base_url"),
]


@pytest.mark.parametrize(("spoil", "where", "says", "mend"), CASES)
async def test_what_is_not_well_is_found_alone(
    discord: LookedAt, spoil: Spoil, where: str, says: str, mend: str
) -> None:
    findings = await found(discord, **(spoil(discord) or {}))
    assert [one.where for one in findings] == [where]
    assert says in findings[0].says
    assert mend in findings[0].mend


@pytest.mark.parametrize("answer", [[], {}, "ok", None])
async def test_what_is_not_discord_is_told_from_it(answer: Any) -> None:
    async def answers(request: web.Request) -> web.Response:
        return web.json_response(answer)

    app = web.Application()
    app.router.add_get("/{path:.*}", answers)
    async with TestServer(app) as server:
        given = DiscordSettings(servers=(SERVER,), token=TOKEN, base_url=str(server.make_url("")).rstrip("/"))
        (finding,) = await look(given, SystemClock())
    assert (finding.where, "does not speak as Discord" in finding.says) == ("discord.base_url", True)


async def test_what_is_said_of_the_token_ends_the_look(discord: LookedAt) -> None:
    assert [one.where for one in await found(discord, token="else")] == ["discord.token"]


async def test_the_right_to_make_events_is_asked_for_only_where_they_are_to_be_shown(discord: LookedAt) -> None:
    assert await found(discord, scheduled_events=True) == []
    take(BOTS, "create_events")(discord)
    assert await found(discord) == []


async def test_of_a_server_that_the_bot_is_not_in_no_channel_is_missed(discord: LookedAt) -> None:
    discord.statuses[f"/guilds/{SERVER}/members/{BOT}"] = 404
    assert {one.where for one in await found(discord)} == {"discord.servers"}


@pytest.mark.parametrize("name", CHANNELS)
async def test_an_overwrite_of_a_channel_lets_in_whom_their_roles_keep_out(discord: LookedAt, name: str) -> None:
    told = discord.channels[name]["permission_overwrites"]
    said = bits("view_channel", "send_messages", "embed_links", "attach_files", "read_message_history")
    everything = said | bits("pin_messages")
    threads = bits("create_private_threads", "send_messages_in_threads")
    role(BOTS)(discord)
    discord.members[BOT] = []
    assert f"discord.channels.{name}" in {one.where for one in await found(discord)}
    discord.overwrite(name, *told, overwrite(BOT, allow=everything | threads, member=True))
    assert f"discord.channels.{name}" not in {one.where for one in await found(discord)}


@pytest.mark.parametrize(("by", "says"), [(timedelta(hours=1), "60 minutes ahead of"), (-timedelta(hours=1), "behind")])
async def test_a_clock_that_is_off_is_found(discord: LookedAt, by: timedelta, says: str) -> None:
    class Off(SystemClock):
        def now(self) -> Any:
            return super().now() + by

    findings = await look(settings(discord), Off(), ANNA, TABLE)
    assert [one.where for one in findings] == ["clock"]
    assert says in findings[0].says

"""The manifest: what is checked in is what is made, Slack's limits hold, and the rights are enough and no more."""

import os
import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientSession
from ruamel.yaml import YAML
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

import adapters.slack
from adapters.slack.manifest import EVENTS, SCOPES, as_yaml
from adapters.slack.shortcuts import SHORTCUTS, used
from bot.chat.command import Tree
from bot.chat.inbound import Used
from bot.config import read_config
from bot.core.feature import Right
from bot.door.plates import plates
from tests.adapters.slack.installed import ADDRESS, installed, made
from tests.slack.bolt import over_sockets, plain_app
from tests.slack.server import EVENT_SCOPES, SlackServer

FOLDER = Path(adapters.slack.__file__).parent
FILES = {"manifest.yaml": "", "manifest.http.yaml": ADDRESS}
BOTH = pytest.mark.parametrize("http", FILES.values(), ids=FILES)

FLAG = (bool, 0, 0)
SCHEMA: dict[str, tuple[type, int, int]] = {
    "_metadata.major_version": (int, 1, 2),
    "_metadata.minor_version": (int, 1, 1),
    "display_information.name": (str, 1, 35),
    "display_information.description": (str, 1, 140),
    "display_information.long_description": (str, 175, 4000),
    "display_information.background_color": (str, 4, 7),
    "features.app_home.home_tab_enabled": FLAG,
    "features.app_home.messages_tab_enabled": FLAG,
    "features.app_home.messages_tab_read_only_enabled": FLAG,
    "features.bot_user.display_name": (str, 1, 80),
    "features.bot_user.always_online": FLAG,
    "features.shortcuts.name": (str, 1, 24),
    "features.shortcuts.type": (str, 6, 7),
    "features.shortcuts.callback_id": (str, 1, 255),
    "features.shortcuts.description": (str, 1, 150),
    "features.slash_commands.command": (str, 2, 32),
    "features.slash_commands.url": (str, 8, 3000),
    "features.slash_commands.description": (str, 1, 2000),
    "features.slash_commands.usage_hint": (str, 1, 1000),
    "features.slash_commands.should_escape": FLAG,
    "oauth_config.scopes.bot": (str, 1, 50),
    "settings.event_subscriptions.request_url": (str, 8, 3500),
    "settings.event_subscriptions.bot_events": (str, 1, 50),
    "settings.interactivity.is_enabled": FLAG,
    "settings.interactivity.request_url": (str, 8, 3500),
    "settings.org_deploy_enabled": FLAG,
    "settings.socket_mode_enabled": FLAG,
    "settings.token_rotation_enabled": FLAG,
}
"""What of Slack's published schema (github.com/slackapi/manifest-schema, version 1) a manifest of ours may use: the
type, and how long or large. No package carries the schema, so this is what we read there."""


def how_large(value: Any) -> int:
    return len(value) if isinstance(value, str) else int(value)


def leaves(part: Any, path: str = "") -> list[tuple[str, Any]]:
    if isinstance(part, dict):
        return [leaf for name, one in part.items() for leaf in leaves(one, f"{path}.{name}".strip("."))]
    return [leaf for one in part for leaf in leaves(one, path)] if isinstance(part, list) else [(path, part)]


@pytest.mark.parametrize(("name", "http"), FILES.items())
def test_what_is_checked_in_is_what_the_commands_make(name: str, http: str) -> None:
    """After a change that is meant: `HEADSUP_GOLDEN=1` writes it, as does `headsup manifest slack`."""
    file, yaml = FOLDER / name, as_yaml(made(http))
    if os.environ.get("HEADSUP_GOLDEN"):
        file.write_text(yaml, encoding="utf-8")
    assert file.read_text("utf-8") == yaml


@BOTH
def test_the_yaml_says_the_same_as_the_values(http: str) -> None:
    assert YAML(typ="safe").load(as_yaml(made(http))) == made(http)


@BOTH
def test_it_keeps_to_slacks_schema(http: str) -> None:
    for path, value in leaves(made(http)):
        kind, least, most = SCHEMA[path]
        assert type(value) is kind, path
        assert kind is bool or least <= how_large(value) <= most, path
    features = made(http)["features"]
    assert 1 <= len(features["shortcuts"]) <= 5
    assert {one["command"] for one in features["slash_commands"]} == {"/headsup", "/headsup-organise", "/helpnow"}
    assert {one["type"] for one in features["shortcuts"]} == {"global"}
    assert re.fullmatch("#[0-9a-f]{6}", made(http)["display_information"]["background_color"])


def test_slack_comes_by_a_socket_or_to_one_address() -> None:
    socket, http = made(), made(f"{ADDRESS}/")
    assert (socket["settings"]["socket_mode_enabled"], http["settings"]["socket_mode_enabled"]) == (True, False)
    urls = [value for path, value in leaves(http) if path.endswith("url")]
    assert urls == [f"{ADDRESS}/slack/events"] * 5, "three commands, the events, and what is pressed"
    assert [path for path, _ in leaves(socket) if path.endswith("url")] == []


def test_each_command_hints_at_every_word_that_its_tree_offers() -> None:
    commands = {one["command"]: one for one in made()["features"]["slash_commands"]}
    shown = plates(read_config(None))
    for tree in (Tree.MEMBER, Tree.ORGANISER):
        words = {re.sub(r" \[.*\]", "", hint) for hint in commands[f"/{tree.value}"]["usage_hint"].split(" | ")}
        assert words == {answers.word for _, answers in shown.shown(tree)} | {"menu", "help"}
    assert "usage_hint" not in commands["/helpnow"]


def test_a_shortcut_means_a_command_that_anybody_may_use() -> None:
    directory = plates(read_config(None))
    for shortcut, key in zip(made()["features"]["shortcuts"], SHORTCUTS, strict=True):
        assert used(shortcut["callback_id"]) == Used(*key)
        found, rest = directory.command(*key)
        assert rest == "" or key[1] == "menu"
        assert found is None or found.needs is not Right.ORGANISER
    assert used("headsup leave") is None


@pytest.mark.parametrize("named", [*SCOPES, *EVENTS])
def test_every_right_says_what_for(named: str) -> None:
    assert re.search(rf"^ +- {re.escape(named)} +# \w.{{15,}}$", as_yaml(made()), re.MULTILINE)


def test_nothing_lets_it_read_what_people_write_to_each_other() -> None:
    assert [scope for scope in SCOPES if "history" in scope] == ["im:history"]
    assert [event for event in EVENTS if event.startswith("message")] == ["message.im"]
    assert not [scope for scope in SCOPES if "email" in scope or "user" in scope.partition(":")[2]]


def test_it_may_hear_what_it_asks_to_hear() -> None:
    assert {EVENT_SCOPES[event] for event in EVENTS if event in EVENT_SCOPES} <= set(SCOPES)


# Installed


@pytest.fixture
async def slack() -> AsyncIterator[SlackServer]:
    async with SlackServer(app=installed()) as server:
        yield server


@pytest.fixture
async def client(slack: SlackServer) -> AsyncIterator[AsyncWebClient]:
    async with ClientSession() as session:
        yield AsyncWebClient(slack.app.bot_token, slack.api_url, session=session, retry_handlers=[])


async def refused(call: Any) -> str:
    with pytest.raises(SlackApiError) as refusal:
        await call
    return str(refusal.value.response["error"])


async def test_its_rights_are_enough_for_all_it_does(slack: SlackServer, client: AsyncWebClient) -> None:
    tom, ann = slack.person("Tom Reed"), slack.person("Ann Bell")
    own = str((await client.conversations_open(users=[tom.id]))["channel"]["id"])
    both = str((await client.conversations_open(users=[tom.id, ann.id]))["channel"]["id"])
    staff = slack.channel("organisers", tom)
    for place in (own, both, staff.id):
        said = await client.chat_postMessage(channel=place, text="hello")
        await client.chat_update(channel=place, ts=str(said["ts"]), text="hello again")
    await client.pins_add(channel=staff.id, timestamp=str(said["ts"]))
    await client.chat_postEphemeral(channel=staff.id, user=tom.id, text="for you alone")
    assert (await client.conversations_history(channel=own))["messages"]
    assert len((await client.users_list(limit=200))["members"]) >= 2
    file = await client.files_upload_v2(filename="my-data.json", content="{}", channel=own)
    await client.files_delete(file=str(file["files"][0]["id"]))
    await client.views_publish(user_id=tom.id, view={"type": "home", "blocks": [{"type": "divider"}]})
    assert slack.workspace.scopes_used <= set(SCOPES)
    assert set(SCOPES) - slack.workspace.scopes_used == {"commands"}, "asked for, and never needed"


async def test_what_people_write_to_each_other_it_cannot_read(slack: SlackServer, client: AsyncWebClient) -> None:
    tom, ann = slack.person("Tom Reed"), slack.person("Ann Bell")
    both = str((await client.conversations_open(users=[tom.id, ann.id]))["channel"]["id"])
    staff, other = slack.channel("organisers", tom), slack.channel("heads", tom, app=False)
    for place in (both, staff.id):
        assert await refused(client.conversations_history(channel=place)) == "missing_scope"
    assert await refused(client.chat_postMessage(channel=other.id, text="hello")) == "not_in_channel"
    assert await tom.says("just between us", slack.workspace.channels[both]) is None


async def test_it_hears_who_comes_who_opens_its_home_and_that_somebody_typed(
    slack: SlackServer, client: AsyncWebClient
) -> None:
    app, heard = plain_app(slack, client), list[str]()

    @app.event(re.compile("."))
    async def hears(ack: Any, event: dict[str, Any]) -> None:
        heard.append(event["type"])
        await ack()

    tom = slack.person("Tom Reed")
    async with over_sockets(app, slack):
        for done in (tom.joins(), tom.opens_home(), tom.types("hello"), tom.changes(deleted=True)):
            assert await done
        await slack.until(lambda: len(heard) >= 4)
    assert set(heard) == {"team_join", "app_home_opened", "message", "user_change"}

"""Application commands: what may be registered, what people are offered, and what is told when one is used."""

from typing import Any

import discord as library
import pytest

from tests.discord.filling import NotOffered
from tests.discord.plain import Plain, refused
from tests.discord.server import DiscordServer

PAUSE: dict[str, Any] = {
    "name": "pause", "description": "Leave rounds out", "type": 1,
    "options": [
        {"type": 3, "name": "words", "description": "How long", "autocomplete": True, "max_length": 50},
        {"type": 6, "name": "who", "description": "Whom"},
    ],
}  # fmt: skip
WORDS: dict[str, Any] = {"type": 3, "name": "words", "description": "How long"}
HEADSUP: dict[str, Any] = {"name": "headsup", "description": "HeadsUp", "options": [PAUSE]}
ORGANISE: dict[str, Any] = {"name": "headsup-organise", "description": "For organisers",
                            "default_member_permissions": "32", "contexts": [0]}  # fmt: skip


def path(discord: DiscordServer) -> str:
    return f"/applications/{discord.app.id}/guilds/{discord.guild.id}/commands"


async def test_commands_are_registered_and_used_with_their_options(discord: DiscordServer, client: Plain) -> None:
    ann, tom = discord.person("Ann Bell"), discord.person("Tom Reed")
    discord.channel("start")
    await client.call("PUT", path(discord), json=[HEADSUP, ORGANISE])
    await ann.use("headsup", "pause", words="two weeks", who=tom.id, wait=False)
    await discord.until(lambda: client.told("INTERACTION_CREATE"))
    data = client.told("INTERACTION_CREATE")[0]["data"]
    assert (data["name"], data["options"][0]["name"]) == ("headsup", "pause")
    assert [(one["name"], one["value"]) for one in data["options"][0]["options"]] == [
        ("words", "two weeks"),
        ("who", tom.id),
    ]
    assert data["resolved"]["users"][tom.id]["global_name"] == "Tom Reed"


async def test_only_what_is_there_and_allowed_is_offered(discord: DiscordServer, client: Plain) -> None:
    ann = discord.person("Ann Bell")
    discord.channel("start")
    await client.call("PUT", path(discord), json=[HEADSUP, ORGANISE])
    wanted: list[tuple[str, tuple[str, ...], dict[str, Any]]] = [
        ("other", (), {}),
        ("headsup", (), {}),
        ("headsup", ("go",), {}),
        ("headsup", ("pause",), {"word": "x"}),
        ("headsup", ("pause",), {"words": "x" * 51}),
        ("headsup-organise", (), {}),
    ]
    for name, parts, options in wanted:
        with pytest.raises(NotOffered):
            await ann.use(name, *parts, wait=False, **options)
    role = discord.guild.role(discord.network.new_id(), "organisers", 32)
    await ann.changes(roles=[role.id])
    await ann.use("headsup-organise", wait=False)
    with pytest.raises(NotOffered):
        await ann.use("headsup-organise", where=discord.network.dm(ann.id), wait=False)


async def test_an_option_completes_itself(discord: DiscordServer, client: Plain) -> None:
    ann = discord.person("Ann Bell")
    discord.channel("start")
    await client.call("PUT", path(discord), json=[HEADSUP])

    async def completed(interaction: library.Interaction) -> None:
        choice = [{"name": "Two weeks", "value": "two weeks"}]
        url = f"/interactions/{interaction.id}/{interaction.token}/callback"
        await client.call("POST", url, json={"type": 8, "data": {"choices": choice}})

    client.on_interaction = completed  # type: ignore[attr-defined]
    offered = await ann.completes("headsup", "pause", focused="words", words="tw")
    assert [one["name"] for one in offered] == ["Two weeks"]


async def test_registering_again_keeps_ids_and_translations_are_shown_when_asked_for(
    discord: DiscordServer, client: Plain
) -> None:
    german = HEADSUP | {"name_localizations": {"de": "kopf"}}
    first = await client.call("PUT", path(discord), json=[german])
    again = await client.call("PUT", path(discord), json=[german, ORGANISE])
    assert again[0]["id"] == first[0]["id"]
    shown = await client.call("GET", path(discord))
    assert "name_localizations" not in shown[0]
    shown = await client.call("GET", path(discord), params={"with_localizations": "true"})
    assert shown[0]["name_localizations"] == {"de": "kopf"}
    assert shown[0]["options"][0]["options"][0] == PAUSE["options"][0]


@pytest.mark.parametrize(
    ("wrong", "at"),
    [
        ({"name": "Heads Up"}, "name"),
        ({"name": "Headsup"}, "name"),
        ({"description": "d" * 101}, "description"),
        ({"description": ""}, "description"),
        ({"options": [PAUSE | {"name": f"p{number}"} for number in range(26)]}, "options"),
        ({"options": [PAUSE, PAUSE]}, "options"),
        ({"options": [PAUSE, {"type": 3, "name": "x", "description": "x"}]}, "options"),
        ({"name_localizations": {"xx": "headsup"}}, "name_localizations"),
        ({"options": [WORDS, WORDS | {"name": "needed", "required": True}]}, "options"),
        ({"options": [{"type": 2, "name": "group", "description": "g", "options": [WORDS]}]}, "options"),
        ({"options": [PAUSE | {"options": [PAUSE]}]}, "options"),
        ({"options": [WORDS | {"autocomplete": True, "choices": [{"name": "a", "value": "a"}]}]}, "options"),
        ({"unheard": 1}, "unheard"),
    ],
)
async def test_what_cannot_be_registered(discord: DiscordServer, client: Plain, wrong: Any, at: str) -> None:
    with pytest.raises(library.HTTPException) as refused:
        await client.call("PUT", path(discord), json=[HEADSUP | wrong])
    assert (refused.value.status, refused.value.code) == (400, 50035)
    assert f"0.{at}" in refused.value.text


async def test_a_command_with_too_many_words_in_all(discord: DiscordServer, client: Plain) -> None:
    long = [WORDS | {"description": "d" * 100, "name": f"{number:032}"} for number in range(25)]
    much = [PAUSE | {"name": f"p{number}", "options": long} for number in range(3)]
    assert await refused(client.call("PUT", path(discord), json=[HEADSUP | {"options": much}])) == (400, 50035)
    await client.call("PUT", path(discord), json=[HEADSUP | {"options": much[:2]}])


async def test_two_hundred_new_commands_a_day(discord: DiscordServer, client: Plain) -> None:
    for number in range(2):
        made = [HEADSUP | {"name": f"c{number}-{each}"} for each in range(100)]
        await client.call("PUT", path(discord), json=made)
    with pytest.raises(library.HTTPException) as refused:
        await client.call("PUT", path(discord), json=[HEADSUP])
    assert refused.value.code == 30034
    await client.call("PUT", path(discord), json=made)

"""What Discord refuses: bodies that are too much or of no documented shape, people, places, permissions, tokens."""

from typing import Any

import discord as library
import pytest

from scheduler.clocks import SteppableClock
from tests.discord.limits import Openings
from tests.discord.permissions import Permission
from tests.discord.plain import Plain, post, refused
from tests.discord.server import DiscordServer


def button(number: int = 0, **more: Any) -> dict[str, Any]:
    return {"type": 2, "style": 1, "label": "Yes", "custom_id": f"yes{number}"} | more


def row(*inside: Any) -> dict[str, Any]:
    return {"type": 1, "components": list(inside)}


def select(**more: Any) -> dict[str, Any]:
    return {"type": 3, "custom_id": "s", "options": [{"label": "A", "value": "a"}]} | more


LINK = {"type": 2, "style": 5, "label": "Map"}
TOO_MUCH: list[tuple[dict[str, Any], str]] = [
    ({"content": "x" * 2001}, "content"),
    ({"embeds": [{"description": "x"}] * 11}, "embeds"),
    ({"embeds": [{"description": "x" * 4097}]}, "description"),
    ({"embeds": [{"description": "x" * 3001}, {"description": "x" * 3000}]}, "embeds"),
    ({"embeds": [{"title": "t" * 257}]}, "title"),
    ({"embeds": [{"words": "t"}]}, "words"),
    ({"nonce": "n" * 26}, "nonce"),
    ({"components": [row(button(number)) for number in range(6)]}, "components"),
    ({"components": [row(*(button(number) for number in range(6)))]}, "components"),
    ({"components": [row()]}, "components"),
    ({"components": [row(button(), select())]}, "components"),
    ({"components": [row(select(), select(custom_id="t"))]}, "components"),
    ({"components": [row(button()), row(button())]}, "custom_id"),
    ({"components": [row(button(label="l" * 81))]}, "label"),
    ({"components": [row(button(label=None))]}, "label"),
    ({"components": [row(button(custom_id="c" * 101))]}, "custom_id"),
    ({"components": [row(button(custom_id=""))]}, "custom_id"),
    ({"components": [row(button(url="https://a.example"))]}, "url"),
    ({"components": [row(LINK)]}, "url"),
    ({"components": [row(LINK | {"url": "javascript:alert()"})]}, "url"),
    ({"components": [row(select(options=[{"label": "A", "value": str(number)} for number in range(26)]))]}, "options"),
    ({"components": [row(select(options=[{"label": "A", "value": "a"}] * 2))]}, "value"),
    ({"components": [row(select(options=[{"label": "l" * 101, "value": "a"}]))]}, "label"),
    ({"components": [row(select(placeholder="p" * 151))]}, "placeholder"),
    ({"components": [row(select(min_values=2, max_values=1))]}, "min_values"),
    ({"components": [button()]}, "type"),
    ({"components": [{"type": 17, "components": []}]}, "type"),
    ({"allowed_mentions": {"parse": ["all"]}}, "parse"),
    ({"flags": 64}, "flags"),
    ({"flags": 1 << 15}, "flags"),
    ({"attachments": [{"id": 0, "description": "d" * 1025}]}, "description"),
    ({"attachments": [{"id": 0, "filename": "lost.png"}]}, "attachments"),
    ({"surprise": 1}, "surprise"),
]


@pytest.mark.parametrize(("wrong", "at"), TOO_MUCH)
async def test_a_body_that_is_too_much(discord: DiscordServer, client: Plain, wrong: dict[str, Any], at: str) -> None:
    start = discord.channel("start")
    with pytest.raises(library.HTTPException) as error:
        await post(client, start.id, **wrong)
    assert (error.value.status, error.value.code) == (400, 50035)
    assert at in str(discord.api.calls[-1].answer["errors"])
    assert start.messages == []


async def test_errors_stand_where_the_fault_is(discord: DiscordServer, client: Plain) -> None:
    start = discord.channel("start")
    with pytest.raises(library.HTTPException) as error:
        await post(client, start.id, components=[row(button(), button(1, label="l" * 81))])
    assert "In components.0.components.1.label: Must be 80 or fewer in length." in error.value.text


async def test_a_body_at_its_limits_is_taken(discord: DiscordServer, client: Plain) -> None:
    start = discord.channel("start")
    rows = [row(*(button(5 * at + each, label="l" * 80) for each in range(5))) for at in range(5)]
    embeds = [{"description": "d" * 4096}, {"description": "d" * 1904}]
    await post(client, start.id, "x" * 2000, components=rows, embeds=embeds, nonce="n" * 25)
    options = [{"label": "l" * 100, "value": f"{number:0100}"} for number in range(25)]
    await post(client, start.id, "", components=[row(select(options=options, custom_id="c" * 100))])
    assert len(start.messages) == 2
    assert await refused(post(client, start.id, "  ")) == (400, 50006)


async def test_people_who_cannot_be_written_to(discord: DiscordServer, client: Plain) -> None:
    ann, stranger = discord.person("Ann Bell", dms=False), discord.person("Stranger", member=False)
    robot, blocking = discord.person("Robot", bot=True), discord.person("Tom Reed", blocks=True)

    async def written(user: str) -> tuple[int, int]:
        where = await client.call("POST", "/users/@me/channels", json={"recipient_id": user})
        return await refused(post(client, where["id"]))

    assert await written(ann.id) == (403, 50007)
    assert await written(blocking.id) == (403, 50007)
    assert await written(stranger.id) == (403, 50278)
    assert await refused(client.call("POST", "/users/@me/channels", json={"recipient_id": robot.id})) == (400, 50007)
    assert await refused(client.call("POST", "/users/@me/channels", json={"recipient_id": "9" * 18})) == (400, 50033)
    ann.dms = True
    where = await client.call("POST", "/users/@me/channels", json={"recipient_id": ann.id})
    await post(client, where["id"])
    assert ann.reads() == ["Hello."]


async def test_new_conversations_may_be_opened_only_so_fast(
    discord: DiscordServer, client: Plain, clock: SteppableClock
) -> None:
    discord.network.opening = Openings(most=2, status=403)
    people = [discord.person(f"Head {number}").id for number in range(3)]
    for each in people[:2]:
        await client.call("POST", "/users/@me/channels", json={"recipient_id": each})
    opening = {"recipient_id": people[2]}
    assert await refused(client.call("POST", "/users/@me/channels", json=opening)) == (403, 40003)
    await client.call("POST", "/users/@me/channels", json={"recipient_id": people[0]})
    assert discord.network.opening.refused == 1


async def test_places_the_application_may_not_write_to(discord: DiscordServer, client: Plain) -> None:
    me = discord.app.id
    hidden, silent, bare = (discord.channel(name) for name in ("hidden", "silent", "bare"))
    hidden.deny(discord.guild.id, Permission.VIEW_CHANNEL)
    silent.deny(me, Permission.SEND_MESSAGES)
    bare.deny(me, Permission.EMBED_LINKS, Permission.READ_MESSAGE_HISTORY)
    assert await refused(post(client, hidden.id)) == (403, 50001)
    assert await refused(post(client, silent.id)) == (403, 50013)
    assert await refused(post(client, bare.id, embeds=[{"description": "x"}])) == (403, 50013)
    await post(client, bare.id)
    assert await client.call("GET", f"/channels/{bare.id}/messages") == []
    assert await refused(post(client, "9" * 18)) == (404, 10003)
    hidden.allow(me, Permission.VIEW_CHANNEL)
    await post(client, hidden.id)
    assert discord.person("Ann Bell").sees(hidden) == []


async def test_a_token_that_is_none_any_more(discord: DiscordServer, client: Plain) -> None:
    discord.app.token_revoked = True
    assert await refused(client.call("GET", "/users/@me")) == (401, 0)


async def test_a_path_that_does_not_exist(discord: DiscordServer, client: Plain) -> None:
    assert await refused(client.call("POST", "/channels/1/surprises")) == (404, 0)

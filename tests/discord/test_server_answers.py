"""The server with the real library: what people do is told, and answers come to their screens and no other."""

from datetime import timedelta
from typing import Any

import pytest

from scheduler.clocks import SteppableClock
from tests.discord.filling import NotOffered
from tests.discord.model import EPHEMERAL, Channel, Message
from tests.discord.plain import Plain, answer, newest, post, refused
from tests.discord.server import DiscordServer

YES: dict[str, Any] = {"type": 2, "style": 1, "label": "Yes", "custom_id": "yes"}
DAYS: dict[str, Any] = {
    "type": 3, "custom_id": "days", "max_values": 2,
    "options": [{"label": label, "value": label.lower()} for label in ("Monday", "Tuesday", "Friday")],
}  # fmt: skip
ROWS = [{"type": 1, "components": [YES]}, {"type": 1, "components": [DAYS]}]


@pytest.fixture
async def start(discord: DiscordServer, client: Plain) -> Channel:
    made = discord.channel("start")
    await post(client, made.id, "Did you talk?", components=ROWS)
    return made


def hook(discord: DiscordServer, told: dict[str, Any], more: str = "") -> str:
    return f"/webhooks/{discord.app.id}/{told['token']}{more}"


async def test_a_press_is_told_and_its_answer_is_seen_by_the_one_who_pressed(
    discord: DiscordServer, client: Plain, start: Channel
) -> None:
    ann, tom = discord.person("Ann Bell", nick="Annie"), discord.person("Tom Reed")
    pressed = await ann.press(start.messages[-1], "Yes", wait=False)
    told = await newest(discord, client)
    assert told["data"]["custom_id"] == "yes"
    assert (told["member"]["user"]["id"], told["member"]["nick"]) == (ann.id, "Annie")
    assert (told["guild_id"], told["context"], told["message"]["flags"]) == (discord.guild.id, 0, 0)
    await answer(client, told, 4, content="Thank you.", flags=EPHEMERAL)
    await pressed.settle()
    assert [one.content for one in ann.sees(start)] == ["Did you talk?", "Thank you."]
    assert [one.content for one in tom.sees(start)] == ["Did you talk?"]
    with pytest.raises(NotOffered):
        await tom.press(start.messages[-1], "yes")
    read = await client.call("GET", f"/channels/{start.id}/messages")
    assert [one["content"] for one in read] == ["Did you talk?"], "what is ephemeral is in no history"
    ann.reloads()
    assert [one.content for one in ann.sees(start)] == ["Did you talk?"]


async def test_a_choice_is_what_the_select_offers(discord: DiscordServer, client: Plain, start: Channel) -> None:
    ann = discord.person("Ann Bell")
    with pytest.raises(NotOffered):
        await ann.choose(start.messages[-1], "days", "Sunday")
    with pytest.raises(NotOffered):
        await ann.choose(start.messages[-1], "days", "Monday", "Tuesday", "Friday")
    await ann.choose(start.messages[-1], "days", "Friday", "monday", wait=False)
    assert (await newest(discord, client))["data"]["values"] == ["friday", "monday"]


async def test_a_direct_press_names_no_server(discord: DiscordServer, client: Plain) -> None:
    ann = discord.person("Ann Bell")
    opened = await client.call("POST", "/users/@me/channels", json={"recipient_id": ann.id})
    await post(client, opened["id"], components=ROWS)
    await ann.press(None, "Yes", wait=False)
    told = await newest(discord, client)
    assert "guild_id" not in told
    assert "member" not in told
    assert (told["user"]["id"], told["context"], told["channel"]["type"]) == (ann.id, 1, 1)


async def test_a_first_answer_is_given_once_and_in_time(
    discord: DiscordServer, client: Plain, start: Channel, clock: SteppableClock
) -> None:
    ann = discord.person("Ann Bell")
    await ann.press(start.messages[0], "Yes", wait=False)
    told = await newest(discord, client)
    assert await refused(client.call("POST", hook(discord, told), json={"content": "x"})) == (404, 10015)
    await answer(client, told, 6)
    assert await refused(answer(client, told, 6)) == (400, 40060)
    late = await ann.press(start.messages[0], "Yes", wait=False)
    told = await newest(discord, client, 1)
    clock.advance(timedelta(seconds=3))
    await late.settle()
    assert ann.troubles == ["This interaction failed"]
    assert await refused(answer(client, told, 6)) == (404, 10062)
    assert await refused(answer(client, told | {"token": "forged"}, 6)) == (404, 10062)


async def test_a_message_is_changed_in_place_and_more_follows(
    discord: DiscordServer, client: Plain, start: Channel
) -> None:
    ann = discord.person("Ann Bell")
    await ann.press(start.messages[0], "Yes", wait=False)
    told = await newest(discord, client)
    await answer(client, told, 7, content="Thank you.", components=[])
    assert ann.reads(start) == ["Thank you."]
    assert start.messages[0].before == ["Did you talk?"]
    more = await client.call("POST", hook(discord, told), json={"content": "And one more.", "flags": EPHEMERAL})
    assert ann.reads(start) == ["Thank you.", "And one more."]
    await client.call("PATCH", hook(discord, told, f"/messages/{more['id']}"), json={"content": "And two."})
    await client.call("PATCH", hook(discord, told, "/messages/@original"), json={"content": "Thanks."})
    assert ann.reads(start) == ["Thanks.", "And two."]
    await client.call("DELETE", hook(discord, told, f"/messages/{more['id']}"))
    assert ann.reads(start) == ["Thanks."]


async def test_who_is_thinking_says_it_later_and_for_fifteen_minutes(
    discord: DiscordServer, client: Plain, start: Channel, clock: SteppableClock
) -> None:
    ann = discord.person("Ann Bell")
    await ann.press(start.messages[0], "Yes", wait=False)
    told = await newest(discord, client)
    await answer(client, told, 5, flags=EPHEMERAL)
    assert ann.sees(start)[-1].loading
    await client.call("POST", hook(discord, told), json={"content": "Done.", "flags": 0})
    shown = ann.sees(start)
    assert [one.content for one in shown] == ["Did you talk?", "Done."], "it takes the place of the loading one"
    assert shown[-1].reader == ann.id
    read = await client.call("GET", hook(discord, told, "/messages/@original"))
    assert (read["content"], read["flags"]) == ("Done.", EPHEMERAL)
    clock.advance(timedelta(minutes=15))
    assert await refused(client.call("PATCH", hook(discord, told, "/messages/@original"), json={"content": "x"})) == (
        401,
        50027,
    )


async def test_the_answer_comes_back_where_it_is_asked_for(
    discord: DiscordServer, client: Plain, start: Channel
) -> None:
    ann = discord.person("Ann Bell")
    await ann.press(start.messages[0], "Yes", wait=False)
    told = await newest(discord, client)
    path = f"/interactions/{told['id']}/{told['token']}/callback"
    body = {"type": 4, "data": {"content": "Hello.", "flags": EPHEMERAL}}
    made = await client.call("POST", path, params={"with_response": "true"}, json=body)
    assert made["interaction"]["response_message_ephemeral"]
    assert made["resource"]["message"]["content"] == "Hello."


async def test_people_see_no_channel_they_may_not(discord: DiscordServer, client: Plain, start: Channel) -> None:
    ann, stranger = discord.person("Ann Bell"), discord.person("Stranger", member=False)
    assert stranger.sees(start) == []
    message: Message = start.messages[0]
    with pytest.raises(NotOffered):
        await stranger.press(message, "yes")
    await ann.leaves()
    with pytest.raises(NotOffered):
        await ann.press(message, "yes")

"""Messages of the application: posted with a nonce, with files, read without it, changed and deleted."""

import json
from datetime import timedelta
from io import BytesIO
from typing import Any

import aiohttp
import discord as library
import pytest
from discord.http import Route

from scheduler.clocks import SteppableClock
from tests.discord.filling import NotOffered
from tests.discord.permissions import Permission
from tests.discord.plain import Plain, post, refused
from tests.discord.reading import pings
from tests.discord.server import DiscordServer


async def dm(client: Plain, user: str) -> str:
    return str((await client.call("POST", "/users/@me/channels", json={"recipient_id": user}))["id"])


async def test_a_direct_conversation_is_the_same_for_ever_and_rings(discord: DiscordServer, client: Plain) -> None:
    ann = discord.person("Ann Bell")
    where = await dm(client, ann.id)
    assert await dm(client, ann.id) == where
    assert ann.sees() == []
    await post(client, where, "Good morning.")
    assert ann.reads() == ["Good morning."]
    assert [one.why for one in ann.rings] == ["dm"]


async def test_the_same_nonce_posts_once_for_five_minutes(
    discord: DiscordServer, client: Plain, clock: SteppableClock
) -> None:
    ann = discord.person("Ann Bell")
    where = await dm(client, ann.id)
    mark = {"nonce": "abcdefghijklmnopqrstuv", "enforce_nonce": True}
    first = await post(client, where, "one", **mark)
    again = await post(client, where, "two", **mark)
    assert (again["id"], again["content"], again["nonce"]) == (first["id"], "one", mark["nonce"])
    await post(client, where, "three", nonce=mark["nonce"])
    assert ann.reads() == ["one", "three"], "unless enforced a nonce changes nothing"
    clock.advance(timedelta(minutes=6))
    await post(client, where, "four", **mark)
    assert ann.reads() == ["one", "three", "four"]
    read = await client.call("GET", f"/channels/{where}/messages")
    assert all("nonce" not in one for one in read)


async def test_messages_are_read_newest_first_by_pages(discord: DiscordServer, client: Plain) -> None:
    where = discord.channel("start").id
    ids = [(await post(client, where, f"number {number}"))["id"] for number in range(7)]

    async def read(**how: Any) -> list[str]:
        found = await client.call("GET", f"/channels/{where}/messages", params=how)
        return [one["id"] for one in found]

    assert await read(limit=3) == ids[:3:-1]
    assert await read(limit=2, before=ids[3]) == [ids[2], ids[1]]
    assert await read(limit=2, after=ids[3]) == [ids[5], ids[4]]
    with pytest.raises(library.HTTPException):
        await read(limit=101)


async def test_files_come_with_their_descriptions_and_can_be_fetched(discord: DiscordServer, client: Plain) -> None:
    ann = discord.person("Ann Bell")
    where = discord.channel("charts")
    told = {"content": "The year", "attachments": [{"id": 0, "filename": "year.png", "description": "Mood by month"}]}
    form: list[dict[str, Any]] = [
        {"name": "payload_json", "value": json.dumps(told)},
        {"name": "files[0]", "value": b"\x89PNG", "filename": "year.png", "content_type": "application/octet-stream"},
    ]
    file = library.File(BytesIO(b"\x89PNG"), "year.png")
    route = Route("POST", "/channels/{channel_id}/messages", channel_id=where.id)
    made = await client.http.request(route, form=form, files=[file])
    shown = made["attachments"][0]
    assert (shown["filename"], shown["description"], shown["size"]) == ("year.png", "Mood by month", 4)
    assert shown["content_type"] == "image/png"
    async with aiohttp.ClientSession() as session, session.get(shown["url"]) as answer:
        assert await answer.read() == b"\x89PNG"
    assert ann.fetch(where.messages[0].attachments[0]) == b"\x89PNG"
    assert "Mood by month" in ann.reads(where)[0]


async def test_the_librarys_own_ways_work_too(discord: DiscordServer, client: Plain) -> None:
    ann = discord.person("Ann Bell")
    start = discord.channel("start")
    where = client.get_partial_messageable(int(start.id))
    sent = await where.send("Hello", embed=library.Embed(title="T", description="D"), silent=True)
    await sent.edit(content="Hello again")
    assert ann.reads(start) == ["Hello again\nT\nD"]
    assert [one.content async for one in where.history()] == ["Hello again"]
    await sent.delete()
    assert ann.reads(start) == []
    user = await client.fetch_user(int(ann.id))
    await user.send(file=library.File(BytesIO(b"data"), "notes.txt", description="Notes"))
    assert ann.sees()[0].attachments[0].description == "Notes"


async def test_what_is_not_allowed_to_ping_does_not(discord: DiscordServer, client: Plain) -> None:
    ann, tom = discord.person("Ann Bell"), discord.person("Tom Reed")
    where = discord.channel("start").id
    await post(client, where, f"<@{ann.id}> @everyone", allowed_mentions={"parse": []})
    await post(client, where, f"<@{ann.id}> <@{tom.id}>", allowed_mentions={"users": [tom.id]})
    assert [len(one.rings) for one in (ann, tom)] == [0, 1]
    last = discord.posted()[-1]
    assert pings(last, discord.network) == {tom.id}


async def test_messages_of_others_can_be_neither_changed_nor_deleted(discord: DiscordServer, client: Plain) -> None:
    ann = discord.person("Ann Bell")
    start = discord.channel("start")
    theirs = await ann.type(start, "mine")
    path = f"/channels/{start.id}/messages/{theirs.id}"
    assert await refused(client.call("PATCH", path, json={"content": "x"})) == (403, 50005)
    assert await refused(client.call("DELETE", path)) == (403, 50013)
    assert await refused(client.call("GET", path[:-1] + "0")) == (404, 10008)


async def test_what_others_wrote_is_read_only_with_the_content_intent(discord: DiscordServer, client: Plain) -> None:
    ann = discord.person("Ann Bell")
    start = discord.channel("start")
    await ann.type(start, "between us")
    read = await client.call("GET", f"/channels/{start.id}/messages")
    assert [one["content"] for one in read] == [""]
    await ann.type(None, "to the bot")
    assert ann.dm
    read = await client.call("GET", f"/channels/{ann.dm.id}/messages")
    assert [one["content"] for one in read] == ["to the bot"]
    discord.app.content_intent = True
    read = await client.call("GET", f"/channels/{start.id}/messages")
    assert [one["content"] for one in read] == ["between us"]


async def test_who_does_not_see_a_channel_cannot_write_there_either(discord: DiscordServer) -> None:
    ann = discord.person("Ann Bell")
    start = discord.channel("start")
    start.deny(ann.id, Permission.VIEW_CHANNEL)
    with pytest.raises(NotOffered):
        await ann.type(start, "hello")

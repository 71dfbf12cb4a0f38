"""The gateway with the real library: identifying, intents, resuming, what is heard, and everything that breaks."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import aiohttp
import discord as library
import pytest

from scheduler.clocks import SteppableClock
from tests.discord.gateway import Link
from tests.discord.model import Intent
from tests.discord.plain import Plain, connected, post
from tests.discord.server import DiscordServer


@asynccontextmanager
async def bare(discord: DiscordServer, **identify: object) -> AsyncIterator[aiohttp.ClientWebSocketResponse]:
    """A socket of no library, identified or not."""
    url = discord.gateway_url + "?v=10&encoding=json"
    async with aiohttp.ClientSession() as session, session.ws_connect(url) as ws:
        assert (await ws.receive_json())["op"] == 10
        if identify:
            await ws.send_json({"op": 2, "d": identify})
        yield ws


async def closed_with(ws: aiohttp.ClientWebSocketResponse) -> int | None:
    async with asyncio.timeout(5):
        while not ws.closed:
            await ws.receive()
    return ws.close_code


async def test_the_library_gets_ready_and_knows_the_server(discord: DiscordServer, client: Plain) -> None:
    start = discord.channel("early")
    await client.close()
    again = Plain()
    async with connected(discord, again):
        await again.wait_until_ready()
        guild = again.get_guild(int(discord.guild.id))
        assert guild
        assert (guild.name, guild.member_count) == (discord.guild.name, 2)
        assert [one.name for one in guild.text_channels] == [start.name]
        assert guild.me.id == int(discord.app.id)
        assert again.application_id == int(discord.app.id)
        assert discord.gateway.links[0].beats >= 1
    await discord.until(lambda: not discord.gateway.ready)
    assert len(discord.gateway.sessions) == 2, "the library hangs up with 4000, whatever it means to say"


async def test_a_session_that_says_goodbye_is_over(discord: DiscordServer) -> None:
    async with bare(discord, token=discord.app.token, intents=1) as ws:
        await discord.connected()
        await ws.close(code=1000)
    await discord.until(lambda: discord.gateway.sessions == {})
    async with bare(discord) as ws:
        await ws.send_json({"op": 6, "d": {"token": discord.app.token, "session_id": "gone", "seq": 1}})
        assert (await ws.receive_json())["op"] == 9


async def test_a_wrong_token_and_intents_that_are_not_granted(discord: DiscordServer) -> None:
    forged = Plain()
    with pytest.raises(library.LoginFailure):
        await forged.login("forged")
    await forged.close()
    async with bare(discord, token="forged", intents=1) as ws:
        assert await closed_with(ws) == 4004
    async with bare(discord, token=discord.app.token, intents=1 << 30) as ws:
        assert await closed_with(ws) == 4013
    async with bare(discord) as ws:
        await ws.send_json({"op": 8, "d": {}})
        assert await closed_with(ws) == 4003
    discord.app.members_intent = False
    client = Plain()
    await client.login(discord.app.token)
    with pytest.raises(library.PrivilegedIntentsRequired):
        await client.connect()
    await client.close()
    async with connected(discord, Plain(members=False)):
        assert discord.gateway.ready == 1


async def test_who_comes_and_goes_is_told_to_those_with_the_intent(discord: DiscordServer, client: Plain) -> None:
    async with connected(discord, other := Plain(members=False)):
        await discord.connected(2)
        ann = discord.person("Ann Bell", member=False)
        await ann.joins(pending=True)
        await ann.changes(pending=False, nick="Annie")
        await ann.leaves()
        await discord.until(lambda: client.told("GUILD_MEMBER_REMOVE"))
        added, changed, gone = (client.told(f"GUILD_MEMBER_{what}")[0] for what in ("ADD", "UPDATE", "REMOVE"))
        assert (added["user"]["id"], added["pending"], added["guild_id"]) == (ann.id, True, discord.guild.id)
        assert (changed["nick"], changed["pending"]) == ("Annie", False)
        assert gone["user"]["id"] == ann.id
        assert not [one for one in other.heard if str(one.get("t")).startswith("GUILD_MEMBER")]


async def test_what_people_write_is_told_but_what_it_says_only_in_direct_messages(
    discord: DiscordServer, client: Plain
) -> None:
    ann = discord.person("Ann Bell")
    start = discord.channel("start")
    await ann.type(start, "to everybody")
    await ann.type(start, f"to <@{discord.app.id}>")
    await ann.type(None, "to the bot")
    await discord.until(lambda: len(client.told("MESSAGE_CREATE")) == 3)
    assert [one["content"] for one in client.told("MESSAGE_CREATE")] == ["", f"to <@{discord.app.id}>", "to the bot"]
    assert "guild_id" not in client.told("MESSAGE_CREATE")[2]


async def test_what_happened_while_a_socket_was_broken_is_heard_on_resuming(
    discord: DiscordServer, client: Plain
) -> None:
    ann = discord.person("Ann Bell")
    start = discord.channel("start")
    await ann.type(start, "one")
    await discord.until(lambda: len(client.told("MESSAGE_CREATE")) == 1)
    discord.gateway.drop()
    await ann.type(start, "two")
    await discord.until(lambda: client.told("RESUMED"), 20)
    assert len(client.told("MESSAGE_CREATE")) == 2
    assert (discord.gateway.identified, discord.gateway.resumed) == (1, 1)


async def test_told_to_come_again_the_library_resumes(discord: DiscordServer, client: Plain) -> None:
    discord.gateway.reconnect()
    await discord.until(lambda: client.told("RESUMED"))
    assert discord.gateway.identified == 1


async def test_a_session_that_is_over_is_identified_anew_and_missed_things_are_lost(
    discord: DiscordServer, client: Plain
) -> None:
    discord.gateway.invalidate_next = 1
    discord.gateway.reconnect()
    await discord.until(lambda: discord.gateway.identified == 2, 20)
    assert discord.gateway.resumed == 0


async def test_a_session_without_a_socket_is_forgotten_after_a_while(
    discord: DiscordServer, client: Plain, clock: SteppableClock
) -> None:
    discord.gateway.refuse_next = 1
    discord.gateway.drop()
    await discord.until(lambda: not discord.gateway.ready)
    clock.advance(timedelta(minutes=3))
    await discord.until(lambda: not discord.gateway.sessions)
    await discord.until(lambda: discord.gateway.identified == 2, 20)
    assert discord.gateway.resumed == 0


async def test_a_first_connection_that_fails_ends_no_server(discord: DiscordServer) -> None:
    discord.gateway.refuse_next = 1
    client = Plain()
    await client.login(discord.app.token)
    with pytest.raises((aiohttp.ClientError, AttributeError)):
        await client.connect()
    await client.close()
    assert discord.gateway.refused == 1


async def test_a_dispatch_that_cannot_be_parsed_ends_the_library(discord: DiscordServer) -> None:
    client = Plain()
    await client.login(discord.app.token)
    running = asyncio.create_task(client.connect())
    await discord.connected()
    discord.gateway.unparsable()
    with pytest.raises(KeyError):
        await asyncio.wait_for(running, 5)
    await client.close()


async def test_a_deaf_socket_acknowledges_no_heartbeat(discord: DiscordServer) -> None:
    async with bare(discord, token=discord.app.token, intents=1) as ws:
        await discord.connected()
        await ws.send_json({"op": 1, "d": None})
        ops = [(await ws.receive_json())["op"] for _ in range(3)]
        assert ops[-1] == 11
        link: Link = discord.gateway.links[0]
        link.deaf = True
        await ws.send_json({"op": 1, "d": None})
        discord.person("Ann Bell", member=False)
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(ws.receive(), 0.05)


async def test_members_come_in_chunks_of_a_thousand(discord: DiscordServer, client: Plain) -> None:
    for number in range(1100):
        discord.person(f"Head {number}")
    guild = client.get_guild(int(discord.guild.id))
    assert guild
    found = await guild.chunk()
    assert found is not None
    assert len(found) == 1102
    assert [len(one["members"]) for one in client.told("GUILD_MEMBERS_CHUNK")] == [1000, 102]
    some = await guild.query_members("head 10", limit=3)
    assert len(some) == 3


async def test_compressed_or_plain_the_same_is_said(discord: DiscordServer) -> None:
    async with bare(discord, token=discord.app.token, intents=int(Intent.GUILDS)) as ws:
        told = [json.loads((await ws.receive()).data)["t"] for _ in range(2)]
    assert told == ["READY", "GUILD_CREATE"]


async def test_a_server_that_is_left_is_told(discord: DiscordServer, client: Plain) -> None:
    other = discord.add_guild("Elsewhere")
    await client.call("DELETE", f"/users/@me/guilds/{other.id}")
    await discord.until(lambda: client.told("GUILD_DELETE"))
    assert client.told("GUILD_CREATE")[-1]["name"] == "Elsewhere"
    assert await post(client, discord.channel("start").id)

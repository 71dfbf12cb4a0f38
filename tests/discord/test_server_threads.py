"""Threads: private to who is in them, archived and brought back, only so many at once; and who is in a server."""

from datetime import timedelta
from typing import Any

from scheduler.clocks import SteppableClock
from tests.discord.model import Channel, Kind
from tests.discord.permissions import Permission
from tests.discord.plain import Plain, post, refused
from tests.discord.server import DiscordServer

PRIVATE = {"name": "Ann, Tom", "type": 12, "auto_archive_duration": 10080, "invitable": False}


async def thread(discord: DiscordServer, client: Plain, parent: Channel, *people: Any) -> Channel:
    made = await client.call("POST", f"/channels/{parent.id}/threads", json=PRIVATE)
    for each in people:
        await client.call("PUT", f"/channels/{made['id']}/thread-members/{each.id}")
    return discord.network.channels[made["id"]]


async def test_a_private_thread_is_seen_by_who_is_in_it_and_rings_for_who_is_added(
    discord: DiscordServer, client: Plain
) -> None:
    ann, tom, eve = (discord.person(name) for name in ("Ann Bell", "Tom Reed", "Eve Black"))
    parent = discord.channel("introductions")
    circle = await thread(discord, client, parent, ann, tom)
    await client.call("PUT", f"/channels/{circle.id}/thread-members/{ann.id}")
    await post(client, circle.id, "Meet each other.")
    assert [each.reads(circle) for each in (ann, tom, eve)] == [["Meet each other."], ["Meet each other."], []]
    assert [one.why for one in ann.rings] == ["added"]
    shown = await client.call("GET", f"/channels/{circle.id}")
    assert (shown["type"], shown["parent_id"], shown["member_count"]) == (12, parent.id, 3)
    assert shown["thread_metadata"]["auto_archive_duration"] == 10080
    await client.call("DELETE", f"/channels/{circle.id}/thread-members/{tom.id}")
    assert tom.reads(circle) == []
    manager = discord.person("Mo")
    role = discord.guild.role(discord.network.new_id(), "moderators", int(Permission.MANAGE_THREADS))
    await manager.changes(roles=[role.id])
    assert manager.reads(circle) == ["Meet each other."], "who manages threads reads them all"


async def test_an_archived_thread_takes_no_change_and_comes_back_with_a_message(
    discord: DiscordServer, client: Plain
) -> None:
    ann = discord.person("Ann Bell")
    circle = await thread(discord, client, discord.channel("introductions"), ann)
    sent = await post(client, circle.id)
    path = f"/channels/{circle.id}"
    await client.call("PATCH", path, json={"archived": True})
    assert circle.thread
    assert circle.thread.archived
    assert await refused(client.call("PATCH", path, json={"name": "x"})) == (400, 50083)
    assert await refused(client.call("PUT", f"{path}/thread-members/{ann.id}")) == (400, 50083)
    assert await refused(client.call("PATCH", f"{path}/messages/{sent['id']}", json={"content": "x"})) == (400, 50083)
    active = await client.call("GET", f"/guilds/{discord.guild.id}/threads/active")
    assert active["threads"] == []
    old = await client.call("GET", f"/channels/{circle.parent}/threads/archived/private")
    assert [one["id"] for one in old["threads"]] == [circle.id]
    await ann.type(circle, "Hello?")
    assert not circle.thread.archived
    await client.call("PATCH", path, json={"name": "Ann alone"})
    assert circle.name == "Ann alone"
    await discord.until(lambda: len(client.told("THREAD_UPDATE")) == 3)


async def test_a_server_holds_only_so_many_active_threads(discord: DiscordServer, client: Plain) -> None:
    discord.guild.most_threads = 1
    parent = discord.channel("introductions")
    first = await thread(discord, client, parent)
    assert await refused(client.call("POST", f"/channels/{parent.id}/threads", json=PRIVATE)) == (400, 160006)
    await client.call("PATCH", f"/channels/{first.id}", json={"archived": True})
    await thread(discord, client, parent)
    assert await refused(post(client, first.id)) == (400, 160006)


async def test_threads_that_cannot_be_made_or_joined(discord: DiscordServer, client: Plain) -> None:
    parent, stranger = discord.channel("introductions"), discord.person("Stranger", member=False)
    circle = await thread(discord, client, parent)
    path = f"/channels/{circle.id}/thread-members"
    assert await refused(client.call("PUT", f"{path}/{stranger.id}")) == (404, 10007)
    assert await refused(client.call("PUT", f"{path}/{'9' * 18}")) == (404, 10013)
    outside = discord.person("Out Side")
    parent.deny(outside.id, Permission.VIEW_CHANNEL)
    assert await refused(client.call("PUT", f"{path}/{outside.id}")) == (403, 50001)
    create = f"/channels/{parent.id}/threads"
    assert await refused(client.call("POST", create, json=PRIVATE | {"name": "n" * 101})) == (400, 50035)
    parent.deny(discord.app.id, Permission.CREATE_PRIVATE_THREADS, Permission.SEND_MESSAGES_IN_THREADS)
    assert await refused(client.call("POST", create, json=PRIVATE)) == (403, 50013)
    assert await refused(post(client, circle.id)) == (403, 50013)


async def test_members_are_listed_by_pages_and_only_with_the_intent(discord: DiscordServer, client: Plain) -> None:
    for number in range(5):
        discord.person(f"Head {number}", bot=number == 1, pending=number == 2)
    path = f"/guilds/{discord.guild.id}/members"
    first = await client.call("GET", path, params={"limit": 4})
    rest = await client.call("GET", path, params={"limit": 1000, "after": first[-1]["user"]["id"]})
    everybody = {one["user"]["username"]: one for one in first + rest}
    assert len(everybody) == 7
    assert everybody["head.1"]["user"]["bot"]
    assert everybody["head.2"]["pending"]
    discord.app.members_intent = False
    assert await refused(client.call("GET", path)) == (403, 50001)
    one = await client.call("GET", f"{path}/{rest[-1]['user']['id']}")
    assert one["user"]["username"] == "head.4"
    stranger = discord.person("Stranger", member=False)
    assert await refused(client.call("GET", f"{path}/{stranger.id}")) == (404, 10007)


async def test_the_application_knows_its_servers_and_can_leave_them(discord: DiscordServer, client: Plain) -> None:
    other = discord.add_guild("Elsewhere")
    assert [one["name"] for one in await client.call("GET", "/users/@me/guilds")] == [discord.guild.name, "Elsewhere"]
    await client.call("DELETE", f"/users/@me/guilds/{other.id}")
    assert await refused(client.call("GET", f"/guilds/{other.id}")) == (403, 50001)
    assert await refused(client.call("GET", f"/guilds/{'9' * 18}")) == (404, 10004)
    shown = await client.call("GET", f"/guilds/{discord.guild.id}/channels")
    assert shown == []
    assert discord.channel("news", kind=Kind.NEWS).id


async def test_a_thread_in_which_nothing_happens_is_archived_in_its_time(
    discord: DiscordServer, client: Plain, clock: SteppableClock
) -> None:
    circle = await thread(discord, client, discord.channel("introductions"))
    assert circle.thread
    clock.advance(timedelta(days=6))
    await post(client, circle.id)
    clock.advance(timedelta(days=6))
    await post(client, circle.id)
    assert not circle.thread.archived
    clock.advance(timedelta(days=7))
    await discord.until(lambda: circle.thread and circle.thread.archived)


async def test_the_application_is_taken_out_and_invited_again(discord: DiscordServer, client: Plain) -> None:
    start = discord.channel("start")
    discord.kicks_app()
    assert await refused(post(client, start.id)) == (403, 50001)
    await discord.until(lambda: client.told("GUILD_DELETE"))
    discord.adds_app()
    await post(client, start.id)
    await discord.until(lambda: len(client.told("GUILD_CREATE")) == 2)
    discord.outage()
    discord.outage(over=True)
    await discord.until(lambda: len(client.told("GUILD_CREATE")) == 3)
    assert [one.get("unavailable", False) for one in client.told("GUILD_DELETE")] == [False, True]

"""Scheduled events and pins, as Discord documents them: shapes, limits, permissions, and what the clock does."""

from datetime import timedelta
from typing import Any

import discord as library
import pytest

from scheduler.clocks import SteppableClock
from tests.discord.model import Scheduled
from tests.discord.permissions import Permission
from tests.discord.plain import Plain, post, refused
from tests.discord.scheduled import MOST
from tests.discord.server import DiscordServer

HOUR = timedelta(hours=1)


@pytest.fixture
def events(discord: DiscordServer) -> str:
    """The path of the server's events, with the right to make some."""
    allow(discord, Permission.CREATE_EVENTS)
    return f"/guilds/{discord.guild.id}/scheduled-events"


def allow(discord: DiscordServer, *permissions: Permission) -> None:
    role = next(one for one in discord.guild.roles.values() if one.name == discord.app.name)
    role.permissions |= sum(permissions)


def event(clock: SteppableClock, **more: Any) -> dict[str, Any]:
    shape = {"name": "Coffee", "privacy_level": 2, "entity_type": 3, "entity_metadata": {"location": "Online"}}
    times = {"scheduled_start_time": clock.now() + HOUR, "scheduled_end_time": clock.now() + 2 * HOUR}
    return shape | {name: at.isoformat() for name, at in times.items()} | more


async def test_an_event_is_made_read_changed_and_deleted(
    discord: DiscordServer, client: Plain, clock: SteppableClock, events: str
) -> None:
    made = await client.call("POST", events, json=event(clock, description="Bring a cup."))
    assert (made["status"], made["creator_id"], made["channel_id"]) == (1, discord.app.id, None)
    own = f"{events}/{made['id']}"
    changed = await client.call("PATCH", own, json={"name": "Tea", "description": None})
    assert (changed["name"], changed["description"], changed["entity_metadata"]) == (
        "Tea",
        None,
        {"location": "Online"},
    )
    assert await client.call("GET", own) == changed
    assert await client.call("GET", events) == [changed]
    await client.call("DELETE", own)
    assert await refused(client.call("DELETE", own)) == (404, 10070)
    assert await refused(client.call("PATCH", own, json={"name": "Tea"})) == (404, 10070)


WRONG: list[tuple[dict[str, Any], str]] = [
    ({"name": "n" * 101}, "name"),
    ({"name": ""}, "name"),
    ({"description": "d" * 1001}, "description"),
    ({"description": None}, "description"),
    ({"privacy_level": 1}, "privacy_level"),
    ({"entity_type": 2}, "entity_type"),
    ({"entity_metadata": {}}, "location"),
    ({"entity_metadata": {"location": "l" * 101}}, "location"),
    ({"scheduled_end_time": None}, "scheduled_end_time"),
    ({"scheduled_start_time": "soon"}, "scheduled_start_time"),
    ({"scheduled_start_time": "2020-01-01T10:00:00+00:00"}, "scheduled_start_time"),
    ({"scheduled_end_time": "2020-01-01T10:00:00+00:00"}, "scheduled_end_time"),
    ({"surprise": 1}, "surprise"),
]


@pytest.mark.parametrize(("wrong", "at"), WRONG)
async def test_what_is_no_event_is_refused_where_the_fault_is(
    discord: DiscordServer, client: Plain, clock: SteppableClock, events: str, wrong: dict[str, Any], at: str
) -> None:
    with pytest.raises(library.HTTPException) as error:
        await client.call("POST", events, json=event(clock, **wrong))
    assert (error.value.status, error.value.code) == (400, 50035)
    assert at in str(discord.api.calls[-1].answer["errors"])
    assert discord.guild.scheduled == {}


async def test_the_clock_begins_and_ends_it(
    discord: DiscordServer, client: Plain, clock: SteppableClock, events: str
) -> None:
    made = await client.call("POST", events, json=event(clock))
    own = f"{events}/{made['id']}"
    clock.advance(HOUR)
    assert (await client.call("PATCH", own, json={"name": "Tea"}))["status"] == 2
    assert await refused(client.call("PATCH", own, json=event(clock) | made_times(made))) == (400, 50035)
    clock.advance(HOUR)
    assert await refused(client.call("PATCH", own, json={"name": "Late"})) == (400, 180000)
    assert await client.call("GET", events) == []


def made_times(made: dict[str, Any]) -> dict[str, Any]:
    return {"scheduled_start_time": made["scheduled_start_time"]}


async def test_who_made_it_needs_less_than_who_did_not(
    discord: DiscordServer, client: Plain, clock: SteppableClock
) -> None:
    events = f"/guilds/{discord.guild.id}/scheduled-events"
    assert await refused(client.call("POST", events, json=event(clock))) == (403, 50013)
    allow(discord, Permission.CREATE_EVENTS)
    now = clock.now().timestamp()
    theirs = Scheduled("9" * 18, discord.guild.id, discord.owner.id, "Theirs", "Hall", now + 60, now + 120)
    discord.guild.scheduled[theirs.id] = theirs
    for method in ("PATCH", "DELETE"):
        assert await refused(client.call(method, f"{events}/{theirs.id}", json={})) == (403, 50013)
    allow(discord, Permission.MANAGE_EVENTS)
    await client.call("DELETE", f"{events}/{theirs.id}")


async def test_a_server_holds_a_hundred_that_are_not_over(
    discord: DiscordServer, client: Plain, clock: SteppableClock, events: str
) -> None:
    now = clock.now().timestamp()
    for number in range(MOST):
        one = Scheduled(f"{number:018}", discord.guild.id, discord.app.id, "x", "y", now + 60, now + 120)
        discord.guild.scheduled[one.id] = one
    assert await refused(client.call("POST", events, json=event(clock))) == (400, 30038)
    clock.advance(timedelta(minutes=2))
    await client.call("POST", events, json=event(clock))


async def test_pins_are_put_listed_and_taken_away(discord: DiscordServer, client: Plain) -> None:
    allow(discord, Permission.MANAGE_MESSAGES)
    start = discord.channel("start")
    said = await post(client, start.id)
    pins = f"/channels/{start.id}/messages/pins"
    assert await refused(client.call("PUT", f"{pins}/{said['id']}")) == (403, 50013)
    allow(discord, Permission.PIN_MESSAGES)
    for _ in range(2):
        await client.call("PUT", f"{pins}/{said['id']}")
    assert [one["message"]["id"] for one in (await client.call("GET", pins))["items"]] == [said["id"]]
    assert [one.type for one in start.messages] == [0, 6], "Discord itself says once that something was pinned"
    await client.call("DELETE", f"{pins}/{said['id']}")
    assert (await client.call("GET", pins))["items"] == []
    assert await refused(client.call("PUT", f"{pins}/{'9' * 18}")) == (404, 10008)


async def test_a_channel_holds_fifty_pins(discord: DiscordServer, client: Plain) -> None:
    allow(discord, Permission.PIN_MESSAGES)
    start = discord.channel("start")
    said = await post(client, start.id)
    for one in [await post(client, start.id) for _ in range(50)]:
        start.find(one["id"]).pinned = 1.0  # type: ignore[union-attr]
    assert await refused(client.call("PUT", f"/channels/{start.id}/messages/pins/{said['id']}")) == (400, 30003)

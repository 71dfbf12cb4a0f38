"""Rate limits with their headers, the limit of all calls, the ban; and calls that go wrong on the way."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import aiohttp
import pytest

from scheduler.clocks import SteppableClock
from tests.discord.faults import Wrong
from tests.discord.limits import Limits
from tests.discord.plain import Plain, connected, post
from tests.discord.server import DiscordServer


@pytest.fixture
async def limited(clock: SteppableClock) -> AsyncIterator[DiscordServer]:
    async with DiscordServer(clock, limits=Limits()) as server:
        with server.reached():
            yield server


class Bare:
    """Calls without a library: nothing is tried again."""

    def __init__(self, server: DiscordServer, session: aiohttp.ClientSession) -> None:
        self.server, self.session = server, session

    async def call(self, method: str, path: str, **how: Any) -> tuple[int, Any, Any]:
        headers = {"Authorization": f"Bot {self.server.app.token}", "User-Agent": "DiscordBot (test, 1)"}
        async with self.session.request(method, self.server.api_url + path, headers=headers, **how) as answer:
            body = await answer.json() if answer.content_type == "application/json" else await answer.text()
            return answer.status, body, answer.headers


@pytest.fixture
async def bare(limited: DiscordServer) -> AsyncIterator[Bare]:
    async with aiohttp.ClientSession() as session:
        yield Bare(limited, session)


async def test_a_channel_takes_five_messages_in_five_seconds(
    limited: DiscordServer, bare: Bare, clock: SteppableClock
) -> None:
    start, other = limited.channel("start"), limited.channel("other")
    path, body = f"/channels/{start.id}/messages", {"content": "x"}
    left = [(await bare.call("POST", path, json=body))[2]["X-RateLimit-Remaining"] for _ in range(5)]
    assert left == ["4", "3", "2", "1", "0"]
    clock.advance(timedelta(seconds=3))
    status, said, headers = await bare.call("POST", path, json=body)
    assert (status, said["retry_after"], said["global"]) == (429, 2.0, False)
    assert (headers["Retry-After"], headers["X-RateLimit-Scope"]) == ("2", "user")
    assert headers["X-RateLimit-Reset-After"] == "2.000"
    assert (await bare.call("POST", f"/channels/{other.id}/messages", json=body))[0] == 200
    clock.advance(timedelta(seconds=2))
    assert (await bare.call("POST", path, json=body))[0] == 200
    assert len(start.messages) == 6
    assert limited.throttle.refused["POST /channels/{channel}/messages"] == 1


async def test_fifty_calls_a_second_hold_for_all_but_interactions(limited: DiscordServer, bare: Bare) -> None:
    for number in range(50):
        assert (await bare.call("GET", "/users/@me" if number % 2 else "/gateway"))[0] == 200
    status, said, headers = await bare.call("GET", "/users/@me/guilds")
    assert (status, said["global"], headers["X-RateLimit-Global"]) == (429, True, "true")
    assert headers["X-RateLimit-Scope"] == "global"
    status, said, _ = await bare.call("POST", "/interactions/1/x/callback", json={"type": 6})
    assert (status, said["code"]) == (404, 10062)
    assert limited.throttle.most_in_a_second == 50


async def test_too_many_bad_calls_shut_the_address_out(
    limited: DiscordServer, bare: Bare, clock: SteppableClock
) -> None:
    assert limited.throttle.limits
    limited.throttle.limits.ban_after = 3
    limited.app.token_revoked = True
    for _ in range(3):
        assert (await bare.call("GET", "/users/@me"))[0] == 401
    limited.app.token_revoked = False
    status, said, headers = await bare.call("GET", "/users/@me")
    assert (status, "Via" in headers) == (429, False)
    assert isinstance(said, str)
    clock.advance(timedelta(minutes=10))
    assert (await bare.call("GET", "/users/@me"))[0] == 200


async def test_the_library_waits_as_it_is_told(limited: DiscordServer, clock: SteppableClock) -> None:
    client = Plain()
    async with connected(limited, client):
        limited.faults.plant("POST /channels/*", Wrong.LIMITED, seconds=0.05)
        start = limited.channel("start")
        await post(client, start.id)
        assert len(start.messages) == 1
        assert [one.status for one in limited.called("POST", "/channels/*/messages")] == [429, 200]


async def test_replies_and_requests_that_are_lost(limited: DiscordServer, bare: Bare) -> None:
    start = limited.channel("start")
    path, body = f"/channels/{start.id}/messages", {"content": "x"}
    for wrong, done in ((Wrong.REQUEST_LOST, 0), (Wrong.RESET, 0), (Wrong.REPLY_LOST, 1)):
        limited.faults.plant("POST /channels/*/messages", wrong)
        with pytest.raises((aiohttp.ClientError, ConnectionError)):
            await bare.call("POST", path, json=body)
        assert len(start.messages) == done
    limited.faults.plant("*", Wrong.STATUS, status=502)
    assert (await bare.call("POST", path, json=body))[0] == 502
    limited.faults.plant("*", Wrong.DONE_STATUS, status=504)
    assert (await bare.call("POST", path, json=body))[0] == 504
    limited.faults.plant("*", Wrong.REFUSED, status=403, code=40003, message="Too fast")
    status, said, _ = await bare.call("POST", path, json=body)
    assert (status, said["code"]) == (403, 40003)
    assert len(start.messages) == 2


async def test_a_slow_answer_comes_when_its_time_has_passed(
    limited: DiscordServer, bare: Bare, clock: SteppableClock
) -> None:
    start = limited.channel("start")
    limited.faults.plant("POST *", Wrong.SLOW, seconds=20)
    calling = asyncio.create_task(bare.call("POST", f"/channels/{start.id}/messages", json={"content": "x"}))
    await limited.until(lambda: start.messages)
    assert not calling.done()
    clock.advance(timedelta(seconds=20))
    assert (await calling)[0] == 200

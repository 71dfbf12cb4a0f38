"""Rate limits: channels, the workspace, tiers; each 429 with a Retry-After that is true, and counted."""

from datetime import timedelta

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from scheduler.clocks import SteppableClock
from tests.slack.server import SlackServer


async def refused(call: object) -> int:
    """The Retry-After of a 429."""
    with pytest.raises(SlackApiError) as error:
        await call  # type: ignore[misc]
    assert error.value.response.status_code == 429
    assert error.value.response["error"] == "ratelimited"
    return int(error.value.response.headers["Retry-After"])


async def test_a_channel_takes_a_short_burst_and_then_one_a_second(
    slack: SlackServer, client: AsyncWebClient, clock: SteppableClock
) -> None:
    slack.throttle.limits.channel_burst = 3
    tom, ann = slack.person("Tom Reed"), slack.person("Ann Bell")
    for number in range(3):
        await client.chat_postMessage(channel=tom.id, text=str(number))
    assert await refused(client.chat_postMessage(channel=tom.id, text="too much")) == 1
    await client.chat_postMessage(channel=ann.id, text="another channel has its own")
    clock.advance(timedelta(seconds=1))
    await client.chat_postMessage(channel=tom.id, text="3")
    assert await refused(client.chat_postMessage(channel=tom.id, text="too much")) == 1
    assert tom.reads() == ["0", "1", "2", "3"]
    assert slack.throttle.refused == {"chat.postMessage": 2}


async def test_the_workspace_takes_so_many_posts_a_minute_in_all(
    slack: SlackServer, client: AsyncWebClient, clock: SteppableClock
) -> None:
    slack.throttle.limits.posting_a_minute = 2
    people = [slack.person(f"Head {number}") for number in range(3)]
    await client.chat_postMessage(channel=people[0].id, text="one")
    clock.advance(timedelta(seconds=20))
    await client.chat_postMessage(channel=people[1].id, text="two")
    assert await refused(client.chat_postMessage(channel=people[2].id, text="three")) == 40
    clock.advance(timedelta(seconds=40))
    await client.chat_postMessage(channel=people[2].id, text="three")


@pytest.mark.parametrize(("method", "allowed"), [("users.list", 20), ("conversations.open", 50), ("chat.update", 50)])
async def test_each_method_has_the_calls_a_minute_of_its_tier(
    slack: SlackServer, client: AsyncWebClient, clock: SteppableClock, method: str, allowed: int
) -> None:
    tom = slack.person("Tom Reed")
    sent = await client.chat_postMessage(channel=tom.id, text="hello")
    arguments = {"users": tom.id, "channel": sent["channel"], "ts": sent["ts"], "text": "again"}
    if method == "conversations.open":
        del arguments["channel"]
    for _ in range(allowed):
        await client.api_call(method, data=arguments)
    assert await refused(client.api_call(method, data=arguments)) == 60
    clock.advance(timedelta(seconds=60))
    await client.api_call(method, data=arguments)


async def test_a_distributed_app_reads_history_once_a_minute_and_little_of_it(
    slack: SlackServer, client: AsyncWebClient
) -> None:
    slack.app.distributed, slack.throttle.limits.channel_burst = True, 20
    tom = slack.person("Tom Reed")
    for number in range(16):
        sent = await client.chat_postMessage(channel=tom.id, text=str(number))
    read = await client.conversations_history(channel=sent["channel"], limit=100)
    assert [one["text"] for one in read["messages"]] == [str(number) for number in range(15, 0, -1)]
    assert await refused(client.conversations_history(channel=sent["channel"])) == 60

"""Socket Mode: which payloads come again, when a socket ends, and sockets that are open and hear nothing."""

import asyncio
import json
from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest
from aiohttp import ClientSession, ClientWebSocketResponse, WSServerHandshakeError
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from scheduler.clocks import SteppableClock
from tests.slack.bolt import over_sockets, plain_app
from tests.slack.delivery import Delivery
from tests.slack.server import SlackServer
from tests.slack.test_server_refusals import refusal
from tests.virtual import settle_down


@pytest.fixture
def app(slack: SlackServer, client: AsyncWebClient) -> AsyncApp:
    return plain_app(slack, client)


class Raw:
    """An app that reads envelopes and says nothing unless told to."""

    def __init__(self, slack: SlackServer, session: ClientSession) -> None:
        self.client, self.session = AsyncWebClient("none", slack.api_url), session
        self.slack = slack
        self.ws: ClientWebSocketResponse

    async def connect(self) -> "Raw":
        answer = await self.client.apps_connections_open(app_token=self.slack.app.app_token)
        self.url = str(answer["url"])
        self.ws = await self.session.ws_connect(self.url)
        return self

    async def hears(self) -> Any:
        return json.loads(await self.ws.receive_str(timeout=5))

    async def acks(self, envelope: Any, payload: Any = None) -> None:
        await self.ws.send_json({"envelope_id": envelope["envelope_id"]} | ({"payload": payload} if payload else {}))


@pytest.fixture
async def raw(slack: SlackServer) -> Any:
    async with ClientSession() as session:
        yield await Raw(slack, session).connect()


async def test_a_socket_is_greeted_and_its_ticket_is_good_for_one(slack: SlackServer, raw: Raw) -> None:
    hello = await raw.hears()
    assert (hello["type"], hello["num_connections"]) == ("hello", 1)
    assert hello["connection_info"] == {"app_id": slack.app.id}
    with pytest.raises(WSServerHandshakeError):
        await raw.session.ws_connect(raw.url)
    assert slack.sockets.refused == 1


async def test_the_bot_token_opens_no_socket(slack: SlackServer, client: AsyncWebClient) -> None:
    assert (await refusal(client, "apps.connections.open"))["error"] == "not_allowed_token_type"


async def missed(slack: SlackServer, sent: Delivery, number: int, clock: SteppableClock) -> None:
    """Three seconds pass without an acknowledgement of that attempt."""
    await slack.until(lambda: len(sent.attempts) > number)
    clock.advance(timedelta(seconds=3))
    await slack.until(lambda: sent.attempts[number].failure)


async def test_an_event_comes_again_at_once_then_after_a_minute_then_after_five(
    slack: SlackServer, raw: Raw, clock: SteppableClock
) -> None:
    await raw.hears()
    tom = slack.person("Tom Reed")
    sent = await tom.joins(wait=False)
    assert sent
    heard = [await raw.hears()]
    await missed(slack, sent, 0, clock)
    heard.append(await raw.hears())
    for number, seconds in ((1, 60), (2, 300)):
        await missed(slack, sent, number, clock)
        clock.advance(timedelta(seconds=seconds - 1))
        await settle_down()
        assert len(sent.attempts) == number + 1, "not yet"
        clock.advance(timedelta(seconds=1))
        heard.append(await raw.hears())
    assert [one["retry_attempt"] for one in heard] == [0, 1, 2, 3]
    assert {one["payload"]["event_id"] for one in heard} == {sent.payload["event_id"]}
    assert len({one["envelope_id"] for one in heard}) == 4
    await raw.acks(heard[3])
    await sent.settle()
    assert sent.acked
    assert [one.failure for one in sent.attempts] == ["timeout", "timeout", "timeout", ""]


async def test_what_was_acknowledged_never_comes_again(slack: SlackServer, raw: Raw, clock: SteppableClock) -> None:
    await raw.hears()
    sent = await slack.person("Tom Reed").joins(wait=False)
    assert sent
    await raw.acks(await raw.hears())
    await sent.settle()
    clock.advance(timedelta(hours=1))
    await settle_down()
    assert len(sent.attempts) == 1
    assert sent.acked
    assert not sent.given_up


async def test_an_event_that_nobody_acknowledges_is_given_up(
    slack: SlackServer, raw: Raw, clock: SteppableClock
) -> None:
    sent = await slack.person("Tom Reed").joins(wait=False)
    assert sent
    for number in range(4):
        await missed(slack, sent, number, clock)
        clock.advance(timedelta(minutes=5))
    assert sent.given_up
    assert len(sent.attempts) == 4


async def test_a_press_is_sent_once_and_the_person_is_told_that_it_failed(
    slack: SlackServer, raw: Raw, clock: SteppableClock
) -> None:
    await raw.hears()
    tom = slack.person("Tom Reed")
    sent = await tom.shortcut("help", wait=False)
    envelope = await raw.hears()
    clock.advance(timedelta(seconds=3))
    await sent.settle()
    clock.advance(timedelta(hours=1))
    await settle_down()
    await raw.acks(envelope)
    await slack.until(lambda: sent.attempts[0].latency is not None)
    assert len(sent.attempts) == 1
    assert not sent.acked
    assert tom.troubles == ["timeout"]


async def test_an_acknowledgement_after_the_deadline_opens_nothing(
    slack: SlackServer, raw: Raw, clock: SteppableClock
) -> None:
    await raw.hears()
    tom = slack.person("Tom Reed")
    sent = await tom.command("/headsup", wait=False)
    envelope = await raw.hears()
    assert envelope["accepts_response_payload"]
    clock.advance(timedelta(seconds=3))
    await sent.settle()
    await raw.acks(envelope, {"text": "Too late"})
    await slack.until(lambda: sent.attempts[0].latency is not None)
    assert tom.reads() == []


async def test_any_socket_may_get_any_payload(slack: SlackServer, app: AsyncApp) -> None:
    tom = slack.person("Tom Reed")
    heard = []

    @app.shortcut("help")
    async def asked(ack: Any) -> None:
        await ack()
        heard.append(1)

    async with over_sockets(app, slack, sockets=2):
        for _ in range(12):
            await tom.shortcut("help")
        assert all(one.envelopes for one in slack.sockets.open)
    assert len(heard) == 12


async def test_there_are_ten_sockets_at_most(slack: SlackServer) -> None:
    async with ClientSession() as session:
        many = [await Raw(slack, session).connect() for _ in range(10)]
        assert [(await one.hears())["num_connections"] for one in many] == list(range(1, 11))
        eleventh = await Raw(slack, session).connect()
        assert (await eleventh.hears())["reason"] == "too_many_websockets"
        assert len(slack.sockets.open) == 10


async def test_a_socket_is_warned_ten_seconds_before_it_is_closed(slack: SlackServer, clock: SteppableClock) -> None:
    slack.sockets.lifetime = 3600
    async with ClientSession() as session:
        raw = await Raw(slack, session).connect()
        await raw.hears()
        clock.advance(timedelta(seconds=3590))
        assert await raw.hears() == {"type": "disconnect", "reason": "warning", "debug_info": {"host": "applink-test"}}
        assert slack.sockets.open, "warned, and still open"
        clock.advance(timedelta(seconds=10))
        assert (await raw.hears())["reason"] == "refresh_requested"
        await slack.until(lambda: not slack.sockets.open)
        assert (await raw.ws.receive(timeout=5)).type.name == "CLOSE"


async def test_the_sdk_opens_another_when_it_is_warned(slack: SlackServer, app: AsyncApp) -> None:
    async with over_sockets(app, slack):
        first = slack.sockets.open[0]
        await slack.sockets.warn()
        await slack.until(lambda: slack.sockets.open and slack.sockets.open[0] is not first)
        assert slack.sockets.ever == 2


async def test_nothing_is_heard_while_no_socket_is_open(slack: SlackServer) -> None:
    tom = slack.person("Tom Reed")
    await tom.command("/headsup")
    assert tom.troubles == ["no_socket"]


async def test_a_deaf_socket_answers_pings_and_hears_nothing(
    slack: SlackServer, app: AsyncApp, clock: SteppableClock
) -> None:
    tom, heard = slack.person("Tom Reed"), []

    @app.command("/headsup")
    async def typed(ack: Any) -> None:
        heard.append(1)
        await ack()

    async with over_sockets(app, slack):
        slack.sockets.open[0].deaf = True
        sent = await tom.command("/headsup", wait=False)
        clock.advance(timedelta(seconds=3))
        await sent.settle()
        await slack.sockets.ping()
        await slack.until(lambda: slack.sockets.open[0].pongs)
    assert heard == []
    assert tom.troubles == ["timeout"]


async def test_a_mute_socket_is_found_out_by_the_sdk(slack: SlackServer, app: AsyncApp) -> None:
    async with over_sockets(app, slack, pings=0.3):
        first = slack.sockets.open[0]
        first.mute = True
        await slack.until(lambda: any(one is not first for one in slack.sockets.open))
    assert slack.sockets.ever >= 2


async def test_slack_pings_and_a_pong_comes_back(slack: SlackServer, app: AsyncApp, clock: SteppableClock) -> None:
    slack.sockets.ping_every = 30
    async with over_sockets(app, slack):
        for pongs in (1, 2):
            clock.advance(timedelta(seconds=30))
            await slack.until(lambda pongs=pongs: slack.sockets.open[0].pongs == pongs)  # type: ignore[misc]
        assert slack.sockets.open[0].pongs == 2


async def test_a_connection_that_breaks_loses_what_was_under_way(slack: SlackServer, raw: Raw) -> None:
    await raw.hears()
    slack.sockets.drop()
    with suppress(TimeoutError):
        async with asyncio.timeout(5):
            message = await raw.ws.receive()
    assert message.type.name in ("CLOSED", "ERROR", "CLOSING")
    assert not slack.sockets.open


async def test_a_socket_can_be_turned_away(slack: SlackServer) -> None:
    slack.sockets.refuse_next = 1
    async with ClientSession() as session:
        with pytest.raises(WSServerHandshakeError):
            await Raw(slack, session).connect()
        await Raw(slack, session).connect()

"""HTTP mode with a plain Bolt app, uploads, and what goes wrong on the way."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs

import pytest
from aiohttp import ClientConnectionError, web
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from scheduler.clocks import SteppableClock, SystemClock
from tests.slack.bolt import plain_app
from tests.slack.faults import Wrong
from tests.slack.http_way import Http
from tests.slack.model import App, Json, Team
from tests.slack.server import ELSEWHERE, SlackServer
from tests.slack.test_server_refusals import refusal


@asynccontextmanager
async def over_http(app: AsyncApp | web.Application, slack: SlackServer) -> AsyncIterator[Http]:
    """The app on a port of its own, found by Slack under its URL."""
    site = app.web_app("/slack/events") if isinstance(app, AsyncApp) else app
    runner = web.AppRunner(site, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield await slack.use_http(f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events")
    finally:
        await runner.cleanup()


@pytest.fixture
async def live() -> AsyncIterator[SlackServer]:
    """On the machine's clock, by which Bolt judges how old a request is."""
    async with SlackServer(SystemClock()) as server:
        yield server


async def test_requests_are_signed_and_a_replay_is_the_same_bytes(live: SlackServer) -> None:
    heard: list[str] = []
    app = plain_app(live, AsyncWebClient(live.app.bot_token, live.api_url))

    @app.command("/headsup")
    async def typed(ack: Any, command: dict[str, Any]) -> None:
        heard.append(command["text"])
        await ack("Hello.")

    @app.event("team_join")
    async def joined(event: dict[str, Any]) -> None:
        heard.append(event["user"]["real_name"])

    tom = live.person("Tom Reed")
    async with over_http(app, live) as http:
        await tom.types("/headsup one & two")
        assert tom.reads() == ["Hello."]
        assert (await http.replay()).status == 200
        await tom.joins()
        assert heard == ["one & two", "one & two", "Tom Reed"]
        body = http.sent[0].body.decode()
        assert parse_qs(body)["text"] == ["one & two"], "a command is a form"
        old = http.sign(body, "application/x-www-form-urlencoded", at=live.time.now() - 301)
        assert (await http.post(old)).status == 401


async def test_an_event_that_fails_comes_again_and_says_so(slack: SlackServer, clock: Any) -> None:
    headers: list[tuple[str | None, str | None]] = []

    async def answer(request: web.Request) -> web.Response:
        said = await request.json()
        if said["type"] == "url_verification":
            return web.json_response({"challenge": said["challenge"]})
        headers.append((request.headers.get("X-Slack-Retry-Num"), request.headers.get("X-Slack-Retry-Reason")))
        return web.Response(status=200 if len(headers) == 3 else 500)

    site = web.Application()
    site.router.add_post("/slack/events", answer)
    async with over_http(site, slack):
        sent = await slack.person("Tom Reed").joins(wait=False)
        assert sent
        await slack.until(lambda: len(headers) == 1)
        clock.advance(timedelta(seconds=0))
        await slack.until(lambda: len(headers) == 2 and sent.attempts[1].failure)
        clock.advance(timedelta(seconds=60))
        await sent.settle()
    assert headers == [(None, None), ("1", "http_error"), ("2", "http_error")]


async def test_a_picture_goes_up_in_three_steps_and_can_be_taken_back(
    slack: SlackServer, client: AsyncWebClient
) -> None:
    tom = slack.person("Tom Reed")
    dm = slack.workspace.im(tom.id)
    await client.files_upload_v2(
        content=b"PNG", filename="week.png", title="The week", alt_txt="A rising line", channel=dm.id
    )
    (shown,) = tom.sees()
    assert [(one.data, one.title, one.alt) for one in shown.files] == [(b"PNG", "The week", "A rising line")]
    await client.files_delete(file=shown.files[0].id)
    assert tom.sees() == []
    assert (await refusal(client, "files.delete", file=shown.files[0].id))["error"] == "file_deleted"
    began = await client.files_getUploadURLExternal(filename="a.png", length=3)
    never_put = [{"id": began["file_id"]}]
    assert (await refusal(client, "files.completeUploadExternal", files=never_put))["error"] == "file_not_found"


async def test_no_block_can_show_a_file_that_is_not_there_yet_or_no_more(
    slack: SlackServer, client: AsyncWebClient, clock: SteppableClock
) -> None:
    """As those who tried it report: the upload is answered before it is over."""
    tom = slack.person("Tom Reed")
    slack.workspace.finishing = 3
    uploaded = await client.files_upload_v2(content=b"PNG", filename="week.png")
    image = {"type": "image", "slack_file": {"id": uploaded["file"]["id"]}, "alt_text": "A rising line"}
    said: Json = {"channel": tom.id, "text": "A rising line", "blocks": [image]}
    refused = await refusal(client, "chat.postMessage", **said)
    wrong = "invalid slack file [json-pointer:/blocks/0/slack_file]"
    assert (refused["error"], refused["errors"]) == ("invalid_blocks", [wrong])
    assert refused["response_metadata"]["messages"] == [f"[ERROR] {wrong}"]
    clock.advance(timedelta(seconds=3))
    await client.chat_postMessage(**said)
    await client.files_delete(file=uploaded["file"]["id"])
    assert (await refusal(client, "chat.postMessage", **said))["error"] == "invalid_blocks"


@pytest.mark.parametrize(("wrong", "posted"), [(Wrong.REQUEST_LOST, 0), (Wrong.RESET, 0), (Wrong.REPLY_LOST, 1)])
async def test_a_connection_ends_before_or_after_the_message_is_posted(
    slack: SlackServer, client: AsyncWebClient, wrong: Wrong, posted: int
) -> None:
    tom = slack.person("Tom Reed")
    fault = slack.faults.plant("chat.postMessage", wrong)
    with pytest.raises(ClientConnectionError):
        await client.chat_postMessage(channel=tom.id, text="hello")
    assert fault.happened == 1
    assert len(tom.reads()) == posted
    await client.chat_postMessage(channel=tom.id, text="hello")
    assert len(tom.reads()) == posted + 1


async def test_an_answer_can_be_an_error_or_a_limit(slack: SlackServer, client: AsyncWebClient) -> None:
    tom = slack.person("Tom Reed")
    slack.faults.plant("chat.*", Wrong.STATUS, status=503)
    slack.faults.plant("chat.*", Wrong.LIMITED, seconds=7)
    slack.faults.plant("chat.*", Wrong.DONE_ERROR, error="fatal_error")
    told = []
    for _ in range(3):
        with pytest.raises(SlackApiError) as error:
            await client.chat_postMessage(channel=tom.id, text="hello")
        answer = error.value.response
        told.append((answer.status_code, answer.headers.get("Retry-After")))
    assert told == [(503, None), (429, "7"), (200, None)]
    assert tom.reads() == ["hello"], "a fatal error says that it may have been done"


async def test_a_slow_answer_is_held_back_until_its_time(
    slack: SlackServer, client: AsyncWebClient, clock: Any
) -> None:
    tom = slack.person("Tom Reed")
    slack.faults.plant("chat.postMessage", Wrong.SLOW, seconds=20)
    waiting = asyncio.ensure_future(client.chat_postMessage(channel=tom.id, text="hello"))
    await slack.until(tom.reads)
    await client.auth_test()
    assert not waiting.done(), "another call has come and gone meanwhile"
    clock.advance(timedelta(seconds=20))
    assert (await waiting)["ok"]


async def test_an_uninstalled_app_is_told_and_its_token_is_good_for_nothing(live: SlackServer) -> None:
    heard: list[str] = []
    client = AsyncWebClient(live.app.bot_token, live.api_url)
    app = plain_app(live, client)

    @app.event("app_uninstalled")
    @app.event("tokens_revoked")
    async def told(event: dict[str, Any]) -> None:
        heard.append(event["type"])

    async with over_http(app, live):
        await client.auth_test()
        await live.uninstall()
        await live.until(lambda: len(heard) == 2)
    assert sorted(heard) == ["app_uninstalled", "tokens_revoked"]
    assert "account_inactive" in str((await refusal(client, "auth.test"))["error"])
    assert [one.payload["event"]["type"] for one in live.outlet.deliveries] == ["tokens_revoked", "app_uninstalled"]


async def test_on_a_grid_every_payload_names_the_enterprise() -> None:
    team = Team("T0GRID", "grid", "A trust", "E0TRUST", "The trust")
    async with SlackServer(team=team, app=App(bot_token="xoxb-grid")) as slack:
        tom = slack.person("Tom Reed")
        assert tom.id.startswith("W")
        typed, pressed = await tom.command("/headsup"), await tom.shortcut("help")
        told = await tom.joins(wait=False)
        assert told
        assert typed.payload["enterprise_id"] == "E0TRUST"
        assert pressed.payload["enterprise"] == {"id": "E0TRUST", "name": "The trust"}
        assert told.payload["authorizations"][0]["enterprise_id"] == "E0TRUST"


async def test_somebody_of_another_organisation_presses_in_the_apps_team_and_submits_in_their_own(
    slack: SlackServer, client: AsyncWebClient
) -> None:
    eve = slack.person("Eve Outside", external=True)
    shared = slack.channel("shared", eve, shared=True)
    block = {"type": "actions", "elements": [{"type": "button", "text": {"type": "plain_text", "text": "Yes"}}]}
    await client.chat_postMessage(channel=shared.id, text="Well?", blocks=[block])
    pressed = (await eve.press("Yes")).payload
    assert (pressed["team"]["id"], pressed["user"]["team_id"]) == (slack.team.id, ELSEWHERE)
    called = (await eve.shortcut("helpnow")).payload
    assert called["team"]["id"] == called["user"]["team_id"] == ELSEWHERE
    with pytest.raises(AssertionError, match="commands belong"):
        await eve.command("/headsup")

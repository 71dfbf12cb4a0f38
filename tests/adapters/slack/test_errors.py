"""What each of Slack's errors means for a letter: the table holds them all, and every way a call can fail is read."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from aiohttp import ClientSession, ClientTimeout
from slack_sdk.web.async_client import AsyncWebClient

import tests.slack
from adapters.slack.errors import MENDS, TABLE, UNCLEAR, Failed, read_failure
from bot.chat.outbound import Refused, Unclear, Why
from tests.slack.documented import DOCUMENTED
from tests.slack.faults import Wrong
from tests.slack.server import SlackServer
from tests.slack.web import METHODS

SERVER = Path(tests.slack.__file__).parent


@pytest.mark.parametrize("method", sorted(DOCUMENTED))
def test_every_documented_error_has_a_class(method: str) -> None:
    assert sorted(DOCUMENTED[method] - set(TABLE) - UNCLEAR) == []


def test_every_error_that_the_server_of_the_tests_knows_has_a_class() -> None:
    sources = [path.read_text() for path in SERVER.glob("*.py") if not path.name.startswith("test_")]
    named = {name for source in sources for name in re.findall(r'Refusal\("([a-z_]+)"', source)}
    assert len(named) > 40
    assert sorted(named - set(TABLE) - UNCLEAR) == []


def test_the_documented_methods_are_those_of_the_server_and_no_error_has_two_classes() -> None:
    assert set(METHODS) <= set(DOCUMENTED)
    assert not UNCLEAR & set(TABLE)


def test_what_the_operator_must_mend_says_how() -> None:
    assert [error for error, why in TABLE.items() if why is Why.FORBIDDEN and not MENDS.get(error)] == []


async def failed(client: AsyncWebClient) -> Failed:
    try:
        await client.chat_postMessage(channel="C0NOWHERE", text="secret words")
    except Exception as error:
        return read_failure("chat.postMessage", error)
    raise AssertionError("nothing went wrong")


async def outcome(client: AsyncWebClient) -> Refused | Unclear:
    return (await failed(client)).outcome


async def test_what_slack_names_is_looked_up(slack: SlackServer, client: AsyncWebClient) -> None:
    assert await outcome(client) == Refused(Why.GONE, "chat.postMessage: channel_not_found")
    slack.app.scopes -= {"chat:write"}
    refused = await failed(client)
    assert isinstance(refused.outcome, Refused)
    assert (refused.outcome.why, refused.needed) == (Why.FORBIDDEN, "chat:write")
    assert "missing_scope (chat:write); add the scope" in refused.outcome.says


async def test_slow_down_says_for_how_long(slack: SlackServer, client: AsyncWebClient) -> None:
    slack.faults.plant("chat.postMessage", Wrong.LIMITED, seconds=42)
    slowed = await outcome(client)
    assert slowed == Refused(Why.SLOW_DOWN, "chat.postMessage: ratelimited", timedelta(seconds=42))


@pytest.mark.parametrize("wrong", [Wrong.REQUEST_LOST, Wrong.REPLY_LOST, Wrong.RESET])
async def test_a_broken_connection_is_unclear(slack: SlackServer, client: AsyncWebClient, wrong: Wrong) -> None:
    slack.faults.plant("chat.postMessage", wrong)
    assert isinstance(await outcome(client), Unclear)


@pytest.mark.parametrize("error", ["fatal_error", "internal_error", "service_unavailable", "something_new"])
async def test_what_may_have_been_done_all_the_same_is_unclear(
    slack: SlackServer, client: AsyncWebClient, error: str
) -> None:
    slack.faults.plant("chat.postMessage", Wrong.DONE_ERROR, error=error)
    assert await outcome(client) == Unclear(f"chat.postMessage: {error}")


async def test_a_page_of_html_is_unclear_after_a_5xx_and_a_refusal_after_a_4xx(
    slack: SlackServer, client: AsyncWebClient
) -> None:
    slack.faults.plant("chat.postMessage", Wrong.STATUS, status=502)
    assert await outcome(client) == Unclear("chat.postMessage: HTTP 502")
    slack.faults.plant("chat.postMessage", Wrong.STATUS, status=403)
    refused = await outcome(client)
    assert isinstance(refused, Refused)
    assert refused.why is Why.FORBIDDEN
    assert "slack.base_url" in refused.says


async def test_whoever_is_not_there_is_tried_later(slack: SlackServer) -> None:
    async with ClientSession() as session:
        nobody = AsyncWebClient("xoxb-secret", "http://127.0.0.1:9/api/", session=session, retry_handlers=[])
        refused = await outcome(nobody)
    assert isinstance(refused, Refused)
    assert refused.why is Why.TRY_LATER
    assert "secret" not in refused.says


async def test_an_answer_that_does_not_come_is_unclear(slack: SlackServer) -> None:
    slack.faults.plant("chat.postMessage", Wrong.SLOW, seconds=60)
    async with ClientSession(timeout=ClientTimeout(total=0.2)) as session:
        client = AsyncWebClient(slack.app.bot_token, slack.api_url, session=session, retry_handlers=[])
        assert isinstance(await outcome(client), Unclear)


def test_our_own_mistakes_are_not_taken_for_slacks() -> None:
    with pytest.raises(KeyError):
        read_failure("chat.postMessage", KeyError("ours"))

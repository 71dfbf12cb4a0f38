"""What each of Discord's errors means for a letter: the table holds them all, and every way a call can fail is read.

What fails here fails in the library itself: its own client asks a small server that answers as it is told to.
"""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import discord
import pytest
from aiohttp import ClientError, ClientSession, InvalidURL, web
from aiohttp.test_utils import unused_port
from discord.http import HTTPClient, Route

from adapters.discord.errors import CLOSES, MENDS, NO_DIRECT_MESSAGES, TABLE, TOO_MANY_OPENED, Failed, read_failure
from bot.chat.outbound import Refused, Unclear, Why
from tests.adapters.discord.documented import CODES

SECRET = "zqcanary0"


def test_every_documented_code_has_a_class() -> None:
    assert sorted(CODES - set(TABLE)) == []
    assert sorted(set(TABLE) - CODES) == [20026], "met in practice, and documented nowhere"


def test_what_the_operator_must_mend_says_how() -> None:
    assert [code for code, why in TABLE.items() if why is Why.FORBIDDEN and not MENDS.get(code)] == []
    assert all(CLOSES.values())


USER = {"id": "1", "username": "headsup", "discriminator": "0", "avatar": None, "bot": True}
Told = tuple[int, object, dict[str, str]]


@asynccontextmanager
async def answering(told: Told | None) -> AsyncIterator[str]:
    """A server that knows the bot, and answers all else as it is told; without that it hangs up."""
    status, body, headers = told or (0, "", {})

    async def answer(request: web.Request) -> web.Response:
        if request.path.endswith("/users/@me"):
            return web.json_response(USER)
        if not status:
            assert request.transport
            request.transport.close()
        kind = "text/html" if isinstance(body, str) else "application/json"
        said = (body if isinstance(body, str) else json.dumps(body)).encode()
        return web.Response(status=status or 200, body=said, headers=headers | {"Content-Type": kind})

    app = web.Application()
    app.router.add_route("*", "/{rest:.*}", answer)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port := unused_port()).start()
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        await runner.cleanup()


async def failed(monkeypatch: pytest.MonkeyPatch, told: Told | None) -> Failed:
    client = HTTPClient(asyncio.get_running_loop(), max_ratelimit_timeout=30)
    async with answering(told) as base:
        monkeypatch.setattr(Route, "BASE", base)
        await client.static_login("token")
        try:
            route = Route("POST", "/channels/{channel_id}/messages", channel_id=5)
            await client.request(route, json={"content": SECRET})
        except Exception as error:
            return read_failure("say", error)
        finally:
            await client.close()
    raise AssertionError("nothing went wrong")


def error(code: int, status: int = 400) -> Told:
    return status, {"code": code, "message": SECRET, "errors": {"content": {"_errors": [{"message": SECRET}]}}}, {}


REFUSED: list[tuple[Told, Why, int]] = [
    (error(10003, 404), Why.GONE, 10003),
    (error(TOO_MANY_OPENED), Why.CLOSED, TOO_MANY_OPENED),
    (error(TOO_MANY_OPENED, 403), Why.CLOSED, TOO_MANY_OPENED),
    (error(TOO_MANY_OPENED, 429), Why.CLOSED, TOO_MANY_OPENED),
    (error(NO_DIRECT_MESSAGES, 403), Why.CLOSED, NO_DIRECT_MESSAGES),
    (error(50278, 403), Why.CLOSED, 50278),
    (error(50013, 403), Why.FORBIDDEN, 50013),
    (error(50035), Why.MALFORMED, 50035),
    (error(99999), Why.MALFORMED, 99999),
    (error(99999, 403), Why.FORBIDDEN, 99999),
    (error(99999, 404), Why.GONE, 99999),
    (error(0, 401), Why.FORBIDDEN, 0),
    (error(0, 404), Why.FORBIDDEN, 0),
    (error(130000, 403), Why.TRY_LATER, 130000),
    ((403, "<html>who are you</html>", {}), Why.FORBIDDEN, 0),
]


@pytest.mark.parametrize(("told", "why", "code"), REFUSED)
async def test_what_discord_refuses_was_not_done(
    monkeypatch: pytest.MonkeyPatch, told: Told, why: Why, code: int
) -> None:
    found = await failed(monkeypatch, told)
    assert isinstance(found.outcome, Refused)
    assert (found.outcome.why, found.code, found.status) == (why, code, told[0])
    assert SECRET not in str(found) + repr(found.outcome)


async def test_a_wait_is_as_long_as_discord_says(monkeypatch: pytest.MonkeyPatch) -> None:
    """Above what the library waits by itself; and where something before Discord says so."""
    limited = {"message": "You are being rate limited.", "retry_after": 64.57, "global": False}
    found = await failed(monkeypatch, (429, limited, {"Via": "1.1 google"}))
    assert found.outcome == Refused(Why.SLOW_DOWN, "say: told to wait", timedelta(seconds=64.57))
    blocked = await failed(monkeypatch, (429, "<html>", {"Retry-After": "120"}))
    assert blocked.outcome == Refused(Why.SLOW_DOWN, "say: HTTP 429", timedelta(minutes=2))
    for odd in ("", "soon", "-5", "inf", "nan", "99999999"):
        assert (await failed(monkeypatch, (429, "<html>", {"Retry-After": odd}))).outcome == Refused(
            Why.SLOW_DOWN, "say: HTTP 429"
        )


@pytest.mark.parametrize("told", [(503, "", {}), (408, "", {}), None])
async def test_where_nobody_knows_it_is_unclear(monkeypatch: pytest.MonkeyPatch, told: Told | None) -> None:
    found = await failed(monkeypatch, told)
    assert isinstance(found.outcome, Unclear)


async def test_where_nobody_listens_nothing_was_done() -> None:
    async with ClientSession() as session:
        with pytest.raises(ClientError) as refusal:
            await session.get(f"http://127.0.0.1:{unused_port()}")
    found = read_failure("say", refusal.value).outcome
    assert found == Refused(Why.TRY_LATER, "say: Discord cannot be reached (ClientConnectorError)")


@pytest.mark.parametrize(
    ("raised", "outcome"),
    [
        (InvalidURL("discord"), Refused(Why.FORBIDDEN, "say: discord.base_url is no address")),
        (TimeoutError(), Unclear("say: TimeoutError")),
        (ConnectionResetError(SECRET), Unclear("say: ConnectionResetError")),
        (discord.InvalidData(SECRET), Unclear("say: InvalidData")),
    ],
)
def test_every_other_end_has_its_meaning(raised: Exception, outcome: Refused | Unclear) -> None:
    assert read_failure("say", raised).outcome == outcome


def test_what_closes_a_connection_for_good_says_what_mends_it() -> None:
    class Socket:
        close_code = 4014

    closed = read_failure("listen", discord.ConnectionClosed(Socket(), shard_id=None))  # type: ignore[arg-type]
    assert (closed.code, closed.outcome) == (4014, Refused(Why.FORBIDDEN, f"listen: closed with 4014; {CLOSES[4014]}"))
    again = read_failure("listen", discord.ConnectionClosed(Socket(), shard_id=None, code=4009))  # type: ignore[arg-type]
    assert isinstance(again.outcome, Unclear)
    for fatal in (discord.LoginFailure(SECRET), discord.PrivilegedIntentsRequired(None)):
        outcome = read_failure("listen", fatal).outcome
        assert isinstance(outcome, Refused)
        assert outcome.why is Why.FORBIDDEN
        assert SECRET not in outcome.says


def test_a_fault_of_ours_is_not_taken_for_one_of_discords() -> None:
    with pytest.raises(KeyError):
        read_failure("say", KeyError("x"))

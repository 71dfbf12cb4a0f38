"""Slack over HTTP: what is signed is heard, whatever else comes is not."""

import json
from collections.abc import AsyncIterator
from datetime import timedelta
from io import BytesIO
from socket import socket
from urllib.parse import urlencode

import pytest
from aiohttp import ClientSession

from adapters.slack.platform import SlackPlatform
from bot.chat.command import Tree
from bot.chat.inbound import Pressed, Used
from bot.chat.outbound import Reply
from bot.chat.view import Button, Buttons, View
from bot.core.errors import OperatorError
from tests.adapters.scripted import words
from tests.adapters.slack.stage import Stage, staged
from tests.slack.http_way import Http, Signed
from tests.slack.person import Person

FORM = "application/x-www-form-urlencoded"


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    async with staged() as opened:
        yield opened


@pytest.fixture
async def tom(stage: Stage) -> Person:
    tom = stage.slack.person("Tom Reed")
    await stage.start(is_http=True, app_token="", signing_secret=stage.slack.app.signing_secret)
    return tom


def http(stage: Stage) -> Http:
    assert stage.slack.http
    return stage.slack.http


def command(stage: Stage, tom: Person) -> Signed:
    """What Slack sends when somebody types a command, signed as it signs now."""
    team = stage.slack.team.id
    said = {"command": "/headsup", "text": "pause", "team_id": team, "user_id": tom.id, "trigger_id": "1.2"}
    return http(stage).sign(urlencode(said), FORM)


async def test_a_port_that_is_taken_is_said_with_what_mends_it(stage: Stage) -> None:
    with socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        platform = SlackPlatform(stage.settings(is_http=True, signing_secret="s", port=port), stage.clock)
        with pytest.raises(OperatorError, match=f"127.0.0.1:{port}.*slack.port"):
            await platform.run(stage.script)


async def test_commands_presses_and_events_are_heard_and_answered(stage: Stage, tom: Person) -> None:
    stage.script.answers["headsup checkin"] = Reply(View((Buttons((Button("We talked", "talked~1"),)),)))
    stage.script.answers["talked~1"] = Reply(replace=words("You talked."))
    stage.script.answers["typed"] = Reply(words("I’m a bot."))
    await tom.types("/headsup checkin")
    await tom.press("We talked")
    await stage.settled()
    assert tom.draws() == ["You talked."]
    await tom.says("hello")
    await stage.settled()
    assert tom.draws()[-1] == "I’m a bot."
    assert stage.script.heard[1].what == Pressed("talked~1")


async def test_a_command_in_whose_words_payload_stands_is_a_command(stage: Stage, tom: Person) -> None:
    """Bolt takes it for an interaction without any."""
    await tom.types("/headsup block payload smith")
    assert [one.what for one in stage.script.heard] == [Used(Tree.MEMBER, "block payload smith")]


async def test_what_is_not_signed_or_signed_long_ago_is_refused(stage: Stage, tom: Person) -> None:
    way = http(stage)
    body = urlencode({"command": "/headsup", "team_id": "T0NETWORK", "user_id": tom.id, "trigger_id": "1.2"})
    signed = way.sign(body, FORM)
    old = way.sign(body, FORM, at=stage.slack.time.now() - 3600)
    forged = Signed(body.encode(), signed.headers | {"X-Slack-Signature": "v0=" + "0" * 64})
    other = Signed(body.replace(tom.id, "U0OTHER").encode(), signed.headers)
    times = [{"X-Slack-Request-Timestamp": time} for time in ("soon", "9" * 400, "9" * 5000)]
    odd = [*times, {"X-Slack-Signature": "v0=é"}]
    odd_ones = [Signed(body.encode(), signed.headers | each) for each in odd]
    for each in (old, forged, other, Signed(body.encode(), {"Content-Type": FORM}), *odd_ones):
        assert (await way.post(each)).status == 401
    assert stage.script.heard == []


def refusals(caplog: pytest.LogCaptureFixture) -> list[str]:
    """What the log said of them since it was last asked."""
    said = [record.getMessage() for record in caplog.records if "was refused" in record.getMessage()]
    caplog.clear()
    return said


async def test_why_nobody_is_heard_is_said_once_with_what_mends_it_until_something_is_good_again(
    stage: Stage, tom: Person, caplog: pytest.LogCaptureFixture
) -> None:
    way, app, secret = http(stage), stage.slack.app, stage.slack.app.signing_secret

    async def refuse(at: float | None = None, without: str = "") -> list[str]:
        signed = way.sign("text=zqprivate", FORM, at=at)
        kept = {name: value for name, value in signed.headers.items() if name != without}
        assert (await way.post(Signed(signed.body, kept))).status == 401
        stage.clock.advance(timedelta(minutes=1))
        return refusals(caplog)

    app.signing_secret = "somebody-elses"
    (said,) = await refuse()
    for told in ("slack.signing_secret", "App Credentials", "HEADSUP_SLACK__SIGNING_SECRET_FILE", "restart HeadsUp"):
        assert told in said
    assert await refuse() == []
    app.signing_secret = secret
    for off in (-301, 301):
        said = "".join(await refuse(at=stage.slack.time.now() + off))
        assert ("timedatectl" in said) is (off < 0), "once"
    (said,) = await refuse(without="X-Slack-Signature")
    assert "unchanged" in said
    await tom.types("/headsup pause")
    app.signing_secret = "somebody-elses"
    (said,) = await refuse()
    assert "slack.signing_secret" in said
    assert "zqprivate" not in said


async def test_of_what_is_refused_the_log_says_one_line_a_minute(
    stage: Stage, tom: Person, caplog: pytest.LogCaptureFixture
) -> None:
    way = http(stage)
    unsigned = Signed(b"{}", {"Content-Type": FORM})

    async def alternating(times: int) -> int:
        """Good ones and bad ones, within the same minute."""
        for _ in range(times):
            assert (await way.post(unsigned)).status == 401
            await tom.types("/headsup pause")
        return len(refusals(caplog))

    assert await alternating(3) == 1
    stage.clock.advance(timedelta(seconds=59))
    assert await alternating(3) == 0
    stage.clock.advance(timedelta(seconds=1))
    assert await alternating(3) == 1
    stage.clock.advance(timedelta(hours=-2))
    assert await alternating(3) == 1, "the clock was set right meanwhile"


async def test_while_the_signing_secret_changes_both_are_taken_and_no_third(stage: Stage) -> None:
    tom, app = stage.slack.person("Tom Reed"), stage.slack.app
    before, after = app.signing_secret, "the-next-signing-secret"
    await stage.start(is_http=True, app_token="", signing_secret=after, old_signing_secret=before)
    await tom.types("/headsup pause")
    app.signing_secret = after
    await tom.types("/headsup back")
    assert [one.what for one in stage.script.heard] == [Used(Tree.MEMBER, "pause"), Used(Tree.MEMBER, "back")]
    for secret in ("", "somebody-elses"):
        app.signing_secret = secret
        assert (await http(stage).post(command(stage, tom))).status == 401
    await stage.stop()
    stage.script.heard.clear()
    app.signing_secret = after
    await stage.start(is_http=True, app_token="", signing_secret=after)
    app.signing_secret = before
    assert (await http(stage).post(command(stage, tom))).status == 401, "the old one is done with"
    assert stage.script.heard == []


async def test_without_a_signing_secret_nothing_is_listened_for(stage: Stage) -> None:
    """An empty key signs as well as any, and everybody knows it."""
    platform = SlackPlatform(stage.settings(is_http=True, app_token="", old_signing_secret="s"), stage.clock)
    with pytest.raises(OperatorError, match=r"slack\.signing_secret"):
        await platform.run(stage.script)


async def test_the_same_signed_body_twice_has_the_same_key(stage: Stage, tom: Person) -> None:
    await tom.types("/headsup pause")
    await http(stage).replay()
    first, second = stage.script.heard
    assert first.key == second.key


async def test_what_is_huge_or_no_json_is_refused_and_nothing_falls_over(stage: Stage, tom: Person) -> None:
    way = http(stage)
    huge = way.sign("x" * 1_100_000, FORM)
    async with (
        ClientSession() as session,
        session.post(way.url, data=BytesIO(huge.body), headers=huge.headers) as answer,
    ):
        assert answer.status == 413
    for body in (
        "{",
        "payload={",
        "[]",
        "payload=%5B%5D",
        "payload=7",
        json.dumps({"type": "event_callback", "event": 7}),
    ):
        said = await way.post(way.sign(body, "application/json" if body[0] in "{[" else FORM))
        assert said.status == 200, body
    assert stage.script.heard == []
    await tom.types("/headsup pause")
    assert len(stage.script.heard) == 1

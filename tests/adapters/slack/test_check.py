"""`headsup check` on Slack: each thing that is not well is found, with the click that mends it; nobody sees a thing."""

from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from typing import Any

import pytest

from adapters.slack.check import look
from adapters.slack.settings import SlackSettings
from bot.core.feature import Finding
from scheduler.clocks import SystemClock
from tests.adapters.slack.installed import installed
from tests.slack.faults import Wrong
from tests.slack.server import SlackServer


@pytest.fixture
async def slack() -> AsyncIterator[SlackServer]:
    async with SlackServer(app=installed()) as server:
        yield server


def settings(slack: SlackServer, **more: Any) -> SlackSettings:
    app = slack.app
    named = {name: slack.channel(name, private=True).id for name in ("organisers", "events", "news")}
    channels = named | more.pop("channels", {})
    given: dict[str, Any] = {
        "workspaces": (slack.team.id,),
        "bot_token": app.bot_token,
        "app_token": app.app_token,
        "base_url": slack.api_url,
        "channels": {name: id for name, id in channels.items() if id},
    }
    return SlackSettings(**(given | more))


async def test_an_app_made_from_the_manifest_is_well(slack: SlackServer) -> None:
    assert await look(settings(slack), SystemClock()) == []
    http = settings(slack, is_http=True, app_token="", signing_secret="secret")
    assert await look(http, SystemClock()) == []
    assert seen(slack) == []


def seen(slack: SlackServer) -> list[str]:
    """What anybody can see of it: nothing that is for the app's own eyes."""
    return [one.text for one in slack.posted() if one.reader != slack.app.user]


Spoil = Callable[[SlackServer], dict[str, Any]]


def revoked(slack: SlackServer) -> dict[str, Any]:
    slack.app.token_error = "token_revoked"
    return {}


def fewer_rights(slack: SlackServer) -> dict[str, Any]:
    slack.app.scopes -= {"files:write"}
    return {}


def more_rights(slack: SlackServer) -> dict[str, Any]:
    slack.app.scopes |= {"mpim:history"}
    return {}


def other_app_token(slack: SlackServer) -> dict[str, Any]:
    slack.app.app_scopes = frozenset()
    return {}


def uninvited(slack: SlackServer) -> dict[str, Any]:
    return {"channels": {"organisers": slack.channel("organisers", app=False, private=True).id}}


def outside(slack: SlackServer) -> dict[str, Any]:
    return {"channels": {"organisers": slack.channel("organisers", app=False).id}}


def archived(slack: SlackServer) -> dict[str, Any]:
    closed = slack.channel("organisers")
    closed.archived = True
    return {"channels": {"organisers": closed.id}}


def one_of_two(slack: SlackServer) -> dict[str, Any]:
    staff = slack.channel("staff", app=False)
    return {"channels": {"organisers": slack.channel("organisers", private=True).id, "staff": staff.id}}


def read_only(slack: SlackServer) -> dict[str, Any]:
    slack.faults.plant("chat.postEphemeral", Wrong.ERROR, error="restricted_action_read_only_channel")
    return {}


def without_home(slack: SlackServer) -> dict[str, Any]:
    slack.app.home_tab = False
    return {}


def broken(slack: SlackServer) -> dict[str, Any]:
    slack.faults.plant("auth.test", Wrong.STATUS)
    return {}


CASES: list[tuple[Spoil, str, str, str]] = [
    (lambda slack: {"bot_token": ""}, "slack.bot_token", "no bot token", "HEADSUP_SLACK__BOT_TOKEN_FILE"),
    (lambda slack: {"bot_token": "xoxb-else"}, "slack.bot_token", "invalid_auth", "Bot User OAuth Token"),
    (revoked, "slack.bot_token", "token_revoked", "Install App"),
    (lambda slack: {"workspaces": ("T0OTHER",)}, "slack.workspaces", "T0NETWORK", 'workspaces = ["T0NETWORK"]'),
    (fewer_rights, "slack.bot_token", "files:write: to hand somebody", "headsup manifest slack"),
    (more_rights, "slack.bot_token", "mpim:history", "Reinstall"),
    (lambda slack: {"app_token": ""}, "slack.app_token", "no app-level token", "connections:write"),
    (lambda slack: {"app_token": "xapp-else"}, "slack.app_token", "invalid_auth", "App-Level Tokens"),
    (other_app_token, "slack.app_token", "missing_scope (connections:write)", "connections:write"),
    (lambda slack: {"is_http": True}, "slack.signing_secret", "no signing secret", "Signing Secret"),
    (lambda slack: {"channels": {"events": ""}}, "slack.channels.events", "in no channel", "events = "),
    (lambda slack: {"channels": {"news": ""}}, "slack.channels.news", "in no channel", "/invite @HeadsUp"),
    (lambda slack: {"channels": {"organisers": ""}}, "slack.channels.organisers", "no channel", "/invite @HeadsUp"),
    (uninvited, "slack.channels.organisers", "cannot see", "/invite @HeadsUp"),
    (outside, "slack.channels.organisers", "is not in that channel", "/invite @HeadsUp"),
    (archived, "slack.channels.organisers", "is archived", "Unarchive channel"),
    (one_of_two, "slack.channels.staff", "is not in that channel", "/invite @HeadsUp"),
    (read_only, "slack.channels.organisers", "only some people may write", "Posting permissions"),
    (without_home, "slack.home", "no Home tab", "under App Home"),
    (broken, "slack.bot_token", "HTTP 503", "slack.base_url"),
    (lambda slack: {"base_url": "http://127.0.0.1:9/"}, "slack.bot_token", "cannot be reached", "slack.base_url"),
]


@pytest.mark.parametrize(("spoil", "where", "says", "mend"), CASES)
async def test_what_is_not_well_is_found_alone(
    slack: SlackServer, spoil: Spoil, where: str, says: str, mend: str
) -> None:
    found = await look(settings(slack, **spoil(slack)), SystemClock())
    assert [one.where for one in found] == [where]
    assert says in found[0].says
    assert mend in found[0].mend
    assert "xoxb" not in found[0].says
    assert seen(slack) == []


async def test_nobodys_home_is_touched(slack: SlackServer) -> None:
    anna = slack.person("Anna Ford")
    assert await look(settings(slack), SystemClock(), anna.id) == []
    before = slack.workspace.homes[anna.id].hash
    assert await look(settings(slack), SystemClock(), anna.id) == []
    assert slack.workspace.homes[anna.id].hash == before
    slack.app.home_tab = False
    assert [one.where for one in await look(settings(slack), SystemClock(), anna.id)] == ["slack.home"]


async def test_that_slack_does_not_like_how_it_was_asked_is_no_finding(slack: SlackServer) -> None:
    """Whether an app may write to itself alone, or have a home of its own, Slack's documentation does not say."""
    slack.faults.plant("chat.postEphemeral", Wrong.ERROR, error="user_not_found")
    slack.faults.plant("views.publish", Wrong.ERROR, error="invalid_arguments")
    assert await look(settings(slack), SystemClock()) == []


@pytest.mark.parametrize(("by", "says"), [(timedelta(hours=1), "60 minutes ahead of"), (-timedelta(hours=1), "behind")])
async def test_a_clock_that_is_off_is_found(slack: SlackServer, by: timedelta, says: str) -> None:
    class Off(SystemClock):
        def now(self) -> Any:
            return super().now() + by

    found: list[Finding] = await look(settings(slack), Off())
    assert [one.where for one in found] == ["clock"]
    assert says in found[0].says

"""The methods that only tell, and what an app's set-up allows: each in Slack's shape."""

from datetime import timedelta

from slack_sdk.web.async_client import AsyncWebClient

from scheduler.clocks import SteppableClock
from tests.slack.model import Kind
from tests.slack.server import SlackServer
from tests.slack.test_server_blocks import section
from tests.slack.test_server_refusals import refusal


async def test_who_somebody_is(slack: SlackServer, client: AsyncWebClient) -> None:
    tom = slack.person("Tom Reed", tz="Europe/Berlin", locale="de-DE", email="tom@example.org", display_name="Tommy")
    user = (await client.users_info(user=tom.id, include_locale=True))["user"]
    assert (user["real_name"], user["profile"]["display_name"], user["locale"]) == ("Tom Reed", "Tommy", "de-DE")
    assert (user["tz"], user["tz_offset"]) == ("Europe/Berlin", 3600)
    assert "email" not in user["profile"], "that needs a scope of its own"
    stranger = slack.person("Stranger", external=True)
    assert (await refusal(client, "users.info", user=stranger.id))["error"] == "user_not_found"
    slack.channel("shared", stranger, shared=True)
    met = (await client.users_info(user=stranger.id))["user"]
    assert (met["is_stranger"], met["team_id"] == slack.team.id) == (False, False), "no stranger to the app any more"


async def test_what_conversations_there_are(slack: SlackServer, client: AsyncWebClient) -> None:
    tom, ann = slack.person("Tom Reed"), slack.person("Ann Bell")
    staff, hidden = slack.channel("staff", tom), slack.channel("hidden", ann, app=False, private=True)
    opened = await client.conversations_open(users=[tom.id, ann.id])
    listed = await client.conversations_list(types="public_channel,mpim")
    assert {one["id"] for one in listed["channels"]} == {staff.id, opened["channel"]["id"]}
    shown = (await client.conversations_info(channel=opened["channel"]["id"]))["channel"]
    assert shown["is_mpim"]
    assert (await client.conversations_members(channel=staff.id))["members"] == [tom.id, slack.app.user]
    assert (await refusal(client, "conversations.info", channel=hidden.id))["error"] == "channel_not_found"
    assert (await refusal(client, "conversations.list", types="private_channel,all"))["error"] == "invalid_types"


async def test_where_a_message_is_and_that_it_is_pinned_once(slack: SlackServer, client: AsyncWebClient) -> None:
    staff = slack.channel("staff", slack.person("Tom Reed"))
    ts = str((await client.chat_postMessage(channel=staff.id, text="hello"))["ts"])
    link = (await client.chat_getPermalink(channel=staff.id, message_ts=ts))["permalink"]
    assert link == f"https://heads.slack.com/archives/{staff.id}/p{ts.replace('.', '')}"
    await client.pins_add(channel=staff.id, timestamp=ts)
    assert (await refusal(client, "pins.add", channel=staff.id, timestamp=ts))["error"] == "already_pinned"
    assert staff.messages[0].pinned


async def test_what_the_workspace_and_the_app_are(slack: SlackServer, client: AsyncWebClient) -> None:
    assert (await client.team_info())["team"]["domain"] == "heads"
    assert (await client.bots_info(bot=slack.app.bot))["bot"]["app_id"] == slack.app.id
    assert (await refusal(client, "chat.sing"))["error"] == "unknown_method"


async def test_tabs_that_are_off_and_edits_that_come_too_late(
    slack: SlackServer, client: AsyncWebClient, clock: SteppableClock
) -> None:
    tom = slack.person("Tom Reed")
    sent = await client.chat_postMessage(channel=tom.id, text="hello")
    slack.workspace.edit_window = 60
    clock.advance(timedelta(seconds=61))
    late = {"channel": sent["channel"], "ts": sent["ts"], "text": "again"}
    assert (await refusal(client, "chat.update", **late))["error"] == "edit_window_closed"
    slack.app.home_tab = slack.app.messages_tab = False
    assert (await refusal(client, "chat.postMessage", channel=tom.id, text="x"))["error"] == "messages_tab_disabled"
    home = {"type": "home", "blocks": [section()]}
    assert (await refusal(client, "views.publish", user_id=tom.id, view=home))["error"] == "not_enabled"


async def test_an_app_hears_only_what_it_may_and_what_it_used_is_known(
    slack: SlackServer, client: AsyncWebClient
) -> None:
    tom = slack.person("Tom Reed")
    theirs, ours = slack.channel("theirs", app=False), slack.channel("ours")
    assert await tom.joins_channel(theirs, wait=False) is None, "the app is not there"
    assert await tom.joins_channel(ours, wait=False)
    await client.chat_postMessage(channel=ours.id, text="Welcome.")
    assert slack.workspace.scopes_used == {"channels:read", "chat:write"}
    slack.app.scopes = frozenset()
    assert await tom.joins(wait=False) is None
    slack.app.events |= {"message.mpim"}
    circle = slack.workspace.mpim([tom.id])
    assert circle.kind is Kind.MPIM
    assert await tom.says("between us", circle, wait=False) is None

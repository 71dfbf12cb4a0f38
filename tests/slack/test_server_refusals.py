"""What Slack refuses: tokens, scopes, conversations and people that are not there, contents that are too much."""

from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from tests.slack.model import Json, Kind
from tests.slack.server import SlackServer


async def refusal(client: AsyncWebClient, method: str, **arguments: Any) -> Json:
    """The answer to a call that is refused."""
    with pytest.raises(SlackApiError) as error:
        await client.api_call(method, json=arguments)
    assert isinstance(error.value.response.data, dict)
    return error.value.response.data


async def test_the_answer_says_who_the_token_is_and_what_it_may(slack: SlackServer, client: AsyncWebClient) -> None:
    answer = await client.auth_test()
    assert (answer["user_id"], answer["team_id"]) == (slack.app.user, slack.team.id)
    assert "chat:write" in answer.headers["x-oauth-scopes"].split(",")


@pytest.mark.parametrize(
    ("token", "error"), [("", "not_authed"), ("xoxb-forged", "invalid_auth"), ("the app's", "not_allowed_token_type")]
)
async def test_a_token_that_is_none(slack: SlackServer, token: str, error: str) -> None:
    client = AsyncWebClient(slack.app.app_token if token == "the app's" else token, slack.api_url)
    assert (await refusal(client, "chat.postMessage"))["error"] == error


@pytest.mark.parametrize("error", ["token_revoked", "account_inactive"])
async def test_a_token_that_was_taken_back(slack: SlackServer, client: AsyncWebClient, error: str) -> None:
    slack.app.token_error = error
    assert (await refusal(client, "auth.test"))["error"] == error


async def test_a_scope_that_was_not_granted_is_named(slack: SlackServer, client: AsyncWebClient) -> None:
    slack.app.scopes = frozenset({"chat:write"})
    tom, ann = slack.person("Tom Reed"), slack.person("Ann Bell")
    assert (await refusal(client, "users.list"))["needed"] == "users:read"
    assert (await refusal(client, "conversations.open", users=tom.id))["needed"] == "im:write"
    told = await refusal(client, "conversations.open", users=f"{tom.id},{ann.id}")
    assert (told["error"], told["needed"], told["provided"]) == ("missing_scope", "mpim:write", "chat:write")


async def test_what_a_group_writes_cannot_be_read_without_its_own_scope(
    slack: SlackServer, client: AsyncWebClient
) -> None:
    tom, ann = slack.person("Tom Reed"), slack.person("Ann Bell")
    opened = await client.conversations_open(users=[tom.id, ann.id])
    circle = slack.workspace.channels[opened["channel"]["id"]]
    assert circle.kind is Kind.MPIM
    await tom.says("between us", circle)
    assert slack.outlet.deliveries == [], "nor is the app told of it"
    assert (await refusal(client, "conversations.history", channel=circle.id))["needed"] == "mpim:history"
    assert ann.reads(circle) == ["between us"]


async def test_conversations_that_cannot_be_written_to(slack: SlackServer, client: AsyncWebClient) -> None:
    tom = slack.person("Tom Reed")
    theirs = slack.channel("theirs", tom, app=False)
    secret = slack.channel("secret", tom, app=False, private=True)
    closed = slack.channel("closed", tom)
    closed.archived = True
    told = {
        name: (await refusal(client, "chat.postMessage", channel=channel, text="hello"))["error"]
        for name, channel in {"none": "C0NONE", "theirs": theirs.id, "secret": secret.id, "closed": closed.id}.items()
    }
    assert told == {
        "none": "channel_not_found",
        "theirs": "not_in_channel",
        "secret": "channel_not_found",
        "closed": "is_archived",
    }
    await client.conversations_join(channel=theirs.id)
    await client.chat_postMessage(channel=theirs.id, text="hello")
    assert tom.reads(theirs) == ["hello"]


async def test_people_who_cannot_be_written_to(slack: SlackServer, client: AsyncWebClient) -> None:
    gone = slack.person("Gone Away", deleted=True)
    robot = slack.person("Robot", bot=True)
    stranger = slack.person("Stranger", external=True)
    crowd = ",".join(slack.person(f"Head {number}").id for number in range(9))
    named = {"nobody": "U0NOBODY", "gone": gone.id, "robot": robot.id, "stranger": stranger.id, "crowd": crowd}
    told = {name: (await refusal(client, "conversations.open", users=who))["error"] for name, who in named.items()}
    assert told == {
        "nobody": "user_not_found",
        "gone": "user_disabled",
        "robot": "cannot_dm_bot",
        "stranger": "invalid_user_combination",
        "crowd": "too_many_users",
    }


async def test_messages_that_cannot_be_changed(slack: SlackServer, client: AsyncWebClient) -> None:
    tom = slack.person("Tom Reed")
    await tom.says("mine", wait=False)
    dm = slack.workspace.im(tom.id)
    change: dict[str, Any] = {"channel": dm.id, "text": "yours"}
    assert (await refusal(client, "chat.update", ts=tom.sees()[0].ts, **change))["error"] == "cant_update_message"
    assert (await refusal(client, "chat.update", ts="1.000000", **change))["error"] == "message_not_found"
    assert (await refusal(client, "chat.delete", ts=tom.sees()[0].ts, channel=dm.id))["error"] == "cant_delete_message"


async def test_the_same_people_have_one_conversation_for_ever(slack: SlackServer, client: AsyncWebClient) -> None:
    tom, ann = slack.person("Tom Reed"), slack.person("Ann Bell")
    first = await client.conversations_open(users=[tom.id, ann.id])
    again = await client.conversations_open(users=[ann.id, tom.id])
    assert first["channel"]["id"] == again["channel"]["id"]
    assert again["already_open"]
    alone = await client.conversations_open(users=tom.id)
    posted = await client.chat_postMessage(channel=tom.id, text="hello")
    assert alone["channel"]["id"] == posted["channel"]


async def test_people_are_listed_by_pages_and_must_be_where_there_are_many(
    slack: SlackServer, client: AsyncWebClient
) -> None:
    for number in range(250):
        slack.person(f"Head {number}", guest=number == 7, deleted=number == 8)
    assert (await refusal(client, "users.list"))["error"] == "limit_required"
    assert (await refusal(client, "users.list", limit=5, cursor="forged"))["error"] == "invalid_cursor"
    pages = [page["members"] async for page in await client.users_list(limit=100)]
    assert [len(page) for page in pages] == [100, 100, 52]
    everybody = {one["name"]: one for page in pages for one in page}
    assert everybody["slackbot"]["id"] == "USLACKBOT"
    assert everybody["head.7"]["is_restricted"]
    assert everybody["head.8"]["deleted"]


async def test_history_shows_metadata_only_when_asked_and_never_what_is_ephemeral(
    slack: SlackServer, client: AsyncWebClient
) -> None:
    tom = slack.person("Tom Reed")
    tag = {"event_type": "letter", "event_payload": {"key": "abc"}}
    sent = await client.chat_postMessage(channel=tom.id, text="hello", metadata=tag)
    await client.chat_postEphemeral(channel=sent["channel"], user=tom.id, text="psst")
    assert tom.reads() == ["hello", "psst"]
    read = await client.conversations_history(channel=sent["channel"])
    assert [one.get("metadata") for one in read["messages"]] == [None]
    read = await client.conversations_history(channel=sent["channel"], include_all_metadata=True)
    assert [one.get("metadata") for one in read["messages"]] == [tag]
    told = await refusal(client, "chat.postMessage", channel=tom.id, text="x", metadata={"event_type": "letter"})
    assert told["error"] == "invalid_metadata_schema"
    await client.chat_update(channel=sent["channel"], ts=sent["ts"], text="changed")
    read = await client.conversations_history(channel=sent["channel"], include_all_metadata=True)
    assert [one.get("metadata") for one in read["messages"]] == [tag], "an edit without metadata keeps what was"

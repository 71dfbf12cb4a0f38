"""The server with the real SDK and a plain Bolt app: commands, buttons, modals, events, App Home."""

from typing import Any

import pytest
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from tests.slack.bolt import over_sockets, plain_app
from tests.slack.filling import NotOffered
from tests.slack.server import SlackServer

Body = dict[str, Any]
HELLO: list[Body] = [
    {"type": "section", "text": {"type": "mrkdwn", "text": "Did you two talk?"}},
    {
        "type": "actions",
        "block_id": "answers",
        "elements": [
            {"type": "button", "action_id": "yes", "text": {"type": "plain_text", "text": "Yes"}, "value": "1"}
        ],
    },
]
FORM = {
    "type": "modal",
    "callback_id": "school",
    "title": {"type": "plain_text", "text": "Your school"},
    "submit": {"type": "plain_text", "text": "Save"},
    "blocks": [
        {
            "type": "input",
            "block_id": "school",
            "label": {"type": "plain_text", "text": "School"},
            "element": {"type": "plain_text_input", "action_id": "name"},
        }
    ],
}


@pytest.fixture
def app(slack: SlackServer, client: AsyncWebClient) -> AsyncApp:
    return plain_app(slack, client)


async def test_a_command_is_acknowledged_and_answered_by_its_response_url(slack: SlackServer, app: AsyncApp) -> None:
    @app.command("/headsup")
    async def menu(ack: Any, respond: Any, command: Body) -> None:
        await ack()
        await respond(f"You typed {command['text']}", blocks=HELLO)

    tom, ann = slack.person("Tom Reed"), slack.person("Ann Bell")
    staff = slack.channel("staff", tom, ann)
    async with over_sockets(app, slack):
        sent = await tom.command("/headsup", "start", staff)
        await slack.until(lambda: tom.reads(staff))
    assert sent.acked
    assert tom.reads(staff) == ["Did you two talk?\nYes"]
    assert ann.reads(staff) == [], "ephemeral, for its reader alone"


async def test_a_press_tells_what_was_pressed_and_the_message_changes_for_all(
    slack: SlackServer, app: AsyncApp
) -> None:
    @app.action("yes")
    async def pressed(ack: Any, body: Body, client: AsyncWebClient) -> None:
        await ack()
        where = body["container"]
        assert body["actions"][0]["value"] == "1"
        await client.chat_update(channel=where["channel_id"], ts=where["message_ts"], text="Thank you.", blocks=[])

    tom = slack.person("Tom Reed")
    async with over_sockets(app, slack):
        await app.client.chat_postMessage(channel=tom.id, text="Did you two talk?", blocks=HELLO)
        await tom.press("Yes")
        await slack.until(lambda: tom.reads() == ["Thank you."])
    assert tom.sees()[0].before == ["Did you two talk?"]
    with pytest.raises(NotOffered, match="Yes"):
        tom.find("Yes")


async def test_a_modal_shows_errors_where_they_belong_and_closes_when_all_is_well(
    slack: SlackServer, app: AsyncApp
) -> None:
    @app.command("/headsup")
    async def opened(ack: Any, body: Body, client: AsyncWebClient) -> None:
        await client.views_open(trigger_id=body["trigger_id"], view=FORM)
        await ack()

    @app.view("school")
    async def saved(ack: Any, view: Body) -> None:
        given = view["state"]["values"]["school"]["name"]["value"]
        if given == "x":
            await ack(response_action="errors", errors={"school": "Please give its name."})
        else:
            await ack()

    tom = slack.person("Tom Reed")
    async with over_sockets(app, slack):
        await tom.types("/headsup profile")
        assert tom.modal
        assert tom.modal.title == "Your school"
        with pytest.raises(NotOffered, match="School"):
            await tom.submit()
        await tom.submit(school="x")
        assert tom.modal.errors == {"school": "Please give its name."}
        await tom.submit(school="Oakfield")
    assert tom.modal is None
    assert tom.troubles == []


async def test_the_app_hears_what_is_typed_to_it_and_who_joins_but_not_itself(
    slack: SlackServer, app: AsyncApp
) -> None:
    heard = []

    @app.event("message")
    async def typed(event: Body, client: AsyncWebClient) -> None:
        heard.append((event["user"], event["channel_type"], event["text"]))
        await client.chat_postMessage(channel=event["channel"], text="I am a bot.")

    @app.event("team_join")
    async def joined(event: Body) -> None:
        heard.append((event["user"]["id"], event["user"]["tz"], event["user"]["real_name"]))

    tom = slack.person("Tom Reed", tz="Europe/Paris")
    async with over_sockets(app, slack):
        await tom.joins()
        await tom.types("hello")
        await slack.until(lambda: len(tom.reads()) == 2)
        await slack.quiet()
    assert heard == [(tom.id, "Europe/Paris", "Tom Reed"), (tom.id, "im", "hello")]
    echoes = [one for one in slack.outlet.deliveries if one.payload["event"].get("bot_id")]
    assert len(echoes) == 1, "Slack tells an app of its own messages; Bolt drops them"


async def test_app_home_is_published_and_seen(slack: SlackServer, app: AsyncApp) -> None:
    @app.event("app_home_opened")
    async def opened(event: Body, client: AsyncWebClient) -> None:
        await client.views_publish(user_id=event["user"], view={"type": "home", "blocks": HELLO})

    tom = slack.person("Tom Reed")
    async with over_sockets(app, slack):
        await tom.opens_home()
        await slack.until(lambda: tom.home)
    assert tom.home
    assert tom.home.shown == "Did you two talk?\nYes"


async def test_shortcuts_of_the_workspace_and_of_a_message(slack: SlackServer, app: AsyncApp) -> None:
    heard: list[tuple[str, str]] = []

    @app.shortcut("help")
    async def asked(ack: Any, body: Body) -> None:
        await ack()
        heard.append((body["type"], body.get("message", {}).get("text", "")))

    tom = slack.person("Tom Reed")
    async with over_sockets(app, slack):
        await app.client.chat_postMessage(channel=tom.id, text="Hello.")
        await tom.shortcut("help")
        await tom.shortcut("help", tom.sees()[0])
        await slack.quiet()
    assert heard == [("shortcut", ""), ("message_action", "Hello.")]

"""What stands on people's screens: moments in their zone, mentions, links, what was chosen, what was confirmed."""

from typing import Any

import pytest
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from tests.slack.bolt import over_sockets, plain_app
from tests.slack.filling import NotOffered
from tests.slack.model import Json
from tests.slack.reading import links, pings
from tests.slack.server import SlackServer
from tests.slack.test_server_blocks import actions, asked, button, modal, plain, rich, section, select
from tests.slack.test_server_tickets import trigger


async def test_a_moment_reads_in_the_zone_of_its_reader(slack: SlackServer, client: AsyncWebClient) -> None:
    tom, eva = slack.person("Tom Reed"), slack.person("Eva Lund", tz="Europe/Berlin")
    staff = slack.channel("staff", tom, eva)
    text = "<!date^1796040000^{date_long} at {time}|Monday, 12:00 UTC> &amp; <@{}> <https://a.org|here>"
    await client.chat_postMessage(channel=staff.id, text=text.replace("{}", tom.id))
    assert tom.draws(staff) == ["Monday 30 November 2026 at 12:00 & @Tom Reed here"]
    assert eva.draws(staff) == ["Monday 30 November 2026 at 13:00 & @Tom Reed here"]
    await client.chat_postMessage(channel=staff.id, text="<!date^soon^{date}|on Monday>")
    assert tom.draws(staff)[-1] == "on Monday"


async def test_what_was_not_escaped_pings_and_links(slack: SlackServer, client: AsyncWebClient) -> None:
    tom = slack.person("Tom Reed")
    said = "<!channel> <@U0ANN> <https://evil.example|your bank> and https://bare.example"
    blocks = [section(text={"type": "mrkdwn", "text": said}), section(text=plain(5) | {"text": "<!here>"})]
    await client.chat_postMessage(channel=tom.id, text="hello", blocks=blocks)
    await client.chat_postMessage(channel=tom.id, text="&lt;!channel&gt; &lt;@U0ANN&gt;")
    await client.chat_postMessage(channel=tom.id, text="<!here> look")
    bad, good, worse = tom.sees()
    assert pings(bad) == {"channel", "U0ANN"}, "plain text is never markup"
    assert links(bad) == {"https://evil.example", "https://bare.example"}
    assert pings(good) == set()
    assert pings(worse) == {"here"}
    assert tom.draws()[1] == "<!channel> <@U0ANN>"


async def test_rich_text_is_words_but_for_the_elements_that_say_otherwise(
    slack: SlackServer, client: AsyncWebClient
) -> None:
    tom, eva = slack.person("Tom Reed"), slack.person("Eva Lind", tz="Europe/Berlin")
    parts: list[Json] = [
        {"type": "text", "text": "<!here> &amp; https://bare.example "},
        {"type": "user", "user_id": eva.id},
        {"type": "link", "url": "https://a.org", "text": " here "},
        {"type": "date", "timestamp": 1796040000, "format": "{date_long} at {time}", "fallback": "on Monday"},
    ]
    await client.chat_postMessage(channel=tom.id, text="hello", blocks=[rich(*parts)])
    assert tom.draws() == ["<!here> &amp; https://bare.example @Eva Lind here Monday 30 November 2026 at 12:00"]
    (seen,) = tom.sees()
    assert (pings(seen), links(seen)) == ({eva.id}, {"https://a.org"})
    await client.chat_postMessage(channel=tom.id, text="x", blocks=[rich({"type": "broadcast", "range": "here"})])
    assert pings(tom.sees()[-1]) == {"here"}


async def test_what_was_chosen_in_a_message_is_in_the_state_of_the_next_press(
    slack: SlackServer, client: AsyncWebClient
) -> None:
    tom, ann = slack.person("Tom Reed"), slack.person("Ann Bell")
    staff = slack.channel("staff", tom, ann)
    confirm = {"title": plain(5), "text": plain(3), "confirm": plain(2), "deny": plain(2)}
    block = actions(select(3), button(confirm=confirm)) | {"block_id": "b"}
    await client.chat_postMessage(channel=staff.id, text="hello", blocks=[block])
    chosen = await tom.press("s", "2")
    assert chosen.payload["actions"][0]["selected_option"]["value"] == "2"
    pressed = {who.account.name: await who.press("a0") for who in (tom, ann)}
    states = {name: one.payload["state"]["values"]["b"]["s"] for name, one in pressed.items()}
    assert states["Tom Reed"]["selected_option"]["value"] == "2"
    assert states["Ann Bell"]["selected_option"] is None, "each chooses alone"
    assert tom.asked == ["xxx"]
    with pytest.raises(NotOffered, match="not among"):
        await tom.press("s", "seven")


async def test_a_field_is_sent_with_its_modal_unless_it_says_at_once(
    slack: SlackServer, client: AsyncWebClient
) -> None:
    tom = slack.person("Tom Reed")
    element = {"type": "static_select", "action_id": "s", "options": select(2)["options"]}
    blocks = [asked(block_id="later", element=element), asked(block_id="now", element=element, dispatch_action=True)]
    await client.views_open(trigger_id=await trigger(tom), view=modal(blocks=blocks))
    with pytest.raises(NotOffered, match="sent with the modal"):
        await tom.press("later", "1")
    sent = await tom.press("now", "1")
    assert sent.payload["container"]["type"] == "view"
    assert sent.payload["view"]["state"]["values"]["now"]["s"]["selected_option"]["value"] == "1"


async def test_a_modal_is_replaced_and_laid_over_by_what_the_acknowledgement_says(
    slack: SlackServer, client: AsyncWebClient
) -> None:
    app, answers = plain_app(slack, client), []
    say: list[Json] = [
        {"response_action": "update", "view": modal(title=plain(3))},
        {"response_action": "push", "view": modal(title=plain(4))},
        {"response_action": "errors", "errors": {"nothing": "No such field."}},
        {"response_action": "clear"},
    ]

    @app.command("/headsup")
    async def opened(ack: Any, body: Json) -> None:
        blocks = [asked(block_id="name", optional=True)]
        await client.views_open(trigger_id=body["trigger_id"], view=modal(blocks=blocks, notify_on_close=True))
        await ack()

    @app.view("")
    async def saved(ack: Any) -> None:
        answers.append(say.pop(0))
        await ack(**answers[-1])

    tom = slack.person("Tom Reed")
    async with over_sockets(app, slack):
        await tom.types("/headsup")
        seen = []
        for name in ("name", "t", "t", "t"):
            await tom.submit({name: "x"})
            seen.append([one.title for one in tom.modals])
    assert seen == [["xxx"], ["xxx", "xxxx"], ["xxx", "xxxx"], []]
    assert tom.troubles == ["errors must name input blocks of the view"]


async def test_what_somebody_types_into_a_select_is_answered_by_the_app(
    slack: SlackServer, client: AsyncWebClient
) -> None:
    app: AsyncApp = plain_app(slack, client)

    @app.options("school")
    async def found(ack: Any, payload: Json) -> None:
        await ack(options=[{"text": plain(4) | {"text": f"{payload['value']}field"}, "value": "1"}])

    @app.view("")
    async def saved(ack: Any) -> None:
        await ack()

    tom = slack.person("Tom Reed")
    element = {"type": "external_select", "action_id": "school"}
    await client.views_open(trigger_id=await trigger(tom), view=modal(blocks=[asked(element=element)]))
    async with over_sockets(app, slack):
        offered = await tom.searches("school", "Oak")
        assert [one["text"]["text"] for one in offered] == ["Oakfield"]
        sent = await tom.submit(school=offered[0])
    assert sent.payload["view"]["state"]["values"]["b0"]["school"]["selected_option"] == offered[0]

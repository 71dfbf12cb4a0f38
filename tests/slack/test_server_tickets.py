"""What an interaction lets an app do, and for how long: triggers, the stack of modals, response URLs."""

from datetime import timedelta
from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from scheduler.clocks import SteppableClock
from tests.slack.model import Json
from tests.slack.person import Person
from tests.slack.server import SlackServer
from tests.slack.test_server_blocks import asked, button, modal, section
from tests.slack.test_server_refusals import refusal


async def command(person: Person) -> Json:
    """What the app gets when somebody types; nobody listens, and that is no matter here."""
    return (await person.command("/headsup")).payload


async def trigger(person: Person) -> str:
    return str((await command(person))["trigger_id"])


async def test_a_trigger_works_once_and_for_three_seconds(
    slack: SlackServer, client: AsyncWebClient, clock: SteppableClock
) -> None:
    tom = slack.person("Tom Reed")
    first, second = await trigger(tom), await trigger(tom)
    assert (await refusal(client, "views.open", trigger_id="forged", view=modal()))["error"] == "invalid_trigger_id"
    assert (await refusal(client, "views.open", trigger_id=first, view={}))["error"] == "invalid_arguments"
    clock.advance(timedelta(seconds=3))
    await client.views_open(trigger_id=first, view=modal())
    assert (await refusal(client, "views.open", trigger_id=first, view=modal()))["error"] == "exchanged_trigger_id"
    clock.advance(timedelta(seconds=0.1))
    assert (await refusal(client, "views.open", trigger_id=second, view=modal()))["error"] == "expired_trigger_id"


async def test_three_modals_lie_on_one_another_and_no_more(slack: SlackServer, client: AsyncWebClient) -> None:
    tom = slack.person("Tom Reed")
    assert (await refusal(client, "views.push", trigger_id=await trigger(tom), view=modal()))["error"] == "not_found"
    opened = await client.views_open(trigger_id=await trigger(tom), view=modal())
    for _ in range(2):
        pushed = await client.views_push(trigger_id=await trigger(tom), view=modal())
    assert pushed["view"]["root_view_id"] == opened["view"]["id"]
    told = await refusal(client, "views.push", trigger_id=await trigger(tom), view=modal())
    assert told["error"] == "push_limit_reached"
    await tom.closes()
    assert len(tom.modals) == 2


async def test_a_view_is_updated_by_its_hash_and_keeps_what_was_filled_in(
    slack: SlackServer, client: AsyncWebClient
) -> None:
    tom = slack.person("Tom Reed")
    given = modal(blocks=[asked(block_id="name"), asked(block_id="place")])
    view = (await client.views_open(trigger_id=await trigger(tom), view=given))["view"]
    tom.fill(name="Oakfield", place="Leeds")
    changed = {"view": modal(blocks=[asked(block_id="name")]), "view_id": view["id"], "hash": view["hash"]}
    await client.views_update(**changed)
    assert (await refusal(client, "views.update", **changed))["error"] == "hash_conflict"
    assert tom.modal
    assert tom.modal.values == {"name": {"t": {"type": "plain_text_input", "value": "Oakfield"}}}
    await tom.closes()
    assert (await refusal(client, "views.update", view_id=view["id"], view=modal()))["error"] == "not_found"


async def test_what_is_chosen_in_a_modal_is_in_its_state(slack: SlackServer, client: AsyncWebClient) -> None:
    tom, options = slack.person("Tom Reed"), [{"text": {"type": "plain_text", "text": t}, "value": t} for t in "abc"]
    kinds: dict[str, Json] = {
        "one": {"type": "static_select", "options": options},
        "many": {"type": "checkboxes", "options": options},
        "when": {"type": "datetimepicker"},
        "text": {"type": "plain_text_input", "multiline": True},
    }
    blocks = [asked(block_id=name, optional=True, element=kind | {"action_id": "x"}) for name, kind in kinds.items()]
    await client.views_open(trigger_id=await trigger(tom), view=modal(blocks=blocks))
    sent = await tom.submit(one="b", many=["a", "c"], when=1_800_000_000)
    values = {block: actions["x"] for block, actions in sent.payload["view"]["state"]["values"].items()}
    assert values == {
        "one": {"type": "static_select", "selected_option": options[1]},
        "many": {"type": "checkboxes", "selected_options": [options[0], options[2]]},
        "when": {"type": "datetimepicker", "selected_date_time": 1_800_000_000},
        "text": {"type": "plain_text_input", "value": None},
    }


@pytest.mark.parametrize("uses", [5])
async def test_a_response_url_answers_five_times(slack: SlackServer, uses: int) -> None:
    tom = slack.person("Tom Reed")
    hook = AsyncWebhookClient((await command(tom))["response_url"])
    for number in range(uses):
        assert (await hook.send(text=str(number))).body == "ok"
    told = await hook.send(text="once more")
    assert (told.status_code, told.body) == (404, "used_url")
    assert tom.reads() == ["0", "1", "2", "3", "4"]


async def test_a_response_url_lives_half_an_hour(slack: SlackServer, clock: SteppableClock) -> None:
    hook = AsyncWebhookClient((await command(slack.person("Tom Reed")))["response_url"])
    clock.advance(timedelta(minutes=30))
    assert (await hook.send(text="just in time")).body == "ok"
    clock.advance(timedelta(seconds=1))
    told = await hook.send(text="too late")
    assert (told.status_code, told.body) == (404, "expired_url")


async def test_a_response_url_replaces_and_deletes_what_was_pressed(slack: SlackServer, client: AsyncWebClient) -> None:
    tom, ann = slack.person("Tom Reed"), slack.person("Ann Bell")
    staff = slack.channel("staff", tom, ann)
    blocks = [section(), {"type": "actions", "elements": [button()]}]
    await client.chat_postEphemeral(channel=staff.id, user=tom.id, text="Well?", blocks=blocks)
    pressed: Json = (await tom.press("x" * 5)).payload
    assert pressed["container"]["is_ephemeral"]
    assert "message" not in pressed, "Slack does not show an ephemeral message to the app again"
    hook = AsyncWebhookClient(pressed["response_url"])
    await hook.send(text="Thank you.", replace_original=True)
    assert (tom.reads(staff), ann.reads(staff)) == (["Thank you."], [])
    await hook.send(delete_original=True)
    assert tom.reads(staff) == []
    await hook.send(text="For all", response_type="in_channel")
    assert ann.reads(staff) == ["For all"]


async def test_what_is_wrong_in_an_answer_is_said(slack: SlackServer) -> None:
    hook = AsyncWebhookClient((await command(slack.person("Tom Reed")))["response_url"])
    wrong: dict[str, dict[str, Any]] = {
        "no_text": {"text": ""},
        "invalid_blocks": {"text": "x", "blocks": [{"type": "carousel"}]},
    }
    for error, said in wrong.items():
        told = await hook.send(**said)
        assert (told.status_code, told.body) == (400, error)

"""Block Kit's limits: what is just allowed is shown, one more is refused and the answer points to it."""

from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from tests.slack.blocks import HOME, MESSAGE, MODAL, wrong_blocks
from tests.slack.model import Json
from tests.slack.server import SlackServer
from tests.slack.test_server_refusals import refusal
from tests.slack.views import wrong_view


def plain(length: int) -> Json:
    return {"type": "plain_text", "text": "x" * length}


def mrkdwn(length: int) -> Json:
    return {"type": "mrkdwn", "text": "x" * length}


def section(**more: Any) -> Json:
    return {"type": "section", "text": mrkdwn(5)} | more


def button(number: int = 0, **more: Any) -> Json:
    return {"type": "button", "action_id": f"a{number}", "text": plain(5)} | more


def rich(*parts: Json) -> Json:
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": list(parts)}]}


def actions(*elements: Json) -> Json:
    return {"type": "actions", "elements": list(elements)}


def select(count: int, text: int = 5, **more: Any) -> Json:
    options = [{"text": plain(text), "value": str(number)} for number in range(count)]
    return {"type": "static_select", "action_id": "s", "options": options} | more


def image(**more: Any) -> Json:
    return {"type": "image", "image_url": "https://example.org/a.png", "alt_text": "A chart"} | more


def asked(**more: Any) -> Json:
    return {"type": "input", "label": plain(5), "element": {"type": "plain_text_input", "action_id": "t"}} | more


def modal(**more: Any) -> Json:
    return {"type": "modal", "title": plain(24), "submit": plain(24), "close": plain(24), "blocks": [asked()]} | more


# What is just allowed; what is one too much; where the answer points.
EDGES: list[tuple[list[Json], list[Json], str]] = [
    ([section()] * 50, [section()] * 51, "/blocks"),
    ([{"type": "header", "text": plain(150)}], [{"type": "header", "text": plain(151)}], "/blocks/0/text/text"),
    ([{"type": "header", "text": plain(5)}], [{"type": "header", "text": mrkdwn(5)}], "/blocks/0/text"),
    ([section(text=mrkdwn(3000))], [section(text=mrkdwn(3001))], "/blocks/0/text/text"),
    ([section(text=mrkdwn(1))], [section(text=mrkdwn(0))], "/blocks/0/text/text"),
    ([section(fields=[mrkdwn(2000)] * 10)], [section(fields=[mrkdwn(20)] * 11)], "/blocks/0/fields"),
    ([section(fields=[mrkdwn(2000)])], [section(fields=[mrkdwn(2001)])], "/blocks/0/fields/0/text"),
    ([section(block_id="x" * 255)], [section(block_id="x" * 256)], "/blocks/0/block_id"),
    ([section(block_id="a")], [section(block_id="a")] * 2, "/blocks"),
    ([actions(*map(button, range(25)))], [actions(*map(button, range(26)))], "/blocks/0/elements"),
    ([actions(button(1), button(2))], [actions(button(1), button(1))], "/blocks/0/elements"),
    ([actions(button(text=plain(75)))], [actions(button(text=plain(76)))], "/blocks/0/elements/0/text/text"),
    ([actions(button(text=plain(5)))], [actions(button(text=mrkdwn(5)))], "/blocks/0/elements/0/text"),
    ([actions(button(value="x" * 2000))], [actions(button(value="x" * 2001))], "/blocks/0/elements/0/value"),
    ([actions(button(action_id="x" * 255))], [actions(button(action_id="x" * 256))], "/blocks/0/elements/0/action_id"),
    ([actions(button(style="danger"))], [actions(button(style="calm"))], "/blocks/0/elements/0/style"),
    ([actions(select(100))], [actions(select(101))], "/blocks/0/elements/0/options"),
    ([actions(select(1, text=75))], [actions(select(1, text=76))], "/blocks/0/elements/0/options/0/text/text"),
    ([actions(select(1, placeholder=plain(150)))], [actions(select(1, placeholder=plain(151)))], "placeholder/text"),
    ([image(alt_text="x" * 2000)], [image(alt_text="x" * 2001)], "/blocks/0/alt_text"),
    ([image()], [{"type": "image", "image_url": "https://example.org/a.png"}], "/blocks/0"),
    ([section(accessory=button())], [section(accessory={"type": "plain_text_input"})], "/blocks/0/accessory"),
    ([{"type": "context", "elements": [plain(5)]}], [{"type": "context", "elements": [button()]}], "elements/0"),
    ([{"type": "divider"}], [{"type": "carousel"}], "/blocks/0"),
    ([section()], [{"type": "section"}], "/blocks/0"),
    ([rich({"type": "text", "text": "x"})], [rich({"type": "text", "text": ""})], "/blocks/0/elements/0/elements/0"),
    ([rich({"type": "user", "user_id": "U1"})], [rich({"type": "user"})], "/blocks/0/elements/0/elements/0"),
    ([rich({"type": "link", "url": "https://a.org"})], [rich(button())], "/blocks/0/elements/0/elements/0"),
    ([rich({"type": "text", "text": "x"})], [rich()], "/blocks/0/elements/0"),
    ([rich({"type": "text", "text": "x"})], [{"type": "rich_text", "elements": [section()]}], "/blocks/0/elements/0"),
]


@pytest.mark.parametrize(("good", "bad", "where"), EDGES)
def test_one_more_is_too_much(good: list[Json], bad: list[Json], where: str) -> None:
    assert wrong_blocks(good) == []
    assert any(f"{where}]" in one for one in wrong_blocks(bad)), wrong_blocks(bad)


def test_fields_to_fill_in_stand_in_modals_only() -> None:
    assert wrong_blocks([asked()], MODAL) == []
    assert wrong_blocks([asked()], MESSAGE)
    assert wrong_blocks([asked()], HOME)
    assert wrong_blocks([section()] * 100, HOME) == []
    assert wrong_blocks([section()] * 101, HOME)


@pytest.mark.parametrize(
    "bad",
    [
        {"title": plain(25)},
        {"title": None},
        {"submit": plain(25)},
        {"submit": None},
        {"close": plain(25)},
        {"private_metadata": "x" * 3001},
        {"callback_id": "x" * 256},
        {"blocks": [section()] * 101},
        {"type": "home"},
    ],
)
def test_a_modal_has_limits_of_its_own(bad: Json) -> None:
    assert wrong_view(modal(private_metadata="x" * 3000, callback_id="x" * 255), MODAL) == []
    assert wrong_view(modal(**bad), MODAL)


async def test_a_refused_message_says_where_and_nothing_is_posted(slack: SlackServer, client: AsyncWebClient) -> None:
    slack.throttle.limits.off, tom = True, slack.person("Tom Reed")
    told = await refusal(client, "chat.postMessage", channel=tom.id, text="x", blocks=[section(text=mrkdwn(3001))])
    assert told["error"] == "invalid_blocks"
    assert told["response_metadata"]["messages"] == [
        "[ERROR] must be less than 3001 characters [json-pointer:/blocks/0/text/text]"
    ]
    large = [section(text=mrkdwn(2900)) for _ in range(5)]
    errors: dict[str, Json] = {
        "msg_blocks_too_long": {"text": "x", "blocks": large},
        "msg_too_long": {"text": "x" * 40_001},
        "no_text": {"text": " "},
        "invalid_blocks_format": {"text": "x", "blocks": "not json"},
    }
    for error, said in errors.items():
        assert (await refusal(client, "chat.postMessage", channel=tom.id, **said))["error"] == error
    assert tom.reads() == []

"""What others think of our Block Kit: the models of slack_sdk, the blockkit package, and the Slack of our tests."""

import json
from typing import Any

import blockkit
from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View as SdkView

from adapters.slack.text import SAID
from tests.slack.blocks import HOME, MODAL, wrong_blocks
from tests.slack.chat import ALL_BLOCKS
from tests.slack.model import Json
from tests.slack.views import wrong_view

KINDS: dict[str, Any] = {
    "actions": blockkit.Actions, "context": blockkit.Context, "divider": blockkit.Divider, "header": blockkit.Header,
    "image": blockkit.Image, "input": blockkit.Input, "rich_text": blockkit.RichText, "section": blockkit.Section,
    "rich_text_section": blockkit.RichTextSection, "rich_text_quote": blockkit.RichTextQuote,
    "text": blockkit.RichTextEl, "link": blockkit.RichLinkEl, "user": blockkit.RichUserEl, "date": blockkit.RichDateEl,
    "button": blockkit.Button, "checkboxes": blockkit.Checkboxes, "datetimepicker": blockkit.DatetimePicker,
    "multi_static_select": blockkit.MultiStaticSelect, "plain_text_input": blockkit.PlainTextInput,
    "radio_buttons": blockkit.RadioButtons, "static_select": blockkit.StaticSelect, "modal": blockkit.Modal,
    "home": blockkit.Home,
}  # fmt: skip
UNNAMED: dict[str, Any] = {
    "confirm": blockkit.Confirm, "options": blockkit.Option, "initial_option": blockkit.Option,
    "initial_options": blockkit.Option, "style": blockkit.RichStyle, "slack_file": blockkit.SlackFile,
}  # fmt: skip
"""What carries no type of its own, by the name under which it stands."""
NO_METADATA = "null"
"""What blockkit writes for none."""


def judged(drawn: Json) -> None:
    """Raises AssertionError, or what blockkit raises, where one of the three would not take a message or a view."""
    if "text" in drawn:
        assert wrong_blocks(drawn["blocks"]) == []
        assert len(json.dumps(drawn["blocks"], ensure_ascii=False, separators=(",", ":"))) <= ALL_BLOCKS
        assert len(drawn["text"]) <= SAID
        message: Any = blockkit.Message(drawn["text"], built(drawn["blocks"]))
        assert message.build() == filled(drawn)
    else:
        assert wrong_view(drawn, {"modal": MODAL, "home": HOME}[drawn["type"]]) == []
        assert built(drawn).build() == {"private_metadata": NO_METADATA} | filled(drawn)
        SdkView(**drawn).validate_json()
    for block in Block.parse_all(drawn["blocks"]):
        block.validate_json()
    assert [block.to_dict() for block in Block.parse_all(drawn["blocks"])] == drawn["blocks"]


def built(part: Any, name: str = "") -> Any:
    """The same, as blockkit builds it: it checks each part when all is put together."""
    if isinstance(part, list):
        return [built(one, name) for one in part]
    if not isinstance(part, dict):
        return part
    inside = {key: built(value, key) for key, value in filled(part).items() if key != "type"}
    if part.get("type") == "plain_text":
        return blockkit.Text(**inside, type="plain_text")
    return KINDS[part["type"]](**inside) if "type" in part else UNNAMED[name](**inside)


def filled(part: Json) -> Json:
    """Without what is empty, which blockkit leaves out."""
    return {key: value for key, value in part.items() if value not in ("", [])}

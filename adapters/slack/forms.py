"""Form and search -> a modal; and what was filled in, back again."""

from collections.abc import Collection, Mapping
from datetime import UTC, datetime
from typing import Any, assert_never

from adapters.slack.blocks import LABEL, chosen, draw_options, never_empty
from adapters.slack.text import NO_WORDS, Drawn, plain_text
from bot.chat.form import SEARCHED, DateTime, Field, Form, LongText, ManyOf, OneOf, Search, ShortText
from bot.chat.limits import ANSWER_LINE, FORM_TITLE, clip
from bot.chat.text import clean, one_line

CLOSE = "Cancel"
ANSWER = "answer"
"""Every field stands in a block of its own name, with one element of this one."""
CALLBACK_ID = 255
HINT = 2000
WRITTEN = 3000
RADIOS = 5
"""Up to so many choices lie open; more are folded into a list."""
BOXES = 10
_TEN_DIGITS = range(10**9, 10**10)
"""The seconds since 1970 that Slack takes for a day and a time."""


def draw_ask(ask: Form | Search, carried: str = "") -> Drawn:
    """What a modal asks. `callback_id` is the action; `carried` (3,000 characters at most) comes back."""
    match ask:
        case Form(title, action, fields, send):
            return _modal(title, action, send, [one for field in fields for one in draw_field(field)], carried)
        case Search(title, action, label, send, hint):
            line = ShortText(SEARCHED, label, hint=hint, most=ANSWER_LINE)
            return _modal(title, action, send, draw_field(line), carried)
        case _:
            assert_never(ask)


def draw_field(field: Field) -> list[Drawn]:
    """One thing to fill in; nothing where there is nothing to choose from."""
    if isinstance(field, OneOf | ManyOf) and not field.options:
        return []
    block: Drawn = {
        "type": "input",
        "block_id": str(field.name),
        "label": plain_text(field.label, LABEL),
        "element": {"action_id": ANSWER} | _element(field),
        "optional": not field.required,
    }
    return [block | ({"hint": plain_text(field.hint, HINT)} if one_line(field.hint) else {})]


def values_of(state: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    """What stands in the fields, from a view's `state`; a moment in UTC, as ISO 8601. Total, whatever was sent."""
    blocks = state.get("values")
    filled = blocks.items() if isinstance(blocks, dict) else ()
    return {str(name): _values(block.get(ANSWER)) for name, block in filled if isinstance(block, dict)}


def draw_errors(errors: Mapping[str, str], names: Collection[str]) -> Drawn:
    """The answer that sends a form back: a sentence under each field. Of a field that was not among those asked
    (`names`), which Slack would refuse, it is said under the first."""
    shown: dict[str, str] = {}
    for name, says in errors.items():
        place = name if name in names else next(iter(names), name)
        shown[place] = clip(f"{shown.get(place, '')} {one_line(says)}".strip(), HINT) or NO_WORDS
    return {"response_action": "errors", "errors": shown}


def _modal(title: str, action: str, send: str, blocks: list[Drawn], carried: str) -> Drawn:
    return {
        "type": "modal",
        "callback_id": action[:CALLBACK_ID],
        "private_metadata": carried,
        "title": plain_text(title, FORM_TITLE),
        "submit": plain_text(send, FORM_TITLE),
        "close": plain_text(CLOSE, FORM_TITLE),
        "blocks": never_empty(blocks),
    }


def _element(field: Field) -> Drawn:
    match field:
        case ShortText(value=value, most=most):
            return _typed(one_line(value), most)
        case LongText(value=value, most=most):
            return _typed(clean(value), most) | {"multiline": True}
        case OneOf(options=options, value=value, required=required):
            return _one_of(draw_options(options), value, required and len(options) <= RADIOS)
        case ManyOf(options=options, values=values):
            return _many_of(draw_options(options), values)
        case DateTime(value=when):
            at = int(when.timestamp()) if when else 0
            return {"type": "datetimepicker"} | ({"initial_date_time": at} if at in _TEN_DIGITS else {})
        case _:
            assert_never(field)


def _typed(value: str, most: int) -> Drawn:
    longest = min(max(most, 1), WRITTEN)
    written = clip(value, longest)
    return {"type": "plain_text_input", "max_length": longest} | ({"initial_value": written} if written else {})


def _one_of(options: list[Drawn], value: str, lies_open: bool) -> Drawn:
    """Radio buttons for a few; a list also where none may be chosen, since a radio button cannot be let go."""
    initial = next((one for one in options if value in chosen({"selected_option": one})), None)
    kind = "radio_buttons" if lies_open else "static_select"
    return {"type": kind, "options": options} | ({"initial_option": initial} if initial else {})


def _many_of(options: list[Drawn], values: tuple[str, ...]) -> Drawn:
    kind = "checkboxes" if len(options) <= BOXES else "multi_static_select"
    initial = [one for one in options if chosen({"selected_option": one})[0] in values]
    return {"type": kind, "options": options} | ({"initial_options": initial} if initial else {})


def _values(state: object) -> tuple[str, ...]:
    if not isinstance(state, dict):
        return ()
    if isinstance(state.get("value"), str):
        return (state["value"],) if state["value"] else ()
    at = state.get("selected_date_time")
    if isinstance(at, int) and at in _TEN_DIGITS:
        return (datetime.fromtimestamp(at, UTC).isoformat(),)
    return chosen(state)

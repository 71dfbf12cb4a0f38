"""Form and search -> a modal; what was filled in, back again; and what is said when something in it was wrong.

Discord's modals have no field for a day and a time, and Discord tells nobody's time zone: so that is a line in a stated
form, on the clock of the United Kingdom. What cannot be read goes on as it was typed. A wrong field cannot be marked in
the modal, and a modal may not answer one: so it is answered by a message (`errors_view`).
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, assert_never
from zoneinfo import ZoneInfo

from adapters.discord.blocks import CUSTOM_ID, SELECT, chosen, controls, draw_options, label
from adapters.discord.text import NO_WORDS, Drawn
from bot.chat.form import SEARCHED, DateTime, Field, Form, LongText, ManyOf, OneOf, Search, ShortText
from bot.chat.limits import ANSWER_LINE, FIELDS, FORM_TITLE, clip
from bot.chat.text import clean, one_line
from bot.chat.view import View
from bot.core.asking import not_yet_right, when_typed

TEXT, LABEL, RADIO, BOXES = 4, 18, 21, 22
ONE_LINE, SOME_LINES = 1, 2
A_LABEL = 45
HINT = 100
WRITTEN = 4000
AT_LEAST, LIE_OPEN = 2, 5
"""So many choices are shown at once, each with its button; more are folded into a list."""
BOXES_AT_MOST = 10
FORMAT = "%Y-%m-%d %H:%M"
ZONE = ZoneInfo("Europe/London")
EXAMPLE = "2026-12-03 16:00"
_A_MOMENT = 25
_WHEN = "@"
"""Before the name of a field for a day and a time, so that what comes back is known for one."""


def draw_ask(ask: Form | Search) -> Drawn:
    """What a modal asks; `custom_id` is the action."""
    match ask:
        case Form(title, action, fields, _):
            return _modal(title, action, [one for field in fields for one in draw_field(field)])
        case Search(title, action, says, _, hint):
            return _modal(title, action, draw_field(ShortText(SEARCHED, says, hint=hint, most=ANSWER_LINE)))
        case _:
            assert_never(ask)


def draw_field(field: Field) -> list[Drawn]:
    """One thing to fill in, under its label; nothing where there is nothing to choose from."""
    if isinstance(field, OneOf | ManyOf) and not field.options:
        return []
    hint = one_line(field.hint) or (when_typed() if isinstance(field, DateTime) else "")
    described = {"description": clip(hint, HINT)} if hint else {}
    name = _WHEN * isinstance(field, DateTime) + field.name
    inner = {"custom_id": name[:CUSTOM_ID], "required": field.required, **_component(field)}
    return [{"type": LABEL, "label": label(field.label, A_LABEL), **described, "component": inner}]


def values_of(data: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    """What stands in the fields, from a submission's `data`; a moment in UTC, as ISO 8601. Total, whatever was sent."""
    filled = (one for one in controls(data.get("components")) if isinstance(one["custom_id"], str))
    return {one["custom_id"].removeprefix(_WHEN): _values(one) for one in filled}


def errors_view(errors: Mapping[str, str]) -> View:
    """What is said to somebody whose form could not be taken: a sentence for each thing that is to be mended."""
    return not_yet_right(errors.values())


def _modal(title: str, action: str, labels: Sequence[Drawn]) -> Drawn:
    """Discord takes none without a field, so one that has nothing to ask gets a line that may stay empty."""
    nothing = draw_field(ShortText("nothing", NO_WORDS, required=False))
    return {
        "custom_id": action[:CUSTOM_ID] or NO_WORDS,
        "title": label(title, FORM_TITLE),
        "components": [*labels[:FIELDS]] or nothing,
    }


def _component(field: Field) -> Drawn:
    match field:
        case ShortText(value=value, most=most):
            return _typed(ONE_LINE, one_line(value), most)
        case LongText(value=value, most=most):
            return _typed(SOME_LINES, clean(value), most)
        case OneOf(options=options, value=value, required=required):
            return _one_of(_with_default(draw_options(options), (value,)), required)
        case ManyOf(options=options, values=values, required=required):
            return _many_of(_with_default(draw_options(options), values), required)
        case DateTime(value=when):
            return _typed(ONE_LINE, _stands(when) if when else "", _A_MOMENT) | {"placeholder": EXAMPLE}
        case _:
            assert_never(field)


def _stands(when: datetime) -> str:
    """As it is to be typed; nothing for the first and the last hours that a calendar has."""
    try:
        return when.astimezone(ZONE).replace(tzinfo=None).isoformat(" ", "minutes")
    except OverflowError:
        return ""


def _typed(style: int, value: str, most: int) -> Drawn:
    longest = min(max(most, 1), WRITTEN)
    written = clip(value, longest)
    return {"type": TEXT, "style": style, "max_length": longest} | ({"value": written} if written else {})


def _one_of(options: list[Drawn], required: bool) -> Drawn:
    """Buttons for a few; a list also where none may be chosen, since a radio button cannot be let go."""
    if required and AT_LEAST <= len(options) <= LIE_OPEN:
        return {"type": RADIO, "options": options}
    return {"type": SELECT, "options": options, "min_values": int(required), "max_values": 1}


def _many_of(options: list[Drawn], required: bool) -> Drawn:
    kind = BOXES if len(options) <= BOXES_AT_MOST else SELECT
    return {"type": kind, "options": options, "min_values": int(required), "max_values": len(options)}


def _with_default(options: list[Drawn], values: Sequence[str]) -> list[Drawn]:
    return [one | ({"default": True} if chosen([one["value"]])[0] in values else {}) for one in options]


def _values(component: Mapping[str, Any]) -> tuple[str, ...]:
    """Of a list and of boxes the values chosen, of a radio button its one, of a line what was typed there."""
    if isinstance(component.get("values"), list):
        return chosen(component["values"])
    value = component.get("value")
    if not isinstance(value, str) or not value:
        return ()
    if component.get("type") == RADIO:
        return chosen([value])
    return (_moment(value) if component["custom_id"].startswith(_WHEN) else value,)


def _moment(typed: str) -> str:
    """The moment in UTC, as ISO 8601; what was typed where that is no moment."""
    try:
        return datetime.strptime(one_line(typed), FORMAT).replace(tzinfo=ZONE).astimezone(UTC).isoformat()
    except (ValueError, OverflowError):
        return typed

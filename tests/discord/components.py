"""Controls beneath a message and fields of a form, against the limits the 2026 documentation names."""

from collections.abc import Iterator
from typing import Any

from tests.discord.forms import (
    Check,
    Form,
    Path,
    both,
    each,
    flag,
    kind_of,
    link,
    number,
    one_of,
    shape,
    snowflake,
    text,
)
from tests.discord.model import Json, controls

ROW, BUTTON, SELECT, INPUT, LABEL, TEXT_DISPLAY, UPLOAD, RADIO, BOXES, BOX = 1, 2, 3, 4, 18, 10, 19, 21, 22, 23
AUTO_SELECTS = (5, 6, 7, 8)
ID: dict[str, Check] = {"type": number(1, 23), "id": number(0, 2**31 - 1)}
CUSTOM_ID = text(100, 1)
EMOJI = shape({"id": snowflake, "name": text(100), "animated": flag})
CHOICE: dict[str, Check] = {"label": text(100, 1), "value": text(100, 1), "description": text(100), "default": flag}
OPTION = shape(CHOICE | {"emoji": EMOJI}, "label", "value")
PLAIN_OPTION = shape(CHOICE, "label", "value")
PLAIN_OPTIONS: dict[int, Check] = {least: each(PLAIN_OPTION, 10, least) for least in (1, 2)}
IN_MESSAGE: dict[str, Check] = {"disabled": flag}
IN_FORM: dict[str, Check] = {"required": flag}
RANGE: dict[str, Check] = {"min_values": number(0, 25), "max_values": number(1, 25), "placeholder": text(150)}
ON_BUTTON: dict[str, Check] = ID | IN_MESSAGE | {"style": number(1, 5), "label": text(80), "emoji": EMOJI}
DEFAULTS = each(shape({"id": snowflake, "type": one_of("user", "role", "channel")}, "id", "type"), 25)


def _button(what: Any, form: Form, path: Path) -> None:
    if what.get("style") == 5:
        made = shape(ON_BUTTON | {"url": both(text(512, 1), link)}, "style", "url")
    else:
        made = shape(ON_BUTTON | {"custom_id": CUSTOM_ID}, "style", "custom_id")
    both(made, _named)(what, form, path)


def _named(what: Any, form: Form, path: Path) -> None:
    if not what.get("label") and not what.get("emoji"):
        form.say((*path, "label"), "BUTTON_COMPONENT_INVALID", "A button must have a label or an emoji.")


def _select(more: dict[str, Check]) -> Check:
    fields = ID | RANGE | more | {"custom_id": CUSTOM_ID}
    of_words = shape(fields | {"options": each(OPTION, 25, 1)}, "custom_id", "options")
    kinds: dict[str, Check] = {"channel_types": each(number(0, 16), 20), "default_values": DEFAULTS}
    of_things = shape(fields | kinds, "custom_id")

    def check(what: Any, form: Form, path: Path) -> None:
        made = both(of_words, _options) if what.get("type") == SELECT else of_things
        both(made, _least_and_most)(what, form, path)

    return check


def _least_and_most(what: Any, form: Form, path: Path) -> None:
    least, most = what.get("min_values"), what.get("max_values")
    if least and most and least > most:
        form.say((*path, "min_values"), "SELECT_COMPONENT_MIN_MAX", "Must be less than or equal to max_values.")


def _answered(what: Any, form: Form, path: Path) -> None:
    """In a form what must be answered cannot also be left empty; it must be answered unless it says otherwise."""
    if what.get("required") is not False and what.get("min_values") == 0:
        form.say((*path, "min_values"), "COMPONENT_REQUIRED_MIN", "A required component needs at least one value.")


def _options(what: Any, form: Form, path: Path) -> None:
    options = what["options"]
    values = [one["value"] for one in options]
    for number_, value in enumerate(values):
        if value in values[:number_]:
            form.say((*path, "options", number_, "value"), "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED",
                     "The specified option value is already used")  # fmt: skip
    chosen = len([one for one in options if one.get("default")])
    most = len(options) if what["type"] == BOXES else 1
    if chosen > (what.get("max_values") or most):
        form.say((*path, "options"), "SELECT_COMPONENT_TOO_MANY_DEFAULTS", "More options are chosen than may be.")


def _row(what: Any, form: Form, path: Path) -> None:
    if kind_of(what) != ROW:
        form.say((*path, "type"), "UNION_TYPE_CHOICES", 'Value of field "type" must be one of (1,).')
        return
    both(shape(ID | {"components": each(_in_row, 5, 1)}, "components"), _width)(what, form, path)


def _width(what: Any, form: Form, path: Path) -> None:
    kinds = [one["type"] for one in what["components"]]
    if len(kinds) > 1 and any(kind != BUTTON for kind in kinds):
        told = "The specified component exceeds the maximum width"
        form.say((*path, "components"), "COMPONENT_LAYOUT_WIDTH_EXCEEDED", told)


def _in_row(what: Any, form: Form, path: Path) -> None:
    kind = kind_of(what)
    if kind == BUTTON:
        _button(what, form, path)
    elif kind in (SELECT, *AUTO_SELECTS):
        _select(IN_MESSAGE | IN_FORM)(what, form, path)
    else:
        form.say((*path, "type"), "UNION_TYPE_CHOICES", 'Value of field "type" must be one of (2, 3, 5, 6, 7, 8).')


def _unique(what: Any, form: Form, path: Path) -> None:
    seen: list[object] = []
    for where, one in _placed(what, path):
        if one["custom_id"] in seen:
            told = "Component custom id cannot be duplicated"
            form.say((*where, "custom_id"), "COMPONENT_CUSTOM_ID_DUPLICATED", told)
        seen.append(one["custom_id"])


def _placed(components: list[Json], path: Path) -> Iterator[tuple[Path, Json]]:
    for at, one in enumerate(components):
        here = (*path, at)
        if "custom_id" in one:
            yield here, one
        yield from _placed(one.get("components") or [], (*here, "components"))
        if "custom_id" in one.get("component", {}):
            yield (*here, "component"), one["component"]


rows: Check = both(each(_row, 5), _unique)
"""The controls of a classic message: at most five rows of five, each with an id of its own."""
FIELDS: dict[int, Check] = {
    INPUT: shape(ID | IN_FORM | {"custom_id": CUSTOM_ID, "style": number(1, 2), "min_length": number(0, 4000),
                 "max_length": number(1, 4000), "value": text(4000), "placeholder": text(100)},
                 "custom_id", "style"),
    SELECT: _select(IN_FORM),
    **{kind: _select(IN_FORM) for kind in AUTO_SELECTS},
    UPLOAD: shape(ID | IN_FORM | {"custom_id": CUSTOM_ID, "min_values": number(0, 10), "max_values": number(1, 10)},
                  "custom_id"),
    RADIO: both(shape(ID | IN_FORM | {"custom_id": CUSTOM_ID, "options": PLAIN_OPTIONS[2]}, "custom_id", "options"),
                _options),
    BOXES: both(shape(ID | IN_FORM | {"custom_id": CUSTOM_ID, "options": PLAIN_OPTIONS[1],
                      "min_values": number(0, 10), "max_values": number(1, 10)}, "custom_id", "options"),
                _options, _least_and_most),
    BOX: shape(ID | {"custom_id": CUSTOM_ID, "default": flag}, "custom_id"),
}  # fmt: skip
"""What may stand in a label."""


def _field(what: Any, form: Form, path: Path) -> None:
    kind = kind_of(what)
    if kind not in FIELDS:
        form.say((*path, "type"), "UNION_TYPE_CHOICES", f'Value of field "type" must be one of {tuple(FIELDS)}.')
        return
    both(FIELDS[kind], _answered, _lengths)(what, form, path)


def _lengths(what: Any, form: Form, path: Path) -> None:
    least, most = what.get("min_length") or 0, what.get("max_length") or 4000
    if least > most:
        form.say((*path, "min_length"), "TEXT_INPUT_MIN_MAX", "Must be less than or equal to max_length.")
    if len(what.get("value") or "") > most:
        form.say((*path, "value"), "BASE_TYPE_MAX_LENGTH", f"Must be {most} or fewer in length.")


def _top(what: Any, form: Form, path: Path) -> None:
    kind = kind_of(what)
    if kind == LABEL:
        shape(ID | {"label": text(45, 1), "description": text(100), "component": _field}, "label", "component")(
            what, form, path
        )
    elif kind == TEXT_DISPLAY:
        shape(ID | {"content": text(4000, 1)}, "content")(what, form, path)
    else:
        form.say((*path, "type"), "UNION_TYPE_CHOICES", 'Value of field "type" must be one of (10, 18).')


def _answerable(what: Any, form: Form, path: Path) -> None:
    if not any(controls(what)):
        form.say(path, "BASE_TYPE_REQUIRED", "A modal needs at least one field.")


TOPS = both(each(_top, 5, 1), _unique, _answerable)
MODAL = shape({"custom_id": CUSTOM_ID, "title": text(45, 1), "components": TOPS}, "custom_id", "title", "components")
"""A form: a title, and one to five labelled fields."""

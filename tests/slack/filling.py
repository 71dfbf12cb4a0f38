"""What somebody does with an element: the action Slack sends when it is pressed, the state it has when it is filled."""

from typing import Any

from tests.slack.model import Json, elements

EMPTY: dict[str, Any] = {
    "plain_text_input": ("value", None), "email_text_input": ("value", None), "url_text_input": ("value", None),
    "number_input": ("value", None), "rich_text_input": ("rich_text_value", None),
    "static_select": ("selected_option", None), "external_select": ("selected_option", None),
    "radio_buttons": ("selected_option", None), "overflow": ("selected_option", None),
    "multi_static_select": ("selected_options", []), "multi_external_select": ("selected_options", []),
    "checkboxes": ("selected_options", []), "users_select": ("selected_user", None),
    "multi_users_select": ("selected_users", []), "conversations_select": ("selected_conversation", None),
    "multi_conversations_select": ("selected_conversations", []), "channels_select": ("selected_channel", None),
    "multi_channels_select": ("selected_channels", []), "datepicker": ("selected_date", None),
    "timepicker": ("selected_time", None), "datetimepicker": ("selected_date_time", None), "file_input": ("files", []),
}  # fmt: skip
INITIAL = {
    "value": "initial_value", "selected_option": "initial_option", "selected_options": "initial_options",
    "selected_user": "initial_user", "selected_users": "initial_users", "selected_date": "initial_date",
    "selected_time": "initial_time", "selected_date_time": "initial_date_time",
    "selected_conversation": "initial_conversation", "selected_channel": "initial_channel",
}  # fmt: skip


class NotOffered(AssertionError):
    """Slack's own client would not let anybody do this: no such button, a field left empty, a text too long."""


def options(element: Json) -> list[Json]:
    grouped = [one for group in element.get("option_groups", []) for one in group["options"]]
    return [*element.get("options", []), *grouped]


def chosen(element: Json, what: object) -> Json:
    """The option of that text or value. What an app supplied while somebody typed is given as it is."""
    if isinstance(what, dict):
        return what
    for one in options(element):
        if what in (one["value"], one["text"]["text"]):
            return one
    raise NotOffered(f"{what!r} is not among {[one['text']['text'] for one in options(element)]}")


def state(element: Json, what: object = None) -> Json:
    """The element as `state.values` shows it: filled with `what`, else as it was given."""
    kind = str(element["type"])
    field, empty = EMPTY[kind]
    if what is None:
        value = element.get(INITIAL.get(field, ""), empty)
    elif field == "selected_option":
        value = chosen(element, what)
    elif field == "selected_options":
        assert isinstance(what, list | tuple)
        value = [chosen(element, one) for one in what]
    else:
        value = what
    return {"type": kind, field: value}


def states(blocks: list[Json], filled: Json) -> Json:
    """`state.values`: every element that has a state, as it was filled in or as it was given."""
    made: Json = {}
    for block, element in elements(blocks):
        if element["type"] in EMPTY and element["type"] != "overflow":
            known = filled.get(block["block_id"], {}).get(element["action_id"])
            made.setdefault(block["block_id"], {})[element["action_id"]] = known or state(element)
    return made


def remember(filled: Json, block: Json, element: Json, what: object) -> None:
    """Keep what was chosen or typed."""
    if element["type"] in EMPTY and element["type"] != "overflow":
        filled.setdefault(block["block_id"], {})[element["action_id"]] = state(element, what)


def too_long(element: Json, filled: Json) -> bool:
    value = filled.get("value")
    longest = int(element.get("max_length", 3000))
    return isinstance(value, str) and not int(element.get("min_length", 0)) <= len(value) <= longest


def is_empty(filled: Json) -> bool:
    return all(value in (None, "", []) for name, value in filled.items() if name != "type")


def action(block: Json, element: Json, what: object = None) -> Json:
    """What stands in `actions` when somebody presses, or chooses `what`."""
    made = {"action_id": element["action_id"], "block_id": block["block_id"], "type": element["type"]}
    if element["type"] == "button":
        made |= {name: element[name] for name in ("text", "value") if name in element}
        return made
    return made | state(element, what)


def names(block: Json, element: Json) -> set[str]:
    """Everything by which a test may call this element: what is read on it, and its ids."""
    texts = [element.get("text"), element.get("placeholder"), block.get("label")]
    shown = {one["text"] for one in texts if isinstance(one, dict)}
    return shown | {str(element["action_id"]), str(block["block_id"])}

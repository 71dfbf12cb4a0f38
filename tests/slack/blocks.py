"""Block Kit as Slack checks it: limits, required fields, which text and which element stands where."""

from collections.abc import Iterator
from typing import Any

from tests.slack.model import Json

MESSAGE, MODAL, HOME = "message", "modal", "home"
MOST_BLOCKS = {MESSAGE: 50, MODAL: 100, HOME: 100}
PLAIN, MRKDWN = ("plain_text",), ("mrkdwn",)
EITHER = PLAIN + MRKDWN

INPUTS = {
    "plain_text_input", "static_select", "multi_static_select", "external_select", "multi_external_select",
    "users_select", "multi_users_select", "conversations_select", "multi_conversations_select", "channels_select",
    "multi_channels_select", "checkboxes", "radio_buttons", "datepicker", "timepicker", "datetimepicker",
    "email_text_input", "url_text_input", "number_input", "file_input", "rich_text_input",
}  # fmt: skip
ONLY_IN_INPUT = {
    "plain_text_input", "email_text_input", "url_text_input", "number_input", "file_input", "rich_text_input",
}  # fmt: skip
ACTIONS = (INPUTS - ONLY_IN_INPUT - {name for name in INPUTS if name.startswith("multi_")}) | {"button", "overflow"}
ACCESSORIES = (INPUTS - ONLY_IN_INPUT - {"datetimepicker"}) | {"button", "overflow", "image"}

TEXTS: dict[str, dict[str, tuple[tuple[str, ...], int, bool]]] = {
    # field: which kinds of text, how many characters at most, whether it must be there
    "header": {"text": (PLAIN, 150, True)},
    "image": {"title": (PLAIN, 2000, False)},
    "input": {"label": (PLAIN, 2000, True), "hint": (PLAIN, 2000, False)},
    "section": {"text": (EITHER, 3000, False)},
    "button": {"text": (PLAIN, 75, True)},
    "confirm": {
        "title": (PLAIN, 100, True),
        "text": (EITHER, 300, True),
        "confirm": (PLAIN, 30, True),
        "deny": (PLAIN, 30, True),
    },
    "option": {"text": (EITHER, 75, True), "description": (EITHER, 75, False)},
}
STRINGS: dict[str, dict[str, tuple[int, bool]]] = {
    "image": {"alt_text": (2000, True), "image_url": (3000, False)},
    "button": {"value": (2000, False), "url": (3000, False), "accessibility_label": (75, False)},
    "option": {"value": (150, True)},
    "markdown": {"text": (12000, True)},
}
RICH_ELEMENTS = {
    "text": ("text",), "link": ("url",), "user": ("user_id",), "usergroup": ("usergroup_id",), "emoji": ("name",),
    "channel": ("channel_id",), "broadcast": ("range",), "date": ("timestamp", "format"),
}  # fmt: skip
"""What stands in rich text, and what each must have."""
RICH: dict[str, dict[str, tuple[str, ...]]] = {
    "rich_text_section": RICH_ELEMENTS,
    "rich_text_quote": RICH_ELEMENTS,
    "rich_text_preformatted": {name: RICH_ELEMENTS[name] for name in ("text", "link")},
    "rich_text_list": {"rich_text_section": ()},
}
OPTIONS = {"overflow": 5, "checkboxes": 10, "radio_buttons": 10}


class Check:
    """Collects what is wrong with blocks, each with a pointer to where."""

    def __init__(self, surface: str) -> None:
        self.surface = surface
        self.wrong: list[str] = []

    def fail(self, where: str, why: str) -> None:
        self.wrong.append(f"{why} [json-pointer:{where}]")

    def blocks(self, blocks: object, where: str) -> None:
        if not isinstance(blocks, list):
            self.fail(where, "must be an array")
            return
        if len(blocks) > MOST_BLOCKS[self.surface]:
            self.fail(where, f"no more than {MOST_BLOCKS[self.surface]} items allowed")
        ids = [one["block_id"] for one in blocks if isinstance(one, dict) and one.get("block_id")]
        for twice in sorted({one for one in ids if ids.count(one) > 1}):
            self.fail(where, f"`block_id` {twice} already exists")
        for number, block in enumerate(blocks):
            self.block(block, f"{where}/{number}")

    def block(self, block: object, where: str) -> None:
        checks = {
            "section": self._section, "actions": self._actions, "context": self._context, "image": self._image,
            "input": self._input, "divider": self._nothing, "header": self._nothing, "rich_text": self._rich_text,
            "markdown": self._markdown,
        }  # fmt: skip
        if not isinstance(block, dict) or block.get("type") not in checks:
            self.fail(where, f"unsupported type: {block.get('type') if isinstance(block, dict) else block}")
            return
        self._string(block, "block_id", 255, False, where)
        self._parts(str(block["type"]), block, where)
        checks[str(block["type"])](block, where)

    def _nothing(self, block: Json, where: str) -> None:
        """There is no more to it than its texts."""

    def _section(self, block: Json, where: str) -> None:
        if "text" not in block and "fields" not in block:
            self.fail(where, "must define either `fields` or `text`")
        if "fields" in block:
            for number, each in enumerate(self._items(block, "fields", 10, where)):
                self.text(each, EITHER, 2000, f"{where}/fields/{number}")
        if "accessory" in block:
            self._element(block["accessory"], ACCESSORIES, f"{where}/accessory")

    def _actions(self, block: Json, where: str) -> None:
        actions = []
        for number, each in enumerate(self._items(block, "elements", 25, where)):
            self._element(each, ACTIONS, f"{where}/elements/{number}")
            actions.append(each.get("action_id") if isinstance(each, dict) else None)
        for twice in sorted({one for one in actions if one and actions.count(one) > 1}):
            self.fail(f"{where}/elements", f"`action_id` {twice} already exists")

    def _context(self, block: Json, where: str) -> None:
        for number, each in enumerate(self._items(block, "elements", 10, where)):
            here = f"{where}/elements/{number}"
            if isinstance(each, dict) and each.get("type") == "image":
                self._parts("image", each, here)
            else:
                self.text(each, EITHER, 2000, here)

    def _image(self, block: Json, where: str) -> None:
        if not block.get("image_url") and not block.get("slack_file"):
            self.fail(where, "must define either `image_url` or `slack_file`")

    def _input(self, block: Json, where: str) -> None:
        if self.surface != MODAL:
            self.fail(where, f"unsupported type: input in a {self.surface}")
        self._element(block.get("element"), INPUTS, f"{where}/element")

    def _rich_text(self, block: Json, where: str) -> None:
        for number, part in enumerate(self._items(block, "elements", 1000, where)):
            self._rich_part(part, f"{where}/elements/{number}")

    def _rich_part(self, part: object, where: str) -> None:
        inside = RICH.get(str(part.get("type")), {}) if isinstance(part, dict) else {}
        if not isinstance(part, dict) or not inside:
            self.fail(where, f"unsupported type: {part.get('type') if isinstance(part, dict) else part}")
            return
        for number, each in enumerate(self._items(part, "elements", 1000, where)):
            here = f"{where}/elements/{number}"
            if part["type"] == "rich_text_list":
                self._rich_part(each, here)
            elif not isinstance(each, dict) or each.get("type") not in inside:
                self.fail(here, f"unsupported type: {each.get('type') if isinstance(each, dict) else each}")
            elif missing := [name for name in inside[each["type"]] if each.get(name) in (None, "")]:
                self.fail(here, f"missing required field: {missing[0]}")

    def _markdown(self, block: Json, where: str) -> None:
        if self.surface != MESSAGE:
            self.fail(where, f"unsupported type: markdown in a {self.surface}")

    def _element(self, element: object, allowed: set[str], where: str) -> None:
        if not isinstance(element, dict) or element.get("type") not in allowed:
            self.fail(where, f"unsupported type: {element.get('type') if isinstance(element, dict) else element}")
            return
        kind = str(element["type"])
        self._parts(kind, element, where)
        self._string(element, "action_id", 255, False, where)
        if kind == "button" and element.get("style", "primary") not in ("primary", "danger"):
            self.fail(f"{where}/style", "must be one of `primary`, `danger`")
        if "placeholder" in element:
            self.text(element["placeholder"], PLAIN, 150, f"{where}/placeholder")
        if "confirm" in element:
            self._parts("confirm", element["confirm"], f"{where}/confirm")
        if kind == "plain_text_input" and not 0 < int(element.get("max_length", 3000)) <= 3000:
            self.fail(f"{where}/max_length", "must be between 1 and 3000")
        if kind in OPTIONS or "static_select" in kind:
            self._choices(element, kind, where)

    def _choices(self, element: Json, kind: str, where: str) -> None:
        if "option_groups" in element:
            groups = self._items(element, "option_groups", 100, where)
            for number, group in enumerate(groups):
                self.text(group.get("label"), PLAIN, 75, f"{where}/option_groups/{number}/label")
                self._options(group, 100, PLAIN, f"{where}/option_groups/{number}")
            return
        self._options(element, OPTIONS.get(kind, 100), EITHER if kind in OPTIONS else PLAIN, where)
        chosen = [element.get("initial_option"), *(element.get("initial_options") or [])]
        if any(one and one not in element.get("options", []) for one in chosen):
            self.fail(where, "initial_option must be one of the options")

    def _options(self, holder: Json, most: int, kinds: tuple[str, ...], where: str) -> None:
        for number, option in enumerate(self._items(holder, "options", most, where)):
            here = f"{where}/options/{number}"
            self._parts("option", option, here)
            if isinstance(option, dict) and isinstance(option.get("text"), dict):
                self.text(option["text"], kinds, 75, f"{here}/text")

    def _items(self, holder: Json, name: str, most: int, where: str) -> list[Any]:
        items = holder.get(name)
        if not isinstance(items, list) or not items:
            self.fail(where, f"missing required field: {name}")
            return []
        if len(items) > most:
            self.fail(f"{where}/{name}", f"no more than {most} items allowed")
        return items

    def _parts(self, kind: str, holder: object, where: str) -> None:
        if not isinstance(holder, dict):
            self.fail(where, "must be an object")
            return
        for name, (kinds, longest, required) in TEXTS.get(kind, {}).items():
            if holder.get(name) is not None:
                self.text(holder[name], kinds, longest, f"{where}/{name}")
            elif required:
                self.fail(where, f"missing required field: {name}")
        for name, (longest, required) in STRINGS.get(kind, {}).items():
            self._string(holder, name, longest, required, where)

    def _string(self, holder: Json, name: str, longest: int, required: bool, where: str) -> None:
        value = holder.get(name)
        if value is None and not required:
            return
        if not isinstance(value, str) or (required and not value):
            self.fail(where, f"missing required field: {name}")
        elif len(value) > longest:
            self.fail(f"{where}/{name}", f"must be less than {longest + 1} characters")

    def text(self, text: object, kinds: tuple[str, ...], longest: int, where: str) -> None:
        """A text object: the right kind, not empty, not too long."""
        if not isinstance(text, dict) or text.get("type") not in kinds:
            self.fail(where, f"must be of type {' or '.join(kinds)}")
        elif not isinstance(text.get("text"), str) or not text["text"]:
            self.fail(f"{where}/text", "must be more than 0 characters")
        elif len(text["text"]) > longest:
            self.fail(f"{where}/text", f"must be less than {longest + 1} characters")
        elif text["type"] == "plain_text" and "verbatim" in text:
            self.fail(where, "verbatim belongs to mrkdwn")


def wrong_blocks(blocks: object, surface: str = MESSAGE, where: str = "/blocks") -> list[str]:
    """What Slack would say is wrong with these blocks; empty where it shows them."""
    check = Check(surface)
    check.blocks(blocks, where)
    return check.wrong


def slack_files(part: object, where: str) -> Iterator[tuple[str, str]]:
    """Each file of Slack's that is shown by its id, with the pointer to where."""
    inside = enumerate(part) if isinstance(part, list) else part.items() if isinstance(part, dict) else ()
    for key, value in inside:
        if key == "slack_file" and isinstance(value, dict):
            yield f"{where}/{key}", str(value.get("id"))
        else:
            yield from slack_files(value, f"{where}/{key}")


def numbered(blocks: list[Json]) -> Iterator[Json]:
    """The blocks with ids for those that have none, and action ids for their elements, as Slack gives them."""
    for number, block in enumerate(blocks):
        copy = {"block_id": f"b{number}", **block}
        for place in ("accessory", "element"):
            if isinstance(copy.get(place), dict) and copy[place]["type"] != "image":
                copy[place] = {"action_id": f"a{number}", **copy[place]}
        if copy["type"] == "actions":
            copy["elements"] = [{"action_id": f"a{n}", **each} for n, each in enumerate(copy["elements"])]
        yield copy

"""Block -> Block Kit, each as Slack draws it best; and what a pressed one meant."""

from collections.abc import Mapping, Sequence
from typing import Any, assert_never

from adapters.slack.text import NO_WORDS, Drawn, People, elements, fused, joined, plain_text, wording
from bot.chat.inbound import Pressed
from bot.chat.limits import ALT, OPTIONS, clip
from bot.chat.text import Plain, Text, clean, one_line
from bot.chat.view import (
    Block,
    Button,
    Buttons,
    Confirm,
    Divider,
    Fact,
    Facts,
    File,
    Note,
    Option,
    Paragraph,
    Picture,
    Quote,
    Select,
    Style,
    words_of,
)

HEADER = 150
LABEL = 75
PLACEHOLDER = 150
ACTION_ID = 255
SMALL_TEXT = 2000
CUT_OFF = 30
"""From how many characters on Slack may show a button's words cut."""
QUESTION, YES_OR_NO, ASKED_OF = 300, 30, 100

_GIVEN = "="
"""Before every option's value: Slack takes no empty one."""


def draw_block(block: Block, place: str, people: People, uploaded: str = "") -> list[Drawn]:
    """One block, total over all; nothing where Slack has nothing to draw. `place` tells its actions from others in the
    message, `uploaded` is Slack's id of the picture once it is there."""
    match block:
        case Paragraph(text):
            return rich(section(elements(text, people)))
        case Note(text):
            return _note(text, people)
        case Quote(text):
            words = wording(clean(text))
            return rich({"type": "rich_text_quote", "elements": [words]} if words else None)
        case Facts(rows):
            return rich(section(_facts(rows, people)))
        case Buttons(row):
            buttons = [_button(button, f"{place}.{n}") for n, button in enumerate(row)]
            return [{"type": "actions", "elements": buttons}] if buttons else []
        case Select(label, action, options):
            return [_select(label, action_id(place, action), options)] if options else []
        case Picture(_, alt):
            return [_image(alt, uploaded)] if uploaded else rich(section([wording(one_line(alt))]))
        case File():
            return [small(words_of(block))]
        case Divider():
            return [{"type": "divider"}]
        case _:
            assert_never(block)


def header(title: str) -> list[Drawn]:
    """The title, where there is one."""
    return [{"type": "header", "text": plain_text(title, HEADER)}] if one_line(title) else []


def rich(*parts: Drawn | None) -> list[Drawn]:
    """A block in which words stand as they were written; no block without parts."""
    there = [part for part in parts if part]
    return [{"type": "rich_text", "elements": there}] if there else []


def section(parts: Sequence[Drawn | None]) -> Drawn | None:
    """Sentences of a `rich_text`; None where nothing is said."""
    there = joined([part for part in parts if part])
    return {"type": "rich_text_section", "elements": there} if there else None


def small(words: str) -> Drawn:
    """Words set smaller."""
    text = {"type": "plain_text", "text": clip(clean(words), SMALL_TEXT), "emoji": False}
    return {"type": "context", "elements": [text]}


def never_empty(blocks: list[Drawn]) -> list[Drawn]:
    """The blocks of a modal or of App Home, which Slack does not take without any."""
    return blocks or [small(NO_WORDS)]


def draw_options(options: tuple[Option, ...]) -> list[Drawn]:
    """What can be chosen, in a message or in a form."""
    return [{"text": plain_text(one.label, LABEL), "value": _GIVEN + one.value} for one in options[:OPTIONS]]


def action_id(place: str, action: str) -> str:
    """The action's wire form behind its place, since no two in a message may be the same."""
    return f"{place}:{action}"[:ACTION_ID]


def pressed(payload: Mapping[str, Any]) -> Pressed | None:
    """What one of a payload's `actions` means, whoever made it; None for what is none of ours."""
    place, colon, action = str(payload.get("action_id", "")).partition(":")
    return Pressed(action, chosen(payload)) if place and colon else None


def chosen(state: Mapping[str, Any]) -> tuple[str, ...]:
    """The values of the options chosen in an element."""
    many, one = state.get("selected_options"), state.get("selected_option")
    options = many if isinstance(many, list) else [one]
    return tuple(str(option.get("value", "")).removeprefix(_GIVEN) for option in options if isinstance(option, dict))


def _note(text: Text, people: People) -> list[Drawn]:
    """Small where it is words alone; Slack's small print reads everything else as markup."""
    match fused(text):
        case (Plain(words),) if clean(words).strip():
            return [small(words)]
    return rich(section(elements(text, people)))


def _facts(rows: tuple[Fact, ...], people: People) -> list[Drawn | None]:
    parts: list[Drawn | None] = []
    for n, row in enumerate(rows):
        label = wording(f"{one_line(row.label)}: ", bold=True)
        parts += [wording("\n") if n else None, label, *elements(row.text, people)]
    return parts


def _button(button: Button, place: str) -> Drawn:
    label = plain_text(button.label, LABEL)
    drawn: Drawn = {"type": "button", "text": label, "action_id": action_id(place, button.action)}
    if len(button.label) > CUT_OFF:
        drawn["accessibility_label"] = label["text"]
    if button.style is not Style.PLAIN:
        drawn["style"] = button.style.value
    if button.confirm:
        drawn["confirm"] = _confirm(button.confirm, button)
    return drawn


def _confirm(confirm: Confirm, button: Button) -> Drawn:
    asks = {
        "title": plain_text(button.label, ASKED_OF),
        "text": plain_text(confirm.question, QUESTION),
        "confirm": plain_text(confirm.yes, YES_OR_NO),
        "deny": plain_text(confirm.no, YES_OR_NO),
    }
    return asks | ({"style": "danger"} if button.style is Style.DANGER else {})


def _select(label: str, action: str, options: tuple[Option, ...]) -> Drawn:
    """The label stands beside the select, to be read, and on it, to be heard by whoever comes to it by keys."""
    select = {
        "type": "static_select",
        "action_id": action,
        "placeholder": plain_text(label, PLACEHOLDER),
        "options": draw_options(options),
    }
    return {"type": "section", "text": plain_text(label, LABEL), "accessory": select}


def _image(alt: str, uploaded: str) -> Drawn:
    return {"type": "image", "slack_file": {"id": uploaded}, "alt_text": clip(one_line(alt), ALT) or NO_WORDS}

"""Block -> what Discord shows of it: lines of markdown, and controls beneath; and what a pressed one meant.

A press that cannot be taken back is asked for twice, and Discord has no question of its own for that. So such a button
carries a mark before its action, its question stands in the words above it, and who presses is asked for their eyes
alone, by a button that carries the action itself (`ask_first`). Nothing is kept meanwhile.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Any, assert_never

from adapters.discord.text import NO_WORDS, Drawn, People, bold, marked, neutral
from bot.chat.limits import LABEL, OPTIONS, clip
from bot.chat.text import clean, one_line
from bot.chat.view import (
    Block,
    Button,
    Buttons,
    Divider,
    Facts,
    File,
    Note,
    Option,
    Paragraph,
    Picture,
    Quote,
    Select,
    Style,
    View,
)
from bot.core.asking import sure

ROW, BUTTON, SELECT = 1, 2, 3
CUSTOM_ID = 100
LEAVE = "?"
"""What the button carries that leaves everything as it is."""

_ASKS, _AGAIN = "?", "+"
"""Before an action: that it is asked for twice; and that the message has the same already, which Discord refuses."""
_GIVEN = "="
"""Before every option's value: Discord takes no empty one."""
_MARKS = re.compile(r"[?+]*")
_STYLES = {Style.PLAIN: 2, Style.PRIMARY: 1, Style.DANGER: 4}


def draw_words(block: Block, people: People) -> str:
    """What the block says in lines, total over all; "" where it says nothing there."""
    match block:
        case Paragraph(text):
            return marked(text, people)
        case Note(text):
            return framed("-# ", marked(text, people))
        case Quote(text):
            return framed("> ", neutral(text.strip()), "> ")
        case Facts(rows):
            return "\n".join(f"{bold(f'{one_line(row.label)}:')} {marked(row.text, people)}" for row in rows)
        case Buttons(row):
            return framed("-# ", "\n".join(_question(one) for one in row if one.confirm))
        case Select(label, _, options):
            return neutral(one_line(label)) if options else ""
        case Picture() | File() | Divider():
            return ""
        case _:
            assert_never(block)


def draw_rows(blocks: Sequence[Block]) -> list[Drawn]:
    """The controls, row by row, in the order in which they stand."""
    taken: set[str] = set()
    rows = [list(_row(block, taken)) for block in blocks if isinstance(block, Buttons | Select)]
    return [{"type": ROW, "components": row} for row in rows if row]


def draw_options(options: Sequence[Option]) -> list[Drawn]:
    """What can be chosen, in a message or in a form; each value once, since Discord takes no second."""
    once = {one.value: one for one in reversed(options)}
    there = [once.pop(one.value) for one in options if one.value in once]
    return [{"label": label(one.label), "value": _GIVEN + one.value} for one in there[:OPTIONS]]


def label(words: str, most: int = LABEL) -> str:
    """One line of words where Discord reads no markdown; never empty."""
    return clip(one_line(words), most) or NO_WORDS


def framed(mark: str, lines: str, bare: str = "") -> str:
    """The lines, each with its mark; `bare` stands for one without words."""
    return "\n".join(mark + line.lstrip() if line.strip() else bare for line in lines.split("\n")) if lines else ""


def action_of(custom_id: str) -> str:
    """The action that a control carries, whether or not it is asked for twice."""
    return _MARKS.sub("", custom_id, count=1)


def asks(custom_id: str) -> bool:
    """Whether a press is to be answered with a question first, or was the one that leaves all as it is."""
    found = _MARKS.match(custom_id)
    return bool(found and _ASKS in found.group())


def ask_first(custom_id: str, components: object) -> View | None:
    """The question that answers a first press, from the components of the message that was pressed: shown to that
    person alone. None where nothing is to be asked. LEAVE is answered by
    `bot.core.asking.left_as_it_is`."""
    action = action_of(custom_id)
    if not asks(custom_id) or not action:
        return None
    words = next((one["label"] for one in controls(components) if one.get("custom_id") == custom_id), "")
    return sure(label(words if isinstance(words, str) else ""), action, LEAVE)


def chosen(values: object) -> tuple[str, ...]:
    """The values of the options chosen, as they were given."""
    there = values if isinstance(values, list) else []
    return tuple(one.removeprefix(_GIVEN) for one in there if isinstance(one, str))


def controls(components: object) -> Iterator[dict[str, Any]]:
    """Every control of a message's or a form's components that has a label or an id, whatever was sent."""
    waiting = [components]
    while waiting:
        one = waiting.pop(0)
        if isinstance(one, list):
            waiting[:0] = one
        elif isinstance(one, dict):
            inner = [one.get("components"), one.get("component")]
            waiting[:0] = [part for part in inner if part is not None]
            if "custom_id" in one:
                yield {"label": "", **one}


def _question(button: Button) -> str:
    question = button.confirm.question if button.confirm else ""
    return f"{bold(f'{one_line(button.label)}:')} {neutral(one_line(question))}"


def _row(block: Buttons | Select, taken: set[str]) -> Iterator[Drawn]:
    match block:
        case Buttons(row):
            for button in row:
                if custom_id := _free(_ASKS * bool(button.confirm) + button.action, taken):
                    yield _button(button, custom_id)
        case Select(says, action, options):
            if options and (custom_id := _free(action, taken)):
                placeholder = label(says)
                shown = {"placeholder": placeholder, "options": draw_options(options)}
                yield {"type": SELECT, "custom_id": custom_id, **shown}
        case _:
            assert_never(block)


def _button(button: Button, custom_id: str) -> Drawn:
    style = _STYLES[button.style]
    return {"type": BUTTON, "style": style, "label": label(clean(button.label)), "custom_id": custom_id}


def _free(wanted: str, taken: set[str]) -> str:
    """An id for that, which nothing else in the message has; "" where there is no room for one."""
    custom_id = wanted or _AGAIN
    while custom_id in taken:
        custom_id = _AGAIN + custom_id
    if len(custom_id) > CUSTOM_ID:
        return ""
    taken.add(custom_id)
    return custom_id

"""What is shown: blocks that every platform can draw. A view that exists fits everywhere."""

from collections.abc import Iterator
from enum import StrEnum
from typing import TypeAlias

import msgspec

from bot.chat.action import Action
from bot.chat.ids import Id
from bot.chat.limits import (
    ALT,
    BUTTONS_A_ROW,
    FACTS,
    FILE_BYTES,
    FILE_NAME,
    LABEL,
    OPTIONS,
    QUOTE,
    ROWS_OF_CONTROLS,
    TITLE,
    VALUE_BYTES,
    VIEW,
    at_most,
)
from bot.chat.text import Mention, Text, as_words, checked, size

_NOT_IN_NAMES = frozenset('/\\:*?"<>|')


class Style(StrEnum):
    """How much a button stands out; the words alone always say enough."""

    PLAIN = "plain"
    PRIMARY = "primary"
    DANGER = "danger"


class Paragraph(msgspec.Struct, frozen=True, tag="paragraph"):
    """Some sentences."""

    text: Text

    def __post_init__(self) -> None:
        checked(self.text)


class Note(msgspec.Struct, frozen=True, tag="note"):
    """Sentences set smaller: the help line, what is kept, who can see this."""

    text: Text

    def __post_init__(self) -> None:
        checked(self.text)


class Quote(msgspec.Struct, frozen=True, tag="quote"):
    """What a person wrote, framed on every line so that it can never pass for the bot's own words."""

    text: str

    def __post_init__(self) -> None:
        at_most(QUOTE, len(self.text), "a quotation")


class Fact(msgspec.Struct, frozen=True):
    """A name and what stands beside it."""

    label: str
    text: Text


class Facts(msgspec.Struct, frozen=True, tag="facts"):
    """Up to ten facts, one under another."""

    rows: tuple[Fact, ...]

    def __post_init__(self) -> None:
        at_most(FACTS, len(self.rows), "a list of facts")
        for row in self.rows:
            at_most(LABEL, len(row.label), "a fact's name")
            checked(row.text)


class Confirm(msgspec.Struct, frozen=True):
    """What is asked before a press that cannot be taken back."""

    question: str
    yes: str
    no: str


class Button(msgspec.Struct, frozen=True):
    """One press. The label makes sense read alone; `action` is an Action's wire form."""

    label: str
    action: str
    style: Style = Style.PLAIN
    confirm: Confirm | None = None

    def __post_init__(self) -> None:
        at_most(LABEL, len(self.label), "a button's label")
        if not self.label.strip():
            raise ValueError("a button without words cannot be read aloud")


class Buttons(msgspec.Struct, frozen=True, tag="buttons"):
    """Up to five buttons in a row."""

    row: tuple[Button, ...]

    def __post_init__(self) -> None:
        at_most(BUTTONS_A_ROW, len(self.row), "a row of buttons")


class Option(msgspec.Struct, frozen=True):
    """Something to choose: `value` comes back, `label` is read."""

    value: str
    label: str

    def __post_init__(self) -> None:
        at_most(LABEL, len(self.label), "an option's label")
        at_most(VALUE_BYTES, len(self.value.encode()), "an option's value")


class Select(msgspec.Struct, frozen=True, tag="select"):
    """One choice among at most 25."""

    label: str
    action: str
    options: tuple[Option, ...]

    def __post_init__(self) -> None:
        at_most(LABEL, len(self.label), "a select's label")
        at_most(OPTIONS, len(self.options), "a select")


class Picture(msgspec.Struct, frozen=True, tag="picture"):
    """Something rather looked at than read; `alt` says what it shows."""

    png: bytes
    alt: str

    def __post_init__(self) -> None:
        at_most(ALT, len(self.alt), "a picture's words")
        if not self.alt.strip():
            raise ValueError("a picture needs words for those who cannot see it")


class File(msgspec.Struct, frozen=True, tag="file"):
    """Something to keep: read by programs rather than here. `kind` is its media type; only the reader can fetch it."""

    name: str
    content: bytes
    kind: str

    def __post_init__(self) -> None:
        at_most(FILE_NAME, len(self.name), "a file's name")
        at_most(FILE_BYTES, len(self.content), "a file")
        if not self.name.strip(". ") or not self.name.isprintable() or set(self.name) & _NOT_IN_NAMES:
            raise ValueError("a file needs a name that every machine can write")


class Divider(msgspec.Struct, frozen=True, tag="divider"):
    """A line between two thoughts."""


Block: TypeAlias = Paragraph | Note | Quote | Facts | Buttons | Select | Picture | File | Divider

_SENTENCES, _CONTROLS = (Paragraph, Note), (Buttons, Select)


class View(msgspec.Struct, frozen=True):
    """A message: blocks under an optional title. Raises TooLarge when some platform could not show it."""

    blocks: tuple[Block, ...]
    title: str = ""

    def __post_init__(self) -> None:
        at_most(TITLE, len(self.title), "a title")
        at_most(ROWS_OF_CONTROLS, sum([isinstance(b, _CONTROLS) for b in self.blocks]), "rows of controls")
        at_most(VIEW, sum([_size(b) for b in self.blocks]), "a view")


def button(label: str, action: Action, style: Style = Style.PLAIN, confirm: Confirm | None = None) -> Button:
    """A button that means `action`."""
    return Button(label, action.pack(), style, confirm)


def mentions(view: View) -> Iterator[Id]:
    """The members that the words mention."""
    for block in view.blocks:
        match block:
            case Paragraph(text) | Note(text):
                yield from _mentioned(text)
            case Facts(rows):
                for row in rows:
                    yield from _mentioned(row.text)


def words_of_text(text: Text) -> str:
    """The text in words alone."""
    return "".join(as_words(span) for span in text)


def words_of(block: Block) -> str:
    """The block in words alone; total over all blocks."""
    match block:
        case Paragraph(text) | Note(text):
            return words_of_text(text)
        case Quote(words):
            return "\n".join(f"> {line}" for line in words.splitlines())
        case Facts(rows):
            return "\n".join(f"{row.label}: {words_of_text(row.text)}" for row in rows)
        case Buttons(row):
            return " ".join(f"[{one.label}]" for one in row)
        case Select(label, _, options):
            return f"{label}: " + ", ".join(option.label for option in options)
        case Picture(_, alt):
            return alt
        case File(name, content):
            return f"File: {name}, {size_of(content)}"
        case Divider():
            return ""


def _mentioned(text: Text) -> Iterator[Id]:
    return (span.member for span in text if isinstance(span, Mention))


def size_of(content: bytes) -> str:
    """How large a file is, as one says it."""
    return f"{max(1, round(len(content) / 1000))} kB"


def _size(block: Block) -> int:
    """How many characters the block has in words alone."""
    if isinstance(block, _SENTENCES):
        return size(block.text)
    return len(words_of(block))


def words_of_view(view: View) -> str:
    """The view's full plain-text form, for notifications and screen readers."""
    parts = [view.title, *(words_of(block) for block in view.blocks)]
    return "\n".join(part for part in parts if part)

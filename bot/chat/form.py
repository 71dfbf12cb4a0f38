"""What is asked: up to five fields. A form never answers a form (Discord forbids it): a view with a button does."""

from datetime import datetime
from typing import TypeAlias

import msgspec

from bot.chat.limits import ANSWER_LINE, ANSWER_TEXT, FIELDS, FORM_TITLE, LABEL, OPTIONS, at_most
from bot.chat.view import Option

_NAME = 45


class ShortText(msgspec.Struct, frozen=True, tag="short"):
    """One line."""

    name: str
    label: str
    value: str = ""
    hint: str = ""
    required: bool = True
    most: int = ANSWER_LINE


class LongText(msgspec.Struct, frozen=True, tag="long"):
    """Some lines."""

    name: str
    label: str
    value: str = ""
    hint: str = ""
    required: bool = True
    most: int = ANSWER_TEXT


class OneOf(msgspec.Struct, frozen=True, tag="one"):
    """One choice."""

    name: str
    label: str
    options: tuple[Option, ...]
    value: str = ""
    hint: str = ""
    required: bool = True


class ManyOf(msgspec.Struct, frozen=True, tag="many"):
    """Any number of choices, none too."""

    name: str
    label: str
    options: tuple[Option, ...]
    values: tuple[str, ...] = ()
    hint: str = ""
    required: bool = False


class DateTime(msgspec.Struct, frozen=True, tag="datetime"):
    """A day and a time of day, on the reader's own clock."""

    name: str
    label: str
    value: datetime | None = None
    hint: str = ""
    required: bool = True


Field: TypeAlias = ShortText | LongText | OneOf | ManyOf | DateTime


class Form(msgspec.Struct, frozen=True):
    """Fields to fill in and a button that sends them; `action` is an Action's wire form."""

    title: str
    action: str
    fields: tuple[Field, ...]
    send: str

    def __post_init__(self) -> None:
        at_most(FORM_TITLE, len(self.title), "a form's title")
        at_most(FIELDS, len(self.fields), "a form")
        for field in self.fields:
            _fits(field)


class Search(msgspec.Struct, frozen=True):
    """One line to look something up by, answered by a view with a select; type-ahead where a platform has it."""

    title: str
    action: str
    label: str
    send: str
    hint: str = ""

    def __post_init__(self) -> None:
        at_most(FORM_TITLE, len(self.title), "a search's title")
        at_most(LABEL, len(self.label), "a search's label")


SEARCHED = "q"
"""The name under which a Search's line comes back."""


def _fits(field: Field) -> None:
    at_most(_NAME, len(field.label), "a field's label")
    if isinstance(field, OneOf | ManyOf):
        at_most(OPTIONS, len(field.options), "a field's options")

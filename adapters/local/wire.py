"""What a tab may ask of the server, one JSON object a frame; the answer carries the same `n`."""

from collections.abc import Mapping
from datetime import datetime
from typing import TypeAlias

import msgspec

from bot.chat.command import Tree

FRAME = 64 * 1024
"""The most bytes in one frame from a tab."""


class Asked(msgspec.Struct, frozen=True, tag_field="do", forbid_unknown_fields=True, kw_only=True):
    """`n` numbers the question within its tab."""

    n: int


class Hello(Asked, frozen=True, tag="hello"):
    """Everything a tab needs at first."""


class Be(Asked, frozen=True, tag="be"):
    """See the space as that person does, from now on."""

    user: str


class Part(Asked, frozen=True, tag="part"):
    """Stop being that person."""

    user: str


class Open(Asked, frozen=True, tag="open"):
    """Read a conversation."""

    user: str
    conversation: str


class Look(Asked, frozen=True, tag="look"):
    """Open the bot's home page."""

    user: str


class See(Asked, frozen=True, tag="seen"):
    """All that is in the conversation has been seen."""

    user: str
    conversation: str


class Use(Asked, frozen=True, tag="use"):
    """Type a command."""

    user: str
    conversation: str
    tree: Tree
    words: str


class Press(Asked, frozen=True, tag="press"):
    """Press a button or choose an option."""

    user: str
    conversation: str
    message: str
    action: str
    values: tuple[str, ...] = ()


class Submit(Asked, frozen=True, tag="submit"):
    """Send a form or a search."""

    user: str
    conversation: str
    message: str
    action: str
    values: Mapping[str, tuple[str, ...]]


class Say(Asked, frozen=True, tag="say"):
    """Type some words."""

    user: str
    conversation: str
    text: str


class Join(Asked, frozen=True, tag="join"):
    """Come in as somebody new."""

    name: str


class Write(Asked, frozen=True, tag="write"):
    """Find or open a conversation of two."""

    user: str
    other: str


class Time(Asked, frozen=True, tag="time"):
    """What time is it, and what comes next?"""


class Jump(Asked, frozen=True, tag="jump"):
    """Let time pass."""

    until: datetime


Question: TypeAlias = Hello | Be | Part | Open | Look | See | Use | Press | Submit | Say | Join | Write | Time | Jump

read = msgspec.json.Decoder(Question).decode
write = msgspec.json.Encoder().encode

"""What can be pressed about introductions."""

from datetime import date
from typing import ClassVar

from bot.chat.action import Action
from bot.chat.ids import Id


class Skip(Action, frozen=True):
    """Not in the week of that Monday."""

    wire: ClassVar[str] = "pairing.skip"
    week: date


class Unskip(Action, frozen=True):
    """In that week after all."""

    wire: ClassVar[str] = "pairing.unskip"
    week: date


class FindAnother(Action, frozen=True):
    """Wrote to the others of this group and heard nothing: asks for somebody else."""

    wire: ClassVar[str] = "pairing.find-another"
    group: Id


class RatherNot(Action, frozen=True):
    """Would rather not meet that member of that group again. The room that keeps it answers."""

    wire: ClassVar[str] = "blocks.rather-not"
    group: Id
    member: Id


class WriteTo(Action, frozen=True):
    """Would like to write to that member of that group, with whom no place is shared. The room that carries it
    answers."""

    wire: ClassVar[str] = "relay.write"
    group: Id
    member: Id

"""What can be pressed about an introduction."""

from typing import ClassVar

from bot.chat.action import Action
from bot.chat.ids import Id


class RatherNot(Action, frozen=True):
    """Would rather not meet that member of that group again. The room that keeps it answers."""

    wire: ClassVar[str] = "blocks.rather-not"
    group: Id
    member: Id

"""What can be pressed and sent about whom one would rather not meet."""

from typing import ClassVar

from bot.chat.action import Action
from bot.chat.ids import Id


class KeepWords(Action, frozen=True):
    """Whom, as typed, sent."""

    wire: ClassVar[str] = "blocks.words"


class AskWhom(Action, frozen=True):
    """Asks for the form in which one says whom."""

    wire: ClassVar[str] = "blocks.ask"


class MeetNamed(Action, frozen=True):
    """Takes back some words that one typed."""

    wire: ClassVar[str] = "blocks.meet-named"
    said: Id


class MeetChosen(Action, frozen=True):
    """Takes back what one chose by a press."""

    wire: ClassVar[str] = "blocks.meet-chosen"
    member: Id


class MeetGone(Action, frozen=True):
    """Takes back what one chose about people who have been forgotten since."""

    wire: ClassVar[str] = "blocks.meet-gone"

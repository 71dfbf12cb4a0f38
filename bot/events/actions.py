"""What can be pressed, chosen and sent about events."""

from typing import ClassVar

from bot.chat.action import Action
from bot.chat.ids import Id
from bot.events.model import Answer


class AnswerEvent(Action, frozen=True):
    """Says yes, maybe or no to an event."""

    wire: ClassVar[str] = "event.answer"
    event: Id
    answer: Answer

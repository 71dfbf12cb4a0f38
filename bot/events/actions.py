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


class AgreeEvent(Action, frozen=True):
    """Has read how those who come to such an event treat each other, and says yes."""

    wire: ClassVar[str] = "event.agree"
    event: Id


class TakePlace(Action, frozen=True):
    """Takes the place that was offered."""

    wire: ClassVar[str] = "event.take"
    event: Id


class ShowEvent(Action, frozen=True):
    """Would like to read all there is to know of an event."""

    wire: ClassVar[str] = "event.show"
    event: Id


class ComingEvents(Action, frozen=True):
    """Would like to see what is coming, from that page on."""

    wire: ClassVar[str] = "event.coming"
    page: int


class MyEvents(Action, frozen=True):
    """Would like to see what they said yes or maybe to, and where they were."""

    wire: ClassVar[str] = "event.mine"


class JoinSeries(Action, frozen=True):
    """Says yes to all events of a series, those to come too."""

    wire: ClassVar[str] = "event.join"
    series: Id


class LeaveSeries(Action, frozen=True):
    """Would rather say yes one by one again."""

    wire: ClassVar[str] = "event.unjoin"
    series: Id


class AskChoices(Action, frozen=True):
    """Would like to choose when to be reminded."""

    wire: ClassVar[str] = "event.choices"


class KeepChoices(Action, frozen=True):
    """Has chosen when to be reminded."""

    wire: ClassVar[str] = "event.choose"


class Still(Action, frozen=True):
    """Has said whether reminders should still come during a pause: 1 for yes, 0 for no."""

    wire: ClassVar[str] = "event.still"
    yes: int

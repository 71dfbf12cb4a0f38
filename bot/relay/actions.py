"""What can be pressed and sent by two who write to each other through the bot. The other is always named in it."""

from typing import ClassVar

from bot.chat.action import Action
from bot.chat.ids import Id


class LetWrite(Action, frozen=True):
    """Says yes to that member of that group, who would like to write."""

    wire: ClassVar[str] = "relay.yes"
    group: Id
    member: Id


class LetNotWrite(Action, frozen=True):
    """Says no to them."""

    wire: ClassVar[str] = "relay.no"
    group: Id
    member: Id


class SendTo(Action, frozen=True):
    """The form in which one writes to them, sent."""

    wire: ClassVar[str] = "relay.send"
    group: Id
    member: Id


class Stop(Action, frozen=True):
    """Nothing more is to go either way."""

    wire: ClassVar[str] = "relay.stop"
    group: Id
    member: Id


class AskReport(Action, frozen=True):
    """Asks for the form in which one reports them."""

    wire: ClassVar[str] = "relay.ask-report"
    group: Id
    member: Id


class Report(Action, frozen=True):
    """That form, sent."""

    wire: ClassVar[str] = "relay.report"
    group: Id
    member: Id

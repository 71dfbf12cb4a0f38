"""What can be pressed while two accounts are connected, or parted."""

from typing import ClassVar

from bot.chat.action import Action
from bot.chat.ids import Id


class EnterCode(Action, frozen=True):
    """Asks for the code that the other place has shown."""

    wire: ClassVar[str] = "accounts.enter"


class KeepCode(Action, frozen=True):
    """That code, sent."""

    wire: ClassVar[str] = "accounts.code"


class ThatsMe(Action, frozen=True):
    """Says, where the code was entered, that whoever asked for it is oneself."""

    wire: ClassVar[str] = "accounts.me"
    member: Id


class NotMe(Action, frozen=True):
    """Says there that it is somebody else."""

    wire: ClassVar[str] = "accounts.not-me"
    member: Id


class LetIn(Action, frozen=True):
    """Says, where the code was asked for, that the other account is one's own."""

    wire: ClassVar[str] = "accounts.let-in"
    asked: Id


class KeepOut(Action, frozen=True):
    """Says there that it is not, or that it was not meant so."""

    wire: ClassVar[str] = "accounts.keep-out"
    asked: Id


class Disconnect(Action, frozen=True):
    """Parts with another account of one's own, named as the config names accounts."""

    wire: ClassVar[str] = "accounts.disconnect"
    other: str

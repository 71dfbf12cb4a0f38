"""What can be pressed and sent about announcements. Organisers press all of it but `Seen`."""

from typing import ClassVar

from bot.chat.action import Action
from bot.chat.ids import Id
from bot.members.model import By


class KeepWords(Action, frozen=True):
    """The form of a new one, sent."""

    wire: ClassVar[str] = "announce.new"


class AskWords(Action, frozen=True):
    """Asks for the form with its words."""

    wire: ClassVar[str] = "announce.ask-words"
    id: Id


class ChangeWords(Action, frozen=True):
    """That form, sent; before it leaves, or to correct it afterwards."""

    wire: ClassVar[str] = "announce.words"
    id: Id


class AskLine(Action, frozen=True):
    """Asks for a correction of one line."""

    wire: ClassVar[str] = "announce.ask-line"
    id: Id


class SendLine(Action, frozen=True):
    """That line, sent."""

    wire: ClassVar[str] = "announce.line"
    id: Id


class AskWhom(Action, frozen=True):
    """Asks to whom, by which way and when."""

    wire: ClassVar[str] = "announce.ask-whom"
    id: Id


class KeepWhom(Action, frozen=True):
    """That form, sent."""

    wire: ClassVar[str] = "announce.whom"
    id: Id


class ChooseOf(Action, frozen=True):
    """Which of them: a role, a region; the choice is its value."""

    wire: ClassVar[str] = "announce.of"
    id: Id
    kind: By


class ChooseCrowd(Action, frozen=True):
    """Which group that another room knows; the choice is its written form."""

    wire: ClassVar[str] = "announce.crowd"
    id: Id


class ChooseInvite(Action, frozen=True):
    """Which button of another room; the choice is its written form."""

    wire: ClassVar[str] = "announce.invite"
    id: Id


class AskPicture(Action, frozen=True):
    """Asks for a picture."""

    wire: ClassVar[str] = "announce.ask-picture"
    id: Id


class KeepPicture(Action, frozen=True):
    """Its address and what it shows, sent."""

    wire: ClassVar[str] = "announce.picture"
    id: Id


class Show(Action, frozen=True):
    """Asks to see one, and what can be done about it."""

    wire: ClassVar[str] = "announce.show"
    id: Id


class Send(Action, frozen=True):
    """Send it: the version and the number of people that were shown."""

    wire: ClassVar[str] = "announce.send"
    id: Id
    edition: int
    people: int


class Agree(Action, frozen=True):
    """The second organiser agrees to what they were shown."""

    wire: ClassVar[str] = "announce.agree"
    id: Id
    edition: int
    people: int


class NotLikeThis(Action, frozen=True):
    """The second organiser does not."""

    wire: ClassVar[str] = "announce.not-so"
    id: Id
    edition: int


class Undo(Action, frozen=True):
    """Takes back a press before anything has left."""

    wire: ClassVar[str] = "announce.undo"
    id: Id
    edition: int


class Stop(Action, frozen=True):
    """Nothing more of it is to leave."""

    wire: ClassVar[str] = "announce.stop"
    id: Id


class Recall(Action, frozen=True):
    """Takes it away from whoever has it."""

    wire: ClassVar[str] = "announce.recall"
    id: Id


class Seen(Action, frozen=True):
    """A reader has read it."""

    wire: ClassVar[str] = "announce.seen"
    id: Id

"""What can be pressed, chosen and sent about events."""

from enum import StrEnum
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


# What organisers, and hosts, press and send


class Scope(StrEnum):
    """Of events in a series: which of them are meant."""

    THIS = "this"
    FOLLOWING = "following"
    """This one, and all that follow."""


class Task(StrEnum):
    """What an organiser chooses an event for."""

    EDIT = "edit"
    CANCEL = "cancel"
    SHOW = "show"


class AskBasics(Action, frozen=True):
    """Would like to write, or change, what a draft says."""

    wire: ClassVar[str] = "plan.ask-basics"
    event: Id


class KeepBasics(Action, frozen=True):
    """Has written it. The identifier is there before the draft: a form that is sent twice makes one."""

    wire: ClassVar[str] = "plan.basics"
    event: Id


class ChooseWhen(Action, frozen=True):
    """Of several moments that a date could mean, this one: `minute` counts from 1970."""

    wire: ClassVar[str] = "plan.when"
    event: Id
    minute: int


class AskWho(Action, frozen=True):
    """Would like to say whom a draft is for, and how many of them."""

    wire: ClassVar[str] = "plan.ask-who"
    event: Id


class KeepWho(Action, frozen=True):
    """Has said it."""

    wire: ClassVar[str] = "plan.who"
    event: Id


class AskAgain(Action, frozen=True):
    """Would like to say how a draft comes again."""

    wire: ClassVar[str] = "plan.ask-again"
    event: Id


class KeepAgain(Action, frozen=True):
    """Has said it."""

    wire: ClassVar[str] = "plan.again"
    event: Id


class AskLink(Action, frozen=True):
    """Would like to say where a draft is online, and who hosts it."""

    wire: ClassVar[str] = "plan.ask-link"
    event: Id


class KeepLink(Action, frozen=True):
    """Has said it."""

    wire: ClassVar[str] = "plan.link"
    event: Id


class ChooseHost(Action, frozen=True):
    """Of several members of that name, one hosts the draft."""

    wire: ClassVar[str] = "plan.host"
    event: Id


class ShowDraft(Action, frozen=True):
    """Would like to see a draft as it stands."""

    wire: ClassVar[str] = "plan.draft"
    event: Id


class PostEvent(Action, frozen=True):
    """A draft is right: it is to be posted."""

    wire: ClassVar[str] = "plan.post"
    event: Id


class ThrowAway(Action, frozen=True):
    """A draft is not wanted."""

    wire: ClassVar[str] = "plan.drop"
    event: Id


class ChooseEvent(Action, frozen=True):
    """Has chosen an event from a list."""

    wire: ClassVar[str] = "plan.choose"
    task: Task


class ChangeEvent(Action, frozen=True):
    """Would like to change an event that is planned."""

    wire: ClassVar[str] = "plan.edit"
    event: Id


class ApplyChange(Action, frozen=True):
    """The changes in `draft` are right: they are to be made."""

    wire: ClassVar[str] = "plan.apply"
    draft: Id
    event: Id
    scope: Scope


class AskCancel(Action, frozen=True):
    """Would like to cancel an event."""

    wire: ClassVar[str] = "plan.ask-cancel"
    event: Id


class CancelEvent(Action, frozen=True):
    """An event does not take place."""

    wire: ClassVar[str] = "plan.cancel"
    event: Id
    scope: Scope


class ListEvents(Action, frozen=True):
    """Would like to see all that is coming and all drafts, from that page on."""

    wire: ClassVar[str] = "plan.list"
    page: int


class WhoComes(Action, frozen=True):
    """A host would like to see who said yes."""

    wire: ClassVar[str] = "plan.comes"
    event: Id


class AskCame(Action, frozen=True):
    """A host would like to put down who came, from that page of names on."""

    wire: ClassVar[str] = "plan.ask-came"
    event: Id
    page: int


class KeepCame(Action, frozen=True):
    """A host has put it down."""

    wire: ClassVar[str] = "plan.came"
    event: Id
    page: int

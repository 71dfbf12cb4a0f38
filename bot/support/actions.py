"""What can be pressed, chosen and sent about listeners and worries. Who presses is never in it."""

from typing import ClassVar

from bot.chat.action import Action
from bot.chat.ids import Id


class AskAnybody(Action, frozen=True):
    """Asks for the form in which one writes to whichever listener is free."""

    wire: ClassVar[str] = "support.ask-anybody"


class AskListener(Action, frozen=True):
    """Asks for the form in which one writes to a listener; which one is the choice, an id as text."""

    wire: ClassVar[str] = "support.ask"


class LookFor(Action, frozen=True):
    """A listener who needs somebody to talk to: who is there?"""

    wire: ClassVar[str] = "support.look-for"


class WriteRequest(Action, frozen=True):
    """That form, sent: to be shown before it goes anywhere."""

    wire: ClassVar[str] = "support.write"
    listener: Id


class ChangeRequest(Action, frozen=True):
    """Asks for the form again, with what was written."""

    wire: ClassVar[str] = "support.change"
    request: Id


class SendRequest(Action, frozen=True):
    """Sends what was shown."""

    wire: ClassVar[str] = "support.send"
    request: Id


class DropRequest(Action, frozen=True):
    """Sends nothing, and forgets what was written."""

    wire: ClassVar[str] = "support.drop"
    request: Id


class Take(Action, frozen=True):
    """A listener will write to whoever asked."""

    wire: ClassVar[str] = "support.take"
    request: Id


class Cannot(Action, frozen=True):
    """A listener can't at the moment."""

    wire: ClassVar[str] = "support.cannot"
    request: Id


class CloseRequest(Action, frozen=True):
    """It is over: either of the two says so."""

    wire: ClassVar[str] = "support.close"
    request: Id


class ShowGuidance(Action, frozen=True):
    """Asks what listening is, and what it is not."""

    wire: ClassVar[str] = "support.guidance"


class Agree(Action, frozen=True):
    """Will listen; and, from another account of theirs, from there too."""

    wire: ClassVar[str] = "support.agree"


class StepDown(Action, frozen=True):
    """Won't listen, or no more."""

    wire: ClassVar[str] = "support.step-down"


class SearchListener(Action, frozen=True):
    """An organiser's words by which to look for a member who could listen, sent."""

    wire: ClassVar[str] = "support.search-listener"


class FindListener(Action, frozen=True):
    """Asks for such words."""

    wire: ClassVar[str] = "support.find-listener"


class ChooseListener(Action, frozen=True):
    """One of those found, or on the rota: an id as text is the choice."""

    wire: ClassVar[str] = "support.choose-listener"


class AskHours(Action, frozen=True):
    """Asks for the form of somebody's hours."""

    wire: ClassVar[str] = "support.ask-hours"
    member: Id


class KeepHours(Action, frozen=True):
    """That form, sent."""

    wire: ClassVar[str] = "support.hours"
    member: Id


class ClearHours(Action, frozen=True):
    """Takes all hours away."""

    wire: ClassVar[str] = "support.clear-hours"
    member: Id


class TakeOff(Action, frozen=True):
    """Takes somebody off the rota."""

    wire: ClassVar[str] = "support.take-off"
    member: Id


class FindConcern(Action, frozen=True):
    """Asks by which words to look for the member somebody worries about."""

    wire: ClassVar[str] = "support.find-concern"


class SearchConcern(Action, frozen=True):
    """Those words, sent."""

    wire: ClassVar[str] = "support.search-concern"


class ConcernWhom(Action, frozen=True):
    """One of the members found: an id as text is the choice."""

    wire: ClassVar[str] = "support.concern-whom"


class ConcernOther(Action, frozen=True):
    """Somebody whom no search finds."""

    wire: ClassVar[str] = "support.concern-other"


class WriteConcern(Action, frozen=True):
    """What organisers should know of that member, sent to be shown; 0 for somebody who is named in words."""

    wire: ClassVar[str] = "support.write-concern"
    member: Id


class ChangeConcern(Action, frozen=True):
    """Asks for the form again, with what was written."""

    wire: ClassVar[str] = "support.change-concern"
    worry: Id


class ConcernWithout(Action, frozen=True):
    """Shows it anew, for other readers: the numbers of those left out are the bits of `without`."""

    wire: ClassVar[str] = "support.concern-without"
    worry: Id
    without: int


class SendConcern(Action, frozen=True):
    """Sends what was shown, to those it was shown for."""

    wire: ClassVar[str] = "support.send-concern"
    worry: Id
    without: int


class DropConcern(Action, frozen=True):
    """Sends nothing, and forgets what was written."""

    wire: ClassVar[str] = "support.drop-concern"
    worry: Id

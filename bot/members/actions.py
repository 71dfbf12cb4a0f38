"""What can be pressed, chosen or sent in the rooms of the members: about oneself, and by organisers."""

from enum import StrEnum
from typing import ClassVar

from bot.chat.action import Action
from bot.chat.ids import Id
from bot.members.model import Consent


class EditProfile(Action, frozen=True):
    """Asks for the form in which one says who one is."""

    wire: ClassVar[str] = "members.edit"


class KeepProfile(Action, frozen=True):
    """That form, sent."""

    wire: ClassVar[str] = "members.profile"


class AskSchool(Action, frozen=True):
    """Asks by which way to look for a school."""

    wire: ClassVar[str] = "members.school"


class FindSchool(Action, frozen=True):
    """Asks by which words to look for a school."""

    wire: ClassVar[str] = "members.find-school"


class SearchSchool(Action, frozen=True):
    """Those words, sent."""

    wire: ClassVar[str] = "members.search-school"


class ChooseSchool(Action, frozen=True):
    """One of the schools found; its number in the register is the choice."""

    wire: ClassVar[str] = "members.choose-school"


class TypeSchool(Action, frozen=True):
    """Asks for the name of a school that is in no register."""

    wire: ClassVar[str] = "members.type-school"


class KeepSchool(Action, frozen=True):
    """That name, sent."""

    wire: ClassVar[str] = "members.keep-school"


class NoSchool(Action, frozen=True):
    """Has none, or would rather not say."""

    wire: ClassVar[str] = "members.no-school"


class Question(StrEnum):
    """One thing that can be said of oneself, alone, at any time, or never; the most useful first."""

    TOPICS = "topics"
    TIMES = "times"
    YEARS = "years"
    TRUST = "trust"
    REACH = "reach"
    ZONE = "zone"
    LANGUAGE = "language"
    OFTEN = "often"


class Ask(Action, frozen=True):
    """Asks for one question; its name is the choice."""

    wire: ClassVar[str] = "members.ask"


class AskOne(Action, frozen=True):
    """Asks for this question."""

    wire: ClassVar[str] = "members.ask-one"
    question: Question


class KeepAnswer(Action, frozen=True):
    """The form of that question, sent."""

    wire: ClassVar[str] = "members.answer"
    question: Question


class SearchZone(Action, frozen=True):
    """By which words to look for a city, and so for a time zone, sent."""

    wire: ClassVar[str] = "members.search-zone"


class ChooseZone(Action, frozen=True):
    """One of the time zones found; its IANA name is the choice."""

    wire: ClassVar[str] = "members.choose-zone"


class TakeZone(Action, frozen=True):
    """Lives by the time zone that their account on the platform keeps, which was offered."""

    wire: ClassVar[str] = "members.take-zone"
    zone: str


class SameZone(Action, frozen=True):
    """Lives by the network's clock."""

    wire: ClassVar[str] = "members.same-zone"


class StopAsking(Action, frozen=True):
    """Would rather not be asked small questions."""

    wire: ClassVar[str] = "members.stop-asking"


class SetConsent(Action, frozen=True):
    """Gives (`yes` 1) or withdraws (0) a consent."""

    wire: ClassVar[str] = "members.consent"
    consent: Consent
    yes: int


class Choice(StrEnum):
    """What is on or off in the settings, besides consents."""

    SCHOOL = "school"
    REGION = "region"
    YEARS = "years"
    ASKS = "asks"
    WEEKENDS = "weekends"
    HOLIDAYS = "holidays"


class SetChoice(Action, frozen=True):
    """Turns something on (`yes` 1) or off (0)."""

    wire: ClassVar[str] = "members.choice"
    choice: Choice
    yes: int


class SetOften(Action, frozen=True):
    """How often to be introduced; an Often is the choice."""

    wire: ClassVar[str] = "members.often"


class PauseWeek(Action, frozen=True):
    """Leave me alone until next Monday."""

    wire: ClassVar[str] = "members.pause-week"


class AskUntil(Action, frozen=True):
    """Asks until when."""

    wire: ClassVar[str] = "members.ask-until"


class PauseUntil(Action, frozen=True):
    """That day, sent."""

    wire: ClassVar[str] = "members.pause-until"


class PauseOpen(Action, frozen=True):
    """Leave me alone until I say."""

    wire: ClassVar[str] = "members.pause-open"


class Stop(Action, frozen=True):
    """Leaves, and may come back to what was kept."""

    wire: ClassVar[str] = "members.stop"


class Erase(Action, frozen=True):
    """Leaves, and is forgotten."""

    wire: ClassVar[str] = "members.erase"


class EraseAll(Action, frozen=True):
    """Leaves, is forgotten, and what the bot said in their direct messages goes too."""

    wire: ClassVar[str] = "members.erase-all"


class Stay(Action, frozen=True):
    """Does not leave after all."""

    wire: ClassVar[str] = "members.stay"


class WhomNotMet(Action, frozen=True):
    """Asks to see whom one would rather not meet; `page` from 0. The room that keeps it answers."""

    wire: ClassVar[str] = "blocks.whom"
    page: int


class SendData(Action, frozen=True):
    """Asks for all that is held about them, as a file."""

    wire: ClassVar[str] = "members.send-data"


class Vouch(Action, frozen=True):
    """An organiser knows this person."""

    wire: ClassVar[str] = "members.vouch"
    member: Id


class AskGreeting(Action, frozen=True):
    """An organiser knows this person, and would like to say hello."""

    wire: ClassVar[str] = "members.ask-greeting"
    member: Id


class VouchAndGreet(Action, frozen=True):
    """What they say, sent; with it they vouch."""

    wire: ClassVar[str] = "members.greet"
    member: Id


class NotNow(Action, frozen=True):
    """An organiser leaves it for later, or for another organiser."""

    wire: ClassVar[str] = "members.not-now"
    member: Id


class Waiting(Action, frozen=True):
    """Who waits for a vouch; `page` from 0."""

    wire: ClassVar[str] = "members.waiting"
    page: int


class SearchMember(Action, frozen=True):
    """By which words to look for somebody to suspend, sent."""

    wire: ClassVar[str] = "members.search"


class ChooseMember(Action, frozen=True):
    """One of the members found; the choice is the member's id as text."""

    wire: ClassVar[str] = "members.choose"


class Suspend(Action, frozen=True):
    """Stops somebody's introductions and letters at once."""

    wire: ClassVar[str] = "members.suspend"
    member: Id


class Restore(Action, frozen=True):
    """Lets somebody who is suspended take part again."""

    wire: ClassVar[str] = "members.restore"
    member: Id

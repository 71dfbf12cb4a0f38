"""The weekly check-in: did a group find time to talk? Never how anybody feels."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from bot.chat.ids import Id
from bot.core.work import Fact

ANSWERED_FOR = timedelta(weeks=2)
"""How long after its Monday a group may be answered for: until the introductions after the next."""


@dataclass(frozen=True)
class CheckinSettings:
    """`[checkins]`. On weekday `day` (Thursday is 3) at `at`; `ask_again`: a "not yet" is asked again a week later."""

    day: int = 3
    at: time = time(16, 15)
    ask_again: bool = True


class Outcome(StrEnum):
    """What a member can answer."""

    TALKED = "talked"
    NOT_YET = "not-yet"
    HAND = "hand"


@dataclass(frozen=True)
class Answer:
    """What one member of a group answered, and when."""

    group: Id
    member: Id
    outcome: Outcome
    at: datetime


@dataclass(frozen=True)
class Asked:
    """A group that was asked on the Thursday `day`; `times` is 1, or 2 when a "not yet" was asked again."""

    group: Id
    day: date
    times: int


@dataclass(frozen=True)
class CheckinAnswered(Fact):
    """Somebody answered the weekly check-in."""

    answer: Answer


def talked(answers: tuple[Answer, ...]) -> bool:
    """Whether a group talked: one "we talked" suffices."""
    return any(answer.outcome is Outcome.TALKED for answer in answers)

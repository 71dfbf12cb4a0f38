"""What can be pressed under a check-in."""

from typing import ClassVar

from bot.chat.action import Action
from bot.chat.ids import Id
from bot.checkins.model import Outcome

ALONE = Id(0)
"""Stands for no other group."""


class AnswerCheckin(Action, frozen=True):
    """Answers for a group. `beside` is the other group that the same message asks about, or ALONE."""

    wire: ClassVar[str] = "checkin.answer"
    group: Id
    outcome: Outcome
    beside: Id = ALONE


class ChangeAnswer(Action, frozen=True):
    """Asks once more, for a mind that changed. `beside` as above."""

    wire: ClassVar[str] = "checkin.change"
    group: Id
    beside: Id = ALONE


class KeepTrying(Action, frozen=True):
    """Has not talked with this group yet, and goes on trying."""

    wire: ClassVar[str] = "checkin.keep-trying"
    group: Id

"""Forgetting what has served its time; every night, and marks of deliveries also by day."""

from datetime import date, datetime, time, timedelta
from typing import Protocol

from bot.chat.inbound import Due
from bot.core.calendar import Late, Rule
from bot.core.feature import Feature, Timed
from bot.core.walltime import Daily
from bot.core.work import INBOX, Store, Work

MARKS_KEPT = timedelta(hours=24)
LETTERS_KEPT = timedelta(days=30)
HISTORY_KEPT = timedelta(days=731)
"""As promised in docs/privacy.md."""


class Ended(Protocol):
    """What has ended, and is kept only so that somebody can ask what became of it."""

    def forget_before(self, at: datetime) -> None:
        """Forget letters that ended before `at`."""
        ...

    def forget_weeks_before(self, day: date) -> None:
        """Forget who met in weeks that began before that day, and what came of it. Totals of months stay."""
        ...


ENDED = Store[Ended]("ended")


def forget_marks(work: Work) -> None:
    """Forget which deliveries were seen more than a day ago."""
    work.use(INBOX).forget_before(work.at - MARKS_KEPT)


def tidy(work: Work, due: Due) -> None:
    """What happens every night."""
    forget_marks(work)
    ended = work.use(ENDED)
    ended.forget_before(work.at - LETTERS_KEPT)
    ended.forget_weeks_before((work.at - HISTORY_KEPT).date())


def feature() -> Feature:
    """The room that nobody sees."""
    rule = Rule("house.tidy", Daily(time(3, 10)), Late.MERGE)
    return Feature("house", "bot.core", rules=(Timed(rule, tidy),))

"""What reports count: totals of everybody, and never anything of one person."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from bot.core.work import Store
from bot.reports.model import Month


@dataclass(frozen=True)
class Letters:
    """How many letters wait too long, and how many could not be delivered, or take away what they should."""

    stuck: int
    lost: int


class Reports(Protocol):
    """Counts, exact: for `tell_count` and its like alone."""

    def introductions(self, first: date, after: date) -> int:
        """How many introductions were made for the Mondays from `first` on and before `after`, whatever became of them.
        Two of three who go on together were introduced once."""
        ...

    def month(self, first: date, after: date, ends: datetime) -> Month:
        """The totals of those Mondays, as they are known now; `ends` is the instant at which the month is over."""
        ...

    def keep(self, month: Month) -> None:
        """Write a month's totals, for good."""
        ...

    def months(self, most: int) -> Sequence[Month]:
        """The months kept, the latest first."""
        ...

    def letters(self, since: datetime) -> Letters:
        """Those that have waited for more than an hour when they should have gone (three hours, for one of many), and
        those that could not be delivered since then; what was no longer worth sending is neither."""
        ...

    def reached(self) -> Mapping[str, int]:
        """Members by the platform on which they are written to; "" for those who have no account there any more."""
        ...

    def disk(self) -> int | None:
        """How full the disk is on which everything is kept, in percent; None where nobody here knows."""
        ...


REPORTS = Store[Reports]("reports")

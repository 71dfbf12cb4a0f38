"""What reports count: totals of everybody, and never anything of one person."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from bot.core.work import Store
from bot.reports.model import Month, Way


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

    def reached(self) -> Mapping[Way, int]:
        """Members by the way on which they are written to. Not reached is who has no account any more where letters
        could go, who has not been written to yet, and whom the last letter to them could not be delivered to because
        they let none in."""
        ...

    def disk(self) -> int | None:
        """How full the disk is on which everything is kept, in percent; None where nobody here knows."""
        ...


REPORTS = Store[Reports]("reports")

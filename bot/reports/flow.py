"""What organisers ask about the network as a whole, what they are told every Monday, and the months that are kept."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from bot.chat.inbound import Due
from bot.chat.outbound import Reply
from bot.chat.view import View
from bot.core.feature import Call, Page
from bot.core.parts import Tools
from bot.core.walltime import instant
from bot.core.work import Work
from bot.members.store import MEMBERS
from bot.pairing.flow import coming
from bot.pairing.model import Coming, RoundState, Weeks
from bot.reports import views
from bot.reports.model import (
    MONTHS_BACK,
    Month,
    Standing,
    Stands,
    Way,
    Week,
    month_after,
    month_before,
    month_of,
    settled_months,
    told,
)
from bot.reports.store import REPORTS

_WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Seen:
    """What a report is made of: the month that runs, those before it, and how members are written to."""

    running: Month
    before: Sequence[Month]
    reached: Mapping[Way, int]


@dataclass(frozen=True)
class ReportRoom:
    """The room's handlers; `weeks` are those of the introductions."""

    weeks: Weeks

    def look(self, work: Work, call: Call) -> Seen:
        """The figures, counted beside the writer."""
        reports, this = work.use(REPORTS), month_of(self.weeks.today(work.at))
        kept = reports.months(MONTHS_BACK)
        last = self._month(work, month_before(this))
        is_kept = any(one.first == last.first for one in kept)
        before = kept if is_kept or not last.members else [last, *kept]
        return Seen(self._month(work, this), before[:MONTHS_BACK], reports.reached())

    def think(self, seen: Seen, tools: Tools) -> View:
        """The figures as they may be told."""
        return views.report(told(seen.running), [told(one) for one in seen.before], seen.reached)

    def show(self, work: Work, call: Call, view: View) -> Reply:
        """`report`."""
        return Reply(view=view)

    def status(self, work: Work, call: Call) -> Reply:
        """`status`: whether all is well, and what mends what is not."""
        return Reply(view=views.status(self._standing(work)))

    def home(self, work: Work, call: Call) -> Page:
        """On an organiser's home page: what needs one of them."""
        return views.home(self._standing(work), coming(work, self.weeks).waits)

    def monday(self, work: Work, due: Due) -> None:
        """The line that organisers get every Monday: if it stays away, something is wrong."""
        work.post(views.monday(due.day, self._standing(work), work.at))

    def keep_months(self, work: Work, due: Due) -> None:
        """Keep the totals of each month that is settled and not kept yet, from the first that had members."""
        kept = {one.first for one in work.use(REPORTS).months(MONTHS_BACK)}
        for first in settled_months(due.day):
            if first in kept:
                return
            if (month := self._month(work, first)).members:
                work.use(REPORTS).keep(month)

    def _month(self, work: Work, first: date) -> Month:
        after = month_after(first)
        return work.use(REPORTS).month(first, after, instant(after, time(), self.weeks.zone))

    def _standing(self, work: Work) -> Standing:
        reports = work.use(REPORTS)
        letters = reports.letters(work.at - _WEEK)
        waiting = work.use(MEMBERS).waiting()
        return Standing(self._week(work), letters.stuck, letters.lost, reports.disk(), bool(waiting))

    def _week(self, work: Work) -> Week:
        """What there is to say of the introductions of this week."""
        monday = self.weeks.monday(work.at)
        made = work.use(REPORTS).introductions(monday, monday + _WEEK)
        if made:
            return Week(Stands.MADE, made)
        if not self.weeks.in_term(monday):
            return Week(Stands.HOLIDAYS)
        return self._still_to_come(work.at, monday, coming(work, self.weeks))

    def _still_to_come(self, at: datetime, monday: date, coming: Coming) -> Week:
        day = self.weeks.day_of(coming.week)
        if coming.week != monday:
            return Week(Stands.LATER, day=day)
        if coming.waits:
            return Week(Stands.WAITING)
        if coming.round and coming.round.state is RoundState.SKIPPED:
            return Week(Stands.NOBODY)
        is_time = at >= self.weeks.goes_out(monday)
        return Week(Stands.LATE) if is_time else Week(Stands.COMING, day=day)

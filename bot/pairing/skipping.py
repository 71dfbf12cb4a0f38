"""Not this week: who would rather not be introduced once, and the Friday letter in which they can say so."""

from dataclasses import dataclass, replace
from datetime import date, time

from bot.chat.ids import Id
from bot.chat.inbound import Due
from bot.chat.outbound import Reply
from bot.chat.view import Block
from bot.core.calendar import Late, Rule
from bot.core.feature import Call, Part
from bot.core.walltime import Weekly
from bot.core.work import Work
from bot.members.flow import mine
from bot.members.store import MEMBERS
from bot.pairing import views
from bot.pairing.actions import Skip, Unskip
from bot.pairing.flow import Introductions, coming_week
from bot.pairing.model import Weeks
from bot.pairing.resting import Resting

PAST = Rule("introductions.skips", Weekly(0, time(3, 30)), Late.MERGE)
"""When skipped weeks that are over are forgotten."""


@dataclass(frozen=True)
class Skipping:
    """The handlers; `introductions` know who would be introduced, `resting` who will be left alone instead."""

    introductions: Introductions
    resting: Resting

    @property
    def weeks(self) -> Weeks:
        """When introductions go out."""
        return self.introductions.weeks

    def skip(self, work: Work, call: Call, action: Skip) -> Reply:
        """Out of the introductions that go out next, and of nothing else. It is no pause."""
        if action.week != coming_week(work, self.weeks):
            return Reply(view=views.skip_past())
        work.use(MEMBERS).keep(replace(mine(work, call), skips=action.week))
        return Reply(view=views.skipped(action.week, self.weeks.day_of(action.week)))

    def unskip(self, work: Work, call: Call, action: Unskip) -> Reply:
        """In them after all, as long as they have not gone out."""
        if action.week != coming_week(work, self.weeks):
            return Reply(view=views.skip_past())
        member, day = mine(work, call), self.weeks.day_of(action.week)
        work.use(MEMBERS).keep(replace(member, skips=None))
        return Reply(view=views.partner_away() if member.is_away(day) else views.unskipped(action.week, day))

    def friday(self, work: Work, week: date) -> Part:
        """That they will be introduced on Monday, to those who will: and that they need not be."""
        there = self.introductions.expected(work, week)
        expected = there.difference(self.resting.silent(work, there, week))
        blocks = views.announced(week, self.weeks.day_of(week)) if expected else ()

        def part(member: Id) -> tuple[Block, ...]:
            return blocks if member in expected else ()

        return part

    def forget(self, work: Work, due: Due) -> None:
        """What was skipped in weeks that are over is nobody's business."""
        work.use(MEMBERS).forget_skips(self.weeks.monday(work.at))

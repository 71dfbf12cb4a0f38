"""Whom a member meets this week, and how to reach them: on the home page, and whenever they ask."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.chat.ids import Id
from bot.chat.outbound import Reply
from bot.chat.view import View
from bot.core.feature import Call, Page
from bot.core.work import Work
from bot.members.model import Member
from bot.members.store import MEMBERS
from bot.pairing import views
from bot.pairing.flow import coming_week, is_looked_for, people
from bot.pairing.model import Weeks
from bot.pairing.store import PAIRINGS


@dataclass(frozen=True)
class Meeting:
    """The handlers; `weeks` are those of the introductions."""

    weeks: Weeks

    def partner(self, work: Work, call: Call) -> Reply:
        """`partner`."""
        meets = self._meets(work, call.me)
        return Reply(view=views.partner(*meets) if meets else self._nobody(work, call.me))

    def home(self, work: Work, call: Call) -> Page:
        """The same for whoever is in; who is left alone reads so from the room that leaves them alone."""
        member = work.use(MEMBERS).get(call.me)
        if member is None or not member.takes_part(self.weeks.today(work.at)):
            return ()
        meets = self._meets(work, member.id)
        return views.meeting(*meets) if meets else self._nobody(work, member.id).blocks

    def _meets(self, work: Work, me: Id) -> tuple[Sequence[Member], Id] | None:
        """Whom of those we still know, and in which group."""
        group = work.use(PAIRINGS).living(me, self.weeks.monday(work.at))
        others = people(work, group.others(me)) if group else []
        return (others, group.id) if group and others else None

    def _nobody(self, work: Work, me: Id) -> View:
        """To somebody who meets nobody this week: perhaps not yet."""
        member, day = work.use(MEMBERS).get(me), self.weeks.day_of(coming_week(work, self.weeks))
        if member and member.is_away(self.weeks.today(work.at)):
            return views.partner_away()
        return views.said("partner-looking") if is_looked_for(work, self.weeks, me) else views.partner_none(day)

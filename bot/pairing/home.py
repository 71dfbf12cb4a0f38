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
from bot.pairing import apart_views, views
from bot.pairing.apart import far_from
from bot.pairing.flow import coming_week, is_looked_for, people
from bot.pairing.model import Weeks
from bot.pairing.store import PAIRINGS


@dataclass(frozen=True)
class Meeting:
    """The handlers; `weeks` are those of the introductions."""

    weeks: Weeks

    def partner(self, work: Work, call: Call) -> Reply:
        """`partner`."""
        me, meets = work.use(MEMBERS).get(call.me), self._meets(work, call.me)
        if me is None or meets is None:
            return Reply(view=self._nobody(work, call.me))
        far = far_from(work, me.id, meets[0])
        return Reply(view=apart_views.partner(me, meets[0], far, meets[1]) if far else views.partner(*meets))

    def home(self, work: Work, call: Call) -> Page:
        """The same for whoever is in; who is left alone reads so from the room that leaves them alone."""
        member = work.use(MEMBERS).get(call.me)
        if member is None or not member.takes_part(self.weeks.today(work.at)):
            return ()
        meets = self._meets(work, member.id)
        if meets is None:
            return self._nobody(work, member.id).blocks
        far = far_from(work, member.id, meets[0])
        return apart_views.meeting(member, meets[0], far, meets[1]) if far else views.whom(*meets)

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

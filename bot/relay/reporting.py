"""Telling organisers of somebody: who, whom, and what the reporter chooses to show, which is nothing unless put in."""

from dataclasses import dataclass, replace

from bot.chat.address import ORGANISERS
from bot.chat.ids import Id, show
from bot.chat.outbound import Reply
from bot.core.feature import Call
from bot.core.outbox import Kind, Letter
from bot.core.work import Work
from bot.relay import views
from bot.relay.actions import AskReport, Report
from bot.relay.closing import Closing
from bot.relay.model import KEPT, MOST, REPORTS, Side, Wish
from bot.relay.store import RELAY
from bot.relay.two import REPORT, Two, pressed


@dataclass(frozen=True)
class Reporting:
    """The handlers. Somebody can be reported when the week is over, too: who was hurt may need some time."""

    closing: Closing

    def ask(self, work: Work, call: Call, action: AskReport) -> Reply:
        """What shall they see?"""
        two = pressed(work, call, action.group, action.member)
        return Reply(ask=views.report_form(two.name, two.other.id, two.group.id))

    def report(self, work: Work, call: Call, action: Report) -> Reply:
        """That form, sent. It closes the way as well."""
        two, mark = pressed(work, call, action.group, action.member), work.dice.getrandbits(63)
        if two.mine is None or two.mine.last != mark:
            if two.mine is not None and two.mine.reports >= REPORTS:
                return Reply(view=views.said("report-enough", name=two.name))
            self.closing.close(work, two)
            self._tell(work, two, call.value(views.FIELD).strip()[:MOST], mark)
        return Reply(view=views.reported(two.other, two.name, two.group.id))

    def _tell(self, work: Work, two: Two, shows: str, mark: int) -> None:
        me, other = two.me.id, two.other.id
        side = two.mine or Side(two.group.id, me, other, work.at)
        ends_at = max(side.ends_at, work.at + KEPT)
        work.use(RELAY).keep(replace(side, wish=Wish.CLOSED, ends_at=ends_at, reports=side.reports + 1, last=mark))
        key, view = f"{REPORT}:{show(me)}:{show(Id(mark))}", views.report(two.me, two.other, shows)
        work.post(Letter(key, ORGANISERS, view, Kind.URGENT, work.at, work.at + KEPT, about=(me, other)))

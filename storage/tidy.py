"""What has ended, and is forgotten after its time."""

from datetime import date, datetime

from sqlalchemy import Date, bindparam, delete, select

from storage.checkins import answers, asks
from storage.outbox import forget
from storage.pairing import group_members, groups, left_out, rounds
from storage.parcels import circle_place, forget_talk
from storage.relay import sides
from storage.work import SqlWork

_day = bindparam("day", type_=Date)
_old_groups = select(groups.c.id).where(groups.c.day < _day)
_old_rounds = select(rounds.c.id).where(rounds.c.day < _day)
_FORGET_WEEKS = (
    *(delete(table).where(table.c.group.in_(_old_groups)) for table in (answers, asks, sides, group_members)),
    delete(left_out).where(left_out.c.round.in_(_old_rounds)),
    delete(groups).where(groups.c.day < _day),
    delete(rounds).where(rounds.c.day < _day),
)
"""Children before their parents."""


class SqlEnded:
    """Fills `bot.core.tidying.Ended`."""

    def __init__(self, work: SqlWork) -> None:
        self._work = work

    def forget_before(self, at: datetime) -> None:
        self._work.put(forget, {"at": at})
        self._work.leave_no_trace()

    def forget_weeks_before(self, day: date) -> None:
        for (group,) in self._work.rows(_old_groups, {"day": day}):
            self._work.put(forget_talk, {"the_place": circle_place(self._work.house, group)})
        for change in _FORGET_WEEKS:
            self._work.put(change, {"day": day})
        self._work.leave_no_trace()

"""What has ended, and is forgotten after its time."""

from datetime import datetime

from storage.outbox import forget
from storage.work import SqlWork


class SqlEnded:
    """Fills `bot.core.tidying.Ended`."""

    def __init__(self, work: SqlWork) -> None:
        self._work = work

    def forget_before(self, at: datetime) -> None:
        self._work.put(forget, {"at": at})
        self._work.leave_no_trace()

"""Which deliveries were seen: keyed hashes alone."""

from datetime import datetime

from sqlalchemy import Column, LargeBinary, Table, bindparam, delete, insert

from storage.buffer import Lookup
from storage.columns import Instant, hidden, metadata
from storage.work import SqlWork

inbox = Table(
    "inbox",
    metadata,
    hidden(Column("mark", LargeBinary, primary_key=True)),
    Column("at", Instant, nullable=False, index=True),
    sqlite_with_rowid=False,
)

by_mark = Lookup(inbox.c.mark)
_insert = insert(inbox)
_forget = delete(inbox).where(inbox.c.at < bindparam("before", type_=Instant))


class SqlInbox:
    """Fills `bot.core.work.Inbox`."""

    def __init__(self, work: SqlWork) -> None:
        self._work = work

    def seen(self, mark: bytes) -> bool:
        return bool(self._work.find(by_mark, mark))

    def keep(self, mark: bytes, at: datetime) -> None:
        self._work.put(_insert, {"mark": mark, "at": at})

    def forget_before(self, at: datetime) -> None:
        self._work.put(_forget, {"before": at})

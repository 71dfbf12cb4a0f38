"""Diaries: one row for each week in which somebody wrote, sealed under a key derived for them alone.

What lies there says whose it is and of which week, and nothing else: every row is as long as any other, and none says
when in the week it was written.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import Column, Date, LargeBinary, Table, bindparam, delete, select

from bot.chat.ids import Id
from bot.pulse.model import MOST_DIARY, Entry
from storage.buffer import the
from storage.columns import Part, metadata, person, sealed_by
from storage.seal import Seal, Unsealable
from storage.work import SqlWork

_SIZE = 1 + 4 * MOST_DIARY
"""Bytes of an entry before it is sealed: the number, and as many as the words can be at most in UTF-8."""


def _open(seal: Seal, row: Any) -> dict[str, Any] | None:
    """For export: what stands in a row, or None where it does not open."""
    entry = _entry(seal.of(_whose(row["member"])), row["member"], row["week"], row["entry"])
    return {"rating": entry.rating, "words": entry.words} if entry else None


diary = Table(
    "diary",
    metadata,
    person("member", Part.SUBJECT, primary_key=True),
    Column("week", Date, primary_key=True),
    sealed_by(_open, Column("entry", LargeBinary, nullable=False)),
    sqlite_with_rowid=False,
)
"""Without row numbers, which would say in what order people wrote."""

_all = select(diary).order_by(diary.c.member, diary.c.week)
_of = select(diary).where(diary.c.member == bindparam("whose")).order_by(diary.c.week)
_forget = delete(diary).where(diary.c.member == the(diary.c.member))


class SqlDiaries:
    """Fills `bot.pulse.store.Diaries`."""

    def __init__(self, work: SqlWork) -> None:
        self._work = work

    def keep(self, entry: Entry) -> None:
        body = (bytes([entry.rating]) + entry.words[:MOST_DIARY].encode()).ljust(_SIZE, b"\0")
        about = _about(entry.member, entry.week)
        row = {"member": entry.member, "week": entry.week, "entry": self._seal(entry.member).close(body, about)}
        self._work.keep(diary, row)

    def of(self, member: Id) -> Mapping[date, Entry | None]:
        rows, seal = self._work.rows(_of, {"whose": member}), self._seal(member)
        return {row.week: _entry(seal, member, row.week, row.entry) for row in rows}

    def forget(self, member: Id) -> None:
        self._work.put(_forget, {"the_member": member})
        self._work.leave_no_trace()

    def seal_anew(self) -> None:
        for row in self._work.rows(_all):
            seal = self._seal(row.member)
            if not seal.is_present(row.entry) and (entry := _entry(seal, row.member, row.week, row.entry)):
                self.keep(entry)

    def _seal(self, member: int) -> Seal:
        return self._work.house.secrets.seal.of(_whose(member))


def _entry(seal: Seal, member: int, week: date, sealed: bytes) -> Entry | None:
    """None where the key is gone, or it was sealed for somebody else or another week."""
    try:
        body = seal.open(sealed, _about(member, week)).rstrip(b"\0")
    except Unsealable:
        return None
    return Entry(Id(member), week, body[0], body[1:].decode())


def _whose(member: int) -> str:
    return f"diary:{member}"


def _about(member: int, week: date) -> str:
    """What an entry is sealed for: it opens in no other row."""
    return f"diary:{member}:{week.isoformat()}"

"""What each of two who write to each other through the bot wants of the other; never what they write."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import BigInteger, Column, Date, ForeignKey, Integer, String, Table, bindparam, delete, or_, select

from bot.chat.ids import Id
from bot.relay.model import Side, Wish
from storage.buffer import Found, Lookup
from storage.columns import Instant, Part, hidden, metadata, person
from storage.work import SqlWork

sides = Table(
    "relay_sides",
    metadata,
    Column("group", BigInteger, ForeignKey("groups.id"), primary_key=True, autoincrement=False),
    person("member", Part.AUTHOR, primary_key=True, index=True),
    person("other", Part.OTHER, primary_key=True, index=True),
    Column("ends_at", Instant, nullable=False),
    Column("wish", String(12), nullable=False),
    Column("day", Date),
    Column("sent", Integer, nullable=False),
    Column("reports", Integer, nullable=False),
    hidden(Column("last", BigInteger, nullable=False)),
)
"""`sent`: how often on that `day`. `last`: a mark of the delivery that was counted last."""

sides_of = Lookup(sides.c.group)
_about = select(sides).where(or_(sides.c.member == bindparam("whose"), sides.c.other == bindparam("whose")))
_forget = delete(sides).where(sides.c.ends_at <= bindparam("until", type_=Instant))


class SqlRelay:
    """Fills `bot.relay.store.Relay`."""

    def __init__(self, work: SqlWork) -> None:
        self._work = work

    def side(self, group: Id, member: Id, other: Id) -> Side | None:
        return next((one for one in self.of(group) if (one.member, one.other) == (member, other)), None)

    def of(self, group: Id) -> Sequence[Side]:
        return [_side(row) for row in self._work.find(sides_of, group)]

    def about(self, member: Id) -> Sequence[Side]:
        return [_side(row) for row in self._work.rows(_about, {"whose": member})]

    def keep(self, side: Side) -> None:
        row = {"group": side.group, "member": side.member, "other": side.other, "ends_at": side.ends_at}
        counted = {"day": side.day, "sent": side.sent, "reports": side.reports, "last": side.last}
        self._work.keep(sides, {**row, "wish": side.wish.value, **counted})

    def forget_ended(self, at: datetime) -> None:
        self._work.put(_forget, {"until": at})


def _side(row: Found) -> Side:
    who = (Id(row.group), Id(row.member), Id(row.other))
    return Side(*who, row.ends_at, Wish(row.wish), row.day, row.sent, row.reports, row.last)

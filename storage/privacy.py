"""What the law lets a person ask for, over every table, by what each column declares of persons."""

from collections.abc import Iterator
from datetime import date, datetime, time
from functools import lru_cache
from typing import Any

from sqlalchemy import BigInteger, Column, Table, bindparam, delete, exists, func, or_, select, update

from bot.chat.address import Account, Guest, Person
from bot.chat.ids import Id, show
from bot.core.outbox import Kind, State
from storage.accounts import forget_entered
from storage.blocks import outlive
from storage.buffer import Change, as_dict, the
from storage.columns import Erased, Instant, Part, metadata, sealed_for
from storage.letters import WAITS, lane_of, letters, mentioned, readers
from storage.members import account_mark
from storage.pairing import group_members
from storage.parcels import account_place, circle_place, forget_talk
from storage.people import accounts_of, former_accounts, members
from storage.seal import Unsealable
from storage.support import forget_talks
from storage.work import SqlWork

_whom = bindparam("whom", type_=BigInteger)
_other_readers = readers.alias("others")
_reads = select(readers.c.letter).where(readers.c.member == _whom)
_reads_with_others = exists(
    select(_other_readers.c.letter).where(_other_readers.c.letter == letters.c.id, _other_readers.c.member != _whom)
)
_named_in = select(mentioned.c.letter).where(mentioned.c.member == _whom)
_delete_letters = delete(letters).where(letters.c.id.in_(_reads), ~_reads_with_others)
_read_by_somebody = exists(select(readers.c.letter).where(readers.c.letter == letters.c.id))
_delete_notices = delete(letters).where(letters.c.id.in_(_named_in), ~_read_by_somebody)
_cancel_letters = (
    update(letters)
    .where(WAITS, or_(letters.c.id.in_(_reads), letters.c.id.in_(_named_in)))
    .values(state=State.CANCELLED.value, ended_at=bindparam("now", type_=Instant), body=None)
)
_to_guest = letters.c.lane == bindparam("lane")
_last_removal = select(func.max(letters.c.due_at)).where(_to_guest, letters.c.kind == Kind.REMOVAL.value, WAITS)
_met = select(group_members.c.group, group_members.c.place).where(group_members.c.member == _whom)
_take_name = update(group_members).where(
    group_members.c.group == the(group_members.c.group), group_members.c.place == the(group_members.c.place)
)
_forget_member = delete(members).where(members.c.id == the(members.c.id))


class SqlPrivacy:
    """Fills `bot.members.store.Privacy`."""

    def __init__(self, work: SqlWork) -> None:
        self._work = work

    def export(self, member: Id) -> dict[str, Any]:
        found = {table.name: self._rows(table, member) for table in metadata.sorted_tables}
        return {name: rows for name, rows in found.items() if rows}

    def takes_away_at(self, account: Account) -> datetime | None:
        lane = lane_of(Guest(account), self._work.house)
        return next((last for (last,) in self._work.rows(_last_removal, {"lane": lane})), None)

    def erase(self, member: Id, at: datetime) -> None:
        """What remains: one keyed hash for each account, the blocks against it, and one random mark for each group."""
        self._work.write_what_came_before()
        self._forget_letters(member, at)
        outlive(self._work, member, self._accounts(member))
        self._unname(member)
        forget_talks(self._work, member)
        self._forget_accounts(member)
        for change in _generally():
            self._work.put(change, {"whom": member})
        self._work.put(_forget_member, {"the_id": member})
        self._work.leave_no_trace()

    def forget_account(self, account: Account) -> None:
        self._work.write_what_came_before()
        self._work.add(former_accounts, {"account": account_mark(self._work, account)})
        self._work.put(forget_talk, {"the_place": account_place(self._work.house, account)})
        self._work.put(forget_entered, {"the_entered_by": account.show()})
        self._work.forget_letters_to(Guest(account))
        self._work.leave_no_trace()

    def _rows(self, table: Table, member: Id) -> list[dict[str, Any]]:
        mine = [column for column in table.columns if column.info.get("person") in (Part.SUBJECT, Part.AUTHOR)]
        if not mine:
            return []
        wanted = select(table).where(or_(*(column == member for column in mine)))
        return [self._told(table, as_dict(row), member) for row in self._work.rows(wanted)]

    def _told(self, table: Table, row: Any, member: Id) -> dict[str, Any]:
        """A row as its owner is given it: nobody else in it, and with what its keys lead to."""
        told = {c.name: said for c in table.columns if _is_told(c) and (said := self._say(c, row)) is not None}
        for column, parent in _parents(table):
            for found in self._work.rows(select(parent).where(parent.c.id == row[column.name])):
                told[column.name] = self._told(parent, as_dict(found), member)
        return told

    def _say(self, column: Column[Any], row: Any) -> Any:
        """A value as JSON has it; None where there is none, or where it lies sealed under a key that is gone."""
        value = row[column.name]
        if opens := column.info.get("sealed_by"):
            return opens(self._work.house.secrets.seal, row)
        if value is not None and column.info.get("sealed"):
            return self._opened(value, sealed_for(column.table, row["id"]))
        return None if value is None else _plain(column, value)

    def _opened(self, sealed: bytes, about: str) -> str | None:
        try:
            return self._work.house.secrets.seal.open(sealed, about).decode()
        except Unsealable:
            return None

    def _forget_letters(self, member: Id, at: datetime) -> None:
        """Letters to them go, and those to a channel about them; what else speaks of them is not sent any more."""
        self._work.put(_delete_letters, {"whom": member})
        self._work.put(_delete_notices, {"whom": member})
        self._work.put(_cancel_letters, {"whom": member, "now": at})
        self._work.forget_letters_to(Person(member))

    def _unname(self, member: Id) -> None:
        """Where they talked with whom they met is forgotten, too: a platform could tell by it who that was."""
        for row in self._work.rows(_met, {"whom": member}):
            nobody = {"member": None, "mark": self._work.new_id()}
            self._work.put(_take_name, {"the_group": row.group, "the_place": row.place, **nobody})
            self._work.put(forget_talk, {"the_place": circle_place(self._work.house, Id(row.group))})

    def _forget_accounts(self, member: Id) -> None:
        for account in self._accounts(member):
            self.forget_account(account)

    def _accounts(self, member: Id) -> list[Account]:
        return [Account(row.platform, row.workspace, row.user) for row in self._work.find(accounts_of, member)]


@lru_cache
def _generally() -> tuple[Change, ...]:
    """What becomes of all other rows that name somebody, children before their parents."""
    columns = [(table, column) for table in reversed(metadata.sorted_tables) for column in person_columns(table)]
    return tuple(_change(table, column) for table, column in columns if column.info["erased"] is not Erased.BEFORE)


def _change(table: Table, column: Column[Any]) -> Change:
    if column.info["erased"] is Erased.ROW:
        return delete(table).where(column == _whom)
    return update(table).where(column == _whom).values({column.name: None})


def person_columns(table: Table) -> Iterator[Column[Any]]:
    """The columns that name a member, other than the member's own row."""
    return (column for column in table.columns if "erased" in column.info)


def _parents(table: Table) -> Iterator[tuple[Column[Any], Table]]:
    """The columns that lead to rows which name nobody, and the tables they lead to."""
    for column in table.columns:
        for key in column.foreign_keys:
            if not any("person" in other.info for other in key.column.table.columns):
                yield column, key.column.table


def _is_told(column: Column[Any]) -> bool:
    return not column.info.get("hidden") and column.info.get("person") is not Part.OTHER


def _plain(column: Column[Any], value: Any) -> Any:
    """The value as JSON has it; a key as the 13 characters by which it is known everywhere."""
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, frozenset):
        return sorted(value)
    return show(Id(value)) if isinstance(column.type, BigInteger) else value

"""The rota of listeners and requests to them, words sealed; and worries between their preview and their sending."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    BigInteger,
    BindParameter,
    Boolean,
    Column,
    LargeBinary,
    SmallInteger,
    String,
    Table,
    bindparam,
    delete,
    or_,
    select,
)

from bot.chat.ids import Id
from bot.support.model import OPEN, Duty, Listener, Request, State, Worry
from storage.buffer import Found, the
from storage.columns import Instant, Part, index_of_some, metadata, person, sealed, sealed_for
from storage.parcels import circle_place, forget_talk
from storage.seal import Unsealable
from storage.work import SqlWork

listeners = Table(
    "listeners",
    metadata,
    person("member", Part.SUBJECT, primary_key=True),
    Column("most", SmallInteger, nullable=False),
    Column("agreed", Boolean, nullable=False),
)
hours = Table(
    "listener_hours",
    metadata,
    person("member", Part.SUBJECT, primary_key=True),
    Column("weekday", SmallInteger, primary_key=True, autoincrement=False),
    Column("begins", SmallInteger, nullable=False),
    Column("ends", SmallInteger, nullable=False),
)
requests = Table(
    "listener_requests",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    person("member", Part.AUTHOR, index=True),
    person("listener", Part.OTHER, index=True),
    Column("state", String(12), nullable=False),
    sealed(Column("words", LargeBinary)),
    Column("may_hand_on", Boolean, nullable=False),
    Column("handed_on", Boolean, nullable=False),
    Column("at", Instant, nullable=False),
    Column("answer_by", Instant),
    Column("ended_at", Instant),
)
"""`words`: none once it is closed, and where none were written."""
worries = Table(
    "worries",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    person("by", Part.AUTHOR, index=True),
    person("about", Part.OTHER, nullable=True, index=True),
    sealed(Column("named", LargeBinary)),
    sealed(Column("words", LargeBinary, nullable=False)),
    Column("at", Instant, nullable=False),
)
"""Shown to whoever wrote them, and not sent yet: for an hour at most."""

_states = tuple(sorted(state.value for state in OPEN))
_is_open = requests.c.state.in_(_states)
index_of_some("ux_listener_requests_open", _is_open, requests.c.member, unique=True)

_whose: BindParameter[Any] = bindparam("whose")
_listeners = select(listeners).order_by(listeners.c.member)
_listener = select(listeners).where(listeners.c.member == _whose)
_hours = select(hours).order_by(hours.c.member, hours.c.weekday)
_hours_of = _hours.where(hours.c.member == _whose)
_forget_hours = delete(hours).where(hours.c.member == the(hours.c.member))
_forget_listener = delete(listeners).where(listeners.c.member == the(listeners.c.member))
_all = select(requests).order_by(requests.c.at, requests.c.id)
_one = select(requests).where(requests.c.id == _whose)
_open_of = select(requests).where(requests.c.member == _whose, _is_open)
_open_with = _all.where(requests.c.listener == _whose, _is_open)
_between = select(requests.c.id).where(or_(requests.c.member == _whose, requests.c.listener == _whose))
_forget = delete(requests).where(requests.c.id == the(requests.c.id))
_worry = select(worries).where(worries.c.id == _whose)
_forget_worry = delete(worries).where(worries.c.id == the(worries.c.id))
_forget_worries = delete(worries).where(worries.c.by == the(worries.c.by))


class SqlListening:
    """Fills `bot.support.store.Listening`."""

    def __init__(self, work: SqlWork) -> None:
        self._work = work

    def listener(self, member: Id) -> Listener | None:
        found = self._work.rows(self._work.locking(_listener), {"whose": member})
        return next((_as_listener(row, self._work.rows(_hours_of, {"whose": member})) for row in found), None)

    def listeners(self) -> Sequence[Listener]:
        every = self._work.rows(_hours)
        return [_as_listener(row, every) for row in self._work.rows(_listeners)]

    def keep_listener(self, listener: Listener) -> None:
        member = listener.member
        self._work.keep(listeners, {"member": member, "most": listener.most, "agreed": listener.agreed})
        self._work.put(_forget_hours, {"the_member": member})
        for duty in listener.hours:
            when = {"weekday": duty.weekday, "begins": duty.begins, "ends": duty.ends}
            self._work.keep(hours, {"member": member, **when})

    def drop_listener(self, member: Id) -> None:
        self._work.put(_forget_hours, {"the_member": member})
        self._work.put(_forget_listener, {"the_member": member})

    def request(self, request: Id) -> Request | None:
        found = self._work.rows(self._work.locking(_one), {"whose": request})
        return next((self._as_request(row) for row in found), None)

    def open_of(self, member: Id) -> Request | None:
        return next((self._as_request(row) for row in self._work.rows(_open_of, {"whose": member})), None)

    def open_with(self, listener: Id) -> Sequence[Request]:
        return [self._as_request(row) for row in self._work.rows(_open_with, {"whose": listener})]

    def all(self) -> Sequence[Request]:
        return [self._as_request(row) for row in self._work.rows(_all)]

    def keep(self, request: Request) -> None:
        who = {"id": request.id, "member": request.member, "listener": request.listener}
        when = {"at": request.at, "answer_by": request.answer_by, "ended_at": request.ended_at}
        may = {"may_hand_on": request.may_hand_on, "handed_on": request.handed_on}
        words = _close(self._work, requests, request.id, request.words)
        self._work.keep(requests, {**who, "state": request.state.value, "words": words, **may, **when})
        if request.state is State.CLOSED:
            self._work.leave_no_trace()

    def drop(self, request: Id) -> None:
        self._work.put(forget_talk, {"the_place": circle_place(self._work.house, request)})
        self._work.put(_forget, {"the_id": request})
        self._work.leave_no_trace()

    def _as_request(self, row: Found) -> Request:
        words, who = _open(self._work, requests, row.id, row.words), (Id(row.id), Id(row.member), Id(row.listener))
        state, ends = State(row.state), (row.answer_by, row.ended_at)
        return Request(*who, state, words, row.may_hand_on, row.at, row.handed_on, *ends)


class SqlWorries:
    """Fills `bot.support.store.Worries`."""

    def __init__(self, work: SqlWork) -> None:
        self._work = work

    def get(self, worry: Id) -> Worry | None:
        return next((self._as_worry(row) for row in self._work.rows(_worry, {"whose": worry})), None)

    def keep(self, worry: Worry) -> None:
        named, said = (_close(self._work, worries, worry.id, one) for one in (worry.named, worry.words))
        row = {"id": worry.id, "by": worry.by, "about": worry.about, "named": named, "words": said, "at": worry.at}
        self._work.keep(worries, row)

    def drop(self, worry: Id) -> None:
        self._work.put(_forget_worry, {"the_id": worry})
        self._work.leave_no_trace()

    def drop_of(self, member: Id) -> None:
        self._work.put(_forget_worries, {"the_by": member})
        self._work.leave_no_trace()

    def _as_worry(self, row: Found) -> Worry:
        named, said = (_open(self._work, worries, row.id, one) for one in (row.named, row.words))
        return Worry(Id(row.id), Id(row.by), None if row.about is None else Id(row.about), named, said, row.at)


def forget_talks(work: SqlWork, member: Id) -> None:
    """Of somebody who is being forgotten: where they talked with listeners, or with whom they listened to."""
    for (request,) in work.rows(_between, {"whose": member}):
        work.put(forget_talk, {"the_place": circle_place(work.house, Id(request))})


def _close(work: SqlWork, table: Table, id: Id, words: str) -> bytes | None:
    return work.house.secrets.seal.close(words.encode(), sealed_for(table, id)) if words else None


def _open(work: SqlWork, table: Table, id: int, words: bytes | None) -> str:
    """What was sealed; nothing where the key is gone."""
    try:
        return work.house.secrets.seal.open(words, sealed_for(table, id)).decode() if words else ""
    except Unsealable:
        return ""


def _as_listener(row: Found, every: Sequence[Any]) -> Listener:
    mine = tuple(Duty(one.weekday, one.begins, one.ends) for one in every if one.member == row.member)
    return Listener(Id(row.member), row.most, row.agreed, mine)

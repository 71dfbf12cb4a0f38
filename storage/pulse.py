"""The pulse: polls and whom an open one asks. Answers are in no table, and nothing here says who gave one."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import msgspec
from sqlalchemy import (
    BigInteger,
    Column,
    Date,
    ForeignKey,
    Integer,
    String,
    Table,
    Text,
    bindparam,
    delete,
    or_,
    select,
)

from bot.chat.address import Account
from bot.chat.ids import Id
from bot.core.terms import Nation
from bot.members.model import Consent, Stage
from bot.pulse.model import Cut, Eligible, Item, Poll, Series, State
from storage.buffer import Found, Lookup, the
from storage.columns import Instant, Part, metadata, person
from storage.people import consents, identities, members
from storage.work import SqlWork

polls = Table(
    "pulse_polls",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("series", String(12), nullable=False),
    Column("items", Text, nullable=False),
    Column("state", String(8), nullable=False, index=True),
    Column("day", Date),
    Column("closes_at", Instant),
    Column("again", Integer, nullable=False),
    Column("told", Text, nullable=False),
    Column("told_in", Date, index=True),
    Column("reply", Text, nullable=False),
    Column("reply_in", Date, index=True),
    Column("cut", String(8)),
)
"""`told`: the published table, suppressed and rounded, written once at the close; before that it is empty."""
asked = Table(
    "pulse_asked",
    metadata,
    Column("poll", BigInteger, ForeignKey("pulse_polls.id"), primary_key=True, autoincrement=False),
    person("member", Part.SUBJECT, primary_key=True, index=True),
)
"""Whom an open poll asks: the same rows whoever answers, and none once it is closed."""

_by_id = Lookup(polls.c.id)
_at = select(polls).where(polls.c.state == bindparam("state")).order_by(polls.c.day.desc(), polls.c.id)
_told_in = (
    select(polls)
    .where(
        polls.c.state == State.CLOSED.value,
        or_(polls.c.told_in == bindparam("week"), polls.c.reply_in == bindparam("week")),
    )
    .order_by(polls.c.day, polls.c.id)
)
_agreed = [
    select(consents.c.member)
    .where(consents.c.member == members.c.id, consents.c.yes, consents.c.consent == needed.value)
    .exists()
    for needed in (Consent.MESSAGES, Consent.PULSE)
]
_diary = (
    select(consents.c.member)
    .where(consents.c.member == members.c.id, consents.c.yes, consents.c.consent == Consent.DIARY.value)
    .exists()
)
"""Whoever keeps a diary is in no table: its key would take them out of the totals (decisions 42 and 45)."""
_is_in = (members.c.stage == Stage.MEMBER.value, members.c.left_at.is_(None), *_agreed, ~_diary)
_is_back = or_(~members.c.away, members.c.back_on <= bindparam("on"))
_eligible = select(members.c.id, members.c.nation).where(*_is_in, _is_back).order_by(members.c.id)
_asked = select(asked.c.member).where(asked.c.poll == bindparam("poll")).order_by(asked.c.member)
_still_asked = (
    select(asked.c.member)
    .where(asked.c.poll == bindparam("poll"), asked.c.member == members.c.id, *_is_in)
    .order_by(asked.c.member)
)
_parts = {
    Cut.PHASE: select(asked.c.member, members.c.phase.label("part")),
    Cut.REGION: select(asked.c.member, members.c.region.label("part")),
}
_part_of = {
    cut: found.where(asked.c.poll == bindparam("poll"), asked.c.member == members.c.id, *_is_in).order_by(
        asked.c.member
    )
    for cut, found in _parts.items()
}
"""The same people, and rows, as `_still_asked`: nothing in it knows who answered."""
_accounts = (
    select(identities)
    .where(identities.c.member == asked.c.member, asked.c.poll == bindparam("poll"))
    .order_by(identities.c.account)
)
_drop = delete(polls).where(polls.c.id == the(polls.c.id))
_forget = delete(asked).where(asked.c.poll == the(asked.c.poll))


class SqlPulse:
    """Fills `bot.pulse.store.Pulse`."""

    def __init__(self, work: SqlWork) -> None:
        self._work = work

    def get(self, poll: Id) -> Poll | None:
        return next((_poll(row) for row in self._work.find(_by_id, poll)), None)

    def keep(self, poll: Poll) -> None:
        row: dict[str, Any] = {column.name: getattr(poll, column.name) for column in polls.columns}
        said = {
            "items": msgspec.json.encode(poll.items).decode(),
            "series": poll.series.value,
            "state": poll.state.value,
            "cut": poll.cut.value if poll.cut else None,
        }
        self._work.keep(polls, row | said)

    def drop(self, poll: Id) -> None:
        self._work.put(_drop, {"the_id": poll})

    def at(self, state: State) -> Sequence[Poll]:
        return [_poll(row) for row in self._work.rows(_at, {"state": state.value})]

    def told_in(self, week: date) -> Sequence[Poll]:
        return [_poll(row) for row in self._work.rows(_told_in, {"week": week})]

    def eligible(self, on: date) -> Sequence[Eligible]:
        found = self._work.rows(_eligible, {"on": on})
        return [Eligible(Id(row.id), Nation(row.nation) if row.nation else None) for row in found]

    def ask(self, poll: Id, members: Iterable[Id]) -> None:
        for member in members:
            self._work.add(asked, {"poll": poll, "member": member})

    def asked(self, poll: Id) -> Sequence[Id]:
        return [Id(row.member) for row in self._work.rows(_asked, {"poll": poll})]

    def still_asked(self, poll: Id) -> Sequence[Id]:
        return [Id(row.member) for row in self._work.rows(_still_asked, {"poll": poll})]

    def parts(self, poll: Id, cut: Cut) -> Mapping[Id, str]:
        return {Id(row.member): row.part or "" for row in self._work.rows(_part_of[cut], {"poll": poll})}

    def accounts(self, poll: Id) -> Mapping[Account, Id]:
        found = self._work.rows(_accounts, {"poll": poll})
        return {Account(row.platform, row.workspace, row.user): Id(row.member) for row in found}

    def forget_asked(self, poll: Id) -> None:
        self._work.put(_forget, {"the_poll": poll})


def _poll(row: Found) -> Poll:
    items = msgspec.json.decode(row.items, type=tuple[Item, ...])
    said = (row.day, row.closes_at, row.again, row.told, row.told_in, row.reply, row.reply_in)
    cut = Cut(row.cut) if row.cut else None
    return Poll(Id(row.id), Series(row.series), items, State(row.state), *said, cut)

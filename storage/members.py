"""Members, the accounts they speak through, what they agreed to, and how they come in."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from functools import cache
from typing import Any

import msgspec
from sqlalchemy import Date, bindparam, delete, func, or_, select, type_coerce, update
from sqlalchemy.types import NullType

from bot.chat.address import Account
from bot.chat.ids import Id
from bot.chat.text import sought
from bot.core.feature import Right
from bot.members.model import Consent, Identity, Member, Stage
from storage.buffer import Found, Lookup, as_dict, the
from storage.columns import Instant
from storage.people import (
    accounts_of,
    activity,
    by_account,
    by_former,
    by_id,
    code_tries,
    codes,
    consents,
    identities,
    members,
)
from storage.transaction import parts
from storage.work import SqlWork

_by_ref = Lookup(members.c.ref, fixed=True)
_consents_of = Lookup(consents.c.member)

_joining = (Stage.INVITED, Stage.JOINING)
_at_stage = select(members).where(members.c.stage == bindparam("stage"))
_is_here = members.c.left_at.is_(None)
_waiting = _at_stage.where(_is_here).order_by(members.c.joined_at, members.c.id)
_of_this = (consents.c.member == members.c.id, consents.c.yes)
_agreed = [
    select(consents.c.member).where(*_of_this, consents.c.consent == needed.value).exists()
    for needed in (Consent.INTRODUCTIONS, Consent.MESSAGES)
]
_is_back = or_(~members.c.away, members.c.back_on <= bindparam("on"))
_introducible = _at_stage.where(*_agreed, _is_back, _is_here).order_by(members.c.id)
_introducible_among = _introducible.where(members.c.id.in_(bindparam("among", expanding=True)))
# As the database gives them, without the work of making people of rows.
_bare: Any = _introducible.with_only_columns(*(type_coerce(c, NullType()) for c in members.columns)).order_by(None)
_bare_among = _bare.where(members.c.id.in_(bindparam("among", expanding=True)))
_ended_pause = (members.c.away, members.c.back_on <= bindparam("on"))
_returning = select(members).where(*_ended_pause, _is_here).order_by(members.c.id)
_left = select(members).where(members.c.left_at <= bindparam("at", type_=Instant)).order_by(members.c.id)
_joined = select(members).where(members.c.stage.not_in([stage.value for stage in _joining]))
_by_code = select(members).where(members.c.id == codes.c.member, codes.c.code == bindparam("code"))
_activity = select(activity)
_forget_tries = delete(code_tries).where(code_tries.c.at < bindparam("before", type_=Instant))
_forget_code = delete(codes).where(codes.c.member == the(codes.c.member))
_forget_skips = update(members).where(members.c.skips < bindparam("before", type_=Date)).values(skips=None)
_tries = select(func.count()).where(
    code_tries.c.account == bindparam("account"), code_tries.c.at > bindparam("since", type_=Instant)
)


class SqlMembers:
    """Fills `bot.members.store.Members`."""

    def __init__(self, work: SqlWork) -> None:
        self._work = work

    def get(self, member: Id) -> Member | None:
        return _first(self._work.find(by_id, member))

    def keep(self, member: Member) -> None:
        row = msgspec.to_builtins(member, builtin_types=(date, datetime))
        self._work.keep(members, {**row, "sought": sought(member.name)})

    def identity(self, account: Account) -> Identity | None:
        return next((_identity(row) for row in self._work.find(by_account, account.show())), None)

    def keep_identity(self, identity: Identity) -> None:
        account = identity.account
        row = {"account": account.show(), **msgspec.to_builtins(account)}
        said = {"member": identity.member, "rights": identity.rights, "left_at": identity.left_at}
        self._work.keep(identities, {**row, **said, "since": self._work.at}, but=("since",))

    def identities(self, member: Id) -> Sequence[Identity]:
        return [_identity(row) for row in self._work.find(accounts_of, member)]

    def consents(self, member: Id) -> frozenset[Consent]:
        return frozenset(Consent(row.consent) for row in self._work.find(_consents_of, member) if row.yes)

    def agree(self, member: Id, consent: Consent, yes: bool, at: datetime) -> None:
        if (consent in self.consents(member)) is not yes:
            self._work.keep(consents, {"member": member, "consent": consent.value, "yes": yes, "at": at})

    def pressed(self, member: Id, week: date) -> None:
        self._work.keep(activity, {"member": member, "week": week})

    def last_pressed(self) -> Mapping[Id, date]:
        return {Id(row.member): row.week for row in self._work.rows(_activity)}

    def waiting(self) -> Sequence[Member]:
        return self._all(_waiting, stage=Stage.WAITING.value)

    def introducible(self, on: date) -> Sequence[Member]:
        return self._all(_introducible, stage=Stage.MEMBER.value, on=on)

    def introducible_among(self, on: date, members: Collection[Id]) -> Sequence[Member]:
        return self._all(_introducible_among, stage=Stage.MEMBER.value, on=on, among=list(members)) if members else []

    def forget_skips(self, before: date) -> None:
        self._work.put(_forget_skips, {"before": before})

    def introducible_mark(self, on: date, among: Collection[Id] | None = None) -> Mapping[Id, object]:
        given, few = {"stage": Stage.MEMBER.value, "on": on}, sorted(among or ())
        asks = [(_bare_among, {"among": some}) for some in parts(few)] if among is not None else [(_bare, {})]
        rows = (row for statement, of in asks for row in self._work.rows(statement, {**given, **of}))
        return {Id(row[0]): tuple(row) for row in rows}  # tuples Python compares quickly; rows, one after another

    def returning(self, on: date) -> Sequence[Member]:
        return self._all(_returning, on=on)

    def left_before(self, at: datetime) -> Sequence[Member]:
        return self._all(_left, at=at)

    def find(self, words: str, most: int) -> Sequence[Member]:
        holds = [members.c.sought.contains(word, autoescape=True) for word in sought(words).split()]
        return self._all(_joined.where(*holds).order_by(members.c.sought, members.c.id).limit(most))

    def by_ref(self, ref: str) -> Member | None:
        return _first(self._work.find(_by_ref, ref))

    def set_code(self, member: Id, code: bytes) -> None:
        self._work.keep(codes, {"member": member, "code": code})

    def by_code(self, code: bytes) -> Member | None:
        return _first(self._work.rows(_by_code, {"code": code}))

    def used_code(self, member: Id) -> None:
        self._work.put(_forget_code, {"the_member": member})

    def tried_code(self, account: Account, at: datetime) -> None:
        self._work.add(code_tries, {"account": self._mark(account), "at": at})

    def forget_tries(self, before: datetime) -> None:
        self._work.put(_forget_tries, {"before": before})

    def tries(self, account: Account, since: datetime) -> int:
        found: int = self._work.rows(_tries, {"account": self._mark(account), "since": since})[0][0]
        return found

    def was_here(self, account: Account) -> bool:
        return bool(self._work.find(by_former, self._mark(account)))

    def _mark(self, account: Account) -> bytes:
        return account_mark(self._work, account)

    def _all(self, statement: Any, **parameters: Any) -> list[Member]:
        return [_member(row) for row in self._work.rows(statement, parameters)]


def account_mark(work: SqlWork, account: Account) -> bytes:
    """The one keyed hash of an account that outlives its owner's being forgotten."""
    return work.house.mark(f"account:{account.show()}")


def _first(rows: Sequence[Found]) -> Member | None:
    return next((_member(row) for row in rows), None)


def _member(row: Found) -> Member:
    return msgspec.convert(as_dict(row), Member)


def _identity(row: Found) -> Identity:
    account = Account(row.platform, row.workspace, row.user)
    return Identity(account, Id(row.member), _rights(row.rights), row.left_at, row.since)


@cache
def _rights(said: frozenset[str]) -> frozenset[Right]:
    return frozenset(map(Right, said))

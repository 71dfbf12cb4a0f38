"""Announcements, whom they reach, and who has read one."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Any

import msgspec
from sqlalchemy import (
    BigInteger,
    Column,
    ColumnElement,
    Date,
    ForeignKey,
    Integer,
    Select,
    String,
    Table,
    Text,
    and_,
    bindparam,
    case,
    delete,
    func,
    or_,
    select,
    true,
    update,
)

from bot.announcements.model import COUNTED, Announcement, Chosen, Load, Reach, prefix
from bot.announcements.model import State as Stands
from bot.announcements.store import EVERYBODY, Said
from bot.chat.address import Account
from bot.chat.ids import Id
from bot.core.feature import Right
from bot.core.outbox import State
from bot.members.model import By, Consent, Stage
from storage.buffer import Found, as_dict, the
from storage.columns import Erased, Instant, Part, hidden, metadata, person
from storage.letters import after, letters, readers
from storage.parcels import account_place, conversations
from storage.people import consents, identities, members
from storage.work import SqlWork

announcements = Table(
    "announcements",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    person("author", Part.AUTHOR, Erased.BLANK, index=True),
    hidden(Column("signed", Text, nullable=False)),
    Column("title", Text, nullable=False),
    Column("words", Text, nullable=False),
    Column("made_at", Instant, nullable=False, index=True),
    Column("does", String(12), nullable=False),
    Column("link", Text, nullable=False),
    Column("label", Text, nullable=False),
    Column("invite", Text, nullable=False),
    Column("picture", Text, nullable=False),
    Column("alt", Text, nullable=False),
    Column("sort", String(12), nullable=False),
    Column("where", String(12)),
    Column("audience", Text, nullable=False),
    Column("at", Instant),
    Column("state", String(12), nullable=False),
    Column("version", Integer, nullable=False),
    person("approver", Part.OTHER, Erased.BLANK, index=True),
    Column("goes_at", Instant),
    Column("friday", Date, index=True),
    Column("corrected_at", Instant),
    Column("line", Text, nullable=False),
    hidden(Column("seen", Integer, nullable=False)),
)
"""As `Announcement` has it. What stands in it is said to many: it is not sealed."""

seen = Table(
    "announcement_seen",
    metadata,
    Column(
        "announcement",
        BigInteger,
        ForeignKey("announcements.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
    ),
    person("member", Part.SUBJECT, primary_key=True, index=True),
    sqlite_with_rowid=False,
)
"""Who has read it, so that each counts once, and not when; for 30 days."""

_one = select(announcements).where(announcements.c.id == bindparam("id"))
_latest = select(announcements).order_by(announcements.c.made_at.desc(), announcements.c.id).limit(bindparam("most"))
_week = (
    select(announcements)
    .where(announcements.c.friday == bindparam("week", type_=Date), announcements.c.state == Stands.SENT.value)
    .order_by(announcements.c.goes_at, announcements.c.id)
)
_open_news = select(announcements).where(
    announcements.c.sort != "notice", announcements.c.state.in_([Stands.SENDING.value, Stands.SENT.value])
)
_said = (
    select(letters.c.key, letters.c.state, readers.c.member)
    .outerjoin(readers, readers.c.letter == letters.c.id)
    .where(letters.c.key >= bindparam("first"), letters.c.key < bindparam("after"))
    .order_by(letters.c.place)
)
_seen = select(func.count()).select_from(seen).where(seen.c.announcement == bindparam("id"))
_old = announcements.c.goes_at < bindparam("before", type_=Instant)
_full = (
    select(seen.c.announcement, func.count())
    .where(seen.c.announcement == announcements.c.id, _old)
    .group_by(seen.c.announcement)
)
_added = (
    update(announcements)
    .where(announcements.c.id == the(announcements.c.id))
    .values(seen=announcements.c.seen + bindparam("more"))
)
_unsee = delete(seen).where(seen.c.announcement == the(seen.c.announcement))
_past = select(announcements.c.id).where(announcements.c.made_at < bindparam("before", type_=Instant))
_forget = delete(announcements).where(announcements.c.id == the(announcements.c.id))
_organisers = select(identities).where(identities.c.left_at.is_(None))
_any = identities.alias()
_places = select(conversations.c.place)


class SqlAnnouncements:
    """Fills `bot.announcements.store.Announcements`."""

    def __init__(self, work: SqlWork) -> None:
        self._work = work

    def get(self, id: Id) -> Announcement | None:
        return next(iter(self._all(self._work.locking(_one), id=id)), None)

    def keep(self, announcement: Announcement) -> None:
        row = msgspec.to_builtins(announcement, builtin_types=(date, datetime))
        self._work.keep(announcements, row)

    def latest(self, most: int) -> Sequence[Announcement]:
        return self._all(_latest, most=most)

    def for_week(self, week: date) -> Sequence[Announcement]:
        return self._all(_week, week=week)

    def open_news(self) -> Sequence[Announcement]:
        return self._all(_open_news)

    def count(self, chosen: Chosen) -> Mapping[Reach, int]:
        found = self._ask(_counted(chosen.by, chosen.among is not None, chosen.needs), chosen)
        return {Reach(row[0]): row[1] for row in found}

    def recipients(self, chosen: Chosen, between: tuple[Id, Id] = EVERYBODY) -> Sequence[Id]:
        first, last = between
        found = self._ask(_getting(chosen.by, chosen.among is not None, chosen.needs), chosen, first=first, last=last)
        return [Id(row[0]) for row in found]

    def loads(self, chosen: Chosen) -> Mapping[str, Load]:
        """By the account that each prefers, the first that they had."""
        known = {row[0] for row in self._work.rows(_places)}
        loads: dict[str, Load] = {}
        before = None
        for row in self._ask(_accounts(chosen.by, chosen.among is not None, chosen.needs), chosen):
            if row.member != before:
                before, load = row.member, loads.get(row.platform, Load())
                account = Account(row.platform, row.workspace, row.user)
                is_first = account_place(self._work.house, account) not in known
                loads[row.platform] = Load(load.letters + 1, load.first + is_first)
        return loads

    def sizes(self, by: By) -> Mapping[str, int]:
        return {row[0]: row[1] for row in self._work.rows(_sized(by))}

    def said(self, id: Id) -> Sequence[Said]:
        first = prefix(id)
        found = self._work.rows(_said, {"first": first, "after": after(first)})
        return [Said(row.key, Id(row.member) if row.member else None, State(row.state)) for row in found]

    def saw(self, id: Id, member: Id) -> None:
        self._work.add(seen, {"announcement": id, "member": member})

    def seen(self, id: Id) -> int:
        found: int = self._work.rows(_seen, {"id": id})[0][0]
        return found

    def add_up(self, before: datetime) -> None:
        for row in self._work.rows(_full, {"before": before}):
            self._work.put(_added, {"the_id": row[0], "more": row[1]})
            self._work.put(_unsee, {"the_announcement": row[0]})

    def forget_before(self, at: datetime) -> None:
        for (id,) in self._work.rows(_past, {"before": at}):
            self._work.put(_unsee, {"the_announcement": id})
            self._work.put(_forget, {"the_id": id})

    def signature(self, account: Account) -> str:
        return self._work.house.name(f"announces:{account.show()}")

    def organisers(self) -> Sequence[tuple[Account, Id]]:
        found = self._work.rows(_organisers)
        right = Right.ORGANISER.value
        return [
            (Account(one.platform, one.workspace, one.user), Id(one.member)) for one in found if right in one.rights
        ]

    def _all(self, statement: Select[Any], **parameters: Any) -> list[Announcement]:
        return [_announcement(row) for row in self._work.rows(statement, parameters)]

    def _ask(self, statement: Select[Any], chosen: Chosen, **given: Any) -> Sequence[Found]:
        given["on"] = chosen.on
        if chosen.by is not By.EVERYONE:
            given["of"] = chosen.of
        if chosen.among is not None:
            given["among"] = sorted(chosen.among)
        return self._work.rows(statement, given)


def _announcement(row: Found) -> Announcement:
    return msgspec.convert(as_dict(row), Announcement)


def _agreed(needs: frozenset[Consent]) -> ColumnElement[bool]:
    of_this = (consents.c.member == members.c.id, consents.c.yes)
    return and_(
        true(),
        *(select(consents.c.member).where(*of_this, consents.c.consent == one.value).exists() for one in sorted(needs)),
    )


def _reach(needs: frozenset[Consent]) -> Any:
    """The rule of `reach_of`, asked of the database: of thousands of members only counts come back."""
    has_account = select(_any.c.account).where(_any.c.member == members.c.id, _any.c.left_at.is_(None))
    is_away = and_(members.c.away, or_(members.c.back_on.is_(None), members.c.back_on > bindparam("on", type_=Date)))
    return case(
        (members.c.stage == Stage.SUSPENDED.value, Reach.SUSPENDED.value),
        (members.c.stage != Stage.MEMBER.value, Reach.OUT.value),
        (members.c.left_at.is_not(None), Reach.LEFT.value),
        (is_away, Reach.AWAY.value),
        (~_agreed(needs), Reach.CONSENT.value),
        (~has_account.exists(), Reach.UNREACHABLE.value),
        else_=Reach.GETS.value,
    )


def _meant(by: By, is_among: bool) -> list[ColumnElement[bool]]:
    meant: list[ColumnElement[bool]] = []
    if by is not By.EVERYONE:
        meant.append(members.c[by.value] == bindparam("of"))
    if is_among:
        meant.append(members.c.id.in_(bindparam("among", expanding=True)))
    return meant


@lru_cache
def _counted(by: By, is_among: bool, needs: frozenset[Consent]) -> Select[Any]:
    """Made once for each kind of question: the values are parameters."""
    counted = or_(*(members.c.stage == stage.value for stage in sorted(COUNTED)))
    each = select(_reach(needs).label("reach")).where(counted, *_meant(by, is_among)).subquery()
    return select(each.c.reach, func.count()).group_by(each.c.reach)


@lru_cache
def _getting(by: By, is_among: bool, needs: frozenset[Consent]) -> Select[Any]:
    """Says of no stage but by `reach`, so that SQLite looks at the range alone, and not at all who are of a stage."""
    gets = _reach(needs) == Reach.GETS.value
    of_these = members.c.id.between(bindparam("first"), bindparam("last"))
    return select(members.c.id).where(*_meant(by, is_among), gets, of_these).order_by(members.c.id)


@lru_cache
def _accounts(by: By, is_among: bool, needs: frozenset[Consent]) -> Select[Any]:
    ours = (identities.c.member == members.c.id, identities.c.left_at.is_(None))
    gets = _reach(needs) == Reach.GETS.value
    wanted = (identities.c.member, identities.c.platform, identities.c.workspace, identities.c.user)
    order = (members.c.id, identities.c.since, identities.c.account)
    return select(*wanted).where(*ours, *_meant(by, is_among), gets).order_by(*order)


@lru_cache
def _sized(by: By) -> Select[Any]:
    column = members.c[by.value]
    is_in = (members.c.stage == Stage.MEMBER.value, members.c.left_at.is_(None), column.is_not(None))
    return select(column, func.count()).where(*is_in).group_by(column).order_by(column)

"""Introductions: rounds, the groups they made, who was left out, and who must never meet."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from itertools import combinations, groupby
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    ForeignKey,
    Integer,
    SmallInteger,
    String,
    Table,
    bindparam,
    delete,
    false,
    func,
    insert,
    or_,
    select,
    update,
)

from bot.chat.ids import Id
from bot.pairing.model import Group, Round, RoundState
from storage import blocks
from storage.buffer import Found, Lookup, the
from storage.columns import Erased, Instant, Part, hidden, metadata, person
from storage.work import SqlWork

rounds = Table(
    "rounds",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("day", Date, nullable=False, unique=True),
    Column("state", String(12), nullable=False),
    Column("sent_at", Instant),
)
groups = Table(
    "groups",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("round", BigInteger, ForeignKey("rounds.id"), nullable=False, index=True),
    Column("day", Date, nullable=False, index=True),
    Column("first", SmallInteger, nullable=False),
    Column("ended_at", Instant),
    Column("made_at", Instant),
    Column("late", Boolean, nullable=False, server_default=false()),
)
"""`first`: the place of whoever says hello. `made_at`: none where it was made with its round."""
group_members = Table(
    "group_members",
    metadata,
    Column("group", BigInteger, ForeignKey("groups.id"), primary_key=True, autoincrement=False),
    Column("place", SmallInteger, primary_key=True, autoincrement=False),
    person("member", Part.SUBJECT, Erased.BLANK, index=True),
    hidden(Column("mark", BigInteger)),
)
"""`mark`: random, instead of a member who was forgotten; another in each group, so that it leads nowhere."""
left_out = Table(
    "left_out",
    metadata,
    Column("round", BigInteger, ForeignKey("rounds.id"), primary_key=True, autoincrement=False),
    person("member", Part.SUBJECT, primary_key=True, index=True),
    Column("running", Integer, nullable=False),
)
_rounds = select(rounds)
_on = _rounds.where(rounds.c.day == bindparam("day"))
_latest_sent = _rounds.where(rounds.c.state == RoundState.SENT.value).order_by(rounds.c.day.desc()).limit(1)
_sent_before = _latest_sent.where(
    rounds.c.day < select(rounds.c.day).where(rounds.c.id == bindparam("of")).scalar_subquery()
)
_whole = (
    select(groups, group_members.c.place, func.coalesce(group_members.c.member, group_members.c.mark).label("who"))
    .where(group_members.c.group == groups.c.id)
    .order_by(groups.c.id, group_members.c.place)
)
by_group = Lookup(groups.c.id, _whole)
_made = select(func.count()).select_from(groups).where(groups.c.round == bindparam("of"))
_of_round = _whole.where(groups.c.round == bindparam("of"))
_mine = select(group_members.c.group).where(group_members.c.member == bindparam("member"))
_living_on = _whole.where(groups.c.day == bindparam("day"), groups.c.ended_at.is_(None))
_living = _living_on.where(groups.c.id.in_(_mine))
_with = _whole.where(groups.c.day == bindparam("day"), groups.c.id.in_(_mine))
_lost = (
    select(group_members.c.group)
    .where(group_members.c.member == left_out.c.member, left_out.c.round == bindparam("of"))
    .correlate(None)  # of its own: else it is asked of each row by itself, and only a part of a group is found
)
_of_left_out = _of_round.where(groups.c.id.in_(_lost))
_one, _other = group_members.alias(), group_members.alias()
_met_among = (
    select(_one.c.member, _other.c.member)
    .where(_one.c.group == _other.c.group, _one.c.group == groups.c.id, _one.c.member < _other.c.member)
    .where(*(each.c.member.in_(bindparam("among", expanding=True)) for each in (_one, _other)))
    .where(groups.c.day >= bindparam("day"))
    .distinct()
)
_was_sought_for = (
    select(left_out.c.member)
    .where(left_out.c.round == groups.c.round, left_out.c.member == group_members.c.member)
    .correlate(groups, group_members)
    .exists()
)
introduced_to = Lookup(
    group_members.c.member,
    select(group_members.c.member, groups.c.day)
    .where(group_members.c.group == groups.c.id, or_(groups.c.ended_at.is_(None), ~_was_sought_for))
    .order_by(groups.c.day.desc()),
)
_since = _whole.where(groups.c.day >= bindparam("day"))
_introduced = (
    select(group_members.c.member, func.max(groups.c.day))
    .where(group_members.c.group == groups.c.id, group_members.c.member.is_not(None))
    .group_by(group_members.c.member)
)
_left_out = select(left_out).where(left_out.c.round == bindparam("of"))
_insert_group, _insert_member = insert(groups), insert(group_members)
_found = delete(left_out).where(left_out.c.round == the(left_out.c.round), left_out.c.member == the(left_out.c.member))
_end = update(groups).where(groups.c.id == the(groups.c.id), groups.c.ended_at.is_(None))


class SqlPairings:
    """Fills `bot.pairing.store.Pairings`."""

    def __init__(self, work: SqlWork) -> None:
        self._work = work

    def round_on(self, day: date) -> Round | None:
        return self._round(self._work.locking(_on), day=day)

    def latest_sent(self) -> Round | None:
        return self._round(_latest_sent)

    def keep_round(self, round: Round) -> None:
        row = {"id": round.id, "day": round.day, "state": round.state.value, "sent_at": round.sent_at}
        self._work.keep(rounds, row)

    def add_groups(self, groups: Iterable[Group]) -> None:
        for group in groups:
            first = group.members.index(group.first)
            row = {"id": group.id, "round": group.round, "day": group.day, "first": first, "ended_at": group.ended_at}
            row |= {"made_at": group.made_at, "late": group.late}
            self._work.put(_insert_group, row)
            for place, member in enumerate(group.members):
                self._work.put(_insert_member, {"group": group.id, "place": place, "member": member})

    def group(self, group: Id) -> Group | None:
        rows = self._work.find(by_group, group)
        return _group(rows) if rows else None

    def made(self, round: Id) -> int:
        made: int = self._work.rows(_made, {"of": round})[0][0]
        return made

    def among(self, groups: Iterable[Id]) -> Sequence[Group]:
        found = self._work.fetch(by_group, groups)
        return [_group(rows) for _, rows in sorted(found.items()) if rows]

    def groups_of(self, round: Id) -> Sequence[Group]:
        return _groups(self._work.rows(_of_round, {"of": round}))

    def living(self, member: Id, day: date) -> Group | None:
        return next(iter(_groups(self._work.rows(_living, {"member": member, "day": day}))), None)

    def living_on(self, day: date) -> Sequence[Group]:
        return _groups(self._work.rows(_living_on, {"day": day}))

    def end(self, group: Id, at: datetime) -> None:
        self._work.put(_end, {"the_id": group, "ended_at": at})

    def met_since(self, day: date) -> Mapping[frozenset[Id], date]:
        met: dict[frozenset[Id], date] = {}
        for group in _groups(self._work.rows(_since, {"day": day})):
            for two in map(frozenset, combinations(group.members, 2)):
                met[two] = max(group.day, met.get(two, group.day))
        return met

    def met_among(self, members: Collection[Id], since: date) -> frozenset[frozenset[Id]]:
        met = self._work.rows(_met_among, {"among": list(members), "day": since}) if members else ()
        return frozenset(frozenset((Id(one), Id(other))) for one, other in met)

    def groups_with(self, member: Id, day: date) -> Sequence[Group]:
        return _groups(self._work.rows(_with, {"member": member, "day": day}))

    def introduced_weeks(self, members: Iterable[Id]) -> Mapping[Id, Sequence[date]]:
        found = self._work.fetch(introduced_to, members)
        return {member: list(dict.fromkeys(row.day for row in rows)) for member, rows in found.items()}

    def last_introduced(self) -> Mapping[Id, date]:
        return {Id(member): day for member, day in self._work.rows(_introduced)}

    def leave_out(self, round: Id, members: Iterable[Id]) -> None:
        before = self._left_out_before(round)
        for member in members:
            self._work.keep(left_out, {"round": round, "member": member, "running": before.get(member, 0) + 1})

    def found(self, round: Id, members: Iterable[Id]) -> None:
        for member in members:
            self._work.put(_found, {"the_round": round, "the_member": member})

    def groups_of_left_out(self, round: Id) -> Sequence[Group]:
        return _groups(self._work.rows(_of_left_out, {"of": round}))

    def left_out(self, round: Id) -> Mapping[Id, int]:
        return {Id(row.member): row.running for row in self._work.rows(_left_out, {"of": round})}

    def forbidden(self) -> frozenset[frozenset[Id]]:
        return blocks.forbidden(self._work)

    def forbid(self, by: Id, whom: Id, at: datetime) -> None:
        self._work.add(blocks.blocks, {"by": by, "whom": whom, "at": at})

    def _round(self, statement: Any, **parameters: Any) -> Round | None:
        rows = self._work.rows(statement, parameters)
        return next((Round(Id(row.id), row.day, RoundState(row.state), row.sent_at) for row in rows), None)

    def _left_out_before(self, round: Id) -> Mapping[Id, int]:
        """Who was left out of the round sent before this one."""
        before = self._round(_sent_before, of=round)
        return self.left_out(before.id) if before else {}


def _groups(rows: Sequence[Found]) -> list[Group]:
    """Groups from rows sorted by group and place, one for each member."""
    return [_group(list(of_one)) for _, of_one in groupby(rows, lambda row: row.id)]


def _group(rows: Sequence[Found]) -> Group:
    who, row = tuple(Id(row.who) for row in rows), rows[0]
    return Group(Id(row.id), Id(row.round), row.day, who, who[row.first], row.ended_at, row.made_at, row.late)

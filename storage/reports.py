"""Totals of everybody, for reports: counted when they are asked for, and those of months kept."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Column, Date, Integer, Table, and_, bindparam, case, distinct, exists, func, or_, select

from bot.chat.address import Account
from bot.chat.outbound import OWN_THREAD, Why
from bot.checkins.model import Outcome
from bot.core.outbox import State
from bot.members.model import Stage
from bot.reports.model import Month, Way
from bot.reports.store import Letters
from storage.buffer import Found
from storage.checkins import answers
from storage.claims import TOO_LATE
from storage.columns import Instant, metadata
from storage.letters import WAITS, letters
from storage.pairing import group_members, groups
from storage.parcels import account_place, conversation_at
from storage.people import identities, members
from storage.work import SqlWork

months = Table(
    "months",
    metadata,
    Column("month", Date, primary_key=True),
    Column("members", Integer, nullable=False),
    Column("active", Integer, nullable=False),
    Column("introductions", Integer, nullable=False),
    Column("talked", Integer, nullable=False),
)
"""`month`: its first day. Told only through `bot.core.counts`."""

_PATIENCE, _PATIENCE_WITH_MANY = timedelta(hours=1), timedelta(hours=3)
"""A platform takes its time with thousands of letters: those of a bulk work are not stuck so soon."""

_places = group_members.alias()
_third = exists().where(_places.c.group == groups.c.id, _places.c.place == 2)
_between = (groups.c.day >= bindparam("first"), groups.c.day < bindparam("after"))
# A three that ended went on as two, who are counted instead.
_made = (*_between, or_(groups.c.ended_at.is_(None), ~_third))
_talked = exists().where(answers.c.group == groups.c.id, answers.c.outcome == Outcome.TALKED.value)
_introductions = select(func.count()).select_from(groups).where(*_made)
_that_talked = _introductions.where(_talked)
_is_here = (members.c.stage == Stage.MEMBER.value, members.c.left_at.is_(None))
_here = (*_is_here, members.c.joined_at < bindparam("ends", type_=Instant))
_members = select(func.count()).select_from(members).where(*_here)
_active = select(func.count(distinct(group_members.c.member))).where(
    group_members.c.group == groups.c.id, group_members.c.member == members.c.id, *_made, _talked, *_here
)
_months = select(months).order_by(months.c.month.desc()).limit(bindparam("most"))
_due_before = letters.c.due_at < bindparam("due", type_=Instant)
_alone = or_(letters.c.batch == "", letters.c.due_at < bindparam("many", type_=Instant))
_stuck = select(func.count()).select_from(letters).where(WAITS, _due_before, _alone)
_lost = (
    select(func.count())
    .select_from(letters)
    .where(letters.c.ended_at >= bindparam("since", type_=Instant))
    .where(letters.c.state == State.DEAD.value, letters.c.says != TOO_LATE)
)
_lets_none_in = [letters.c.says.startswith(why.value, autoescape=True) for why in (Why.CLOSED, Why.GONE)]
_reached = (
    select(members.c.id, identities.c.platform, identities.c.workspace, identities.c.user)
    .outerjoin(identities, (identities.c.member == members.c.id) & identities.c.left_at.is_(None))
    .where(*_is_here)
    .order_by(members.c.id, identities.c.since.desc(), identities.c.account.desc())
)
_ended_when = {
    "sent": case((letters.c.state == State.SENT.value, letters.c.ended_at)),
    "shut": case((and_(letters.c.state == State.DEAD.value, or_(*_lets_none_in)), letters.c.ended_at)),
}
_last = {name: func.max(when) for name, when in _ended_when.items()}
_shut = (
    select(letters.c.goes_to)
    .where(letters.c.goes_to.is_not(None), letters.c.ended_at.is_not(None))
    .group_by(letters.c.goes_to)
    .having(or_(_last["shut"] > _last["sent"], and_(_last["shut"].is_not(None), _last["sent"].is_(None))))
)
_WAYS = {"local": Way.BROWSER, "slack": Way.SLACK, "discord": Way.DIRECT}


class SqlReports:
    """Fills `bot.reports.store.Reports`."""

    def __init__(self, work: SqlWork) -> None:
        self._work = work

    def introductions(self, first: date, after: date) -> int:
        return self._count(_introductions, first=first, after=after)

    def month(self, first: date, after: date, ends: datetime) -> Month:
        of = {"first": first, "after": after}
        return Month(
            first,
            members=self._count(_members, ends=ends),
            active=self._count(_active, ends=ends, **of),
            introductions=self._count(_introductions, **of),
            talked=self._count(_that_talked, **of),
        )

    def keep(self, month: Month) -> None:
        row = {"month": month.first, "members": month.members, "active": month.active}
        self._work.add(months, {**row, "introductions": month.introductions, "talked": month.talked})

    def months(self, most: int) -> Sequence[Month]:
        found = self._work.rows(_months, {"most": most})
        return [Month(row.month, row.members, row.active, row.introductions, row.talked) for row in found]

    def letters(self, since: datetime) -> Letters:
        at = self._work.at
        stuck = self._count(_stuck, due=at - _PATIENCE, many=at - _PATIENCE_WITH_MANY)
        return Letters(stuck, self._count(_lost, since=since))

    def reached(self) -> Mapping[Way, int]:
        """By the account that came first, which is the last of each here: letters go there."""
        first = {row.id: row for row in self._work.rows(_reached)}
        place = {id: self._place(row) for id, row in first.items() if row.platform}
        talks = self._work.fetch(conversation_at, place.values())
        shut = {row.goes_to for row in self._work.rows(_shut)}
        open_to = {id: talks[at][0].conversation for id, at in place.items() if talks[at] and at not in shut}
        return Counter(_way(row.platform, open_to[id]) if id in open_to else Way.NOT for id, row in first.items())

    def _place(self, row: Found) -> bytes:
        return account_place(self._work.house, Account(row.platform, row.workspace, row.user))

    def disk(self) -> int | None:
        return self._work.house.disk()

    def _count(self, statement: Any, **parameters: Any) -> int:
        found: int = self._work.rows(statement, parameters)[0][0]
        return found


def _way(platform: str, conversation: str) -> Way:
    return Way.THREAD if conversation.startswith(OWN_THREAD) else _WAYS[platform]

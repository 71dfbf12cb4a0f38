"""How a Monday's introductions came out, read beside the bot at the moment they are kept: later nobody can tell what
other choice there was, for people ask to be apart, move to another school, and are found somebody after all."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import combinations
from typing import Any

from sqlalchemy import Select, bindparam, select

from bot.core.work import Work
from bot.pairing.model import RoundState
from storage.blocks import forbidden
from storage.pairing import group_members, groups, left_out, rounds
from storage.people import members
from storage.work import sql

COOLDOWN = timedelta(weeks=13)
"""So long two people do not meet again while there is another choice."""

Two = frozenset[int]

_OUT = (RoundState.SENDING.value, RoundState.SENT.value)
_latest = select(rounds).where(rounds.c.state.in_(_OUT)).order_by(rounds.c.day.desc()).limit(1)
_sent_before = (
    select(rounds.c.id)
    .where(rounds.c.state == RoundState.SENT.value, rounds.c.day < bindparam("day"))
    .order_by(rounds.c.day.desc())
    .limit(1)
)
_who = (
    select(groups.c.id, group_members.c.member)
    .where(group_members.c.group == groups.c.id, group_members.c.member.is_not(None))
    .order_by(groups.c.id, group_members.c.place)
)
_of_round = _who.where(groups.c.round == bindparam("of"), ~groups.c.late, groups.c.ended_at.is_(None))
_lately = _who.where(groups.c.day >= bindparam("since"), groups.c.day < bindparam("day"))
_left = select(left_out.c.member, left_out.c.running).where(left_out.c.round == bindparam("of"))
_schools = select(members.c.id, members.c.urn, members.c.trust)


@dataclass(frozen=True)
class Latest:
    """The latest introductions that go out or have gone out."""

    round: int
    day: date
    is_out: bool


@dataclass(frozen=True)
class Monday:
    """Who meets, by group, and who is `left` over; how many introductions running each of them had `waited` before.
    `met` are those who met lately, `apart` those who must not meet; and nobody meets who shares one of `theirs`: a
    school, a trust."""

    day: date
    groups: Mapping[int, frozenset[int]]
    left: frozenset[int] = frozenset()
    waited: Mapping[int, int] = field(default_factory=dict)
    met: frozenset[Two] = frozenset()
    apart: frozenset[Two] = frozenset()
    theirs: Mapping[int, frozenset[object]] = field(default_factory=dict)


def latest(work: Work) -> Latest | None:
    """Cheap, for it is asked after each commit."""
    rows = sql(work).rows(_latest)
    return next((Latest(row.id, row.day, row.state == RoundState.SENT.value) for row in rows), None)


def monday(work: Work, one: Latest) -> Monday:
    """How those introductions came out, just now."""
    before = sql(work).rows(_sent_before, {"day": one.day})
    waited = _people(work, before[0].id) if before else {}
    met = _groups(work, _lately, {"since": one.day - COOLDOWN, "day": one.day}).values()
    return Monday(
        day=one.day,
        groups=_groups(work, _of_round, {"of": one.round}),
        left=frozenset(_people(work, one.round)),
        waited=waited,
        met=frozenset(frozenset(two) for people in met for two in combinations(people, 2)),
        apart=frozenset(forbidden(sql(work))),
        theirs={row.id: _shared(row.urn, row.trust) for row in sql(work).rows(_schools)},
    )


def _groups(work: Work, which: Select[Any], asked: Mapping[str, object]) -> Mapping[int, frozenset[int]]:
    found: dict[int, set[int]] = {}
    for row in sql(work).rows(which, asked):
        found.setdefault(row.id, set()).add(row.member)
    return {group: frozenset(people) for group, people in found.items()}


def _people(work: Work, round: int) -> dict[int, int]:
    return {row.member: row.running for row in sql(work).rows(_left, {"of": round})}


def _shared(urn: int | None, trust: str | None) -> frozenset[object]:
    """What two who meet must not have in common; a trust's name however it was typed."""
    named = " ".join(trust.casefold().split()) if trust else ""
    return frozenset(one for one in (urn, named) if one)

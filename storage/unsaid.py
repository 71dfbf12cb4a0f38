"""Letters that were given up, taken back, or wait though they were due long ago: what a rehearsal reads of them beside
the bot."""

from collections.abc import Iterable, Sequence, Set
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import and_, bindparam, or_, select

from bot.chat import ids
from bot.chat.ids import Id
from bot.core.outbox import Kind, State
from bot.core.work import Work
from bot.members.model import Consent, Stage
from storage.columns import Instant
from storage.events import events, rsvps
from storage.letters import WAITS, after, letters, of_keys, readers
from storage.pairing import groups
from storage.people import consents, members
from storage.work import sql

_given_up = letters.c.state == State.DEAD.value
_late = and_(WAITS, letters.c.due_at < bindparam("before", type_=Instant))
_unsaid = (
    select(
        letters.c.key,
        letters.c.kind,
        letters.c.state,
        letters.c.says,
        letters.c.due_at,
        letters.c.until,
        letters.c.ended_at,
        readers.c.member,
        members.c.stage,
        members.c.left_at,
    )
    .outerjoin(readers, readers.c.letter == letters.c.id)
    .outerjoin(members, members.c.id == readers.c.member)
    .where(or_(_given_up, _late))
    .order_by(letters.c.key, readers.c.member)
)

_hears = and_(consents.c.member == readers.c.member, consents.c.consent == Consent.MESSAGES.value, consents.c.yes)
_taken_back = (
    select(
        letters.c.key,
        letters.c.kind,
        readers.c.member,
        members.c.stage,
        members.c.left_at,
        members.c.away,
        members.c.back_on,
        members.c.zone,
        members.c.nation,
        members.c.weekends,
        members.c.holidays,
        letters.c.ended_at,
        letters.c.until,
        consents.c.yes.label("hears"),
    )
    .outerjoin(readers, readers.c.letter == letters.c.id)
    .outerjoin(members, members.c.id == readers.c.member)
    .outerjoin(consents, _hears)
    .where(letters.c.state == State.CANCELLED.value, letters.c.ended_at >= bindparam("since", type_=Instant))
    .order_by(letters.c.key, readers.c.member)
)
_living = select(groups.c.id).where(groups.c.id == bindparam("group"), groups.c.ended_at.is_(None))
_stands = select(rsvps.c.turn, events.c.starts_at).where(
    events.c.id == bindparam("event"),
    events.c.status == "planned",
    rsvps.c.event == events.c.id,
    rsvps.c.member == bindparam("member"),
    rsvps.c.place == "held",
)
_each = select(letters.c.id).where(of_keys).limit(1)


class Unsaid(NamedTuple):
    """A letter that was given up, or still waits, and one of its readers. `mark` is its name on a platform."""

    key: str
    kind: str
    state: State
    says: str
    due_at: datetime
    until: datetime | None
    ended_at: datetime | None
    member: Id | None
    stage: Stage | None
    left_at: datetime | None
    mark: str


def unsaid(work: Work, before: datetime) -> Sequence[Unsaid]:
    """Letters that were given up, and those that wait though they were due before that; one row for each reader."""
    here = sql(work)
    return [
        Unsaid(
            **{
                **row._asdict(),
                "state": State(row.state),
                "stage": Stage(row.stage) if row.stage else None,
                "member": Id(row.member) if row.member is not None else None,
            },
            mark=here.house.name(f"letter:{row.key}"),
        )
        for row in here.rows(_unsaid, {"before": before})
    ]


class TakenBack(NamedTuple):
    """A letter that was taken back, and one of its readers, as the tables say now. `hears`: they agree to be written
    to. `mark` is its name on a platform; `row` what the tables say of them besides."""

    key: str
    kind: Kind
    member: Id | None
    stage: Stage | None
    left_at: datetime | None
    away: bool
    hears: bool
    mark: str
    ended_at: datetime
    until: datetime | None
    row: Any


def taken_back(work: Work, since: datetime) -> Sequence[TakenBack]:
    """Letters that were taken back since then; one row for each reader."""
    here = sql(work)
    return [
        TakenBack(
            row.key,
            Kind(row.kind),
            Id(row.member) if row.member is not None else None,
            Stage(row.stage) if row.stage else None,
            row.left_at,
            bool(row.away),
            bool(row.hears),
            here.house.name(f"letter:{row.key}"),
            row.ended_at,
            row.until,
            row,
        )
        for row in here.rows(_taken_back, {"since": since})
    ]


def told_each(work: Work, keys: Iterable[str]) -> Set[str]:
    """Those of which each reader has a letter of their own instead."""
    return {key for key in keys if sql(work).rows(_each, {"first": f"{key}:", "after": after(f"{key}:")})}


def of_ended_groups(work: Work, keys: Iterable[str]) -> Set[str]:
    """Of letters about a group, whose keys name it: those whose group has ended."""
    named = {key: ids.read(key.split(":")[1]) for key in keys}
    return {key for key, group in named.items() if not sql(work).rows(_living, {"group": group})}


def out_of_date(work: Work, keys: Iterable[str]) -> Set[str]:
    """Of reminders those of what does not take place, or not then, to whoever has no place there, or has been promised
    them anew since."""
    found = set()
    for key in keys:
        event, member, _, start, turn = key.split(":")[1:]
        rows = sql(work).rows(_stands, {"event": ids.read(event), "member": ids.read(member)})
        if not any((f"{row.starts_at:%Y%m%dT%H%M%S}", str(row.turn)) == (start, turn) for row in rows):
            found.add(key)
    return found

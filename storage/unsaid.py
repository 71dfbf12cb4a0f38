"""Letters that were given up, or wait though they were due long ago: what a rehearsal reads of them beside the bot."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import and_, bindparam, or_, select

from bot.chat.ids import Id
from bot.core.outbox import State
from bot.core.work import Work
from bot.members.model import Stage
from storage.columns import Instant
from storage.letters import WAITS, letters, readers
from storage.people import members
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

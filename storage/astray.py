"""Groups whose place nobody knows to have been opened, read beside the bot: each of their people hears it alone."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import bindparam, select

from bot.chat.ids import Id, read, show
from bot.core.feature import Broken
from bot.core.outbox import State
from bot.core.work import Work
from bot.members.model import Stage
from storage.columns import Instant
from storage.events import choices, events
from storage.letters import after, letters, readers
from storage.people import members
from storage.work import sql

OPENING = "event-group:"
"""How the keys of letters begin that open a place for a peer support group, of a series and of its people; and of what
each hears alone."""
_NEAR = timedelta(days=7)
_letters = (
    select(letters.c.key, letters.c.state, letters.c.ended_at, readers.c.member)
    .outerjoin(readers, readers.c.letter == letters.c.id)
    .where(letters.c.key >= OPENING, letters.c.key < after(OPENING))
    .order_by(letters.c.key, readers.c.member)
)
_there = (
    select(members.c.id, members.c.away, choices.c.when_away)
    .outerjoin(choices, choices.c.member == members.c.id)
    .where(members.c.id.in_(bindparam("people", expanding=True)))
    .where(members.c.stage == Stage.MEMBER.value, members.c.left_at.is_(None))
)
_meets = select(events.c.id).where(
    events.c.series == bindparam("series"),
    events.c.status == "planned",
    events.c.starts_at > bindparam("first", type_=Instant),
    events.c.starts_at < bindparam("last", type_=Instant),
)


CircleOf = Callable[[Id, Sequence[Id]], Id]
"""What the place of a series and those people is called: by that one sees whether somebody of them was forgotten."""


def unheard(
    work: Work, unseen: Collection[str], but: Collection[str], circle_of: CircleOf
) -> Mapping[str, list[Broken]]:
    """By key, `but` those, letters to groups that were given up as nobody can look for them (`unseen`, by mark), with
    whoever has no letter of their own instead. Nobody is to have one where the group does not meet soon, or somebody of
    it was forgotten; nor who pauses, and wants to hear nothing meanwhile."""
    here, people, ended = sql(work), dict[str, set[Id]](), dict[str, datetime]()
    for row in here.rows(_letters):
        people.setdefault(row.key, set()).add(Id(row.member or 0))
        if row.state == State.DEAD.value and row.key.count(":") == len(("series", "people")):
            ended[row.key] = row.ended_at
    given_up = [key for key in ended if key not in but and here.house.name(f"letter:{key}") in unseen]
    return {key: list(_without(work, key, people, ended[key], circle_of)) for key in given_up}


def _without(
    work: Work, key: str, people: Mapping[str, set[Id]], at: datetime, circle_of: CircleOf
) -> Iterator[Broken]:
    series, circle = (read(one) for one in key.removeprefix(OPENING).split(":"))
    soon = {"series": series, "first": at, "last": at + _NEAR}
    if circle_of(series, list(people[key])) != circle or not sql(work).rows(_meets, soon):
        return
    for row in sql(work).rows(_there, {"people": list(people[key])}):
        wants_none = row.away and row.when_away is False
        if not wants_none and f"{key}:{show(Id(row.id))}" not in people:
            yield Broken("one side told", show(Id(row.id)), "a group's place")

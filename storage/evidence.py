"""What a rehearsal reads in the tables beside the bot: in SQL, so that it takes nobody's word for anything."""

from collections.abc import Collection, Iterator, Mapping, Sequence, Set
from datetime import date, datetime, timedelta
from itertools import combinations
from typing import Any, NamedTuple

from sqlalchemy import Column, Text, and_, bindparam, func, or_, select

from bot.chat import ids
from bot.chat.address import Account
from bot.chat.ids import Id, show
from bot.core.feature import Broken
from bot.core.outbox import State
from bot.core.work import Work
from bot.members.model import Consent, Stage
from bot.pulse.model import State as PollState
from storage.blocks import CHOSEN, MEANT
from storage.checkins import answers
from storage.columns import Instant, metadata
from storage.events import events, rsvps
from storage.letters import WAITS, letters, readers
from storage.pairing import group_members, groups, left_out, rounds
from storage.people import consents, identities, members
from storage.privacy import person_columns
from storage.pulse import asked, polls
from storage.work import sql

_facts = (
    select(
        letters.c.id,
        letters.c.key,
        letters.c.kind,
        readers.c.member,
        members.c.stage,
        members.c.away,
        members.c.back_on,
        members.c.left_at,
        members.c.zone,
        members.c.nation,
        members.c.weekends,
        members.c.holidays,
    )
    .outerjoin(readers, readers.c.letter == letters.c.id)
    .outerjoin(members, members.c.id == readers.c.member)
    .where(letters.c.id == bindparam("letter"))
)
_whose = select(identities.c.account, identities.c.member, identities.c.since)
_whose_is = _whose.where(identities.c.account == bindparam("account"))
_answers = select(answers.c.group, answers.c.member, answers.c.outcome)
_groups = (
    select(groups.c.id, groups.c.day, groups.c.late, groups.c.ended_at, group_members.c.member)
    .where(group_members.c.group == groups.c.id)
    .order_by(groups.c.day, groups.c.id, group_members.c.place)
)
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
_states = select(letters.c.state, func.count()).group_by(letters.c.state)
_doubled = select(letters.c.key).where(letters.c.possible_duplicate)
_in = select(members.c.id).where(members.c.stage == Stage.MEMBER.value)
_of_group = select(group_members.c.member).where(group_members.c.group == bindparam("group"))
_rounds = select(func.count()).where(rounds.c.state == "sent")
_twice_running = select(func.count()).where(left_out.c.running > 1)


_reminded = (
    select(events.c.status, events.c.starts_at, rsvps.c.place)
    .outerjoin(rsvps, and_(rsvps.c.event == events.c.id, rsvps.c.member == bindparam("who")))
    .where(events.c.id == bindparam("of"))
)
_rsvps = select(rsvps.c.event, rsvps.c.member, rsvps.c.answer, rsvps.c.since)
_events = select(events.c.id).where(events.c.status.in_(("planned", "cancelled")))
_agreed = select(consents.c.member).where(consents.c.consent == Consent.PULSE.value, consents.c.yes)
_asked = select(asked.c.poll, asked.c.member).join(polls, polls.c.id == asked.c.poll)
_asked_now = _asked.where(polls.c.state == PollState.OPEN.value, polls.c.closes_at > bindparam("now"))
_told = select(polls.c.id, polls.c.told).where(polls.c.state == PollState.CLOSED.value)

INTRODUCTION, REMINDER = "intro:", "event-remind:"
"""How the keys of letters begin in which people meet; or are reminded of an event."""


def facts_of(work: Work, wanted: Collection[Id]) -> Sequence[Any]:
    """Letters and who reads them, one row for each reader."""
    return [row for letter in wanted for row in sql(work).rows(_facts, {"letter": letter})]


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


def whose(work: Work) -> Mapping[str, tuple[Id, datetime]]:
    """Each account's member, and since when it is theirs."""
    return {row.account: (Id(row.member), row.since) for row in sql(work).rows(_whose)}


def member_of(work: Work, account: Account) -> Id | None:
    """Whose account this is."""
    rows = sql(work).rows(_whose_is, {"account": account.show()})
    return Id(rows[0].member) if rows else None


def answers_kept(work: Work) -> Mapping[tuple[Id, Id], str]:
    """Every answer to a check-in, by group and member."""
    return {(Id(row.group), Id(row.member)): row.outcome for row in sql(work).rows(_answers)}


class Groups:
    """Everybody who was introduced: members by group (None for who is forgotten), in order of time."""

    def __init__(self, work: Work) -> None:
        self.day: dict[int, date] = {}
        self.late: dict[int, bool] = {}
        self.people: dict[int, list[int | None]] = {}
        for row in sql(work).rows(_groups):
            self.day[row.id], self.late[row.id] = row.day, row.late
            self.people.setdefault(row.id, []).append(row.member)

    def pairs(self, group: int) -> Iterator[frozenset[int]]:
        """Every two of a group who are still known."""
        known = [one for one in self.people[group] if one is not None]
        return map(frozenset, combinations(known, 2))

    def repeats(self, cooldown: timedelta) -> Sequence[int]:
        """Groups in which two meet who met within that time in an earlier week."""
        met: dict[frozenset[int], date] = {}
        again = []
        for group, day in self.day.items():
            if any(_met(pair, met, day, cooldown) for pair in self.pairs(group)):
                again.append(group)
            met |= dict.fromkeys(self.pairs(group), day)
        return again

    def needless(self, cooldown: timedelta, forbidden: Collection[frozenset[int]]) -> Iterator[Broken]:
        """Two who meet again, though they and another two of that Monday could have changed partners."""
        for group in self.repeats(cooldown):
            day = self.day[group]
            met = {pair: on for other, on in self.day.items() if on < day for pair in self.pairs(other)}
            barred = {*forbidden, *(pair for pair in met if _met(pair, met, day, cooldown))}
            others = [one for one, on in self.day.items() if on == day and one != group and not self.late[one]]
            if not self.late[group] and any(
                _could_change(self.people[group], self.people[one], barred) for one in others
            ):
                yield Broken("repeat", show(Id(group)), day.isoformat())


def _met(pair: frozenset[int], met: Mapping[frozenset[int], date], day: date, cooldown: timedelta) -> bool:
    return pair in met and met[pair] < day <= met[pair] + cooldown


def _could_change(two: Sequence[int | None], others: Sequence[int | None], barred: Collection[frozenset[int]]) -> bool:
    """Whether two pairs could have met crosswise."""
    people = [*two, *others]
    if len(people) != 4 or None in people:
        return False
    a, b, c, d = people
    return any(not {frozenset(p) for p in way} & {*barred} for way in (((a, c), (b, d)), ((a, d), (b, c))))


def half_told(work: Work, letters_to: Mapping[str, frozenset[Id]]) -> Iterator[Broken]:
    """Introductions that go to some of those who meet, and not to the others."""
    for key, told in letters_to.items():
        group = ids.read(key.removeprefix(INTRODUCTION))
        people = {row.member for row in sql(work).rows(_of_group, {"group": group})}
        if people != told:
            yield Broken("one side told", show(group), f"{len(told)} of {len(people)}")


def reminded_in_vain(work: Work, keys: Collection[str]) -> Iterator[Broken]:
    """Reminders of what does not take place, or not then, or to somebody without a place; or when it has begun."""
    for key in keys:
        if not key.startswith(REMINDER):
            continue
        event, member, _, start, _ = key.removeprefix(REMINDER).split(":")
        rows = sql(work).rows(_reminded, {"of": ids.read(event), "who": ids.read(member)})
        is_true = any(row.status == "planned" and row.place == "held" and work.at <= row.starts_at for row in rows)
        if not is_true or f"{rows[0].starts_at:%Y%m%dT%H%M%S}" != start:
            yield Broken("reminded in vain", member, event)


def events_answered(work: Work) -> Mapping[tuple[Id, Id], tuple[str, datetime]]:
    """Every answer to an event and since when it is so, by event and member."""
    return {(Id(row.event), Id(row.member)): (row.answer, row.since) for row in sql(work).rows(_rsvps)}


def events_held(work: Work) -> int:
    """How many events were planned, those that were cancelled too."""
    return len(sql(work).rows(_events))


def agreed_to_polls(work: Work) -> Set[Id]:
    """Who lets themselves be asked how things are."""
    return {Id(row.member) for row in sql(work).rows(_agreed)}


def asked_by_polls(work: Work) -> Mapping[Id, Set[Id]]:
    """Whom each poll asks that can still be answered."""
    found: dict[Id, set[Id]] = {}
    for row in sql(work).rows(_asked_now, {"now": work.at}):
        found.setdefault(Id(row.poll), set()).add(Id(row.member))
    return found


def told_of_polls(work: Work) -> Mapping[Id, str]:
    """What is told of every closed poll, as it is written."""
    return {Id(row.id): row.told for row in sql(work).rows(_told)}


def letters_by_state(work: Work) -> Mapping[State, int]:
    """How many letters are where on their way."""
    return {State(state): count for state, count in sql(work).rows(_states)}


def forbidden(work: Work) -> frozenset[frozenset[int]]:
    """Every two of whom one does not want to meet the other."""
    return frozenset(frozenset((row.by, row.whom)) for asked in (CHOSEN, MEANT) for row in sql(work).rows(asked))


def doubled(work: Work) -> Sequence[str]:
    """Keys of letters that are put down as possibly said twice."""
    return [row.key for row in sql(work).rows(_doubled)]


def members_in(work: Work) -> Sequence[Id]:
    """Everybody who is in."""
    return [Id(row.id) for row in sql(work).rows(_in)]


def counted(work: Work) -> Mapping[str, int]:
    """Figures of the whole rehearsal."""
    asked = {"rounds": _rounds, "left_out_twice_running": _twice_running}
    return {name: sql(work).rows(statement)[0][0] for name, statement in asked.items()}


def remains(work: Work, member: Id, account: Account | None) -> Iterator[Broken]:
    """What of a member who was forgotten still stands anywhere, beyond what is permitted; None for an account that came
    back."""
    for table in metadata.sorted_tables:
        named = [column == member for column in person_columns(table)]
        named += [column.contains(account.user) for column in table.columns if account and _is_text(column)]
        if named and sql(work).rows(select(func.count()).select_from(table).where(or_(*named)))[0][0]:
            yield Broken("erased", show(member), str(table.name))
    if sql(work).rows(select(members.c.id).where(members.c.id == member)):
        yield Broken("erased", show(member), "members")


def _is_text(column: Column[Any]) -> bool:
    return isinstance(column.type, Text)

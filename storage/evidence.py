"""What a rehearsal reads in the tables beside the bot: in SQL, so that it takes nobody's word for anything."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence, Set
from datetime import date, datetime, timedelta
from functools import cache
from itertools import combinations
from typing import Any

from sqlalchemy import Column, ColumnElement, Select, Text, and_, bindparam, func, or_, select

from bot.chat import ids
from bot.chat.address import Account
from bot.chat.ids import Id, show
from bot.core.feature import Broken
from bot.core.outbox import State
from bot.core.work import Work
from bot.members.model import Consent, Stage
from bot.pulse.model import State as PollState
from bot.support.model import State as RequestState
from storage.blocks import block_matches, block_words, blocks
from storage.checkins import answers
from storage.columns import metadata
from storage.events import events, rsvps
from storage.letters import WAITS, letters, readers
from storage.mondays import COOLDOWN
from storage.pairing import group_members, groups, left_out, rounds
from storage.people import consents, identities, members
from storage.privacy import person_columns
from storage.pulse import asked, polls
from storage.support import requests
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
_answers = select(answers.c.group, answers.c.member, answers.c.outcome)
_groups = (
    select(groups.c.id, groups.c.day, groups.c.late, groups.c.ended_at, group_members.c.member)
    .where(group_members.c.group == groups.c.id)
    .order_by(groups.c.day, groups.c.id, group_members.c.place)
)
_group = groups.alias()
_states = select(letters.c.state, func.count()).group_by(letters.c.state)
_doubled = select(letters.c.key).where(letters.c.possible_duplicate)
_in = select(members.c.id).where(members.c.stage == Stage.MEMBER.value)
_is_member = select(members.c.id).where(members.c.id == bindparam("member"))
_of_group = select(group_members.c.member).where(group_members.c.group == bindparam("group"))
_rounds = select(func.count()).where(rounds.c.state == "sent")
_twice_running = select(func.count()).where(left_out.c.running > 1)

_late = select(groups.c.late).where(groups.c.id == bindparam("group"))
_ended_that_week = (
    select(groups.c.id, group_members.c.member)
    .join(group_members, group_members.c.group == groups.c.id)
    .where(
        groups.c.ended_at.is_not(None),
        groups.c.day == select(_group.c.day).where(_group.c.id == bindparam("group")).scalar_subquery(),
    )
)
_one, _other = group_members.alias(), group_members.alias()
_two = and_(_one.c.group == bindparam("group"), _other.c.group == bindparam("group"))
_unwanted = (
    select(_one.c.member).where(_two, blocks.c.by == _one.c.member, blocks.c.whom == _other.c.member),
    select(_one.c.member).where(
        _two,
        block_words.c.by == _one.c.member,
        block_matches.c.words == block_words.c.id,
        block_matches.c.whom == _other.c.member,
    ),
)
_met_before = select(_group.c.id).where(
    *(each.c.group == _group.c.id for each in (_one, _other)),
    _one.c.member < _other.c.member,
    *(each.c.member.in_(bindparam("people", expanding=True)) for each in (_one, _other)),
    _group.c.id != bindparam("group"),
    _group.c.day >= bindparam("since"),
)
_day = select(groups.c.day).where(groups.c.id == bindparam("group"))
_present = select(
    members.c.id, members.c.left_at, identities.c.platform, identities.c.workspace, identities.c.user
).join(identities, identities.c.member == members.c.id)
_living = (
    select(groups.c.id, group_members.c.member, members.c.stage, members.c.left_at)
    .join(group_members, group_members.c.group == groups.c.id)
    .outerjoin(members, members.c.id == group_members.c.member)
    .where(groups.c.ended_at.is_(None), groups.c.day >= bindparam("since"))
)
_on_their_way = select(letters.c.key).where(
    WAITS, or_(letters.c.key.startswith("intro:"), letters.c.key.startswith("astray:"))
)
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

_asked_listeners = select(requests.c.id, requests.c.state, requests.c.answer_by)

INTRODUCTION, REMINDER = "intro:", "event-remind:"
"""How the keys of letters begin in which people meet; or are reminded of an event."""
MEETING = (INTRODUCTION, "astray:")
"""The former, and those that tell each alone of a meeting."""


def facts_of(work: Work, wanted: Collection[Id]) -> Sequence[Any]:
    """Letters and who reads them, one row for each reader."""
    return [row for letter in wanted for row in sql(work).rows(_facts, {"letter": letter})]


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


def _met(pair: frozenset[int], met: Mapping[frozenset[int], date], day: date, cooldown: timedelta) -> bool:
    return pair in met and met[pair] < day <= met[pair] + cooldown


def half_told(work: Work, letters_to: Mapping[str, frozenset[Id]]) -> Iterator[Broken]:
    """Introductions that go to some of those who meet, and not to the others."""
    for key, told in letters_to.items():
        group = ids.read(key.removeprefix(INTRODUCTION))
        people = {row.member for row in sql(work).rows(_of_group, {"group": group})}
        if people != told:
            yield Broken("one side told", show(group), f"{len(told)} of {len(people)}")


def made(work: Work, key: str) -> str:
    """How a group was made that meets in the letter of that key: `smaller` (three are two now), `late`, or neither."""
    group = {"group": ids.read(key.split(":")[1])}
    people = {row.member for row in sql(work).rows(_of_group, group)}
    of_three: defaultdict[int, list[int | None]] = defaultdict(list)
    for row in sql(work).rows(_ended_that_week, group):
        of_three[row.id].append(row.member)
    if any(len(three) > len(people) and people <= {*three} for three in of_three.values()):
        return "smaller"
    return "late" if any(row.late for row in sql(work).rows(_late, group)) else ""


def unwanted(work: Work, keys: Collection[str]) -> Iterator[Broken]:
    """Introductions of two of whom one has said that they do not want to meet the other: by a press, or in words."""
    for group in {ids.read(key.split(":")[1]) for key in keys if key.startswith(MEETING)}:
        for row in {tuple(row) for said in _unwanted for row in sql(work).rows(said, {"group": group})}:
            yield Broken("blocked", show(Id(row[0])), show(group))


def met_again_late(work: Work, key: str) -> Iterator[Broken]:
    """Two who meet within a week, in the letter of that key, and met lately: then nobody meets again, but waits."""
    group = ids.read(key.split(":")[1])
    people = [row.member for row in sql(work).rows(_of_group, {"group": group}) if row.member is not None]
    for row in sql(work).rows(_day, {"group": group}):
        asked = {"group": group, "people": people, "since": row.day - COOLDOWN}
        if sql(work).rows(_met_before, asked):
            yield Broken("repeat", show(group), f"{row.day.isoformat()}: late")


def introduced(work: Work, since: date) -> Mapping[Id, Set[Id]]:
    """Who meets in each group since that day: groups that live, whose people are all there, and of which no letter is
    on its way any more."""
    waits = {ids.read(row.key.split(":")[1]) for row in sql(work).rows(_on_their_way)}
    found: dict[Id, set[Id]] = {}
    for row in sql(work).rows(_living, {"since": since}):
        is_there = row.stage == Stage.MEMBER.value and row.left_at is None
        found.setdefault(Id(row.id), set()).add(Id(row.member) if is_there else Id(0))
    return {group: people for group, people in found.items() if group not in waits and 0 not in people}


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


def asked_of_listeners(work: Work) -> Mapping[Id, tuple[RequestState, datetime | None]]:
    """How far each request to a listener is, and by when whoever asked hears."""
    return {Id(row.id): (RequestState(row.state), row.answer_by) for row in sql(work).rows(_asked_listeners)}


def told_of_polls(work: Work) -> Mapping[Id, str]:
    """What is told of every closed poll, as it is written."""
    return {Id(row.id): row.told for row in sql(work).rows(_told)}


def letters_by_state(work: Work) -> Mapping[State, int]:
    """How many letters are where on their way."""
    return {State(state): count for state, count in sql(work).rows(_states)}


def doubled(work: Work) -> Sequence[str]:
    """Keys of letters that are put down as possibly said twice."""
    return [row.key for row in sql(work).rows(_doubled)]


def leavers(work: Work) -> tuple[Set[Id], Mapping[tuple[Id, Account], datetime]]:
    """Who is here; and who has left every workspace, with each account of theirs, and when."""
    here: set[Id] = set()
    gone: dict[tuple[Id, Account], datetime] = {}
    for row in sql(work).rows(_present):
        if row.left_at is None:
            here.add(Id(row.id))
        else:
            gone[Id(row.id), Account(row.platform, row.workspace, row.user)] = row.left_at
    return here, gone


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
    asked = {"member": member, **({"user": account.user, "longer": f"{account.user}-"} if account else {})}
    for name, statement in _traces(account is not None).items():
        if sql(work).rows(statement, asked)[0][0]:
            yield Broken("erased", show(member), name)
    if sql(work).rows(_is_member, asked):
        yield Broken("erased", show(member), "members")


@cache
def _traces(of_account: bool) -> Mapping[str, Select[Any]]:
    """By table: how many rows name somebody, by their identifier or in a text. Made once, for they are asked often."""
    found = {}
    for table in metadata.sorted_tables:
        named = [column == bindparam("member") for column in person_columns(table)]
        named += [_names(column) for column in table.columns if of_account and _is_text(column)]
        if named:
            found[str(table.name)] = select(func.count()).select_from(table).where(or_(*named))
    return found


def _names(column: Column[Any]) -> ColumnElement[bool]:
    """Whether the user stands there; not where they begin another's, as those of who moved to another platform."""
    return func.replace(column, bindparam("longer"), "").contains(bindparam("user"))


def _is_text(column: Column[Any]) -> bool:
    return isinstance(column.type, Text)

"""Taking letters in hand: which are next, and what each needs to be carried."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, delete, exists, select, tuple_, update

from bot.chat.address import Account, Circle
from bot.chat.ids import Id
from bot.chat.outbound import Parcel
from bot.core.astray import Apart, GivenUp
from bot.core.hours import Hours
from bot.core.outbox import Claim, Kind, Letter, State
from bot.core.post import Policy, Reader
from storage.buffer import Found, Lookup, Row, the
from storage.columns import Instant
from storage.letters import WAITS, Body, letters, open_body, recipients, to_each
from storage.parcels import (
    Known,
    Scattered,
    Undeliverable,
    conversation_at,
    members_in,
    parcel_of,
    place_of,
    removal_of,
)
from storage.people import hours_of, reachable
from storage.post import AT_ONCE, hours_by_member
from storage.removals import LEASE
from storage.seal import Unsealable
from storage.work import SqlWork

TOO_LATE = "too late"
UNREADABLE = "its key is not here any more, or another version wrote it"
TO_EACH = "sent to each of the group"
NO_HOUR = "no hour suits all of them"
NOBODYS = 0
"""The lane of a row that does not say any more to whom it went."""

_before = letters.alias("before")
_is_blocked = exists(
    select(_before.c.id).where(
        _before.c.ended_at.is_(None),
        _before.c.lane == letters.c.lane,
        tuple_(_before.c.due_at, _before.c.place) < tuple_(letters.c.due_at, letters.c.place),
    )
)
_due = (
    select(letters)
    .where(WAITS, letters.c.next_at <= bindparam("at", type_=Instant), ~_is_blocked)
    .order_by(letters.c.rank, letters.c.turn, letters.c.due_at, letters.c.place)
    .limit(bindparam("most"))
)
next_look = select(letters.c.next_at).where(WAITS, ~_is_blocked).order_by(letters.c.next_at).limit(1)

_message_of = Lookup(letters.c.key, select(letters.c.key, letters.c.message))
_this = letters.c.id == the(letters.c.id)
_take, _end, _move, _give_up = (update(letters).where(_this) for _ in range(4))
_forget = delete(letters).where(_this)
_NOT_TRIED = frozenset({State.READY, State.RETRY})
AT_A_TIME = 256
"""Letters looked at in one transaction. Thousands that have waited into the night are moved behind it in many: in one
they took 4 seconds (measured), and whoever pressed meanwhile waited for it."""


@dataclass(frozen=True)
class Opened:
    """A letter that is due, and what it says."""

    row: Found
    body: Body

    @property
    def is_patient(self) -> bool:
        """Whether it keeps quiet hours: one that was taken in hand before may have arrived, and is looked for."""
        return Kind(self.row.kind) not in AT_ONCE and self.row.state in _NOT_TRIED

    def letter(self, at: datetime) -> Letter:
        """The letter again, as if it were due at `at`."""
        row, body = self.row, self.body
        kind = Kind(row.kind)
        more = {"batch": row.batch, "instead_of": body.instead_of, "pins": body.pins, "meeting": body.meeting}
        return Letter(row.key, body.to, body.view, kind, at, row.until, body.about, **more)


def claim(work: SqlWork, at: datetime, most: int) -> list[Claim] | None:
    """Up to `most` letters that are due, written down as being attempted. None where none of those that were looked at
    can go: there may be more, and they are for another transaction."""
    claims: list[Claim] = []
    looked_at = 0
    while len(claims) < most and looked_at < AT_A_TIME:
        wanted = most - len(claims)
        rows = work.rows(_due, {"at": at, "most": wanted})
        if not rows:
            return claims
        looked_at += len(rows)
        opened = [one for row in rows if (one := _open(work, row, at)) is not None]
        taken = _take_all(work, _not_quiet(work, opened, at), at)
        claims += taken
        if len(taken) == len(rows) < wanted:  # none has made way for another
            return claims
    return claims or None


def _not_quiet(work: SqlWork, opened: Sequence[Opened], at: datetime) -> list[Opened]:
    """Those that nobody minds now; what waited into somebody's quiet hours moves behind them."""
    policy = work.house.policy
    if policy is None:
        return list(opened)
    patient = {member for one in opened if one.is_patient for member in recipients(one.body.to)}
    hours = hours_by_member(work.fetch(hours_of, patient), policy)
    return [one for one in opened if not one.is_patient or _is_welcome(work, policy, one, at, hours)]


def _take_all(work: SqlWork, opened: Sequence[Opened], at: datetime) -> list[Claim]:
    known = _look_up(work, opened)
    return [claim for one in opened if (claim := _take_one(work, one, known, at)) is not None]


def _look_up(work: SqlWork, opened: Sequence[Opened]) -> Known:
    """What is needed for all of them, with two statements, or three."""
    members = {member for one in opened for member in members_in(one.body)}
    found = work.fetch(reachable, members)
    accounts = {m: [Account(row.platform, row.workspace, row.user) for row in found[m]] for m in members}
    places = {place for one in opened if (place := place_of(one.body.to, work.house, accounts))}
    talks = work.fetch(conversation_at, places)
    earlier = work.fetch(_message_of, {one.body.instead_of for one in opened if one.body.instead_of})
    messages = {row.key: row.message for rows in earlier.values() for row in rows if row.message}
    return Known(accounts, {row.place: row.conversation for place in places for row in talks[place]}, messages)


def _open(work: SqlWork, row: Found, at: datetime) -> Opened | None:
    """The letter with its body; None, and ended, where there is none or it comes too late."""
    if row.body is None:
        _end_one(work, row, State.CANCELLED, "", at)
        return None
    if row.until is not None and row.until <= at and (row.state in _NOT_TRIED or row.kind == Kind.RELAYED):
        _end_one(work, row, State.DEAD, TOO_LATE, at)
        return None
    try:
        return Opened(row, open_body(work.house, row.key, row.body))
    except Unsealable:
        _end_one(work, row, State.DEAD, UNREADABLE, at)
        return None


def _is_welcome(work: SqlWork, policy: Policy, one: Opened, at: datetime, hours: Mapping[Id, Hours]) -> bool:
    readers = [Reader(member, hours.get(member, policy.network)) for member in recipients(one.body.to)]
    if policy.is_open(Kind(one.row.kind), at, readers):
        return True
    try:
        due_at = policy.place(one.letter(at), readers)
    except LookupError:
        return _apart(work, one, at)
    next_at = min(due_at, one.row.until) if one.row.until else due_at
    work.put(_move, {"the_id": one.row.id, "due_at": due_at, "next_at": next_at})
    return False


def _apart(work: SqlWork, one: Opened, at: datetime) -> bool:
    """There is no hour any more in which all of them can be written to: each hears alone, or nobody does."""
    if len(recipients(one.body.to)) > 1:
        work.post(*to_each(one.letter(at)))
    _end_one(work, one.row, State.CANCELLED, NO_HOUR, at)
    return False


def _take_one(work: SqlWork, one: Opened, known: Known, at: datetime) -> Claim | None:
    try:
        parcel = _parcel(work, one, known)
    except Undeliverable as nowhere:
        _end_one(work, one.row, State.DEAD, str(nowhere), at)
        return None
    except Scattered:
        _scatter(work, one)
        _end_one(work, one.row, State.CANCELLED, TO_EACH, at)
        return None
    return _taken(work, one, parcel, place_of(one.body.to, work.house, known.accounts), at)


def _scatter(work: SqlWork, one: Opened) -> None:
    """To each of them alone, in the words of a room that has others for that, where there is one."""
    each = tuple(to_each(one.letter(one.row.due_at)))
    if isinstance(one.body.to, Circle):
        work.tell(Apart(one.row.key, one.body.to, each))
    work.post(*each)


def _parcel(work: SqlWork, one: Opened, known: Known) -> Parcel:
    if one.row.kind == Kind.REMOVAL:
        return removal_of(one.row.key, one.body, one.row.due_at, work.house, known)
    return parcel_of(one.row.key, one.body, work.house, known)


def _taken(work: SqlWork, one: Opened, parcel: Parcel, goes_to: bytes | None, at: datetime) -> Claim:
    """Written down as being attempted. A lease that ran out counts as an unclear try."""
    row, was, tries, unclear_since = one.row, State(one.row.state), one.row.tries, one.row.unclear_since
    if was is State.ATTEMPTING:
        was, tries, unclear_since = State.UNKNOWN, tries + 1, unclear_since or row.next_at - LEASE
    change = {"state": State.ATTEMPTING.value, "fence": row.fence + 1, "next_at": at + LEASE, "goes_to": goes_to}
    work.put(_take, {"the_id": row.id, **change, "tries": tries, "unclear_since": unclear_since})
    kind, doubled = Kind(row.kind), row.possible_duplicate
    times = (row.due_at, row.until, unclear_since)
    return Claim(row.id, row.fence + 1, parcel, kind, was, tries, *times, row.batch, doubled)


def _end_one(work: SqlWork, row: Found, state: State, says: str, at: datetime) -> None:
    if row.kind == Kind.REMOVAL:
        end_removal(work, row.id, state, says, at)
        return
    work.put(_end, _ended(row.id, state, says, at))
    if state is State.DEAD:
        work.tell(GivenUp(row.key))


def end_removal(work: SqlWork, letter: int, state: State, says: str, at: datetime) -> None:
    """No row is left of what was taken away. Of what nobody can take away one is left, to be counted: without the
    order, and without the hashes that would say whose it was."""
    if state is State.DEAD:
        work.put(_give_up, {**_ended(letter, state, says, at), "lane": NOBODYS, "goes_to": None})
    else:
        work.put(_forget, {"the_id": letter})
    work.leave_no_trace()


def _ended(letter: int, state: State, says: str, at: datetime) -> Row:
    return {"the_id": letter, "state": state.value, "says": says, "ended_at": at, "body": None}

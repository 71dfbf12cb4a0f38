"""How letters are written: at the end of a transaction, those of all its units at once."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain, count
from typing import Any, NamedTuple, TypeAlias

from sqlalchemy import BigInteger, and_, bindparam, insert, or_, select, update

from bot.chat.address import Guest, Person
from bot.chat.ids import Id
from bot.core.budget import as_heard
from bot.core.hours import Hours
from bot.core.outbox import ASKED_FOR, BUDGETED, UNCLEAR, Kind, Letter, State
from bot.core.post import Policy, Reader, week_before
from bot.core.terms import Nation
from storage.buffer import Found, Lookup, Row, the
from storage.columns import Instant
from storage.house import House
from storage.letters import (
    WAITS,
    after,
    body_of,
    close_body,
    lane_of_letter,
    letters,
    mentioned,
    of_keys,
    readers,
    recipients,
    to_each,
)
from storage.people import hours_of, members
from storage.removals import first_look, forget_letters_to
from storage.transaction import Transaction, parts

AT_ONCE = frozenset({Kind.ANSWER, Kind.URGENT, Kind.REMOVAL})
"""Kinds that somebody is waiting for: no quiet hours, and first in the queue."""


class Posted(NamedTuple):
    """A letter to be written; `turn` counts the letters its unit posted before."""

    letter: Letter
    turn: int
    at: datetime


@dataclass(frozen=True)
class CancelKeys:
    """Letters posted before whose key begins so are not to be sent."""

    prefix: str
    at: datetime


@dataclass(frozen=True)
class CancelTo:
    """Letters posted before to this member are not to be sent; `unasked`: but those ASKED_FOR are."""

    member: Id
    at: datetime
    unasked: bool = False

    def takes(self, letter: Letter) -> bool:
        """Whether that letter is one of them."""
        return self.member in recipients(letter.to) and not (self.unasked and letter.kind in ASKED_FOR)


@dataclass(frozen=True)
class ForgetTo:
    """Whoever was posted to there before is forgotten: of those letters no row is left."""

    to: Guest | Person
    at: datetime


Said: TypeAlias = tuple[Kind, datetime]
"""A letter that was sent or is planned, as the budget sees it."""

Order: TypeAlias = Posted | CancelKeys | CancelTo | ForgetTo

_READY, _CANCELLED = State.READY.value, State.CANCELLED.value
_KINDS = {kind: kind.value for kind in Kind}
"""Asked for thousands of letters at a time: an enumeration says its values slowly."""
_known_keys = Lookup(letters.c.key, select(letters.c.key))
_heard = select(readers.c.member, letters.c.kind, letters.c.due_at).where(
    readers.c.letter == letters.c.id,
    # Not as lists, which are expanded at each execution.
    or_(*(letters.c.kind == kind.value for kind in sorted(BUDGETED))),
    letters.c.state != _CANCELLED,
    # One that may have been read counts, though it was given up.
    or_(letters.c.state != State.DEAD.value, letters.c.says == UNCLEAR, letters.c.possible_duplicate),
    letters.c.due_at >= bindparam("since", type_=Instant),
    or_(letters.c.until.is_(None), letters.c.due_at < letters.c.until),
)
_heard_by = Lookup(readers.c.member, _heard)
_MANY = 2048
"""More members than this are looked up by reading all there are."""

_insert = insert(letters)
_one = select(bindparam("of", type_=BigInteger), members.c.id).where(members.c.id == bindparam("who"))
# Of members who are there: a letter about somebody who has just been forgotten names them no more.
_insert_reader, _insert_mentioned = (
    insert(table).from_select(["letter", "member"], _one) for table in (readers, mentioned)
)
_of_member = letters.c.id.in_(select(readers.c.letter).where(readers.c.member == the(readers.c.member)))
_cancelled = {"state": State.CANCELLED.value, "ended_at": bindparam("at", type_=Instant), "body": None}
_not_in_the_air = and_(WAITS, letters.c.state != State.ATTEMPTING.value)
_cancel_keys = update(letters).where(_not_in_the_air, of_keys).values(_cancelled)
_unasked = and_(*(letters.c.kind != kind.value for kind in sorted(ASKED_FOR)))
_cancel_to = update(letters).where(_not_in_the_air, _of_member).values(_cancelled)
_cancel_unasked = update(letters).where(_not_in_the_air, _of_member, _unasked).values(_cancelled)
# One that is being attempted cannot be taken back; having no body, it is cancelled once the attempt has failed.
_empty_keys = update(letters).where(WAITS, of_keys).values(body=None)
_empty_to = update(letters).where(WAITS, _of_member).values(body=None)
_empty_unasked = update(letters).where(WAITS, _of_member, _unasked).values(body=None)
_hurry = (
    update(letters)
    .where(WAITS, letters.c.lane == the(letters.c.lane), letters.c.due_at <= the(letters.c.due_at))
    .values(rank=0)
)


class Postman:
    """Writes what the units of a transaction have posted and cancelled."""

    def __init__(self, house: House) -> None:
        self._house, self._order = house, count()
        self.changes = 0
        """How often something was posted, taken back or hurried: as long as it stays, no letter has come to be due."""

    def go_on_after(self, place: int) -> None:
        """Number letters from there on, so that order outlives a restart."""
        self._order = count(place + 1)

    def write(self, transaction: Transaction, orders: Sequence[Order]) -> None:
        """A stage: everything posted, cancelled and forgotten, in order."""
        self.changes += 1
        posted, dropped = sift(orders)
        taken_back = [one for one in orders if not isinstance(one, Posted)]
        _cancel(transaction, taken_back)
        self._forget(transaction, taken_back)
        known = transaction.fetch(_known_keys, posted)
        new = [one for key, one in posted.items() if not known[key]]
        sent = [one for one in new if one.letter.key not in dropped]
        placed = self._place(transaction, sent)
        apart = [one for one, _ in placed if one.letter.key not in posted]
        self._insert(transaction, [*new, *apart], {one.letter.key: at for one, at in placed})

    def _forget(self, transaction: Transaction, orders: Sequence[Order]) -> None:
        """What was posted to an account in earlier transactions; of a member's, privacy takes away the rows."""
        for order in orders:
            match order:
                case ForgetTo(Guest(account), at):
                    forget_letters_to(transaction, self._house, account, at)

    def _insert(self, transaction: Transaction, new: Sequence[Posted], due: Mapping[str, datetime | None]) -> None:
        rows = [self._row(one, due.get(one.letter.key)) for one in new]
        pairs = list(zip(rows, (one.letter for one in new), strict=True))
        transaction.tell(_insert, rows)
        transaction.tell(
            _insert_reader, [_named(row, who) for row, letter in pairs for who in set(recipients(letter.to))]
        )
        transaction.tell(_insert_mentioned, [_named(row, who) for row, letter in pairs for who in set(letter.about)])
        hurried = [row for row in rows if row["rank"] == 0]
        transaction.tell(_hurry, [{"the_lane": row["lane"], "the_due_at": row["due_at"]} for row in hurried])

    def _row(self, one: Posted, due: datetime | None) -> Row:
        """`due` is None for a letter cancelled as soon as it was posted, or for which there is no hour at all; its key
        is used up all the same."""
        letter, until = one.letter, one.letter.until
        at = due or letter.due_at
        next_at = first_look(letter, at)
        is_short = until is not None and until < next_at
        return {
            "id": self._house.ids.new(),
            "key": letter.key,
            "lane": lane_of_letter(letter, self._house),
            "kind": _KINDS[letter.kind],
            "state": _READY if due else _CANCELLED,
            "rank": 0 if letter.kind in AT_ONCE else 1,
            "turn": one.turn,
            "place": next(self._order),
            "due_at": at,
            "next_at": until if is_short else next_at,
            "until": until,
            "ended_at": None if due else one.at,
            "fence": 0,
            "tries": 0,
            "says": "",
            "possible_duplicate": False,
            "batch": letter.batch,
            "body": close_body(self._house, letter.key, body_of(letter)) if due else None,
        }

    def _place(self, transaction: Transaction, posted: Sequence[Posted]) -> list[tuple[Posted, datetime | None]]:
        """When each letter is due, in order: a letter placed counts for those after it."""
        policy = self._house.policy
        if policy is None:
            return [(one, one.letter.due_at) for one in posted]
        patient = [one.letter for one in posted if one.letter.kind not in AT_ONCE]
        who = _who_reads(patient)
        hours = hours_by_member(transaction.fetch(hours_of, who, whole=len(who) > _MANY), policy)
        heard = self._heard(transaction, [letter for letter in patient if letter.kind in BUDGETED])
        placing = Placing(policy, hours, heard)
        return [placed for one in posted for placed in _placed(placing, one)]

    def _heard(self, transaction: Transaction, weekly: Sequence[Letter]) -> dict[Id, list[Said]]:
        heard: dict[Id, list[Said]] = defaultdict(list)
        who = sorted(_who_reads(weekly))
        since = week_before(min(letter.due_at for letter in weekly)) if weekly else None
        asks = [(_heard, {})] if len(who) > _MANY else [_heard_by.many(part) for part in parts(who)]
        for statement, keys in asks:
            for member, kind, due_at in transaction.ask(statement, {"since": since, **keys}, is_kept=True):
                heard[member].append((Kind(kind), due_at))
        return heard


def sift(orders: Sequence[Order]) -> tuple[dict[str, Posted], set[str]]:
    """The letters posted, by key, each once, without those that were forgotten after they were posted; and the keys of
    those that were cancelled after they were posted."""
    posted: dict[str, Posted] = {}
    dropped: set[str] = set()
    for order in orders:
        match order:
            case Posted(letter):
                posted.setdefault(letter.key, order)
            case CancelKeys(prefix):
                dropped.update(key for key in posted if key.startswith(prefix))
            case CancelTo():
                dropped.update(key for key, one in posted.items() if order.takes(one.letter))
            case ForgetTo(to):
                posted = {key: one for key, one in posted.items() if not _says_something(one.letter, to)}
                dropped &= posted.keys()
    return posted, dropped


def _who_reads(some: Iterable[Letter]) -> set[Id]:
    return set(chain.from_iterable([recipients(letter.to) for letter in some]))


def _says_something(letter: Letter, to: Guest | Person) -> bool:
    """Whether it says something to them alone; what takes something away there is carried out all the same."""
    return letter.to == to and letter.kind is not Kind.REMOVAL


def hours_by_member(found: Mapping[Id, Sequence[Found]], policy: Policy) -> dict[Id, Hours]:
    """Hours by member, from what the lookup of hours found; what a member has not said is the network's."""
    said = {row.id: tuple(row)[1:] for rows in found.values() for row in rows}
    kinds = {kind: _hours(kind, policy.network) for kind in set(said.values())}
    return {member: kinds[kind] for member, kind in said.items()}


def _hours(said: tuple[Any, ...], network: Hours) -> Hours:
    zone, nation, weekends, holidays = said
    return Hours(zone or network.zone, Nation(nation) if nation else network.nation, weekends, holidays)


class Placing:
    """Finds when each letter is due, one after another: a BUDGETED one that is not too late counts for those after.

    Thousands of letters ask the same question (one reader of the same hours, who has heard the same): it is asked once.
    """

    def __init__(self, policy: Policy, hours: Mapping[Id, Hours], heard: dict[Id, list[Said]]) -> None:
        self._policy, self._hours, self._heard = policy, hours, heard
        self._known: dict[Any, datetime] = {}

    def find(self, letter: Letter) -> datetime | None:
        """When it would be due; None where a whole year is quiet. It does not count yet for those after it."""
        try:
            return self._place_for(letter)
        except LookupError:
            return None

    def count(self, letter: Letter, due: datetime) -> datetime:
        """It is due then, and counts for those after it."""
        if letter.kind in BUDGETED and (letter.until is None or due < letter.until):
            for member in recipients(letter.to):
                self._heard[member].append((letter.kind, due))
        return due

    def _place_for(self, letter: Letter) -> datetime:
        if letter.kind in AT_ONCE:
            return letter.due_at
        read_by = [self._reader(letter, member) for member in recipients(letter.to)]
        heard = [(id(reader.hours), reader.heard, reader.beside) for reader in read_by]
        question = (letter.kind, letter.due_at, *heard)
        due = self._known.get(question)
        if due is None:
            due = self._known[question] = self._policy.place(letter, read_by)
        return due

    def _reader(self, letter: Letter, member: Id) -> Reader:
        hours = self._hours.get(member, self._policy.network)
        if letter.kind not in BUDGETED or not (heard := self._heard.get(member)):
            return Reader(member, hours)
        return Reader(member, hours, *as_heard(letter.kind, heard, hours.zone))


def _placed(placing: Placing, one: Posted) -> list[tuple[Posted, datetime | None]]:
    """A letter and when it is due. Where a group has no hour in common while there is time, as heads on two sides of an
    ocean may not, each of them gets it alone; unless one of them would hear too late even so, for then none does."""
    letter, until = one.letter, one.letter.until
    due = placing.find(letter)
    if due is None or (until and due >= until):
        each = [(part, placing.find(part)) for part in (to_each(letter) if len(recipients(letter.to)) > 1 else ())]
        found = [(part, at) for part, at in each if at is not None and (until is None or at < until)]
        if each and len(found) == len(each):
            return [(one._replace(letter=part), placing.count(part, at)) for part, at in found]
    if due is None:
        return [(one, until)]
    return [(one, placing.count(letter, due))]


def _cancel(transaction: Transaction, orders: Sequence[Order]) -> None:
    """Takes back what was posted in earlier transactions."""
    keys: list[Row] = []
    members: list[Row] = []
    unasked: list[Row] = []
    for order in orders:
        match order:
            case CancelKeys(prefix, at):
                keys.append({"first": prefix, "after": after(prefix), "at": at})
            case CancelTo(member, at):
                (unasked if order.unasked else members).append({"the_member": member, "at": at})
    changes = (
        (keys, _cancel_keys, _empty_keys),
        (members, _cancel_to, _empty_to),
        (unasked, _cancel_unasked, _empty_unasked),
    )
    for rows, cancel, empty in changes:
        transaction.tell(cancel, rows)
        transaction.tell(empty, [{name: row[name] for name in row if name != "at"} for row in rows])


def _named(row: Row, member: Id) -> dict[str, Any]:
    return {"of": row["id"], "who": member}

"""Who sees everything that happens in a rehearsal, writes it down, and says what should not have been."""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from typing import Any, NamedTuple

import msgspec

from adapters.space.model import Change, Message
from adapters.space.space import Space
from bot.chat.action import Unreadable
from bot.chat.address import Account
from bot.chat.ids import Id, show
from bot.chat.inbound import Due, Inbound, Joined, Left, Pressed, Rang, Submitted, What
from bot.chat.outbound import Reply, Target, ToAccount, ToChannel, ToCircle
from bot.checkins.actions import AnswerCheckin
from bot.core.directory import Directory
from bot.core.feature import Broken
from bot.core.outbox import Claim, Kind, Outbox, Settlement, State
from bot.core.terms import Nation, Terms
from bot.core.work import Storage, Work
from bot.door.simulate import counting
from bot.door.simulate.choices import Choices
from bot.door.simulate.connections import Connections
from bot.door.simulate.gatherings import Gatherings
from bot.door.simulate.hearings import Hearings
from bot.door.simulate.losses import Losses
from bot.door.simulate.meetings import Meetings
from bot.door.simulate.polls import AGAIN, ASKING, FRIDAY, Polls, Standing
from bot.door.simulate.promises import Leaving, Promises, guest, reader_of
from bot.door.simulate.sorts import LATE, is_over
from bot.door.simulate.takings import Takings
from bot.door.simulate.wishes import Wish, Wishes
from storage import evidence, owners

Failed = Callable[[str, Exception], None]
"""Hears what failed, and how."""
SMALL_COUNT = "small count"
_ALARM = "alarm-"
"""How the mark of what is no letter begins: the alarm is rung beside the outbox, by each process anew."""
_NOT_TRIED = frozenset({State.READY, State.RETRY})


Accounts = Mapping[Id, Mapping[str, datetime]]
"""All accounts of each member, each with the time since which it is theirs."""
_ALWAYS = datetime.min.replace(tzinfo=UTC)


class Violation(msgspec.Struct, frozen=True):
    """A promise that was broken, and when."""

    rule: str
    at: str
    who: str
    detail: str


class Seen(NamedTuple):
    """What the tables say of letters that are about to leave: a row for each reader, their accounts, polls, how a group
    was made that meets, and what should not be."""

    facts: Sequence[Any]
    accounts: Accounts
    polls: Standing
    made: Mapping[str, str]
    broken: Sequence[Broken]


class Witness:
    """`zone` and `nation` are the network's. All that is kept is in the rehearsal's own time."""

    def __init__(self, terms: Terms, zone: str, nation: Nation) -> None:
        self._zone, self._nation = zone, nation
        self.promises = Promises(terms)
        self.violations: dict[Violation, None] = {}
        self.said: Counter[str] = Counter()
        """How often each parcel stands on the platform, by its mark."""
        self.sent: set[str] = set()
        """Parcels that are settled as sent, by mark."""
        self.declared: set[str] = set()
        """Those of them that may have been said twice, and are put down as such."""
        self.answers: dict[tuple[Id, str], tuple[str, datetime]] = {}
        """The latest answer of each account for a group that was acknowledged to it, and when."""
        self.gatherings, self.polls, self.meetings = Gatherings(), Polls(), Meetings()
        self.losses, self.takings, self.wishes = Losses(), Takings(self.promises, zone, nation), Wishes(zone)
        self.choices, self.connections, self.hearings = Choices(zone), Connections(), Hearings()
        self.happened: Counter[str] = Counter()
        """How often something happened that whoever watches wants to hear of."""
        self._edits: set[str] = set()
        self._keys: dict[str, str] = {}
        self._lines: list[bytes] = []
        self._marks: dict[Id, str] = {}

    def note(self, at: datetime, what: str, **more: Any) -> None:
        """Write down that something happened."""
        self._lines.append(msgspec.json.encode({"at": at, "what": what, **more}, order="sorted"))

    def object_to(self, broken: Iterable[Broken], at: datetime) -> None:
        """Write down what should not have been, once."""
        for one in broken:
            self.violations[Violation(one.rule, at.isoformat(), one.who, one.detail)] = None

    def digest(self) -> str:
        """One hash over all that happened, whatever the order in which it was written down."""
        whole = hashlib.sha256()
        for line in sorted(self._lines):
            whole.update(line + b"\n")
        return whole.hexdigest()

    # letters

    def claimed(self, claims: Sequence[Claim], seen: Seen, at: datetime) -> None:
        """Letters that are about to leave, with what the tables say of them."""
        self.object_to(seen.broken, at)
        by_id: dict[Id, list[Any]] = {}
        for row in seen.facts:
            by_id.setdefault(Id(row.id), []).append(row)
        for claim in claims:
            self._marks[claim.letter] = claim.parcel.mark
            if claim.parcel.instead_of:
                self._edits.add(claim.parcel.mark)
            rows = by_id.get(claim.letter, ())
            readers = [reader_of(row, self._zone, self._nation) for row in rows if row.member is not None]
            to = _accounts(claim.parcel.to)
            readers = readers or [guest(self._zone, self._nation)] * len(to)
            for row in rows[:1]:
                self.meetings.leaving(row.key, claim.parcel.mark)
                self._keys[claim.parcel.mark] = row.key
                self.happened["again"] += claim.was is not State.READY
                self.happened[row.key.partition(":")[0]] += claim.was is State.READY
                letter = Leaving(
                    row.key,
                    Kind(row.kind),
                    again=claim.was not in _NOT_TRIED,
                    readers=tuple(readers),
                    made=seen.made.get(row.key, ""),
                    answers=any(self.wishes.has_just_acted(one, at) for one in self._all(rows, to, seen.accounts)),
                    wishes=self._wishes(rows, to, seen.accounts),
                )
                if isinstance(claim.parcel.to, ToChannel) and counting.counted(claim.parcel.view):
                    self.object_to([Broken(SMALL_COUNT, claim.parcel.to.name, row.key.partition(":")[0])], at)
                self.note(at, "letter", key=row.key, kind=row.kind, was=claim.was)
                self.object_to(self.promises.broken_by(letter, at), at)
                who = {one.member for one in readers}
                self.object_to(self.polls.leaving(row.key, claim.parcel.view, who, seen.polls), at)

    def _wishes(self, rows: Sequence[Any], to: Sequence[str], accounts: Accounts) -> tuple[Wish, ...]:
        """What each reader asked for last, with any account of theirs."""
        theirs = [accounts[row.member] for row in rows if row.member is not None] or [{one: _ALWAYS} for one in to]
        return tuple(wish for one in theirs if (wish := self.wishes.last(one)) is not None)

    def _all(self, rows: Sequence[Any], to: Sequence[str], accounts: Accounts) -> set[str]:
        """Where it goes, and every account of its readers: what one asked for may be said to another."""
        return {*to, *(one for row in rows if row.member is not None for one in accounts[row.member])}

    def settled(self, settlements: Collection[Settlement]) -> None:
        """What became of them."""
        for one in settlements:
            if (mark := self._marks.get(one.letter)) is None:
                continue
            if one.state is State.SENT:
                self.sent.add(mark)
            if one.possible_duplicate:
                self.declared.add(mark)

    def hear(self, space: Space, change: Change) -> None:
        """Something was said in that space."""
        if isinstance(change, Message) and change.mark and not change.edited and not change.mark.startswith(_ALARM):
            self.said[change.mark] += 1
            if is_over(self._keys.get(change.mark, ""), change.at):
                self.object_to([Broken("reminded in vain", "", self._keys[change.mark])], change.at)
            people = space.conversation(change.conversation).people
            self.meetings.said(change.mark, [Account(space.platform, space.workspace, one).show() for one in people])

    # people

    def acts(self, inbound: Inbound, at: datetime, directory: Directory) -> None:
        """Somebody is about to do something."""
        self.wishes.acted(inbound, at)
        if inbound.key in self.wishes.done:
            return
        self.choices.acted(inbound, directory)
        if other := self.connections.acted(inbound, directory):
            self.wishes.answered(other, at)

    def heard(self, inbound: Inbound, reply: Reply, directory: Directory, wrote: int = 0) -> None:
        """Somebody did something, and has the reply before them: what it acknowledges must never be lost. `wrote`:
        transactions meanwhile."""
        who = inbound.account.user if inbound.account else ""
        self.note(inbound.at, type(inbound.what).__name__, who=who, said=repr(inbound.what))
        self.happened["came"] += isinstance(inbound.what, Joined)
        self.happened["went"] += isinstance(inbound.what, Left)
        if asked := counting.asked(inbound, reply):
            self.object_to([Broken(SMALL_COUNT, "organisers", asked)], inbound.at)
        self.object_to(self.polls.heard(inbound, reply, directory, wrote), inbound.at)
        if inbound.key in self.wishes.done:
            return  # what comes again changes nothing, and nobody reads what it is answered
        self.wishes.heard(inbound, reply)
        self.gatherings.heard(inbound, reply, directory)
        self.choices.heard(inbound, reply, directory)
        self.connections.heard(inbound, reply, directory)
        self.hearings.heard(inbound, reply, directory)
        if isinstance(inbound.what, Pressed) and inbound.account and reply.replace:
            try:
                action = directory.actions.read(inbound.what.action)
            except Unreadable:
                return
            if isinstance(action, AnswerCheckin):
                key = action.group, inbound.account.show()
                self.answers.pop(key, None)
                self.answers[key] = (action.outcome, inbound.at)

    def lost_answers(
        self, whose: Mapping[str, tuple[Id, datetime]], kept: Mapping[tuple[Id, Id], str]
    ) -> Iterator[Broken]:
        """Answers that were acknowledged and are not there; but for those of the forgotten, who may be back since. Of
        several accounts' of one person the last is meant."""
        last: dict[tuple[Id, Id], str] = {}
        for (group, account), (outcome, at) in self.answers.items():  # in the order in which they came
            member, since = whose.get(account, (Id(0), at))
            if member and since < at:
                last[group, member] = outcome
        for (group, member), outcome in last.items():
            if kept.get((group, member)) != outcome:
                yield Broken("answer lost", show(member), show(group))

    # at the end

    def said_of(self, firsts: Collection[str]) -> Counter[str]:
        """How many letters were said whose keys begin so, by how they begin."""
        begin = (key.partition(":")[0] for mark, key in self._keys.items() if self.said[mark])
        return Counter(first for first in begin if first in firsts)

    def twice(self) -> list[str]:
        """Marks of parcels that were said more often than once; or than twice, where that is declared as possible."""
        return [mark for mark, times in self.said.items() if times > 1 + (mark in self.declared)]

    def never(self) -> list[str]:
        """Marks of parcels that are settled as sent, and were never said."""
        return [mark for mark in self.sent - self._edits if not self.said[mark]]


def _accounts(to: Target) -> list[str]:
    """Whose a parcel is; nobody's own where it goes into a channel."""
    match to:
        case ToAccount(account):
            return [account.show()]
        case ToCircle(_, _, accounts):
            return [one.show() for one in accounts]
        case _:
            return []


def about(what: What) -> str:
    """What came in, in a word or two that name nobody."""
    match what:
        case Due(rule=name) | Rang(name=name):
            return name
        case Pressed(action=action) | Submitted(action=action):
            return action.partition("~")[0]
        case _:
            return type(what).__name__.lower()


class WatchedOutbox:
    """The outbox, with somebody looking over the courier's shoulder. `written` counts what was ever written: as long as
    nothing was, what is due next stays the same, and is asked for thousands of times."""

    def __init__(
        self, outbox: Outbox, storage: Storage, witness: Witness, written: Callable[[], int], failed: Failed
    ) -> None:
        self._outbox, self._storage, self._witness = outbox, storage, witness
        self._written, self._as_of, self._failed = written, -1, failed
        self._due: datetime | None = None

    async def recover(self, at: datetime) -> int:
        with self._heard("recover"):
            return await self._outbox.recover(at)

    async def claim(self, at: datetime, most: int) -> Sequence[Claim]:
        with self._heard("claim"):
            claims = await self._outbox.claim(at, most)
        if claims:
            with self._heard("witness"):
                await self._see(claims, at)
        return claims

    async def settle(self, at: datetime, settlements: Sequence[Settlement]) -> None:
        with self._heard("settle"):
            await self._outbox.settle(at, settlements)
        with self._heard("witness"):
            self._witness.settled(settlements)

    async def next_due(self) -> datetime | None:
        if (now := self._written()) != self._as_of:
            with self._heard("next"):
                self._due, self._as_of = await self._outbox.next_due(), now
        return self._due

    async def _see(self, claims: Sequence[Claim], at: datetime) -> None:
        self._witness.claimed(claims, await self._storage.read(at, partial(_look, claims=claims)), at)

    @contextmanager
    def _heard(self, what: str) -> Iterator[None]:
        """The courier takes whatever is raised here for a storage that failed, and rests."""
        try:
            yield
        except Exception as error:
            self._failed(f"outbox {what}", error)
            raise


def _look(work: Work, claims: Sequence[Claim]) -> Seen:
    """What the tables say of letters that leave, and which of them should not: they tell one side only, introduce whom
    somebody would rather not meet, or remind in vain."""
    facts = evidence.facts_of(work, [claim.letter for claim in claims])
    not_tried = {claim.letter for claim in claims if claim.was in _NOT_TRIED}
    leaving = {row.key for row in facts if Id(row.id) in not_tried}
    told: defaultdict[str, set[Id]] = defaultdict(set)
    for row in facts:
        if row.key.startswith(evidence.INTRODUCTION) and row.key.count(":") == 1:
            told[row.key].add(Id(row.member))
    half_told = evidence.half_told(work, {key: frozenset(who) for key, who in told.items()})
    made = {row.key: evidence.made(work, row.key) for row in facts if row.key.startswith(evidence.MEETING)}
    broken = [
        *half_told,
        *evidence.unwanted(work, leaving),
        *evidence.reminded_in_vain(work, leaving),
        *(one for key in leaving if made.get(key) == LATE for one in evidence.met_again_late(work, key)),
    ]
    accounts = owners.accounts_of(work, {Id(row.member) for row in facts if row.member is not None})
    return Seen(facts, accounts, _polls(work, facts), made, broken)


def _polls(work: Work, facts: Sequence[Any]) -> Standing:
    """What the tables say of polls, where letters about them leave."""
    firsts = {row.key.partition(":")[0] for row in facts}
    asks, reminds = not firsts.isdisjoint((ASKING, AGAIN)), FRIDAY in firsts
    agreed = evidence.agreed_to_polls(work) if asks else frozenset()
    return Standing(agreed, evidence.asked_by_polls(work) if reminds else {})

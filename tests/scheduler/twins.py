"""Twins for the scheduler's tests: an outbox, a calendar, timers and a platform in memory, each keeping its port's
contract.

Each yields to the loop before and after it does a thing, so that a test can cut it off on either side.
"""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum

from bot.chat.address import Account
from bot.chat.ids import Id
from bot.chat.outbound import (
    Delivered,
    Outcome,
    Parcel,
    Receipt,
    Refused,
    Removes,
    Target,
    ToAccount,
    ToChannel,
    ToCircle,
    Unclear,
)
from bot.chat.platform import CannotLook, Door
from bot.chat.text import plain
from bot.chat.view import Paragraph, View
from bot.core.calendar import Marker, Planned, Rule
from bot.core.errors import StorageFailed
from bot.core.outbox import ENDED, Claim, Kind, Settlement, State
from bot.core.timers import Timer
from scheduler.pacing import WAITING

LEASE = timedelta(minutes=2)
PLACE = "test"


@dataclass
class Row:
    """One letter as a table would keep it."""

    letter: Id
    parcel: Parcel
    kind: Kind
    due_at: datetime
    until: datetime | None = None
    state: State = State.READY
    tries: int = 0
    fence: int = 0
    at: datetime | None = None
    unclear_since: datetime | None = None
    receipt: Receipt | None = None
    says: str = ""
    possible_duplicate: bool = False

    @property
    def next_at(self) -> datetime:
        return self.due_at if self.at is None else self.at

    def doubt(self, at: datetime, counts: bool = True) -> None:
        self.unclear_since, self.tries = self.unclear_since or self.next_at - LEASE, self.tries + counts
        self.state, self.at = State.UNKNOWN, at


@dataclass
class MemoryOutbox:
    """The outbox as the courier sees it. `broken` makes every call fail as a full disk would."""

    rows: list[Row] = field(default_factory=list)
    broken: bool = False
    claims: int = 0

    def post(
        self,
        to: Target,
        due_at: datetime,
        kind: Kind = Kind.NOTICE,
        until: datetime | None = None,
        platform: str = PLACE,
        removes: Removes | None = None,
        instead_of: str = "",
    ) -> Row:
        view = View((Paragraph(plain("hello")),))
        parcel = Parcel(f"mark-{len(self.rows)}", platform, to, view, removes=removes, instead_of=instead_of)
        row = Row(Id(len(self.rows)), parcel, kind, due_at, until)
        self.rows.append(row)
        return row

    async def recover(self, at: datetime) -> int:
        await self._reach()
        lost = [row for row in self.rows if row.state is State.ATTEMPTING]
        for row in lost:
            row.doubt(at)
        return len(lost)

    async def claim(self, at: datetime, most: int) -> Sequence[Claim]:
        await self._reach()
        self._let_pass(at)
        self.claims += 1
        due = sorted(self._heads(at), key=lambda row: (row.kind not in WAITING, row.next_at, row.letter))[:most]
        claims = [self._take(row, at) for row in due]
        await asyncio.sleep(0)
        return claims

    async def settle(self, at: datetime, settlements: Sequence[Settlement]) -> None:
        await self._reach()
        for settlement in settlements:
            row = self.rows[settlement.letter]
            if row.state is State.ATTEMPTING and row.fence == settlement.fence:
                self._settle(row, settlement, at)
        await asyncio.sleep(0)

    async def next_due(self) -> datetime | None:
        await self._reach()
        return min((row.next_at for row in self._first_of_each()), default=None)

    async def _reach(self) -> None:
        await asyncio.sleep(0)
        if self.broken:
            raise StorageFailed

    def _first_of_each(self) -> list[Row]:
        """The earliest letter not ended of each recipient."""
        heads: dict[str, Row] = {}
        for row in self.rows:
            if row.state not in ENDED:
                heads.setdefault(recipient(row.parcel.to), row)
        return list(heads.values())

    def _heads(self, at: datetime) -> list[Row]:
        return [row for row in self._first_of_each() if row.state is not State.ATTEMPTING and row.next_at <= at]

    def _let_pass(self, at: datetime) -> None:
        for row in self.rows:
            if row.state is State.ATTEMPTING and row.next_at <= at:
                row.doubt(at)
            if row.state in {State.READY, State.RETRY} and row.until is not None and row.until < at:
                row.state, row.says = State.DEAD, "too late"

    def _take(self, row: Row, at: datetime) -> Claim:
        was, row.state, row.fence, row.at = row.state, State.ATTEMPTING, row.fence + 1, at + LEASE
        times = (row.due_at, row.until, row.unclear_since)
        return Claim(
            row.letter, row.fence, row.parcel, row.kind, was, row.tries, *times, doubled=row.possible_duplicate
        )

    def _settle(self, row: Row, settlement: Settlement, at: datetime) -> None:
        if settlement.state is State.UNKNOWN:
            row.doubt(at, settlement.counts)
        else:
            row.tries += settlement.counts and settlement.state is State.RETRY
            row.unclear_since = None
        row.state, row.at = settlement.state, settlement.again_at
        row.receipt, row.says = settlement.receipt, settlement.says
        row.possible_duplicate = row.possible_duplicate or settlement.possible_duplicate


def recipient(to: Target) -> str:
    match to:
        case ToAccount(account):
            return account.show()
        case ToChannel(workspace, name):
            return f"{workspace}/{name}"
        case ToCircle(workspace, mark):
            return f"{workspace}/{mark}"


def person(name: str, platform: str = PLACE) -> ToAccount:
    return ToAccount(Account(platform, "w", name), conversation=f"dm-{name}")


def circle(name: str) -> ToCircle:
    return ToCircle("w", name, (Account(PLACE, "w", "ann"), Account(PLACE, "w", "ben")))


class Lost(StrEnum):
    """What can happen on the way, beside a refusal."""

    REQUEST = "the request was lost"
    REPLY = "the reply was lost"
    RAISES = "the adapter raised after it was taken"


Deed = Lost | Refused


@dataclass
class ScriptedPlatform:
    """Takes one deed off `script` at each delivery, and delivers well when there is none. `slow` makes it hang."""

    script: list[Deed] = field(default_factory=list)
    can_look: bool = True
    posts: list[Parcel] = field(default_factory=list)
    tries: list[Parcel] = field(default_factory=list)
    looks: list[Parcel] = field(default_factory=list)
    hangs: asyncio.Event | None = None
    name: str = PLACE

    async def run(self, door: Door) -> None: ...

    async def close(self) -> None: ...

    async def deliver(self, parcel: Parcel) -> Outcome:
        self.tries.append(parcel)
        await asyncio.sleep(0)
        if self.hangs:
            await self.hangs.wait()
        deed = self.script.pop(0) if self.script else None
        if isinstance(deed, Refused):
            return deed
        if deed is Lost.REQUEST:
            return Unclear(deed)
        self.posts.append(parcel)
        await asyncio.sleep(0)
        if deed is Lost.RAISES:
            raise ConnectionResetError(deed)
        return Unclear(deed) if deed is Lost.REPLY else Delivered(self._receipt(parcel))

    async def find(self, parcel: Parcel) -> Receipt | None:
        await asyncio.sleep(0)
        if not self.can_look:
            raise CannotLook
        self.looks.append(parcel)
        return self._receipt(parcel) if self.times(parcel) else None

    def times(self, parcel: Parcel) -> int:
        return sum(post.mark == parcel.mark for post in self.posts)

    def marks(self) -> list[str]:
        return [post.mark for post in self.posts]

    def _receipt(self, parcel: Parcel) -> Receipt:
        return Receipt("c", f"message of {parcel.mark}")


@dataclass
class MemoryCalendar:
    """Markers and records as storage keeps them; `record` below is the unit's side of it."""

    told: dict[tuple[str, date], Planned] = field(default_factory=dict)
    since: dict[str, datetime] = field(default_factory=dict)
    broken: bool = False
    reads: int = 0

    async def markers(self, rules: Sequence[Rule], at: datetime) -> Mapping[str, Marker]:
        self._reach()
        self.reads += 1
        return {rule.name: Marker(self.since.setdefault(rule.name, at), self._days(rule.name)) for rule in rules}

    async def record(self, planned: Sequence[Planned], at: datetime) -> None:
        self._reach()
        for one in planned:
            self.keep(one)

    async def settle(self, rules: Sequence[str], at: datetime) -> None:
        self._reach()
        for rule in rules:
            self.since[rule] = max(self.since[rule], at)

    def keep(self, planned: Planned) -> bool:
        key = (planned.occurrence.rule, planned.occurrence.day)
        return self.told.setdefault(key, planned) is planned

    def _reach(self) -> None:
        if self.broken:
            raise StorageFailed

    def _days(self, rule: str) -> frozenset[date]:
        days = (day for name, day in self.told if name == rule)
        return frozenset(day for day in days if self.told[rule, day].occurrence.due_at > self.since[rule])


@dataclass
class MemoryTimerBook:
    """Timers as storage keeps them; `rang` is the unit's side of it."""

    set: dict[tuple[str, Id], datetime] = field(default_factory=dict)
    broken: bool = False
    reads: int = 0

    async def first(self, at: datetime, most: int) -> Sequence[Timer]:
        await asyncio.sleep(0)
        self.reads += 1
        if self.broken:
            raise StorageFailed
        timers = (Timer(name, about, at) for (name, about), at in self.set.items())
        return sorted(timers, key=lambda timer: (timer.at, timer.name, timer.about))[:most]

    def rang(self, timer: Timer) -> bool:
        rings = self.set.get((timer.name, timer.about)) == timer.at
        if rings:
            del self.set[timer.name, timer.about]
        return rings

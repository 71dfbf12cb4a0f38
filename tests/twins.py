"""The storage as dictionaries, for tests of what is said and decided. What is kept for good is tested on databases."""

import copy
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial
from typing import Any, TypeVar

import msgspec

from bot.accounts.model import Asked
from bot.announcements.model import Announcement
from bot.blocks.model import Known
from bot.chat.address import Account, Circle, Guest, Person
from bot.chat.ids import Dice, Id
from bot.core.outbox import ASKED_FOR, Kind, Letter
from bot.core.work import Fact, Store, Unit, Work
from bot.members.model import Consent, Identity, Member
from bot.members.schools import School
from bot.relay.model import Side
from tests.alarms import MemoryOccurrences, MemoryTimers
from tests.announcements.keeping import MemoryAnnouncements
from tests.events.keeping import Diary, MemoryEvents
from tests.members.keeping import MemoryMembers, MemorySchools
from tests.pairing.keeping import MemoryBlocks, MemoryCheckins, MemoryPairings, Tables
from tests.relay.keeping import MemoryRelay
from tests.reports.keeping import Counted, MemoryReports
from tests.support.keeping import Heard, MemoryListening, MemoryWorries

T = TypeVar("T")
S = TypeVar("S")


@dataclass
class World:
    """Everything that is kept."""

    members: dict[Id, Member] = field(default_factory=dict)
    identities: dict[Account, Identity] = field(default_factory=dict)
    agreed: dict[tuple[Id, Consent], bool] = field(default_factory=dict)
    codes: dict[bytes, Id] = field(default_factory=dict)
    tries: list[tuple[Account, datetime]] = field(default_factory=list)
    gone: set[Account] = field(default_factory=set)
    schools: dict[int, School] = field(default_factory=dict)
    seen: set[bytes] = field(default_factory=set)
    pressed: dict[Id, date] = field(default_factory=dict)
    recorded: set[tuple[str, date]] = field(default_factory=set)
    timers: dict[tuple[str, Id], datetime] = field(default_factory=dict)
    letters: dict[str, Letter] = field(default_factory=dict)
    sent: set[str] = field(default_factory=set)
    keys: set[str] = field(default_factory=set)
    """Of all letters ever posted: one that was taken back is not posted again."""
    told: list[Fact] = field(default_factory=list)
    introduced: Tables = field(default_factory=Tables)
    counted: Counted = field(default_factory=Counted)
    connecting: dict[Id, tuple[Asked, str]] = field(default_factory=dict)
    diary: Diary = field(default_factory=Diary)
    sides: dict[tuple[Id, Id, Id], Side] = field(default_factory=dict)
    heard: Heard = field(default_factory=Heard)
    announced: dict[Id, Announcement] = field(default_factory=dict)
    now: datetime | None = field(default=None, compare=False)
    """When the unit of work at hand runs."""


class MemoryPrivacy:
    def __init__(self, world: World) -> None:
        self._world = world

    def export(self, member: Id) -> dict[str, Any]:
        return {}

    def takes_away_at(self, account: Account) -> datetime | None:
        due = [one.due_at for one in self._removals(account)]
        return max(due, default=None)

    def erase(self, member: Id, at: datetime) -> None:
        world = self._world
        for account in [account for account, one in world.identities.items() if one.member == member]:
            for one in self._removals(account):
                world.letters[one.key] = msgspec.structs.replace(one, due_at=min(one.due_at, at))
            self.forget_account(account)
        world.identities = {account: one for account, one in world.identities.items() if one.member != member}
        world.agreed = {key: yes for key, yes in world.agreed.items() if key[0] != member}
        world.codes = {code: whose for code, whose in world.codes.items() if whose != member}
        world.diary.rsvps = {key: one for key, one in world.diary.rsvps.items() if key[1] != member}
        world.members.pop(member, None)

    def forget_account(self, account: Account) -> None:
        world, guest = self._world, Guest(account)
        world.gone.add(account)
        gone = {key for key, one in world.letters.items() if one.to == guest and one.kind is not Kind.REMOVAL}
        world.letters = {key: one for key, one in world.letters.items() if key not in gone}
        world.keys -= gone

    def _removals(self, account: Account) -> list[Letter]:
        letters = self._world.letters.values()
        return [one for one in letters if one.kind is Kind.REMOVAL and one.to == Guest(account)]


class MemoryInbox:
    def __init__(self, world: World) -> None:
        self._world = world

    def seen(self, mark: bytes) -> bool:
        return mark in self._world.seen

    def keep(self, mark: bytes, at: datetime) -> None:
        self._world.seen.add(mark)

    def forget_before(self, at: datetime) -> None:
        return None


class MemoryAccounts:
    def __init__(self, world: World) -> None:
        self._world = world

    def secret(self, chance: int) -> Id:
        return Id(chance)

    def ask(self, asked: Asked, code: str) -> None:
        self._world.connecting[asked.member] = (asked, code)

    def by_code(self, code: str) -> Asked | None:
        return next((asked for asked, its in self._world.connecting.values() if its == code), None)

    def of(self, member: Id) -> Asked | None:
        return self._world.connecting.get(member, (None, ""))[0]

    def keep(self, asked: Asked) -> None:
        self._world.connecting[asked.member] = (asked, self._world.connecting[asked.member][1])

    def forget_before(self, at: datetime) -> None:
        kept = {whose: one for whose, one in self._world.connecting.items() if one[0].at >= at}
        self._world.connecting = kept

    def part(self, account: Account) -> None:
        self._world.identities.pop(account, None)


STORES: dict[str, Callable[[World], Any]] = {
    "members": MemoryMembers,
    "schools": MemorySchools,
    "privacy": MemoryPrivacy,
    "inbox": MemoryInbox,
    "occurrences": lambda world: MemoryOccurrences(world.recorded),
    "timers": lambda world: MemoryTimers(world.timers),
    "accounts": MemoryAccounts,
    "pairings": lambda world: MemoryPairings(world.introduced),
    "events": lambda world: MemoryEvents(world.diary),
    "relay": lambda world: MemoryRelay(world.sides),
    "listening": lambda world: MemoryListening(world.heard),
    "worries": lambda world: MemoryWorries(world.heard),
    "blocks": lambda world: MemoryBlocks(world.introduced, partial(_everybody, world)),
    "checkins": lambda world: MemoryCheckins(world.introduced),
    "announcements": lambda world: MemoryAnnouncements(world.announced),
    "reports": lambda world: MemoryReports(world.counted, world.introduced, world.members.values()),
}


class MemoryWork:
    """A unit of work on a world."""

    def __init__(self, storage: "MemoryStorage", world: World, at: datetime, key: str, rehearsed: bool = False) -> None:
        self._storage, self._world, self._key, self._rehearsed = storage, world, key, rehearsed
        self.at = world.now = at
        self.dice: Dice = random.Random(key)
        self.later: list[Callable[[], None]] = []

    def new_id(self) -> Id:
        return self._storage.new()

    def use(self, store: Store[S]) -> S:
        kept: S = STORES[store.name](self._world)
        return kept

    def post(self, *letters: Letter) -> None:
        for letter in letters:
            if letter.key not in self._world.keys:
                self._world.letters[letter.key] = letter
            self._world.keys.add(letter.key)

    def cancel(self, *key_prefixes: str) -> None:
        kept = {key: letter for key, letter in self._world.letters.items() if not key.startswith(key_prefixes)}
        self._world.letters = kept

    def cancel_to(self, member: Id, *, unasked: bool = False) -> None:
        letters = self._world.letters.items()
        spared = ASKED_FOR if unasked else frozenset()
        self._world.letters = {key: one for key, one in letters if not reaches(one, member) or one.kind in spared}

    def waits(self, key_prefix: str) -> bool:
        return any(key.startswith(key_prefix) for key in self._world.letters)

    def was_said(self, key_prefix: str) -> bool:
        return any(key.startswith(key_prefix) for key in self._world.sent)

    def tell(self, fact: Fact) -> None:
        self._world.told.append(fact)
        if not self._rehearsed:
            self._storage.tell(self, fact)

    def afterwards(self, do: Callable[[], None]) -> None:
        if not self._rehearsed:
            self.later.append(do)

    def rehearse(self) -> Work:
        return MemoryWork(self._storage, copy.deepcopy(self._world), self.at, self._key, rehearsed=True)


class MemoryStorage:
    """One unit after another, each of them wholly or not at all. It makes identifiers, too: 1, 2, 3."""

    def __init__(self) -> None:
        self.world = World()
        self.tell: Callable[[Work, Fact], None] = lambda work, fact: None
        self._last = 0

    def new(self) -> Id:
        self._last += 1
        return Id(self._last)

    async def write(self, unit: Unit[T]) -> T:
        trial = self.copied()
        work = MemoryWork(self, trial, unit.at, unit.key)
        value = unit.run(work)
        self.world = trial
        for do in work.later:
            do()
        return value

    async def read(self, at: datetime, run: Callable[[Work], T]) -> T:
        return run(MemoryWork(self, self.copied(), at, "read"))

    def copied(self) -> World:
        """The world, to be changed without it."""
        return copy.deepcopy(self.world)


def _everybody(world: World) -> list[Known]:
    accounts = [(one.member, account) for account, one in world.identities.items()]
    people = world.members.values()
    return [Known(one.id, one.name, tuple(who for whose, who in accounts if whose == one.id)) for one in people]


def reaches(letter: Letter, member: Id) -> bool:
    """Whether a letter is for somebody, alone or in a circle."""
    match letter.to:
        case Person(to):
            return to == member
        case Circle(_, members):
            return member in members
        case _:
            return False

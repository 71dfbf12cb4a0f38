"""Everything that was ever to be pressed or sent, done again by somebody else: what would change, and what is said.

Nothing is kept of it: each try is undone, and so a thousand of them find the same world.
"""

import random
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from msgspec.structs import replace as changed
from sqlalchemy import select

from bot.chat import ids
from bot.chat.action import Action, Unreadable, _fields
from bot.chat.address import Account
from bot.chat.form import SEARCHED, Form, Search
from bot.chat.ids import Id
from bot.chat.inbound import Inbound, Pressed, Submitted, What
from bot.chat.outbound import Reply
from bot.core.feature import Right
from bot.core.work import Unit, Work
from bot.members.model import EVERYONE
from storage.columns import metadata
from tests.world.overheard import Overheard
from tests.world.world import World

T = TypeVar("T")
Row = tuple[str, ...]

NOT_STATE = {"inbox", "activity", "settings", "occurrences", "rules"}
"""What may change though nothing has: which deliveries were seen, and in which week somebody pressed anything."""
JUNK = ("name", "nation", "role", "phase", "topics", "consents", "code", "day", "school", "said", "words", SEARCHED)


ANYBODYS = {f"event.{what}" for what in ("answer", "agree", "take", "show", "join", "unjoin")}
"""What any member may do, where the event is for them."""
LET_IN = {"member", "paused", "left"}
"""Kinds of people. Whoever presses after they left is here again."""


class Undone(Exception):
    """Nothing of this is kept. `after` is how the world would stand; `steady` whether a second delivery changes it."""

    def __init__(self, value: Any, after: set[Row], steady: bool) -> None:
        super().__init__("undone")
        self.value, self.after, self.steady = value, after, steady


@dataclass
class WhatIf:
    """A storage that keeps nothing, and remembers what the latest unit would have changed."""

    storage: Any
    before: set[Row]
    changes: frozenset[Row] = frozenset()
    steady: bool = True

    async def read(self, at: Any, run: Callable[[Work], T]) -> T:
        found: T = await self.storage.read(at, run)
        return found

    async def write(self, unit: Unit[T]) -> T:
        try:
            await self.storage.write(Unit(unit.key, unit.at, lambda work: _undone(unit, work), unit.looks))
        except Undone as undone:
            self.changes, self.steady = frozenset(undone.after ^ self.before), undone.steady
            value: T = undone.value
            return value
        raise AssertionError("a unit was kept")


def _undone(unit: Unit[Any], work: Any) -> None:
    value = unit.run(work)
    once = rows(work)
    again = unit.run(work)
    raise Undone(value, once, again == value and rows(work) == once)


def rows(work: Any) -> set[Row]:
    """Everything that is kept, as it stands in this unit."""
    return {
        (table.name, *map(repr, row))
        for table in metadata.sorted_tables
        if table.name not in NOT_STATE
        for row in work.rows(select(table))
    }


@dataclass(frozen=True)
class Actor:
    """Somebody who tries; `member` is their id, if they have one."""

    kind: str
    account: Account | None
    member: Id | None = None

    @property
    def user(self) -> str:
        return self.account.user if self.account else ""


@dataclass(frozen=True)
class Minted:
    """Something that was to be pressed or sent: its wire form, by whom, and what its form's fields are called."""

    action: str
    readers: frozenset[str]
    fields: tuple[str, ...] = ()

    @property
    def wire(self) -> str:
        return self.action.partition("~")[0]

    def what(self, action: str = "") -> What:
        """It, done."""
        if self.fields:
            return Submitted(action or self.action, dict.fromkeys((*self.fields, *JUNK), ("Zqjunk",)))
        return Pressed(action or self.action, ("Zqjunk",))


def minted(overheard: Overheard) -> list[Minted]:
    """Every action and form that was ever shown, and to whom."""
    readers: dict[tuple[str, tuple[str, ...]], set[str]] = defaultdict(set)
    for glimpse in overheard.glimpses:
        fields: tuple[str, ...] = ()
        if isinstance(glimpse.shows, Form | Search):
            fields = tuple(one.name for one in getattr(glimpse.shows, "fields", ())) or (SEARCHED,)
        for action in glimpse.actions:
            readers[action, fields] |= glimpse.readers
    return [Minted(action, frozenset(users), fields) for (action, fields), users in sorted(readers.items())]


@dataclass
class Replay:
    """Tries things in a world as it stands now."""

    world: World
    storage: WhatIf
    known: Mapping[Id, set[Id]]
    """Every member, with the groups they are in."""
    open_to_all: frozenset[Id] = frozenset()
    """Events for everybody, and their series: what a member does with them is theirs to do."""

    @property
    def directory(self) -> Any:
        return self.world.parts.bot.directory

    def read(self, action: str) -> Action | None:
        try:
            found: Action = self.directory.actions.read(action)
        except Unreadable:
            return None
        return found

    def needs(self, action: str) -> Right:
        """What somebody must be to do this."""
        read = self.read(action)
        on = self.directory.on(read) if read else None
        return on.needs if on else Right.ANYONE

    async def attempt(self, actor: Actor, what: What) -> tuple[Reply, frozenset[Row]]:
        """The reply, and what would have changed."""
        self.storage.changes, self.storage.steady = frozenset(), True
        inbound = Inbound(self.world.space.new_id(), self.world.at, what, actor.account, "Somebody Else")
        reply = await self.world.parts.bot.receive(inbound)
        return reply, self.storage.changes

    async def faults(self, actor: Actor, one: Minted, dice: random.Random) -> list[str]:
        """What is wrong with what this actor gets for it."""
        action = self.read(one.action)
        places = id_places(action) if action else []
        if not action or not places or self._is_for(actor, one.action):
            return await self._about_oneself(actor, one)
        forged = mutated(action, places, self._others(actor), dice)
        tried = [one.action, *(each for each in forged if not self._is_for(actor, each))]
        return [fault for each in tried for fault in await self._about_another(actor, one, each, places)]

    def _is_for(self, actor: Actor, packed: str) -> bool:
        """Whether it is about an event for everybody, and they are let in."""
        action = self.read(packed)
        if action is None:
            return False
        about = getattr(action, "event", getattr(action, "series", None))
        return action.wire in ANYBODYS and about in self.open_to_all and actor.kind in LET_IN

    def _others(self, actor: Actor) -> list[Id]:
        """Ids that lead to somebody or something, none of it the actor's."""
        groups = set().union(*self.known.values()) - (self.known[actor.member] if actor.member else set())
        return sorted({*self.known, *groups, *self.open_to_all} - {actor.member})

    async def _about_oneself(self, actor: Actor, one: Minted) -> list[str]:
        """It names nobody: whoever does it does it to themselves, and changes nobody else."""
        _, changes = await self.attempt(actor, one.what())
        names = [name for other in self.known if other != actor.member for name in (str(other), ids.show(other))]
        foreign = [row for row in changes if any(name in field for field in row for name in names)]
        return [f"{actor.kind} by {one.action} changed {row}" for row in foreign] + self._unsteady(actor, one.action)

    async def _about_another(self, actor: Actor, one: Minted, action: str, places: list[int]) -> list[str]:
        """It names something of somebody else's: that is as if there were no such thing. (Whoever presses after they
        left the workspace is here again, whatever they press.)"""
        reply, changes = await self.attempt(actor, one.what(action))
        unsteady = self._unsteady(actor, action)
        none, anyhow = await self.attempt(actor, one.what(leading_nowhere(action, places)))
        is_same = Counter(table for table, *_ in changes) == Counter(table for table, *_ in anyhow)
        faults = [] if is_same else [f"{actor.kind} by {action} changed {sorted(changes)[:3]}"]
        if reply != none:
            faults.append(f"{actor.kind} by {action} is told {reply}, not {none}")
        return faults + unsteady

    def _unsteady(self, actor: Actor, action: str) -> list[str]:
        """Of the latest attempt."""
        return [] if self.storage.steady else [f"{actor.kind} by {action}: a second delivery changed something"]


def id_places(action: Action) -> list[int]:
    """Which of its packed fields are ids."""
    return [place for place, field in enumerate(_fields(type(action))) if field.write is ids.show]


def mutated(action: Action, places: list[int], others: Iterable[Id], dice: random.Random) -> Iterator[str]:
    """The same with another id in each place in turn."""
    for place in places:
        name = _fields(type(action))[place].name
        yield changed(action, **{name: dice.choice(list(others))}).pack()


def leading_nowhere(packed: str, places: list[int]) -> str:
    """The same about something that does not exist."""
    wire, version, *fields = packed.split("~")
    for place in places:
        fields[place] = "0000000000007"
    return "~".join([wire, version, *fields])


async def everybody(world: World) -> dict[Id, set[Id]]:
    """Every member, with the groups they are in."""

    def look(work: Any) -> dict[Id, set[Id]]:
        members, places = metadata.tables["members"], metadata.tables["group_members"]
        known: dict[Id, set[Id]] = {Id(row.id): set() for row in work.rows(select(members.c.id))}
        for row in work.rows(select(places.c.group, places.c.member).where(places.c.member.is_not(None))):
            known[Id(row.member)].add(Id(row.group))
        return known

    return await world.parts.storage.read(world.at, look)


async def replay_in(world: World) -> Replay:
    """From now on nothing that comes in is kept."""
    before: set[Row] = await world.parts.storage.read(world.at, rows)
    storage = WhatIf(world.parts.storage, before)
    world.parts.bot._storage = storage
    return Replay(world, storage, await everybody(world), await world.parts.storage.read(world.at, _open_to_all))


def _open_to_all(work: Any) -> frozenset[Id]:
    events = metadata.tables["events"]
    found = work.rows(select(events.c.id, events.c.series).where(events.c.audience == EVERYONE.show()))
    return frozenset(Id(one) for row in found for one in (row.id, row.series) if one is not None)

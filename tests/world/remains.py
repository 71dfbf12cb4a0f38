"""What is left of somebody in a database: every row in which they can be recognised, by whatever mark."""

import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from typing import Any

from bot.chat.address import Account, Guest, Person
from bot.chat.ids import Id, show
from storage.letters import lane_of
from storage.parcels import account_place
from tests.world.canaries import files
from tests.world.world import World

HASHES = {"former_accounts": 1, "blocked_accounts": None, "block_marks": None}
"""Where the keyed hash of an account may outlive its owner, and in how many rows: the one, and blocks against it."""
TRIES = "code_tries"
"""Holds that hash too, until the night after the day: or whoever erases themselves could try codes for ever."""


@dataclass(frozen=True)
class Marks:
    """All by which somebody can be recognised; `names` are canaries."""

    member: Id
    account: Account
    names: tuple[str, ...]

    def of(self, world: World) -> "Seeker":
        house = world.parts.house
        lanes = {lane_of(to, house) for to in (Person(self.member), Guest(self.account))}
        hashes = {house.mark(f"account:{self.account.show()}"), account_place(house, self.account)}
        words = (show(self.member), str(self.member), self.account.show(), *self.names)
        return Seeker({self.member, *lanes}, hashes, tuple(words))


@dataclass(frozen=True)
class Seeker:
    """Knows a cell that tells of them."""

    numbers: set[int]
    hashes: set[bytes]
    words: tuple[str, ...]

    def finds(self, value: Any) -> bool:
        if isinstance(value, int):
            return value in self.numbers
        if isinstance(value, bytes):
            return value in self.hashes or any(word.encode() in value for word in self.words)
        return isinstance(value, str) and any(word.casefold() in value.casefold() for word in self.words)


def traces(world: World, marks: Marks) -> Counter[str]:
    """How many rows of each table tell of them."""
    seeker = marks.of(world)
    return Counter(table for table, row in every_row(world) if any(map(seeker.finds, row)))


def every_row(world: World) -> Iterator[tuple[str, tuple[Any, ...]]]:
    with closing(sqlite3.connect(world.file)) as connection:
        tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        for table in tables:
            for row in connection.execute(f'SELECT * FROM "{table}"'):  # noqa: S608 - names from the database itself
                yield table, row


def groups_of(world: World, member: Id) -> list[int]:
    """The groups in which somebody was introduced."""
    return [group for (group,) in world.rows('SELECT "group" FROM group_members WHERE member = ?', member)]


def faults_after(world: World, marks: Marks, groups: list[int]) -> list[str]:
    """What is left of somebody forgotten, and must not be; what must be left, and is not. `groups` were theirs."""
    found = traces(world, marks)
    wrong = [f"{count} rows of {table}" for table, count in found.items() if table not in (*HASHES, TRIES)]
    wrong += [f"{found[table]} hashes in {table}" for table, most in HASHES.items() if most and found[table] != most]
    wrong += [f"no mark in group {group}" for group in groups if not _is_marked(world, group)]
    marked = [mark for (mark,) in world.rows("SELECT mark FROM group_members WHERE mark IS NOT NULL")]
    wrong += ["one mark in two groups"] if len(set(marked)) != len(marked) else []
    return wrong + [f"a name in the file {path.name}" for path in files(world.file.parent) if _sings(path, marks)]


def _is_marked(world: World, group: int) -> bool:
    query = 'SELECT count(*) FROM group_members WHERE "group" = ? AND member IS NULL AND mark IS NOT NULL'
    return bool(world.rows(query, group)[0][0])


def _sings(path: Any, marks: Marks) -> bool:
    content = path.read_bytes()
    return any(name.encode() in content for name in marks.names)

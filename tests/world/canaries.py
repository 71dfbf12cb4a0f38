"""Canaries: private words that can be told anywhere, whose they are, and where each may be heard.

A canary is `zq{owner}x{what}0`: "Zqtomxname0" is Tom's name. Whatever is not allowed below is forbidden.
"""

import json
import re
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.core.work import Work
from bot.members.store import MEMBERS, PRIVACY
from tests.world.ear import Ear
from tests.world.overheard import Glimpse, Overheard
from tests.world.world import World

WHATS = (
    "name", "shown", "school", "trust", "region", "authority", "ref", "acct", "typed", "block", "greeting", "reach",
    "link", "place", "about",
)  # fmt: skip
SONG = re.compile(rf"zq([a-z]+?)x({'|'.join(WHATS)})0", re.IGNORECASE)
ORGANISER = "anna"
CANARY = "Zqcanary"
"""Where it does not matter whose."""

COLUMNS = {
    "name": {"members.name", "members.sought"},
    "school": {"members.school"},
    "trust": {"members.trust"},
    "region": {"members.region"},
    "authority": {"members.authority"},
    "ref": {"members.ref"},
    "reach": {"members.reach"},
    "place": {"events.place"},
    "about": {"events.description"},
    "acct": {"identities.account", "identities.user", "conversations.conversation", "letters.key"}
    | {"connections.by", "connections.entered_by"},
}
"""Where a private word lies in clear, until its owner is forgotten. All others lie nowhere in clear."""

PARTNERS, PARTNERS_IF_TICKED, ORGANISERS, NEWCOMER = "partners", "partners if ticked", "organisers", "the newcomer"
HOSTS, ATTENDING, EVERYBODY = "the host of what they come to", "those who come", "everybody"
READERS = {
    "name": {PARTNERS, ORGANISERS, HOSTS},
    "link": {ORGANISERS, ATTENDING},
    "place": {EVERYBODY},
    "about": {EVERYBODY},
    "school": {PARTNERS_IF_TICKED, ORGANISERS},
    "region": {PARTNERS_IF_TICKED},
    "greeting": {NEWCOMER},
}
"""Who may read it besides its owner. All others: nobody."""


def sung(text: str | bytes) -> set[tuple[str, str]]:
    """Whose canaries, and which, stand in there."""
    words = text if isinstance(text, str) else text.decode("latin-1")
    return {(owner.casefold(), what.casefold()) for owner, what in SONG.findall(words)}


def word(owner: str, what: str) -> str:
    """That canary."""
    return f"Zq{owner}x{what}0"


@dataclass
class Cage:
    """Looks after each event whether a canary sings where it must not. `secrets` are literal, and allowed nowhere;
    `gone` asked to be forgotten; `ticked` have said what else partners may see; `greeted` awaits an organiser's words.
    `hosts` host events, and everybody may read their names; `comes` come to them.
    """

    world: World
    folder: Path
    ear: Ear
    overheard: Overheard
    secrets: set[str] = field(default_factory=set)
    gone: set[str] = field(default_factory=set)
    ticked: dict[str, set[str]] = field(default_factory=dict)
    greeted: set[str] = field(default_factory=set)
    hosts: set[str] = field(default_factory=set)
    comes: set[str] = field(default_factory=set)
    users: dict[str, str] = field(default_factory=dict)
    """Whose account, by user."""
    faults: list[str] = field(default_factory=list)
    looked_at: int = 0
    _lines: int = 0
    _glimpses: int = 0

    async def look(self, event: str) -> None:
        """Everything there is, after an event."""
        found = [*self._in_logs(), *self._in_columns(), *self._in_files(), *self._shown(), *await self._exported()]
        self.faults += [f"{event}: {one}" for one in found]
        self.looked_at += 1

    def _in_logs(self) -> Iterator[str]:
        lines, self._lines = self.ear.heard[self._lines :], len(self.ear.heard)
        for line in (*lines, *self.ear.database):
            for one in self._heard(line):
                yield f"{one} in the log: {line[:200]}"
        self.ear.database.clear()

    def _heard(self, text: str) -> Iterator[str]:
        """Canaries and secrets, whosever they are."""
        yield from (f"{owner}'s {what}" for owner, what in sung(text))
        yield from ("a secret" for one in self.secrets if one in text)

    def _in_columns(self) -> Iterator[str]:
        for place, value in cells(self.world.file):
            for owner, what in sung(value):
                if self._whose(owner, what) in self.gone or place not in COLUMNS.get(what, ()):
                    yield f"{owner}'s {what} in {place}"

    def _in_files(self) -> Iterator[str]:
        for path in files(self.folder):
            content = path.read_bytes()
            for owner, what in sung(content):
                if self._whose(owner, what) in self.gone or what not in COLUMNS:
                    yield f"{owner}'s {what} in the file {path.name}"
            yield from (f"a secret in the file {path.name}" for one in self.secrets if one.encode() in content)

    def _whose(self, owner: str, what: str) -> str:
        """An account may be another's meanwhile: of somebody who came back under a new name."""
        return self.users.get(f"zq{owner}xacct0", owner) if what == "acct" else owner

    def _shown(self) -> Iterator[str]:
        glimpses, self._glimpses = self.overheard.glimpses[self._glimpses :], len(self.overheard.glimpses)
        for glimpse in glimpses:
            for owner, what in sung(glimpse.all_of_it):
                for user in sorted(glimpse.readers):
                    if not self._may_read(self.users.get(user, user), owner, what):
                        yield f"{owner}'s {what} shown to {user}: {glimpse.words[:300]!r}"

    def _may_read(self, reader: str, owner: str, what: str) -> bool:
        if reader == owner:
            return True
        allowed = READERS.get(what, set()) if owner not in self.gone else set()
        is_told = PARTNERS in allowed or (PARTNERS_IF_TICKED in allowed and what in self.ticked.get(owner, ()))
        return any(
            (
                ORGANISERS in allowed and reader == ORGANISER,
                is_told and reader in self._partners(owner),
                NEWCOMER in allowed and reader in self.greeted,
                HOSTS in allowed and (owner in self.hosts or (reader in self.hosts and owner in self.comes)),
                ATTENDING in allowed and reader in self.comes,
                EVERYBODY in allowed,
            )
        )

    def _partners(self, owner: str) -> set[str]:
        """Everybody they were ever introduced to, as the space shows it."""
        circles = [{self.users.get(user, user) for user in circle} for circle in set(self.world.circles())]
        return set().union(*(circle for circle in circles if owner in circle))

    async def _exported(self) -> list[str]:
        """What each member would be given, were they to ask now: nobody else in it."""
        exports = await self.world.parts.storage.read(self.world.at, lambda work: self._exports(work))
        return [
            f"{owner}'s {what} in the export of {user}"
            for user, export in exports.items()
            for owner, what in sung(json.dumps(export, ensure_ascii=False))
            if self._whose(owner, what) != user and EVERYBODY not in READERS.get(what, ())
        ]

    def _exports(self, work: Work) -> dict[str, Any]:
        accounts = [one.account for one in self.world.space.everybody()]
        found = {one: identity.member for one in accounts if (identity := work.use(MEMBERS).identity(one))}
        return {
            self.users.get(account.user, account.user): work.use(PRIVACY).export(member)
            for account, member in found.items()
        }


def cells(file: Path) -> Iterator[tuple[str, str | bytes]]:
    """Every text and every blob of a database, with its table and column."""
    with closing(sqlite3.connect(file)) as connection:
        tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        for table in tables:
            found = connection.execute(f'SELECT * FROM "{table}"')  # noqa: S608 - names from the database itself
            names = [column[0] for column in found.description]
            yield from texts(f"{table}", names, found)


def texts(table: str, names: list[str], rows: Iterable[tuple[Any, ...]]) -> Iterator[tuple[str, str | bytes]]:
    for row in rows:
        for name, value in zip(names, row, strict=True):
            if isinstance(value, str | bytes):
                yield f"{table}.{name}", value


def files(folder: Path) -> list[Path]:
    """Every file of ours, but for the index of SQLite's journal, which holds no content."""
    return [path for path in sorted(folder.rglob("*")) if path.is_file() and path.suffix != ".sqlite3-shm"]


def singing(folder: Path, song: str) -> list[str]:
    """The files of ours in which these words stand."""
    return [path.name for path in files(folder) if song.encode() in path.read_bytes()]


def shows(glimpse: Glimpse, words: str) -> bool:
    """Whether these words stand in what was shown."""
    return words.casefold() in glimpse.all_of_it.casefold()

"""The space's own memory, one SQLite file, so that what was said stands after a restart.

It is written on the loop: a commit in WAL mode without a flush costs some ten microseconds, and survives a crash of
the process (not of the machine: the space is for demos and trials). Private replies are never written.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import assert_never

import msgspec

from adapters.space.model import Conversation, Message, Persona, Seen, Thing
from bot.core.errors import OperatorError

_KINDS: dict[str, type[Thing]] = {"persona": Persona, "conversation": Conversation, "message": Message, "seen": Seen}
_encode = msgspec.json.Encoder().encode


class Journal:
    """Keeps each thing as it last was, in the order in which things first came. Raises OperatorError if broken."""

    def __init__(self, path: Path | str) -> None:
        self._file = sqlite3.connect(path, isolation_level=None)
        try:
            self._prepare()
        except sqlite3.Error as problem:
            self._file.close()
            raise OperatorError(
                f"{path} cannot be used ({type(problem).__name__}): it holds what was said in the demo. Look whether "
                "the disk has room, or begin the demo anew with: headsup run --fresh"
            ) from None

    def _prepare(self) -> None:
        self._file.execute("PRAGMA journal_mode = WAL")
        self._file.execute("PRAGMA synchronous = NORMAL")
        self._file.execute("PRAGMA secure_delete = ON")
        for kind in _KINDS:
            self._file.execute(f"CREATE TABLE IF NOT EXISTS {kind} (id TEXT NOT NULL UNIQUE, body BLOB NOT NULL)")

    def keep(self, thing: Thing) -> None:
        """Write it down, over what stood under the same id."""
        kind, id = _filed(thing)
        statement = f"INSERT INTO {kind} VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET body = excluded.body"  # noqa: S608
        self._file.execute(statement, (id, _encode(thing)))

    def forget(self, messages: Iterable[str]) -> None:
        """Delete messages, and leave of them no trace in the file or in the log beside it."""
        self._file.executemany("DELETE FROM message WHERE id = ?", ((id,) for id in messages))
        self._file.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()

    def load(self) -> Iterator[Thing]:
        """All that was kept: people, then conversations, then messages, each in order."""
        for kind, shape in _KINDS.items():
            for (body,) in self._file.execute(f"SELECT body FROM {kind} ORDER BY rowid"):  # noqa: S608
                yield msgspec.json.decode(body, type=shape)

    def close(self) -> None:
        self._file.close()


def _filed(thing: Thing) -> tuple[str, str]:
    match thing:
        case Persona():
            return "persona", thing.user
        case Conversation():
            return "conversation", thing.id
        case Message():
            return "message", thing.id
        case Seen(user, conversation):
            return "seen", f"{user} {conversation}"
        case _:
            assert_never(thing)

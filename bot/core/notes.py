"""What an adapter has to know again after a restart: a few small notes of its own, by name; of nobody."""

from collections.abc import Mapping
from typing import Protocol


class Notes(Protocol):
    """One platform's. Nobody waits for them, so neither raises: what cannot be read counts as never written, and what
    cannot be written is lost."""

    async def read(self, name: str) -> bytes | None:
        """What was written under that name last; None where nothing was."""
        ...

    async def write(self, name: str, note: bytes) -> None:
        """Kept when it returns, in the place of what stood there."""
        ...


class InMemory:
    """Notes that lie in no file: for what would tell there how much was pressed. They end with the process, unless it
    hands them to the next."""

    def __init__(self, notes: Mapping[str, bytes] | None = None) -> None:
        self.notes = dict(notes or {})

    async def read(self, name: str) -> bytes | None:
        return self.notes.get(name)

    async def write(self, name: str, note: bytes) -> None:
        self.notes[name] = note

"""What an adapter has to know again after a restart: a few small notes of its own, by name; of nobody."""

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

"""A planned restart hands over what lies in memory: from one process to the next, and by no file.

The old process listens on a socket in its own folder, where nobody else may connect. Asked by the new one, it stops as
it always does, and then gives what it has in memory, before it lets go of the lock. Whoever cannot take it all starts
with nothing, as after a crash: everybody asked by the pulse is asked once more.
"""

import asyncio
import os
import socket
import struct
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

import msgspec

from bot.core.notes import InMemory
from bot.pulse.box import Box, Spoiled

NAME = "headsup.sock"
PATIENCE = 120.0
"""Seconds: the old process first gives the answers that are being given, and finishes the letters in hand."""
_LONGEST = 100
"""Characters of a socket's path, on any system."""


@dataclass(frozen=True)
class Memory:
    """What must lie in no file: the pulse's `box`, and `notes` of platforms."""

    box: Box = field(default_factory=Box)
    notes: InMemory = field(default_factory=InMemory)

    def pack(self) -> bytes:
        """All of it, for the next process alone."""
        return msgspec.msgpack.encode((self.box.pack(), self.notes.notes))

    @classmethod
    def unpack(cls, packed: bytes) -> Self:
        """What was packed. Raises Spoiled."""
        try:
            box, notes = msgspec.msgpack.decode(packed, type=tuple[bytes, dict[str, bytes]])
        except msgspec.MsgspecError:
            raise Spoiled from None
        return cls(Box.unpack(box), InMemory(notes))


class Handover:
    """The old process's side. `asked` is set once a new one has come."""

    def __init__(self) -> None:
        self.asked = asyncio.Event()
        self._heir: asyncio.StreamWriter | None = None

    async def came(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """A process is there. Only the first is the heir, and only one of the same user."""
        if self._heir is not None or not _is_ours(writer):
            writer.close()
            return
        self._heir = writer
        self.asked.set()

    async def give(self, memory: Memory) -> None:
        """Nothing comes in any more: give what is in memory, if anybody has come for it."""
        if self._heir is None:
            return
        with suppress(OSError):
            self._heir.write(memory.pack())
            await self._heir.drain()
            self._heir.close()
            await self._heir.wait_closed()


@asynccontextmanager
async def handing_over(folder: Path, stop: asyncio.Event) -> AsyncIterator[Handover]:
    """Listen in that folder, which this process alone runs on; `stop` is set once the next process has come."""
    handover = Handover()
    (folder / NAME).unlink(missing_ok=True)
    with _reached(folder) as path:
        before = os.umask(0o077)
        server = await asyncio.start_unix_server(handover.came, path)
        os.umask(before)
    stopping = asyncio.create_task(_pass_on(handover.asked, stop), name="handover")
    try:
        yield handover
    finally:
        stopping.cancel()
        server.close()
        (folder / NAME).unlink(missing_ok=True)


async def take_over(folder: Path) -> Memory:
    """What the process that runs on that folder has in memory, for which it stops; nothing where none runs."""
    try:
        with _reached(folder) as path:
            reader, writer = await asyncio.open_unix_connection(path)
    except OSError:
        return Memory()
    try:
        async with asyncio.timeout(PATIENCE):
            return Memory.unpack(await reader.read())
    except (OSError, TimeoutError, Spoiled):
        return Memory()
    finally:
        writer.close()


async def _pass_on(asked: asyncio.Event, stop: asyncio.Event) -> None:
    await asked.wait()
    stop.set()


@contextmanager
def _reached(folder: Path) -> Iterator[str]:
    """The socket's path, made short where the folder's is longer than a socket's may be."""
    path = str(folder / NAME)
    if len(os.fsencode(path)) <= _LONGEST:
        yield path
        return
    there = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        yield f"/proc/self/fd/{there}/{NAME}"
    finally:
        os.close(there)


def _is_ours(writer: asyncio.StreamWriter) -> bool:
    """Whether a process of the same user has come; the folder's rights say so too, where a system cannot tell."""
    peer = getattr(socket, "SO_PEERCRED", None)
    if peer is None:
        return True
    credentials = writer.get_extra_info("socket").getsockopt(socket.SOL_SOCKET, peer, 12)
    _, uid, _ = struct.unpack("=iII", credentials)
    return bool(uid == os.getuid())

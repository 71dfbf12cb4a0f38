"""The ground the bot stands on: folders, the lock, a copy set aside, and tables of today's shape."""

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

from bot.config import Configured
from bot.core.errors import OperatorError
from bot.door import terminal
from scheduler.clocks import SystemClock
from storage.engine import SqlStorage
from storage.house import House
from storage.lock import locked
from storage.seal import read_secrets
from storage.start import born_as, file_of, held, make_ready, open_network

SPACE = "demo-space.sqlite3"
LOCK = "headsup.lock"
_PATIENCE, _PAUSE = 300, 0.1
"""How often, and how many seconds apart, the ground is tried that somebody is about to leave."""


@asynccontextmanager
async def prepared(configured: Configured, *, fresh: bool, patient: bool = False) -> AsyncIterator[None]:
    """Ground for one running bot: nobody else's, and up to date. Raises OperatorError with what mends it.

    `patient`: somebody is about to leave it, and is waited for."""
    async with await _alone(configured, _PATIENCE if patient else 0):
        if fresh:
            _forget(configured)
        await _make_ready(configured)
        yield


async def _alone(configured: Configured, tries: int) -> AsyncExitStack:
    """The ground, locked for as long as the stack is not closed. Raises OperatorError where it is taken to the last."""
    for left in reversed(range(tries + 1)):
        async with AsyncExitStack() as stack:
            try:
                stack.enter_context(locked(_ground(configured) / LOCK))
                await stack.enter_async_context(held(configured.url))
                return stack.pop_all()
            except OperatorError:
                if not left:
                    raise
        await asyncio.sleep(_PAUSE)
    raise LookupError("not even tried once")


async def brought_up(configured: Configured) -> None:
    """Tables of today's shape, unless a bot runs: they are of its own shape then."""
    async with _if_nobody_runs(_ground(configured) / LOCK, configured.url) as is_alone:
        if is_alone:
            await _make_ready(configured)


@asynccontextmanager
async def opened(configured: Configured) -> AsyncIterator[tuple[House, SqlStorage]]:
    """The storage for a while, beside a running bot or without one; its tables are changed only where none runs."""
    await brought_up(configured)
    house = House(read_secrets(configured.keys))
    storage = await open_network(configured.url, house, configured.config.network.kind, SystemClock().now())
    try:
        yield house, storage
    finally:
        await storage.close()


async def _make_ready(configured: Configured) -> None:
    for note in await make_ready(configured.url, configured.data / "copies", SystemClock().now()):
        terminal.say(note)


def _ground(configured: Configured) -> Path:
    """The folder for data, there and ours alone. Raises OperatorError."""
    os.umask(0o077)
    try:
        configured.data.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise OperatorError(
            f"{configured.data} cannot be made ({problem.strerror}). Make its parent writable for the user that runs "
            "HeadsUp, or set storage.folder to a folder that is."
        ) from None
    return configured.data


@asynccontextmanager
async def _if_nobody_runs(path: Path, url: str) -> AsyncIterator[bool]:
    """Whether no bot runs on this ground, nor anywhere on its database; none can start inside."""
    async with AsyncExitStack() as stack:
        is_alone = True
        try:
            stack.enter_context(locked(path))
            await stack.enter_async_context(held(url))
        except OperatorError:
            is_alone = False
        yield is_alone


def _forget(configured: Configured) -> None:
    """Delete the demo, to begin anew. Raises OperatorError where what stands there is no demo of ours to delete."""
    file = file_of(configured.url)
    if file is None:
        raise OperatorError("storage.url names no file: --fresh deletes a demo's file, and nothing else.")
    if born_as(file) == "real":
        raise OperatorError(f"{file} belongs to a real network, and --fresh deletes demos alone. Nothing was deleted.")
    for path in (file, configured.data / SPACE):
        for suffix in ("", "-wal", "-shm"):
            path.with_name(path.name + suffix).unlink(missing_ok=True)


def write_private(path: Path, text: str) -> None:
    """Write a file that nobody else on this machine can read, at no moment; where that fails, what it held stays."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    new = path.with_name(f"{path.name}.new")
    new.unlink(missing_ok=True)
    with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    new.replace(path)

"""The real program on a platform of our tests, in a process of its own: by a time that the two share."""

import asyncio
import os
import signal
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from time import monotonic
from typing import Protocol

from scheduler.clocks import SteppableClock
from tests.door.led import Led
from tests.house.reading import ROOT

PATIENCE = 120


class Reached(Protocol):
    """A network on a platform that lives in the test's process, and a folder for the bot."""

    clock: SteppableClock
    folder: Path

    @property
    def listens(self) -> bool:
        """Whether the bot has opened all the lines it hears by."""

    @property
    def is_quiet(self) -> bool:
        """Whether none is open."""

    async def until(self, holds: Callable[[], object], patience: float = 5.0) -> None:
        """Wait, in real time, until something holds."""


@asynccontextmanager
async def program(network: Reached, speed: float, *manner: str) -> AsyncIterator[Process]:
    """The program, once it listens; told to stop in the end unless it is dead."""
    process = await _started(network, Led(network.clock.now(), monotonic(), speed), manner)
    try:
        await network.until(lambda: _listens(network, process), patience=PATIENCE)
        yield process
    finally:
        if process.returncode is None:
            process.send_signal(signal.SIGTERM)
            await asyncio.wait_for(process.wait(), PATIENCE)
    await network.until(lambda: network.is_quiet, patience=PATIENCE)


async def spoken_to(folder: Path, environment: Mapping[str, str], *words: str) -> Process:
    """`headsup run` as it is, by the machine's own time; what it says is to be read from its pipes."""
    command = [sys.executable, "-c", "from bot.door.cli import main; main()", "run", *words]
    return await asyncio.create_subprocess_exec(*command, cwd=folder, env=environment, stdout=PIPE, stderr=PIPE)


async def _started(network: Reached, led: Led, manner: tuple[str, ...]) -> Process:
    command = [sys.executable, "-m", "tests.door.led", *led.words, *manner]
    environment = os.environ | {"PYTHONPATH": str(ROOT)} | _compiled(network.folder.parent / "compiled")
    with (network.folder / "log").open("ab") as log:
        return await asyncio.create_subprocess_exec(
            *command, cwd=network.folder, env=environment, stdout=DEVNULL, stderr=log
        )


def _listens(network: Reached, process: Process) -> bool:
    assert process.returncode is None, (network.folder / "log").read_text()
    return network.listens


def _compiled(folder: Path) -> dict[str, str]:
    """Where Python may keep what it has compiled, though it was told to keep nothing: a start takes a third as long."""
    return {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": str(folder)} if sys.dont_write_bytecode else {}

"""The real program, started as an operator starts it."""

import asyncio
import io
import logging
import os
import signal
import sys
import warnings
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path

import aiohttp

from bot.door.cli import main

HEADSUP = Path(sys.executable).parent / "headsup"
PATIENCE = 60


@dataclass(frozen=True)
class Ended:
    """How it ended, and what it said."""

    code: int
    out: str
    err: str


def headsup(folder: Path, *words: str) -> Ended:
    """The same program inside this process, which is much quicker; what it does to logs and warnings ends with it."""
    out, err, root, here = io.StringIO(), io.StringIO(), logging.getLogger(), Path.cwd()
    handlers, level, argv, code = root.handlers, root.level, sys.argv, 0
    sys.argv = ["headsup", *words]
    os.chdir(folder)
    try:
        with warnings.catch_warnings(), redirect_stdout(out), redirect_stderr(err):
            main()
    except SystemExit as ended:
        code = int(ended.code or 0)
    finally:
        os.chdir(here)
        root.handlers, root.level, sys.argv = handlers, level, argv
    return Ended(code, out.getvalue(), err.getvalue())


async def headsup_beside(folder: Path, *words: str) -> Ended:
    """The program in a process of its own."""
    process = await asyncio.create_subprocess_exec(HEADSUP, *words, cwd=folder, stdout=PIPE, stderr=PIPE)
    async with asyncio.timeout(PATIENCE):
        out, err = await process.communicate()
    return Ended(process.returncode or 0, out.decode(), err.decode())


@dataclass
class Running:
    """A bot that runs, and where its space is."""

    process: Process
    url: str

    @property
    def port(self) -> int:
        return int(self.url.split("/")[2].partition(":")[2])

    async def kill(self) -> None:
        """As the machine does: without a word."""
        self.process.send_signal(signal.SIGKILL)
        await self.process.wait()


@asynccontextmanager
async def running(folder: Path, *words: str) -> AsyncIterator[Running]:
    """A bot that has said where it is."""
    process = await asyncio.create_subprocess_exec(
        HEADSUP, "run", *(words or ("--empty",)), cwd=folder, stdout=PIPE, stderr=asyncio.subprocess.DEVNULL
    )
    assert process.stdout is not None
    try:
        async with asyncio.timeout(PATIENCE):
            line = (await process.stdout.readline()).decode().strip()
        assert line.startswith("http://127.0.0.1:"), line
        yield Running(process, line)
    finally:
        if process.returncode is None:
            process.terminate()
            async with asyncio.timeout(PATIENCE):
                await process.wait()


def browser() -> aiohttp.ClientSession:
    """A cookie jar and a connection."""
    return aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True))

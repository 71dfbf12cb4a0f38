"""The last place of an event, pressed for by two processes at the same instant over one PostgreSQL.

A database in a file has one process, and one writer in it: there is no lock that could be missing, so the fault can be
planted on PostgreSQL alone.
"""

import asyncio
import os
import sys
from asyncio.subprocess import PIPE, Process
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from itertools import count
from pathlib import Path

from bot.chat.ids import Id
from tests.conftest import DRILL
from tests.events.hall import COFFEE
from tests.events.last_place import PLACE, UNLOCKED, WAITS
from tests.events.office import Office, offices
from tests.house.reading import ROOT

TRIALS = 1_000 if DRILL else 20
FAULTY = 100 if DRILL else 30
PATIENCE = 120
NAMES = ("Ann", "Ben")


async def test_two_processes_never_get_the_last_place_both_and_without_the_lock_would(
    fresh_postgres: str, tmp_path: Path
) -> None:
    events = map(Id, count(1000))
    async with offices(fresh_postgres, 1) as (office,), pressers(fresh_postgres, tmp_path) as both:
        for name in NAMES:
            await office.join(name)
        fair = Counter([await trial(office, next(events), both) for _ in range(TRIALS)])
        for each in both:
            tell(each, UNLOCKED)
        faulty = Counter([await trial(office, next(events), both) for _ in range(FAULTY)])
    print(fair, faulty)
    assert fair == {(PLACE, WAITS): TRIALS}
    assert faulty[PLACE, PLACE], "the fault is not seen"


async def trial(office: Office, id: Id, both: Sequence[Process]) -> tuple[str, ...]:
    """What the two were told, in any order; so many have a place as were told so."""
    event = replace(COFFEE, id=id, capacity=1)
    await office.plan(event)
    for each in both:
        tell(each, str(id))
    said = sorted([await heard(each) for each in both])
    assert await office.taken(event) == said.count(PLACE)
    return tuple(said)


@asynccontextmanager
async def pressers(url: str, folder: Path) -> AsyncIterator[list[Process]]:
    """The two, once they are ready."""
    compiled = {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": str(folder)}
    environment = os.environ | {"PYTHONPATH": str(ROOT)} | compiled
    both: list[Process] = []
    try:
        for name in NAMES:
            command = [sys.executable, "-m", "tests.events.last_place", url, name]
            both.append(await asyncio.create_subprocess_exec(*command, env=environment, stdin=PIPE, stdout=PIPE))
        assert [await heard(each) for each in both] == ["ready", "ready"]
        yield both
    finally:
        for each in both:
            assert each.stdin
            each.stdin.close()
            await asyncio.wait_for(each.wait(), PATIENCE)


def tell(process: Process, line: str) -> None:
    assert process.stdin
    process.stdin.write(f"{line}\n".encode())


async def heard(process: Process) -> str:
    assert process.stdout
    return (await asyncio.wait_for(process.stdout.readline(), PATIENCE)).decode().strip()

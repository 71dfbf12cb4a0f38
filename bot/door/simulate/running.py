"""From a plan to a result: a folder and a database of its own, and nothing left behind."""

import asyncio
import gc
import logging
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bot.config import Config, Configured
from bot.door.logs import quiet_logs
from bot.door.simulate.machine import LoopClock, StandingClock
from bot.door.simulate.plan import Db, Plan
from bot.door.simulate.rehearsal import Rehearsal, Tell
from bot.door.simulate.result import Result
from bot.door.simulate.town import organisers_of
from scheduler.virtual import VirtualLoop
from storage.process import YOUNG_OBJECTS
from storage.spare import spare_database

Rehearse = Callable[[Plan, Tell], Result]


def nobody(rehearsal: Rehearsal) -> None:
    """For a rehearsal that nobody watches."""


def rehearse(plan: Plan, tell: Tell = nobody, server: str = "") -> Result:
    """Live the plan, in a temporary folder that is gone afterwards. Nothing real is ever touched.

    `server` is the URL of a PostgreSQL, for a plan that wants one. Raises OperatorError where it cannot be used.
    """
    quiet_logs()
    with _unalarmed(), tempfile.TemporaryDirectory(prefix="headsup-") as folder:
        return rehearse_in(Path(folder), plan, tell, server)


def rehearse_in(folder: Path, plan: Plan, tell: Tell = nobody, server: str = "") -> Result:
    """The same in that folder, which is left as it stands at the end."""
    started = time.monotonic()
    with _seldom_swept():
        rehearsal = _rehearsed(folder, plan, tell, server)
    wall = time.monotonic() - started
    return rehearsal.tally.result(plan, rehearsal.machine.crashes, wall)


@contextmanager
def _unalarmed() -> Iterator[None]:
    """What a made-up disk or line does is nothing for whoever watches to look after: they read it as their own."""
    log = logging.getLogger("scheduler")
    usual = log.level
    log.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        log.setLevel(usual)


@contextmanager
def _seldom_swept() -> Iterator[None]:
    """A thousand people live long and leave few cycles behind: looking for those took an eighth of the time."""
    usual = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(YOUNG_OBJECTS, *usual[1:])
    try:
        yield
    finally:
        gc.set_threshold(*usual)
        gc.unfreeze()


def _rehearsed(folder: Path, plan: Plan, tell: Tell, server: str) -> Rehearsal:
    live = _in_virtual_time(folder, plan, tell) if plan.db is Db.SQLITE else _step_by_step(folder, plan, tell, server)
    with asyncio.Runner(loop_factory=VirtualLoop if plan.db is Db.SQLITE else None) as runner:
        return runner.run(live)


async def _in_virtual_time(folder: Path, plan: Plan, tell: Tell) -> Rehearsal:
    clock = LoopClock(plan.opens, asyncio.get_running_loop().time)
    return await _lived(Rehearsal(plan, configured(folder, plan=plan), clock), tell)


async def _step_by_step(folder: Path, plan: Plan, tell: Tell, server: str) -> Rehearsal:
    async with spare_database(server) as url:
        return await _lived(Rehearsal(plan, configured(folder, url, plan), StandingClock(plan.opens)), tell)


async def _lived(rehearsal: Rehearsal, tell: Tell) -> Rehearsal:
    await rehearsal.live(tell)
    return rehearsal


def configured(folder: Path, url: str = "", plan: Plan | None = None) -> Configured:
    """The defaults; and introductions wait for nobody's word, so that the first Monday is one. Where there is more than
    one organiser they are named, and read what members worry about."""
    sections: dict[str, Any] = {"introductions": {"send_first": True}, "storage": {"url": url}}
    organisers = organisers_of(plan) if plan else ()
    if len(organisers) > 1:
        sections |= {"network": {"organisers": organisers}, "support": {"concern": organisers}}
    return Configured(Config.model_validate(sections), folder)

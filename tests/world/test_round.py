"""Monday's round, cut off between any two of its steps: after a restart both hear, once; and Thursday's likewise."""

import asyncio
import copy
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

import pytest

from adapters.memory.platform import Fine
from adapters.space.space import Space
from bot.chat.outbound import Parcel, Unclear
from bot.core.work import Unit
from tests.conftest import DRILL
from tests.world.world import DAY, NAMES, World, members, opened, organiser

T = TypeVar("T")

MORNING = datetime(2026, 11, 16, 7, 59, tzinfo=UTC)
BEFORE = {"Monday": MORNING, "Thursday": datetime(2026, 11, 19, 16, 14, tzinfo=UTC)}
HOUR = timedelta(hours=1)


class Cut(Fine):
    """Counts steps: each write before and after its commit, each letter before and after it is taken. At the one named
    it pulls the plug: nothing that this process still does has any effect."""

    def __init__(self, at: int = -1) -> None:
        self.steps, self._at = 0, at
        self.dead = asyncio.Event()

    def before(self, parcel: Parcel) -> None:
        self.step()

    def after(self, parcel: Parcel) -> Unclear | None:
        self.step()
        return None

    def step(self) -> None:
        if self.steps == self._at:
            self.dead.set()
        if self.dead.is_set():
            raise asyncio.CancelledError
        self.steps += 1

    def into(self, world: World) -> None:
        """Stand before every write."""
        storage: Any = world.parts.storage
        write = storage.write

        async def counted(unit: Unit[T]) -> T:
            self.step()
            value: T = await write(unit)
            self.step()
            return value

        storage.write = counted


@dataclass(frozen=True)
class Eve:
    """A folder and a space on the eve of something, to start from again and again."""

    folder: Path
    space: Space
    at: datetime

    def again(self, place: Path) -> Space:
        shutil.copytree(self.folder, place)
        return copy.deepcopy(self.space)


async def eve(folder: Path, at: datetime) -> Eve:
    async with opened(folder) as world:
        await organiser(world)
        await members(world, *NAMES[:5])
        await world.go_to(at)
        world.space.clock = None  # type: ignore[assignment]  # the next world has another
        return Eve(folder, world.space, at)


async def lived(world: World, cut: Cut) -> None:
    """The next hour, or as much of it as there is before the plug is pulled."""
    cut.into(world)
    living = asyncio.create_task(world.go_to(world.at + HOUR))
    plug = asyncio.create_task(cut.dead.wait())
    await asyncio.wait({living, plug}, return_when=asyncio.FIRST_COMPLETED)
    for task in (living, plug):
        task.cancel()
    await asyncio.gather(living, plug, return_exceptions=True)


@asynccontextmanager
async def restarted(start: Eve, place: Path, n: int) -> AsyncIterator[World]:
    """The world after it was cut off at step n, and has lived on for a day."""
    space, cut = start.again(place), Cut(n)
    async with opened(place, at=start.at, space=space, faults=cut) as world:
        await lived(world, cut)
        at = world.at
        assert cut.dead.is_set(), "the plug was never pulled"
        world.parts.storage.write = type(world.parts.storage).write.__get__(world.parts.storage)  # type: ignore[method-assign]
    async with opened(place, at=at, space=space) as world:
        await world.life.tick()
        await world.go_to(at + DAY)
        yield world


async def count_steps(start: Eve, place: Path) -> int:
    cut = Cut()
    async with opened(place, at=start.at, space=start.again(place), faults=cut) as world:
        await lived(world, cut)
        return cut.steps


def told(world: World, about: str) -> list[int]:
    """How many letters with these words reached each of the five."""
    heads = [persona.account for persona in world.space.everybody() if persona.user != "anna"]
    return [sum(about in words for words in world.letters(head)) for head in heads]


@pytest.mark.parametrize(("day", "about"), [("Monday", "say hello first"), ("Thursday", "time to talk")])
async def test_cut_off_anywhere(tmp_path: Path, day: str, about: str) -> None:
    start = await eve(tmp_path / "eve", BEFORE[day])
    steps = await count_steps(start, tmp_path / "whole")
    assert steps > 10
    for n in range(0, steps, 1 if DRILL else max(1, steps // 16)):
        async with restarted(start, tmp_path / f"cut{n}", n) as world:
            assert told(world, about) == [1] * 5, f"cut off at step {n} of {steps}"
            assert sorted(len(people) for people in world.circles()) == [2, 3]


async def test_a_platform_that_cannot_look_is_noticed(tmp_path: Path) -> None:
    """So the test above can fail: a courier that says again what it does not find says some of it twice."""
    start = await eve(tmp_path / "eve", BEFORE["Monday"])
    steps, twice = await count_steps(start, tmp_path / "whole"), 0
    for n in range(steps):
        space, cut = start.again(tmp_path / f"cut{n}"), Cut(n)
        async with opened(tmp_path / f"cut{n}", at=start.at, space=space, faults=cut) as world:
            await lived(world, cut)
            at = world.at
            world.parts.storage.write = type(world.parts.storage).write.__get__(world.parts.storage)  # type: ignore[method-assign]
        space.marked = lambda mark: None  # type: ignore[method-assign]
        async with opened(tmp_path / f"cut{n}", at=at, space=space) as world:
            await world.go_to(at + HOUR)
            twice += max(told(world, "say hello first")) > 1
        if twice:
            break
    assert twice, "a letter said twice was never noticed"

"""Timers of a room, through the door: each rings once, at its second, whatever becomes of clock, disk and machine."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot import rooms
from bot.chat.address import ORGANISERS
from bot.chat.command import Tree
from bot.chat.ids import Id
from bot.chat.inbound import Inbound, Rang
from bot.chat.outbound import NOTHING, Reply
from bot.core.directory import Directory
from bot.core.errors import StorageFailed
from bot.core.feature import Answers, Call, Feature, Right, Rings, Slow
from bot.core.outbox import Kind, Letter
from bot.core.timers import TIMERS
from bot.core.work import Unit, Work
from tests.storage.stands import says
from tests.world.world import START, World, opened, organiser

EGG, OTHER = Id(7), Id(8)
RINGS_AT = START + timedelta(hours=2, minutes=3, seconds=20)
HOUR = timedelta(hours=1)


@dataclass
class Kitchen:
    """A room with timers: `rang` says which rang, and when. `crashes` so often before the commit; `then` is done after
    it rang."""

    rang: list[tuple[Id, datetime]] = field(default_factory=list)
    crashes: int = 0
    then: Callable[[Work, Rang], None] = lambda work, rang: None

    def ring(self, work: Work, rang: Rang) -> None:
        key = f"egg:{rang.about}:{rang.at.isoformat()}"
        work.post(Letter(key, ORGANISERS, says("The egg is done"), Kind.ANSWER, work.at))
        self.then(work, rang)
        if self.crashes:
            self.crashes -= 1
            raise StorageFailed("pulled")
        self.rang.append((rang.about, work.at))

    def boil(self, work: Work, call: Call) -> Reply:
        work.use(TIMERS).set("kitchen.egg", EGG, RINGS_AT)
        return NOTHING

    def feature(self) -> Feature:
        slow = Slow(self.look, lambda seen, tools: (seen, tools.at), self.keep)
        boil = Answers(Tree.ORGANISER, "boil", self.boil, Right.ORGANISER, shown=False)
        rings = (Rings("kitchen.egg", self.ring), Rings("kitchen.slow", slow))
        return Feature("kitchen", "bot.core", commands=(boil,), timers=rings)

    def look(self, work: Work, call: Call) -> Id:
        assert call.rang is not None
        return call.rang.about

    def keep(self, work: Work, call: Call, thought: tuple[Id, datetime]) -> Reply:
        self.rang.append(thought)
        return NOTHING


@pytest.fixture
def kitchen(monkeypatch: pytest.MonkeyPatch) -> Kitchen:
    room = Kitchen()
    monkeypatch.setattr("bot.door.wiring.features", lambda *given: (*rooms.features(*given), room.feature()))
    return room


@asynccontextmanager
async def network(folder: Path, **more: Any) -> AsyncIterator[World]:
    async with opened(folder, **more) as world:
        await world.go_to(world.at)
        yield world


async def set_one(world: World, at: datetime, about: Id = EGG, name: str = "kitchen.egg") -> None:
    await world.parts.storage.write(Unit("set", world.at, lambda work: work.use(TIMERS).set(name, about, at)))


def set_many(work: Work) -> None:
    for number in range(120):
        work.use(TIMERS).set("kitchen.egg", Id(number), START + timedelta(minutes=1 + number))


async def rings(world: World, at: datetime = RINGS_AT, name: str = "kitchen.egg") -> Reply:
    return await world.parts.bot.receive(Inbound(f"rang:{at}", world.at, Rang(name, EGG, at)))


def is_set(world: World) -> bool:
    return bool(world.rows("SELECT * FROM timers"))


async def test_it_rings_once_at_its_second_and_what_it_says_is_carried(tmp_path: Path, kitchen: Kitchen) -> None:
    async with network(tmp_path) as world:
        anna = await organiser(world)
        await anna.use("boil", Tree.ORGANISER)
        await world.go_to(RINGS_AT - timedelta(microseconds=1))
        assert kitchen.rang == []
        await world.go_to(RINGS_AT + HOUR)
        assert kitchen.rang == [(EGG, RINGS_AT)]
        assert world.channel("organisers").count("The egg is done") == 1
        assert not is_set(world)


async def test_after_a_crash_before_the_commit_it_rings_again(tmp_path: Path, kitchen: Kitchen) -> None:
    kitchen.crashes = 2
    async with network(tmp_path) as world:
        await set_one(world, RINGS_AT)
        await world.go_to(RINGS_AT)
        assert (kitchen.rang, is_set(world), world.channel("organisers").count("The egg is done")) == ([], True, 0)
        space = world.space
    async with network(tmp_path, at=RINGS_AT + HOUR, space=space) as world:
        await world.go_to(RINGS_AT + 2 * HOUR)
        ((about, when),) = kitchen.rang
        assert about == EGG
        assert RINGS_AT + HOUR < when < RINGS_AT + HOUR + timedelta(seconds=7), "the second try failed too"
        assert world.channel("organisers").count("The egg is done") == 1


async def test_after_an_outage_everything_due_rings_once(tmp_path: Path, kitchen: Kitchen) -> None:
    async with network(tmp_path) as world:
        await world.parts.storage.write(Unit("set", world.at, set_many))
        space = world.space
    async with network(tmp_path, at=START + 50 * HOUR, space=space) as world:
        await world.go_to(START + 51 * HOUR)
        assert kitchen.rang == [(Id(number), START + 50 * HOUR) for number in range(120)]


async def test_one_that_was_moved_rings_only_then(tmp_path: Path, kitchen: Kitchen) -> None:
    async with network(tmp_path) as world:
        await set_one(world, RINGS_AT)
        await set_one(world, RINGS_AT + HOUR)
        await set_one(world, RINGS_AT, OTHER)
        await world.parts.storage.write(
            Unit("stop", world.at, lambda work: work.use(TIMERS).stop("kitchen.egg", OTHER))
        )
        await world.go_to(START + 12 * HOUR)
        await rings(world)
        assert kitchen.rang == [(EGG, RINGS_AT + HOUR)]


async def test_one_that_is_moved_while_it_comes_in_does_not_ring(tmp_path: Path, kitchen: Kitchen) -> None:
    async with network(tmp_path) as world:
        await set_one(world, RINGS_AT + HOUR)
        await rings(world)
        await rings(world, RINGS_AT, "kitchen.slow")
        assert kitchen.rang == []
        assert is_set(world)


async def test_a_clock_set_back_repeats_nothing(tmp_path: Path, kitchen: Kitchen) -> None:
    async with network(tmp_path) as world:
        await set_one(world, RINGS_AT)
        await world.go_to(RINGS_AT + HOUR)
        world.clock.set(START)
        await world.go_to(START + 12 * HOUR)
        assert kitchen.rang == [(EGG, RINGS_AT)]


async def test_it_may_set_itself_again(tmp_path: Path, kitchen: Kitchen) -> None:
    kitchen.then = lambda work, rang: work.use(TIMERS).set(rang.name, rang.about, rang.at + HOUR)
    async with network(tmp_path) as world:
        await set_one(world, RINGS_AT)
        await world.go_to(RINGS_AT + 3 * HOUR)
        assert kitchen.rang == [(EGG, RINGS_AT + turn * HOUR) for turn in range(4)]
        assert world.rows("SELECT count(*) FROM timers") == [(1,)]


async def test_a_slow_one_is_done_once(tmp_path: Path, kitchen: Kitchen) -> None:
    async with network(tmp_path) as world:
        await set_one(world, RINGS_AT, name="kitchen.slow")
        await world.go_to(RINGS_AT + HOUR)
        await rings(world, RINGS_AT, "kitchen.slow")
        assert kitchen.rang == [(EGG, RINGS_AT)]


async def test_one_that_nobody_answers_any_more_is_taken_away(tmp_path: Path) -> None:
    async with network(tmp_path) as world:
        await set_one(world, RINGS_AT)
        await world.go_to(RINGS_AT)
        assert not is_set(world)


def test_two_rooms_cannot_claim_one_timer() -> None:
    with pytest.raises(ValueError, match="two rooms claim the timer"):
        Directory([Kitchen().feature(), replace(Kitchen().feature(), name="pantry", commands=())])

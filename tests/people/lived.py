"""A demo that was really born: the real rooms on a real SQLite file, the scheduler, and sixty people for a month."""

import random
import time
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from adapters.memory.platform import MemoryPlatform
from adapters.people.people import People
from adapters.space.journal import Journal
from adapters.space.model import Kind, Message
from adapters.space.space import Space
from bot.chat.ids import Id
from bot.chat.inbound import Inbound
from bot.chat.outbound import Reply
from bot.chat.view import View, words_of_view
from bot.config import read_config
from bot.door.demo.bar import DemoBar
from bot.door.demo.birth import Birth, be_born, let_live, populate
from bot.door.demo.cast import Cast, demo_cast
from bot.door.demo.clockwork import InDatabase, Stopwatch, kept_time
from bot.door.wiring import Makings, Parts, bring_to_life, open_parts
from scheduler.clocks import SteppableClock
from scheduler.heartbeat import StepHeart
from storage.house import Home, RandomIds
from storage.start import make_ready

CAST = demo_cast()
ORGANISER = f"local:space:{CAST.organiser.user}"


class Demo:
    """Everything of a demo that a test wants to look at; `heard` is all that came through the door."""

    def __init__(self, parts: Parts, space: Space, watch: Stopwatch, cast: Cast) -> None:
        self.parts, self.space, self.watch, self.cast = parts, space, watch, cast
        self.clock = parts.clock
        self.heard: list[Inbound] = []
        self.people: People = populate(space, self.door, parts.clock, cast)
        self.life = bring_to_life(parts, StepHeart(parts.clock), (self.people,))
        parts.platforms["local"] = MemoryPlatform(space)
        self.remembered = InDatabase(parts.storage, parts.clock)
        let_live(space, self.people, cast)

    async def door(self, inbound: Inbound) -> Reply:
        self.heard.append(inbound)
        return await self.parts.bot.receive(inbound)

    async def be_born(self) -> None:
        birth = Birth(self.parts.storage, self.clock, self.watch, self.life, self.remembered)
        await be_born(birth, lambda now: None, self.cast)

    def bar(self) -> DemoBar:
        """The clock bar, every week taken to be in term."""
        rules = self.parts.bot.directory.rules()
        users = self.people.users
        term = lambda day: True  # noqa: E731
        return DemoBar(
            self.clock, self.watch, self.life, self.space, users, rules, "Europe/London", term, self.remembered
        )

    def circles(self) -> list[str]:
        """Where people were introduced."""
        places = {place.id: place for one in self.space.everybody() for place in self.space.conversations(one.user)}
        return [place.id for place in places.values() if place.kind is Kind.CIRCLE]

    def transcript(self) -> list[tuple[datetime, str, str, str]]:
        """All that was said and stands: when, where, by whom, what."""
        places = {place.id for one in self.space.everybody() for place in self.space.conversations(one.user)}
        said = [message for place in places for message in self.space.history(place)]
        return sorted((one.at, self._place(one), one.author, words(one)) for one in said)

    def _place(self, message: Message) -> str:
        return " ".join(sorted(self.space.conversation(message.conversation).people))


def words(message: Message) -> str:
    return words_of_view(message.view) if isinstance(message.view, View) else message.text


@asynccontextmanager
async def opened(folder: Path, cast: Cast = CAST) -> AsyncIterator[Demo]:
    """The demo in that folder, at the time it was left, or not yet born."""
    found, watch = replace(read_config(None), folder=folder), Stopwatch(time.monotonic)
    await make_ready(found.url, found.data / "copies", cast.opening)
    clock = SteppableClock(cast.opening, watch)
    journal = Journal(folder / "space.sqlite3")
    space = Space(clock, RandomIds(), journal)
    with watch.held():
        parts = await open_parts(found, clock, Home("local", "space"), frozenset({ORGANISER}), Makings(disk=lambda: 61))
        try:
            clock.set(await kept_time(InDatabase(parts.storage, clock)) or cast.opening)
            yield Demo(parts, space, watch, cast)
        finally:
            await parts.storage.close()
            journal.close()


@contextmanager
def seeded_ids(seed: object) -> Iterator[None]:
    """Identifiers that are drawn from a seed, so that two lives can be held beside each other."""
    dice, drawn = random.Random(str(seed)), RandomIds.new
    RandomIds.new = lambda self: Id(dice.getrandbits(63))  # type: ignore[method-assign]
    try:
        yield
    finally:
        RandomIds.new = drawn  # type: ignore[method-assign]


@dataclass(frozen=True)
class Month:
    """What is left of a birth: the folder it lies in, all that was heard and said, and who was puzzled."""

    folder: Path
    heard: list[Inbound]
    said: list[tuple[datetime, str, str, str]]
    puzzled: Mapping[str, int]


async def lived_month(folder: Path, cast: Cast = CAST) -> Month:
    """Give birth to a demo in that folder, and close it."""
    with seeded_ids("birth"):
        async with opened(folder, cast) as demo:
            await demo.be_born()
            return Month(folder, demo.heard, demo.transcript(), demo.people.puzzled)

"""Twin worlds: two lives of one network that differ only in who answered a poll, when, what, or in the exact totals
behind the same published table. Whoever takes all files, logs and transcripts must not be able to tell them apart.

plan, twin = twins(seed)                          # presses apart, the two are the same life
first, second = await live(folder, plan), await live(other, twin)
assert differences(first, second) == []
"""

import contextlib
import hashlib
import logging
import random
import re
import struct
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec

from adapters.memory.platform import Fine
from adapters.space.model import Change
from adapters.space.space import Space
from bot.chat.command import Tree
from bot.chat.ids import Id, show
from bot.chat.inbound import Inbound, Pressed, Submitted, What, Who
from bot.chat.outbound import Reply
from bot.door.demo.birth import SeededIds
from bot.door.wiring import Makings, open_parts
from bot.pulse.box import Box, Choices
from bot.pulse.model import Item, Poll, Series, State
from bot.pulse.questions import questions_of
from bot.pulse.results import published
from bot.pulse.store import PULSE
from bot.pulse.views import FIELDS
from scheduler.clocks import SteppableClock
from storage.engine import Manner
from storage.seal import KEY_BYTES, Seal, Secrets
from storage.start import make_ready
from tests.postgres import dumped
from tests.pulse.people import heads
from tests.world.world import HOME, World, configured, head_of

OPENS = datetime(2026, 11, 12, 16, tzinfo=UTC)
"""A Thursday in term: the Friday letter comes while the poll is open."""
HOUR = timedelta(hours=1)
PEOPLE, TICKS, EVERY = 36, 12, 4 * HOUR
ITEMS = (("first", "This week as a leader"),)
_PRESSES = ("pulse.open", "pulse.give")
_ADDRESS = re.compile(r"0x[0-9a-f]+")


@dataclass(frozen=True)
class Plan:
    """One life: at each tick, who says what. `lost_at` is the tick at which the process dies with what it has in
    memory; `handed_at` that at which it is restarted as planned."""

    seed: int
    presses: tuple[tuple[tuple[int, Choices], ...], ...]
    lost_at: int = -1
    handed_at: int = -1


@dataclass
class Seen:
    """What an attacker with every file, log and transcript has after one event, by name."""

    event: str
    has: dict[str, str] = field(default_factory=dict)


def twins(seed: int) -> tuple[Plan, Plan]:
    """Two lives with the same published table; where the dice say so, with a crash or a planned restart in both."""
    dice = random.Random(f"twins {seed}")
    whats = _answers(dice)
    others = list(whats) if dice.random() < 0.3 else _others(whats, dice)
    lost_at, handed_at = ((dice.randrange(TICKS), -1), (-1, dice.randrange(TICKS)), (-1, -1))[seed % 3]
    first, second = (
        _spread(each, random.Random(f"{seed} {name}"), lost_at) for each, name in ((whats, 0), (others, 1))
    )
    return Plan(seed, first, lost_at, handed_at), Plan(seed, second, lost_at, handed_at)


def _answers(dice: random.Random) -> list[Choices]:
    offered = [tuple(option.value for option in one.options) for one in questions_of(POLL)]
    lean = [dice.choice(values) for values in offered]
    many = dice.choice((4, 8, 9, 10, 11, 14, 22, 30, PEOPLE))
    return [
        tuple(most if dice.random() < 0.6 else dice.choice(values) for most, values in zip(lean, offered, strict=True))
        for _ in range(many)
    ]


def _others(whats: list[Choices], dice: random.Random) -> list[Choices]:
    """Other answers, more or fewer of them, behind the same table."""
    table = told(whats)
    found = whats
    for _ in range(300):
        trial = list(found)
        if trial and dice.random() < 0.6:
            trial.pop(dice.randrange(len(trial)))
        if len(trial) < PEOPLE and dice.random() < 0.6:
            trial += _answers(dice)[:1]
        found = trial if told(trial) == table else found
    return found


def told(whats: Sequence[Choices]) -> str:
    """What would be published."""
    tallies = tuple(Counter(each[place] for each in whats if each[place]) for place, _ in enumerate(questions_of(POLL)))
    return published(POLL, tallies, PEOPLE)


def _spread(whats: list[Choices], dice: random.Random, lost_at: int) -> tuple[tuple[tuple[int, Choices], ...], ...]:
    """Who says which of these, when; some say something else before. What is lost is said again, or was by others."""
    ticks: list[list[tuple[int, Choices]]] = [[] for _ in range(TICKS)]
    for who, what in zip(dice.sample(range(PEOPLE), len(whats)), whats, strict=True):
        tick = dice.randrange(max(0, lost_at + 1), TICKS) if lost_at < TICKS - 1 else TICKS - 1
        ticks[tick].append((who, what))
        if dice.random() < 0.3:
            ticks[dice.randrange(tick + 1)].insert(0, (who, dice.choice(whats)))
    for _ in range(dice.randrange(8) if lost_at > 0 else 0):
        ticks[dice.randrange(lost_at)].append((dice.randrange(PEOPLE), dice.choice(whats or [("3",)])))
    return tuple(tuple(tick) for tick in ticks)


class Twin(World):
    """A world in which a press takes nothing away from anybody's seed."""

    keys: Counter[str]

    async def receive(
        self, what: What, account: object, name: str = "", twice: bool = False, who: Who = Who.PERSON, zone: str = ""
    ) -> Reply:
        presses = isinstance(what, Pressed | Submitted) and what.action.startswith(_PRESSES)
        turn = f"{account} {'answers' if presses else 'does'}"
        self.keys[turn] += 1
        return await self.hand_in(Inbound(f"{turn} {self.keys[turn]}", self.at, what, account, name, who, zone))  # type: ignore[arg-type]


class SeededSeal(Seal):
    """Seals the same body alike: what is random in a seal says nothing, and would hide that all else is the same."""

    def close(self, body: bytes, about: str) -> bytes:
        nonce = hashlib.sha256(about.encode()).digest()[:12]
        return self._first + nonce + self._ciphers[self._first].encrypt(nonce, body, about.encode())


class Lines(logging.Handler):
    """Every line of every log from DEBUG on."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.heard: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.heard.append(_ADDRESS.sub("0x", f"{record.name} {record.levelname} {record.getMessage()}"))


@dataclass
class Life:
    """One network in its folder, on a platform that outlives its process. `server`: the PostgreSQL database that it is
    kept in, if it is none of SQLite's."""

    folder: Path
    space: Space
    said: list[bytes]
    lines: Lines
    keys: Counter[str] = field(default_factory=Counter)
    replies: set[str] = field(default_factory=set)
    seen: list[Seen] = field(default_factory=list)
    server: str = ""

    def look(self, event: str) -> None:
        """What an attacker has now."""
        has = {
            path.name: _digest(path)
            for path in sorted(self.folder.rglob("*"))
            if path.suffix != ".sqlite3-shm" and path.is_file()
        }
        if self.server:
            has["dump"] = dumped(self.server)
        has["transcripts"] = hashlib.sha256(b"\n".join(self.said)).hexdigest()
        has["log"] = hashlib.sha256("\n".join(self.lines.heard).encode()).hexdigest()
        self.seen.append(Seen(event, has))

    @asynccontextmanager
    async def process(self, at: datetime, box: Box) -> AsyncIterator[Twin]:
        """The bot, started on this folder."""
        found = configured(self.folder, pulse={"on": False}, storage={"url": self.server})
        clock = SteppableClock(at, lambda: 0.0)
        self.space.clock = clock
        dice = random.Random(f"jitter {at}")
        secrets = Secrets(SeededSeal(bytes(KEY_BYTES)), bytes(KEY_BYTES))
        manner = Manner(inline=not self.server, synchronous="OFF")
        makings = Makings(SeededIds("bot", at), dice, _at_once, secrets, manner, lambda: 61, box=box)
        parts = await open_parts(found, clock, HOME, frozenset({"local:space:anna"}), makings)
        try:
            world = Twin(parts, self.space, Fine())
            world.keys = self.keys
            yield world
        finally:
            await parts.storage.close()


POLL = Poll(Id(1), Series.ORGANISERS, (Item("week"),), State.OPEN, closes_at=OPENS)


def in_memory(folder: Path) -> Box:
    """The real one, which knows of no folder."""
    return Box()


async def born(folder: Path, server: str = "") -> Path:
    """A database before anybody is in it, from which both worlds begin: its indexes are made in no particular order."""
    found = configured(folder, storage={"url": server})
    await make_ready(found.url, found.data / "copies", OPENS)
    return folder


async def live(folder: Path, plan: Plan, make_box: Callable[[Path], Box] = in_memory, server: str = "") -> list[Seen]:
    """The poll from its opening to the Friday letter with its figures, and what there was to see after each event."""
    with listening() as lines:
        space = Space(SteppableClock(OPENS, lambda: 0.0), SeededIds("space", OPENS))
        said: list[bytes] = []
        space.subscribe(lambda change: said.append(_said(change)))
        life, box = Life(folder, space, said, lines, server=server), make_box(folder)
        restart = max(plan.lost_at, plan.handed_at)
        async with life.process(OPENS, box) as world:
            await _open(life, world)
            await _ticks(life, world, plan, 0, restart if restart >= 0 else TICKS)
            if restart < 0:
                await _end(life, world)
        if restart >= 0:
            box = make_box(folder) if plan.lost_at >= 0 else box
            async with life.process(at_tick(restart) - HOUR, box) as world:
                await _ticks(life, world, plan, restart, TICKS)
                await _end(life, world)
        return life.seen


def at_tick(tick: int) -> datetime:
    return OPENS + timedelta(minutes=10) + tick * EVERY


async def _open(life: Life, world: Twin) -> None:
    anna = head_of(world, world.space.join("Anna Ford", organiser=True, user="anna"), "Anna Ford")
    await heads(world, PEOPLE)
    life.look("everybody is there")
    await anna.use("pulse new", Tree.ORGANISER)
    await anna.fill(**dict(ITEMS))
    await anna.press("Send it now")
    life.look("it is open")


async def _ticks(life: Life, world: Twin, plan: Plan, first: int, last: int) -> None:
    for tick in range(first, last):
        await world.go_to(at_tick(tick))
        life.look(f"time passes, {tick}")
        poll = await opened(world)
        for who, choices in plan.presses[tick]:
            account = world.space.persona(f"head{who:02}").account
            reply = await world.receive(Pressed(f"pulse.open~1~{show(poll.id)}"), account)
            assert reply.ask is not None, "whoever was asked gets the form"
            values = {name: (choice,) for name, choice in zip(FIELDS, choices, strict=False)}
            reply = await world.receive(Submitted(f"pulse.give~1~{show(poll.id)}", values), account)
            assert reply.view is not None
            life.replies.add(repr(reply))
        life.look(f"presses, {tick}")
        if tick % 4 == 1:
            await head_of(world, world.space.persona("head03").account, "Head 3").use("profile")
            life.look(f"somebody does something else, {tick}")


async def _end(life: Life, world: Twin) -> None:
    await world.go_to(OPENS + 2 * 24 * HOUR + HOUR)
    life.look("it is closed")
    anna = head_of(world, world.space.persona("anna").account, "Anna Ford")
    await anna.use("pulse results", Tree.ORGANISER)
    life.said.append(anna.says.encode())
    life.look("organisers read the figures")
    await world.go_to(OPENS + 8 * 24 * HOUR + HOUR)
    life.look("everybody reads the figures")
    assert len(life.replies) <= 1, "one thank-you for every answer"


async def opened(world: World) -> Poll:
    """The poll that is open."""
    found = await world.parts.storage.read(world.at, lambda work: work.use(PULSE).at(State.OPEN))
    return found[0]


def differences(first: Sequence[Seen], second: Sequence[Seen]) -> list[str]:
    """Where somebody who has everything could tell the two apart."""
    assert [one.event for one in first] == [one.event for one in second]
    pairs = zip(first, second, strict=True)
    return [
        f"after '{one.event}': {name}"
        for one, other in pairs
        for name in sorted(one.has.keys() | other.has.keys())
        if one.has.get(name) != other.has.get(name)
    ]


def _digest(path: Path) -> str:
    """Of all that a file says. The salts and sums of SQLite's journal are its own dice, drawn anew each time it begins;
    its pages, and the order in which they were written, are compared."""
    content = path.read_bytes()
    return hashlib.sha256(_pages(content) if path.suffix == ".sqlite3-wal" else content).hexdigest()


def _pages(journal: bytes) -> bytes:
    if len(journal) < 32:
        return journal
    size = struct.unpack(">I", journal[8:12])[0]
    frames = range(32, len(journal), 24 + size)
    return b"".join(journal[at : at + 8] + journal[at + 24 : at + 24 + size] for at in frames)


def _said(change: Change) -> bytes:
    return msgspec.json.encode(change, enc_hook=repr)


async def _at_once(work: Callable[[], object]) -> object:
    return work()


@contextlib.contextmanager
def listening() -> Iterator[Lines]:
    root, lines = logging.getLogger(), Lines()
    before = root.level
    root.addHandler(lines)
    root.setLevel(logging.DEBUG)
    try:
        yield lines
    finally:
        root.removeHandler(lines)
        root.setLevel(before)

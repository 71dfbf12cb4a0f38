"""A round of the real program on a platform of our tests, which is killed again and again and started on what it left.

The platform lives in the test's process and survives. What is true of a letter is told by the platform alone.
"""

import asyncio
import shutil
import signal
import sqlite3
from abc import ABC, abstractmethod
from asyncio.subprocess import Process
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator, Sequence, Set
from contextlib import AbstractAsyncContextManager, asynccontextmanager, closing, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any, Generic, Protocol, TypeVar

from bot.chat.address import Account
from bot.core.work import Unit, Work
from bot.door.wiring import Parts
from bot.members.store import MEMBERS
from storage.house import House
from storage.parcels import account_place, conversations
from storage.work import sql
from tests.bench.work import let_in
from tests.door.program import PATIENCE, Reached, program

QUESTION = "find time to talk"
LONG = 3600
_LETTERS = "SELECT key, state, says, possible_duplicate FROM letters"
_ANSWERS = "SELECT identities.user FROM answers JOIN identities ON identities.member = answers.member"


class Network(Reached, Protocol):
    """One in which the bot can run here, too."""

    parts: Parts

    def running(self) -> AbstractAsyncContextManager[None]:
        """The bot, in this process."""


class Somebody(Protocol):
    """A person of the platform."""

    @property
    def id(self) -> str: ...


Head = TypeVar("Head", bound=Somebody)


@dataclass(frozen=True)
class Kept:
    """A letter as the outbox has it."""

    key: str
    state: str
    says: str
    is_declared: bool
    """Whether it may have been said twice, and the outbox says so."""


@dataclass(frozen=True)
class Said:
    """A message that the platform took: by which mark, where, and in which words."""

    mark: str
    place: str
    text: str


def broken(said: Counter[str], changed: Set[str], letters: Sequence[Kept], mark: Callable[[str], str]) -> Iterator[str]:
    """What was lost, or said twice. `said`: how often each mark was taken; `changed`: those in place of another."""
    declared = {mark(one.key) for one in letters if one.is_declared}
    yield from (f"{one} was said {times} times" for one, times in said.items() if times > 1 and one not in declared)
    sent = {one.key for one in letters if one.state == "sent"}
    for one in letters:
        if one.key in sent and mark(one.key) not in changed | said.keys():
            yield f"{one.key} is called sent, and was lost"
        elif one.key not in sent and not _was_told_alone(one, sent):
            yield f"{one.key} is {one.state} ({one.says})"


def _was_told_alone(one: Kept, sent: set[str]) -> bool:
    """An introduction in doubt is not said again, for nobody may look for it: each of them hears of it alone."""
    kind, _, group = one.key.partition(":")
    alone = sum(key.startswith(f"astray:{group}:") for key in sent)
    return (kind, one.state, one.says) == ("intro", "dead", "unclear") and alone == 2


@dataclass
class Drill(ABC, Generic[Head]):
    """`speed`: of time, beside the machine's own. `most`: letters that a life sees sent before it ends, and one more.
    `manner`: what the program is started with."""

    network: Network
    speed: float
    most: int
    manner: tuple[str, ...] = ()
    dice: Random = field(default_factory=lambda: Random(9))
    heads: list[Head] = field(default_factory=list)
    acked: set[str] = field(default_factory=set)
    """Who was answered after they pressed."""
    begun: int = 0
    """Which sort of death is the first: the one that would follow so many."""
    kills: int = 0
    kind: str = ""
    awaited: int = 0
    """Of what is lived now: letters of this kind, so many in all."""
    house: House = field(init=False)

    # what differs from platform to platform

    @abstractmethod
    def comes(self, name: str) -> Head:
        """Somebody who is there from now on."""

    @abstractmethod
    def account_of(self, head: Head) -> Account:
        """Theirs."""

    @abstractmethod
    def talk_of(self, head: Head) -> str:
        """Where the bot writes to them directly: it has done so before."""

    @abstractmethod
    def is_asked(self, head: Head) -> bool:
        """Whether a question stands there that was not answered."""

    @abstractmethod
    async def presses(self, head: Head) -> bool:
        """They answer it. Says whether they were told that it is kept."""

    @abstractmethod
    def hold_next(self) -> None:
        """Take the next message, and keep the bot waiting for the answer."""

    @abstractmethod
    def let_go(self) -> None:
        """Nothing is held any more."""

    @property
    @abstractmethod
    def posts(self) -> Sequence[Said]:
        """Every message of a letter that the platform took."""

    @property
    @abstractmethod
    def changed(self) -> Set[str]:
        """The marks of those that were said in place of another."""

    @property
    @abstractmethod
    def refused(self) -> int:
        """How many calls were too many."""

    # what does not

    async def settle_in(self, count: int) -> None:
        """So many heads are there whom the bot has written to before; two by two they will meet."""
        network = self.network
        self.heads = [self.comes(f"Head {number}") for number in range(count)]
        async with network.running():
            self.house = network.parts.house
            await network.parts.storage.write(Unit("settle", network.clock.now(), self._settle))

    def _settle(self, work: Work) -> None:
        accounts = [self.account_of(head) for head in self.heads]
        for number, account in enumerate(accounts):
            let_in(work.use(MEMBERS), number, account)
        know_where(accounts, [self.talk_of(head) for head in self.heads], self.house, work)

    async def lived(self, at: datetime, kills: int, kind: str, letters: int) -> None:
        """The round that falls due at `at`, with so many ends in the midst of it, until its letters have ended."""
        self._falls_due(at, kind, letters)
        for _ in range(kills):
            async with self._running() as process:
                await self._die(process)
            self.answers_are_there()
            self.rests()
        async with self._running():
            await self._until(self._is_over, 5 * PATIENCE)

    async def goes_out(self, at: datetime, kind: str, letters: int, patience: float) -> None:
        """The same by a bot that runs already, and lives on; answers are not waited for."""
        self._falls_due(at, kind, letters)
        await self._until(self._is_said, patience)

    def _falls_due(self, at: datetime, kind: str, letters: int) -> None:
        self.kind, self.awaited = kind, letters
        self.network.clock.set(at)

    def rests(self) -> None:
        """What passes between a death and the next life."""

    def answers(self) -> list[str]:
        """Whose answer is kept."""
        return [user for (user,) in self._left_behind(_ANSWERS)]

    def answers_are_there(self) -> None:
        kept = self.answers()
        assert len(kept) == len(set(kept)), "an answer is kept twice"
        assert self.acked <= set(kept), "somebody was answered, and it is not kept"

    def broken(self) -> list[str]:
        return list(broken(self.said, self.changed, self.letters(), self.mark))

    @property
    def said(self) -> Counter[str]:
        """How often each mark was said."""
        return Counter(one.mark for one in self.posts)

    def letters(self) -> list[Kept]:
        return [Kept(key, state, says, bool(twice)) for key, state, says, twice in self._left_behind(_LETTERS)]

    def figures(self) -> str:
        """What was lived, in a line."""
        letters = self.letters()
        kinds = Counter(one.key.partition(":")[0] for one in letters)
        doubled = {self.mark(one.key) for one in letters if one.is_declared} & {
            mark for mark, times in self.said.items() if times > 1
        }
        return (
            f"{self.kills} deaths; {len(letters)} letters, of them {kinds['intro']} introductions, "
            f"{kinds['checkin']} questions; "
            f"{kinds['astray'] // 2} told to each alone; {len(self.acked)} answers acknowledged, "
            f"{len(self.answers())} kept; declared as possible duplicates {sum(one.is_declared for one in letters)}, "
            f"said twice {len(doubled)}; refused by the platform's limits {self.refused}"
        )

    def mark(self, key: str) -> str:
        return self.house.name(f"letter:{key}")

    @asynccontextmanager
    async def _running(self) -> AsyncIterator[Process]:
        """The program, and people who answer whatever they are asked."""
        async with program(self.network, self.speed, *self.manner) as process:
            pressing = asyncio.create_task(self._press())
            yield process
            pressing.cancel()
            with suppress(asyncio.CancelledError):
                await pressing

    async def _die(self, process: Process) -> None:
        """After a few letters of this life; every second time when one was taken and its answer is awaited."""
        before = len(self.posts)
        await self._said(before + self.dice.randint(1, self.most))
        if (self.begun + self.kills) % 2 == 0:
            self.hold_next()
            await self._said(len(self.posts) + 1)
        process.send_signal(signal.SIGKILL)
        assert await process.wait() == -signal.SIGKILL
        self.let_go()
        self.kills += 1

    async def _said(self, enough: int) -> None:
        """So many are said in all, or there is no more to say."""
        await self._until(lambda: len(self.posts) >= enough or self._is_said(), PATIENCE)

    async def _until(self, holds: Callable[[], object], patience: float) -> None:
        """Wait for that; where it never comes, say what the letters wait for."""
        try:
            await self.network.until(holds, patience=patience)
        except TimeoutError:
            waiting = self._read("SELECT state, count(*), min(next_at) FROM letters WHERE ended_at IS NULL GROUP BY 1")
            states = [f"{count} {state} until {_clock(next_at)}" for state, count, next_at in waiting]
            now = f"{self.network.clock.now():%a %H:%M}"
            raise AssertionError(f"after {self.kills} deaths, at {now}, nothing goes on: {states}") from None

    async def _press(self) -> None:
        """One after another answers; who is not heard presses again, in this life or the next."""
        while True:
            for head in self._asked():
                if await self.presses(head):
                    self.acked.add(head.id)
            await self.network.until(self._asked, patience=LONG)

    def _asked(self) -> list[Head]:
        return [head for head in self.heads if head.id not in self.acked and self.is_asked(head)]

    def _is_over(self) -> bool:
        return self._is_said() and not self._asked()

    def _is_said(self) -> bool:
        ours = self._read("SELECT key FROM letters WHERE key LIKE ?", f"{self.kind}%")
        waiting = self._read("SELECT key FROM letters WHERE ended_at IS NULL")
        return len(ours) == self.awaited and not waiting

    def _read(self, query: str, *given: str) -> list[Any]:
        """Beside the bot that runs."""
        with closing(sqlite3.connect(self._file())) as file:
            return file.execute(query, given).fetchall()

    def _left_behind(self, query: str) -> list[Any]:
        """From a copy: what the dead left is to be found by the next life as it was left."""
        file = self._file()
        copies = self.network.folder / "copies"
        copies.mkdir(exist_ok=True)
        for path in file.parent.glob(f"{file.name}*"):
            shutil.copy(path, copies / path.name)
        with closing(sqlite3.connect(copies / file.name)) as copy:
            return copy.execute(query).fetchall()

    def _file(self) -> Path:
        (file,) = (self.network.folder / "data").glob("*.sqlite3")
        return file


def _clock(microseconds: int) -> str:
    return f"{datetime.fromtimestamp(microseconds / 1e6, UTC):%a %H:%M}"


def know_where(accounts: Sequence[Account], talks: Sequence[str], house: House, work: Work) -> None:
    """The bot has written to all of them before: first conversations are opened slowly, on every platform."""
    for account, talk in zip(accounts, talks, strict=True):
        sql(work).keep(conversations, {"place": account_place(house, account), "conversation": talk})

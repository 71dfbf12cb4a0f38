"""A round of the real program on the Slack of our tests, which is killed again and again and started on what it left.

The Slack lives in the test's process and survives. What is true of a letter is told by Slack's own list of calls.
"""

import asyncio
import json
import shutil
import signal
import sqlite3
from asyncio.subprocess import Process
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator, Sequence, Set
from contextlib import asynccontextmanager, closing, suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from random import Random
from typing import Any

from bot.chat.address import Account
from bot.core.work import Unit, Work
from bot.members.store import MEMBERS
from storage.house import House
from storage.parcels import account_place, conversations
from storage.work import sql
from tests.bench.work import let_in
from tests.door.slack_network import TALK, Network, asked
from tests.door.slack_program import PATIENCE, program
from tests.slack.faults import Wrong
from tests.slack.model import Json
from tests.slack.person import Person

POST = "chat.postMessage"
QUESTION = "find time to talk"
LONG = 3600
_LETTERS = "SELECT key, state, says, possible_duplicate FROM letters"
_ANSWERS = "SELECT identities.user FROM answers JOIN identities ON identities.member = answers.member"


@dataclass(frozen=True)
class Kept:
    """A letter as the outbox has it."""

    key: str
    state: str
    says: str
    is_declared: bool
    """Whether it may have been said twice, and the outbox says so."""


def broken(said: Counter[str], changed: Set[str], letters: Sequence[Kept], mark: Callable[[str], str]) -> Iterator[str]:
    """What was lost, or said twice. `said`: how often Slack took each mark; `changed`: those in place of another."""
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
class Drill:
    """`speed`: of time, beside the machine's own. `most`: letters that a life sees sent before it ends, and one more.
    `manner`: what the program is started with."""

    network: Network
    speed: float
    most: int
    manner: tuple[str, ...] = ()
    dice: Random = field(default_factory=lambda: Random(9))
    heads: list[Person] = field(default_factory=list)
    acked: set[str] = field(default_factory=set)
    """Who was answered after they pressed."""
    kills: int = 0
    house: House = field(init=False)

    async def settle_in(self, count: int) -> None:
        """So many heads are there whom the bot has written to before; two by two they will meet."""
        network = self.network
        self.heads = [network.slack.person(f"Head {number}") for number in range(count)]
        async with network.running():
            self.house = network.parts.house
            await network.parts.storage.write(Unit("settle", network.clock.now(), self._settle))

    def _settle(self, work: Work) -> None:
        for number, account in enumerate(accounts_of(self.heads)):
            let_in(work.use(MEMBERS), number, account)
        know_where(self.heads, self.house, work)

    async def lived(self, at: datetime, kills: int, kind: str, letters: int) -> None:
        """The round that falls due at `at`, with so many ends in the midst of it, until its letters have ended."""
        self.network.clock.set(at)
        for _ in range(kills):
            async with self._running() as process:
                await self._die(process)
            self.answers_are_there()
        async with self._running():
            await self.network.slack.until(lambda: self._is_over(kind, letters), patience=5 * PATIENCE)

    def answers(self) -> list[str]:
        """Whose answer is kept."""
        return [user for (user,) in self._left_behind(_ANSWERS)]

    def answers_are_there(self) -> None:
        kept = self.answers()
        assert len(kept) == len(set(kept)), "an answer is kept twice"
        assert self.acked <= set(kept), "somebody was answered, and it is not kept"

    def broken(self) -> list[str]:
        changed = {_mark_of(given) for given in self._taken("chat.update") if "metadata" in given}
        return list(broken(self.said, changed, self.letters(), self.mark))

    @property
    def posts(self) -> list[Json]:
        """The arguments of every message that Slack took."""
        return self._taken(POST)

    @property
    def said(self) -> Counter[str]:
        """How often each mark was said."""
        return Counter(_mark_of(given) for given in self.posts)

    def _taken(self, method: str) -> list[Json]:
        return [given for name, given, answer in self.network.slack.api.calls if name == method and answer["ok"]]

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
            f"said twice {len(doubled)}; refused by Slack's limits {self.network.slack.throttle.refused.total()}"
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
        """After a few letters of this life; every second time when Slack has taken one and its answer is awaited."""
        slack, before = self.network.slack, len(self.posts)
        enough = before + self.dice.randint(1, self.most)
        await slack.until(lambda: len(self.posts) >= enough, patience=PATIENCE)
        if self.kills % 2 == 0:
            slack.faults.plant(POST, Wrong.SLOW, seconds=LONG)
            enough = len(self.posts) + 1
            await slack.until(lambda: len(self.posts) >= enough, patience=PATIENCE)
        process.send_signal(signal.SIGKILL)
        assert await process.wait() == -signal.SIGKILL
        slack.faults.planted.clear()
        self.kills += 1

    async def _press(self) -> None:
        """One after another answers; who is not heard presses again, in this life or the next."""
        while True:
            for head in self._asked():
                sent = await head.press(TALK)
                if sent.acked:
                    self.acked.add(head.id)
            await self.network.slack.time.until(self._asked, patience=LONG)

    def _asked(self) -> list[Person]:
        return [head for head in self.heads if head.id not in self.acked and asked(head)]

    def _is_over(self, kind: str, letters: int) -> bool:
        ours = self._read("SELECT key FROM letters WHERE key LIKE ?", f"{kind}%")
        waiting = self._read("SELECT key FROM letters WHERE ended_at IS NULL")
        return len(ours) == letters and not waiting and not self._asked()

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


def accounts_of(heads: Sequence[Person]) -> list[Account]:
    return [Account("slack", head.slack.team.id, head.id) for head in heads]


def know_where(heads: Sequence[Person], house: House, work: Work) -> None:
    """The bot has written to all of them before: a first conversation is opened no quicker than one in a second."""
    for head, account in zip(heads, accounts_of(heads), strict=True):
        talk = head.slack.workspace.im(head.id).id
        sql(work).keep(conversations, {"place": account_place(house, account), "conversation": talk})


def _mark_of(given: Json) -> str:
    metadata = given["metadata"]
    return str((json.loads(metadata) if isinstance(metadata, str) else metadata)["event_payload"]["mark"])

"""A round of the real program on the Slack of our tests, which is killed again and again and started on what it left.

The Slack lives in the test's process and survives. What is true of a letter is told by Slack's own list of calls.
"""

import asyncio
import json
import os
import shutil
import signal
import sqlite3
import sys
from asyncio.subprocess import DEVNULL, Process
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator, Sequence, Set
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from random import Random
from time import monotonic
from typing import Any

from bot.chat.address import Account
from bot.core.work import Unit, Work
from bot.members.store import MEMBERS
from storage.house import House
from storage.parcels import account_place, conversations
from storage.work import sql
from tests.bench.work import let_in
from tests.door.led import Led
from tests.door.slack_network import TALK, Network, asked
from tests.house.reading import ROOT
from tests.slack.faults import Wrong
from tests.slack.model import Json
from tests.slack.person import Person

POST = "chat.postMessage"
QUESTION = "find time to talk"
LONG = 3600
PATIENCE = 120
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
        slack = self.network.slack
        for number, head in enumerate(self.heads):
            account = Account("slack", slack.team.id, head.id)
            let_in(work.use(MEMBERS), number, account)
            talk = slack.workspace.im(head.id).id
            sql(work).keep(conversations, {"place": account_place(self.house, account), "conversation": talk})

    async def lived(self, at: datetime, kills: int, kind: str, letters: int) -> None:
        """The round that falls due at `at`, with so many ends in the midst of it, until its letters have ended."""
        self.network.clock.set(at)
        for _ in range(kills):
            async with self._running() as process:
                await self._die(process)
            self.answers_are_there()
        async with self._running():
            await self.network.slack.until(lambda: self._is_over(kind, letters), patience=5 * PATIENCE)

    def answers_are_there(self) -> None:
        kept = self._left_behind(_ANSWERS)
        assert len(kept) == len(set(kept)), "an answer is kept twice"
        assert self.acked <= {user for (user,) in kept}, "somebody was answered, and it is not kept"

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

    def mark(self, key: str) -> str:
        return self.house.name(f"letter:{key}")

    @asynccontextmanager
    async def _running(self) -> AsyncIterator[Process]:
        """The program, listening, and people who answer whatever they are asked; told to stop unless it is dead."""
        process = await self._started()
        try:
            await self.network.slack.until(lambda: self._listens(process), patience=PATIENCE)
            pressing = asyncio.create_task(self._press())
            yield process
            pressing.cancel()
            await asyncio.gather(pressing, return_exceptions=True)
        finally:
            if process.returncode is None:
                process.send_signal(signal.SIGTERM)
                await asyncio.wait_for(process.wait(), PATIENCE)
        await self.network.slack.until(lambda: not self.network.slack.sockets.open)

    async def _started(self) -> Process:
        led = Led(self.network.clock.now(), monotonic(), self.speed)
        command = [sys.executable, "-m", "tests.door.led", *led.words, *self.manner]
        folder = self.network.folder
        environment = os.environ | {"PYTHONPATH": str(ROOT)} | _compiled(folder.parent / "compiled")
        with (folder / "log").open("ab") as log:
            return await asyncio.create_subprocess_exec(
                *command, cwd=folder, env=environment, stdout=DEVNULL, stderr=log
            )

    def _listens(self, process: Process) -> bool:
        assert process.returncode is None, (self.network.folder / "log").read_text()
        return len(self.network.slack.sockets.open) == 2

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
        return len(ours) == letters and not waiting

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


def _compiled(folder: Path) -> dict[str, str]:
    """Where Python may keep what it has compiled, though it was told to keep nothing: a start takes a third as long."""
    return {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": str(folder)} if sys.dont_write_bytecode else {}


def _mark_of(given: Json) -> str:
    metadata = given["metadata"]
    return str((json.loads(metadata) if isinstance(metadata, str) else metadata)["event_payload"]["mark"])

"""A community space with a scripted bot behind its door: every reply is written here, and what came in is kept."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

from adapters.local.platform import LocalPlatform
from adapters.local.timebar import Coming, Happened
from adapters.space.journal import Journal
from adapters.space.post import accept
from adapters.space.space import Space
from bot.chat.command import Command, Tree
from bot.chat.ids import Id
from bot.chat.inbound import Completes, Inbound, Opened, Pressed, Submitted, Typed, Used
from bot.chat.outbound import NOTHING, Parcel, Reply, ToCircle
from bot.chat.text import plain
from bot.chat.view import Paragraph, View

START = datetime(2026, 11, 11, 16, tzinfo=UTC)
SECRET = "not-a-secret-but-long-enough"
COMMANDS = (
    Command(Tree.MEMBER, "", "a menu of everything"),
    Command(Tree.MEMBER, "start", "come in, or change your mind"),
    Command(Tree.MEMBER, "partner", "who you were introduced to"),
    Command(Tree.MEMBER, "pause", "a rest, as long as you like", "this week / until a date", completes=True),
    Command(Tree.ORGANISER, "intro preview", "see Monday's introductions"),
    Command(Tree.ORGANISER, "members waiting", "who waits at the door"),
    Command(Tree.HELP_NOW, "", "somebody to talk to, now"),
)


class Counted:
    """Identifiers one after another."""

    def __init__(self, first: int = 1) -> None:
        self._numbers = count(first)

    def new(self) -> Id:
        return Id(next(self._numbers))


class Standing:
    """A clock that only moves when told."""

    def __init__(self, at: datetime = START) -> None:
        self.at = at

    def now(self) -> datetime:
        return self.at

    async def sleep_until(self, instant: datetime) -> None:
        self.at = max(self.at, instant)


Answer = Reply | Callable[[Inbound], Reply]


@dataclass
class Script:
    """The bot: answers by what is done. Keys are "tree words" ("… " before them while they are
    typed), an action's wire form, "typed", or "opened"."""

    answers: dict[str, Answer] = field(default_factory=dict)
    heard: list[Inbound] = field(default_factory=list)
    gate: asyncio.Event | None = None
    """While there is one and it is not set, the bot thinks."""

    async def __call__(self, inbound: Inbound) -> Reply:
        self.heard.append(inbound)
        if self.gate:
            await self.gate.wait()
        answer = self.answers.get(_key(inbound), NOTHING)
        return answer if isinstance(answer, Reply) else answer(inbound)


def _key(inbound: Inbound) -> str:
    match inbound.what:
        case Used(tree, words):
            return f"{tree.value} {words}".strip()
        case Completes(tree, words):
            return f"… {tree.value} {words}"
        case Pressed(action) | Submitted(action):
            return action
        case Typed():
            return "typed"
        case Opened():
            return "opened"
    return ""


class Steps:
    """A time bar over a standing clock: each of `due` happens when its time is passed."""

    def __init__(self, clock: Standing, due: Sequence[tuple[datetime, str, Callable[[], Happened]]] = ()) -> None:
        self._clock, self.due = clock, list(due)

    def now(self) -> datetime:
        return self._clock.now()

    def next_due(self) -> Coming | None:
        return Coming(self.due[0][0], self.due[0][1]) if self.due else None

    async def jump(self, until: datetime, tell: Callable[[datetime], None]) -> Sequence[Happened]:
        happened = []
        while self.due and self.due[0][0] <= until:
            at, _, happen = self.due.pop(0)
            self._clock.at = at
            tell(at)
            await asyncio.sleep(0)
            happened.append(happen())
        self._clock.at = max(until, self._clock.at)
        return happened


class Stage:
    """Everything of one space that a test wants to touch."""

    def __init__(self, journal: Path | None = None, first: int = 1) -> None:
        self.clock, self.script = Standing(), Script()
        self.bar = Steps(self.clock)
        self.journal = Journal(journal) if journal else None
        self.space = Space(self.clock, Counted(first), self.journal)

    @asynccontextmanager
    async def open(self, port: int = 0, secret: str = SECRET) -> AsyncIterator[LocalPlatform]:
        """The space, served until the block ends."""
        local = LocalPlatform(self.space, COMMANDS, self.bar, secret, port)
        self.running = running = asyncio.create_task(local.run(self.script))
        try:
            yield local
        finally:
            await local.close()
            await running
            if self.journal:
                self.journal.close()

    def introduce(self, one: str, other: str, view: View) -> Happened:
        """A circle of two, with a message in it, as the courier would deliver it."""
        people = [self.space.persona(user).account for user in (one, other)]
        accounts = dict(enumerate(people, 1))
        to = ToCircle(self.space.workspace, f"{one}{other}", tuple(people))
        local = Parcel(f"mark-{one}-{other}", "local", to, view, accounts)
        accept(self.space, local)
        said = self.space.marked(local.mark)
        assert said is not None
        return Happened(f"HeadsUp introduced {one} and {other}", said.conversation, said.id)


def words(text: str) -> View:
    return View((Paragraph(plain(text)),))


def later(**passed: float) -> datetime:
    return START + timedelta(**passed)

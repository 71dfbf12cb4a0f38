"""People in every state in which somebody can type something: what they type carries a mark, to be found anywhere."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from adapters.space.hands import Hands
from adapters.space.model import Kind
from bot.chat.command import Tree
from bot.chat.form import Form, LongText, ManyOf, OneOf, Search, ShortText
from bot.chat.inbound import Pressed, Submitted, Used
from bot.core.flood import Flood
from tests.world.canaries import files
from tests.world.overheard import Glimpse, Overheard
from tests.world.world import Head, World, members, organiser, stranger, waiting

MONDAY = datetime(2026, 11, 16, 12, tzinfo=UTC)
THURSDAY = datetime(2026, 11, 19, 18, tzinfo=UTC)
LATER = datetime(2026, 12, 9, 18, tzinfo=UTC)
MOMENTS = (MONDAY, THURSDAY, LATER)
"""Forms open; a check-in due; forms that are weeks old."""
STATES = ("Dora Due", "Petra Partner", "Pau Paused", "Stan Stopped", "Lena Left", "Dan Data", "Wendy Waiting",
          "Jo Joining", "Nobody Here", "Anna Ford")  # fmt: skip
NAMED = {"name", "school"}
"""Fields that are there to be shown: on the card, and to the organisers who let somebody in."""
NEVER_SENT = (
    "members.erase", "members.stop", "members.suspend", "members.vouch", "members.consent", "members.greet", "run",
)  # fmt: skip


@dataclass
class Typing:
    """The people, everything they were shown, and who may read what was typed."""

    world: World
    overheard: Overheard
    heads: dict[str, Head] = field(default_factory=dict)
    allowed: dict[str, set[str]] = field(default_factory=dict)
    """By mark: who else may read it. A mark that is not kept must be in no file."""
    unkept: set[str] = field(default_factory=set)
    writers: dict[str, str] = field(default_factory=dict)

    async def begin(self) -> None:
        world, anna = self.world, await organiser(self.world)
        world.parts.bot._flood = Flood(presses=10**9)
        six = await members(world, *STATES[:6])
        self.heads = {head.name: head for head in (*six, anna)}
        self.heads["Wendy Waiting"] = await waiting(world, "Wendy Waiting")
        for name in ("Jo Joining", "Nobody Here"):
            self.heads[name] = await stranger(world, name)
        await self.heads["Jo Joining"].say_who()
        await self.heads["Pau Paused"].use("pause")
        await self.heads["Pau Paused"].press("Until I say")
        await self.heads["Stan Stopped"].use("leave")
        await self.heads["Stan Stopped"].press("Stop, and keep my profile")
        await self.open_forms()
        await self.heads["Lena Left"].go()
        await world.go_to(MONDAY)

    async def open_forms(self) -> None:
        """Everybody opens all they can, and leaves it half written; Anna a greeting, among others."""
        for head in self.heads.values():
            for words in ("start", "profile", "settings", "pause", "block", "data", "partner", "checkin"):
                await head.use(words)
        await self.heads["Anna Ford"].use("members waiting", Tree.ORGANISER)
        directory = self.world.parts.bot.directory
        for glimpse in list(self.overheard.glimpses):
            for packed in glimpse.actions:
                on = directory.on(directory.actions.read(packed))
                if on is not None and on.reads and len(glimpse.readers) == 1:
                    head = next(one for one in self.heads.values() if one.account.user in glimpse.readers)
                    await self.world.receive(Pressed(packed, ("trust",)), head.account, head.name)

    def forms(self, head: Head) -> list[Form | Search]:
        """Every form they were ever shown, but those that end something."""
        shown = [one.shows for one in self.overheard.glimpses if one.readers == {head.account.user}]
        forms = [one for one in shown if isinstance(one, Form | Search)]
        return [one for one in forms if not one.action.startswith(NEVER_SENT)]

    def mark(self, head: Head, may_read: set[str], kept: bool) -> str:
        mark = f"zqm{len(self.allowed)}x"
        self.allowed[mark], self.writers[mark] = may_read, head.account.user
        if not kept:
            self.unkept.add(mark)
        return mark

    async def type(self, name: str, route: str, text: str, number: int) -> None:
        """Send a text by one of the ways in which a text can be sent."""
        await _ROUTES[route](self, self.heads[name], text, number)

    def strayed(self) -> list[str]:
        """What somebody read, or a file holds, that was typed and not meant for them."""
        shown = [
            f"{sorted(glimpse.readers)} read what {self.writers[mark]} typed: {glimpse.words[:200]!r}"
            for glimpse in self.overheard.glimpses
            for mark in marks_in(glimpse.all_of_it)
            if not glimpse.readers <= {self.writers[mark], *self.allowed[mark]}
        ]
        kept = [
            f"{path.name} holds what {self.writers[mark]} typed"
            for path in files(self.world.file.parent)
            for mark in marks_in(path.read_bytes().decode("latin-1"))
            if mark in self.unkept
        ]
        return shown + kept

    def forged(self) -> list[str]:
        """Lines of which nobody can tell that the bot did not write them."""
        return [
            line
            for glimpse in self.overheard.glimpses
            if isinstance(glimpse, Glimpse) and "writes:" in glimpse.words
            for line in glimpse.words.splitlines()
            if marks_in(line) and not line.startswith("> ") and not line.endswith(" writes:")
        ]

    def organisers(self) -> set[str]:
        return {one.user for one in self.world.space.accounts() if one.organiser}


def marks_in(text: str) -> set[str]:
    """The marks that stand in a text."""
    return {f"zqm{rest.partition('x')[0]}x" for rest in text.casefold().split("zqm")[1:] if rest[:1].isdigit()}


async def say(typing: Typing, head: Head, text: str, number: int) -> None:
    """Into the direct messages with the bot, or among people: the bot never learns what."""
    if not typing.world.space.persona(head.account.user).present:
        return
    places = [one for one in typing.world.space.conversations(head.account.user) if one.kind is not Kind.CHANNEL]
    place = places[number % len(places)]
    words = f"{text} {typing.mark(head, set(place.people), kept=False)}"
    await Hands(typing.world.space, typing.world.parts.bot.receive).say(head.account, place.id, words)


async def command(typing: Typing, head: Head, text: str, number: int) -> None:
    """Behind a slash, alone or behind a word."""
    words = sorted({one.word for one in typing.world.parts.commands if one.tree is Tree.MEMBER and one.word != "block"})
    line = f"{words[number % len(words)] if number % 3 else ''} {typing.mark(head, set(), kept=False)} {text}"
    tree = Tree.ORGANISER if number % 7 == 0 else Tree.MEMBER
    await typing.world.receive(Used(tree, line), head.account, head.name)


async def choice(typing: Typing, head: Head, text: str, number: int) -> None:
    """In place of an option."""
    actions = [action for one in typing.overheard.glimpses if one.readers == {head.account.user}
               for action in one.actions if not action.startswith((*NEVER_SENT, "members.pause"))]  # fmt: skip
    if actions:
        what = Pressed(actions[number % len(actions)], (f"{text} {typing.mark(head, set(), kept=False)}",))
        await typing.world.receive(what, head.account, head.name)


async def form(typing: Typing, head: Head, text: str, number: int) -> None:
    """In every field of a form, open or weeks old."""
    forms = typing.forms(head)
    if forms:
        asked = forms[number % len(forms)]
        values = {"q": (f"{text} {typing.mark(head, set(), kept=False)}",)} if isinstance(asked, Search) else {
            one.name: _filled(typing, head, one, text) for one in asked.fields
        }  # fmt: skip
        await typing.world.receive(Submitted(asked.action, values), head.account, head.name)


def _filled(typing: Typing, head: Head, one: Any, text: str) -> tuple[str, ...]:
    match one:
        case OneOf(options=options):
            return (options[0].value,)
        case ManyOf(options=options):
            return tuple(option.value for option in options[:2])
        case ShortText() | LongText() if one.name in NAMED:
            everybody = {other.account.user for other in typing.heads.values()}
            return (f"{typing.mark(head, everybody, kept=True)} {text}"[:55],)
        case _:
            return (f"{typing.mark(head, set(), kept=True)} {text}"[:250],)


async def greet(typing: Typing, head: Head, text: str, number: int) -> None:
    """A word of welcome, by the form that Anna left half written: it names who reads it."""
    anna, wendy = typing.heads["Anna Ford"], typing.heads["Wendy Waiting"]
    found = [one for one in typing.overheard.glimpses if isinstance(one.shows, Form)
             and one.shows.action.startswith("members.greet~")]  # fmt: skip
    for glimpse in found[:1]:
        mark = typing.mark(head, {wendy.account.user} if head is anna else set(), kept=True)
        values = {one.name: (f"{mark} {text}\n{text} {mark}"[:290],) for one in glimpse.shows.fields}  # type: ignore[union-attr]
        await typing.world.receive(Submitted(glimpse.actions[0], values), head.account, head.name)


_ROUTES: dict[str, Callable[[Typing, Head, str, int], Awaitable[None]]] = {
    "say": say, "command": command, "choice": choice, "form": form, "greet": greet,
}  # fmt: skip
ROUTES = tuple(_ROUTES)

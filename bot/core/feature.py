"""The door plate of a room: one value that registers everything the room does."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any, ClassVar, Generic, Protocol, TypeAlias, TypeVar

import msgspec

from bot.chat.action import Action
from bot.chat.address import Account
from bot.chat.command import Tree
from bot.chat.form import Form, Search
from bot.chat.ids import Id
from bot.chat.inbound import Due, Rang, Who
from bot.chat.outbound import Reply
from bot.chat.text import Text
from bot.chat.view import Block, Button, Option, Paragraph, View
from bot.core.calendar import Rule
from bot.core.going import Progressing
from bot.core.parts import Tools, whole
from bot.core.terms import Nation
from bot.core.work import Fact, Look, Work

A = TypeVar("A", bound=Action)
F = TypeVar("F", bound=Fact)
T = TypeVar("T")
Seen = TypeVar("Seen")
Thought = TypeVar("Thought")


class Right(StrEnum):
    """What somebody may do here. It belongs to an account, and is never taken from a platform's own flags."""

    ANYONE = "anyone"
    MEMBER = "member"
    LISTENER = "listener"
    ORGANISER = "organiser"


class Denied(Exception):
    """The account lacks a right."""

    def __init__(self, needs: Right) -> None:
        super().__init__(needs)
        self.needs = needs


class Call(msgspec.Struct, frozen=True):
    """Who asks, and with which words.

    `account` is whom the platform authenticated (None when time itself came in), `member` whose account it is, if
    anybody's. `sort` is what the platform says the account is, `zone` which time zone it keeps there, if it says so:
    not to be trusted, and not to be kept unasked. `nation`: where they are a head, if that happens to be in memory.
    `words` stand behind a command; `values` are the options chosen or a form's fields, by name ("" for a bare choice).
    `due` is the hour that struck, `rang` the timer that did. `action` is what was pressed, for what is answered without
    a trace or slowly; None where it cannot be read.
    """

    at: datetime
    account: Account | None = None
    member: Id | None = None
    rights: frozenset[Right] = frozenset({Right.ANYONE})
    name: str = ""
    sort: Who = Who.PERSON
    zone: str = ""
    nation: Nation | None = None
    words: str = ""
    values: Mapping[str, tuple[str, ...]] = {}
    due: Due | None = None
    rang: Rang | None = None
    action: Action | None = None

    def value(self, name: str = "") -> str:
        """The first value under that name, "" where there is none."""
        return next(iter(self.values.get(name, ())), "")

    @property
    def me(self) -> Id:
        """The member who asks. Only for handlers that need Right.MEMBER, where the core has made sure."""
        if self.member is None:
            raise LookupError("this call has no member")
        return self.member

    @property
    def who(self) -> Account:
        """The account that asks. Only where a person asks."""
        if self.account is None:
            raise LookupError("this call has no account")
        return self.account


@dataclass(frozen=True)
class Slow(Generic[Seen, Thought]):
    """Work too slow for a transaction: look (reading only), think (pure, off the loop), keep (short, checks first).

    `keep` raises Moved when what was seen no longer holds; then all is done again. What is too much for one short
    transaction comes in `parts`, kept one after another, presses in between; only with the last is the work done, and
    after a crash in the middle it is done again: a part must know what has been kept already.
    """

    look: Callable[[Work, Call], Seen]
    think: Callable[[Seen, Tools], Thought]
    keep: Callable[[Work, Call, Thought], Reply]
    parts: Callable[[Thought], Sequence[Thought]] = whole


class Run(Action, frozen=True):
    """A press that means a command, for menus: thumbs do not type."""

    wire: ClassVar[str] = "run"
    tree: Tree
    word: str


Handler: TypeAlias = Callable[[Work, Call], Reply]
Doing: TypeAlias = Handler | Slow[Any, Any]


@dataclass(frozen=True)
class Answers:
    """A command of one of the trees and who answers it. `needs` is checked before `do` and `offers` are called.

    What may be typed behind the word, `takes-{word}` of the room's words says. `offers` is what that may be, the
    likeliest first: it only reads, and may look at what has been typed so far (`call.words`). Whatever does not go with
    that is left out afterwards, as is all beyond 25. `shown` False: understood, but neither completed nor listed (near
    words, later rooms).
    """

    tree: Tree
    word: str
    do: Doing
    needs: Right = Right.MEMBER
    offers: Callable[[Work, Call], Iterable[Option]] | None = None
    also: tuple[str, ...] = ()
    shown: bool = True


@dataclass(frozen=True)
class On(Generic[A]):
    """An action and who answers it. `looks` names what the handler will ask for, so that many are fetched at once.

    `reads`: it only opens or shows something. It is answered beside the writer, writes nothing, and so leaves no trace
    of who pressed it, neither as a press of that week nor as a sign that somebody is here.
    """

    action: type[A]
    do: Callable[[Work, Call, A], Reply] | Slow[Any, Any]
    """What is slow finds the action in its call."""
    needs: Right = Right.MEMBER
    looks: Callable[[A], tuple[Look, ...]] | None = None
    reads: bool = False


@dataclass(frozen=True)
class Traceless(Generic[A]):
    """Something answered without a unit of work, before anything is counted, marked or logged.

    Give `action` or `tree` and `word`, which a press on a menu's button means too. Whose account it is that calls,
    nobody has looked up: whoever needs to know has it in memory.
    """

    do: Callable[[Call], Reply]
    action: type[A] | None = None
    tree: Tree | None = None
    word: str = ""


@dataclass(frozen=True)
class Timed:
    """A rule of time and what is done when its hour strikes; `day` is the occurrence's local date."""

    rule: Rule
    do: Callable[[Work, Due], None] | Slow[Any, Any]


@dataclass(frozen=True)
class Rings:
    """A timer's name (`bot.core.timers`) and what is done when one rings. It is taken away in the same commit, before
    `do` is called, which may set it anew."""

    name: str
    do: Callable[[Work, Rang], None] | Slow[Any, Any]


@dataclass(frozen=True)
class Hears(Generic[F]):
    """A fact that this room acts on."""

    fact: type[F]
    do: Callable[[Work, F], None]


@dataclass(frozen=True)
class Sample:
    """One thing the room can show, filled with made-up people, for `headsup preview`."""

    name: str
    shows: View | Form | Search
    errors: Mapping[str, str] = field(default_factory=dict)
    """By field: what a form says of what was sent."""


def refusal(name: str, text: Text) -> Sample:
    """One sentence, as whoever is refused something reads it."""
    return Sample(name, View((Paragraph(text),)))


@dataclass(frozen=True)
class Finding:
    """Something `headsup check` found. `level` is "error" or "warning"; `mend` is the command that mends it."""

    level: str
    where: str
    says: str
    mend: str


@dataclass(frozen=True)
class Broken:
    """A promise that did not hold: which, whose (an identifier, never a name), and what was seen."""

    rule: str
    who: str
    detail: str


Promise: TypeAlias = Callable[[Work], Iterable[Broken]]
"""Something a room promises of what it keeps, looked at again and again in a rehearsal. It only reads."""


Part: TypeAlias = Callable[[Id], tuple[Block, ...]]
"""What a room puts into the Friday letter of each member; nothing for most of them. Pure: it may run in a thread."""


@dataclass(frozen=True)
class Friday:
    """A room's part of the Friday letter, made before the week that begins on that Monday: look (reading only), then
    the words for each. `place` sorts the parts, the lowest first. `alone` False: worth no letter of its own."""

    place: int
    look: Callable[[Work, date], Part]
    alone: bool = True


class Visitor(StrEnum):
    """The made-up people whose home pages `headsup preview` shows."""

    NEW = "somebody new"
    GUEST = "a guest"
    WAITING = "somebody who waits for a vouch"
    MEETS = "a member with a partner"
    ALONE = "a member without one"
    AWAY = "a member away"
    ORGANISER = "an organiser"


Page: TypeAlias = tuple[Block, ...]
"""What a room says on a home page; nothing where it has nothing to say."""


@dataclass(frozen=True)
class Home:
    """A room's part of the home page of whoever opens it; `look` only reads. `place` sorts the parts, the lowest first.

    Who lacks the right in `needs` sees nothing of it: `look` is not even asked. `samples` is what the made-up people
    see; `fallback` stands there for everybody when nothing can be read. All parts share one view, and so its five rows
    of controls (docs/decisions/0024).
    """

    place: int
    look: Callable[[Work, Call], Page]
    samples: Callable[[], Mapping[Visitor, Page]]
    needs: Right = Right.MEMBER
    fallback: Page = ()


@dataclass(frozen=True)
class Offered:
    """Something another room has, to choose from: an event, by its title."""

    id: Id
    label: str


@dataclass(frozen=True)
class Crowd:
    """People whom a room knows as a group, such as those who said yes to an event, for whoever writes to many.

    `name` begins the written form ("events.yes") and names no member; `label` says what it is, for a form. `offers` are
    those that this caller may write to, at most 25: it is asked again when they do. `members` are the people.
    """

    name: str
    label: Callable[[], str]
    offers: Callable[[Work, Call], Sequence[Offered]]
    members: Callable[[Work, Id], frozenset[Id]]


@dataclass(frozen=True)
class Invite:
    """A button of a room's own that others may put under what they say, such as yes to an event.

    `press` is None once there is nothing to be pressed any more.
    """

    name: str
    label: Callable[[], str]
    offers: Callable[[Work, Call], Sequence[Offered]]
    press: Callable[[Work, Id], Button | None]


class Check(Protocol):
    """Looks whether a room can work as configured."""

    def __call__(self, at: datetime) -> Sequence[Finding]: ...


@dataclass(frozen=True)
class Feature:
    """A room's door plate. `package` is where its `words.ftl` stands (`says-{word}` explains each command)."""

    name: str
    package: str
    commands: tuple[Answers, ...] = ()
    actions: tuple[On[Any], ...] = ()
    traceless: tuple[Traceless[Any], ...] = ()
    rules: tuple[Timed, ...] = ()
    timers: tuple[Rings, ...] = ()
    hears: tuple[Hears[Any], ...] = ()
    joined: Callable[[Work, Call], Reply] | None = None
    left: Callable[[Work, Call], Reply] | None = None
    typed: Callable[[Call], Reply] | None = None
    """Answers whatever is typed to the bot, unread; like Traceless, without a unit of work."""
    fetched: Callable[[Work, str], Reply] | None = None
    """Answers a programme that asks for a calendar by its address; it only reads."""
    friday: Friday | None = None
    home: Home | None = None
    crowds: tuple[Crowd, ...] = ()
    invites: tuple[Invite, ...] = ()
    progress: Mapping[str, Progressing] = field(default_factory=dict)
    """By what begins the name of a batch, up to the colon."""
    promises: tuple[Promise, ...] = ()
    samples: Callable[[], tuple[Sample, ...]] | None = None
    checks: tuple[Check, ...] = ()
    begins: tuple[Callable[[Work], None], ...] = ()
    """Done once when the process has started, before anything else comes in."""

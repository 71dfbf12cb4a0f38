"""The unit of work: one transaction, in which a handler loads, decides, keeps and posts."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, Protocol, TypeVar

from bot.chat.ids import Dice, Id
from bot.core.outbox import Letter

T = TypeVar("T")
S = TypeVar("S")


@dataclass(frozen=True)
class Store(Generic[S]):
    """A typed key: `work.use(MEMBERS)` gives what the storage keeps for one room, within this transaction."""

    name: str


@dataclass(frozen=True)
class Look:
    """Something a unit is about to ask a store for: many units' looks are fetched with one statement."""

    name: str
    key: int | str | bytes | tuple[str, ...]


@dataclass(frozen=True)
class Fact:
    """Something that happened, past tense, told to other rooms inside the same transaction. Rooms subclass it."""


class Work(Protocol):
    """What a handler may touch. It may be run twice, so it touches nothing else.

    `at` is the moment of the unit, UTC. `dice` is seeded by the unit's key.
    """

    @property
    def at(self) -> datetime: ...

    @property
    def dice(self) -> Dice: ...

    def new_id(self) -> Id: ...

    def use(self, store: Store[S]) -> S: ...

    def post(self, *letters: Letter) -> None:
        """Write letters to the outbox, each at the first instant the recipients' quiet hours and budget allow.

        A letter whose key exists already is not written again.
        """
        ...

    def cancel(self, *key_prefixes: str) -> None:
        """Letters not yet sent whose key begins so are not sent, and their bodies emptied."""
        ...

    def cancel_to(self, member: Id, *, unasked: bool = False) -> None:
        """No letter that waits for this member, alone or in a circle, is sent; `unasked`: but those ASKED_FOR are."""
        ...

    def waits(self, key_prefix: str) -> bool:
        """Whether a letter whose key begins so has been posted, and has not arrived yet."""
        ...

    def was_said(self, key_prefix: str) -> bool:
        """Whether a letter whose key begins so was sent, or is on its way at this moment, as far as is known: thirty
        days after it ended it is forgotten."""
        ...

    def tell(self, fact: Fact) -> None:
        """Let every room that listens act on a fact, now; an error there is an error here."""
        ...

    def afterwards(self, do: Callable[[], None]) -> None:
        """Do this once all is committed, and only then: to what this process has in memory, and nothing else has."""
        ...

    def rehearse(self) -> "Work":
        """The same transaction, seen by somebody whose writes, letters and facts come to nothing.

        A delivery that came before is answered anew so: its handler finds the world as it left it.
        """
        ...


@dataclass(frozen=True)
class Unit(Generic[T]):
    """A function to be run in a transaction of its own or shared with others.

    `key` names it: two units of one key never share a transaction, and it seeds the dice. `at` is its moment.
    """

    key: str
    at: datetime
    run: Callable[[Work], T]
    looks: tuple[Look, ...] = ()


class Storage(Protocol):
    """Where everything is kept."""

    async def write(self, unit: Unit[T]) -> T:
        """Run the unit and return after COMMIT. Raises what the unit raised, or StorageFailed."""
        ...

    async def read(self, at: datetime, run: Callable[[Work], T]) -> T:
        """Run a function that only reads, beside the writer. Raises StorageFailed."""
        ...


class Inbox(Protocol):
    """Which deliveries were seen: a keyed hash each, kept for 24 hours; never the reply."""

    def seen(self, mark: bytes) -> bool: ...

    def keep(self, mark: bytes, at: datetime) -> None: ...

    def forget_before(self, at: datetime) -> None: ...


INBOX = Store[Inbox]("inbox")


def look_mark(mark: bytes) -> Look:
    """Announce that a unit will ask whether this delivery was seen."""
    return Look("inbox", mark)

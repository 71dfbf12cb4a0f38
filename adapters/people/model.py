"""Made-up people: who they are, what reaches them, and the body through which they act."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol, TypeAlias

from bot.chat.command import Tree
from bot.chat.form import Form, Search
from bot.chat.outbound import Reply
from bot.chat.view import View

BOT = ""
"""The author of what the bot said."""


@dataclass(frozen=True)
class Head:
    """Somebody made up. `user` is their account's id in the space; what they are is said in words, as a person would.

    `school` is typed as it stands here; with a `town` it is one of the register. `comes`, `pauses` and `leaves` are
    times after the network opened: an arrival, a pause of about two weeks, and leaving for good; so are `goes` and
    `returns`, out of the space and, perhaps, in again. `polled`: they let themselves be asked how things are.
    """

    user: str
    name: str
    note: str = ""
    role: str = ""
    nation: str = "England"
    phase: str = ""
    school: str = ""
    town: str = ""
    topics: tuple[str, ...] = ()
    shows_school: bool = False
    zone: str = "Europe/London"
    comes: timedelta = timedelta()
    pauses: timedelta | None = None
    leaves: timedelta | None = None
    goes: timedelta | None = None
    returns: timedelta | None = None
    polled: bool = False


class Place(StrEnum):
    """Where something is said: the bot's direct messages, among a few, between two, before all."""

    BOT = "bot"
    CIRCLE = "circle"
    DIRECT = "direct"
    CHANNEL = "channel"


@dataclass(frozen=True)
class Heard:
    """Something that now stands where `reader` can read it; all are user ids, `author` BOT for the bot.

    `others` are the people there besides the reader. `private`: only the reader sees it. `at` is UTC.
    """

    reader: str
    place: Place
    conversation: str
    message: str
    at: datetime
    said: View | str
    author: str = BOT
    others: tuple[str, ...] = ()
    edited: bool = False
    private: bool = False


class Body(Protocol):
    """What somebody can do in a space, and see of it. What they do comes back to them as Heard."""

    async def come(self, head: Head) -> None:
        """Join the space, and be announced to the bot."""
        ...

    async def go(self, user: str) -> None:
        """Leave the space."""
        ...

    async def look(self, user: str) -> Reply:
        """Open the bot's home page."""
        ...

    async def use(self, user: str, tree: Tree, words: str) -> Reply: ...

    async def press(self, user: str, conversation: str, message: str, action: str, values: Sequence[str]) -> Reply: ...

    async def submit(
        self, user: str, conversation: str, message: str, action: str, values: Mapping[str, tuple[str, ...]]
    ) -> Reply: ...

    async def say(self, user: str, conversation: str, text: str) -> None: ...

    def home(self, user: str) -> str:
        """The conversation with the bot alone."""
        ...

    def channel(self, name: str) -> str:
        """The conversation before everybody that is called so."""
        ...

    def here(self, user: str) -> bool:
        """Whether they are in the space now."""
        ...

    def ever_here(self, user: str) -> bool: ...

    def name(self, user: str) -> str:
        """What that person is called there, whoever they are."""
        ...

    def history(self, user: str, since: datetime) -> Sequence[Heard]:
        """All that this person can read, said later than `since`, in order."""
        ...


@dataclass(frozen=True)
class Press:
    """Press or choose. Nothing is done when the message no longer offers it, unless it is pressed `anyway`."""

    conversation: str
    message: str
    action: str
    values: tuple[str, ...] = ()
    anyway: bool = False


@dataclass(frozen=True)
class Fill:
    """Fill in the form or the search that came after a press on that message."""

    conversation: str
    message: str
    ask: Form | Search


@dataclass(frozen=True)
class Say:
    """Write something, if one has not written there meanwhile: `spoken` is how often one had."""

    conversation: str
    spoken: int


@dataclass(frozen=True)
class Tell:
    """Write a line of that kind (lines.toml) where all can read it, to the person `to` if anybody."""

    channel: str
    kind: str
    to: str = ""


@dataclass(frozen=True)
class Type:
    """Write these words to the bot, as if it could read."""

    text: str


@dataclass(frozen=True)
class Use:
    """A command, and the labels of what is then pressed, one after the other, in what the bot answers."""

    words: str
    then: tuple[str, ...] = ()
    tree: Tree = Tree.MEMBER


@dataclass(frozen=True)
class Look:
    """Open the bot's home page, and read it."""


@dataclass(frozen=True)
class Follow:
    """Press what is labelled so in the bot's latest answer, and so on."""

    labels: tuple[str, ...]


@dataclass(frozen=True)
class PressAgain:
    """Press a button of long ago once more."""


@dataclass(frozen=True)
class Arrive:
    """Come into the space."""


@dataclass(frozen=True)
class Depart:
    """Leave the space."""


Gesture: TypeAlias = Press | Fill | Say | Tell | Type | Use | Look | Follow | PressAgain | Arrive | Depart


@dataclass(frozen=True)
class Planned:
    """What somebody means to do, and when (UTC)."""

    at: datetime
    do: Gesture

"""What goes out: the reply that is shown now, and the parcel that the courier carries later."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TypeAlias

import msgspec

from bot.chat.address import Account
from bot.chat.form import Form, Search
from bot.chat.limits import MEETING_ABOUT, MEETING_TITLE, MEETING_WHERE, at_most
from bot.chat.view import Option, View


class Reply(msgspec.Struct, frozen=True):
    """The answer to what somebody just did, for that person's eyes alone.

    `view` is said; `replace` takes the place of the message that was pressed; `ask` opens a form;
    `errors` sends a submitted form back with a sentence for each field; `offers` is how what is being typed may go on,
    at most 25 ways. All empty: nothing is shown. `accounts` gives the account of each member that the views mention who
    has one where it is shown.
    """

    view: View | None = None
    replace: View | None = None
    ask: Form | Search | None = None
    errors: Mapping[str, str] = {}
    offers: tuple[Option, ...] = ()
    accounts: Mapping[int, Account] = {}


NOTHING = Reply()


class ToAccount(msgspec.Struct, frozen=True):
    """A direct message; `conversation` where one was opened before."""

    account: Account
    conversation: str | None = None


class ToChannel(msgspec.Struct, frozen=True):
    """A channel, by the name the config gives it."""

    workspace: str
    name: str


class ToCircle(msgspec.Struct, frozen=True):
    """A few people together. `mark` names the circle to the platform; `conversation` once it was made."""

    workspace: str
    mark: str
    accounts: tuple[Account, ...]
    conversation: str | None = None


Target: TypeAlias = ToAccount | ToChannel | ToCircle


class Removes(StrEnum):
    """What a parcel takes away instead of saying anything; never what a person said."""

    MESSAGE = "message"
    """The message `instead_of` or, where its name is not known, the one that carries the parcel's mark."""
    EVERYTHING = "everything"
    """All that the bot ever said in its direct messages with that account; of its private replies there, those that are
    older than the order (`before`), so that the answer to whoever ordered it stays."""


class Meeting(msgspec.Struct, frozen=True):
    """An event as it stands in a platform's own calendar of what is coming (Discord's scheduled events). Everybody
    there reads it: what only those may see who said yes, such as the link of a video meeting, is never in it.

    Raises TooLarge, and ValueError where something is missing or it ends before it begins.
    """

    title: str
    starts_at: datetime
    ends_at: datetime
    where: str
    about: str = ""

    def __post_init__(self) -> None:
        at_most(MEETING_TITLE, len(self.title), "the title of a meeting")
        at_most(MEETING_WHERE, len(self.where), "where a meeting is")
        at_most(MEETING_ABOUT, len(self.about), "what a meeting is about")
        if not self.title.strip() or not self.where.strip() or self.ends_at <= self.starts_at:
            raise ValueError("a meeting has a title and a place, and ends after it begins")


class Parcel(msgspec.Struct, frozen=True):
    """One letter on one platform. `mark` is the keyed hash of the letter's key: the same at every try.

    `accounts` gives the platform account of each member that the view mentions, where there is one. `instead_of` is
    the platform's name for an earlier message of ours in the same place, which the view replaces if it is still there.
    With `removes` nothing is said, and what is gone already counts as taken away. `pins` keeps the message in sight
    once it is there, and False no longer, where the platform lets us. With a `meeting` nothing is said in the
    channel: the meeting is put into the platform's own calendar, changed or taken away there, and the receipt names
    it.
    """

    mark: str
    platform: str
    to: Target
    view: View
    accounts: Mapping[int, Account] = {}
    instead_of: str = ""
    removes: Removes | None = None
    before: datetime | None = None
    pins: bool | None = None
    meeting: Meeting | None = None


OWN_THREAD = "inbox:"
"""Begins the name of a conversation that is a private thread of somebody's own, under a channel of the community: where
a platform cannot write to them directly."""


class Receipt(msgspec.Struct, frozen=True):
    """Where a letter came to rest: the platform's names for the conversation and the message."""

    conversation: str
    message: str


class Delivered(msgspec.Struct, frozen=True):
    """The platform has it."""

    receipt: Receipt


class Why(StrEnum):
    """The classes of definite refusal, and so what becomes of the letter."""

    SLOW_DOWN = "slow down"
    TRY_LATER = "try later"
    CLOSED = "this person cannot be reached here"
    GONE = "no such person or place"
    FORBIDDEN = "an operator must act"
    MALFORMED = "the platform will never take this"


class Refused(msgspec.Struct, frozen=True):
    """The platform certainly did not take it. `wait` is what it asks for; `says` names no person."""

    why: Why
    says: str = ""
    wait: timedelta | None = None


class Unclear(msgspec.Struct, frozen=True):
    """Nobody knows whether the platform took it: a time-out, a reset, a 5xx after sending."""

    says: str = ""


Outcome: TypeAlias = Delivered | Refused | Unclear

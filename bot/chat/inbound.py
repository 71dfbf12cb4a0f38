"""What comes in. Everything does, through one door: commands, presses, forms, joins, leaves and the passing of time."""

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import TypeAlias

import msgspec

from bot.chat.address import Account
from bot.chat.command import Tree
from bot.chat.ids import Id


class Used(msgspec.Struct, frozen=True):
    """A slash command; `words` is everything behind it, empty for the bare one."""

    tree: Tree
    words: str = ""


class Completes(msgspec.Struct, frozen=True):
    """Somebody is still typing a slash command, and would like to know how it may go on: `words` is everything typed so
    far. It is only looked at, as when a page is opened."""

    tree: Tree
    words: str = ""


class Pressed(msgspec.Struct, frozen=True):
    """A button pressed or an option chosen. Neither the action nor the values can be trusted."""

    action: str
    values: tuple[str, ...] = ()


class Submitted(msgspec.Struct, frozen=True):
    """A form or a search sent; a field of many choices has many values, an empty one none."""

    action: str
    values: Mapping[str, tuple[str, ...]]


class Typed(msgspec.Struct, frozen=True):
    """Something was typed to the bot. What, no adapter passes on: nobody reads it."""


class Opened(msgspec.Struct, frozen=True):
    """Somebody opened the bot's home page, where a platform has one. The reply's view is the page; where there is none,
    it stays as it was last drawn. It is only looked at: nothing is written, and nobody counts as here because of it."""


class Fetched(msgspec.Struct, frozen=True):
    """A programme asks for a calendar, and knows its address alone. It is only looked at, by nobody we know; the
    reply's view holds the file, and there is none where nobody has that address."""

    address: str


class Who(StrEnum):
    """What sort of account the platform says it is."""

    PERSON = "person"
    GUEST = "guest"
    """Somebody let into a part of the workspace, or from another one."""
    BOT = "bot"


class Joined(msgspec.Struct, frozen=True):
    """Somebody came into the workspace; `name` as the platform shows it.

    `found`: nobody saw them come; they are in a list of who is there. Whom we do not know is not welcomed for that."""

    name: str
    found: bool = False


class Left(msgspec.Struct, frozen=True):
    """Somebody left the workspace."""


class Due(msgspec.Struct, frozen=True):
    """An hour struck: the occurrence of `rule` on the local day `day`, due at `at`."""

    rule: str
    day: date
    at: datetime


class Rang(msgspec.Struct, frozen=True):
    """A timer rang: that of `name` about the thing `about`, which was set for `at`."""

    name: str
    about: Id
    at: datetime


What: TypeAlias = Used | Completes | Pressed | Submitted | Typed | Opened | Fetched | Joined | Left | Due | Rang


class Inbound(msgspec.Struct, frozen=True):
    """One thing that came in.

    `key` is the platform's own name for this delivery, the same when it is delivered again.
    `account` is whom the platform authenticated; None when time itself came in.
    `at` is when it was received (UTC), `name` what the platform calls the person, `who` what sort of account it says
    this is: with everything that comes in, since a guest who was never welcomed can press all the same. `zone` is the
    time zone (IANA) that the account keeps there, as the platform shows it to everybody; "" where it shows none. It is
    offered, and kept only when they say so.
    """

    key: str
    at: datetime
    what: What
    account: Account | None = None
    name: str = ""
    who: Who = Who.PERSON
    zone: str = ""

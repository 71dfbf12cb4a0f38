"""Where a letter goes."""

from typing import TypeAlias

import msgspec

from bot.chat.ids import Id


class Account(msgspec.Struct, frozen=True):
    """Somebody on one platform: a user of a Slack workspace, a member of a Discord server."""

    platform: str
    workspace: str
    user: str

    def show(self) -> str:
        """`platform:workspace:user`, as in the config file."""
        return f"{self.platform}:{self.workspace}:{self.user}"


class Person(msgspec.Struct, frozen=True, tag="person"):
    """A member, wherever they like to be reached."""

    member: Id


class Guest(msgspec.Struct, frozen=True, tag="guest"):
    """An account that belongs to no member yet."""

    account: Account


class Channel(msgspec.Struct, frozen=True, tag="channel"):
    """A channel by the name the config gives it, such as `organisers`: that of one `platform`, and without a platform
    the one at home (docs/decisions/0036)."""

    name: str
    platform: str = ""


class Circle(msgspec.Struct, frozen=True, tag="circle"):
    """A few people together: a group message, a private thread. `id` is the pair's or the group's."""

    id: Id
    members: tuple[Id, ...]


Address: TypeAlias = Person | Guest | Channel | Circle
"""Where a letter goes."""

ORGANISERS = Channel("organisers")
EVENTS, NEWS = "events", "news"
"""Names of channels that every member reads: what is coming, and what is to be known."""

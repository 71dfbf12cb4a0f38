"""Discord's dispatches -> Inbound. Pure, and total over whatever comes in: what is none of ours is None.

The key is Discord's own name for what was done: an interaction's id, a message's id, somebody's id and when they came.
A change of a member and their going have no name of their own, only the moment at which they were heard: to hear one
twice changes nothing. In a direct message Discord names no server, so the platform says where the person is at home.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum
from typing import Any

from adapters.discord.blocks import action_of, asks, chosen
from adapters.discord.commands import used
from adapters.discord.forms import values_of
from adapters.discord.text import NAME, People
from bot.chat.address import Account
from bot.chat.inbound import Completes, Inbound, Joined, Left, Pressed, Submitted, Typed, What, Who

INTERACTION, MESSAGE = "INTERACTION_CREATE", "MESSAGE_CREATE"
CAME, CHANGED, WENT = "GUILD_MEMBER_ADD", "GUILD_MEMBER_UPDATE", "GUILD_MEMBER_REMOVE"
EPHEMERAL = 1 << 6
"""A message's flag: only one person sees it, and only for a while."""

_SAID = (0, 19)
"""The types of message that somebody typed: a message, and a reply. The others tell that something happened."""


class Kind(IntEnum):
    """What sort of interaction it is; any other is none of ours."""

    COMMAND = 2
    PRESS = 3
    TYPING = 4
    SUBMIT = 5


_KINDS = tuple(Kind)


@dataclass(frozen=True)
class Asked:
    """What an interaction is answered by. `message` is the one that was pressed, or from which the form was opened; its
    id is empty for a command. The token is a secret for as long as it lives. `people`: those whom the answer mentions.
    """

    id: str
    token: str = field(repr=False)
    kind: Kind
    channel: str
    message: str
    is_ephemeral: bool
    in_dm: bool
    user: str
    people: People = field(default_factory=dict)


def listen(
    kind: str, data: Mapping[str, Any], at: datetime, served: Collection[str], home_of: Callable[[str], str | None]
) -> Inbound | None:
    """What came in, `at` that moment (UTC), from one of the servers that are `served`; None for all else. `kind` is the
    dispatch's name, `home_of` the served server in which somebody is who writes directly."""
    user = _user(data)
    account = text(user, "id")
    if not account.isdecimal():
        return None
    server = server_of(data) or (kind in (INTERACTION, MESSAGE) and home_of(account)) or ""
    what, name = _what(kind, data), _own_name(kind, data, at)
    if server not in served or what is None or not name:
        return None
    key = ":".join((NAME, server, name))
    return Inbound(key, at, what, Account(NAME, server, account), name_of(data), who=sort_of(data))


def asked_in(data: Mapping[str, Any]) -> Asked | None:
    """How an interaction is to be answered; None for what is no interaction of ours."""
    number, token, user = text(data, "id"), text(data, "token"), text(_user(data), "id")
    if not (number and token and user and data.get("type") in _KINDS):
        return None
    flags = inside(data, "message", "flags")
    return Asked(
        id=number,
        token=token,
        kind=Kind(data["type"]),
        channel=text(data, "channel_id") or text(data, "channel", "id"),
        message=text(data, "message", "id"),
        is_ephemeral=isinstance(flags, int) and bool(flags & EPHEMERAL),
        in_dm=not server_of(data),
        user=user,
    )


def custom_id_in(data: Mapping[str, Any]) -> str:
    """The id of the control that was pressed or of the form that was sent."""
    return text(data, "data", "custom_id")


def server_of(data: Mapping[str, Any]) -> str:
    """The server in which it happened; "" in a direct message."""
    return text(data, "guild_id") or text(data, "guild", "id")


def sort_of(data: Mapping[str, Any]) -> Who:
    """What sort of account Discord says it is, of a member or of what a member did; who has not yet agreed to the
    server's rules is a guest there."""
    user = _user(data)
    if inside(user, "bot") is True or inside(user, "system") is True or "webhook_id" in data:
        return Who.BOT
    return Who.GUEST if inside(_member(data), "pending") is True else Who.PERSON


def name_of(data: Mapping[str, Any]) -> str:
    """What Discord calls them there, of a member or of what a member did."""
    user = _user(data)
    names = (text(_member(data), "nick"), text(user, "global_name"), text(user, "username"))
    return next((name for name in map(str.strip, names) if name), "")


def inside(value: object, *path: str) -> Any:
    """What stands there, whatever it is; None where there is no such place."""
    for step in path:
        if not isinstance(value, dict):
            return None
        value = value.get(step)
    return value


def text(value: object, *path: str) -> str:
    """The text that stands there; "" where there is none."""
    for step in path:
        if not isinstance(value, dict):
            return ""
        value = value.get(step)
    return value if isinstance(value, str) else ""


def _member(data: Mapping[str, Any]) -> object:
    """The member who did it; of a member's own coming and going all of `data`."""
    return data["member"] if isinstance(data.get("member"), dict) else data


def _user(data: Mapping[str, Any]) -> object:
    return inside(data, "member", "user") or data.get("user") or data.get("author")


def _what(kind: str, data: Mapping[str, Any]) -> What | None:
    match kind:
        case "INTERACTION_CREATE":
            return _done(data)
        case "MESSAGE_CREATE":
            is_typed = data.get("type") in _SAID and not server_of(data) and sort_of(data) is not Who.BOT
            return Typed() if is_typed else None
        case "GUILD_MEMBER_ADD" | "GUILD_MEMBER_UPDATE":
            return Joined(name_of(data), found=True) if sort_of(data) is not Who.GUEST else None
        case "GUILD_MEMBER_REMOVE":
            return Left()
        case _:
            return None


def _done(data: Mapping[str, Any]) -> What | None:
    inner = data.get("data")
    if not isinstance(inner, dict):
        return None
    custom_id = text(inner, "custom_id")
    match data.get("type"):
        case Kind.COMMAND:
            return used(inner)
        case Kind.TYPING:
            command = used(inner)
            return Completes(command.tree, command.words) if command else None
        case Kind.PRESS if custom_id and not asks(custom_id):
            return Pressed(action_of(custom_id), chosen(inner.get("values")))
        case Kind.SUBMIT if custom_id:
            return Submitted(custom_id, values_of(inner))
        case _:
            return None


def _own_name(kind: str, data: Mapping[str, Any], at: datetime) -> str:
    """Discord's name for this; "" where it ought to have one and has none."""
    number, user = text(data, "id"), text(_user(data), "id")
    match kind:
        case "INTERACTION_CREATE":
            return number
        case "MESSAGE_CREATE":
            return f"said:{number}" if number else ""
        case "GUILD_MEMBER_ADD":
            return f"came:{user}:{text(data, 'joined_at') or at.isoformat()}"
        case _:
            return f"{kind.rpartition('_')[2].lower()}:{user}:{at.isoformat()}"

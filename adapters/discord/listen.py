"""Discord's dispatches -> Inbound. Pure, and total over whatever comes in: what is none of ours is None.

The key is Discord's own name for what was done: an interaction's id, a message's, and of somebody who comes or leaves
the account and when they joined. A press in direct messages names no server: `home_of` says where somebody is.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, TypeAlias

from adapters.discord.blocks import action_of, chosen
from adapters.discord.forms import values_of
from adapters.discord.text import NAME
from bot.chat.address import Account
from bot.chat.command import Tree
from bot.chat.inbound import Inbound, Joined, Left, Pressed, Submitted, Typed, Used, What, Who

HomeOf: TypeAlias = Callable[[str], str | None]
"""The served server in which somebody is; None for nobody we know."""

BARE = "menu"
"""Stands for the bare command, which Discord does not have beside subcommands."""
_COMMAND, _COMPONENT, _MODAL = 2, 3, 5
_SUBCOMMAND, _GROUP = 1, 2
_BUTTON = 2
_EPHEMERAL = 64
_TREES = {tree.value: tree for tree in Tree}


class Kind(StrEnum):
    """What somebody did, as far as it matters for how they are answered."""

    COMMAND = "command"
    PRESS = "press"
    SUBMIT = "submit"


_KINDS = {_COMMAND: Kind.COMMAND, _COMPONENT: Kind.PRESS, _MODAL: Kind.SUBMIT}


@dataclass(frozen=True)
class Asked:
    """The ticket by which an interaction is answered. `message` is the one that was pressed, and `components` what can
    be pressed on it; "" and nothing for a command."""

    id: str
    token: str
    kind: Kind
    user: str
    channel: str = ""
    message: str = ""
    is_ephemeral: bool = False
    in_dm: bool = False


def asked_in(data: Mapping[str, Any]) -> Asked | None:
    """How an interaction wants to be answered; None for what is none that we know."""
    kind, user = _KINDS.get(_number(data, "type")), text(_user(data), "id")
    if kind is None or not user or not text(data, "id") or not text(data, "token"):
        return None
    return Asked(
        text(data, "id"),
        text(data, "token"),
        kind,
        user,
        text(data, "channel_id"),
        text(data, "message", "id"),
        bool(_number(data, "message", "flags") & _EPHEMERAL),
        not text(data, "guild_id"),
    )


def listen(
    kind: str, data: Mapping[str, Any], at: datetime, served: Collection[str], home_of: HomeOf
) -> Inbound | None:
    """What came in, `at` that moment (UTC), from one of the servers that are `served`; None for all else."""
    what, name, person = _what(kind, data), _own_name(kind, data), _user(data)
    user = text(person, "id")
    home = text(data, "guild_id") or (home_of(user) if user else None)
    if what is None or not name or not user or home is None or home not in served:
        return None
    shown = name_of(data, person)
    return Inbound(f"{NAME}:{home}:{name}", at, what, Account(NAME, home, user), shown, who=_sort_of(data, person))


def name_of(data: Mapping[str, Any], person: object) -> str:
    """What somebody is called: in the server, in Discord, or by their account."""
    return text(data, "member", "nick") or text(data, "nick") or text(person, "global_name") or text(person, "username")


def text(of: object, *path: str) -> str:
    """The text at the end of the path; "" where there is none."""
    found = inside(of, *path)
    return found if isinstance(found, str) else ""


def inside(of: object, *path: str) -> object:
    """What stands at the end of the path; None where it leads nowhere."""
    for key in path:
        of = of.get(key) if isinstance(of, Mapping) else None
    return of


def _number(of: object, *path: str) -> int:
    found = inside(of, *path)
    return found if isinstance(found, int) else 0


def _user(data: Mapping[str, Any]) -> object:
    """Of an interaction in a server it stands within the member; of a message it is the author."""
    return inside(data, "member", "user") or inside(data, "user") or inside(data, "author")


def _sort_of(data: Mapping[str, Any], person: object) -> Who:
    """Who has not passed the server's screening is nobody's member yet."""
    if inside(person, "bot") is True or inside(person, "system") is True:
        return Who.BOT
    pending = inside(data, "member", "pending") is True or inside(data, "pending") is True
    return Who.GUEST if pending else Who.PERSON


def _own_name(kind: str, data: Mapping[str, Any]) -> str:
    """Discord's name for what was done."""
    match kind:
        case "INTERACTION_CREATE" | "MESSAGE_CREATE":
            return text(data, "id")
        case "GUILD_MEMBER_ADD" | "GUILD_MEMBER_UPDATE" | "GUILD_MEMBER_REMOVE":
            word = "left" if kind == "GUILD_MEMBER_REMOVE" else "here"
            return ":".join((word, text(data, "user", "id"), text(data, "joined_at"), name_of(data, _user(data))))
        case _:
            return ""


def _what(kind: str, data: Mapping[str, Any]) -> What | None:
    match kind:
        case "INTERACTION_CREATE":
            return _done(data)
        case "MESSAGE_CREATE":
            return _typed(data)
        case "GUILD_MEMBER_ADD" | "GUILD_MEMBER_UPDATE":
            is_person = _sort_of(data, _user(data)) is Who.PERSON
            return Joined(name_of(data, _user(data)), found=True) if is_person else None
        case "GUILD_MEMBER_REMOVE":
            return Left()
        case _:
            return None


def _typed(data: Mapping[str, Any]) -> What | None:
    """In direct messages, by a person; what, nobody passes on."""
    is_person = not inside(data, "author", "bot") and not text(data, "webhook_id")
    return Typed() if is_person and not text(data, "guild_id") and _number(data, "type") in (0, 19) else None


def _done(data: Mapping[str, Any]) -> What | None:
    given = inside(data, "data")
    match _KINDS.get(_number(data, "type")):
        case Kind.COMMAND:
            return _used(given)
        case Kind.PRESS:
            return _pressed(given)
        case Kind.SUBMIT if isinstance(given, Mapping) and text(given, "custom_id"):
            return Submitted(text(given, "custom_id"), values_of(given))
        case _:
            return None


def _pressed(given: object) -> What | None:
    action = action_of(text(given, "custom_id"))
    return Pressed(action, chosen(inside(given, "values"))) if action else None


def _used(given: object) -> What | None:
    tree = _TREES.get(text(given, "name"))
    if tree is None:
        return None
    words = " ".join(_words(inside(given, "options")))
    return Used(tree, "" if words == BARE else words)


def _words(options: object) -> list[str]:
    """Subcommands by their names, and what was typed behind them."""
    found: list[str] = []
    for one in options if isinstance(options, list) else ():
        if _number(one, "type") in (_SUBCOMMAND, _GROUP):
            found += [text(one, "name"), *_words(inside(one, "options"))]
        elif value := text(one, "value"):
            found.append(value)
    return [word for word in found if word]

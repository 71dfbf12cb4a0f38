"""What somebody may do in a channel of a server: by their roles, and by what the channel itself allows and forbids."""

from collections.abc import Collection, Iterable, Mapping
from functools import cache, reduce
from operator import or_
from typing import Any

from discord import Permissions

EVERYTHING = Permissions.all().value
Given = Mapping[str, Any]


@cache
def bit(name: str) -> int:
    """A permission by discord.py's name for it, such as `view_channel`."""
    return Permissions(**{name: True}).value


def title(name: str) -> str:
    """As Discord's own settings call it: Send Messages in Threads."""
    return name.replace("_", " ").title().replace(" In ", " in ")


def in_server(server: Given, roles: Collection[str]) -> int:
    """By the roles alone. Everybody has the one that is named like the server."""
    held = {*roles, str(server.get("id"))}
    bits = _any(int(role.get("permissions") or 0) for role in server.get("roles", []) if role.get("id") in held)
    return EVERYTHING if bits & bit("administrator") else bits


def in_channel(server: Given, channel: Given, roles: Collection[str], user: str = "") -> int:
    """All of it, in one channel; without a `user` for whoever has exactly these roles. Nothing, where the channel is
    not seen."""
    bits = EVERYTHING if user and user == server.get("owner_id") else in_server(server, roles)
    if bits == EVERYTHING:
        return bits
    everybody = str(server.get("id"))
    for told in ({everybody}, {*roles} - {everybody}, {user}):
        theirs = [one for one in channel.get("permission_overwrites", []) if one.get("id") in told]
        bits &= ~_any(int(one.get("deny") or 0) for one in theirs)
        bits |= _any(int(one.get("allow") or 0) for one in theirs)
    return bits if bits & bit("view_channel") else 0


def who_sees(server: Given, channel: Given) -> list[int]:
    """What everybody may do there, and what each role that people are given lets its holders do, of those who see it
    and are no administrators."""
    held: list[Collection[str]] = [(), *([role["id"]] for role in server.get("roles", []) if not role.get("managed"))]
    seen = [in_channel(server, channel, roles) for roles in held]
    return [bits for bits in seen if bits and bits != EVERYTHING]


def _any(bits: Iterable[int]) -> int:
    return reduce(or_, bits, 0)

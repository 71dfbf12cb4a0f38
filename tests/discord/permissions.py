"""Permissions of a server's roles and channels, and how Discord adds them up."""

from dataclasses import dataclass
from enum import IntFlag
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.discord.model import Channel, Guild


class Permission(IntFlag):
    """The ones that matter here, by their documented bits."""

    KICK_MEMBERS = 1 << 1
    ADMINISTRATOR = 1 << 3
    MANAGE_CHANNELS = 1 << 4
    MANAGE_GUILD = 1 << 5
    ADD_REACTIONS = 1 << 6
    VIEW_CHANNEL = 1 << 10
    SEND_MESSAGES = 1 << 11
    MANAGE_MESSAGES = 1 << 13
    EMBED_LINKS = 1 << 14
    ATTACH_FILES = 1 << 15
    READ_MESSAGE_HISTORY = 1 << 16
    MENTION_EVERYONE = 1 << 17
    USE_APPLICATION_COMMANDS = 1 << 31
    MANAGE_EVENTS = 1 << 33
    MANAGE_THREADS = 1 << 34
    CREATE_PUBLIC_THREADS = 1 << 35
    CREATE_PRIVATE_THREADS = 1 << 36
    SEND_MESSAGES_IN_THREADS = 1 << 38
    CREATE_EVENTS = 1 << 44
    PIN_MESSAGES = 1 << 51


ALL = (1 << 53) - 1
EVERYONE = int(
    Permission.ADD_REACTIONS
    | Permission.VIEW_CHANNEL
    | Permission.SEND_MESSAGES
    | Permission.EMBED_LINKS
    | Permission.ATTACH_FILES
    | Permission.READ_MESSAGE_HISTORY
    | Permission.USE_APPLICATION_COMMANDS
    | Permission.CREATE_PUBLIC_THREADS
    | Permission.SEND_MESSAGES_IN_THREADS
)
BOT = int(
    Permission.VIEW_CHANNEL
    | Permission.SEND_MESSAGES
    | Permission.EMBED_LINKS
    | Permission.ATTACH_FILES
    | Permission.READ_MESSAGE_HISTORY
    | Permission.CREATE_PRIVATE_THREADS
    | Permission.SEND_MESSAGES_IN_THREADS
    | Permission.MANAGE_THREADS
)
IN_DM = EVERYONE | int(Permission.MENTION_EVERYONE)


@dataclass(frozen=True)
class Overwrite:
    """What one channel allows or denies a role or a member."""

    allow: int = 0
    deny: int = 0


def in_guild(guild: "Guild", user: str) -> int:
    """What somebody may do in a server at large; nothing where they are not a member."""
    member = guild.members.get(user)
    if member is None:
        return 0
    if guild.owner == user:
        return ALL
    made = guild.roles[guild.id].permissions
    for role in member.roles:
        made |= guild.roles[role].permissions
    return ALL if made & Permission.ADMINISTRATOR else made


def in_channel(guild: "Guild", channel: "Channel", user: str) -> int:
    """What somebody may do in a channel of it (for a thread: give its parent)."""
    base = in_guild(guild, user)
    if base in (0, ALL):
        return base
    made = _overwritten(base, channel.overwrites.get(guild.id, Overwrite()))
    roles = [channel.overwrites.get(role, Overwrite()) for role in guild.members[user].roles]
    allowed, denied = 0, 0
    for one in roles:
        allowed, denied = allowed | one.allow, denied | one.deny
    made = _overwritten(made, Overwrite(allowed, denied))
    made = _overwritten(made, channel.overwrites.get(user, Overwrite()))
    return made if made & Permission.VIEW_CHANNEL else 0


def _overwritten(base: int, by: Overwrite) -> int:
    return (base & ~by.deny) | by.allow

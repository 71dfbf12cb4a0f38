"""A stand-in: what the application may do, and the link by which it is invited."""

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from discord import Permissions

from bot.chat.command import Command, Tree

SCOPES: Mapping[str, str] = {"bot": "to be there at all", "applications.commands": "the slash commands"}
PERMISSIONS: Mapping[str, str] = {
    "view_channel": "to see the channels that the config names",
    "send_messages": "to tell organisers what is to be done, and to put the button where newcomers begin",
    "embed_links": "for what is longer than a message may be",
    "attach_files": "to hand somebody their own data or a picture",
    "read_message_history": "to find its own letters, so that nothing is said twice",
    "create_private_threads": "to open the thread in which people are introduced",
    "send_messages_in_threads": "to write in it, and to bring people in",
    "manage_threads": "to close it when the round is over",
}


def draw_commands(table: Sequence[Command]) -> list[dict[str, Any]]:
    options = [
        {"type": 1, "name": one.word, "description": one.says[:100]}
        for one in table
        if one.tree is Tree.MEMBER and one.word and " " not in one.word
    ]
    for one in options:
        if one["name"] == "pause":
            one["options"] = [{"type": 3, "name": "words", "description": "what"}]
    return [
        {
            "name": "headsup",
            "description": "x",
            "type": 1,
            "options": [{"type": 1, "name": "menu", "description": "x"}, *options],
        },
        {"name": "helpnow", "description": "x", "type": 1},
    ]


def differ(ours: Sequence[Mapping[str, Any]], theirs: Sequence[Mapping[str, Any]]) -> bool:
    return len(ours) != len(theirs)


def invite(application_id: str) -> str:
    """The link."""
    asked = Permissions(**dict.fromkeys(PERMISSIONS, True)).value
    query = urlencode({"client_id": application_id, "scope": " ".join(SCOPES), "permissions": asked})
    return f"https://discord.com/oauth2/authorize?{query}"

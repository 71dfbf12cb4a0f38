"""STOPGAP until the real one is merged."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.chat.command import Command, Tree


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

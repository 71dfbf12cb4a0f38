"""How Discord reads a text: the rules of its clients, written down apart from what writes it.

Stricter than Discord where its clients differ: whatever any of them could take for a sign is one here.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

INVITE = r"(?:discord\.gg|discord(?:app)?\.com/invite)/\w+"
_LINK = (
    r"\[((?:\[[^\]]*\]|[^\[\]]|\](?=[^\[]*\]))*)\]"
    r"\(\s*<?((?:\([^)]*\)|[^\s\\]|\\.)*?)>?(?:\s+['\"](?:.*?)['\"])?\s*\)"
)
_INNER = r"(?:\\[\s\S]|[^\\])+?"
AT_START = {
    "heading": r"#{1,3} +(?=\S)",
    "small": r"-# +(?=\S)",
    "quote": r">(?:>>)?(?:[^\S\n]|(?=\n|$))",
    "list": r"(?:[-*+]|\d+[.)])[^\S\n]+",
}
ANYWHERE = {
    "block": r"```[\s\S]+?```",
    "code": r"(`+)([\s\S]*?[^`])\1(?!`)",
    "autolink": r"<((?:https?|mailto|tel|steam|discord):[^ >]+)>",
    "mention": r"<@!?(\d+)>",
    "role": r"<@&\d+>",
    "channel": r"<#\d+>",
    "command": r"</[^>:]+:\d+>",
    "custom": r"<a?:\w+:\d+>",
    "moment": r"<t:(-?\d+)(?::[A-Za-z])?>",
    "place": r"<id:\w+>",
    "link": _LINK,
    "url": r"(?:https?|steam|discord)://[^\s<]+",
    "invite": INVITE,
    "domain": r"(?<!\w)(?:www\.\w|\w+\.(?:com|org|net|example|gg|uk)\b)",
    "everyone": r"@(?:everyone|here|silent)",
    "emoji": r":[\w+-]+:",
    "strong": rf"\*\*({_INNER})\*\*(?!\*)",
    "underline": rf"__({_INNER})__(?!_)",
    "emphasis": rf"\*(?=\S)({_INNER})\*(?!\*)|_({_INNER})_(?!\w)",
    "strike": rf"~~({_INNER})~~",
    "spoiler": rf"\|\|({_INNER})\|\|",
}
_ESCAPE = re.compile(r"\\([^0-9A-Za-z\s])")
_AT_START = {kind: re.compile(one) for kind, one in AT_START.items()}
_ANYWHERE = {kind: re.compile(one) for kind, one in ANYWHERE.items()}
_STYLES = {"strong", "underline", "emphasis", "strike", "spoiler"}


@dataclass
class Read:
    """What a reader gets: the words, and every sign that was taken for one."""

    text: str = ""
    signs: list[tuple[str, str]] = field(default_factory=list)

    @property
    def kinds(self) -> set[str]:
        return {kind for kind, _ in self.signs}

    def of(self, kind: str) -> list[str]:
        return [given for one, given in self.signs if one == kind]


def read(written: str) -> Read:
    """The text, as a client of Discord reads it."""
    seen, at, is_start = Read(), 0, True
    while at < len(written):
        found = next(_signs(written, at, is_start), None)
        if escaped := _ESCAPE.match(written, at):
            seen.text += escaped.group(1)
            at, is_start = escaped.end(), False
        elif found:
            kind, match = found
            at, is_start = match.end(), kind in AT_START
            _take(seen, kind, match)
        else:
            seen.text += written[at]
            is_start = written[at] == "\n" or (is_start and written[at].isspace())
            at += 1
    return seen


def read_message(message: dict[str, Any]) -> Read:
    """The words of a message: its content, and what goes on in embeds."""
    parts = [message["content"], *(one["description"] for one in message["embeds"])]
    every = [read(part) for part in parts]
    return Read("\n".join(one.text for one in every), [sign for one in every for sign in one.signs])


def _signs(written: str, at: int, is_start: bool) -> Iterator[tuple[str, re.Match[str]]]:
    for rules in (_AT_START if is_start else {}, _ANYWHERE):
        for kind, rule in rules.items():
            if match := rule.match(written, at):
                yield kind, match


def _take(seen: Read, kind: str, match: re.Match[str]) -> None:
    groups = [group for group in match.groups() if group is not None]
    if kind in _STYLES or kind == "link":
        inner = read(groups[0])
        seen.text += inner.text
        seen.signs += [(kind, groups[-1]), *inner.signs]
    else:
        seen.text += match.group() if kind not in AT_START else ""
        seen.signs.append((kind, groups[0] if groups else match.group()))

"""What Discord's client makes of a text: whom it pings, where it links, what it formats, how it is drawn.

Written after the client's own rules (they are a dialect of simple-markdown), so that a corpus of injections can be
read here: `marks(text)` names every kind of formatting there is in a text, `drawn(text)` is what remains to be read.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.discord.model import Message
    from tests.discord.network import Network

MENTION = re.compile(r"<@!?(\d{15,21})>")
EVERYBODY = re.compile(r"@(everyone|here)\b")


@dataclass(frozen=True)
class Node:
    """A piece of a text: plain words, or something with a meaning, perhaps with pieces inside."""

    kind: str
    text: str = ""
    inside: list["Node"] = field(default_factory=list)
    to: str = ""
    """Where it leads or whom it names."""


Made = Callable[[re.Match[str]], Node]


def _wrapped(kind: str) -> Made:
    return lambda found: Node(kind, inside=parse(next(one for one in found.groups() if one is not None), start=False))


def _named(kind: str) -> Made:
    return lambda found: Node(kind, found[0], to=found[1])


def _masked(found: re.Match[str]) -> Node:
    return Node("link", inside=parse(found[1], start=False), to=found[2] or found[3])


URL = r"(?:https?|steam|discord)://[^\s<]*[^<.,:;\"'\]\s]"
INVITE = r"\b(?:discord\.gg|discord(?:app)?\.com/invite)/[\w-]+"
FIRST = frozenset("\\`<[*_~|@hsd")
"""What a piece with a meaning can begin with, within a line."""
AT_LINE_START: list[tuple[re.Pattern[str], Made]] = [
    (re.compile(r">>> ([\s\S]*)"), lambda found: Node("quote", inside=parse(found[1]))),
    (re.compile(r"> ([^\n]*(?:\n|$))"), lambda found: Node("quote", inside=parse(found[1]))),
    (re.compile(r" *(#{1,3}) +(?=\S)([^\n]*)"), lambda found: Node("heading", inside=parse(found[2], start=False))),
    (re.compile(r"-# +(?=\S)([^\n]*)"), lambda found: Node("subtext", inside=parse(found[1], start=False))),
    (re.compile(r" *(?:[-*]|\d+\.) +(?=\S)([^\n]*)"), lambda found: Node("list", inside=parse(found[1]))),
]
ANYWHERE: list[tuple[re.Pattern[str], Made]] = [
    (re.compile(r"\\([^0-9A-Za-z\s])"), lambda found: Node("", found[1])),
    (re.compile(r"```(?:[\w+.#-]*\n)?([\s\S]*?[^\n]?)```"), lambda found: Node("code", found[1])),
    (re.compile(r"(`+)([\s\S]*?[^`])\1(?!`)"), lambda found: Node("code", found[2])),
    (re.compile(rf"<({URL})>"), lambda found: Node("link", found[1], to=found[1])),
    (re.compile(rf"\[((?:\[[^\]]*\]|[^\[\]\\]|\\.)+)\]\((?:<({URL})>|({URL}?))(?:\s+[\"'][^\n]*?[\"'])?\)"), _masked),
    (re.compile(URL), lambda found: Node("link", found[0], to=found[0])),
    (re.compile(INVITE), lambda found: Node("link", found[0], to=found[0])),
    (re.compile(r"<@!?(\d+)>"), _named("mention")),
    (re.compile(r"<@&(\d+)>"), _named("role")),
    (re.compile(r"<#(\d+)>"), _named("channel")),
    (re.compile(r"</([-\w ]+):(\d+)>"), _named("command")),
    (re.compile(r"<id:(\w+)>"), _named("channel")),
    (re.compile(r"<a?:(\w+):(\d+)>"), _named("emoji")),
    (re.compile(r"<t:(-?\d{1,13})(?::([tTdDfFRsS]))?>"), _named("moment")),
    (re.compile(r"@(everyone|here)\b"), _named("everybody")),
    (re.compile(r"\*\*((?:\\[\s\S]|[^\\])+?)\*\*(?!\*)"), _wrapped("bold")),
    (re.compile(r"__((?:\\[\s\S]|[^\\])+?)__(?!_)"), _wrapped("underline")),
    (re.compile(r"\b_((?:__|\\[\s\S]|[^\\_])+?)_\b|\*(?=\S)((?:\*\*|\\[\s\S]|\s+(?:\\[\s\S]|[^*\s\\]|\*\*)|[^\s*\\])+?)\*(?!\*)"),
     _wrapped("italic")),
    (re.compile(r"~~((?:\\[\s\S]|[^\\])+?)~~(?!_)"), _wrapped("struck")),
    (re.compile(r"\|\|((?:\\[\s\S]|[^\\])+?)\|\|"), _wrapped("spoiler")),
]  # fmt: skip


def parse(text: str, start: bool = True) -> list[Node]:
    """The text in pieces; `start`: its beginning is the beginning of a line."""
    made: list[Node] = []
    at, plain = 0, 0
    while at < len(text):
        begins = text[at - 1] == "\n" if at else start
        found = _rule(text, at, begins) if begins or text[at] in FIRST else None
        if found is None:
            at += 1
            continue
        match, node = found
        if plain < at:
            made.append(Node("", text[plain:at]))
        made.append(node)
        at = plain = match.end()
    return made + ([Node("", text[plain:])] if plain < len(text) else [])


def _rule(text: str, at: int, begins: bool) -> tuple[re.Match[str], Node] | None:
    for pattern, make in [*(AT_LINE_START if begins else []), *ANYWHERE]:
        if (match := pattern.match(text, at)) and match.end() > at:
            return match, make(match)
    return None


def walk(nodes: list[Node]) -> Iterator[Node]:
    """Every piece, outer ones first."""
    for one in nodes:
        yield one
        yield from walk(one.inside)


def marks(text: str) -> list[str]:
    """The kinds of formatting in it, in order: `bold`, `heading`, `link`, `mention` … Plain words have none."""
    return [one.kind for one in walk(parse(text)) if one.kind]


def drawn(text: str, network: "Network | None" = None) -> str:
    """What is read where the text stands: names for mentions, labels for links, moments written out, no markup."""
    return "".join(_drawn(one, network) for one in parse(text))


def _drawn(node: Node, network: "Network | None") -> str:
    if node.kind == "mention" and network:
        user = network.users.get(node.to)
        return f"@{user.global_name or user.username}" if user else "@unknown-user"
    if node.kind == "channel" and network and node.to in network.channels:
        return f"#{network.channels[node.to].name}"
    if node.kind == "moment":
        return f"{datetime.fromtimestamp(int(node.to), UTC):%-d %B %Y %H:%M} UTC"
    return node.text + "".join(_drawn(one, network) for one in node.inside)


def mentions(content: str) -> list[str]:
    """Whom a content would ping if everything were allowed: ids, and `everyone`."""
    found = list(dict.fromkeys(MENTION.findall(content)))
    return found + (["everyone"] if EVERYBODY.search(content) else [])


def marked_up(message: "Message") -> Iterator[str]:
    """Every text of a message in which Discord reads markup. Labels of controls and footers are plain."""
    yield message.content
    for embed in message.embeds:
        yield from (str(embed[key]) for key in ("title", "description") if embed.get(key))
        for one in embed.get("fields", []):
            yield from (one["name"], one["value"])


def pings(message: "Message", network: "Network") -> set[str]:
    """Whom it pings: ids, and `everyone`; what `allowed_mentions` does not allow is no ping."""
    return set(network.mentioned(message))


def links(message: "Message") -> set[str]:
    """Every address that can be pressed: marked up, or merely written where Discord links it; of buttons too."""
    written = {one.to for text in marked_up(message) for one in walk(parse(text)) if one.kind == "link"}
    rows = [one for row in message.components for one in row.get("components", [])]
    return written | {str(one["url"]) for one in [*rows, *message.embeds] if one.get("url")}


def drawn_message(message: "Message", network: "Network") -> str:
    """All marked-up texts of a message, as they are read."""
    return "\n".join(drawn(text, network) for text in marked_up(message) if text)

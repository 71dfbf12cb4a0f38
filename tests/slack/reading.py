"""How Slack draws a text on a person's screen, and what a text does to others: whom it pings, where it links."""

import re
from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from tests.slack.model import Account, Json, Message, View
from tests.slack.workspace import Workspace

TOKEN = re.compile(r"<([^<>\s][^<>]*)>")
BARE = re.compile(r"(?<![<|\w])https?://[^\s<>|]+")
EVERYBODY = ("channel", "here", "everyone")
DATES = {
    "{date_num}": "%Y-%m-%d", "{date}": "%-d %B %Y", "{date_short}": "%-d %b %Y", "{date_long}": "%A %-d %B %Y",
    "{date_pretty}": "%-d %B %Y", "{date_short_pretty}": "%-d %b %Y", "{date_long_pretty}": "%A %-d %B %Y",
    "{time}": "%H:%M", "{time_secs}": "%H:%M:%S",
}  # fmt: skip


MENTIONS = {"user": "user_id", "usergroup": "usergroup_id", "broadcast": "range"}
"""The elements of rich text that ping, and where each says whom."""
RICH = ("rich_text_section", "rich_text_quote", "rich_text_preformatted")


def marked_up(place: Message | View) -> Iterator[str]:
    """Every text in which Slack reads markup: mrkdwn in blocks, and the text of a message (also in notifications)."""
    if isinstance(place, Message):
        yield place.text
    yield from _mrkdwn(place.blocks)


def _mrkdwn(part: object) -> Iterator[str]:
    if isinstance(part, list):
        for one in part:
            yield from _mrkdwn(one)
    elif isinstance(part, dict):
        if part.get("type") in ("mrkdwn", "markdown") and isinstance(part.get("text"), str):
            yield part["text"]
        else:
            for one in part.values():
                yield from _mrkdwn(one)


def pings(place: Message | View) -> set[str]:
    """Whom it mentions: ids of people and groups, `channel`, `here`, `everyone`; as markup or as rich text."""
    tokens = [token for text in marked_up(place) for token in TOKEN.findall(text)]
    people = {token[1:].partition("|")[0] for token in tokens if token[0] == "@"}
    groups = {token[1:].partition("|")[0].removeprefix("subteam^") for token in tokens if token[0] == "!"}
    return people | {one for one in groups if not one.startswith("date^")} | set(_rich_pings(place.blocks))


def _rich_pings(part: object) -> Iterator[str]:
    if isinstance(part, list):
        for one in part:
            yield from _rich_pings(one)
    elif isinstance(part, dict):
        if part.get("type") in MENTIONS:
            yield str(part[MENTIONS[part["type"]]])
        yield from _rich_pings(part.get("elements"))


def links(place: Message | View) -> set[str]:
    """Every address that can be pressed: marked up, or merely written where Slack makes a link of it."""
    texts = list(marked_up(place))
    marked = {token.partition("|")[0] for text in texts for token in TOKEN.findall(text) if token[0] not in "@#!"}
    buttons = {str(url) for url in _urls(place.blocks)}
    return marked | buttons | {url for text in texts for url in BARE.findall(TOKEN.sub("", text))}


def _urls(part: object) -> Iterator[object]:
    if isinstance(part, list):
        for one in part:
            yield from _urls(one)
    elif isinstance(part, dict):
        yield from (part[key] for key in ("url",) if key in part)
        for one in part.values():
            yield from _urls(one)


def drawn(text: str, reader: Account, workspace: Workspace) -> str:
    """A marked-up text as it reads: names for mentions, labels for links, moments in the reader's own zone."""
    shown = TOKEN.sub(lambda token: _token(token[1], reader, workspace), text)
    return shown.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _token(token: str, reader: Account, workspace: Workspace) -> str:
    what, _, label = token.partition("|")
    if what[0] == "@":
        known = workspace.accounts.get(what[1:])
        return f"@{known.display_name or known.name}" if known else f"@{label or 'unknown'}"
    if what[0] == "#":
        channel = workspace.channels.get(what[1:])
        return f"#{channel.name}" if channel else "#unknown"
    if what.startswith("!date^"):
        return _moment(what, label, reader)
    return f"@{what[1:]}" if what[0] == "!" else label or what


def _moment(what: str, fallback: str, reader: Account) -> str:
    parts = what.split("^")
    if len(parts) < 3 or not parts[1].isdecimal() or not re.search(r"\{\w+\}", parts[2]):
        return fallback
    at, shown = datetime.fromtimestamp(int(parts[1]), ZoneInfo(reader.tz)), parts[2]
    for name, form in DATES.items():
        shown = shown.replace(name, at.strftime(form))
    return fallback if "{" in shown else shown


def drawn_texts(place: Message | View, reader: Account, workspace: Workspace) -> str:
    """All that stands there, as the reader reads it."""
    if not place.blocks:
        return drawn(place.text, reader, workspace) if isinstance(place, Message) else ""
    return "\n".join(_lines(place.blocks, reader, workspace))


def _lines(part: object, reader: Account, workspace: Workspace) -> Iterator[str]:
    if isinstance(part, list):
        for one in part:
            yield from _lines(one, reader, workspace)
    elif isinstance(part, dict) and part.get("type") in RICH:
        yield "".join(_rich(one, reader, workspace) for one in part["elements"])
    elif isinstance(part, dict):
        yield from _own_lines(part, reader, workspace)
        for key, value in part.items():
            if key not in ("confirm", "state") and isinstance(value, dict | list):
                yield from _lines(value, reader, workspace)


def _rich(part: Json, reader: Account, workspace: Workspace) -> str:
    """An element of rich text: its words as they stand, a mention as a name, a date in the reader's own zone."""
    if part["type"] in MENTIONS:
        sign = {"user": "@", "usergroup": "!subteam^", "broadcast": "!"}[part["type"]]
        return _token(sign + str(part[MENTIONS[part["type"]]]), reader, workspace)
    if part["type"] == "date":
        return _moment(f"!date^{part['timestamp']}^{part['format']}", str(part.get("fallback", "")), reader)
    return str(part.get("text") or part.get("url") or "")


def _own_lines(part: Json, reader: Account, workspace: Workspace) -> Iterator[str]:
    if isinstance(part.get("text"), str):
        literal = part.get("type") == "plain_text"
        yield part["text"] if literal else drawn(part["text"], reader, workspace)
    if isinstance(part.get("alt_text"), str):
        yield part["alt_text"]

"""Text -> what Slack draws it from. What people wrote goes into `rich_text` and `plain_text`, which hold no markup.

Only the text of a message, which notifications and screen readers use, is read as markup: there every sign that
could mean something is replaced by one that looks like it, or parted from what it would mark.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import groupby
from typing import Any, TypeAlias, assert_never
from urllib.parse import quote

from bot.chat.address import Account
from bot.chat.limits import clip
from bot.chat.text import Link, Mention, Moment, Plain, Span, Strong, Text, as_words, clean, one_line

Drawn: TypeAlias = dict[str, Any]
"""A part of a message as Slack gets it, for JSON."""
People: TypeAlias = Mapping[int, str]
"""Which members have an account in this workspace: Slack's id of each."""

NAME = "slack"
NO_WORDS = "…"
"""Stands where Slack wants words and there are none."""
SAID = 4000
"""The most characters of a message's own text that Slack takes in every method."""
ADDRESS = 3000

_WHEN = "{date_long_pretty}, {time}"
_USER = re.compile(r"[UW][A-Z0-9]{2,20}")
_IN_ADDRESS = "/:?#[]@!$&'()*+,;=%~"
_LOOKALIKE = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "*": "∗", "_": "＿", "~": "∼", "`": "ˋ"})
_QUOTES = re.compile(r"^[^\S\n]*>", re.MULTILINE)
_MARKS = re.compile(r"(?<=:)(?=//|[\w+'-]+:)|(?<=[@#])(?=\w)|(?<=\w\.)(?=[^\W\d])")
"""Where an address, an emoji's name or a mention would begin or go on."""
_SIGNS = re.compile(r"[&<>*_~`:@#.](?:(?<=[&<>*_~`])|(?<=:)(?://|[\w+'-]+:)|(?<=[@#])\w|(?<=\w\.)[^\W\d])")
"""What any of that could begin with: most sentences have none of it. One class of signs comes first, so that `re` leaps
from one to the next; as a choice of ways it tries each at every character, and takes five times as long."""
_CUT = re.compile(r"(<[^>]*|&\w*)$")
"""A token or an escaped sign of which only the beginning is there."""


def people_here(accounts: Mapping[int, Account], workspace: str) -> People:
    """Those of the accounts that Slack knows in this workspace."""
    here = {member: one for member, one in accounts.items() if (one.platform, one.workspace) == (NAME, workspace)}
    return {member: one.user for member, one in here.items() if _USER.fullmatch(one.user)}


def plain_text(words: str, most: int) -> Drawn:
    """One line of words without any markup, at most so many characters."""
    return {"type": "plain_text", "text": clip(one_line(words), most) or NO_WORDS, "emoji": False}


def elements(text: Text, people: People) -> list[Drawn]:
    """The spans as elements of a `rich_text` section; those without words are left out."""
    return [drawn for span in fused(text) if (drawn := element(span, people))]


def fused(text: Text) -> Text:
    """Words that follow each other as one span: what is said in gaps of a sentence is drawn in one go."""
    if len(text) < 2:
        return text
    whole: list[Span] = []
    for is_plain, spans in groupby(text, _is_plain):
        run = list(spans)
        whole += [Plain("".join([as_words(span) for span in run]))] if is_plain else run
    return tuple(whole)


def _is_plain(span: Span) -> bool:
    return isinstance(span, Plain)


def element(span: Span, people: People) -> Drawn | None:
    """One span, total over all; None where nothing is to be shown."""
    match span:
        case Plain(words):
            return wording(clean(words))
        case Strong(words):
            return wording(clean(words), bold=True)
        case Link(words, url):
            return _link(clean(words), address(url))
        case Mention(member, name):
            user = people.get(member)
            return {"type": "user", "user_id": user} if user else wording(one_line(name))
        case Moment(when):
            return _date(when) or wording(as_words(span))
        case _:
            assert_never(span)


def wording(words: str, *, bold: bool = False) -> Drawn | None:
    """Words as they stand; None where there are none, which Slack refuses."""
    if not words:
        return None
    return {"type": "text", "text": words} | ({"style": {"bold": True}} if bold else {})


def joined(parts: Sequence[Drawn]) -> list[Drawn]:
    """The elements, with words that look alike and follow each other made one: Slack counts every sign of its JSON."""
    runs: list[Drawn] = []
    for part in parts:
        if runs and runs[-1] | {"text": ""} == part | {"text": ""} and part["type"] == "text":
            runs[-1] = part | {"text": runs[-1]["text"] + part["text"]}
        else:
            runs.append(part)
    return runs


def address(url: str) -> str:
    """The address with every character that could end it written as %XX; "" for one longer than Slack takes."""
    safe = quote(clean(url), safe=_IN_ADDRESS)
    return safe if len(safe) <= ADDRESS else ""


def said(lines: Sequence[str]) -> str:
    """Lines of marked-up text as the text of a message: something, and never more than Slack takes."""
    whole = "\n".join(line for line in lines if line.strip())
    if len(whole) > SAID:
        whole = _CUT.sub("", whole[: SAID - 1]).rstrip() + "…"
    return whole or NO_WORDS


def marked(text: Text) -> str:
    """The spans for the text of a message."""
    return "".join([_marked(span) for span in fused(text)])


def neutral(words: str) -> str:
    """Words for a text in which Slack reads markup: they read as they stand and mean nothing to it."""
    words = clean(words)
    if not _SIGNS.search(words):
        return words
    return _MARKS.sub("\N{WORD JOINER}", _QUOTES.sub("›", words).translate(_LOOKALIKE))


def _marked(span: Span) -> str:
    match span:
        case Plain(words) | Strong(words):
            return neutral(words)
        case Link(words, url):
            safe = address(url).replace("&", "&amp;")
            return f"<{safe}|{neutral(words)}>" if safe and words else neutral(words)
        case Mention(_, name):
            return neutral(one_line(name))
        case Moment(when):
            return f"<!date^{at}^{_WHEN}|{as_words(span)}>" if (at := _seconds(when)) else as_words(span)
        case _:
            assert_never(span)


def _link(words: str, url: str) -> Drawn | None:
    if not url:
        return wording(words)
    return {"type": "link", "url": url} | ({"text": words} if words else {})


def _date(when: datetime) -> Drawn | None:
    """Drawn in the reader's own zone; the words beside it name theirs."""
    at = _seconds(when)
    return {"type": "date", "timestamp": at, "format": _WHEN, "fallback": as_words(Moment(when))} if at else None


def _seconds(when: datetime) -> int:
    """Seconds since 1970; 0 for what came before, which Slack cannot draw."""
    return max(0, int(when.timestamp()))

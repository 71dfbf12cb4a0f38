r"""Text -> Discord's markdown, and what people write as words that mean nothing in it.

Discord reads a backslash before a sign as "this sign, as it stands", in messages and in embeds alike. So whatever could
begin or end something is written with one, and nothing is replaced by a lookalike or parted by a hidden sign: what is
copied out of a message is what was written.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from itertools import groupby
from typing import Any, TypeAlias, assert_never
from urllib.parse import quote

from bot.chat.address import Account
from bot.chat.text import Link, Mention, Moment, Plain, Span, Strong, Text, as_words, clean, one_line

Drawn: TypeAlias = dict[str, Any]
"""A part of a message as Discord gets it, for JSON."""
People: TypeAlias = Mapping[int, str]
"""Which members have an account in this server: Discord's id of each."""

NAME = "discord"
NO_WORDS = "…"
"""Stands where Discord wants words and there are none."""
ADDRESS = 512
"""A longer address would leave no room for words; it is not shown."""

_USER = re.compile(r"[1-9][0-9]{0,19}")
_IN_ADDRESS = "/:?#[]@!$&+,;=%~"
_LINES = str.maketrans("\u2028\u2029", "\n\n")
_MARKS = re.compile(r"[\\*_~|`<>\[\]#@]|:(?=\S)|(?<=\w)\.(?=[^\W\d_])")
"""Signs that can begin or end a style, a link, a mention, a moment, an emoji's name, a heading or a bare address."""
_LISTS = re.compile(r"^([^\S\n]*[0-9]*)([-+.)])", re.MULTILINE)
"""What makes a line one of a list, or smaller: the others at a line's start are marks anywhere."""
_BRACKETS = str.maketrans("[]", "()")
_UNREADABLE = 8_640_000_000_000
"""Seconds: what is further from 1970 Discord's clients cannot draw."""


def people_here(accounts: Mapping[int, Account], workspace: str) -> People:
    """Those of the accounts that Discord knows in this server."""
    here = {member: one for member, one in accounts.items() if (one.platform, one.workspace) == (NAME, workspace)}
    return {member: one.user for member, one in here.items() if _USER.fullmatch(one.user)}


def neutral(words: str) -> str:
    """Words for a text in which Discord reads markdown: they read as they stand and mean nothing to it."""
    return _LISTS.sub(r"\1\\\2", _MARKS.sub(r"\\\g<0>", clean(words.translate(_LINES))))


def marked(text: Text, people: People) -> str:
    """The spans in Discord's markdown. What stands side by side in one style is taken as one, so that no mark can be
    put together from two halves."""
    if len(text) == 1:
        span = _simpler(text[0], people)
        return _one(span, people) if clean(as_words(span)) else ""
    return "".join(_one(span, people) for span in _joined(_simpler(span, people) for span in text))


def address(url: str) -> str:
    """The address with every character that could end it written as %XX; "" for one that is too long to be shown."""
    safe = quote(clean(url), safe=_IN_ADDRESS)
    return safe if len(safe) <= ADDRESS else ""


def bold(words: str) -> str:
    """Words that carry weight, line by line; the marks stand at the words, not at the white space around them."""
    return "\n".join(_bold(line) for line in clean(words.translate(_LINES)).split("\n"))


def _bold(line: str) -> str:
    bare = line.strip()
    if not bare:
        return line
    start = line.index(bare)
    return f"{line[:start]}**{neutral(bare)}**{line[start + len(bare) :]}"


def _simpler(span: Span, people: People) -> Span:
    """The span, or plain words where Discord has nothing better for it."""
    match span:
        case Plain() | Strong():
            return span
        case Link(words, url):
            return span if one_line(words) and address(url) else Plain(words)
        case Mention(member, name):
            return span if member in people else Plain(one_line(name))
        case Moment(when):
            return span if abs(_seconds(when)) < _UNREADABLE else Plain(as_words(span))
        case _:
            assert_never(span)


def _joined(spans: Iterable[Span]) -> Iterator[Span]:
    """The spans, without those that say nothing, and what stands side by side in one style made one."""
    for kind, same in groupby((span for span in spans if clean(as_words(span))), type):
        if issubclass(kind, Plain | Strong):
            yield kind("".join(as_words(span) for span in same))
        else:
            yield from same


def _one(span: Span, people: People) -> str:
    match span:
        case Plain(words):
            return neutral(words)
        case Strong(words):
            return bold(words)
        case Link(words, url):
            return f"[{neutral(one_line(words).translate(_BRACKETS))}](<{address(url)}>)"
        case Mention(member, _):
            return f"<@{people[member]}>"
        case Moment(when):
            return f"<t:{_seconds(when)}:F>"
        case _:
            assert_never(span)


def _seconds(when: datetime) -> int:
    return int(when.timestamp())

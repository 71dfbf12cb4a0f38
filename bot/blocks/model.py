"""Whom somebody would rather not meet, as they typed it, and whether a name or an account is meant by it.

To block somebody too many is no harm; to miss the one who was meant is.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from bot.chat.address import Account
from bot.chat.ids import Id
from bot.chat.text import sought
from bot.members.model import TITLES

MOST = 300
"""Characters that are kept of what was typed."""
_MENTION = re.compile(r"<@!?([^>|]+)(?:\|[^>]*)?>")
_PARTS = re.compile(r"[\W_]+")
_HYPHENS = re.compile(r"[-\u2010-\u2015.]")
_LIGATURES = str.maketrans({"ø": "o", "đ": "d", "ð": "d", "ł": "l", "æ": "ae", "œ": "oe", "ı": "i", "þ": "th"})


@dataclass(frozen=True)
class Said:
    """What one member typed; sealed at rest, and nobody else's to read."""

    id: Id
    by: Id
    words: str
    at: datetime


@dataclass(frozen=True)
class Known:
    """Somebody who could be meant: all that people may know them by."""

    id: Id
    name: str
    accounts: tuple[Account, ...]


@dataclass(frozen=True)
class _Word:
    """A word of a name: whole ("obriensmith"), and the ways in which it can fall apart ("obrien smith")."""

    whole: str
    ways: tuple[frozenset[str], ...]

    def stands_in(self, words: frozenset[str]) -> bool:
        """Whether these words say it, in one or in several."""
        return any(way <= words for way in ({self.whole}, *self.ways))

    def begins(self, other: "_Word") -> bool:
        """Whether one of the two is the other's initial."""
        short, long = sorted((self.whole, other.whole), key=len)
        return len(short) == 1 and long.startswith(short)


def means(typed: str, known: Known) -> bool:
    """Whether what was typed may mean this person."""
    return any(_is_account(typed, account) for account in known.accounts) or _is_name(typed, known.name)


def _is_account(typed: str, account: Account) -> bool:
    """As the platform writes a mention, as the config writes an account, or as it is called there."""
    meant = [*_MENTION.findall(typed), typed, *(word for word in typed.split() if ":" in word)]
    called = {account.user.casefold(), account.show().casefold()}
    return any(one.strip().lstrip("@").casefold() in called for one in meant)


def _is_name(typed: str, name: str) -> bool:
    """All that was typed stands in the name, whatever its order, case, accents and titles; or all of the name in it."""
    said, called = _words(typed), _words(name)
    if not said or not called:
        return False
    return _within(said, called) or _within(called, said) or _joined(said) == _joined(called)


def _within(some: list[_Word], others: list[_Word]) -> bool:
    """Initials count for a word, but do not mean anybody by themselves."""
    every = frozenset(part for other in others for way in ({other.whole}, *other.ways) for part in way)
    rest = [one for one in some if not one.stands_in(every)]
    return len(rest) < len(some) and all(any(one.begins(other) for other in others) for one in rest)


def _joined(words: list[_Word]) -> str:
    return "".join(word.whole for word in words)


def _words(text: str) -> list[_Word]:
    words = list(_each(_MENTION.sub(" ", text)))
    return [word for word in words if word.whole not in TITLES] or words


def _each(text: str) -> Iterator[_Word]:
    for word in sought(text).translate(_LIGATURES).split():
        whole = _PARTS.sub("", word)
        names = (_PARTS.sub("", part) for part in _HYPHENS.split(word))
        if whole:
            yield _Word(whole, (frozenset(_PARTS.split(word)) - {""}, frozenset(names) - {""}))

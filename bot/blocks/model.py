"""Whom somebody would rather not meet, as they typed it, and whether a name or an account is meant by it.

To block somebody too many is no harm; to miss the one who was meant is.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import permutations
from string import digits

from bot.chat.address import Account
from bot.chat.ids import Id
from bot.chat.text import sought
from bot.members.model import TITLES

MOST = 300
"""Characters that are kept of what was typed."""
_SHORT = 3
"""Letters of a short form that means somebody by itself."""
_MENTION = re.compile(r"<@!?([^>|]+)(?:\|[^>]*)?>")
_HANDLE = re.compile(r"@(\S+)")
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
    """A word of a name: whole ("obriensmith"), the ways in which it can fall apart ("obrien smith"), and all these."""

    whole: str
    ways: tuple[frozenset[str], ...]
    forms: frozenset[str]

    def stands_in(self, words: frozenset[str]) -> bool:
        """Whether these words say it, in one or in several."""
        return self.whole in words or any(way <= words for way in self.ways)

    def begins(self, other: "_Word") -> bool:
        """Whether one of the two is the other's initial, or short for it."""
        short, long = sorted((self.whole, other.whole), key=len)
        return long.startswith(short)


def meant(typed: str, people: Iterable[Known]) -> list[Id]:
    """Whom of them what was typed may mean. Thousands are asked in one go, so it is taken apart once."""
    accounts, said, handles = _accounts(typed), _words(typed), _handles(typed)
    return [
        one.id
        for one in people
        if any(_is_account(accounts, account) for account in one.accounts) or _is_name(said, handles, one.name)
    ]


def means(typed: str, known: Known) -> bool:
    """Whether what was typed may mean this person."""
    return bool(meant(typed, [known]))


def _accounts(typed: str) -> frozenset[str]:
    """As the platform writes a mention, as the config writes an account, or as it is called there."""
    all_said = [*_MENTION.findall(typed), typed, *(word for word in typed.split() if ":" in word)]
    return frozenset(one.strip().lstrip("@").casefold() for one in all_said)


def _is_account(accounts: frozenset[str], account: Account) -> bool:
    return account.user.casefold() in accounts or account.show().casefold() in accounts


def _is_name(said: list[_Word], handles: frozenset[str], name: str) -> bool:
    """All that was typed stands in the name, whatever its order, case, accents and titles; or all of the name in it.
    What is short for a word counts for it."""
    called = _words(name)
    if not said or not called:
        return False
    stands = _within(said, called) or _within(called, said) or _joined(said) == _joined(called)
    return stands or _begun(said, called) or _is_handle(handles, called)


def _within(some: list[_Word], others: list[_Word]) -> bool:
    """Initials and short forms count for a word, but do not mean anybody by themselves."""
    rest, left = _without(some, others), _without(others, some)
    return len(rest) < len(some) and all(any(one.begins(other) for other in left) for one in rest)


def _without(some: list[_Word], others: list[_Word]) -> list[_Word]:
    """Those of the words that the others do not say."""
    every = frozenset(form for other in others for form in other.forms)
    return [one for one in some if not one.stands_in(every)]


def _begun(said: list[_Word], called: list[_Word]) -> bool:
    """Each word that was said begins another of the name's, and not all of them are mere initials: "Gwen" is meant to
    be Gwendolyn. The longest choose first: whatever they leave is as good for the others."""
    left = [form for word in called for form in word.forms]
    for one in sorted((word.whole for word in said), key=len, reverse=True):
        found = next((form for form in left if form.startswith(one)), None)
        if found is None:
            return False
        left.remove(found)
    return any(len(word.whole) >= _SHORT for word in said)


def _handles(typed: str) -> frozenset[str]:
    return frozenset(word.whole for handle in _HANDLE.findall(typed) for word in _each(handle))


def _is_handle(handles: frozenset[str], called: list[_Word]) -> bool:
    """As accounts are often called: an initial and a name, or a name and an initial. What it truly is on the platform
    is not known here."""
    names = [word.whole for word in called] if handles else []
    return any(handles & {one[0] + other, one + other[0]} for one, other in permutations(names, 2))


def _joined(words: list[_Word]) -> str:
    return "".join(word.whole for word in words)


def _words(text: str) -> list[_Word]:
    words = list(_each(_MENTION.sub(" ", text)))
    return [word for word in words if word.whole not in TITLES] or words


def _each(text: str) -> Iterator[_Word]:
    for word in sought(text).translate(_LIGATURES).split():
        word = word.rstrip(digits)  # of "gwen7", the name
        whole = _PARTS.sub("", word)
        names = frozenset(_PARTS.sub("", part) for part in _HYPHENS.split(word)) - {""}
        parts = frozenset(_PARTS.split(word)) - {""}
        if whole:
            yield _Word(whole, (parts, names), parts | names | {whole})

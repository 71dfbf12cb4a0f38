"""Who heard whom they meet, by the platform's own transcript: all of them, or none."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Set
from datetime import datetime

from bot.chat.ids import Id, read, show
from bot.core.feature import Broken

INTRODUCTION, ALONE = "intro", "astray"
"""How the keys of letters begin in which people meet: all of them together or each alone; and each once more, where
nobody knows whether the first came."""


def group_of(key: str) -> Id | None:
    """The group that meets in a letter of that key."""
    first, *more = key.split(":")
    return read(more[0]) if first in (INTRODUCTION, ALONE) else None


class Meetings:
    """Remembers which parcels are introductions, and which accounts could read them."""

    def __init__(self) -> None:
        self._groups: dict[str, Id] = {}
        self._heard: defaultdict[Id, set[str]] = defaultdict(set)
        self._judged: set[Id] = set()

    def leaving(self, key: str, mark: str) -> None:
        """A letter is about to leave, as a parcel of that mark."""
        group = group_of(key)
        if group is not None:
            self._groups[mark] = group

    def said(self, mark: str, accounts: Collection[str]) -> None:
        """A parcel stands where those accounts read."""
        if mark in self._groups:
            self._heard[self._groups[mark]].update(accounts)

    def half_told(
        self, introduced: Mapping[Id, Set[Id]], whose: Mapping[str, tuple[Id, datetime]], unseen: Collection[str]
    ) -> Iterator[Broken]:
        """Of groups of which nothing is on its way any more: those in which one side heard of the other, and the other
        did not; or nobody, though each was to hear alone what nobody could look for (`unseen`, by mark). Each is judged
        once, for its people leave and are forgotten later."""
        astray = {self._groups[mark] for mark in unseen if mark in self._groups}
        for group in introduced.keys() - self._judged:
            people = introduced[group]
            told = {whose[account][0] for account in self._heard[group] if account in whose} & people
            if told != people and (told or group in astray):
                yield Broken("one side told", show(group), f"{len(told)} of {len(people)} heard")
        self._judged |= introduced.keys()

"""Second accounts, on the other platform, of some who live where everything goes wrong.

Their owners read on one screen and type on the other: what the bot says to the first alone, the second reads too.
"""

import random
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from adapters.people import reading
from adapters.people.habit import Habit
from adapters.people.model import Head, Heard, Planned, Press, Use
from adapters.people.people import People
from adapters.space.model import Change, Kind, Message
from adapters.space.space import Space
from bot.chat.view import View, words_of_view
from bot.door.demo.bodies import heard_by
from bot.door.simulate.restless import Restless

ALSO = "-also"
"""How the id of a second account ends."""
_HAS_SECOND, _BEGINS = 0.3, 0.3
"""How many have a second account; and, of those, how many begin to join with it as if they were somebody else."""
_COMES, _AT_FIRST, _ASKS, _TRIES = timedelta(days=4), timedelta(days=1), timedelta(days=1), (1, 5, 20)
"""The second account is made within so many days; and a code is asked for within so many days of that, thrice."""
_CODE = re.compile(r"/headsup connect ([0-9A-Z]+-[0-9A-Z]+)")
_THATS_ME, _NOT_ME = "yes, i'm", "that isn't me"
_CONNECTED, _PARTED = "You’re connected: here, too", "isn’t connected to anybody any more"
_IS_NOT = 0.08
"""How likely somebody says that it is not them after all."""
_ELSEWHERE = ""
"""The conversation of what was read with the first account."""


class First(Restless):
    """Somebody with a second account: they ask for a code, more than once if need be."""

    def __init__(self, head: Head, seed: str, habit: Habit, asks: Sequence[timedelta]) -> None:
        super().__init__(head, seed, habit)
        self._asks = asks

    def life(self, opening: datetime) -> list[Planned]:
        chance = self.chance("asks")
        at = [self._at(opening + after, Use("connect"), chance) for after in self._asks]
        return super().life(opening) + at


class Second(Restless):
    """That account. It does nothing until it is connected, unless it `begins` to join as somebody else."""

    def __init__(self, head: Head, seed: str, habit: Habit, begins: bool) -> None:
        super().__init__(head, seed, habit)
        self._is_one, self._begins = False, begins

    def hear(self, heard: Heard, real: bool) -> list[Planned]:
        said = heard.said
        if isinstance(said, str):
            return super().hear(heard, real) if self._is_one else []
        if heard.conversation == _ELSEWHERE:
            return self._code(heard, said)
        words = words_of_view(said)
        self._is_one = _CONNECTED in words or (self._is_one and _PARTED not in words)
        if found := self._asked(heard, said):
            self._remember(heard, said)
            return found
        return super().hear(heard, real) if self._is_one or self._begins else []

    def week(self, monday: date, midnight: datetime) -> list[Planned]:
        return super().week(monday, midnight) if self._is_one else []

    def arrives(self, at: datetime, channel: str) -> list[Planned]:
        return []

    def takes_up(self, at: datetime) -> list[Planned]:
        return []

    def _code(self, heard: Heard, view: View) -> list[Planned]:
        """Bring the code that the first account was shown; some are too late."""
        found = _CODE.search(words_of_view(view))
        return self.soon(heard.at, Use(f"connect {found[1]}"), 30, 660) if found else []

    def _asked(self, heard: Heard, view: View) -> list[Planned]:
        """Whether whoever asked for the code is oneself."""
        row = tuple(reading.buttons(view))
        yes, no = reading.labelled(row, _THATS_ME), reading.labelled(row, _NOT_ME)
        if yes is None or no is None:
            return []
        chosen = no if self.chance("me", heard.at).random() < _IS_NOT else yes
        return self.soon(heard.at, Press(heard.conversation, heard.message, chosen.action), 5, 200)


def of_two(head: Head, seed: str, habit: Habit) -> tuple[Restless, Second | None]:
    """Somebody in a hostile life, and their second account, if they have one: most of those who will leave the
    workspace of the first do."""
    dice = random.Random(f"{seed} {head.user} second")  # noqa: S311 - a story
    if dice.random() > (1 - _BEGINS if head.goes else _HAS_SECOND):
        return Restless(head, seed, habit), None
    comes, begins = head.comes + _COMES * dice.random(), dice.random() < _BEGINS
    asks = [max(comes, head.comes + _AT_FIRST) + _ASKS * dice.uniform(0, after) for after in _TRIES]
    stays = replace(head, user=f"{head.user}{ALSO}", comes=comes, pauses=None, leaves=None, goes=None, returns=None)
    return First(head, seed, habit, asks), Second(stays, seed, habit, begins)


def read_beside(space: Space, people: People) -> None:
    """Let `people` of the other platform read what the bot says in this space to their first accounts."""

    def on(change: Change) -> None:
        if not isinstance(change, Message):
            return
        place = space.conversation(change.conversation)
        for user in place.people if place.kind is Kind.BOT else ():
            if f"{user}{ALSO}" in people.users:
                heard = heard_by(user, place, change)
                people.hear(replace(heard, reader=f"{user}{ALSO}", conversation=_ELSEWHERE))

    space.subscribe(on)

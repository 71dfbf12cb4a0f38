"""Letters that nobody will read: given up though nothing permits it, or waiting for longer than anything explains.

Read each evening, since rows of letters that have ended are pruned after weeks. What a row says of why it was given up
is the bot's own word, and excuses nothing: the tables, and what the platform answered, do.
"""

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime, timedelta
from itertools import groupby

from bot.chat.ids import show
from bot.chat.outbound import Outcome, Parcel, Refused, ToChannel, ToCircle, Why
from bot.core.feature import Broken
from bot.core.outbox import State
from bot.door.simulate.promises import HERE
from storage.unsaid import Unsaid

RULE = "letter lost"
LONG = timedelta(days=2)
"""Nothing makes a letter wait for so long after its hour: the courier gives up about 24 hours after the first try, and
what waits into quiet hours or holidays is given a new hour behind them."""
_BRIEF = timedelta(hours=2)
"""A full disk, a machine that died and a clock that was set can keep a letter for so long beyond its hour, together."""
_NOBODY_THERE = frozenset({Why.GONE, Why.CLOSED})


class Losses:
    """`keys` are those of the letters that were lost, `unseen` the marks of parcels to circles in which nobody could
    look. What a circle may have is given up then: twice would be worse, and whether each hears alone instead is looked
    at by itself."""

    def __init__(self) -> None:
        self.keys: set[str] = set()
        self._refused: set[str] = set()
        self.unseen: set[str] = set()

    def answered(self, parcel: Parcel, outcome: Outcome | None) -> None:
        """Hear what the platform said of a parcel; None: nobody can look for it. A channel that is not there
        is nobody's leave."""
        if outcome is None and isinstance(parcel.to, ToCircle):
            self.unseen.add(parcel.mark)
        if isinstance(outcome, Refused) and outcome.why in _NOBODY_THERE and not isinstance(parcel.to, ToChannel):
            self._refused.add(parcel.mark)

    def found(self, unsaid: Iterable[Unsaid], said: Collection[str]) -> Iterator[Broken]:
        """Each letter that is lost, once; `said` are the marks that stand on the platform."""
        for key, rows in groupby(unsaid, lambda one: one.key):
            readers = list(rows)
            if key in self.keys or readers[0].mark in said or self._is_excused(readers):
                continue
            self.keys.add(key)
            yield Broken(RULE, _who(readers[0]), _what(readers[0]))

    def _is_excused(self, readers: Collection[Unsaid]) -> bool:
        letter = next(iter(readers))
        if letter.state is not State.DEAD:
            return False
        is_over = letter.mark in self._refused or letter.mark in self.unseen or _came_late(letter)
        return is_over or any(map(_is_gone, readers))


def settled_unsaid(marks: Iterable[str]) -> Iterator[Broken]:
    """Letters that are put down as sent, and stand nowhere."""
    return (Broken(RULE, "", f"sent, and never said: {mark}") for mark in marks)


def _came_late(letter: Unsaid) -> bool:
    """Its time was over before its hour came, or very soon after."""
    over = letter.until is not None and letter.ended_at is not None and letter.until <= letter.ended_at
    return over and letter.until is not None and letter.due_at > letter.until - _BRIEF


def _is_gone(letter: Unsaid) -> bool:
    """Whoever should have read it has left. Of the forgotten no letter is left, but as cancelled."""
    return letter.member is not None and (letter.left_at is not None or letter.stage not in HERE)


def _who(letter: Unsaid) -> str:
    return show(letter.member) if letter.member is not None else ""


def _what(letter: Unsaid) -> str:
    return f"{letter.kind} {letter.key.partition(':')[0]}: {letter.state} {letter.says}".rstrip()


def long_ago(at: datetime) -> datetime:
    """A letter whose hour was before that, and which still waits, is lost."""
    return at - LONG

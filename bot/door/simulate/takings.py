"""Letters that were taken back though nothing says why: nobody will read them, and nobody tried.

Read each evening, of the day before. That a row says it was cancelled is the bot's own word; what its readers asked
for, and what became of what it speaks of, say whether it could be.
"""

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime, timedelta
from itertools import groupby

from bot.chat.ids import Id, show
from bot.core.feature import Broken
from bot.core.outbox import ASKED_FOR
from bot.core.terms import Nation
from bot.core.work import Work
from bot.door.simulate.promises import HERE, Promises, reader_of
from storage.unsaid import TakenBack, of_ended_groups, out_of_date, taken_back, told_each

RULE = "letter taken back"
A_DAY = timedelta(hours=26)
"""And two hours, for the clock may have been set."""
_OF_A_GROUP = frozenset({"intro", "astray", "checkin", "checkin-again"})
_REMINDS = "event-remind"
_OWN_REASONS = {
    "who was to be nudged, or waited for, has joined": ("welcome", "nudge", "waits"),
    "who was left out has somebody": ("left-out",),
    "it is asked once more, or told anew": ("pulse-again", "event-changed", "announce"),
    "an offer has lapsed": ("event-offer",),
    "a place is for other people: the next night opens theirs": ("event-group",),
    "it is closed between them": ("relay", "relay-asks", "listen-ask", "listen-together"),
}
"""For which a room takes letters back, and how their keys begin."""
_MAY = frozenset(first for firsts in _OWN_REASONS.values() for first in firsts)


class Takings:
    """Judges each letter once: on the evening after it was taken back, or, where it had its time, when that is over.
    One for which there was no hour is put down so as soon as it is posted."""

    def __init__(self, promises: Promises, zone: str, nation: Nation) -> None:
        self._promises, self._zone, self._nation = promises, zone, nation
        self._judged: set[str] = set()
        self._doubted: dict[str, Sequence[TakenBack]] = {}

    def found(self, work: Work, said: Collection[str], quiet: Collection[Id]) -> Sequence[Broken]:
        """Each that nothing excuses; `said` are the marks that stand on the platform, `quiet` whoever asked to be left
        alone, or was forgotten, lately: whatever they have asked for since."""
        rows = [one for one in taken_back(work, work.at - A_DAY) if one.key not in self._judged]
        self._judged |= {one.key for one in rows}
        unsaid = [one for one in rows if one.mark not in said and _first(one) not in _MAY]
        keys = {one.key for one in unsaid}
        over = (
            told_each(work, keys)
            | of_ended_groups(work, [key for key in keys if _begins(key) in _OF_A_GROUP])
            | out_of_date(work, [key for key in keys if _begins(key) == _REMINDS])
        )
        read_by = {key: list(some) for key, some in groupby(unsaid, lambda one: one.key)}
        self._doubted |= {
            key: readers
            for key, readers in read_by.items()
            if key not in over and not any(_is_quiet(one, quiet) for one in readers)
        }
        return [
            Broken(RULE, _who(readers[0]), f"{readers[0].kind} {_begins(key)}")
            for key, readers in self._over(work.at)
            if all(self._had_room(one) for one in readers)
        ]

    def _over(self, now: datetime) -> Iterator[tuple[str, Sequence[TakenBack]]]:
        for key, readers in tuple(self._doubted.items()):
            if readers[0].until is None or readers[0].until <= now:
                yield key, self._doubted.pop(key)

    def _had_room(self, one: TakenBack) -> bool:
        if one.until is None or one.member is None:
            return True
        reader = reader_of(one.row, self._zone, self._nation)
        return self._promises.had_room(one.kind, reader, one.ended_at, one.until)


def _is_quiet(one: TakenBack, quiet: Collection[Id]) -> bool:
    """Whether this reader is not written to: they are gone, or asked for it."""
    if one.member is None:
        return False
    is_asked_for = one.kind in ASKED_FOR and _first(one) != _REMINDS
    is_left_alone = one.away or not one.hears or one.member in quiet
    return one.left_at is not None or one.stage not in HERE or (is_left_alone and not is_asked_for)


def _begins(key: str) -> str:
    return key.partition(":")[0]


def _first(one: TakenBack) -> str:
    return _begins(one.key)


def _who(one: TakenBack) -> str:
    return show(one.member) if one.member is not None else ""

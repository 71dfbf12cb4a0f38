"""When a letter may be said: quiet hours and the message budget, one policy for every room."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import NamedTuple

from bot.chat.ids import Id
from bot.core.budget import LIMITS, Limits, place
from bot.core.hours import RULES, URGENCIES, Hours, QuietRules, Urgency, next_open, quiet
from bot.core.outbox import BUDGETED, Kind, Letter
from bot.core.terms import Terms

_REMEMBERED = 10_000
_FARTHEST = timedelta(days=366)


class Reader(NamedTuple):
    """Who will read a letter. `heard`: the instants of BUDGETED letters sent or planned from a week before on, those
    that count as one once; `beside`: of those with which this letter would count as one."""

    member: Id
    hours: Hours
    heard: tuple[datetime, ...] = ()
    beside: tuple[datetime, ...] = ()


@dataclass(frozen=True)
class Policy:
    """The network's policy. `network` are the hours of channels, and of whoever is no member yet."""

    network: Hours
    terms: Terms
    rules: QuietRules = RULES
    limits: Limits = LIMITS
    _known: dict[tuple[datetime, Hours, Urgency], datetime] = field(default_factory=dict, compare=False, repr=False)

    def place(self, letter: Letter, readers: Sequence[Reader]) -> datetime:
        """The first instant from `letter.due_at` on that suits every reader. Raises LookupError where a year is quiet.

        A letter to several people waits for all of them, so that they hear it at the same moment.
        """
        readers = readers or (Reader(Id(0), self.network),)
        at, before = letter.due_at, None
        while at != before:
            before = at
            for reader in readers:
                at = max(at, self._for_one(letter.kind, at, reader))
            if at - letter.due_at > _FARTHEST:
                raise LookupError("no hour within a year suits all readers")
        return at

    def is_open(self, kind: Kind, at: datetime, readers: Sequence[Reader]) -> bool:
        """Whether `at` is no quiet hour of any reader: asked again when the letter leaves, for it may have waited."""
        readers = readers or (Reader(Id(0), self.network),)
        urgency = URGENCIES[kind]
        return not any(quiet(at, reader.hours, self.terms, self.rules, urgency) for reader in readers)

    def _for_one(self, kind: Kind, at: datetime, reader: Reader) -> datetime:
        urgency = URGENCIES[kind]
        if kind in BUDGETED and reader.heard:
            return place(at, reader.heard, reader.hours, self.terms, self.rules, self.limits, urgency, reader.beside)
        return self._open(at, reader.hours, urgency)

    def _open(self, at: datetime, hours: Hours, urgency: Urgency) -> datetime:
        """`next_open`, remembered: a round of thousands asks for the same few instants."""
        key = (at, hours, urgency)
        if key not in self._known:
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            self._known[key] = next_open(at, hours, self.terms, self.rules, urgency)
        return self._known[key]


def week_before(at: datetime) -> datetime:
    """From when on `Reader.heard` is needed for a letter at `at`."""
    return at - timedelta(days=7)

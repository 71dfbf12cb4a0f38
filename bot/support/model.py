"""Somebody to talk to: who listens and when, one request to one of them, and telling organisers of a worry."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from bot.chat.ids import Id
from bot.chat.limits import ANSWER_TEXT
from bot.core.terms import Nation
from bot.core.walltime import instant, local_day

MOST_WORDS = ANSWER_TEXT
"""Characters of what is written to a listener, or about a worry."""
UNSENT = timedelta(hours=1)
"""How long something waits, sealed, between its preview and the press that sends it."""
KEPT = timedelta(days=30)
"""How long it is known that there was a request to a listener, from when it was sent (docs/privacy.md)."""
AT_LEAST = timedelta(hours=1)
"""How long a listener has to answer who is asked a moment before the end of their hours."""
READERS = 2
"""How many organisers read a worry."""
FIRST_HOUR, LAST_HOUR = 7, 23
"""Between which hours of the day somebody can be on the rota."""
MOST_AT_ONCE = 3
"""So many requests at once a listener can take on, and no more."""
_WEEK = 7


@dataclass(frozen=True)
class SupportSettings:
    """`zone` and `nation` are the network's. `readers`: the accounts, as in the config, of the organisers who read what
    members worry about; the first two whom it is not about. `is_demo`: nobody is missed where everybody is made up."""

    zone: str = "Europe/London"
    nation: Nation = Nation.ENGLAND
    readers: tuple[str, ...] = ()
    is_demo: bool = False


@dataclass(frozen=True)
class Duty:
    """Hours in which somebody listens: every week on that weekday (Monday is 0), on the listener's own wall clock."""

    weekday: int
    begins: int
    ends: int

    def on(self, day: date, zone: str) -> tuple[datetime, datetime]:
        """From when until when, on that local day."""
        return instant(day, time(self.begins), zone), instant(day, time(self.ends), zone)


@dataclass(frozen=True)
class Listener:
    """Somebody on the rota. `most` requests at once; nobody sees their name before they have `agreed`."""

    member: Id
    most: int
    agreed: bool = False
    hours: tuple[Duty, ...] = ()

    def until(self, at: datetime, zone: str) -> datetime | None:
        """Until when they are on duty at that moment; None where they are not."""
        return next((ends for begins, ends in self._coming(at, zone) if begins <= at < ends), None)

    def next(self, at: datetime, zone: str) -> datetime | None:
        """When they are on duty next, from then on; None for somebody without hours."""
        return min((begins for begins, _ in self._coming(at, zone) if begins > at), default=None)

    def _coming(self, at: datetime, zone: str) -> Iterator[tuple[datetime, datetime]]:
        today = local_day(at, zone)
        for later in range(_WEEK + 1):
            day = today + timedelta(days=later)
            yield from (duty.on(day, zone) for duty in self.hours if duty.weekday == day.weekday())


def with_hours(hours: Sequence[Duty], new: Sequence[Duty]) -> tuple[Duty, ...]:
    """The hours of a week: on each weekday the newest that were said."""
    days = {duty.weekday: duty for duty in (*hours, *new)}
    return tuple(days[day] for day in sorted(days))


class State(StrEnum):
    """How far a request to a listener has come."""

    DRAFT = "draft"
    """Shown to whoever wrote it, and not sent."""
    ASKED = "asked"
    TAKEN = "taken"
    """The listener has said that they will write."""
    CLOSED = "closed"


OPEN = frozenset({State.ASKED, State.TAKEN})


@dataclass(frozen=True)
class Request:
    """What a member asks of a listener. `words` are gone as soon as it is closed. `may_hand_on`: another listener may
    be asked where this one can't, which happens once. `answer_by`: when whoever asked hears, at the latest."""

    id: Id
    member: Id
    listener: Id
    state: State
    words: str
    may_hand_on: bool
    at: datetime
    handed_on: bool = False
    answer_by: datetime | None = None
    ended_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        """Whether it has been sent, and is not over."""
        return self.state in OPEN


@dataclass(frozen=True)
class Worry:
    """What a member is about to tell organisers: of a member, or of somebody who is `named` in words of their own."""

    id: Id
    by: Id
    about: Id | None
    named: str
    words: str
    at: datetime

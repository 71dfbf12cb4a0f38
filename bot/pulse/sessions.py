"""Whether people felt heard: asked once of all sessions of a week, of everybody who had a place at one.

It stands in the Friday letter, and costs no message. Answers live at most three days in memory, so a week's sessions
are not asked about as they come; and of one session alone nobody is ever asked (decision 46).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from bot.chat.ids import Id
from bot.chat.inbound import Due
from bot.core.calendar import Late, Rule
from bot.core.walltime import Weekly
from bot.core.work import Work
from bot.events.model import Came, Event, Place, Status
from bot.events.store import EVENTS
from bot.friday.model import LATEST
from bot.members.store import MEMBERS
from bot.pulse.asking import Asking
from bot.pulse.model import FEWEST_ELIGIBLE, Poll, Series, State
from bot.pulse.questions import after_sessions
from bot.pulse.store import PULSE

BEFORE = timedelta(minutes=5)
"""So long before Friday letters are written, so that they find it open."""
_WEEK = timedelta(weeks=1)
_LONGEST = timedelta(days=2)
"""No event takes longer: whatever was over in a week began no earlier than this before it."""


def rule(letters: Weekly) -> Rule:
    """A little before each Friday letter, and as late as one is still written."""
    monday = datetime.combine(date(2024, 1, 1), time())
    at = monday + timedelta(days=letters.weekday, hours=letters.time.hour, minutes=letters.time.minute) - BEFORE
    return Rule("pulse-sessions", Weekly(at.weekday(), at.time()), Late.RUN_LATE, LATEST)


@dataclass(frozen=True)
class Sessions:
    """The handler, and how a poll is opened."""

    asking: Asking

    def open(self, work: Work, due: Due) -> None:
        """Ask those of the seven days before, if they are enough."""
        day = self.asking.today(due.at)
        asks, items = self._asks(work, due.at, day), after_sessions()
        is_open = any(one.series is Series.SESSIONS for one in work.use(PULSE).at(State.OPEN))
        if len(asks) >= FEWEST_ELIGIBLE and items and not is_open:
            closes_at = work.at + self.asking.settings.open_for
            poll = Poll(work.new_id(), Series.SESSIONS, items, State.OPEN, day, closes_at)
            self.asking.take(work, poll, asks)

    def _asks(self, work: Work, until: datetime, day: date) -> tuple[Id, ...]:
        """Who was there, may be asked, and gets a Friday letter."""
        placed = frozenset(_placed(work, until))
        if len(placed) < FEWEST_ELIGIBLE:
            return ()
        eligible = [one for one in work.use(PULSE).eligible(day) if one.member in placed]
        readers = {one.id for one in work.use(MEMBERS).introducible_among(day, [one.member for one in eligible])}
        both = [one for one in eligible if one.member in readers]
        return tuple(one.member for one in both if self.asking.gets_letter(one, day))


def _placed(work: Work, until: datetime) -> Iterator[Id]:
    """Who had a place at anything that was over in the week before, and was not put down as missing."""
    for event in work.use(EVENTS).between(until - _WEEK - _LONGEST, until):
        if _was(event, until):
            rsvps = work.use(EVENTS).rsvps(event.id)
            yield from (one.member for one in rsvps if one.place is Place.HELD and one.came is not Came.MISSED)


def _was(event: Event, until: datetime) -> bool:
    return event.status is Status.PLANNED and until - _WEEK < event.ends_at <= until

"""Events in the Friday letter: what one said yes to in the coming week, what one could say yes to, and thanks for what
was. The one word after an event stands here, and not in a message of its own: it is the quieter way."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from bot.chat.ids import Id
from bot.chat.view import Block
from bot.core.feature import Part
from bot.core.walltime import instant
from bot.core.work import Work
from bot.events import member_views
from bot.events.attending import is_for
from bot.events.model import Came, Event, Place, Rsvp, Status
from bot.events.places import places
from bot.events.store import EVENTS
from bot.members.model import Member
from bot.members.store import MEMBERS

MOST = 3
"""Events to say yes to: each is a button."""
_NAMED = 6
_WEEK, _SINCE_FRIDAY = timedelta(weeks=1), timedelta(days=3)


@dataclass(frozen=True)
class Week:
    """All that the letter's part depends on: `was` of the seven days until Thursday, `comes` of the coming week, each
    with its answers by member; and everybody who may be written to."""

    was: Sequence[tuple[Event, Mapping[Id, Rsvp]]]
    comes: Sequence[tuple[Event, Mapping[Id, Rsvp]]]
    members: Mapping[Id, Member]


@dataclass(frozen=True)
class Fridays:
    """The handler; `zone` is the network's, in which a week begins."""

    zone: str

    def look(self, work: Work, monday: date) -> Part:
        """Each member's part."""
        week = self._week(work, monday)

        def part(member: Id) -> tuple[Block, ...]:
            return _part(week, member)

        return part

    def _week(self, work: Work, monday: date) -> Week:
        first = self._starts(monday)
        ended = self._starts(monday - _SINCE_FRIDAY)
        was = [one for one in _between(work, ended - _WEEK, ended) if one[0].status is Status.PLANNED]
        comes = [one for one in _between(work, first, self._starts(monday + _WEEK)) if one[0].is_open(work.at)]
        members = work.use(MEMBERS).introducible(monday - _SINCE_FRIDAY) if was or comes else ()
        return Week(was, comes, {one.id: one for one in members})

    def _starts(self, day: date) -> datetime:
        return instant(day, time(), self.zone)


def _between(work: Work, first: datetime, last: datetime) -> list[tuple[Event, Mapping[Id, Rsvp]]]:
    events = work.use(EVENTS).between(first, last)
    return [(one, {rsvp.member: rsvp for rsvp in work.use(EVENTS).rsvps(one.id)}) for one in events]


def _part(week: Week, member: Id) -> tuple[Block, ...]:
    who = week.members.get(member)
    if who is None:
        return ()
    thanks = [event for event, said in week.was if _was_there(said.get(member))]
    going = [event for event, said in week.comes if member in said and said[member].place is Place.HELD]
    unsaid = [event for event, said in week.comes if member not in said and is_for(event, who)]
    open_to = [event for event in unsaid if _is_open(week, event)]
    return member_views.friday(going[:_NAMED], open_to[:MOST], thanks[:_NAMED])


def _was_there(rsvp: Rsvp | None) -> bool:
    """Whether somebody had a place, and nobody put down that they missed it."""
    return rsvp is not None and rsvp.place is Place.HELD and rsvp.came is not Came.MISSED


def _is_open(week: Week, event: Event) -> bool:
    """Whether there is a place: a full event is no news."""
    said = next(said for one, said in week.comes if one.id == event.id)
    return places(event.capacity, said.values()).has_room

"""Places at an event, and the line of those who wait for one: pure rules, first come first served.

A place that comes free is offered to the first in line who can hear of it, and is kept for them a while. From two hours
before the start nothing is offered any more: who is first in line has the place.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.chat.ids import Id
from bot.events.model import Answer, Event, Place, Rsvp

FAR, CLOSE = timedelta(hours=48), timedelta(hours=2)
LONG, SHORT = timedelta(hours=24), timedelta(hours=2)
"""An offer stands so long: the first while the event is farther than FAR away, the second while it is farther than
CLOSE."""

Until = Callable[[Id], datetime | None]
"""Until when an offer made now would stand for a member; None for one who cannot hear of it, and is passed over."""


def eve(event: Event) -> datetime:
    """When offers end."""
    return event.starts_at - CLOSE


def stands_for(event: Event, at: datetime) -> timedelta:
    """How much of a member's open time an offer made then stands for."""
    return LONG if event.starts_at - at > FAR else SHORT


@dataclass(frozen=True)
class Places:
    """Answers to one event, in the order in which they took their turn: of whoever waits or is offered a place, of whom
    it is about, and perhaps of all. `others` hold a place besides. `capacity` None: as many as like."""

    capacity: int | None
    rsvps: tuple[Rsvp, ...]
    others: int = 0

    @property
    def taken(self) -> int:
        """How many places are held, or kept for whom they were offered to."""
        return self.others + sum(one.takes for one in self.rsvps)

    @property
    def has_room(self) -> bool:
        """Whether a place is free. After the capacity was lowered there can be fewer places than are taken."""
        return self.capacity is None or self.taken < self.capacity

    @property
    def waiting(self) -> Iterator[Rsvp]:
        """Who waits, the first in line first."""
        return (one for one in self.rsvps if one.place is Place.WAITING)

    @property
    def next_lapse(self) -> datetime | None:
        """When the next offer ends; None where none is out."""
        return min((one.offered_until for one in self.rsvps if one.offered_until), default=None)

    def of(self, member: Id) -> Rsvp | None:
        """What that member said."""
        return next((one for one in self.rsvps if one.member == member), None)

    def answered(self, event: Id, member: Id, answer: Answer, at: datetime) -> "Places":
        """Somebody says yes, maybe or no. Who has said yes already keeps their turn, and takes a place that was offered
        to them; whoever comes back to a yes goes to the end of the line."""
        before = self.of(member)
        if answer is not Answer.YES:
            return self if before and before.answer is answer else self._leaves(event, member, answer, at)
        if before is None or before.place is Place.NONE:
            return self._comes(event, member, at)
        if before.place is Place.OFFERED or (before.place is Place.WAITING and self.has_room):
            return self.put(held(before))
        return self

    def lapsed(self, at: datetime, eve: datetime) -> "Places":
        """Offers whose time is over: from the eve on they are places, earlier they go to the next."""
        places = self
        for one in self.rsvps:
            if one.place is Place.OFFERED and at >= eve and (one.offered_until or eve) >= eve:
                places = places.put(held(one))
            elif one.place is Place.OFFERED and one.offered_until and one.offered_until <= at:
                places = places.put(replace(one, place=Place.NONE, offered_until=None, lapsed=True))
        return places

    def filled(self, at: datetime, eve: datetime, until: Until) -> "Places":
        """Places that are free are offered in turn; from the eve on they are simply given."""
        places = self
        for one in self.waiting:
            if not places.has_room:
                break
            ends = until(one.member)
            if ends is None:
                continue
            offered = replace(one, place=Place.OFFERED, offered_until=min(ends, eve), turn=one.turn + 1)
            places = places.put(held(one) if at >= eve else offered)
        return places

    def back_in_line(self, member: Id) -> "Places":
        """Somebody cannot hear of what was offered to them: they wait where they stood, and are passed over."""
        one = self.of(member)
        if one is None or one.place is not Place.OFFERED:
            return self
        return self.put(replace(one, place=Place.WAITING, offered_until=None))

    def by(self, eve: datetime) -> "Places":
        """The event was moved: no offer stands longer than that."""
        late = [one for one in self.rsvps if one.offered_until and one.offered_until > eve]
        return self.put(*(replace(one, offered_until=eve) for one in late))

    def put(self, *changed: Rsvp) -> "Places":
        """The same, with these answers instead of earlier ones of the same members."""
        known = {one.member: one for one in self.rsvps} | {one.member: one for one in changed}
        return places(self.capacity, known.values(), self.others)

    def _leaves(self, event: Id, member: Id, answer: Answer, at: datetime) -> "Places":
        before = self.of(member)
        turn, came = (before.turn, before.came) if before else (1, None)
        return self.put(Rsvp(event, member, answer, Place.NONE, at, turn, came=came))

    def _comes(self, event: Id, member: Id, at: datetime) -> "Places":
        before = self.of(member)
        place = Place.HELD if self.has_room else Place.WAITING
        return self.put(Rsvp(event, member, Answer.YES, place, at, before.turn + 1 if before else 1))


def places(capacity: int | None, rsvps: Iterable[Rsvp], others: int = 0) -> Places:
    """The places at an event of that capacity, by answers in any order, and how many hold a place besides."""
    return Places(capacity, tuple(sorted(rsvps, key=lambda one: (one.since, one.member))), others)


def held(one: Rsvp) -> Rsvp:
    """The same, with a place; their turn stays as it was."""
    return replace(one, place=Place.HELD, offered_until=None)

"""What events promise of what they keep, looked at again and again in a rehearsal."""

from collections.abc import Callable, Iterator
from datetime import timedelta

from bot.chat.ids import show
from bot.core.feature import Broken
from bot.core.work import Work
from bot.events.model import Event, Place, Rsvp
from bot.events.offers import Offers, hears
from bot.events.places import Places, places
from bot.events.reminders import offer_key, reminder_key
from bot.events.store import EVENTS
from bot.members.store import MEMBERS

_AHEAD = timedelta(days=10)
"""Farther than any reminder comes before; a look at a term of every series each day took a rehearsal's time."""
_JUST = timedelta(minutes=1)
"""What is due in this minute may be on its way."""


def kept(offers: Offers) -> Callable[[Work], Iterator[Broken]]:
    """No more places than there are; nobody waits in vain; and whoever has a place is reminded, and nobody else."""

    def look(work: Work) -> Iterator[Broken]:
        for event in work.use(EVENTS).between(work.at, work.at + _AHEAD):
            if event.is_open(work.at):
                seen = places(event.capacity, work.use(EVENTS).rsvps(event.id))
                yield from _places(work, event, seen)
                yield from _reminders(work, event, seen, offers)

    return look


def _places(work: Work, event: Event, seen: Places) -> Iterator[Broken]:
    """After a change of capacity more may be taken than there are, but by nobody who came after it."""
    if event.capacity is not None and seen.taken > event.capacity:
        late = [one for one in seen.rsvps if one.takes and (not event.changed_at or one.since > event.changed_at)]
        if late:
            yield Broken("too many places", show(event.id), f"{seen.taken} of {event.capacity}")
    due = seen.next_lapse is not None and seen.next_lapse < work.at - _JUST
    if due:
        yield Broken("an offer that does not end", show(event.id), str(seen.next_lapse))
    for one in seen.waiting if seen.has_room else ():
        member = work.use(MEMBERS).get(one.member)
        if member is not None and hears(member):
            yield Broken("waits in vain", show(one.member), show(event.id))


def _reminders(work: Work, event: Event, seen: Places, offers: Offers) -> Iterator[Broken]:
    """Word that a place came free can stand for the reminder an hour before."""
    for one in seen.rsvps:
        if work.waits(reminder_key(event.id, one.member)):
            if one.place is not Place.HELD:
                yield Broken("a reminder without a place", show(one.member), show(event.id))
        elif one.place is Place.HELD and _lacks_one(work, event, one, offers):
            yield Broken("no reminder", show(one.member), show(event.id))


def _lacks_one(work: Work, event: Event, rsvp: Rsvp, offers: Offers) -> bool:
    """Whether one is still to come, and nothing that can stand for it waits."""
    expected = any(offers.reminders.expected(work, event, rsvp, work.at + _JUST))
    return expected and not work.waits(offer_key(event.id, rsvp.member))

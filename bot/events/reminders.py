"""Reminders: letters before an event to those who have a place, at the times each of them chose.

They are posted as soon as the place is held, and taken back with it. The key names the event, the member, the turn, how
long before, and the start: so a moved event reminds anew, and nothing is ever said twice.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.chat.address import Person
from bot.chat.ids import Id, show
from bot.core.hours import last_open_before
from bot.core.outbox import Kind, Letter
from bot.core.post import Policy
from bot.core.work import Work
from bot.events import member_letters
from bot.events.model import BEFORE, Before, Event, Place, Rsvp
from bot.events.store import EVENTS
from bot.members.model import Member, hours_of
from bot.members.store import MEMBERS

NEVER_QUIET = timedelta(hours=1)
"""A reminder so short before comes whatever the hour."""


def reminder_key(event: Id, member: Id | None = None) -> str:
    """How the keys of an event's reminders begin, or of one member's."""
    return f"event-remind:{show(event)}:{f'{show(member)}:' if member is not None else ''}"


def offer_key(event: Id, member: Id | None = None) -> str:
    """How the keys of an event's offers begin, or of one member's; and of what became of them."""
    return f"event-offer:{show(event)}:{f'{show(member)}:' if member is not None else ''}"


@dataclass(frozen=True)
class Reminders:
    """What posts them and takes them back; `policy` says when somebody is left alone."""

    policy: Policy

    def due(self, event: Event, before: Before, member: Member) -> datetime | None:
        """When that reminder comes: one that is earlier than an hour before, in the last minute until then that is not
        quiet. None where a year has none."""
        at = event.starts_at - BEFORE[before]
        if BEFORE[before] <= NEVER_QUIET:
            return at
        try:
            return last_open_before(at, hours_of(member, self.policy.network), self.policy.terms, self.policy.rules)
        except LookupError:
            return None

    def expected(self, work: Work, event: Event, rsvp: Rsvp, after: datetime) -> Iterator[tuple[Before, datetime]]:
        """Which are to come later than `after`, and when: none without a place, nor during a pause for whoever said
        so. Two that quiet hours bring to the same minute are one. What was said is not said again, also where its
        member has other quiet hours now."""
        member, chosen = work.use(MEMBERS).get(rsvp.member), work.use(EVENTS).choices(rsvp.member)
        if member is None or rsvp.place is not Place.HELD or (member.away and chosen.when_away is False):
            return
        seen = set[datetime]()
        for before in Before:
            at = self.due(event, before, member) if before in chosen.reminds else None
            if at is None or at <= after or at in seen:
                continue
            if rsvp.turn == 1 or not work.was_said(_key(event, rsvp, before)):
                seen.add(at)
                yield before, at

    def promise(self, work: Work, event: Event, rsvp: Rsvp, after: datetime | None = None) -> None:
        """Post those that are to come; one whose time has passed is not made up for."""
        for before, at in self.expected(work, event, rsvp, max(work.at, after or work.at)):
            kind = Kind.URGENT if BEFORE[before] <= NEVER_QUIET else Kind.PROMISED
            key = f"{_key(event, rsvp, before)}{rsvp.turn}"
            view = member_letters.reminder(event, at)
            work.post(Letter(key, Person(rsvp.member), view, kind, at, event.starts_at))

    def take_back(self, work: Work, event: Id, member: Id) -> None:
        """None of them comes."""
        work.cancel(reminder_key(event, member))

    def again(self, work: Work, event: Event, rsvp: Rsvp, after: datetime | None = None) -> None:
        """What they say or when they come has changed."""
        self.take_back(work, event.id, rsvp.member)
        if rsvp.place is Place.HELD:
            rsvp = replace(rsvp, turn=rsvp.turn + 1)
            work.use(EVENTS).answer(rsvp)
            self.promise(work, event, rsvp, after or self._told(work, event, rsvp.member))

    def all_again(self, work: Work, member: Id) -> None:
        """The same for all events at which somebody has a place; held in one order, as always."""
        for id in sorted(event.id for event, _ in self.of(work, member)):
            event = work.use(EVENTS).hold(id)
            rsvp = work.use(EVENTS).rsvp(id, member)
            if event is not None and rsvp is not None:
                self.again(work, event, rsvp)

    def of(self, work: Work, member: Id) -> list[tuple[Event, Rsvp]]:
        """The events to come at which somebody has a place, the soonest first."""
        mine = work.use(EVENTS).rsvps_of(member, work.at).items()
        events = [(event, rsvp) for id, rsvp in mine if (event := work.use(EVENTS).event(id))]
        held = [(event, rsvp) for event, rsvp in events if rsvp.place is Place.HELD and event.is_open(work.at)]
        return sorted(held, key=lambda each: (each[0].starts_at, each[0].id))

    def _told(self, work: Work, event: Event, member: Id) -> datetime | None:
        """When somebody hears that the place is theirs, if that still waits for the hour before: it is a reminder."""
        return event.starts_at - NEVER_QUIET if work.waits(offer_key(event.id, member)) else None


def _key(event: Event, rsvp: Rsvp, before: Before) -> str:
    """How the keys of one reminder begin, however often it was promised."""
    return f"{reminder_key(event.id, rsvp.member)}{before}:{event.starts_at:%Y%m%dT%H%M%S}:"

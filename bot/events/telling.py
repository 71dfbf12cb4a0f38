"""Letters when an event changed or was cancelled: to everybody who said yes or maybe, those who pause too."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.chat.address import Person
from bot.chat.ids import Id, show
from bot.chat.text import Mention
from bot.core.hours import next_open
from bot.core.outbox import Kind, Letter
from bot.core.timers import TIMERS
from bot.core.work import Work
from bot.events import member_letters
from bot.events.model import Answer, Event, EventCancelled, EventChanged, Place, Rsvp
from bot.events.offers import TEND, Offers
from bot.events.reminders import offer_key, reminder_key
from bot.events.store import EVENTS
from bot.members.model import Member, hours_of
from bot.members.store import MEMBERS

_SOON = timedelta(days=1)
"""What changes so shortly before cannot wait for a morning."""
_REMINDED = ("title", "starts_at", "minutes", "place", "link", "link_late")
"""What stands in a reminder, or decides when it comes."""


def changed_key(event: Id) -> str:
    """How the keys of letters about an event's changes begin."""
    return f"event-changed:{show(event)}:"


def concerned(work: Work, event: Id) -> Iterator[Rsvp]:
    """Who said yes or maybe and still means it: not who let an offer go by."""
    for rsvp in work.use(EVENTS).rsvps(event):
        if rsvp.answer is not Answer.NO and not rsvp.lapsed:
            yield rsvp


@dataclass(frozen=True)
class Telling:
    """The handlers; `offers` keep places."""

    offers: Offers

    def changed(self, work: Work, fact: EventChanged) -> None:
        """Places first, since the capacity may be another; then the reminders; and everybody hears what is different
        for them."""
        self.offers.tend(work, fact.after.id)
        self._remind_anew(work, fact)
        known = self._hear_already(work, fact.after.id, fact.along_with)
        for rsvp in concerned(work, fact.after.id):
            if known.get(rsvp.member, Place.NONE) is not Place.HELD and (
                rsvp.member not in known or rsvp.place is Place.HELD
            ):
                self._tell(work, fact, rsvp)

    def cancelled(self, work: Work, fact: EventCancelled) -> None:
        """Whatever the hour. Nothing else about it is said any more."""
        event = fact.event
        work.use(TIMERS).stop(TEND, event.id)
        work.cancel(reminder_key(event.id), offer_key(event.id), changed_key(event.id))
        known = self._hear_already(work, event.id, fact.along_with)
        for rsvp in concerned(work, event.id):
            if rsvp.member not in known and event.starts_at > work.at:
                key = f"event-cancelled:{show(event.id)}:{show(rsvp.member)}"
                view, to = member_letters.cancelled(event, fact.follows), Person(rsvp.member)
                work.post(Letter(key, to, view, Kind.URGENT, work.at, event.starts_at))

    def _remind_anew(self, work: Work, fact: EventChanged) -> None:
        before, after = fact.before, fact.after
        if all(getattr(before, name) == getattr(after, name) for name in _REMINDED):
            return
        for rsvp in work.use(EVENTS).rsvps(after.id):
            if rsvp.place is not Place.NONE or rsvp.lapsed:
                self.offers.said_anew(work, after, rsvp)

    def _hear_already(self, work: Work, event: Id, along_with: Id | None) -> dict[Id, Place]:
        """Of several that were changed at once, who hears of the first; and as what, for a link is not for all."""
        if along_with is None or along_with == event:
            return {}
        return {rsvp.member: rsvp.place for rsvp in concerned(work, along_with)}

    def _tell(self, work: Work, fact: EventChanged, rsvp: Rsvp) -> None:
        member, after = work.use(MEMBERS).get(rsvp.member), fact.after
        holds = rsvp.place is Place.HELD
        view = member_letters.changed(fact, holds, _host(work, after), work.at)
        if member is None or view is None:
            return
        kind, at = self._when(work.at, fact, member)
        key = f"{changed_key(after.id)}{show(member.id)}:{after.sequence}:{work.at:%Y%m%dT%H%M%S}"
        about = (after.host,) if after.host is not None else ()
        work.post(Letter(key, Person(member.id), view, kind, at, max(after.starts_at, work.at), about))

    def _when(self, at: datetime, fact: EventChanged, member: Member) -> tuple[Kind, datetime]:
        """At once within a day of the event as it was or is, outside quiet hours earlier; and never so late that the
        last day begins before they hear of it."""
        begins = (one.starts_at for one in (fact.before, fact.after) if one.starts_at > at)
        last = max(at, min(begins, default=at) - _SOON)
        policy = self.offers.policy
        try:
            opens = next_open(at, hours_of(member, policy.network), policy.terms, policy.rules)
        except LookupError:
            return Kind.URGENT, last
        return (Kind.PROMISED, opens) if opens < last else (Kind.URGENT, last)


def _host(work: Work, event: Event) -> Mention | None:
    host = work.use(MEMBERS).get(event.host) if event.host is not None else None
    return Mention(host.id, host.name) if host else None

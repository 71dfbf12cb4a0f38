"""What becomes of places: every change to an event's answers is kept here, with the letters and the timer it needs."""

from dataclasses import dataclass, replace
from datetime import datetime

from bot.chat.address import Person
from bot.chat.ids import Id
from bot.chat.inbound import Rang
from bot.chat.view import View
from bot.core.hours import open_for, quiet
from bot.core.outbox import Kind, Letter
from bot.core.post import Policy
from bot.core.timers import TIMERS
from bot.core.work import Work
from bot.events import member_letters
from bot.events.model import AnswersChanged, Event, Place, Rsvp
from bot.events.places import Places, eve, places, stands_for
from bot.events.reminders import NEVER_QUIET, Reminders, offer_key
from bot.events.store import EVENTS
from bot.members.model import Member, Stage, hours_of
from bot.members.store import MEMBERS

TEND = "events.tend"
"""The timer of an event: when the next offer ends."""


@dataclass(frozen=True)
class Offers:
    """Keeps places; `policy` says when somebody is left alone, and for so long the clock of an offer stands still."""

    policy: Policy

    @property
    def reminders(self) -> Reminders:
        """Posted with a place, taken back with it."""
        return Reminders(self.policy)

    def seen(self, work: Work, event: Event, member: Id | None = None) -> Places:
        """The line at an event that is held, with that member's own answer: thousands who have a place are counted,
        and not looked at."""
        others, line = work.use(EVENTS).line(event.id, member)
        return places(event.capacity, line, others)

    def on_time(self, work: Work, event: Event, seen: Places) -> Places:
        """The same, with what time has brought: offers that ended, and those that follow."""
        return self.filled(work, event, seen.lapsed(work.at, eve(event)))

    def filled(self, work: Work, event: Event, seen: Places) -> Places:
        """The same, with an offer for every place that is free and somebody waits for."""
        return seen.filled(work.at, eve(event), lambda member: self._until(work, event, member))

    def keep(self, work: Work, event: Event, before: Places, after: Places, by: Id | None = None) -> None:
        """Write what is different, and say it to those who need to know; to `by` the reply says it."""
        known = {one.member: one for one in before.rsvps}
        changed = [(known.get(one.member), one) for one in after.rsvps if one is not known.get(one.member)]
        for old, new in changed:
            work.use(EVENTS).answer(new)
            self._follow(work, event, old.place if old else Place.NONE, new, by)
        self._set(work, event, after)
        if changed:
            work.tell(AnswersChanged(event.id))

    def tend(self, work: Work, id: Id) -> None:
        """Let time have its due, and offer what is free: after the capacity was raised, or somebody is back."""
        event = work.use(EVENTS).hold(id)
        if event is None or not event.is_open(work.at):
            work.use(TIMERS).stop(TEND, id)
            return
        before = self.seen(work, event)
        self.keep(work, event, before, self.on_time(work, event, before.by(eve(event))))

    def said_anew(self, work: Work, event: Event, rsvp: Rsvp) -> None:
        """The event is another than it was: whoever has a place is reminded anew, and word of a place that came free,
        where it still waits for the morning, says how it is now."""
        told: datetime | None = None
        if work.waits(offer_key(event.id, rsvp.member)):
            work.cancel(offer_key(event.id, rsvp.member))
            rsvp = replace(rsvp, turn=rsvp.turn + 1)
            work.use(EVENTS).answer(rsvp)
            if rsvp.place is Place.HELD:
                told = self._move_up(work, event, rsvp)
            else:
                self._tell(work, event, rsvp)
        self.reminders.again(work, event, rsvp, told)

    def rang(self, work: Work, rang: Rang) -> None:
        """The timer: an offer has ended."""
        self.tend(work, rang.about)

    def _set(self, work: Work, event: Event, after: Places) -> None:
        if after.next_lapse is None:
            work.use(TIMERS).stop(TEND, event.id)
        else:
            work.use(TIMERS).set(TEND, event.id, after.next_lapse)

    def _until(self, work: Work, event: Event, id: Id) -> datetime | None:
        member = work.use(MEMBERS).get(id)
        if member is None or not hears(member):
            return None
        policy, hours = self.policy, hours_of(member, self.policy.network)
        try:
            return open_for(work.at, stands_for(event, work.at), hours, policy.terms, policy.rules)
        except LookupError:
            return eve(event)

    def _follow(self, work: Work, event: Event, was: Place, now: Rsvp, by: Id | None) -> None:
        """The letters that a change of place needs."""
        if (was is Place.OFFERED and now.place is not Place.OFFERED) or (was is Place.NONE and now.turn > 1):
            work.cancel(offer_key(event.id, now.member))
        if was is Place.HELD and now.place is not Place.HELD:
            self.reminders.take_back(work, event.id, now.member)
            work.cancel(offer_key(event.id, now.member))
        match now.place:
            case Place.OFFERED if was is not Place.OFFERED:
                self._tell(work, event, now)
            case Place.HELD if was is not Place.HELD:
                knows = now.member == by or was is Place.NONE
                told = work.at if knows else self._move_up(work, event, now)
                self.reminders.promise(work, event, now, told)
            case Place.NONE if was is Place.OFFERED and now.lapsed:
                self._tell(work, event, now)

    def _move_up(self, work: Work, event: Event, now: Rsvp) -> datetime:
        """Tell somebody that they have the place: at once, or in quiet hours when they would be reminded at the latest.
        Returns when."""
        member, at = work.use(MEMBERS).get(now.member), work.at
        if member is not None and self._is_quiet(member, at):
            at = max(at, event.starts_at - NEVER_QUIET)
        key = f"{offer_key(event.id, now.member)}{now.turn}:yours"
        work.post(Letter(key, Person(now.member), member_letters.moved_up(event, at), Kind.URGENT, at, event.starts_at))
        return at

    def _is_quiet(self, member: Member, at: datetime) -> bool:
        return quiet(at, hours_of(member, self.policy.network), self.policy.terms, self.policy.rules)

    def _tell(self, work: Work, event: Event, now: Rsvp) -> None:
        """That a place is kept for them, or no longer."""
        if now.place is Place.OFFERED:
            self._post(work, event, now, "open", member_letters.offer(event, now), now.offered_until)
        elif now.lapsed:
            self._post(work, event, now, "over", member_letters.lapsed(event), event.starts_at)

    def _post(self, work: Work, event: Event, now: Rsvp, about: str, view: View, until: datetime | None) -> None:
        key = f"{offer_key(event.id, now.member)}{now.turn}:{about}"
        work.post(Letter(key, Person(now.member), view, Kind.NOTICE, work.at, until))


def hears(member: Member) -> bool:
    """Whether somebody can be offered a place: who is left alone, or gone, is passed over, and keeps their turn."""
    return member.stage is Stage.MEMBER and member.left_at is None and not member.away

"""Who comes: yes, maybe and no, from a channel, the Friday letter, the menu or a letter, all of them the same action.

Places are counted with the event's row held, so that two who press for the last one get it one after the other.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from bot.chat.ids import Id
from bot.chat.outbound import Reply
from bot.chat.text import Mention
from bot.chat.view import Button, View
from bot.core.errors import Refusal
from bot.core.feature import Call
from bot.core.post import Policy
from bot.core.work import Work
from bot.events import member_views
from bot.events.actions import AgreeEvent, AnswerEvent, JoinSeries, LeaveSeries, TakePlace
from bot.events.member_views import Standing, words
from bot.events.model import Answer, Event, Place, Sort, Status
from bot.events.offers import Offers
from bot.events.places import places
from bot.events.store import EVENTS
from bot.members.flow import mine
from bot.members.model import Member, MemberAway, MemberGone, MemberReady, Stage
from bot.members.store import MEMBERS

_NEXT = timedelta(microseconds=1)
"""Between the turns of those who joined a series, so that they keep their order."""


@dataclass(frozen=True)
class Attending:
    """The handlers; `policy` says when somebody is left alone."""

    policy: Policy
    add: Callable[[Id], Sequence[Button]] = lambda event: ()
    """The way into one's own calendar."""

    @property
    def offers(self) -> Offers:
        """Keeps places."""
        return Offers(self.policy)

    def answer(self, work: Work, call: Call, action: AnswerEvent) -> Reply:
        """One press. Before the first yes to a support session its promises are read."""
        member, event = answerable(work, call, action.event)
        rsvp = work.use(EVENTS).rsvp(event.id, member.id)
        if action.answer is Answer.YES and event.sort is Sort.SUPPORT and not (rsvp and rsvp.place is not Place.NONE):
            return Reply(view=member_views.agreement(event))
        return self._say(work, member, event, action.answer)

    def agree(self, work: Work, call: Call, action: AgreeEvent) -> Reply:
        """Yes, having read them."""
        return self._say(work, *answerable(work, call, action.event), Answer.YES)

    def take(self, work: Work, call: Call, action: TakePlace) -> Reply:
        """The place that was offered. One that is kept no longer is not taken by an old button."""
        member, event = answerable(work, call, action.event)
        self.offers.tend(work, event.id)
        rsvp = work.use(EVENTS).rsvp(event.id, member.id)
        if rsvp is not None and rsvp.place is Place.OFFERED:
            return self._say(work, member, event, Answer.YES)
        return Reply(view=self._view(work, member, event))

    def join(self, work: Work, call: Call, action: JoinSeries) -> Reply:
        """Yes to all of a series: to those that are planned, unless something else was said to one, and to those to
        come."""
        member, title = self._known(work, call, action.series)
        work.use(EVENTS).join(action.series, member.id, work.at)
        for id in sorted(event.id for event in self._coming(work, action.series)):
            self._join_one(work, id, member)
        return Reply(view=member_views.joined(title, action))

    def unjoin(self, work: Work, call: Call, action: LeaveSeries) -> Reply:
        """One by one again; what was said stays."""
        member, title = self._known(work, call, action.series)
        work.use(EVENTS).unjoin(action.series, member.id)
        return Reply(view=member_views.joined(title, action))

    def join_all(self, work: Work, event: Event) -> None:
        """Of a series a new event was planned: those who said yes to all have their places, in the order they did."""
        if event.series is None or work.use(EVENTS).hold(event.id) is None:
            return
        before = after = places(event.capacity, work.use(EVENTS).rsvps(event.id))
        for place, id in enumerate(work.use(EVENTS).joined(event.series)):
            member = work.use(MEMBERS).get(id)
            if member is not None and after.of(id) is None and is_for(event, member):
                after = after.answered(event.id, id, Answer.YES, work.at + place * _NEXT)
        self.offers.keep(work, event, before, after)

    def gone(self, work: Work, fact: MemberGone) -> None:
        """No place is kept for somebody who is not there any more; who waits is offered theirs. What they said to a
        series stays, for when they are back."""
        events = work.use(EVENTS)
        for id in sorted(events.rsvps_of(fact.member, work.at)):
            event = events.hold(id)
            if event is not None and event.is_open(work.at):
                before = self.offers.seen(work, event, fact.member)
                after = before.answered(id, fact.member, Answer.NO, work.at)
                self.offers.keep(work, event, before, self.offers.on_time(work, event, after), by=fact.member)

    def away(self, work: Work, fact: MemberAway) -> None:
        """A pause frees no place; but what was offered goes to somebody who can hear of it."""
        for id in self._with(work, fact.member, Place.OFFERED):
            event = work.use(EVENTS).hold(id)
            if event is not None and event.is_open(work.at):
                before = self.offers.seen(work, event)
                after = self.offers.on_time(work, event, before.back_in_line(fact.member))
                self.offers.keep(work, event, before, after)

    def ready(self, work: Work, fact: MemberReady) -> None:
        """Somebody is back: a place that is free is offered to them."""
        for id in self._with(work, fact.member, Place.WAITING):
            self.offers.tend(work, id)

    def _with(self, work: Work, member: Id, place: Place) -> list[Id]:
        """The events to come with which somebody stands so; always in one order, for they are held."""
        mine = work.use(EVENTS).rsvps_of(member, work.at)
        return sorted(id for id, rsvp in mine.items() if rsvp.place is place)

    def _say(self, work: Work, member: Member, event: Event, answer: Answer) -> Reply:
        before = self.offers.seen(work, event, member.id)
        now = self.offers.on_time(work, event, before)
        said = now.answered(event.id, member.id, answer, work.at)
        self.offers.keep(work, event, before, self.offers.filled(work, event, said), by=member.id)
        return Reply(view=self._view(work, member, event))

    def _view(self, work: Work, member: Member, event: Event) -> View:
        chosen = work.use(EVENTS).choices(member.id)
        return member_views.answered(standing(work, event, member.id), work.at, chosen, self.add(event.id))

    def _known(self, work: Work, call: Call, series: Id) -> tuple[Member, str]:
        """The member, and what a series is called that is for them."""
        member = let_in(work, call)
        found = [event for event in self._coming(work, series) if is_for(event, member)]
        if not found:
            raise Refusal(words.text("not-here"))
        return member, found[0].title

    def _coming(self, work: Work, series: Id) -> list[Event]:
        return [event for event in work.use(EVENTS).of_series(series) if event.is_open(work.at)]

    def _join_one(self, work: Work, id: Id, member: Member) -> None:
        event = work.use(EVENTS).hold(id)
        if event is None or not event.is_open(work.at) or not is_for(event, member):
            return
        before = self.offers.seen(work, event, member.id)
        now = self.offers.on_time(work, event, before)
        if now.of(member.id) is None:
            now = now.answered(id, member.id, Answer.YES, work.at)
        self.offers.keep(work, event, before, now, by=member.id)


def let_in(work: Work, call: Call) -> Member:
    """The member who asks. Raises Refusal where nobody has let them in, or they are not there any more."""
    member = mine(work, call)
    if member.stage is not Stage.MEMBER:
        raise Refusal(words.text("not-yet"))
    return member


def answerable(work: Work, call: Call, id: Id) -> tuple[Member, Event]:
    """The member who asks, and the event, held. Raises Refusal; what there is not, and what is for others, are one
    sentence."""
    member, event = let_in(work, call), work.use(EVENTS).hold(id)
    if event is None or not may_see(work, event, member):
        raise Refusal(words.text("not-here"))
    if event.status is Status.CANCELLED:
        raise Refusal(words.text("called-off", title=event.title))
    if not event.is_open(work.at):
        raise Refusal(words.text("begun", title=event.title))
    return member, event


def may_see(work: Work, event: Event, member: Member) -> bool:
    """Whether an event is there for somebody: it is for them, or they have answered it when it was."""
    if event.status not in (Status.PLANNED, Status.CANCELLED):
        return False
    return event.audience.holds(member) or work.use(EVENTS).rsvp(event.id, member.id) is not None


def is_for(event: Event, member: Member) -> bool:
    """Whether somebody can be expected at an event."""
    return member.stage is Stage.MEMBER and member.left_at is None and event.audience.holds(member)


def standing(work: Work, event: Event, member: Id) -> Standing:
    """How somebody stands with an event."""
    events = work.use(EVENTS)
    joined = event.series is not None and event.series in events.series_of(member)
    host = work.use(MEMBERS).get(event.host) if event.host is not None else None
    mention = Mention(host.id, host.name) if host else None
    return Standing(event, events.rsvp(event.id, member), joined, mention)

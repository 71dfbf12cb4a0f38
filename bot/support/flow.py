"""What becomes of a request to a listener, whoever presses: who is free, asked, asked next, and how it ends."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.chat.address import Circle, Person
from bot.chat.ids import Id, show
from bot.chat.view import View
from bot.core.helplines import HelpLines
from bot.core.outbox import Kind, Letter
from bot.core.timers import TIMERS
from bot.core.walltime import local_day
from bot.core.work import Work
from bot.members.model import Consent, Member
from bot.members.store import MEMBERS
from bot.pairing.store import PAIRINGS
from bot.support import listening_views as views
from bot.support.model import AT_LEAST, Listener, Request, State, SupportSettings
from bot.support.store import LISTENING

UNSENT, UNANSWERED = "support.unsent", "support.unanswered"
"""Timers about a request: it was shown and not sent; nobody has answered it."""
ASKS, TOGETHER, OVER, NEWS = "listen-ask", "listen-together", "listen-over", "listen-news"
"""How the keys of letters begin: to a listener, to both, that it is over, and to whoever asked."""
GONE = "gone"
"""What is said of a listener who is not there any more."""


@dataclass(frozen=True)
class Free:
    """A listener on duty with room for one more. `until` when they are on duty, `load` how many they have taken on."""

    member: Member
    until: datetime
    load: int


@dataclass(frozen=True)
class Requests:
    """The rules, and what they need by value."""

    settings: SupportSettings
    lines: HelpLines

    def free(self, work: Work, me: Id, but: Collection[Id] = ()) -> list[Free]:
        """Who could be asked by this member now: nobody who would rather not meet them, nor themselves."""
        never = work.use(PAIRINGS).forbidden()
        willing = [one for one in self._there(work) if one[0].id not in (me, *but)]
        free = [self._free(work, *one) for one in willing if frozenset((me, one[0].id)) not in never]
        return sorted((one for one in free if one), key=lambda one: (one.member.name.casefold(), one.member.id))

    def freest(self, work: Work, me: Id, but: Collection[Id] = ()) -> Free | None:
        """Of those the one who has the least to do."""
        return min(self.free(work, me, but), key=lambda one: (one.load, one.member.id), default=None)

    def next(self, work: Work, me: Id) -> datetime | None:
        """When somebody is on duty next; None where nobody is on the rota."""
        soonest = [one.next(work.at, self.zone(member)) for member, one in self._there(work) if member.id != me]
        return min((at for at in soonest if at), default=None)

    def zone(self, member: Member) -> str:
        """The wall clock by which somebody listens."""
        return member.zone or self.settings.zone

    def ask(self, work: Work, request: Request, free: Free) -> Request:
        """Send it to them, and see to it that whoever asked hears either way."""
        answer_by = max(free.until, work.at + AT_LEAST)
        request = replace(request, listener=free.member.id, state=State.ASKED, answer_by=answer_by)
        work.use(LISTENING).keep(request)
        work.use(TIMERS).stop(UNSENT, request.id)
        work.use(TIMERS).set(UNANSWERED, request.id, answer_by)
        member = work.use(MEMBERS).get(request.member)
        if member is not None:
            view = views.asks(member, request, views.say_when(answer_by, self.zone(free.member)))
            key, to = asks_key(request), Person(request.listener)
            work.post(Letter(key, to, view, Kind.URGENT, work.at, about=(request.member,)))
        return request

    def cannot(self, work: Work, request: Request, says: str) -> None:
        """Its listener can't, has not answered or is gone (`says`): another is asked if that was allowed, or all ends.
        Who is gone may want to be forgotten, and is not named."""
        was, free = request, None
        if request.state is State.ASKED and request.may_hand_on and not request.handed_on:
            free = self.freest(work, request.member, (request.listener,))
        self._put_away(work, request, "over-too-late")
        name = None if says == GONE else self._name(work, was.listener)
        if free is None:
            self.end(work, request)
            view = views.cannot(says, name, self.lines)
        else:
            request = self.ask(work, replace(request, handed_on=True), free)
            view = views.handed_on(says, name, free.member, request, self.by(work, request), self.lines)
        about = (*((was.listener,) if name else ()), *((free.member.id,) if free else ()))
        turn = "second" if was.handed_on else "first"  # and not whose: the letter outlives a listener who is forgotten
        self.tell(work, request, f"{NEWS}:{show(request.id)}:{turn}", view, about)

    def introduce(self, work: Work, request: Request) -> None:
        """The listener will write: the two have a place of their own, where they share one."""
        work.use(LISTENING).keep(replace(request, state=State.TAKEN))
        work.use(TIMERS).stop(UNANSWERED, request.id)
        two = self.two(work, request)
        if two is not None:
            circle = Circle(request.id, (request.member, request.listener))
            work.post(Letter(together_key(request), circle, views.together(*two, request), Kind.URGENT, work.at))

    def close(self, work: Work, request: Request, by: Id) -> None:
        """One of the two says that it is over; the other hears so."""
        self._put_away(work, request, "over-member" if by == request.member else "over")
        self.end(work, request)
        if by != request.member:
            view = views.ended(self._name(work, request.listener))
            self.tell(work, request, f"{NEWS}:{show(request.id)}:ended", view, (request.listener,))

    def end(self, work: Work, request: Request) -> None:
        """It is over, and the words are gone."""
        work.use(TIMERS).stop(UNANSWERED, request.id)
        work.use(LISTENING).keep(replace(request, state=State.CLOSED, words="", ended_at=work.at))
        work.cancel(together_key(request))

    def tell(self, work: Work, request: Request, key: str, view: View, about: tuple[Id, ...]) -> None:
        """A word to whoever asked: they wait for it, so at once."""
        work.post(Letter(key, Person(request.member), view, Kind.URGENT, work.at, about=about))

    def by(self, work: Work, request: Request) -> str:
        """When whoever asked hears, at the latest, on their own wall clock."""
        member = work.use(MEMBERS).get(request.member)
        zone = self.zone(member) if member else self.settings.zone
        return views.say_when(request.answer_by or request.at, zone)

    def two(self, work: Work, request: Request) -> tuple[Member, Member] | None:
        """Who asked and who listens, where both are known."""
        found = [work.use(MEMBERS).get(one) for one in (request.member, request.listener)]
        return (found[0], found[1]) if found[0] and found[1] else None

    def _there(self, work: Work) -> Iterator[tuple[Member, Listener]]:
        """Who has said that they will listen, and is not left alone."""
        members = work.use(MEMBERS)
        for one in work.use(LISTENING).listeners():
            member = members.get(one.member) if one.agreed else None
            if member is None or not member.takes_part(local_day(work.at, self.zone(member))):
                continue
            if Consent.MESSAGES in members.consents(member.id):
                yield member, one

    def _free(self, work: Work, member: Member, listener: Listener) -> Free | None:
        until = listener.until(work.at, self.zone(member))
        load = len(work.use(LISTENING).open_with(member.id)) if until else listener.most
        return Free(member, until, load) if until and load < listener.most else None

    def _put_away(self, work: Work, request: Request, says: str) -> None:
        """What the listener was sent gives way to a sentence without the words; unsent, it is not sent."""
        key, unsent = asks_key(request), work.waits(asks_key(request))
        work.cancel(key)
        if not unsent:
            view, over = views.said(says), f"{OVER}:{show(request.id)}:{show(request.listener)}"
            to = Person(request.listener)
            work.post(Letter(over, to, view, Kind.URGENT, work.at, instead_of=key))

    def _name(self, work: Work, member: Id) -> str:
        found = work.use(MEMBERS).get(member)
        return found.name if found else views.somebody()


def asks_key(request: Request) -> str:
    """The key of the letter by which this listener is asked."""
    return f"{ASKS}:{show(request.id)}:{show(request.listener)}"


def together_key(request: Request) -> str:
    """The key of the letter to both."""
    return f"{TOGETHER}:{show(request.id)}"


def is_old(request: Request, at: datetime, after: timedelta) -> bool:
    """Whether so much time has passed since it was sent."""
    return request.at + after <= at

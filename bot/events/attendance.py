"""Who came: put down by the host afterwards, for the member's own eyes and the host's."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.chat.address import ORGANISERS, Person
from bot.chat.ids import Id, show
from bot.chat.inbound import Rang
from bot.chat.outbound import Reply
from bot.core.errors import Refusal
from bot.core.feature import Call
from bot.core.outbox import Kind, Letter
from bot.core.tidying import LETTERS_KEPT
from bot.core.timers import TIMERS
from bot.core.walltime import local_day
from bot.core.work import Work
from bot.events import organiser_views
from bot.events import post_views as views
from bot.events.actions import AskCame, KeepCame, WhoComes
from bot.events.model import Answer, Came, Event, Place, Rsvp, Status
from bot.events.posting import OVER, Posting, host_of
from bot.events.store import EVENTS
from bot.events.when import FARTHEST
from bot.members.model import Member, MemberBack, MemberGone, MemberReady
from bot.members.store import MEMBERS


@dataclass(frozen=True)
class Attendance:
    """What a host sees of an event, and puts down after it."""

    posting: Posting

    def over(self, work: Work, rang: Rang) -> None:
        """An event has ended: its post says so, its host is asked who came, and the next of its series is posted."""
        event = work.use(EVENTS).hold(rang.about)
        if event is None or event.status is not Status.PLANNED:
            return
        if event.ends_at > work.at:
            work.use(TIMERS).set(OVER, event.id, event.ends_at)
            return
        if event.told:
            self.posting.draw(work, event)
        self._ask(work, event)
        if event.series:
            self.posting.next_of(work, event.series)

    def who_comes(self, work: Work, call: Call, action: WhoComes) -> Reply:
        """All that a host needs to know before it."""
        event = _own(work, call, action.event)
        rsvps = work.use(EVENTS).rsvps(event.id)
        yes = [one for one in rsvps if one.place is Place.HELD]
        maybe = [one for one in rsvps if one.answer is Answer.MAYBE]
        waits = [one for one in rsvps if one.place in (Place.WAITING, Place.OFFERED)]
        return Reply(view=views.who_comes(event, *(_names(work, some) for some in (yes, maybe, waits))))

    def ask(self, work: Work, call: Call, action: AskCame) -> Reply:
        """The form: those who had a place, some at a time."""
        event = _own(work, call, action.event)
        if event.ends_at > work.at or event.status is not Status.PLANNED:
            raise Refusal(views.words.text("came-early"))
        some = _page(_placed(work, event), action.page)
        if not some:
            raise Refusal(views.words.text("came-nobody"))
        names = [(show(one.member), name) for one, name in zip(some, _names(work, some), strict=True)]
        ticked = [show(one.member) for one in some if one.came is Came.CAME]
        return Reply(ask=views.came_form(event, action.page, names, ticked))

    def keep(self, work: Work, call: Call, action: KeepCame) -> Reply:
        """Keep it: whoever is not ticked was not there."""
        event, came = _own(work, call, action.event), call.values.get(views.CAME, ())
        placed = _placed(work, event)
        if event.ends_at > work.at or event.status is not Status.PLANNED:
            raise Refusal(views.words.text("came-early"))
        for one in _page(placed, action.page):
            work.use(EVENTS).answer(replace(one, came=Came.CAME if show(one.member) in came else Came.MISSED))
        return Reply(view=views.came_kept(event, max(0, action.page), -(-len(placed) // views.A_PAGE)))

    def back(self, work: Work, fact: MemberReady | MemberBack) -> None:
        """Whoever was left alone hears now what they host. Of what is older, so that they may have heard it, not again:
        keys of letters are forgotten."""
        for event in work.use(EVENTS).between(work.at, work.at + FARTHEST):
            is_new = event.changed_at is not None and event.changed_at >= work.at - LETTERS_KEPT
            if event.host == fact.member and event.status is Status.PLANNED and is_new:
                tell_host(work, event)

    def gone(self, work: Work, fact: MemberGone) -> None:
        """A host can't be there any more: organisers hear which events have none, a series once."""
        found = work.use(EVENTS).between(work.at, work.at + FARTHEST)
        hosted = [one for one in found if one.host == fact.member and one.status is Status.PLANNED]
        for event in {one.series or one.id: one for one in reversed(hosted)}.values():
            key, view = f"event-no-host:{show(event.id)}:{event.sequence}", organiser_views.no_host(event)
            work.post(Letter(key, ORGANISERS, view, Kind.ORGANISER, work.at))

    def _ask(self, work: Work, event: Event) -> None:
        """The event's page has the same button."""
        host = _here(work, event)
        if host is not None and _placed(work, event):
            key, view = f"event-came:{show(event.id)}", views.ask_came(event)
            work.post(Letter(key, Person(host.id), view, Kind.NOTICE, work.at))


def tell_host(work: Work, event: Event) -> None:
    """Let somebody know that they host an event, once; of a series once for all of it. Who is left alone hears when
    they are back."""
    host = _here(work, event)
    if host is not None:
        key = f"event-host:{show(event.series or event.id)}:{show(host.id)}"
        work.post(Letter(key, Person(host.id), views.hosting(event), Kind.NOTICE, work.at))


def _here(work: Work, event: Event) -> Member | None:
    """The host, but not while they are left alone."""
    host = host_of(work, event)
    day = local_day(work.at, (host.zone if host else None) or event.zone)
    return host if host is not None and host.takes_part(day) else None


def _own(work: Work, call: Call, id: Id) -> Event:
    """An event that the caller hosts. Raises Refusal: not yours, and no such thing, are one sentence."""
    event = work.use(EVENTS).event(id)
    if event is None or event.status is Status.DRAFT or event.host != call.me:
        raise Refusal(views.words.text("host-not"))
    return event


def _placed(work: Work, event: Event) -> list[Rsvp]:
    """Who had a place, but for the host, who was there."""
    return [one for one in work.use(EVENTS).rsvps(event.id) if one.place is Place.HELD and one.member != event.host]


def _page(rsvps: Sequence[Rsvp], page: int) -> Sequence[Rsvp]:
    first = max(0, page) * views.A_PAGE
    return rsvps[first : first + views.A_PAGE]


def _names(work: Work, rsvps: Sequence[Rsvp]) -> list[str]:
    members = [work.use(MEMBERS).get(one.member) for one in rsvps]
    return [member.name if member else "" for member in members]

"""The post of an event in the channels for events: put there once, drawn anew when something about it is different.

How many come is told in bands, and at most once a minute: nobody can watch a number tick and know who pressed.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.chat import address
from bot.chat.address import Channel
from bot.chat.ids import Id, show
from bot.chat.inbound import Rang
from bot.chat.limits import MEETING_WHERE, clip
from bot.chat.outbound import Meeting
from bot.core.counts import tell_count
from bot.core.outbox import Kind, Letter
from bot.core.timers import TIMERS
from bot.core.work import Work
from bot.events import post_views as views
from bot.events.model import AnswersChanged, Event, EventSettings, Place, Status
from bot.events.store import EVENTS
from bot.members.model import Member, Stage
from bot.members.store import MEMBERS

REDRAW, OVER = "events.post", "events.over"
"""Timers about an event: its post is to be drawn; it is over."""
BANDS = (5, 10, 15, 20, 30, 40, 50, 75, 100, 150, 200, 300, 400, 500, 750, 1000)
"""How many are said to come, "about 15"."""
AT_MOST_EVERY = timedelta(minutes=1)
BEFORE = timedelta(days=7)
"""How long before it begins the next event of a series is posted, if the one before is over."""


@dataclass(frozen=True)
class Posting:
    """Posts events in the network's channels for them."""

    settings: EventSettings

    def draw(self, work: Work, event: Event, kind: Kind = Kind.ANSWER) -> Event:
        """Post an event, or draw its post anew, as it stands now; returns it as it is kept."""
        if not self.settings.posts:
            return event
        drawn = replace(event, told=event.told + 1, band=band(event.band, coming(work, event)))
        work.use(EVENTS).keep(drawn)
        work.use(TIMERS).stop(REDRAW, event.id)
        host = host_of(work, event)
        view, about = views.post(drawn, host, work.at), (host.id,) if host else ()
        for platform in self.settings.posts:
            key, before = (f"event-post:{show(event.id)}:{platform}:{n}" for n in (drawn.told, event.told))
            to, earlier, pins = Channel(address.EVENTS, platform), before if event.told else "", drawn.is_open(work.at)
            work.post(Letter(key, to, view, kind, work.at, about=about, instead_of=earlier, pins=pins))
        return drawn

    def mirror(self, work: Work, event: Event) -> None:
        """Put an event into the platforms' own calendars, change it there, or take it away."""
        is_gone = event.status is Status.CANCELLED
        if not is_gone and not event.is_open(work.at):
            return
        kind, view, meeting = Kind.REMOVAL if is_gone else Kind.ANSWER, views.mirrored(event), _meeting(event)
        for platform in self.settings.calendars:
            key = f"event-meeting:{show(event.id)}:{platform}"
            before, to = f"{key}:{event.sequence - 1}" if event.sequence else "", Channel(address.EVENTS, platform)
            key = f"{key}:{event.sequence}"
            work.post(Letter(key, to, view, kind, work.at, instead_of=before, meeting=meeting))

    def changed(self, work: Work, event: Event) -> Event:
        """An organiser has changed or cancelled an event: whatever shows it is drawn anew."""
        if not event.told:
            self._wait_anew(work, event)
            return event
        self.mirror(work, event)
        return self.draw(work, event)

    def post_later(self, work: Work, event: Event, no_sooner: datetime) -> None:
        """Post it a week before it begins, as those of a series are, but not before `no_sooner`."""
        work.use(TIMERS).set(REDRAW, event.id, max(no_sooner, event.starts_at - BEFORE))

    def put_up(self, work: Work, event: Event, kind: Kind = Kind.ANSWER) -> Event:
        """Post an event for the first time."""
        self.mirror(work, event)
        return self.draw(work, event, kind)

    def next_of(self, work: Work, series: Id) -> None:
        """Of a series one event stands in the channel at a time: the next, not before the one before it is over, and
        no sooner than a week ahead. Waits for that week where it must."""
        planned = [one for one in work.use(EVENTS).of_series(series) if one.status is Status.PLANNED]
        next_one = next((one for one in sorted(planned, key=_starts) if one.ends_at > work.at), None)
        if next_one is None or next_one.told or not next_one.is_open(work.at):
            return
        if next_one.starts_at - BEFORE <= work.at:
            self.put_up(work, next_one, Kind.ORGANISER)
        else:
            work.use(TIMERS).set(REDRAW, next_one.id, next_one.starts_at - BEFORE)

    def answers_changed(self, work: Work, fact: AnswersChanged) -> None:
        """Look again in a minute; what else is pressed until then is counted with it."""
        event = work.use(EVENTS).event(fact.event)
        if event is None or not event.told or not event.is_open(work.at):
            return
        if work.use(TIMERS).at(REDRAW, event.id) is None:
            work.use(TIMERS).set(REDRAW, event.id, work.at + AT_MOST_EVERY)

    def rings(self, work: Work, rang: Rang) -> None:
        """It is time to post the next of a series, or what was imported; or answers came, and the post may say too few
        or too many."""
        event = work.use(EVENTS).hold(rang.about)
        if event is None or not event.is_open(work.at):
            return
        if not event.told and event.series:
            self.next_of(work, event.series)
        elif not event.told:
            self.put_up(work, event, Kind.ORGANISER)
        elif band(event.band, coming(work, event)) != event.band:
            self.draw(work, event)

    def _wait_anew(self, work: Work, event: Event) -> None:
        """What waits by itself for the week in which it is posted, waits for another one once it was moved."""
        if event.series is None and work.use(TIMERS).at(REDRAW, event.id) is not None:
            self.post_later(work, event, work.at)


def host_of(work: Work, event: Event) -> Member | None:
    """Whoever hosts it, as long as they belong here."""
    host = work.use(MEMBERS).get(event.host) if event.host else None
    return host if host and can_host(host) else None


def can_host(member: Member) -> bool:
    """Whether an organiser has vouched for them, and they are here."""
    return member.stage is Stage.MEMBER and member.left_at is None


def band(before: int, n: int) -> int:
    """How many to say are coming, where `n` are and `before` was said; 0 for nothing. It falls only when half a band is
    lost: somebody who says yes, no and yes again moves it once at most."""
    now = max((one for one in BANDS if one <= (tell_count(n).n or 0)), default=0)
    below = max((one for one in BANDS if one < before), default=0)
    return before if now < before and 2 * n >= before + below else now


def coming(work: Work, event: Event) -> int:
    """How many have a place."""
    return sum(one.place is Place.HELD for one in work.use(EVENTS).rsvps(event.id))


def _starts(event: Event) -> tuple[object, Id]:
    return event.starts_at, event.id


def _meeting(event: Event) -> Meeting:
    where = clip(event.place or views.words.line("post-online"), MEETING_WHERE)
    return Meeting(event.title, event.starts_at, event.ends_at, where, event.description)

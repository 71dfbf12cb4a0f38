"""What a member sees when they look: what is coming, what they said, and where they were."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.chat.outbound import Reply
from bot.chat.view import Button
from bot.core.errors import Refusal
from bot.core.feature import Call, Page
from bot.core.work import Work
from bot.events import member_views
from bot.events.actions import ComingEvents, MyEvents, ShowEvent
from bot.events.attending import let_in, may_see, standing
from bot.events.member_views import A_PAGE, Standing, words
from bot.events.model import Answer, Event, Place
from bot.events.store import EVENTS
from bot.members.model import Member, Stage
from bot.members.store import MEMBERS

_AHEAD = timedelta(days=120)
"""How far one can see: whoever plans farther ahead tells it nearer the time."""
_BACK = timedelta(days=365)
_NEXT = timedelta(days=14)
_ON_HOME, _PAST, _WITH_BUTTONS, _MINE = 2, 10, 4, 12


@dataclass(frozen=True)
class Looking:
    """The handlers; all of them only read. `calendar`: the way to one's own."""

    calendar: tuple[Button, ...] = ()

    def coming(self, work: Work, call: Call) -> Reply:
        """The command."""
        return self.page(work, call, ComingEvents(0))

    def page(self, work: Work, call: Call, action: ComingEvents) -> Reply:
        """What is coming for this member, so many at once."""
        member, first = let_in(work, call), max(action.page, 0) * A_PAGE
        events = [event for event in self._open(work) if may_see(work, event, member)]
        shown = [standing(work, event, member.id) for event in events[first : first + A_PAGE]]
        return Reply(view=member_views.coming(shown, max(action.page, 0), len(events) > first + A_PAGE))

    def show(self, work: Work, call: Call, action: ShowEvent) -> Reply:
        """One of them."""
        member, event = let_in(work, call), work.use(EVENTS).event(action.event)
        if event is None or not may_see(work, event, member):
            raise Refusal(words.text("not-here"))
        if not event.is_open(work.at) and event.ends_at <= work.at:
            raise Refusal(words.text("begun", title=event.title))
        return Reply(view=member_views.event(standing(work, event, member.id), work.at))

    def mine(self, work: Work, call: Call, action: MyEvents) -> Reply:
        """What they said yes or maybe to, and where they had a place."""
        member = let_in(work, call)
        known = self._known(work, member, work.at - _BACK)
        held = [one for one in known if one.event.is_open(work.at) and _matters(one)]
        past = [one for one in known if one.event.ends_at <= work.at and one.place is Place.HELD]
        return Reply(view=member_views.mine(held[:_MINE], past[-_PAST:][::-1], _WITH_BUTTONS, self.calendar))

    def home(self, work: Work, call: Call) -> Page:
        """What they said yes to, next first; also while they pause."""
        member = work.use(MEMBERS).get(call.me)
        if member is None or member.stage is not Stage.MEMBER or member.left_at is not None:
            return ()
        known = [one for one in self._known(work, member, work.at) if one.event.is_open(work.at)]
        near = [one for one in known if one.place is not Place.NONE and one.event.starts_at < work.at + _NEXT]
        return member_views.home(near[:_ON_HOME])

    def _open(self, work: Work) -> list[Event]:
        return [one for one in work.use(EVENTS).between(work.at, work.at + _AHEAD) if one.is_open(work.at)]

    def _known(self, work: Work, member: Member, since: datetime) -> list[Standing]:
        """The events a member answered, the soonest first."""
        rsvps = work.use(EVENTS).rsvps_of(member.id, since)
        events = [event for id in rsvps if (event := work.use(EVENTS).event(id))]
        return [Standing(one, rsvps[one.id]) for one in sorted(events, key=lambda one: (one.starts_at, one.id))]


def _matters(one: Standing) -> bool:
    """Whether somebody said yes or maybe."""
    return one.rsvp is not None and one.rsvp.answer is not Answer.NO

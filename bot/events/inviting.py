"""What events offer to whoever writes to many: those who said yes, to their host; and a yes to press."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from bot.chat.ids import Id
from bot.chat.limits import OPTIONS
from bot.chat.view import Button
from bot.core.feature import Call, Crowd, Invite, Offered
from bot.core.work import Work
from bot.events import member_views, organiser_views
from bot.events.model import Event, Place, Status
from bot.events.store import EVENTS

_AHEAD = timedelta(days=120)
_BACK = timedelta(days=7)
"""How long after an event its host can still write to those who came."""


def crowd() -> Crowd:
    """Those who have a place at an event, for its host alone (THREATS, 27)."""
    return Crowd("events.yes", lambda: organiser_views.words.line("crowd-yes"), _hosted, _coming)


def invite() -> Invite:
    """A yes to an event that is open."""
    return Invite("events.answer", lambda: organiser_views.words.line("invite-yes"), _open, _press)


def _hosted(work: Work, call: Call) -> Sequence[Offered]:
    mine = (one for one in _planned(work) if one.host is not None and one.host == call.member)
    return [_offered(one) for one in mine][:OPTIONS]


def _open(work: Work, call: Call) -> Sequence[Offered]:
    return [_offered(one) for one in _planned(work) if one.is_open(work.at)][:OPTIONS]


def _planned(work: Work) -> Iterator[Event]:
    found = work.use(EVENTS).between(work.at - _BACK, work.at + _AHEAD)
    return (one for one in found if one.status is Status.PLANNED)


def _offered(event: Event) -> Offered:
    return Offered(event.id, organiser_views.option(event).label)


def _coming(work: Work, event: Id) -> frozenset[Id]:
    return frozenset(one.member for one in work.use(EVENTS).rsvps(event) if one.place is Place.HELD)


def _press(work: Work, id: Id) -> Button | None:
    event = work.use(EVENTS).event(id)
    return member_views.answer_buttons(event)[0] if event is not None and event.is_open(work.at) else None

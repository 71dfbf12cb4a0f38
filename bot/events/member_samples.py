"""Everything members can be shown of events, with people and events that are made up."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.chat.ids import Id
from bot.chat.text import Mention
from bot.chat.view import Buttons, View
from bot.core.feature import Sample, refusal
from bot.events import member_letters, member_views
from bot.events.actions import JoinSeries, LeaveSeries
from bot.events.member_views import Standing, words
from bot.events.model import Answer, Before, Came, Choices, Event, EventChanged, Place, Rsvp, Sort, Status

_AT = datetime(2026, 11, 11, 16, tzinfo=UTC)
_COFFEE = Event(
    id=Id(1),
    title="Saturday coffee",
    starts_at=datetime(2026, 11, 14, 9, 30, tzinfo=UTC),
    minutes=60,
    zone="Europe/London",
    status=Status.PLANNED,
    description="An hour with other heads, a hot drink, and nothing to prepare.",
    place="The Elm Lane café, Leeds",
    link="https://meet.example.org/coffee",
    theme="staffing",
    capacity=12,
    series=Id(3),
)
_SUPPORT = replace(_COFFEE, id=Id(2), title="Wednesday support", sort=Sort.SUPPORT, place="", series=None)
_BARE = replace(_SUPPORT, description="", link="", theme="", capacity=None, sort=Sort.MEETING)
_LATE = replace(_COFFEE, link_late=True)
_PRIYA = Mention(Id(5), "Priya Shah")
_CHOSEN = Choices(Id(9))


def _stands(event: Event, place: Place, answer: Answer = Answer.YES, lapsed: bool = False, **more: object) -> Standing:
    until = _AT + timedelta(days=1) if place is Place.OFFERED else None
    rsvp = Rsvp(event.id, Id(9), answer, place, _AT, offered_until=until, lapsed=lapsed)
    return Standing(event, replace(rsvp, **more), host=_PRIYA)  # type: ignore[arg-type]


HELD = (_stands(_COFFEE, Place.HELD),)
_ALL = {
    "a place": HELD[0],
    "waiting": _stands(_COFFEE, Place.WAITING),
    "a place is offered": _stands(_COFFEE, Place.OFFERED),
    "an offer that ended": _stands(_COFFEE, Place.NONE, lapsed=True),
    "maybe": _stands(_COFFEE, Place.NONE, Answer.MAYBE),
    "no": _stands(_COFFEE, Place.NONE, Answer.NO),
    "nothing": Standing(_BARE),
}


def samples() -> tuple[Sample, ...]:
    """All of them."""
    return (*_looks(), *_answers(), *_letters(), *_choices(), *_refusals())


def _looks() -> Iterator[Sample]:
    stands = list(_ALL.values())
    past = [_stands(_COFFEE, Place.HELD, came=came) for came in (Came.CAME, Came.MISSED, None)]
    yield Sample("Events: what is coming", member_views.coming(stands[:4], 0, True))
    yield Sample("Events: what is coming, later", member_views.coming(stands[4:], 1, False))
    yield Sample("Events: nothing is coming", member_views.coming((), 0, False))
    yield Sample("Events: mine", member_views.mine(stands[:5], past, 3))
    yield Sample("Events: mine, none", member_views.mine((), (), 3))
    yield Sample("Events: at home", View(member_views.home(HELD)))
    yield Sample("Events: in a channel", View((_buttons(_COFFEE),)))
    yield Sample("Events: in the Friday letter", View(member_views.friday([_COFFEE], [_SUPPORT], [_COFFEE, _SUPPORT])))
    for name, one in _ALL.items():
        yield Sample(f"Events: one, {name}", member_views.event(one, _AT))


def _buttons(event: Event) -> Buttons:
    return Buttons(member_views.answer_buttons(event))


def _answers() -> Iterator[Sample]:
    for name, one in _ALL.items():
        yield Sample(f"Events: answered, {name}", member_views.answered(one, _AT, _CHOSEN))
    unreminded = replace(_CHOSEN, reminds=frozenset())
    yield Sample("Events: answered, without reminders", member_views.answered(HELD[0], _AT, unreminded))
    late = replace(HELD[0], event=_LATE, joined=True)
    yield Sample("Events: answered, the link comes later", member_views.answered(late, _AT, _CHOSEN))
    yield Sample("Events: before a support group", member_views.agreement(_SUPPORT))
    yield Sample("Events: yes to all", member_views.joined(_COFFEE.title, JoinSeries(Id(3))))
    yield Sample("Events: one by one again", member_views.joined(_COFFEE.title, LeaveSeries(Id(3))))


def _letters() -> Iterator[Sample]:
    offered = Rsvp(_COFFEE.id, Id(9), Answer.YES, Place.OFFERED, _AT, offered_until=_AT + timedelta(days=1))
    hour = _COFFEE.starts_at - timedelta(hours=1)
    other = replace(_COFFEE, title="Sunday coffee", minutes=90, place="", link="", host=Id(5))
    linked = replace(_COFFEE, link="https://meet.example.org/other", place="Online")
    yield Sample("Events: a reminder", member_letters.reminder(_COFFEE, hour))
    yield Sample("Events: a reminder, the link comes later", member_letters.reminder(_LATE, hour - timedelta(days=1)))
    yield Sample("Events: a place came free", member_letters.offer(_COFFEE, offered))
    yield Sample("Events: an offer ended", member_letters.lapsed(_COFFEE))
    yield Sample("Events: a place came free shortly before", member_letters.moved_up(_COFFEE, hour))
    yield Sample("Events: it doesn’t take place", member_letters.cancelled(_COFFEE))
    yield Sample("Events: it and those after it don’t take place", member_letters.cancelled(_COFFEE, follows=True))
    changes = {"all of it": (_COFFEE, other, _PRIYA), "back": (other, _COFFEE, None), "link": (_COFFEE, linked, None)}
    for name, (before, after, host) in changes.items():
        for holds in (True, False):
            fact = EventChanged(before, after, follows=name == "all of it")
            view = member_letters.changed(fact, holds, host, _AT)
            yield Sample(f"Events: changed, {name}, {'with' if holds else 'without'} a place", view or View(()))


def _choices() -> Iterator[Sample]:
    some = replace(_CHOSEN, reminds=frozenset(Before))
    yield Sample("Events: choices", member_views.choices_form(some))
    yield Sample("Events: chosen", member_views.chosen(some))
    yield Sample("Events: chosen, not in a pause", member_views.chosen(replace(some, when_away=False)))
    yield Sample("Events: chosen, none", member_views.chosen(replace(some, reminds=frozenset())))
    yield Sample("Events: at the beginning of a pause", member_letters.ask_still([_COFFEE, _SUPPORT]))
    yield Sample("Events: reminders in a pause", member_letters.still(True))
    yield Sample("Events: no reminders in a pause", member_letters.still(False))


def _refusals() -> Iterator[Sample]:
    yield refusal("Events: not let in yet", words.text("not-yet"))
    yield refusal("Events: not open", words.text("not-here"))
    yield refusal("Events: begun", words.text("begun", title=_COFFEE.title))
    yield refusal("Events: called off", words.text("called-off", title=_COFFEE.title))

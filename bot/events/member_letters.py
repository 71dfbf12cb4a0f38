"""Letters about events: reminders, places that come free, changes, and the one question at the beginning of a pause."""

from collections.abc import Sequence
from datetime import datetime

from bot.chat.text import Mention, Moment, Plain, Text
from bot.chat.view import Block, Button, Buttons, Fact, Facts, Paragraph, View
from bot.events.actions import AnswerEvent, ComingEvents, MyEvents, Still
from bot.events.member_views import (
    answer_buttons,
    offered_buttons,
    press,
    said,
    say_length,
    say_link,
    titles,
    words,
)
from bot.events.model import Answer, Event, EventChanged, Rsvp


def reminder(event: Event, at: datetime) -> View:
    """Before it begins; with its link, where that is shown by then."""
    text = words.text("reminder", title=event.title, when=Moment(event.starts_at))
    return View((Paragraph(text), *_where(event, at), Buttons((_leave(event),))))


def offer(event: Event, rsvp: Rsvp) -> View:
    """A place came free, and is kept for them."""
    until = Moment(rsvp.offered_until or event.starts_at)
    text = words.text("offer", title=event.title, when=Moment(event.starts_at), until=until)
    return View((Paragraph(text), Buttons(offered_buttons(event))))


def lapsed(event: Event) -> View:
    """It is not kept any longer."""
    again = press("yes-to", AnswerEvent(event.id, Answer.YES), title=event.title)
    return View((Paragraph(words.text("lapsed", title=event.title)), Buttons((again,))))


def moved_up(event: Event, at: datetime) -> View:
    """A place came free shortly before, and is theirs."""
    text = words.text("moved-up", title=event.title, when=Moment(event.starts_at))
    return View((Paragraph(text), *_where(event, at), Buttons((_leave(event),))))


def changed(fact: EventChanged, holds: bool, host: Mention | None, at: datetime) -> View | None:
    """What somebody needs to know who said yes or maybe; None where nothing of it is different for them. `holds`: has a
    place, and so may read the link."""
    before, after = fact.before, fact.after
    told: dict[str, Text] = {}
    if before.title != after.title:
        told["changed-title"] = (Plain(after.title),)
    if (before.starts_at, before.minutes) != (after.starts_at, after.minutes):
        told["changed-when"] = say_length(after)
    if before.place != after.place:
        told["changed-where"] = (Plain(after.place or words.line("nowhere")),)
    if holds and before.link != after.link:
        told["changed-link"] = say_link(after, at) or words.text("no-link")
    if before.host != after.host:
        told["changed-host"] = (host or Plain(words.line("no-host")),)
    if not told:
        return None
    facts = Facts(tuple(Fact(words.line(key), text) for key, text in told.items()))
    leave = Buttons((_leave(after),)) if holds else Buttons(answer_buttons(after))
    others = (Paragraph(words.text("changed-others")), Buttons((press("mine", MyEvents()),))) if fact.follows else ()
    return View((Paragraph(words.text("changed", title=before.title)), facts, leave, *others))


def cancelled(event: Event, follows: bool = False) -> View:
    """It does not take place; `follows`: nor do those after it."""
    key = "cancelled-all" if follows else "cancelled"
    text = words.text(key, title=event.title, when=Moment(event.starts_at))
    return View((Paragraph(text), Buttons((press("see-coming", ComingEvents(0)),))))


def ask_still(events: Sequence[Event]) -> View:
    """To somebody who pauses: whether what was promised should still come."""
    row = (press("still-yes", Still(1)), press("still-no", Still(0)))
    return View((Paragraph(words.text("still", titles=titles(events))), Buttons(row)))


def still(yes: bool) -> View:
    """Their answer."""
    return said("still-kept" if yes else "still-quiet")


def _where(event: Event, at: datetime) -> tuple[Block, ...]:
    """Where it is, for somebody who has a place."""
    rows: tuple[tuple[str, Text], ...] = (
        ("fact-where", (Plain(event.place),) if event.place else ()),
        ("fact-link", say_link(event, at)),
    )
    shown = tuple(Fact(words.line(key), text) for key, text in rows if text)
    return (Facts(shown),) if shown else ()


def _leave(event: Event) -> Button:
    return press("cannot-come", AnswerEvent(event.id, Answer.NO))

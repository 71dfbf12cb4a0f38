"""What members see of events: what is coming, how they stand with it, and the letters about it."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.chat.action import Action
from bot.chat.form import Form, ManyOf, OneOf
from bot.chat.limits import clip
from bot.chat.text import Link, Mention, Moment, Plain, Span, Text
from bot.chat.view import (
    Block,
    Button,
    Buttons,
    Fact,
    Facts,
    Note,
    Option,
    Paragraph,
    Quote,
    Style,
    View,
    button,
)
from bot.core.feature import Page
from bot.core.words import Arg, Words
from bot.events.actions import (
    AgreeEvent,
    AnswerEvent,
    AskChoices,
    ComingEvents,
    JoinSeries,
    KeepChoices,
    LeaveSeries,
    MyEvents,
    ShowEvent,
    TakePlace,
)
from bot.events.model import LINK_SHOWN, Answer, Before, Came, Choices, Event, Place, Rsvp
from bot.events.post_views import say_minutes

words = Words("bot.events")

A_PAGE = 4
"""Events on a page: a row of buttons each, and one for the way on."""
_LONGEST_TITLE = 45
REMINDS, WHEN_AWAY = "reminds", "when_away"
"""Fields of the form of choices."""
YES, NO = "yes", "no"


@dataclass(frozen=True)
class Standing:
    """An event as one member sees it: what they said, whether they said yes to all of its series, and who hosts it."""

    event: Event
    rsvp: Rsvp | None = None
    joined: bool = False
    host: Mention | None = None

    @property
    def place(self) -> Place:
        """How their yes stands."""
        return self.rsvp.place if self.rsvp else Place.NONE


def said(key: str, **args: Arg) -> View:
    """One sentence of this room."""
    return View((Paragraph(words.text(key, **args)),))


def press(key: str, action: Action, style: Style = Style.PLAIN, **args: Arg) -> Button:
    """A button with this room's words."""
    return button(words.line(key, **args), action, style)


def answer_buttons(event: Event) -> tuple[Button, ...]:
    """Yes, maybe and no, as they stand under an event that speaks for itself: in a channel, or alone."""
    yes = press("yes-to", AnswerEvent(event.id, Answer.YES), Style.PRIMARY, title=event.title)
    rest = (press(f"answer-{one}", AnswerEvent(event.id, one)) for one in (Answer.MAYBE, Answer.NO))
    return (yes, *rest)


def coming(shown: Sequence[Standing], page: int, more: bool) -> View:
    """What is coming, a page of it. `more`: there is another."""
    ways = (
        *((press("coming-earlier", ComingEvents(page - 1)),) if page else ()),
        *((press("coming-later", ComingEvents(page + 1)),) if more else ()),
        press("mine", MyEvents()),
        press("choices", AskChoices()),
    )
    blocks = [block for one in shown for block in (_line(one), Buttons(_ways(one)))]
    opening = Paragraph(words.text("coming" if shown else "coming-none"))
    return View((opening, *blocks, Buttons(ways)), title=words.line("coming-title"))


def event(one: Standing, at: datetime) -> View:
    """All there is to know of an event, and how one stands with it."""
    return View((*_all(one, at), Buttons(_ways(one, alone=True))), title=clip(one.event.title, _LONGEST_TITLE))


def answered(one: Standing, at: datetime, chosen: Choices, add: Sequence[Button] = ()) -> View:
    """To a press: how it stands now. `add`: the way into one's own calendar, for who has a place or comes perhaps."""
    has_day = one.place is Place.HELD or _is(one, Answer.MAYBE)
    series = _series_button(one) if one.place is not Place.NONE else ()
    row = (*_ways(one, alone=True), *series, *(add if has_day else ()))
    about = (_facts(one, at),) if one.place is not Place.NONE or _is(one, Answer.MAYBE) else ()
    return View((Paragraph(_stands(one)), *about, *_reminds(one, chosen), Buttons(row)))


def agreement(event: Event) -> View:
    """Before somebody comes to a support session for the first time: how people treat each other there."""
    lines = tuple(Paragraph(words.text(f"agree-{n}")) for n in range(1, 4))
    agree = press("agree-yes", AgreeEvent(event.id), Style.PRIMARY, title=event.title)
    row = Buttons((agree, press("answer-no-to", AnswerEvent(event.id, Answer.NO), title=event.title)))
    return View((Paragraph(words.text("agree", title=event.title)), *lines, row))


def mine(held: Sequence[Standing], past: Sequence[Standing], shown: int, calendar: Sequence[Button] = ()) -> View:
    """What somebody said yes or maybe to, so many of them with buttons; and where they were."""
    rows = [block for one in held[:shown] for block in (_line(one), Buttons(_ways(one)))]
    rest = [_line(one) for one in held[shown:]]
    before = (Paragraph(words.text("past")), *map(_past, past)) if past else ()
    ways = Buttons((press("see-coming", ComingEvents(0)), press("choices", AskChoices()), *calendar))
    opening = Paragraph(words.text("mine-opening" if held else "mine-none"))
    return View((opening, *rows, *rest, *before, ways), title=words.line("mine"))


def joined(title: str, series_id: JoinSeries | LeaveSeries) -> View:
    """To whoever says yes to all of a series, or one by one again."""
    match series_id:
        case JoinSeries(series):
            back = press("unjoin", LeaveSeries(series), title=title)
            return View((Paragraph(words.text("joined", title=title)), Buttons((back, press("mine", MyEvents())))))
        case LeaveSeries():
            return View((Paragraph(words.text("unjoined", title=title)), Buttons((press("mine", MyEvents()),))))


def choices_form(chosen: Choices) -> Form:
    """When to be reminded."""
    reminds = tuple(Option(one, words.line(f"before-{one}")) for one in Before)
    away = tuple(Option(one, words.line(f"away-{one}")) for one in (YES, NO))
    picked = tuple(one.value for one in Before if one in chosen.reminds)
    fields = (
        ManyOf(REMINDS, words.line("choices-reminds"), reminds, picked, words.line("choices-hint")),
        OneOf(WHEN_AWAY, words.line("choices-away"), away, NO if chosen.when_away is False else YES),
    )
    return Form(words.line("choices"), KeepChoices().pack(), fields, words.line("choices-send"))


def chosen(choices: Choices) -> View:
    """They are kept."""
    row = Buttons((press("mine", MyEvents()),))
    if not choices.reminds:
        return View((Paragraph(words.text("chosen-none")), row))
    away = words.text("chosen-away" if choices.when_away is False else "chosen-always")
    return View((Paragraph(words.text("chosen", when=say_when(choices.reminds))), Note(away), row))


def say_when(reminds: Collection[Before]) -> str:
    """When reminders come, inside a sentence; there is one at least."""
    return _and([words.line(f"when-{one}") for one in Before if one in reminds])


def home(shown: Sequence[Standing]) -> Page:
    """On the home page: what one said yes to, next first."""
    return tuple(map(_line, shown))


def friday(going: Sequence[Event], open_to: Sequence[Event], thanks: Sequence[Event]) -> tuple[Block, ...]:
    """In the Friday letter: thanks for what was, what one said yes to, and what one could say yes to."""
    lines: list[Block] = []
    if thanks:
        lines.append(Paragraph(words.text("friday-thanks", titles=titles(thanks))))
    if going:
        lines += [Paragraph(words.text("friday-going")), *(Paragraph(_named(one)) for one in going)]
    if open_to:
        row = tuple(press("yes-to", AnswerEvent(one.id, Answer.YES), title=one.title) for one in open_to)
        lines += [Paragraph(words.text("friday-open")), *(Paragraph(_named(one)) for one in open_to), Buttons(row)]
    return tuple(lines)


def titles(events: Iterable[Event]) -> str:
    """Titles inside a sentence, each once."""
    return _and(list(dict.fromkeys(one.title for one in events)))


def _and(some: Sequence[str]) -> str:
    *first, last = some
    return words.line("and", first=", ".join(first), last=last) if first else last


def _line(one: Standing) -> Paragraph:
    """An event and how one stands with it, in a line."""
    if one.rsvp is None:
        return Paragraph(_named(one.event))
    return Paragraph((*_named(one.event), Plain(" "), *words.text(f"line-{_state(one)}")))


def _named(event: Event) -> Text:
    key = "named-at" if event.place else "named"
    place = {"place": event.place} if event.place else {}
    return words.text(key, title=event.title, when=Moment(event.starts_at), **place)


def _past(one: Standing) -> Paragraph:
    came = one.rsvp.came if one.rsvp else None
    key = {Came.CAME: "past-came", Came.MISSED: "past-missed"}.get(came, "past-place") if came else "past-place"
    return Paragraph(words.text(key, title=one.event.title, when=Moment(one.event.starts_at)))


def _state(one: Standing) -> str:
    if one.place is not Place.NONE or one.rsvp is None:
        return one.place.value
    return "lapsed" if one.rsvp.lapsed else one.rsvp.answer.value


def _stands(one: Standing) -> Text:
    until = Moment((one.rsvp and one.rsvp.offered_until) or one.event.starts_at)
    return words.text(f"stands-{_state(one)}", title=one.event.title, **({"until": until} if _is_offered(one) else {}))


def _reminds(one: Standing, chosen: Choices) -> tuple[Block, ...]:
    if one.place is not Place.HELD:
        return ()
    if not chosen.reminds:
        return (Note(words.text("will-not-remind")),)
    return (Note(words.text("will-remind", when=say_when(chosen.reminds))),)


def _all(one: Standing, at: datetime) -> tuple[Block, ...]:
    about = (Quote(one.event.description),) if one.event.description else ()
    return (*about, _facts(one, at), Paragraph(_stands(one)))


def _facts(one: Standing, at: datetime) -> Facts:
    event, holds = one.event, one.place is Place.HELD
    rows = {
        "fact-when": say_length(event),
        "fact-where": (Plain(event.place),) if event.place else (),
        "fact-link": say_link(event, at) if holds else (),
        "fact-host": (one.host,) if one.host else (),
        "fact-theme": (Plain(event.theme),) if event.theme else (),
        "fact-places": (Plain(str(event.capacity)),) if event.capacity is not None else (),
    }
    return Facts(tuple(Fact(words.line(key), text) for key, text in rows.items() if text))


def say_length(event: Event) -> Text:
    return words.text("lasts", starts=Moment(event.starts_at), long=say_minutes(event.minutes))


def say_link(event: Event, at: datetime) -> Text:
    """The link, for who has a place; or when it is shown."""
    if not event.link:
        return ()
    if event.link_late and at < event.starts_at - LINK_SHOWN:
        return words.text("link-later")
    link: Span = Plain(event.link)
    if event.link.startswith("https://"):
        link = Link(words.line("link-join"), event.link)
    return (link,)


def _ways(one: Standing, alone: bool = False) -> tuple[Button, ...]:
    """What can be pressed, by how one stands; `alone`: nothing else is on the screen."""
    about = () if alone else (press("more", ShowEvent(one.event.id), title=one.event.title),)
    if _is_offered(one):
        return (*offered_buttons(one.event), *about)
    keys = [answer for answer in Answer if not _says(one, answer)]
    return (*(_answer(one.event, answer) for answer in keys), *about)


def _says(one: Standing, answer: Answer) -> bool:
    """Whether that is what they say now; a yes whose offer ended can be said again."""
    return _is(one, answer) and not (one.rsvp and one.rsvp.lapsed)


def _is(one: Standing, answer: Answer) -> bool:
    return one.rsvp is not None and one.rsvp.answer is answer


def _is_offered(one: Standing) -> bool:
    return one.place is Place.OFFERED


def _answer(event: Event, answer: Answer) -> Button:
    if answer is Answer.YES:
        return press("yes-to", AnswerEvent(event.id, answer), Style.PRIMARY, title=event.title)
    return press(f"answer-{answer}-to", AnswerEvent(event.id, answer), title=event.title)


def offered_buttons(event: Event) -> tuple[Button, ...]:
    return (press("take", TakePlace(event.id), Style.PRIMARY), press("take-not", AnswerEvent(event.id, Answer.NO)))


def _series_button(one: Standing) -> tuple[Button, ...]:
    """Of an event that comes again: yes to all of them, or one by one."""
    series = one.event.series
    if series is None:
        return ()
    if one.joined:
        return (press("unjoin", LeaveSeries(series), title=one.event.title),)
    return (press("join", JoinSeries(series), title=one.event.title),)

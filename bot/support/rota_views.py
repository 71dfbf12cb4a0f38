"""What organisers see of the rota of listeners, and what a listener reads of it."""

from collections.abc import Mapping, Sequence

from bot.chat.action import Action
from bot.chat.form import Form, ManyOf, OneOf, Search
from bot.chat.ids import show
from bot.chat.limits import FACTS, LABEL, OPTIONS, clip
from bot.chat.text import Text, plain
from bot.chat.view import Block, Button, Buttons, Fact, Facts, Note, Option, Paragraph, Select, Style, View, button
from bot.core.words import Words
from bot.members.model import Member
from bot.support.actions import (
    AskHours,
    ChooseListener,
    ClearHours,
    FindListener,
    KeepHours,
    SearchListener,
    ShowGuidance,
    StepDown,
    TakeOff,
)
from bot.support.listening_views import clock, hours
from bot.support.model import FIRST_HOUR, LAST_HOUR, MOST_AT_ONCE, Duty, Listener

words = Words("bot.support")

DAYS, BEGINS, ENDS, MOST = "days", "begins", "ends", "most"


def all(listeners: Sequence[tuple[Member, Listener]]) -> View:
    """The whole rota."""
    new = Buttons((_press("rota-new", FindListener()), _press("how-to-listen", ShowGuidance())))
    if not listeners:
        return View((Paragraph(words.text("rota-nobody")), new), title=words.line("rota-title"))
    facts = [Fact(clip(member.name, LABEL), _told(one)) for member, one in listeners[:OPTIONS]]
    parts = [Facts(tuple(facts[at : at + FACTS])) for at in range(0, len(facts), FACTS)]
    opening = Paragraph(words.text("rota"))
    return View((opening, *parts, _select([member for member, _ in listeners]), new), title=words.line("rota-title"))


def search_form() -> Search:
    """Who could listen?"""
    title, label = words.line("rota-search-title"), words.line("rota-search-label")
    return Search(title, SearchListener().pack(), label, words.line("rota-search-send"))


def found(members: Sequence[Member]) -> View:
    """Members of that name."""
    if not members:
        return View((Paragraph(words.text("rota-none")), Buttons((_press("rota-new", FindListener()),))))
    return View((Paragraph(words.text("rota-found")), _select(members)))


def one(member: Member, listener: Listener | None) -> View:
    """Somebody on the rota, or who could be."""
    row = (_press("rota-hours", AskHours(member.id), Style.PRIMARY),)
    if listener is None:
        return View((Paragraph(words.text("rota-new-one", name=member.name)), Buttons(row)))
    key = "rota-one" if listener.agreed else "rota-asked"
    more = (_press("rota-clear", ClearHours(member.id)), _press("rota-off", TakeOff(member.id), Style.DANGER))
    told: tuple[Block, ...] = (Paragraph(words.text(key, name=member.name)), Facts(hours(listener.hours)))
    most = Note(words.text(f"rota-most-{listener.most}"))
    return View((*told, most, Buttons((*row, *more))))


def hours_form(member: Member, listener: Listener | None) -> Form:
    """On which days, from when until when, and how many at once."""
    days = tuple(Option(str(day), words.line(f"day-{day}")) for day in range(7))
    times = [Option(str(hour), clock(hour)) for hour in range(FIRST_HOUR, LAST_HOUR + 1)]
    many = tuple(Option(str(most), words.line(f"rota-most-{most}")) for most in range(1, MOST_AT_ONCE + 1))
    most = str(listener.most) if listener else "1"
    fields = (
        ManyOf(DAYS, words.line("rota-days"), days, hint=words.line("rota-days-hint"), required=True),
        OneOf(BEGINS, words.line("rota-begins"), tuple(times[:-1])),
        OneOf(ENDS, words.line("rota-ends"), tuple(times[1:])),
        OneOf(MOST, words.line("rota-most"), many, most),
    )
    return Form(words.line("rota-form-title"), KeepHours(member.id).pack(), fields, words.line("rota-form-send"))


def wrong_hours() -> Mapping[str, str]:
    """Beside the field."""
    return {ENDS: words.line("rota-wrong")}


def off(member: Member) -> View:
    """Taken off."""
    return View((Paragraph(words.text("rota-is-off", name=member.name)),))


def your_hours(listener: Listener) -> View:
    """To a listener: when they are on duty from now on."""
    step_down = _press("step-down", StepDown())
    return View((Paragraph(words.text("your-hours")), Facts(hours(listener.hours)), Buttons((step_down,))))


def taken_off() -> View:
    """To a listener who was taken off the rota."""
    return View((Paragraph(words.text("taken-off")),))


def told(did: str, member: Member, by: str) -> View:
    """What one organiser did, for the others to see."""
    return View((Note(words.text(did, name=member.name, by=by or words.line("an-organiser"))),))


def _told(listener: Listener) -> Text:
    if not listener.agreed:
        return words.text("rota-waits")
    return plain(", ".join(map(_duty, listener.hours))) if listener.hours else words.text("no-hours-yet")


def _duty(duty: Duty) -> str:
    return f"{words.line(f'day-{duty.weekday}')} {clock(duty.begins)}–{clock(duty.ends)}"


def _select(members: Sequence[Member]) -> Select:
    options = tuple(Option(show(one.id), clip(one.name, LABEL)) for one in members[:OPTIONS])
    return Select(words.line("rota-select"), ChooseListener().pack(), options)


def _press(key: str, action: Action, style: Style = Style.PLAIN) -> Button:
    return button(words.line(key), action, style)

"""What is said to two who write to each other through the bot. Their words stand in a frame that is never theirs."""

from collections.abc import Mapping

from bot.chat.form import Form, LongText
from bot.chat.ids import Id
from bot.chat.limits import FORM_TITLE, clip
from bot.chat.view import Button, Buttons, Note, Paragraph, Quote, Style, View, button
from bot.core.words import Arg, Words
from bot.members.model import Member
from bot.pairing.actions import WriteTo
from bot.pairing.views import rather_not
from bot.relay.actions import AskReport, LetNotWrite, LetWrite, Report, SendTo, Stop
from bot.relay.model import A_DAY, MOST

words = Words("bot.relay")

FIELD = "words"
_ON_A_FORM = FORM_TITLE - len("Write to ")
_IN_A_LABEL = 24
_IN_A_HINT = 20


def said(key: str, **args: Arg) -> View:
    """One sentence of this room."""
    return View((Paragraph(words.text(key, **args)),))


def asks(member: Member, group: Id) -> View:
    """To whoever is asked; `member` would like to write."""
    yes = button(words.line("asks-yes"), LetWrite(group, member.id), Style.PRIMARY)
    row = Buttons((yes, button(words.line("asks-no"), LetNotWrite(group, member.id))))
    return View((Paragraph(words.text("asks", name=member.name)), Note(words.text("asks-note")), row))


def opened(member: Member, name: str, group: Id) -> View:
    """To each, once both have said yes; `name` is what buttons call the other."""
    row = Buttons((_write(name, member.id, group, "form-title"), _stop(member.id, group)))
    return View((Paragraph(words.text("opened", name=member.name)), Note(words.text("opened-note")), row))


def form(name: str, member: Id, group: Id) -> Form:
    """In which one writes; its title and its button say who will read it."""
    label, short = words.line("form-label", name=clip(name, _IN_A_LABEL)), clip(name, _ON_A_FORM)
    field = LongText(FIELD, label, hint=words.line("form-hint"), most=MOST)
    send = words.line("form-send", name=short)
    return Form(words.line("form-title", name=short), SendTo(group, member).pack(), (field,), send)


def hindered(key: str, name: str) -> View:
    """Why nothing can be sent just now."""
    return said(key, name=name, count=A_DAY)


def not_sent(key: str, name: str) -> Mapping[str, str]:
    """The same, beside the field, where what was typed stays."""
    return {FIELD: words.line(key, name=name, count=A_DAY)}


def sent(name: str, member: Id, group: Id) -> View:
    """To whoever has written."""
    row = Buttons((_write(name, member, group, "form-title"), _stop(member, group)))
    return View((Paragraph(words.text("sent", name=name)), row))


def written(member: Member, name: str, group: Id, said: str) -> View:
    """What arrives: from whom, their words framed on every line, and what can be done about it."""
    frame = Paragraph(words.text("written", name=member.name)), Note(words.text("written-note", name=member.name))
    answer = _write(name, member.id, group, "answer")
    row = Buttons((answer, _stop(member.id, group), _report(member.id, group), rather_not(member, group)))
    return View((frame[0], Quote(said), frame[1], row))


def stopped(member: Member, name: str, group: Id) -> View:
    """To whoever has stopped it: what else can be done."""
    row = Buttons((_report(member.id, group), rather_not(member, group)))
    return View((Paragraph(words.text("stopped", name=name)), row))


def report_form(name: str, member: Id, group: Id) -> Form:
    """What organisers are to see: nothing, unless it is put in."""
    hint = words.line("report-hint", name=clip(name, _IN_A_HINT))
    field = LongText(FIELD, words.line("report-label"), hint=hint, required=False, most=MOST)
    return Form(words.line("report-title"), Report(group, member).pack(), (field,), words.line("report-send"))


def reported(member: Member, name: str, group: Id) -> View:
    """To whoever has reported."""
    return View((Paragraph(words.text("reported", name=name)), Buttons((rather_not(member, group),))))


def report(by: Member, whom: Member, shows: str) -> View:
    """To organisers: who reports whom, and what the reporter has chosen to show."""
    line = Paragraph(words.text("report-line", by=by.name, whom=whom.name))
    if not shows:
        return View((line, Note(words.text("report-nothing", by=by.name))))
    opening, note = Paragraph(words.text("report-shows", by=by.name)), Note(words.text("report-note"))
    return View((line, opening, Quote(shows), note))


def _write(name: str, member: Id, group: Id, key: str) -> Button:
    return button(words.line(key, name=name), WriteTo(group, member), Style.PRIMARY)


def _stop(member: Id, group: Id) -> Button:
    return button(words.line("stop"), Stop(group, member))


def _report(member: Id, group: Id) -> Button:
    return button(words.line("report"), AskReport(group, member))

"""What members see of the pulse: the question, the form, the one thank-you, and what everybody is told."""

from collections.abc import Iterable, Sequence
from datetime import date

from bot.chat.form import Form, OneOf
from bot.chat.text import Moment, Text, plain
from bot.chat.view import Block, Button, Buttons, Note, Paragraph, Style, View, button, words_of
from bot.core.helplines import HelpLines, more_ways, short_line
from bot.core.words import Words
from bot.members.speech import say_day
from bot.pulse.actions import AgreePulse, GivePulse, OpenDiary, OpenPulse, ReadTold
from bot.pulse.model import Poll, Series
from bot.pulse.questions import Question, questions_of
from bot.pulse.results import lines

words = Words("bot.pulse")

FIELDS = ("q0", "q1", "q2")
"""Names of a form's fields, by the place of the question."""


_AT_ONCE = 2
"""Polls that can be open: one that came as a message, and one in the Friday letter."""

_IN_A_LETTER = 2500
"""Characters of a result."""


def help_blocks(lines: HelpLines) -> tuple[Block, ...]:
    """What stands under every poll, the same for everyone."""
    return Note(short_line(lines)), Buttons((more_ways(),))


def asking(poll: Poll, help: tuple[Block, ...]) -> View:
    """The message: what is asked, and one button that opens the form. It is never changed."""
    return View((*asked(poll), *_becomes(poll), Buttons((_answer(poll),)), *help))


def asking_again(poll: Poll, help: tuple[Block, ...]) -> View:
    """The same once more, after what was in memory is lost."""
    return View((Paragraph(words.text("again")), *asking(poll, help).blocks))


def reminder(poll: Poll) -> tuple[Block, ...]:
    """A line in the Friday letter of everybody asked, the same whoever has answered; after what was in memory is lost,
    they are asked once more in its place."""
    key = "reminder-again" if poll.again else "reminder"
    return Paragraph(words.text(key, **_closes(poll))), Buttons((_answer(poll),))


def in_letter(poll: Poll, lines: HelpLines) -> tuple[Block, ...]:
    """A question that stands in the Friday letter alone, the same in every letter that holds it."""
    return (*asked(poll), *_becomes(poll), Buttons((_answer(poll), more_ways())), Note(short_line(lines)))


def form(poll: Poll) -> Form:
    """Empty, whatever somebody said before. Each question may be left out."""
    fields = tuple(_field(name, one) for name, one in zip(FIELDS, questions_of(poll), strict=False))
    return Form(words.line("form-title"), GivePulse(poll.id).pack(), fields, words.line("form-send"))


def thanks(help: tuple[Block, ...]) -> View:
    """To every answer, whatever it was: the same words, and so the same help line."""
    return View((Paragraph(words.text("thanks")), *help))


def not_now(help: tuple[Block, ...]) -> View:
    """To whoever was not asked, comes too late, or sent what was not offered: one and the same."""
    return View((Paragraph(words.text("not-now")), *help))


def page(polls: Sequence[Poll], help: tuple[Block, ...]) -> View:
    """`pulse`: what can be answered now, what is kept, and the way to what was told."""
    choice = (button(words.line("agree"), AgreePulse(1)), button(words.line("disagree"), AgreePulse(0)))
    kept = (Paragraph(words.text("kept")), Paragraph(promise()), Note(words.text("consent")), Buttons(choice))
    told = Buttons((_told_so_far(), button(words.line("diary"), OpenDiary())))
    now = [block for poll in polls[:_AT_ONCE] for block in (*asked(poll), *_cut(poll), Buttons((_answer(poll),)))]
    return View((*(now or [Paragraph(words.text("nothing-now"))]), *kept, told, *help))


def agreed(yes: bool) -> View:
    """To somebody who has said whether they may be asked."""
    return View((Paragraph(words.text("agreed" if yes else "disagreed")),))


def promise() -> Text:
    """What is promised, word for word."""
    return words.text("promise")


def told(poll: Poll, week: date) -> tuple[Block, ...]:
    """What the Friday letter about that week says of a closed poll: figures, what organisers did about it, or both."""
    figures = _figures(poll) if poll.told_in == week else ()
    reply = _reply(poll, with_day=not figures) if poll.reply and poll.reply_in == week else ()
    return (*figures, *reply)


def _figures(poll: Poll) -> tuple[Block, ...]:
    """Parts too long for a letter, in which much else stands, are a press away."""
    whole = result(poll)
    if sum(len(words_of(block)) for block in whole) <= _IN_A_LETTER:
        return whole
    return (*result(poll, parts=False), Note(words.text("parts-elsewhere")), Buttons((_told_so_far(),)))


def result(poll: Poll, *, parts: bool = True) -> tuple[Block, ...]:
    """The published table, and what happened to it on its way."""
    again = (Note(words.text("was-lost")),) if poll.again else ()
    key = "result-heard" if poll.series is Series.SESSIONS else "result"
    return Paragraph(words.text(key, day=_day(poll))), *lines(poll, parts=parts), *again


def said_and_did(poll: Poll) -> tuple[Block, ...]:
    """What organisers did about it, where they have said so."""
    return _reply(poll, with_day=False) if poll.reply else ()


def _reply(poll: Poll, *, with_day: bool) -> tuple[Block, ...]:
    key = "said-did-day" if with_day else "said-did"
    args = {"day": _day(poll)} if with_day else {}
    return (Paragraph(words.text(key, reply=poll.reply, **args)),)


def asked(poll: Poll) -> Iterable[Block]:
    """Each question, as it is read. Of sessions none is named: the words are the same to everybody."""
    if poll.series is Series.SESSIONS:
        yield Paragraph(words.text("heard-when"))
    for question in questions_of(poll):
        key = "own" if question.is_own else "bank"
        yield Paragraph(words.text(key, question=question.text))
        if question.sentences:
            yield Paragraph(plain("\n".join(question.sentences)))


def _becomes(poll: Poll) -> tuple[Block, ...]:
    """What becomes of an answer, and by what the totals are told."""
    return Note(words.text("added-up", **_closes(poll))), *_cut(poll)


def _cut(poll: Poll) -> tuple[Block, ...]:
    return (Note(words.text(f"told-by-{poll.cut}")),) if poll.cut else ()


def _field(name: str, question: Question) -> OneOf:
    return OneOf(name, question.label, question.options, hint=question.hint, required=False)


def _answer(poll: Poll) -> Button:
    return button(words.line("answer"), OpenPulse(poll.id), Style.PRIMARY)


def _told_so_far() -> Button:
    return button(words.line("told-so-far"), ReadTold())


def _closes(poll: Poll) -> dict[str, Moment]:
    return {"closes": Moment(poll.closes_at)} if poll.closes_at else {}


def _day(poll: Poll) -> str:
    return say_day(poll.day) if poll.day else ""

"""What was told, to look up again: the latest result, earlier ones, and how a question went over a year. Organisers and
members see the same, but for what can be pressed."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.chat.action import Action
from bot.chat.ids import show
from bot.chat.text import plain
from bot.chat.view import Block, Buttons, Note, Option, Paragraph, Picture, Select, View, button
from bot.core.words import Words
from bot.members.speech import say_day
from bot.pulse import views
from bot.pulse.actions import ReadResult, ReadTrend, ShowResult, ShowTrend, WriteReply
from bot.pulse.bank import Question
from bot.pulse.model import Poll
from bot.pulse.picture import Week, lines
from bot.pulse.questions import label_of
from bot.pulse.results import beside, in_rows
from bot.pulse.telling import How

words = Words("bot.pulse")

_SHOWN = 24
"""Earlier results to choose from."""


@dataclass(frozen=True)
class Reader:
    """Who looks, by what their presses mean. `writes`: may say what was done about a result."""

    earlier: Action
    trend: Action
    writes: bool = False


MEMBER, ORGANISER = Reader(ReadResult(), ReadTrend()), Reader(ShowResult(), ShowTrend(), writes=True)


def results(reader: Reader, polls: Sequence[Poll], trends: Sequence[str]) -> View:
    """The latest, and what to choose from: those before it, and questions by key."""
    if not polls:
        return View((Paragraph(words.text("no-results")),))
    earlier = tuple(Option(show(one.id), say_day(one.day) if one.day else "") for one in polls[1 : 1 + _SHOWN])
    asked = tuple(Option(key, label_of(key)) for key in trends)
    choice = (("earlier", reader.earlier, earlier), ("trend", reader.trend, asked))
    selects = (Select(words.line(key), action.pack(), options) for key, action, options in choice if options)
    return View((*result(reader, polls[0]).blocks, *selects))


def result(reader: Reader, poll: Poll) -> View:
    """One of them, with what was done about it."""
    write = (Buttons((button(words.line("reply-open"), WriteReply(poll.id)),)),) if reader.writes else ()
    return View((*views.result(poll), *views.said_and_did(poll), Note(words.text("same-for-all")), *write))


def trend(question: Question, weeks: Sequence[Week], picture: Picture | None) -> View:
    """How it went: a picture where one could be drawn, the same as a table, and published figures beside it."""
    drawn: tuple[Block, ...] = (picture,) if picture else ()
    told = any(week.told.how is not How.NOTHING for week in weeks)
    figures = tuple(Note(plain(one)) for one in beside(question.comparators)) if told else ()
    title = Paragraph(words.text("trend-of", question=question.wording))
    return View((title, *drawn, *in_rows(lines(question, weeks)), *figures, Note(words.text("trend-rounded"))))

"""What the check-in looks like: asked, answered, and counted."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from bot.chat.ids import Id
from bot.chat.text import Plain, Text
from bot.chat.view import Block, Button, Buttons, Note, Paragraph, View, button
from bot.checkins.actions import ALONE, AnswerCheckin, ChangeAnswer, KeepTrying
from bot.checkins.model import Outcome
from bot.core.counts import Count, Shown
from bot.core.feature import Page
from bot.core.helplines import HelpLines, more_ways, short_line
from bot.core.words import Words
from bot.members.speech import say_day
from bot.pairing.views import find_another

words = Words("bot.checkins")


@dataclass(frozen=True)
class Question:
    """What somebody is asked about a group. `others` are first names, none where nobody needs naming.

    `again`: a week after a "not yet". `answer` is what they said; `next_day` when they are asked again, if they are.
    `is_open`: there is still time to try, or to be introduced to somebody else.
    """

    group: Id
    others: tuple[str, ...] = ()
    again: bool = False
    answer: Outcome | None = None
    next_day: date | None = None
    is_open: bool = False


def help_blocks(lines: HelpLines) -> tuple[Block, ...]:
    """What stands under every check-in, the same for everyone."""
    return Note(short_line(lines)), Buttons((more_ways(),))


def asking(questions: Sequence[Question], help: tuple[Block, ...]) -> View:
    """One question, or this week's and last week's. Those that were answered say so."""
    return View((*waiting(questions), *help))


def waiting(questions: Sequence[Question]) -> Page:
    """The same, where the help line stands elsewhere."""
    blocks = [block for one in questions for block in _question(one, _beside(one, questions))]
    is_open = any(one.answer is None for one in questions)
    return *blocks, *((Note(words.text("one-press")),) if is_open else ())


def somebody() -> str:
    """What stands for a name we do not know any more."""
    return words.line("somebody")


def too_late() -> View:
    """To a press that comes after the question was put away."""
    return View((Paragraph(words.text("too-late")),))


def trying() -> View:
    """To somebody who keeps trying."""
    return View((Paragraph(words.text("trying")),))


def nothing(day: date) -> View:
    """To somebody who looks for a question where there is none; `day` is a day on which there could be one."""
    return View((Paragraph(words.text("nothing", day=f"{day:%A}")),))


def figures(talked: Count) -> Text:
    """How many groups talked, as it may be told."""
    if talked.of is None or talked.shown is Shown.WITHHELD:
        return words.text("figures-withheld")
    if talked.n is None:
        return words.text(f"figures-{talked.shown}", of=str(talked.of))
    return words.text("figures-exact", n=str(talked.n), of=str(talked.of))


def _beside(question: Question, questions: Sequence[Question]) -> Id:
    return next((one.group for one in questions if one is not question), ALONE)


def _question(question: Question, beside: Id) -> tuple[Block, ...]:
    asked = _asked(question) if question.others else ()
    if question.answer is None:
        return Paragraph(asked), Buttons(_choices(question, beside))
    change = button(words.line("change"), ChangeAnswer(question.group, beside))
    said = _answered(question.answer, question.next_day)
    return Paragraph((*asked, Plain(" "), *said.text)) if asked else said, Buttons((*_ways_on(question), change))


def _ways_on(question: Question) -> tuple[Button, ...]:
    """After a "not yet": to keep trying, or to meet somebody else."""
    if question.answer is not Outcome.NOT_YET or not question.is_open:
        return ()
    return button(words.line("keep-trying"), KeepTrying(question.group)), find_another(question.group)


def _asked(question: Question) -> Text:
    names = dict(zip(("one", "two"), question.others, strict=False))
    key = "ask-again" if question.again else "ask"
    return words.text(f"{key}-{len(names)}", **names)


def _choices(question: Question, beside: Id) -> tuple[Button, ...]:
    again = "again-" if question.again else ""
    return tuple(
        button(words.line(f"{again}{outcome}"), AnswerCheckin(question.group, outcome, beside)) for outcome in Outcome
    )


@lru_cache(maxsize=256)
def _answered(answer: Outcome, next_day: date | None) -> Paragraph:
    """Made once for each day: a thousand people answer in the same minute."""
    if answer is not Outcome.NOT_YET:
        return Paragraph(words.text(f"answered-{answer}"))
    if next_day is None:
        return Paragraph(words.text("answered-not-yet-last"))
    return Paragraph(words.text("answered-not-yet", day=say_day(next_day)))

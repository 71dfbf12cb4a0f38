"""The published table of a poll: made once at the close by the rules of telling, and what it says."""

from collections.abc import Mapping, Sequence

from bot.chat.text import plain
from bot.chat.view import Block, Fact, Facts, Note, Paragraph
from bot.core.words import Words
from bot.pulse.model import Poll
from bot.pulse.questions import Question, questions_of
from bot.pulse.telling import How, Told, pack, publish, unpack

words = Words("bot.pulse")

_ALL = ""
"""The one part there is without a cut."""
_NEARLY_ALL = 100


def published(poll: Poll, tallies: Sequence[Mapping[str, int]], asked: int) -> str:
    """The table as it is written. `tallies`: how often each option was chosen, by question, of `asked` people."""
    pairs = zip(questions_of(poll), tallies, strict=True)
    rows = [tuple(sum(tally.get(option, 0) for option in band.options) for band in one.bands) for one, tally in pairs]
    return pack(publish([{_ALL: row} for row in rows], {_ALL: asked}))


def lines(poll: Poll) -> tuple[Block, ...]:
    """The table in words."""
    table = unpack(poll.told)
    if table.rate is None:
        return (Paragraph(words.text("too-few-answers")),)
    pairs = zip(questions_of(poll), table.results, strict=True)
    said = tuple(block for question, result in pairs for block in _said(question, result.told))
    rate = words.line("rate-all") if table.rate == _NEARLY_ALL else words.line("rate-about", rate=f"{table.rate}")
    return (*said, Note(words.text("rate", rate=rate)))


def _said(question: Question, told: Told) -> tuple[Block, ...]:
    asked = Paragraph(plain(question.text))
    if told.how is How.NOTHING:
        return asked, Paragraph(words.text("too-few-answers"))
    cells = zip(question.bands, told.cells, strict=True)
    return asked, Facts(tuple(Fact(band.name, words.text(_key(told.how, n), n=f"{n}")) for band, n in cells))


def _key(how: How, n: int) -> str:
    if how is How.MOST:
        return "told-most" if n else "told-few"
    return f"told-{how}" if n else "told-hardly"

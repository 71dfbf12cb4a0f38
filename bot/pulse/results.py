"""What may be told of a poll, and what it says: the published table, made once at the close.

Fewer than K answers tell nothing. Below FIFTY answers numbers are rounded to five, from there on shares to ten per
cent, and never both. Where nearly everybody says the same it is "most", and of the others "few". Values are told in
bands.
"""

from collections.abc import Mapping, Sequence

import msgspec

from bot.chat.text import plain
from bot.chat.view import Block, Fact, Facts, Note, Paragraph
from bot.core.words import Words
from bot.pulse.model import Poll
from bot.pulse.questions import Question, questions_of

words = Words("bot.pulse")

K = 10
"""Fewer answers are discarded (DOMAIN, the pulse, rule 2)."""
FIFTY = 50
"""From so many answers on, shares are told."""
_NEARLY_ALL = 5
"""All but fewer than these say one thing: that is told as "most"."""


class Told(msgspec.Struct, frozen=True):
    """One question: `how` is "counts", "shares" or "most", or "nothing"; `cells` stand in the order of its bands."""

    how: str
    cells: tuple[int, ...] = ()


class Table(msgspec.Struct, frozen=True):
    """What is written at the close, and all that is. `rate`: answers, in tens of per cent of those asked."""

    told: tuple[Told, ...] = ()
    rate: int = 0


def published(poll: Poll, tallies: Sequence[Mapping[str, int]], answers: int, asked: int) -> str:
    """The table as it is written. `tallies`: how often each value was chosen, by question."""
    if answers < K:
        return packed(Table())
    questions = zip(questions_of(poll), tallies, strict=True)
    told = tuple(_told([sum(map(tally.get, v, [0] * len(v))) for _, v in one.bands]) for one, tally in questions)
    return packed(Table(told, 10 * _nearest(10 * answers, asked)))


def lines(poll: Poll) -> tuple[Block, ...]:
    """The table in words."""
    table = msgspec.json.decode(poll.told, type=Table)
    if not table.told:
        return (Paragraph(words.text("too-few-answers")),)
    pairs = zip(questions_of(poll), table.told, strict=True)
    said = tuple(block for question, told in pairs for block in _said(question, told))
    return (*said, Note(words.text("rate", rate=f"{table.rate}")))


def _told(cells: Sequence[int]) -> Told:
    total = sum(cells)
    if total < K:
        return Told("nothing")
    if total - max(cells) < _NEARLY_ALL:
        return Told("most", tuple(int(cell == max(cells)) for cell in cells))
    if total < FIFTY:
        return Told("counts", tuple(5 * _nearest(cell, 5) for cell in cells))
    return Told("shares", tuple(10 * _nearest(10 * cell, total) for cell in cells))


def _said(question: Question, told: Told) -> tuple[Block, ...]:
    asked = Paragraph(plain(question.text))
    if told.how == "nothing":
        return asked, Paragraph(words.text("too-few-answers"))
    cells = zip(question.bands, told.cells, strict=True)
    return asked, Facts(tuple(Fact(name, words.text(_key(told.how, n), n=f"{n}")) for (name, _), n in cells))


def _key(how: str, n: int) -> str:
    if how == "most":
        return "told-most" if n else "told-few"
    return f"told-{how}" if n else "told-hardly"


def _nearest(n: int, step: int) -> int:
    """How many steps, the half upwards."""
    return (2 * n + step) // (2 * step)


def packed(table: Table) -> str:
    """As it is written."""
    return msgspec.json.encode(table).decode()

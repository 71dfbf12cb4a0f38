"""The published table of a poll: made once at the close by the rules of telling, and what it says."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec.structs import replace

from bot.chat.limits import FACTS, LABEL, clip
from bot.chat.text import plain
from bot.chat.view import Block, Fact, Facts, Note, Paragraph
from bot.core.words import Words
from bot.members.kinds import Phase
from bot.members.speech import label
from bot.pulse.bank import Band, Comparator
from bot.pulse.model import Cut, Poll
from bot.pulse.questions import Question, questions_of
from bot.pulse.telling import How, Part, Result, Table, Told, pack, publish, unpack

words = Words("bot.pulse")

_ALL = ""
"""The one part there is without a cut."""
_NEARLY_ALL = 100
OTHERS = "…"
"""Stands for the parts of a cut that are told as one. Which they are is not written: that somebody of a part was asked
at all may name them."""
MOST_PARTS = 12
"""Of a cut; those in which fewest were asked are one beyond it, so that all of them can be shown."""
_MOST_ROWS = 18
"""The same, of all questions of a poll together."""
_NAME = 40
"""Characters of a part's name: a region in a file that an organiser brought can be longer."""


def published(poll: Poll, tallies: Sequence[Mapping[str, int]], asked: int) -> str:
    """The table as it is written. `tallies`: how often each option was chosen, by question, of `asked` people."""
    return published_by(poll, [{_ALL: tally} for tally in tallies], {_ALL: asked})


def published_by(poll: Poll, tallies: Sequence[Mapping[str, Mapping[str, int]]], asked: Mapping[str, int]) -> str:
    """The same by the parts of a declared cut: how often each option was chosen by question and part, and how many
    were asked, by part. What becomes of small parts depends on how many answered, but none is named for it."""
    asked = asked or {_ALL: 0}
    questions = questions_of(poll)
    names = _names(asked, min(MOST_PARTS, _MOST_ROWS // len(questions)))
    eligible = _pooled({part: (many,) for part, many in asked.items()}, names)
    rows = [
        {part: _row(question, tally.get(part, {})) for part in asked}
        for question, tally in zip(questions, tallies, strict=True)
    ]
    table = publish([_pooled(row, names) for row in rows], {part: many for part, (many,) in eligible.items()})
    return pack(replace(table, results=tuple(map(_nameless, table.results))))


def table_of(poll: Poll) -> Table | None:
    """What was told; None where there is nothing that could be read with the questions of today's bank."""
    try:
        table, questions = unpack(poll.told), questions_of(poll)
    except (KeyError, ValueError):
        return None
    pairs = list(zip(questions, table.results, strict=False))
    fits = len(questions) == len(table.results) and all(_fits(question, result) for question, result in pairs)
    return table if fits else None


def lines(poll: Poll, *, parts: bool = True) -> tuple[Block, ...]:
    """The table in words, with published figures beside what they can be held against; with the parts of a cut."""
    table = table_of(poll)
    if table is None or table.rate is None:
        return (Paragraph(words.text("unreadable" if table is None else "too-few-answers")),)
    pairs = zip(questions_of(poll), table.results, strict=True)
    said = tuple(block for question, result in pairs for block in _said(question, result, poll.cut if parts else None))
    rate = words.line("rate-all") if table.rate == _NEARLY_ALL else words.line("rate-about", rate=f"{table.rate}")
    uncut = poll.cut is not None and not any(result.parts for result in table.results)
    return (*said, *([Note(words.text(f"uncut-{poll.cut}"))] if uncut else []), Note(words.text("rate", rate=rate)))


def say_told(bands: Sequence[Band], told: Told) -> str:
    """What was told of a question, in one line."""
    if told.how is How.NOTHING:
        return words.line("trend-untold")
    cells = zip(bands, told.cells, strict=True)
    return "; ".join(words.line(_line_key(told.how, n), band=band.name, n=f"{n}") for band, n in cells)


def beside(figures: Sequence[Comparator]) -> tuple[str, ...]:
    """Published figures in words, each with its source; whether one answers another question is said."""
    return tuple(
        words.line(
            "trend-source" if one.comparable else "trend-source-other",
            share=f"{one.share}",
            says=one.says,
            source=one.source,
        )
        for one in figures
    )


def _names(asked: Mapping[str, int], most: int) -> Mapping[str, str]:
    """By part, the name under which it is judged: its own, for so many."""
    largest = sorted(asked, key=lambda part: (-asked[part], part))[:most]
    return {part: part if part in largest else OTHERS for part in asked}


def _pooled(rows: Mapping[str, Sequence[int]], names: Mapping[str, str]) -> dict[str, tuple[int, ...]]:
    """Rows of numbers by name, those of one name added up."""
    found: dict[str, list[Sequence[int]]] = defaultdict(list)
    for part, row in rows.items():
        found[names[part]].append(row)
    return {name: tuple(map(sum, zip(*of, strict=True))) for name, of in found.items()}


def _row(question: Question, tally: Mapping[str, int]) -> tuple[int, ...]:
    return tuple(sum(tally.get(option, 0) for option in band.options) for band in question.bands)


def _nameless(result: Result) -> Result:
    parts = (replace(one, groups=(OTHERS,)) if len(one.groups) > 1 else one for one in result.parts)
    return replace(result, parts=tuple(parts))


def _fits(question: Question, result: Result) -> bool:
    all_told = (result.told, *(part.told for part in result.parts))
    return all(len(told.cells) == (0 if told.how is How.NOTHING else len(question.bands)) for told in all_told)


def _said(question: Question, result: Result, cut: Cut | None) -> Iterator[Block]:
    yield Paragraph(plain(question.text))
    if result.told.how is How.NOTHING:
        yield Paragraph(words.text("too-few-answers"))
        return
    cells = zip(question.bands, result.told.cells, strict=True)
    yield Facts(
        tuple(Fact(clip(band.name, LABEL), words.text(_key(result.told.how, n), n=f"{n}")) for band, n in cells)
    )
    if cut is not None and result.parts:
        yield Note(words.text(f"by-{cut}"))
        yield from in_rows(_part(question, part, cut) for part in result.parts)
    yield from (Note(plain(said)) for said in beside(question.comparators))


def _part(question: Question, part: Part, cut: Cut) -> Fact:
    return Fact(clip(_part_name(part.groups[0], cut), _NAME), plain(say_told(question.bands, part.told)))


def _part_name(part: str, cut: Cut) -> str:
    if part in ("", OTHERS):
        return words.line("part-others" if part else "part-not-said")
    return label(Phase(part)) if cut is Cut.PHASE and part in list(Phase) else part


def in_rows(rows: Iterable[Fact]) -> Iterator[Facts]:
    """However many there are."""
    many = tuple(rows)
    yield from (Facts(many[first : first + FACTS]) for first in range(0, len(many), FACTS))


def _line_key(how: How, n: int) -> str:
    if how is How.MOST:
        return "trend-most" if n else "trend-few"
    return f"trend-{how}" if n else "trend-hardly"


def _key(how: How, n: int) -> str:
    if how is How.MOST:
        return "told-most" if n else "told-few"
    return f"told-{how}" if n else "told-hardly"

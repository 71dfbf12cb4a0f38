"""The question bank, and a poll's questions as they are asked.

Sources: `satisfied`, `worthwhile`, `happy` and `anxious` are the Office for National Statistics' four questions on
personal well-being, with their bands (Open Government Licence v3.0; never summed); `lonely` is the single question that
the ONS recommends (the same licence); `burnout` is the non-proprietary single item (Rohland, Kruse and Rohrer, 2004;
3 and above counts as burnout). `week` and `leaving` are in our own words.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.chat.view import Option
from bot.core.words import Words
from bot.pulse.model import Item, Poll

words = Words("bot.pulse")


@dataclass(frozen=True)
class Scale:
    """`values` can be chosen, in order. `bands` are what is told: less than was asked. `numbered`: the choices are
    sentences too long for a button, so that their numbers are pressed."""

    name: str
    values: tuple[str, ...]
    numbered: bool = False

    def label(self, value: str) -> str:
        """What stands on a choice."""
        key = f"{self.name}-{value}"
        return words.line(key) if words.has(key) and not self.numbered else value


Bands = Mapping[str, frozenset[str]]
"""What is told, by key of its words: values that are told as one."""

_FIVE, _TEN = tuple("12345"), tuple(str(n) for n in range(11))
HARD_GOOD, TEN, OFTEN = Scale("hard-good", _FIVE), Scale("ten", _TEN), Scale("often", _FIVE)
BURNOUT, LIKELY = Scale("burnout", _FIVE, numbered=True), Scale("likely", _FIVE)


def _bands(**values: str) -> Bands:
    return {f"band-{name.replace('_', '-')}": frozenset(each.split()) for name, each in values.items()}


_WELL = _bands(low="0 1 2 3 4", medium="5 6", high="7 8", very_high="9 10")
_WEEK = _bands(hard="1 2", between="3", good="4 5")
BANK: Mapping[str, tuple[Scale, Bands]] = {
    "week": (HARD_GOOD, _WEEK),
    "satisfied": (TEN, _WELL),
    "worthwhile": (TEN, _WELL),
    "happy": (TEN, _WELL),
    "anxious": (TEN, _bands(calm="0 1", little="2 3", some="4 5", anxious="6 7 8 9 10")),
    "lonely": (OFTEN, _bands(lonely="1 2", rarely_lonely="3 4 5")),
    "burnout": (BURNOUT, _bands(not_burnt="1 2", burnt="3 4 5")),
    "leaving": (LIKELY, _bands(stays="1 2", neither="3", leaves="4 5")),
}
"""By key; the order is that in which an organiser may choose."""
OWN_SCALES = ("week", "satisfied", "lonely", "leaving")
"""Whose scales an organiser's own words may be answered on."""


@dataclass(frozen=True)
class Question:
    """`label` stands in the form, `text` in the message; `sentences` are choices too long for a button, numbered.
    `bands` as in the bank, with what they are called."""

    label: str
    text: str
    options: tuple[Option, ...]
    bands: tuple[tuple[str, frozenset[str]], ...]
    hint: str = ""
    sentences: tuple[str, ...] = ()
    is_own: bool = False


def questions_of(poll: Poll) -> tuple[Question, ...]:
    """In order."""
    return tuple(_question(item) for item in poll.items)


def composable() -> tuple[tuple[str, str], ...]:
    """What an organiser may choose: keys, and what they are called."""
    return tuple((key, words.line(f"{key}-label")) for key in BANK)


def scales() -> tuple[tuple[str, str], ...]:
    """On what an organiser's own words may be answered: keys, and what they are called."""
    return tuple((key, words.line(BANK[key][0].name)) for key in OWN_SCALES)


def _question(item: Item) -> Question:
    scale, bands = BANK[item.key]
    options = tuple(Option(value, scale.label(value)) for value in scale.values)
    said = tuple(f"{value}. {words.line(f'{scale.name}-{value}')}" for value in scale.values if scale.numbered)
    told = tuple((words.line(name), values) for name, values in bands.items())
    if item.words:
        return Question(words.line("own-label"), item.words, options, told, item.words, said, is_own=True)
    return Question(words.line(f"{item.key}-label"), words.line(item.key), options, told, "", said)

"""A poll's questions as they are asked: the bank's words, or an organiser's own on the scale of one of the bank's."""

from dataclasses import dataclass

from bot.chat.view import Option
from bot.core.words import Words
from bot.pulse.bank import Band, Comparator, HowOften, Scale, read_bank
from bot.pulse.model import MOST_QUESTIONS, Item, Poll

words = Words("bot.pulse")

OWN_SCALES = ("week", "satisfied", "lonely", "leaving")
"""Whose scales an organiser's own words may be answered on."""


@dataclass(frozen=True)
class Question:
    """`label` stands in the form, `text` in the message; `sentences` are choices too long for a button, numbered.
    `bands` are what is told of it, `comparators` published figures to hold beside."""

    label: str
    text: str
    options: tuple[Option, ...]
    bands: tuple[Band, ...]
    hint: str = ""
    sentences: tuple[str, ...] = ()
    is_own: bool = False
    comparators: tuple[Comparator, ...] = ()


def questions_of(poll: Poll) -> tuple[Question, ...]:
    """In order."""
    return tuple(_question(item) for item in poll.items)


def composable() -> dict[str, str]:
    """What an organiser may choose: keys, and what they are called."""
    return {one.id: one.label for one in read_bank().questions if one.how_often is not HowOften.AFTER_SESSIONS}


def after_sessions() -> tuple[Item, ...]:
    """What is asked of the sessions of a week."""
    return tuple(map(Item, read_bank().asked(HowOften.AFTER_SESSIONS)[:MOST_QUESTIONS]))


def scales() -> dict[str, str]:
    """On what an organiser's own words may be answered: keys, and what stands at the ends."""
    found = {key: read_bank().scale_of(key) for key in OWN_SCALES}
    return {key: f"{each.label(each.options[0])} … {each.label(each.options[-1])}" for key, each in found.items()}


def label_of(key: str) -> str:
    """A question's short name."""
    return read_bank().get(key).label


def _question(item: Item) -> Question:
    asked, scale = read_bank().get(item.key), read_bank().scale_of(item.key)
    # Sentences are read in the message, and their numbers pressed.
    labels = scale.options if scale.sentences else tuple(map(scale.label, scale.options))
    options = tuple(map(Option, scale.options, labels))
    said = tuple(f"{option}. {one}" for option, one in zip(scale.options, scale.sentences, strict=False))
    if item.words:
        text, bands = _with_ends(item.words, scale), tuple(_named(band, scale) for band in asked.bands)
        return Question(words.line("own-label"), text, options, bands, item.words, said, is_own=True)
    return Question(
        asked.label,
        _with_ends(asked.wording, scale),
        options,
        asked.bands,
        sentences=said,
        comparators=asked.comparators,
    )


def _named(band: Band, scale: Scale) -> Band:
    """The band by what was chosen, where it has a name that only the bank's own question gives it sense."""
    return Band(", ".join(map(scale.label, band.options)), band.options) if scale.labels else band


def _with_ends(text: str, scale: Scale) -> str:
    """The question and, behind it, what the ends of a scale of numbers mean."""
    if not scale.ends:
        return text
    stop = "" if text.endswith((".", "?", "!", "…")) else "."
    low, high = scale.options[0], scale.options[-1]
    return f"{text}{stop} " + words.line("ends", low=low, first=scale.ends[0], high=high, last=scale.ends[1])

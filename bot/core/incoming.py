"""What people send, before any room sees it: nothing in it can be trusted, not even to be short, or to be text."""

from collections.abc import Mapping, Sequence

from bot.chat.form import SEARCHED
from bot.chat.limits import ANSWER_LINE, OPTIONS, clip
from bot.chat.text import clean, one_line

NAME = 80
"""The longest name that a platform shows (Slack, Discord: 32 to 80)."""
LINE = 2 * ANSWER_LINE
"""Of a command."""
ANSWER = 4000
"""The most characters that any platform sends of one field (Discord). What a room takes is less: it says so itself."""


def name(shown: str) -> str:
    """What the platform calls a person."""
    return clip(one_line(shown), NAME)


def line(typed: str) -> str:
    """What stands behind a slash."""
    return clip(one_line(typed), LINE)


def chosen(values: Sequence[str]) -> tuple[str, ...]:
    """Options, as they came back."""
    return tuple(_answer(value) for value in values[:OPTIONS])


def fields(values: Mapping[str, Sequence[str]]) -> dict[str, tuple[str, ...]]:
    """A form's fields by name. What is searched for is one line."""
    kept = {name: chosen(answers) for name, answers in values.items()}
    return {**kept, **({SEARCHED: tuple(map(_sought, kept[SEARCHED]))} if SEARCHED in kept else {})}


def _answer(text: str) -> str:
    return clip(clean(text.replace("\t", " ")), ANSWER)


def _sought(text: str) -> str:
    return clip(one_line(text), ANSWER_LINE)

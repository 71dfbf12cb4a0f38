"""A poll's questions as they are asked: the bank's words, or an organiser's own on one of the bank's scales."""

from dataclasses import dataclass

from bot.chat.view import Option
from bot.pulse.model import Item, Poll


@dataclass(frozen=True)
class Question:
    """`label` stands in the form, `text` in the message; `sentences` are choices too long for a button, numbered."""

    label: str
    text: str
    options: tuple[Option, ...]
    hint: str = ""
    sentences: tuple[str, ...] = ()
    is_own: bool = False


_TEMP = {
    "week": Question(
        "This week as a leader",
        "How has this week been for you as a leader? 1 is very hard, 5 is very good.",
        tuple(Option(str(n), l) for n, l in zip(range(1, 6), ("1, very hard", "2", "3", "4", "5, very good"))),
    ),
}


def questions_of(poll: Poll) -> tuple[Question, ...]:
    return tuple(_question(item) for item in poll.items)


def _question(item: Item) -> Question:
    return _TEMP["week"]


def composable():
    return [(k, q.label) for k, q in _TEMP.items()]


def scales():
    return [("week", "1, very hard … 5, very good")]


def may_be_composed(key):
    return key in _TEMP


def own_scales():
    return {k for k, _ in scales()}

"""What made-up people make of a poll: whether they answer, how soon and how often, and what they say.

Like `reading`, it goes by what stands on buttons, and by nothing else.
"""

from collections.abc import Iterator, Mapping
from datetime import timedelta

from adapters.people.habit import Dice
from adapters.people.reading import buttons
from bot.chat.form import Form, OneOf, Search
from bot.chat.view import Button, View

ANSWER, FORM = "Answer", "How are things?"
"""What stands on the button, and above the form that it opens."""
_TWICE, _THINKS_AGAIN, _TOO_LATE = 0.05, 0.1, 0.04
"""How likely: to send the same once more, to say something else a day later, and to answer when it has closed."""
_NOTHING, _TAKES_BACK = 0.08, 0.03
"""How likely a question is left out, and all of them are."""
_AT_ONCE, _A_DAY, _CLOSED = timedelta(minutes=40), timedelta(hours=20), timedelta(hours=60)


def answer(view: View) -> Button | None:
    """The button that opens a poll, if one is asked here."""
    return next((one for one in buttons(view) if one.label == ANSWER), None)


def after(chance: Dice) -> Iterator[timedelta]:
    """After how long they usually press it: once, or more often; or too late."""
    if chance.random() < _TOO_LATE:
        yield _CLOSED
        return
    yield _AT_ONCE
    if chance.random() < _TWICE:
        yield _AT_ONCE
    if chance.random() < _THINKS_AGAIN:
        yield _A_DAY


def is_form(ask: Form | Search) -> bool:
    """Whether that is what a poll asks."""
    return isinstance(ask, Form) and ask.title == FORM


def said(ask: Form, chance: Dice) -> Mapping[str, tuple[str, ...]]:
    """What they choose; nothing where they would rather not say."""
    takes_back = chance.random() < _TAKES_BACK
    fields = [field for field in ask.fields if isinstance(field, OneOf)]
    chosen = [chance.choice(field.options).value for field in fields]
    left_out = [takes_back or chance.random() < _NOTHING for _ in fields]
    return {
        field.name: ("" if nothing else value,) for field, value, nothing in zip(fields, chosen, left_out, strict=True)
    }

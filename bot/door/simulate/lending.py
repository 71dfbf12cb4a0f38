"""What people in hostile lives make of listeners: they ask one, or are asked; or they worry about somebody.

Like those who read letters elsewhere, they go by what stands on buttons, and by nothing else.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from adapters.people.habit import Dice
from adapters.people.model import Use
from adapters.people.reading import buttons
from bot.chat.form import Form, LongText, ManyOf, Search
from bot.chat.view import View

WHIMS: tuple[tuple[float, Use], ...] = (
    (0.5, Use("listener")),
    (0.03, Use("concern", ("somebody else",))),
    (0.01, Use("listener", ("i can't be a listener",))),
)
"""How likely each is in a week."""
_SECONDS, _MINUTES, _HOURS = timedelta(seconds=30), timedelta(minutes=30), timedelta(hours=6)
_WAYS: tuple[tuple[str, float, timedelta], ...] = (
    ("whoever is free", 0.9, _SECONDS),
    ("don't send it", 0.1, _SECONDS),
    ("send it", 0.95, _SECONDS),
    ("send to", 0.95, _SECONDS),
    ("rather not", 0.1, _HOURS),
    ("yes, i'll listen", 0.95, _HOURS),
    ("i can't at the moment", 0.2, _MINUTES),
    ("i'll write to", 0.75, _MINUTES),
    ("we're done here", 0.3, _HOURS),
    ("i are done", 0.1, _HOURS),
    ("i don't need it any more", 0.1, _HOURS),
)
"""What is pressed of what is offered, how likely each where none before it was, and after how long at most."""
_ENDS = " and "
"""What stands between somebody's name and such words."""
_ASKS, _WORRIES = "write to", "worried about"
_WORDS = ("It has been a long week.", "", "I keep thinking about Tuesday.", "Could we talk for half an hour?")
_WHOM = ("The head of the school next door", "Somebody I met at the meeting")


@dataclass(frozen=True)
class Step:
    """What somebody presses, and when they do."""

    action: str
    after: timedelta


def step(view: View, chance: Dice) -> Step | None:
    """What they press of what is offered there; None where there is nothing, or they leave it."""
    row = [(one, one.label.casefold().replace("’", "'")) for one in buttons(view)]
    for words, likely, most in _WAYS:
        found = next((one for one, label in row if label.startswith(words) or label.endswith(_ENDS + words)), None)
        if found is not None and chance.random() < likely:
            return Step(found.action, most * chance.random())
    return None


def is_form(ask: Form | Search) -> bool:
    """Whether that is where one writes to a listener, or of a worry."""
    return isinstance(ask, Form) and ask.title.casefold().startswith((_ASKS, _WORRIES))


def said(ask: Form, chance: Dice) -> Mapping[str, tuple[str, ...]]:
    """A few words, or none where none are needed; and whether another may read them."""
    is_worry = ask.title.casefold().startswith(_WORRIES)
    values: dict[str, tuple[str, ...]] = {}
    for field in ask.fields:
        match field:
            case LongText():
                values[field.name] = (_WORDS[0] if is_worry else chance.choice(_WORDS),)
            case ManyOf():
                values[field.name] = tuple(one.value for one in field.options if chance.random() < 0.5)
            case _:
                values[field.name] = (chance.choice(_WHOM),)
    return values

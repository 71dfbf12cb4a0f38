"""What made-up people make of events: whether they come, what they do with a place, when they think better of it.

Like `reading`, it goes by what stands on buttons, and by nothing else.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from adapters.people.habit import Dice
from adapters.people.model import Heard, Place
from adapters.people.reading import buttons, labelled
from bot.chat.view import Button, View

AGREE, TAKE, TAKE_NOT = "i agree", "take the place", "no, thank you"
STILL, STILL_NOT = "still remind me", "no reminders"
MY_REMINDERS, MY_EVENTS, MORE, LATER_EVENTS = "my reminders", "my events", "more about", "later events"
YES, MAYBE, NO, EVERY, EVERY_NOT = "yes to", "maybe", "no", "yes to every", "only now and then"
MAYBE_TO, NO_TO, CANNOT = "maybe to", "no to", "can't come after all"
FILE, WHO_COMES, WHO_CAME = "add to my calendar", "who is coming", "who was there"

_AGREES, _JOINS, _WANTS_FILE, _THINKS_AGAIN = 0.9, 0.25, 0.1, 0.1
"""How likely, once one has pressed: to agree to what a group promises; to say yes to a whole series; to have it in
one's calendar; and to change one's mind, later."""
_LOOKS = {YES: 0.5, MY_EVENTS: 0.15, MORE: 0.1, LATER_EVENTS: 0.1, EVERY_NOT: 0.05}
"""Of whoever looks what is coming."""
_SAYS = {YES: 0.74, MAYBE: 0.12, NO: 0.14}
"""Of whoever says anything to a post."""
_TAKES = {TAKE: 0.6, TAKE_NOT: 0.15}
_STILLS = {STILL: 0.4, STILL_NOT: 0.3}
_CANCELS, _SAYS_AGAIN, _SAYS_ON_FRIDAY, _HOSTS = 0.06, 0.4, 0.7, 0.8
_A_LINE = 2
"""Blocks of a letter that is a sentence and its buttons: about an event that they know already."""
_MINUTES, _HOURS, _A_DAY = timedelta(minutes=20), timedelta(hours=2), timedelta(days=1)


@dataclass(frozen=True)
class Step:
    """What somebody presses, and after how long they usually do; None: at once."""

    action: str
    usual: timedelta | None = None


def outing(heard: Heard, view: View, keen: float, chance: Dice) -> Step | None:
    """What they press about events; None where there is nothing, or nothing that they would press. `keen`: how likely
    they say anything to an event that they come across."""
    row = tuple(buttons(view))
    if heard.place is Place.CHANNEL and not heard.private:
        return _post(row, keen, chance) if chance.random() < keen else None
    if heard.private or heard.edited:
        return _answered(row, chance)
    return _letter(view, row, keen, chance)


def is_post(heard: Heard) -> bool:
    """Whether it may be an event that is told to everybody."""
    return heard.place is Place.CHANNEL and not heard.edited


def _post(row: Sequence[Button], keen: float, chance: Dice) -> Step | None:
    """Yes, maybe or no to what stands in a channel."""
    return _one_of(_said(row), chance, _HOURS) if labelled(row, YES) else None


def _said(row: Iterable[Button]) -> list[tuple[Button, float]]:
    """The three answers, where they stand under an event that speaks for itself."""
    found = {key: one for one in row for key in _SAYS if _is(one, key)}
    return [(one, _SAYS[key]) for key, one in found.items()]


def _is(one: Button, key: str) -> bool:
    label = one.label.casefold()
    return label.startswith(key) if key == YES else label == key


def _answered(row: Sequence[Button], chance: Dice) -> Step | None:
    """The bot has just answered them."""
    if agrees := labelled(row, AGREE):
        return Step(agrees.action) if chance.random() < _AGREES else None
    if labelled(row, MY_REMINDERS):
        return _one_of([(one, likely) for key, likely in _LOOKS.items() for one in _any(row, key, chance)], chance)
    if (series := labelled(row, EVERY)) and chance.random() < _JOINS:
        return Step(series.action)
    if (file := labelled(row, FILE)) and chance.random() < _WANTS_FILE:
        return Step(file.action)
    others = [one for one in row if labelled((one,), MAYBE_TO, NO_TO, YES)]
    if others and chance.random() < _THINKS_AGAIN:
        return Step(chance.choice(others).action, _A_DAY)
    return None


def _letter(view: View, row: Sequence[Button], keen: float, chance: Dice) -> Step | None:
    """The bot has written to them."""
    if labelled(row, TAKE):
        return _one_of(_labelled(row, _TAKES), chance, _HOURS)
    if labelled(row, STILL):
        return _one_of(_labelled(row, _STILLS), chance, _MINUTES)
    if host := labelled(row, WHO_CAME, WHO_COMES):
        return Step(host.action, _HOURS) if chance.random() < _HOSTS else None
    if cannot := labelled(row, CANNOT):
        return Step(cannot.action, _MINUTES) if chance.random() < _CANCELS else None
    invited = [one for one in row if _is(one, YES)]
    if not invited:
        return None
    if len(_said(row)) == len(_SAYS) or len(view.blocks) <= _A_LINE:
        return _one_of(_said(row), chance, _HOURS) if chance.random() < _SAYS_AGAIN else None
    return Step(chance.choice(invited).action, _HOURS) if chance.random() < keen * _SAYS_ON_FRIDAY else None


def _labelled(row: Sequence[Button], likely: dict[str, float]) -> list[tuple[Button, float]]:
    return [(one, how) for key, how in likely.items() if (one := labelled(row, key))]


def _any(row: Sequence[Button], key: str, chance: Dice) -> list[Button]:
    """One of those that say so, where there are any."""
    found = [one for one in row if labelled((one,), key)]
    return [chance.choice(found)] if found else []


def _one_of(some: Sequence[tuple[Button, float]], chance: Dice, usual: timedelta | None = None) -> Step | None:
    """One of them, as likely as it is; or none."""
    left = chance.random()
    for one, likely in some:
        left -= likely
        if left < 0:
            return Step(one.action, usual)
    return None

"""How people find their way: by what stands on buttons, fields and options, and by nothing else.

When a wording changes so much that a person could no longer tell what to press, the labels here change with it.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from functools import lru_cache

from adapters.people.habit import Dice
from adapters.people.model import Head
from bot.chat.form import SEARCHED, DateTime, Field, Form, LongText, ManyOf, OneOf, Search, ShortText
from bot.chat.text import as_words
from bot.chat.view import Button, Buttons, Option, Paragraph, Select, View


class Puzzled(Exception):
    """Somebody cannot tell what to press or to choose here."""


class Outcome(StrEnum):
    """What can be answered to "did you find time to talk?"."""

    TALKED = "talked"
    NOT_YET = "not yet"
    HAND = "hand"


_ANSWERS = {Outcome.TALKED: ("talked",), Outcome.NOT_YET: ("not yet", "worked out"), Outcome.HAND: ("a hand",)}
"""What stands on the button of each, the first time and the second."""

START, LATER, CONSENTS = "let's start", "later", "may do"
FIND_SCHOOL, TYPE_SCHOOL, NO_SCHOOL = "find my school", "type in my school", "skip"
PROFILE, CHANGE = "my profile", "change this"
PAUSE_WEEK, PAUSE_DATE, PAUSE_OPEN, BACK = "this week", "until a date", "until i say", "i'm back"
COMES_BACK = "back"
"""The command that does the same as the last of these."""
FORGET = "forget me"
SKIP, KEEP_TRYING, ANOTHER = "not this week", "keep trying", "find me somebody else"
VOUCH = "vouch for"
HELLO_FIRST = "hello first"

_ANSWERS_TO_SMALL_QUESTIONS = ("say what i'd like", "say when i'm free", "say how long i've", "name my trust")
_REACHED = "to be reached"
_FREE, _HOW_LONG, _HOW_OFTEN, _TRUST, _SAME_TIME = "usually free", "how long", "how often", "trust", "same time"
_FREE_AT_MOST = 4
_REMIND, _WHILE_AWAY, _CAME = "remind you", "while you're pausing", "who was there"

_CONSENTS = ("introduce me", "write to me")
_POLLED = "ask me each week"
_TOPICS = "talk about"
_SHOW_SCHOOL = "show my school"
_TITLES = frozenset({"mr", "mrs", "ms", "miss", "mx", "dr", "prof", "sir", "dame", "rev", "fr", "sr"})
_SENTENCE = re.compile(r"[^.?!\n]*[.?!\n]?")


def buttons(view: View) -> Iterator[Button]:
    """All buttons, from top to bottom."""
    for block in view.blocks:
        if isinstance(block, Buttons):
            yield from block.row


def labelled(found: Iterable[Button], *words: str) -> Button | None:
    """The first button that says one of these."""
    return next((one for one in found if _says(one.label, words)), None)


def offers(view: View, action: str) -> bool:
    """Whether that can still be pressed or chosen there."""
    selects = (block.action for block in view.blocks if isinstance(block, Select))
    return action in selects or any(one.action == action for one in buttons(view))


def checkin(view: View) -> Mapping[Outcome, Button] | None:
    """The three answers of a check-in, if this is one; of two in one message, the upper."""
    for block in view.blocks:
        if isinstance(block, Buttons) and len(block.row) >= len(Outcome):
            found = {outcome: labelled(block.row, *words) for outcome, words in _ANSWERS.items()}
            answers = {outcome: button for outcome, button in found.items() if button}
            if len(answers) == len(Outcome):
                return answers
    return None


def way_in(view: View, head: Head) -> tuple[str, tuple[str, ...]] | None:
    """What somebody presses who wants to join, and which option they choose; None where nothing leads on."""
    for block in view.blocks:
        if isinstance(block, Select) and "school" in _folded(block.label):
            return _school(block, view, head)
    words = (START, *_ways_to_school(head), CONSENTS)
    found = next(filter(None, (labelled(buttons(view), one) for one in words)), None)
    return (found.action, ()) if found else None


def small_question(view: View) -> Button | None:
    """What leads to a small question about oneself, if one is asked here."""
    return labelled(buttons(view), *_ANSWERS_TO_SMALL_QUESTIONS)


def asked_to_begin(view: View, name: str) -> bool:
    """Whether the bot asks the person of that name to say hello first."""
    mine = _words(first_name(name))
    return any(mine <= _words(one) for one in _sentences(view) if HELLO_FIRST in one.casefold())


def first_name(name: str) -> str:
    """What one would say across a table."""
    first = name.split(" ", 1)[0]
    return name if first.casefold().rstrip(".") in _TITLES else first


def filled(ask: Form | Search, head: Head, chance: Dice) -> Mapping[str, tuple[str, ...]]:
    """The answers of this person. Raises Puzzled where a field asks what nobody could guess."""
    if isinstance(ask, Search):
        return {SEARCHED: (city(head) if asks_zone(ask) else head.school,)}
    return {field.name: _answer(field, head, chance) for field in ask.fields}


def asks_zone(ask: Search) -> bool:
    """Whether it looks for a city that keeps the same time as oneself."""
    return _SAME_TIME in _folded(ask.label)


def asks_topics(ask: Form | Search) -> bool:
    """Whether this form asks what one would like to talk about."""
    return isinstance(ask, Form) and any(_TOPICS in _folded(field.label) for field in ask.fields)


def like(options: Sequence[Option], wanted: str) -> Option | None:
    """The option that says what is wanted, or most of it; None where none shares half of the words."""
    words = _words(wanted)
    best = max(options, key=lambda option: _nearness(_words(option.label), words), default=None)
    return best if best and words and _nearness(_words(best.label), words) >= 0.5 else None


def _answer(field: Field, head: Head, chance: Dice) -> tuple[str, ...]:
    match field:
        case ShortText() | LongText():
            return (_typed(field, head),)
        case OneOf():
            return (_one(field, head, chance),)
        case ManyOf():
            return _many(field, head, chance)
        case DateTime():
            raise Puzzled(field.label)


def _typed(field: ShortText | LongText, head: Head) -> str:
    label = _folded(field.label)
    if "school" in label:
        return head.school
    if _TRUST in label or _REACHED in label:
        return ""
    if "name" in label:
        return head.name
    raise Puzzled(field.label)


def _one(field: OneOf, head: Head, chance: Dice) -> str:
    label = _folded(field.label)
    if "until" in label:
        return chance.choice(field.options[1:3]).value
    if _HOW_LONG in label or _WHILE_AWAY in label:
        return chance.choice(field.options).value
    if _HOW_OFTEN in label:
        return field.value
    told = {"role": head.role, "where you work": head.nation, "phase": head.phase}
    asked = next((about for about in told if about in label), None)
    if asked is None:
        raise Puzzled(field.label)
    found = like(field.options, told[asked])
    if found is None and told[asked]:
        raise Puzzled(told[asked])
    return found.value if found else field.value


def _many(field: ManyOf, head: Head, chance: Dice) -> tuple[str, ...]:
    label = _folded(field.label)
    if _FREE in label:
        return tuple(option.value for option in chance.sample(field.options, chance.randint(1, _FREE_AT_MOST)))
    if _REMIND in label or _CAME in label:
        return tuple(option.value for option in chance.sample(field.options, chance.randint(0, len(field.options))))
    wanted = [*_CONSENTS, *([_SHOW_SCHOOL] if head.shows_school else []), *([_POLLED] if head.polled else [])]
    ticked = [option for option in field.options if any(words in _folded(option.label) for words in wanted)]
    if not ticked and _TOPICS in label:
        ticked = [found for topic in head.topics if (found := like(field.options, topic))]
    if not ticked and head.topics:
        raise Puzzled(field.label)
    return tuple(option.value for option in ticked)


def _school(select: Select, view: View, head: Head) -> tuple[str, tuple[str, ...]] | None:
    found = like(select.options, f"{head.school} {head.town}")
    if found:
        return select.action, (found.value,)
    by_hand = labelled(buttons(view), TYPE_SCHOOL)
    return (by_hand.action, ()) if by_hand else None


def _ways_to_school(head: Head) -> tuple[str, ...]:
    if not head.school:
        return (NO_SCHOOL,)
    return (FIND_SCHOOL, TYPE_SCHOOL) if head.town else (TYPE_SCHOOL,)


def city(head: Head) -> str:
    """One that keeps the same time as they do."""
    return head.zone.rpartition("/")[2].replace("_", " ")


def _sentences(view: View) -> Iterator[str]:
    for block in view.blocks:
        if isinstance(block, Paragraph):
            yield from _SENTENCE.findall("".join(map(as_words, block.text)))


@lru_cache(maxsize=4096)
def _says(label: str, words: tuple[str, ...]) -> bool:
    folded = _folded(label)
    return any(each in folded for each in words)


@lru_cache(maxsize=1024)
def _folded(text: str) -> str:
    return text.casefold().replace("’", "'")


def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"[\w']+", _folded(text)))


def _nearness(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / max(len(one | other), 1)

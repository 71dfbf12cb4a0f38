"""How members' kinds, days and names are said, for every room that speaks of members."""

from collections.abc import Iterable
from datetime import date
from typing import TypeAlias

from bot.chat.view import Option
from bot.core.words import Words
from bot.members.kinds import Nation, Often, Phase, Role, Time, Topic, Years

words = Words("bot.members")

Kind: TypeAlias = Role | Phase | Nation | Often | Topic | Time | Years


def say(kind: Kind) -> str:
    """A kind as it stands inside a sentence: "executive head", "England"."""
    return words.line(f"{type(kind).__name__.lower()}-{kind}")


def label(kind: Kind) -> str:
    """A kind as it stands alone: "Executive head"."""
    return capital(say(kind))


def capital(said: str) -> str:
    """The same, as it begins a line."""
    return said[:1].upper() + said[1:]


def say_once(time: Time) -> str:
    """One of those times, as it stands inside a sentence: "Tuesday after four"."""
    return words.line(f"once-{time}")


def options(kinds: Iterable[Kind]) -> tuple[Option, ...]:
    """Those kinds, to choose from."""
    return tuple(Option(kind.value, label(kind)) for kind in kinds)


def say_day(day: date) -> str:
    """A day as one says it: "Monday 16 November"."""
    return f"{day:%A} {day.day} {day:%B}"

"""What people write to each other: one of a few dozen lines, none twice in a conversation."""

import tomllib
from dataclasses import dataclass, field
from functools import cache
from importlib import resources

from adapters.people.habit import Dice


@dataclass
class Talk:
    """What was said in one conversation, as (author, text), bot aside; `first` is asked to say hello, if anybody."""

    others: tuple[str, ...] = ()
    said: list[tuple[str, str]] = field(default_factory=list)
    first: str = ""

    def by(self, user: str) -> list[str]:
        """What that person said."""
        return [text for author, text in self.said if author == user]

    def voices(self) -> int:
        """How many people have spoken."""
        return len({author for author, _ in self.said})


def next_line(talk: Talk, user: str, name: str, chance: Dice) -> str:
    """What this person says next to whoever is called `name`; empty where they have nothing left to say."""
    mine = talk.by(user)
    stage = _first(talk, user) if not mine else _second(talk) if len(mine) == 1 else "after"
    day = chance.choice(lines("days"))
    said = {text for _, text in talk.said}
    for kind in (stage, "chat"):
        left = [line for one in lines(kind) if (line := _spoken(one, name, day)) not in said]
        if left:
            return chance.choice(left)
    return ""


def a_line(kind: str, name: str, chance: Dice) -> str:
    """Any line of that kind."""
    return _spoken(chance.choice(lines(kind)), name, "")


@cache
def lines(kind: str) -> tuple[str, ...]:
    """The lines of that kind."""
    text = resources.files(__package__).joinpath("lines.toml").read_text("utf-8")
    return tuple(tomllib.loads(text)[kind])


def _first(talk: Talk, user: str) -> str:
    if talk.said:
        return "answer_yes" if _names_a_day(talk.said[-1][1]) else "answer"
    return "begin" if talk.first in ("", user) else "begin_late"


def _second(talk: Talk) -> str:
    return "plan" if _names_a_day(talk.said[-1][1]) else "then"


def _names_a_day(text: str) -> bool:
    return any(day in text for day in lines("days"))


def _spoken(line: str, name: str, day: str) -> str:
    return line.format(name=name, day=day)

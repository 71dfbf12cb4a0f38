"""The people of a rehearsal, made up from its seed: what they are, when they come, what they mean to do."""

import random
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import cache
from importlib import resources

from adapters.people.habit import some_time
from adapters.people.mind import Mind
from adapters.people.model import Head, Planned, Use
from adapters.people.organiser import Organiser
from bot.chat.command import Tree
from bot.door.simulate.plan import Plan
from bot.door.simulate.witness import COUNTING

ORGANISER = "organiser"
_HOUR, _WEEK, _YEAR = timedelta(hours=1), timedelta(weeks=1), timedelta(weeks=52)
_AT_FIRST = 0.85
"""How many of them come in the first days; the others some time later."""
_PAUSES, _LEAVES = 0.3, 0.06
"""Chances, over a year: to pause, and to be forgotten."""
_HAS_SCHOOL, _SHOWS_SCHOOL = 0.8, 0.3


class Overseer(Organiser):
    """The made-up organiser, who also looks every week how things stand."""

    def week(self, monday: date, midnight: datetime) -> list[Planned]:
        chance = self.chance("looks", monday)
        at = [some_time(midnight, self.head.zone, chance) for _ in COUNTING]
        return [Planned(when, Use(words, tree=Tree.ORGANISER)) for when, words in zip(at, COUNTING, strict=True)]


def minds(plan: Plan) -> Iterator[Mind]:
    """Everybody, the organiser first."""
    seed = f"simulate {plan.seed}"
    amina = Head(ORGANISER, "Amina Clarke", comes=timedelta(minutes=1))
    yield Overseer(amina, seed, sends=timedelta(days=4))
    for number in range(plan.members):
        yield Mind(_head(number, plan, random.Random(f"{seed} {number}")), seed)  # noqa: S311 - a story


def _head(number: int, plan: Plan, dice: random.Random) -> Head:
    said, span = _stuff(), plan.weeks * _WEEK
    first = number == 0 or dice.random() < _AT_FIRST
    role = dice.choice(said["roles"])
    has_school = role not in said["without_school"] and dice.random() < _HAS_SCHOOL
    return Head(
        user=f"head-{number:05}",
        name=f"{dice.choice(said['first'])} {dice.choice(said['last'])}",
        role=role,
        nation=dice.choice(said["nations"]),
        phase=dice.choice(said["phases"]),
        school=f"{dice.choice(said['last'])} Lane School" if has_school else "",
        topics=tuple(dice.sample(said["topics"], dice.randrange(4))),
        shows_school=dice.random() < _SHOWS_SCHOOL,
        comes=_HOUR * dice.uniform(2, 72) if first else span * dice.uniform(0.05, 0.9),
        pauses=_some_time(_PAUSES, span, dice),
        leaves=_some_time(_LEAVES, span, dice),
    )


def _some_time(chance: float, span: timedelta, dice: random.Random) -> timedelta | None:
    """At some time, for as many as the chance says for a year."""
    at, happens = dice.uniform(0.05, 1), dice.random() < chance * (span / _YEAR)
    return span * at if happens else None


@cache
def _stuff() -> Mapping[str, Sequence[str]]:
    return tomllib.loads(resources.files(__package__).joinpath("town.toml").read_text("utf-8"))

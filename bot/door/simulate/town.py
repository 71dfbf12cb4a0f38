"""The people of a rehearsal, made up from its seed: what they are, when they come, what they mean to do."""

import random
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import cache
from importlib import resources

from adapters.people.habit import Dice, Habit, awake, some_time
from adapters.people.mind import Mind
from adapters.people.model import Gesture, Head, Look, Planned, Use
from adapters.people.planner import Planner
from bot.chat.command import Tree
from bot.core.terms import read_terms
from bot.core.walltime import instant, local_day
from bot.door.simulate.counting import ASKED, MORE, ORGANISER
from bot.door.simulate.plan import Faults, Plan
from bot.sections import Network


@dataclass(frozen=True)
class Place:
    """A workspace of a platform."""

    platform: str
    workspace: str


HERE, ELSEWHERE = Place("local", "space"), Place("discord", "yard")
"""Where most are, and the organisers' channel is; and another platform, whose adapter is the same twin."""
_HOUR, _WEEK, _YEAR = timedelta(hours=1), timedelta(weeks=1), timedelta(weeks=52)
_FIRST_DAYS = timedelta(days=3)
_AT_FIRST = 0.85
"""How many of them come in the first days; the others some time later."""
_PAUSES, _LEAVES, _GOES = 0.3, 0.06, 0.15
"""Chances, over a year: to pause, to be forgotten, and to leave the workspace."""
_RETURNS, _MOVES = 0.5, 0.25
"""Of those who leave the workspace: how many come back to it, and how many turn up on the other platform."""
_AWAY = (timedelta(days=1), timedelta(days=60))
_ELSEWHERE = 0.1
"""How many live on the other platform from the start."""
_MANY = 15
"""Of a large network about so many at most say something to an event when they come across it."""
_LOOKS, _CHOOSES = 0.04, 0.01
"""Chances, a week: to look what is coming, and to choose one's reminders."""
_POLLED, _ANSWER_POLLS = 0.6, (0.0, 0.2, 0.5, 0.8, 1.0)
"""How many let themselves be asked how things are, and how likely they answer when they are."""
_DAYS, _SHOWN = timedelta(days=1), (4.0, 10.0)
"""So many days after its Monday she looks at an event that she planned."""
_PAGE, _NO_MORE = 0.02, 0.004
"""Chances, a week: to look at the pulse's page, and to let oneself be asked no longer."""
_HAS_SCHOOL, _SHOWS_SCHOOL = 0.8, 0.3


class Overseer(Planner):
    """The made-up organiser, who plans three events a week, and looks how things stand. `closely`: also at whatever
    else could count people, and at the events she planned."""

    def __init__(self, head: Head, seed: str, sends: timedelta, *, closely: bool = False) -> None:
        super().__init__(head, seed, sends)
        self._closely = closely

    def week(self, monday: date, midnight: datetime) -> list[Planned]:
        chance = self.chance("looks", monday)
        looks: list[Gesture] = [*(Use(words, tree=Tree.ORGANISER) for words in ASKED), Look()]
        looking = [Planned(some_time(midnight, self.head.zone, chance), look) for look in looks]
        plans = super().week(monday, midnight) + looking
        return plans + self._more(monday, midnight) if self._closely else plans

    def _more(self, monday: date, midnight: datetime) -> list[Planned]:
        """Each event that she means to plan she looks at some days later, before it begins."""
        chance = self.chance("looks closely", monday)
        plans = [(some_time(midnight, self.head.zone, chance), words) for words in MORE]
        plans += [(midnight + _DAYS * chance.uniform(*_SHOWN), f"event show {one.title}") for one in self._waiting]
        return [Planned(awake(at, self.head.zone, chance), Use(words, tree=Tree.ORGANISER)) for at, words in plans]


class Townsman(Mind):
    """Somebody in a rehearsal, who also says now and then whom they would rather not meet, asks for their data, looks
    what is coming, and chooses when to be reminded."""

    def _whims(self, chance: Dice) -> list[tuple[float, Gesture]]:
        whom = chance.choice(_stuff()["last"])
        more: list[tuple[float, Gesture]] = [(0.004, Use(f"block {whom}")), (0.004, Use("data", ("Send me my data",)))]
        looks = [(_LOOKS, Use("events")), (_CHOOSES, Use("events", ("my reminders",)))]
        return [*super()._whims(chance)[: -len(more)], *more, *looks]

    def week(self, monday: date, midnight: datetime) -> list[Planned]:
        """Besides: the page of the pulse, and thinking better of being asked."""
        chance = self.chance("pulse", monday)
        likely = [(_PAGE, Use("pulse")), (_NO_MORE, Use("pulse", ("no, don't ask me",)))]
        whims = [use for chances, use in likely if self.head.polled and chance.random() < chances]
        return super().week(monday, midnight) + [
            Planned(some_time(midnight, self.head.zone, chance), one) for one in whims
        ]


def town(plan: Plan) -> dict[Place, list[Mind]]:
    """Everybody, by the platform they are on; the organiser first."""
    seed = f"simulate {plan.seed}"
    amina = Head(ORGANISER, "Amina Clarke", comes=timedelta(minutes=1))
    overseer = Overseer(amina, seed, sends=timedelta(days=4), closely=plan.faults is Faults.HOSTILE)
    people: dict[Place, list[Mind]] = {HERE: [overseer], ELSEWHERE: []}
    forgotten = _forgotten(plan)
    for number in range(plan.members):
        dice = random.Random(f"{seed} {number}")  # noqa: S311 - a story
        head, habit = _head(number, plan, dice), _habit(seed, number, dice)
        head, habit = _polled(head, habit, seed)
        head = _leaving(head, forgotten[1]) if forgotten and number == forgotten[0] else head
        habit = replace(habit, keen=min(habit.keen, _MANY / plan.members))
        place = ELSEWHERE if number and dice.random() < _ELSEWHERE else HERE
        people[place].append(Townsman(head, seed, habit))
        if head.goes and not head.returns and dice.random() < _MOVES:
            moved = replace(head, user=f"{head.user}-moved", comes=head.goes + _AWAY[0], goes=None)
            people[ELSEWHERE if place is HERE else HERE].append(Townsman(moved, seed, habit))
    return people


def _habit(seed: str, number: int, dice: random.Random) -> Habit:
    """Most are as people are; some answer at once, some late, and some never."""
    usual = Habit.of(seed, str(number))
    kinds = [usual] * 7 + [replace(usual, pace=0.05, answers=1.0), replace(usual, pace=6.0)]
    return dice.choice([*kinds, replace(usual, answers=0.0, writes=0.0, wanders=0.0)])


def _head(number: int, plan: Plan, dice: random.Random) -> Head:
    said, span = _stuff(), plan.weeks * _WEEK
    first = number == 0 or dice.random() < _AT_FIRST
    role = dice.choice(said["roles"])
    goes = _some_time(_GOES, span, dice)
    returns = goes + _AWAY[0] + (_AWAY[1] - _AWAY[0]) * dice.random() if goes and dice.random() < _RETURNS else None
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
        goes=goes,
        returns=returns,
    )


def _polled(head: Head, habit: Habit, seed: str) -> tuple[Head, Habit]:
    """Whether they let themselves be asked how things are, and answer: whoever never answers does not."""
    chance = random.Random(f"{seed} {head.user} polled")  # noqa: S311 - a story
    answers = chance.choice(_ANSWER_POLLS)
    return replace(head, polled=chance.random() < _POLLED), replace(habit, polls=answers if habit.answers else 0.0)


def _forgotten(plan: Plan) -> tuple[int, timedelta] | None:
    """Where everything goes wrong, somebody asks to be forgotten in the middle of a round, between Monday and Thursday:
    who, and how long after the opening."""
    if plan.faults is not Faults.HOSTILE:
        return None
    network, dice = Network(), random.Random(f"simulate {plan.seed} forgotten")  # noqa: S311 - a story
    first = local_day(plan.opens, network.zone)
    mondays = [first + _WEEK * week for week in range(1, plan.weeks)] or [first]
    monday = dice.choice([day for day in mondays if read_terms().is_term_week(network.nation, day)] or mondays)
    begins = instant(monday, time(8), network.zone)
    asked = instant(monday + timedelta(days=3), time(16, 15), network.zone)
    return dice.randrange(plan.members), begins + (asked - begins) * dice.random() - plan.opens


def _leaving(head: Head, leaves: timedelta) -> Head:
    """They come in the first days, and stay until then."""
    return replace(head, comes=min(head.comes, _FIRST_DAYS), pauses=None, leaves=leaves, goes=None, returns=None)


def _some_time(chance: float, span: timedelta, dice: random.Random) -> timedelta | None:
    """At some time, for as many as the chance says for a year."""
    at, happens = dice.uniform(0.05, 1), dice.random() < chance * (span / _YEAR)
    return span * at if happens else None


@cache
def _stuff() -> Mapping[str, Sequence[str]]:
    return tomllib.loads(resources.files(__package__).joinpath("town.toml").read_text("utf-8"))

"""The people of a rehearsal, made up from its seed: what they are, when they come, what they mean to do."""

import random
from dataclasses import dataclass, replace
from datetime import time, timedelta

from adapters.people.habit import Habit
from adapters.people.mind import Mind
from adapters.people.model import Head
from bot.core.terms import read_terms
from bot.core.walltime import instant, local_day
from bot.door.simulate.counting import ORGANISER
from bot.door.simulate.overseers import DEPUTY, Busy, Deputy, Overseer
from bot.door.simulate.plan import Faults, Plan
from bot.door.simulate.restless import Restless
from bot.door.simulate.seconds import of_two
from bot.door.simulate.townsmen import Townsman, stuff
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
_POLLED, _ANSWER_POLLS = 0.6, (0.0, 0.2, 0.5, 0.8, 1.0)
"""How many let themselves be asked how things are, and how likely they answer when they are."""
_HAS_SCHOOL, _SHOWS_SCHOOL = 0.8, 0.3


def town(plan: Plan) -> dict[Place, list[Mind]]:
    """Everybody, by the platform they are on; the organiser first."""
    seed = f"simulate {plan.seed}"
    amina = Head(ORGANISER, "Amina Clarke", comes=timedelta(minutes=1))
    forgotten, is_hostile = _forgotten(plan), plan.faults is Faults.HOSTILE
    overseer = (Busy if is_hostile else Overseer)(amina, seed, sends=timedelta(days=4))
    people: dict[Place, list[Mind]] = {HERE: [overseer], ELSEWHERE: []}
    for number in range(plan.members):
        dice = random.Random(f"{seed} {number}")  # noqa: S311 - a story
        head, habit = _head(number, plan, dice), _habit(seed, number, dice)
        head, habit = _polled(head, habit, seed)
        head = _leaving(head, forgotten[1]) if forgotten and number == forgotten[0] else head
        habit = replace(habit, keen=min(habit.keen, _MANY / plan.members))
        place = ELSEWHERE if number and dice.random() < _ELSEWHERE else HERE
        one, also = of_two(head, seed, habit) if is_hostile else (Townsman(head, seed, habit), None)
        people[place].append(one)
        people[_other(place)] += [also] if also else []
        if head.goes and not head.returns and dice.random() < _MOVES:
            moved = replace(head, user=f"{head.user}-moved", comes=head.goes + _AWAY[0], goes=None)
            people[_other(place)].append((Restless if is_hostile else Townsman)(moved, seed, habit))
    if is_hostile:
        people[HERE].append(Deputy(Head(DEPUTY, "Bea Marsh", comes=timedelta(minutes=1)), seed))
    return people


def organisers_of(plan: Plan) -> tuple[str, ...]:
    """The accounts of those who organise, as the config names them."""
    users = (ORGANISER, DEPUTY) if plan.faults is Faults.HOSTILE else (ORGANISER,)
    return tuple(f"{HERE.platform}:{HERE.workspace}:{user}" for user in users)


def _other(place: Place) -> Place:
    return ELSEWHERE if place is HERE else HERE


def _habit(seed: str, number: int, dice: random.Random) -> Habit:
    """Most are as people are; some answer at once, some late, and some never."""
    usual = Habit.of(seed, str(number))
    kinds = [usual] * 7 + [replace(usual, pace=0.05, answers=1.0), replace(usual, pace=6.0)]
    return dice.choice([*kinds, replace(usual, answers=0.0, writes=0.0, wanders=0.0)])


def _head(number: int, plan: Plan, dice: random.Random) -> Head:
    said, span = stuff(), plan.weeks * _WEEK
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

"""What people are like: how soon they read, what they tend to do, when they sleep. All of it made from a seed."""

import random
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from bot.core.walltime import instant, local_day, zone_of

SHORTEST, LONGEST = timedelta(minutes=2), timedelta(days=3)
"""Between something being said and somebody reading it."""
_MORNING, _NIGHT = time(7), time(22)
_DAY, _WEEK = timedelta(days=1), timedelta(days=7)

Dice = random.Random


def dice(seed: str, user: str, *about: object) -> Dice:
    """Chance for one thing that one person meets with: the same, whenever it is asked for."""
    return random.Random(":".join(map(str, (seed, user, *about))))  # noqa: S311 - a story, not a secret


@dataclass(frozen=True)
class Habit:
    """`pace` stretches every delay. The others are chances: to answer a check-in, to have talked by then, to write back
    among others; to press twice; and, a week, to wander (type to the bot, press an old button, look), pause, leave;
    to say something to an event that one comes across, and to answer a poll.
    """

    pace: float
    answers: float
    talks: float
    writes: float
    clumsy: float
    wanders: float
    pauses: float = 0.012
    leaves: float = 0.003
    keen: float = 0.3
    polls: float = 0.5

    @classmethod
    def of(cls, seed: str, user: str) -> "Habit":
        """The habits of one person."""
        chance = dice(seed, user, "habit")
        return cls(
            pace=chance.lognormvariate(0, 0.4),
            answers=chance.uniform(0.65, 1.0),
            talks=chance.uniform(0.65, 0.95),
            writes=chance.uniform(0.75, 1.0),
            clumsy=chance.choice((0.0, 0.0, 0.05, 0.2)),
            wanders=chance.uniform(0.0, 0.1),
            keen=chance.uniform(0.1, 0.7),
        )

    def later(self, chance: Dice, usual: timedelta) -> timedelta:
        """How long until something is read that is usually read after `usual`."""
        return min(max(usual * self.pace * chance.lognormvariate(0, 0.8), SHORTEST), LONGEST)


def awake(at: datetime, zone: str, chance: Dice) -> datetime:
    """That instant, or some time in the first hour and a half of the next waking day (07:00 to 22:00 on the wall)."""
    wall = at.astimezone(zone_of(zone)).time()
    if _MORNING <= wall < _NIGHT:
        return at
    day = local_day(at, zone) + _DAY * (wall >= _NIGHT)
    return instant(day, _MORNING, zone) + timedelta(minutes=chance.uniform(0, 90))


def some_time(monday: datetime, zone: str, chance: Dice) -> datetime:
    """A waking instant in the week that begins at `monday`."""
    return awake(monday + _WEEK * chance.random(), zone, chance)

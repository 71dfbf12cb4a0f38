"""Parts that break a promise for some hours, and mend it themselves: whoever looks once a day sees nothing of it."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any

import pytest
from sqlalchemy import delete, select

from bot import rooms
from bot.checkins.model import Answer
from bot.core.calendar import Rule
from bot.core.feature import Feature, Rings, Timed
from bot.core.timers import TIMERS
from bot.core.walltime import Weekly
from bot.core.work import Work
from bot.pairing.model import Group
from bot.pairing.store import PAIRINGS
from storage.checkins import SqlCheckins
from storage.people import consents, members
from storage.work import sql
from tests.simulate import doubles

Plant = pytest.MonkeyPatch
_THREE_HOURS = timedelta(hours=3)
_MONDAY, _MORNING = 0, time(9)
_A_DAY_AND_A_HALF = timedelta(hours=36)


def two_groups_at_once(plant: Plant) -> None:
    """On Monday at nine everybody is in the same group once more, until noon."""

    def begin(work: Work, due: Any) -> None:
        for group in _living(work):
            again = replace(group, id=work.new_id())
            work.use(PAIRINGS).add_groups([again])
            work.use(TIMERS).set("extra", again.id, due.at + _THREE_HOURS)

    _add_room(plant, begin)


def told_half_until_noon(plant: Plant) -> None:
    """Of those who are on two platforms one hears; and at noon every introduction of that Monday is over."""

    def begin(work: Work, due: Any) -> None:
        for group in _living(work):
            work.use(TIMERS).set("extra", group.id, due.at + _THREE_HOURS)

    doubles.introductions_to_one_of_each(plant)
    _add_room(plant, begin)


def erased_at_night(plant: Plant) -> None:
    """What somebody agreed to is there until two in the morning."""

    def sweep(work: Work, due: Any) -> None:
        sql(work).put(delete(consents).where(consents.c.member.not_in(select(members.c.id))), {})

    doubles.erase_that_skips_a_table(plant)
    _add_room(plant, sweep, [Weekly(day, time(2)) for day in range(7)])


def answers_kept_late(plant: Plant) -> None:
    """Each answer is kept when somebody answers a day and a half later; but the last ones."""
    keep, waiting = SqlCheckins.keep, list[Answer]()

    def later(self: SqlCheckins, answer: Answer) -> None:
        waiting.append(answer)
        for one in [one for one in waiting if one.at <= answer.at - _A_DAY_AND_A_HALF]:
            waiting.remove(one)
            keep(self, one)

    plant.setattr(SqlCheckins, "keep", later)


def _living(work: Work) -> Iterable[Group]:
    latest = work.use(PAIRINGS).latest_sent()
    return work.use(PAIRINGS).living_on(latest.day if latest else date.min)


def _add_room(plant: Plant, begin: Any, when: Iterable[Weekly] = (Weekly(_MONDAY, _MORNING),)) -> None:
    """A room that does something then, and ends the groups for which it set a timer."""

    def over(work: Work, rang: Any) -> None:
        work.use(PAIRINGS).end(rang.about, work.at)

    rules = tuple(Timed(Rule(f"extra-{number}", at), begin) for number, at in enumerate(when))
    room = Feature("extra", "bot.core", rules=rules, timers=(Rings("extra", over),))
    plant.setattr("bot.door.wiring.features", lambda *given: (*rooms.features(*given), room))

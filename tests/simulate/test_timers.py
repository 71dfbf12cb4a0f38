"""Timers in a rehearsal: wherever the machine dies, each rings again, once, and nothing is asked while none is due."""

from datetime import time, timedelta

import pytest

from bot import rooms
from bot.chat.address import ORGANISERS
from bot.chat.ids import Id
from bot.chat.inbound import Due, Rang
from bot.core.calendar import Rule
from bot.core.feature import Broken, Feature, Rings, Timed
from bot.core.outbox import Kind, Letter
from bot.core.timers import TIMERS
from bot.core.walltime import Weekly
from bot.core.work import Work
from bot.door.simulate import sorts
from bot.door.simulate.plan import Plan
from bot.door.simulate.sweep import points, sweep
from tests.storage.stands import says

SMALL = Plan(members=4, weeks=2, seed=3)
CHAIN, EVERY = Id(5), timedelta(hours=8)


def begin(work: Work, due: Due) -> None:
    work.use(TIMERS).set("chain", CHAIN, due.at + EVERY)


def go_on(work: Work, rang: Rang) -> None:
    """Each sets the next; a letter of a key of its own would be said again if one rang twice."""
    work.post(Letter(f"chain:{work.new_id()}", ORGANISERS, says(f"rang {rang.at}"), Kind.ANSWER, work.at))
    work.use(TIMERS).set("chain", CHAIN, rang.at + EVERY)


def unbroken(work: Work) -> list[Broken]:
    at = work.use(TIMERS).at("chain", CHAIN)
    return [] if at is None or work.at <= at <= work.at + EVERY else [Broken("chain", "", f"{at} at {work.at}")]


@pytest.fixture(autouse=True)
def chain(monkeypatch: pytest.MonkeyPatch) -> None:
    rule = Timed(Rule("chain", Weekly(0, time(8))), begin)
    room = Feature("chain", "bot.core", rules=(rule,), timers=(Rings("chain", go_on),), promises=(unbroken,))
    monkeypatch.setattr("adapters.people.planner.Planner._occasions", lambda *given: ())  # a death may change an answer
    monkeypatch.setitem(sorts._IS, "chain", Kind.ANSWER)
    monkeypatch.setattr("bot.door.wiring.features", lambda *given: (*rooms.features(*given), room))


def test_the_machine_may_die_around_the_commit_of_a_timer() -> None:
    found = [(plan.command, result) for plan, result in sweep(SMALL, every=len(points(SMALL)) // 3)]
    assert all(result.crashes == 1 for _, result in found)
    assert [(command, result.violations) for command, result in found if not result.is_well] == []
    assert len({result.letters_sent for _, result in found}) == 1, "one was lost, or rang twice"

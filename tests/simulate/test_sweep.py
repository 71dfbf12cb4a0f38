"""A machine that dies at each point of a small round, once each; and a plan that fails, made smaller."""

import pytest

from bot.door.simulate.plan import Faults, Plan
from bot.door.simulate.rehearsal import Tell
from bot.door.simulate.result import Result
from bot.door.simulate.running import rehearse
from bot.door.simulate.sweep import points, shrunk, sweep
from tests.conftest import DRILL
from tests.simulate import doubles, outboxes

EVERY = 1 if DRILL else 40
"""Of the points at which the machine can die."""


def test_the_machine_may_die_at_every_point_of_a_round() -> None:
    found = [(plan.command, result) for plan, result in sweep(every=EVERY)]
    assert len(found) == len(points()[::EVERY]) > 10
    assert all(result.crashes == 1 for _, result in found)
    assert [command for command, result in found if not result.is_well] == []


def test_the_machine_may_die_between_any_two_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    plan = Plan(members=8, weeks=2, seed=3)
    whole = points(plan)
    monkeypatch.setattr("bot.core.parts.A_PART", 1)
    assert len(points(plan)) > len(whole), "between parts there are points of their own"
    found = [(one.command, result) for one, result in sweep(plan, every=EVERY * 2)]
    assert len(found) > 5
    assert all(result.crashes == 1 for _, result in found)
    assert [command for command, result in found if not result.is_well] == []


def test_what_is_said_only_where_nothing_dies_is_missed(monkeypatch: pytest.MonkeyPatch) -> None:
    def forgetful(plan: Plan, tell: Tell) -> Result:
        with monkeypatch.context() as plant:
            if plan.dies_at:
                outboxes.forgetful_outbox(plant)
            return rehearse(plan, tell)

    _, result = next(sweep(rehearse=forgetful))
    assert {one.rule for one in result.violations} == {"letter lost", "letter taken back"}
    assert result.letters_lost > 1


def test_a_failing_plan_is_made_smaller(monkeypatch: pytest.MonkeyPatch) -> None:
    doubles.answers_that_are_dropped(monkeypatch)
    plan = Plan(members=10, weeks=3, seed=3, faults=Faults.HOSTILE, crashes=1)
    small = shrunk(plan)
    assert (small.crashes, small.faults) == (0, Faults.NONE)
    assert small.members < plan.members
    assert not rehearse(small).is_well

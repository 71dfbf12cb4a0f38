"""In a small network a fault of some hours is seen; and an answer is missed on the day, not in the end."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.door.simulate import onlooker
from bot.door.simulate.plan import Faults, Plan
from bot.door.simulate.running import rehearse
from tests.simulate import brief
from tests.simulate.brief import Plant
from tests.simulate.test_doubles import FORGETS, PLAN

CALM = Plan(members=14, weeks=3, seed=3)
APART = replace(CALM, members=30)
BRIEF: list[tuple[Callable[[Plant], None], str, Plan]] = [
    (brief.two_groups_at_once, "two at once", CALM),
    (brief.told_half_until_noon, "one side told", APART),
    (brief.erased_at_night, "erased", FORGETS),
]


@pytest.mark.parametrize(("plant", "rule", "plan"), BRIEF)
def test_a_fault_of_some_hours_is_seen_by_who_looks_each_time(
    plant: Callable[[Plant], None], rule: str, plan: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    plant(monkeypatch)
    assert rule in {one.rule for one in rehearse(plan).violations}
    monkeypatch.setattr(onlooker, "SMALL", 0)
    assert rule not in {one.rule for one in rehearse(plan).violations}


def test_an_answer_is_missed_on_the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    brief.answers_kept_late(monkeypatch)
    plan = replace(PLAN, faults=Faults.NONE)
    missed = [one for one in rehearse(plan).violations if one.rule == "answer lost"]
    assert any(datetime.fromisoformat(one.at) < plan.until - timedelta(days=7) for one in missed)


def test_what_does_not_hold_is_said_once(monkeypatch: pytest.MonkeyPatch) -> None:
    brief.two_groups_at_once(monkeypatch)
    said = [(one.rule, one.who, one.detail) for one in rehearse(CALM).violations]
    assert len(said) == len({*said})

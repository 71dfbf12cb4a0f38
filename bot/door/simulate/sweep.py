"""Letting the machine die at every point of a small round, once each; and making a failing plan as small as it goes."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from bot.door.simulate.plan import Plan
from bot.door.simulate.rehearsal import Rehearsal
from bot.door.simulate.result import Result
from bot.door.simulate.running import Rehearse, nobody, rehearse

SMALL = Plan(members=5, weeks=2, seed=7)
"""Few people, who come in the first days; on their first Monday they are introduced, on Thursday they are asked."""
_FROM, _TO = timedelta(days=7), timedelta(days=11)


def points(plan: Plan = SMALL, rehearse: Rehearse = rehearse) -> range:
    """The boundaries of the plan's first round, from Monday morning to Friday morning."""
    passed: dict[bool, int] = {}

    def tell(rehearsal: Rehearsal) -> None:
        for after in (_FROM, _TO):
            if rehearsal.clock.now() >= plan.opens + after:
                passed.setdefault(after == _TO, rehearsal.machine.boundaries)

    rehearse(plan, tell)
    return range(passed[False] + 1, passed[True] + 1)


def sweep(plan: Plan = SMALL, every: int = 1, rehearse: Rehearse = rehearse) -> Iterator[tuple[Plan, Result]]:
    """Every so many points, one life each in which the machine dies exactly there."""
    for point in points(plan, rehearse)[::every]:
        deadly = replace(plan, dies_at=point)
        yield deadly, rehearse(deadly, nobody)


def shrunk(plan: Plan, rehearse: Rehearse = rehearse) -> Plan:
    """The smallest plan, found by taking away half of one thing after another, that still breaks a promise."""
    smaller = next((one for one in _smaller(plan) if not rehearse(one, nobody).is_well), None)
    return plan if smaller is None else shrunk(smaller, rehearse)


def _smaller(plan: Plan) -> Iterator[Plan]:
    """Plans that are simpler in one way, the boldest first."""
    calmer = {"hostile": "some", "some": "none"}.get(plan.faults)
    options = [
        replace(plan, crashes=0),
        replace(plan, crashes=plan.crashes // 2),
        replace(plan, later=0),
        *([replace(plan, faults=type(plan.faults)(calmer))] if calmer else []),
        replace(plan, weeks=max(1, plan.weeks // 2)),
        replace(plan, members=max(1, plan.members // 2)),
        replace(plan, weeks=max(1, plan.weeks - 1)),
        replace(plan, members=max(1, plan.members - 1)),
    ]
    return (one for one in dict.fromkeys(options) if one != plan)

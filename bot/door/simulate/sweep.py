"""Letting the machine die at every point of a small round, once each; and making a failing plan as small as it goes."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import msgspec

from bot.door.simulate.losses import RULE
from bot.door.simulate.plan import Plan
from bot.door.simulate.rehearsal import Rehearsal
from bot.door.simulate.result import Result
from bot.door.simulate.running import Rehearse, nobody, rehearse
from bot.door.simulate.witness import Violation

SMALL = Plan(members=5, weeks=2, seed=7)
"""Few people, who come in the first days; on their first Monday they are introduced, on Thursday they are asked."""
_STEADY = ("welcome", "in", "intro", "checkin")
"""How the keys of letters begin of which there are as many in any life of a plan, wherever the machine dies."""
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
    """Every so many points, one life each in which the machine dies exactly there. What was said in a life without a
    death and is not in this one is lost."""
    _, wanted = _lived(plan, rehearse)
    for point in points(plan, rehearse)[::every]:
        deadly = replace(plan, dies_at=point)
        result, said = _lived(deadly, rehearse)
        yield deadly, _without(result, wanted - said, deadly)


def _lived(plan: Plan, rehearse: Rehearse) -> tuple[Result, Counter[str]]:
    """What came of it, and how many of the steady letters were said."""
    seen: list[Rehearsal] = []
    result = rehearse(plan, seen.append)
    return result, seen[-1].witness.said_of(_STEADY)


def _without(result: Result, missing: Counter[str], plan: Plan) -> Result:
    at = plan.until.isoformat()
    lost = [Violation(RULE, at, "", f"{first}: {count} too few") for first, count in missing.items()]
    count = result.letters_lost + missing.total()
    return msgspec.structs.replace(result, letters_lost=count, violations=(*result.violations, *lost))


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

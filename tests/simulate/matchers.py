"""Parts that let people meet again who had another choice: of three, beside somebody left over, within the week."""

from collections.abc import Sequence
from typing import Any

import pytest

from bot.pairing.engine import Matcher
from bot.pairing.matcher import Candidate, Match, Matching
from storage.pairing import SqlPairings

Plant = pytest.MonkeyPatch
_match, _SEVERAL = Matcher.match, 4


def two_of_three_who_stay_together(plant: Plant) -> None:
    """The same two week after week, with somebody else as their third; the others are matched as always."""

    def matched(self: Matcher, candidates: Sequence[Candidate], history: Any, *more: Any) -> Matching:
        if len(candidates) < _SEVERAL:
            return _match(self, candidates, history, *more)
        a, b, *others = sorted(candidates, key=lambda one: one.id)
        fresh = [one for one in others if not any(frozenset({one.id, two.id}) in history for two in (a, b))]
        found = _match(self, [one for one in others if one not in fresh[:1]], history, *more)
        return Matching((Match((a.id, b.id, *(one.id for one in fresh[:1]))), *found.groups), found.left)

    plant.setattr(Matcher, "match", matched)


def pair_that_meets_beside_somebody_left(plant: Plant) -> None:
    """The same two week after week, and the last one is always left over."""
    plant.setattr(Matcher, "match", _with_the_first_two)


def late_ones_who_met(plant: Plant) -> None:
    """Whoever looks for somebody within the week is given anybody who looks, met or not."""
    plant.setattr(SqlPairings, "met_among", lambda self, members, since: frozenset())


def _with_the_first_two(self: Matcher, candidates: Sequence[Candidate], *more: Any) -> Matching:
    if len(candidates) < _SEVERAL:
        return _match(self, candidates, *more)
    a, b, *others, last = sorted(candidates, key=lambda one: one.id)
    found = _match(self, others, *more)
    return Matching((Match((a.id, b.id)), *found.groups), (*found.left, last.id))

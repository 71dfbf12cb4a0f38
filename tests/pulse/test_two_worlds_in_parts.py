"""Twin worlds in which totals are told by phase: nobody learns who of a part answered, when, what, or how many did."""

import random
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from bot.members.kinds import Phase
from bot.pulse.box import Choices
from bot.pulse.model import Cut
from bot.pulse.results import published_by, table_of
from tests.pulse import two_worlds
from tests.pulse.people import heads, sort
from tests.pulse.test_two_worlds import both
from tests.pulse.two_worlds import POLL, TICKS, Plan, differences
from tests.world.world import Head, World

PARTS = {Phase.PRIMARY: range(16), Phase.SECONDARY: range(16, 31), Phase.SPECIAL: range(31, 33)}
"""Whose phase it is; three have not said theirs."""
ANSWERS = (
    {"primary": "1111111555555", "secondary": "11111555555555", "special": "1", "": "5"},
    {"primary": "222222255555", "secondary": "1111145555555", "special": "1", "": "55"},
)
"""Of two worlds, what was said in each part: behind one table."""


async def parted(world: World, many: int) -> list[Head]:
    """Everybody, with what they have said of their schools."""
    found = await heads(world, many)
    for phase, whose in PARTS.items():
        await sort(world, [found[place] for place in whose], phase=phase)
    return found


def plan(number: int) -> Plan:
    """Who says it, and when, by the dice."""
    dice = random.Random(f"parts {number}")
    ticks: list[list[tuple[int, Choices]]] = [[] for _ in range(TICKS)]
    for part, said in ANSWERS[number].items():
        whose = PARTS.get(Phase(part), range(0)) if part else range(33, 36)
        for who, what in zip(dice.sample(list(whose), len(said)), said, strict=True):
            ticks[dice.randrange(TICKS)].append((who, (what,)))
    return Plan(7, tuple(map(tuple, ticks)))


def test_the_two_have_one_table_and_other_totals() -> None:
    asked = {"primary": 16, "secondary": 15, "special": 2, "": 3}
    tallies = [[{part: Counter(of) for part, of in said.items()}] for said in ANSWERS]
    first, second = (published_by(replace(POLL, cut=Cut.PHASE), one, asked) for one in tallies)
    assert first == second
    table = table_of(replace(POLL, told=first))
    assert table is not None
    assert len(table.results[0].parts) == 2


async def test_two_worlds_in_parts_are_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(two_worlds, "heads", parted)
    monkeypatch.setattr(two_worlds, "ITEMS", (*two_worlds.ITEMS, ("cut", "By phase")))
    first, second = await both(tmp_path, plan(0), plan(1))
    assert differences(first, second) == []
    assert first[-1].event == "everybody reads the figures"

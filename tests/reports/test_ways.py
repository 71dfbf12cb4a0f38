"""By which way members are reached, as organisers read it: nothing small, and nothing that would give it away."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.counts import THRESHOLD, Shown
from bot.reports.model import Way, told_ways
from tests.reports.test_reports import ask, network, populate


@pytest.mark.parametrize(
    ("reached", "says"),
    [
        ({Way.SLACK: 40}, ["On Slack: nearly all", "Not at all just now: fewer than five"]),
        ({Way.SLACK: 38, Way.NOT: 2}, ["On Slack: nearly all", "Not at all just now: fewer than five"]),
        ({Way.SLACK: 34, Way.NOT: 6}, ["On Slack: 34", "Not at all just now: 6"]),
        (
            {Way.DIRECT: 28, Way.THREAD: 12},
            [
                "On Discord, by direct message: 28",
                "On Discord, in a private thread of their own: not told",
                "Not at all just now: fewer than five",
            ],
        ),
        (
            {Way.SLACK: 20, Way.DIRECT: 17, Way.THREAD: 1, Way.NOT: 2},
            [
                "On Slack: 20",
                "On Discord, by direct message: not told",
                "On Discord, in a private thread of their own: fewer than five",
                "Not at all just now: fewer than five",
            ],
        ),
    ],
)
async def test_few_are_hidden_and_what_would_give_them_away(reached: dict[Way, int], says: list[str]) -> None:
    made = network()
    populate(made, 40)
    made.storage.world.counted.reached = reached
    said = (await ask(made, "report")).says
    assert "\n".join(["How I reach members:", *says]) + "\nActive is whoever" in said


@given(st.fixed_dictionaries({way: st.integers(0, 12) for way in Way}))
def test_no_way_tells_of_few(reached: dict[Way, int]) -> None:
    """Whoever knows the total and every number told still cannot tell which of five small numbers it is."""
    found = told_ways(reached)
    hidden = [way for way, count in found.items() if count.shown is not Shown.EXACT]
    assert all(count.n is None or reached[way] == count.n >= THRESHOLD for way, count in found.items())
    assert len(hidden) != 1
    assert {way for way, n in reached.items() if n} <= found.keys()

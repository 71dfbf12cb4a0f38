"""`headsup simulate`: a rehearsal, watched or not."""

from collections.abc import Callable
from functools import partial

from bot.core.terms import read_terms
from bot.door import terminal
from bot.door.simulate.plan import Plan
from bot.door.simulate.rehearsal import Rehearsal
from bot.door.simulate.result import Result
from bot.door.simulate.running import rehearse
from bot.door.simulate.sweep import shrunk
from bot.door.simulate.watching import Watcher, summary
from bot.sections import Network


def simulated(plan: Plan, server: str, *, watch: bool, quiet: bool, shrink: bool) -> Result:
    """Rehearse, and say what came of it unless `quiet`. One that fails is made smaller where that is wished.

    `server`: a PostgreSQL, for a plan that wants one.
    """
    result = _lived(plan, server, watch and not quiet)
    if not quiet:
        summary(plan, result)
    if shrink and not result.is_well:
        terminal.say("Looking for a smaller rehearsal that fails too.")
        plan = shrunk(plan, partial(rehearse, server=server))
        terminal.say(f"The smallest one found: {plan.command}")
    return result


def _lived(plan: Plan, server: str, watch: bool) -> Result:
    if watch:
        network = Network()
        return rehearse(plan, Watcher(plan, read_terms(), network.nation, network.zone), server)
    with terminal.progress("A rehearsal", plan.weeks * 7) as tell:
        return rehearse(plan, _Days(tell), server)


class _Days:
    """Counts the days that are over."""

    def __init__(self, tell: Callable[[int], None]) -> None:
        self._tell, self._days = tell, 0

    def __call__(self, rehearsal: Rehearsal) -> None:
        self._days += 1
        self._tell(self._days)

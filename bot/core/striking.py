"""What time itself brings, an hour that struck or a timer that rang: who answers it, and the record that it is done."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from msgspec.structs import replace

from bot.chat.inbound import Due, Inbound, Rang
from bot.chat.outbound import NOTHING, Reply
from bot.core.calendar import OCCURRENCES, Occurrence, Planned, Verdict
from bot.core.directory import Directory
from bot.core.feature import Call, Handler, Slow
from bot.core.timers import TIMERS, Timer
from bot.core.work import Work


@dataclass(frozen=True)
class Striking:
    """`do` answers it, in one commit with `is_first`, which records that it is done and says whether it was not before.

    What nobody answers any more is recorded, and that is all."""

    call: Call
    do: Callable[[Work], None] | Slow[Any, Any]
    is_first: Callable[[Work], bool]

    def once(self, handler: Handler, work: Work) -> Reply:
        """Run a handler if this is the first time."""
        return handler(work, self.call) if self.is_first(work) else NOTHING

    def run(self, work: Work) -> Reply:
        """All of it, for what is not slow."""
        if self.is_first(work) and not isinstance(self.do, Slow):
            self.do(work)
        return NOTHING


def striking(directory: Directory, inbound: Inbound, call: Call) -> Striking | None:
    """None where it is not time that came in."""
    match inbound.what:
        case Due() as due:
            timed = directory.due(due.rule)
            return Striking(
                replace(call, due=due), _doing(timed.do if timed else None, due), lambda work: _recorded(work, due)
            )
        case Rang() as rang:
            rings = directory.rings(rang.name)
            return Striking(
                replace(call, rang=rang), _doing(rings.do if rings else None, rang), lambda work: _taken(work, rang)
            )
    return None


def _doing(do: Callable[[Work, Any], None] | Slow[Any, Any] | None, what: Due | Rang) -> Any:
    if isinstance(do, Slow):
        return do
    return _nothing if do is None else lambda work: do(work, what)


def _recorded(work: Work, due: Due) -> bool:
    planned = Planned(Occurrence(due.rule, due.day, due.at), Verdict.RUN)
    return work.use(OCCURRENCES).record(planned, work.at)


def _taken(work: Work, rang: Rang) -> bool:
    return work.use(TIMERS).rang(Timer(rang.name, rang.about, rang.at))


def _nothing(work: Work) -> None:
    pass

"""The two hours of the week when all members are thought of at once: Monday's introductions, Thursday's questions."""

import random
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from functools import partial
from typing import Any

from bot.chat.ids import Id
from bot.chat.inbound import Due
from bot.chat.outbound import Reply
from bot.core.feature import Call, Slow, Tools
from bot.core.work import Unit, Work
from bot.door.wiring import Parts
from bot.pairing.model import Round, RoundState
from bot.pairing.store import PAIRINGS
from tests.bench.table import Line, Report
from tests.bench.work import AT
from tests.bench.work import MONDAY as THE_WEEK

THURSDAY = Due("checkins", date(2026, 11, 12), datetime(2026, 11, 12, 16, 15, tzinfo=UTC))
MONDAY = Due("introductions", date(2026, 11, 16), datetime(2026, 11, 16, 8, 0, tzinfo=UTC))


async def rounds(report: Report, parts: Parts) -> None:
    """Each step of both, for 10,000 members who are all there."""
    sent = Round(Id(7), THE_WEEK, RoundState.SENT, datetime(2026, 11, 9, 8, 0, tzinfo=UTC))
    await parts.storage.write(Unit("bench:sent", AT, lambda work: work.use(PAIRINGS).keep_round(sent)))
    for name, due, letters in (("Thursday", THURSDAY, 10_000), ("Monday", MONDAY, 5_000)):
        timed = parts.bot.directory.due(due.rule)
        assert timed is not None
        assert isinstance(timed.do, Slow)
        slow, call = timed.do, Call(at=due.at, due=due)
        with _timed(report, f"{name}, 10,000 members: look"):
            seen = await parts.storage.read(due.at, lambda work, slow=slow, call=call: slow.look(work, call))  # type: ignore[misc]
        with _timed(report, f"{name}, 10,000 members: think"):
            thought = slow.think(seen, Tools(parts.house.ids, random.Random(name), due.at))
        assert len(thought.letters) == letters
        with _timed(report, f"{name}, 10,000 members: keep"):
            await parts.storage.write(Unit(name, due.at, partial(_keep, slow, call, thought)))


def _keep(slow: Slow[Any, Any], call: Call, thought: Any, work: Work) -> Reply:
    return slow.keep(work, call, thought)


@contextmanager
def _timed(report: Report, name: str) -> Iterator[None]:
    began = time.perf_counter()
    yield
    report.say(Line(name, time.perf_counter() - began, "s"))

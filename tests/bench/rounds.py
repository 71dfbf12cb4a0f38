"""The hours of the week when all members are thought of at once: introductions, questions, the Friday letter."""

import asyncio
import random
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from functools import partial
from itertools import count
from typing import Any

from bot.chat.inbound import Due
from bot.chat.outbound import Reply
from bot.chat.text import plain
from bot.chat.view import Block, Paragraph
from bot.core.feature import Call, Friday, Slow, Timed
from bot.core.parts import Tools
from bot.core.work import INBOX, Unit, Work, look_mark
from bot.door.wiring import Parts
from bot.friday.feature import feature
from bot.friday.model import FridaySettings
from tests.bench.table import Line, Report
from tests.bench.work import AT, MARK_BYTES

THURSDAY = Due("checkins", date(2026, 11, 12), datetime(2026, 11, 12, 16, 15, tzinfo=UTC))
FRIDAY = Due("friday", date(2026, 11, 13), datetime(2026, 11, 13, 16, 15, tzinfo=UTC))
MONDAY = Due("introductions", date(2026, 11, 16), datetime(2026, 11, 16, 8, 0, tzinfo=UTC))


async def rounds(report: Report, parts: Parts) -> None:
    """Each step of each, for 10,000 members who are all there."""
    for name, due, letters in (("Thursday", THURSDAY, 10_000), ("Friday", FRIDAY, 10_000), ("Monday", MONDAY, 5_000)):
        plate = _friday(parts) if due is FRIDAY else parts.bot.directory.due(due.rule)
        assert plate is not None
        assert isinstance(plate.do, Slow)
        slow, call = plate.do, Call(at=due.at, due=due)
        with timed(report, f"{name}, 10,000 members: look"):
            seen = await parts.storage.read(due.at, lambda work, slow=slow, call=call: slow.look(work, call))  # type: ignore[misc]
        with timed(report, f"{name}, 10,000 members: think"):
            thought = slow.think(seen, Tools(parts.house.ids, random.Random(name), due.at))
        assert len(thought.letters) == letters
        await kept_in_parts(
            report, parts, name, [partial(keep_one, slow, call, one) for one in slow.parts(thought)], due.at
        )


async def kept_in_parts(
    report: Report, parts: Parts, name: str, units: Sequence[Callable[[Work], Reply]], at: datetime
) -> None:
    """Part after part, each a transaction of its own, while people press; how long the longest was, and they waited."""
    waits, numbers = list[float](), count(1)
    people = [asyncio.create_task(_press(parts, numbers, waits)) for _ in range(8)]
    took = await kept(parts, name, units, at)
    for person in people:
        person.cancel()
    waits.sort()
    report.say(Line(f"{name}, 10,000 members: keep, {len(took)} transactions", sum(took), "s"))
    report.say(Line("… the longest of them", 1000 * max(took), "ms", 250, most=True))
    report.say(Line("… 99 % of who pressed meanwhile waited less", 1000 * waits[len(waits) * 99 // 100], "ms"))


async def kept(parts: Parts, name: str, units: Sequence[Callable[[Work], Reply]], at: datetime) -> list[float]:
    """One after another; how many seconds each took."""
    took = list[float]()
    for place, run in enumerate(units):
        began = time.perf_counter()
        await parts.storage.write(Unit(f"{name}:{place}", at, run))
        took.append(time.perf_counter() - began)
    return took


async def _press(parts: Parts, numbers: Iterator[int], waits: list[float]) -> None:
    """Somebody who presses, and presses again."""
    while True:
        began, mark = time.perf_counter(), next(numbers).to_bytes(MARK_BYTES)
        keep = partial(_marked, mark)
        await parts.storage.write(Unit(mark.hex(), AT, keep, (look_mark(mark),)))
        waits.append(time.perf_counter() - began)


def _marked(mark: bytes, work: Work) -> None:
    """The least that a press is: was it seen before, and that it was."""
    if not work.use(INBOX).seen(mark):
        work.use(INBOX).keep(mark, AT)


def _friday(parts: Parts) -> Timed:
    """A letter to everybody, of two parts that cost nothing: what is measured is the frame."""
    assert parts.house.policy is not None
    said = (Paragraph(plain("What is coming next week.")),)
    (timed,) = feature(FridaySettings(), parts.house.policy, [_part(place, said) for place in (1, 2)]).rules
    return timed


def _part(place: int, said: tuple[Block, ...]) -> Friday:
    return Friday(place, lambda work, monday: lambda member: said)


def keep_one(slow: Slow[Any, Any], call: Call, thought: Any, work: Work) -> Reply:
    """One part of it."""
    return slow.keep(work, call, thought)


@contextmanager
def timed(report: Report, name: str, most: float | None = None) -> Iterator[None]:
    """Say how long it took, in seconds; more than `most` is too long."""
    began = time.perf_counter()
    yield
    report.say(Line(name, time.perf_counter() - began, "s", most, most=True))

"""The queue before the writer, with a runner that the test holds in its hands."""

import asyncio
from collections.abc import Callable, Sequence
from typing import Any

import pytest

from bot.core.errors import StorageFailed
from bot.core.work import Unit
from storage.transaction import Outcome
from storage.writer import LIMIT, Writer
from tests.storage.stands import AT


def unit(key: str) -> Unit[str]:
    return Unit(key, AT, lambda work: key)


class Runner:
    """Runs groups when it is let to, and remembers them."""

    def __init__(self) -> None:
        self.groups: list[list[str]] = []
        self.free = asyncio.Event()
        self.free.set()
        self.become: Callable[[Unit[Any]], Outcome[Any]] = lambda unit: Outcome(unit.key)

    async def run(self, units: Sequence[Unit[Any]]) -> list[Outcome[Any]]:
        self.groups.append([unit.key for unit in units])
        await self.free.wait()
        return [self.become(unit) for unit in units]


async def test_who_waits_together_goes_together_up_to_the_limit() -> None:
    runner = Runner()
    writer = Writer(runner.run)
    keys = [str(n) for n in range(LIMIT + 3)]
    assert await asyncio.gather(*(writer.do(unit(key)) for key in keys)) == keys
    assert [len(group) for group in runner.groups] == [LIMIT, 3]


async def test_who_comes_while_a_group_is_away_goes_with_the_next() -> None:
    runner = Runner()
    writer = Writer(runner.run)
    runner.free.clear()
    tasks = [asyncio.create_task(writer.do(unit("first")))]
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    tasks += [asyncio.create_task(writer.do(unit(key))) for key in "ab"]
    await asyncio.sleep(0)
    runner.free.set()
    await asyncio.gather(*tasks)
    assert runner.groups == [["first"], ["a", "b"]]


async def test_a_key_is_in_a_group_once_and_order_is_kept() -> None:
    runner = Runner()
    writer = Writer(runner.run)
    await asyncio.gather(*(writer.do(unit(key)) for key in "abacb"))
    assert runner.groups == [["a", "b"], ["a", "c", "b"]]


async def test_who_gave_up_before_their_turn_is_left_out() -> None:
    runner = Runner()
    writer = Writer(runner.run)
    tasks = [asyncio.create_task(writer.do(unit(key))) for key in "abc"]
    await asyncio.sleep(0)
    tasks[1].cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    assert runner.groups == [["a", "c"]]


async def test_who_gave_up_afterwards_harms_nobody() -> None:
    runner = Runner()
    writer = Writer(runner.run)
    runner.free.clear()
    tasks = [asyncio.create_task(writer.do(unit(key))) for key in "ab"]
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    tasks[0].cancel()
    await asyncio.sleep(0)
    runner.free.set()
    assert await tasks[1] == "b"
    assert runner.groups == [["a", "b"]]


@pytest.mark.parametrize("error", [ValueError("x"), StopIteration(), StorageFailed("x")])
async def test_every_error_reaches_its_caller_and_nobody_else(error: Exception) -> None:
    runner = Runner()
    runner.become = lambda unit: Outcome(error=error) if unit.key == "bad" else Outcome(unit.key)
    writer = Writer(runner.run)
    good, bad, other = await asyncio.gather(*(writer.do(unit(k)) for k in ("a", "bad", "b")), return_exceptions=True)
    assert (good, other) == ("a", "b")
    assert type(bad) is (RuntimeError if isinstance(error, StopIteration) else type(error))


async def test_a_runner_that_breaks_answers_everybody_and_the_next_are_served() -> None:
    runner = Runner()

    def broken(unit: Unit[Any]) -> Outcome[Any]:
        raise LookupError

    runner.become = broken
    writer = Writer(runner.run)
    outcomes = await asyncio.gather(*(writer.do(unit(key)) for key in "ab"), return_exceptions=True)
    assert [type(outcome) for outcome in outcomes] == [StorageFailed, StorageFailed]
    runner.become = lambda unit: Outcome(unit.key)
    assert await writer.do(unit("c")) == "c"


async def test_too_few_outcomes_leave_nobody_waiting() -> None:
    async def forgetful(units: Sequence[Unit[Any]]) -> list[Outcome[Any]]:
        return [Outcome("only one")]

    writer = Writer(forgetful)
    outcomes = await asyncio.gather(*(writer.do(unit(key)) for key in "ab"), return_exceptions=True)
    assert outcomes[0] == "only one"
    assert isinstance(outcomes[1], StorageFailed)


async def test_closing_waits_for_all_and_takes_nobody_in() -> None:
    runner = Runner()
    writer = Writer(runner.run, limit=1)
    tasks = [asyncio.create_task(writer.do(unit(key))) for key in "abc"]
    await asyncio.sleep(0)
    await writer.close()
    assert [task.result() for task in tasks] == ["a", "b", "c"]
    with pytest.raises(StorageFailed):
        await writer.do(unit("d"))


async def test_a_writer_that_is_killed_answers_everybody() -> None:
    runner = Runner()
    runner.free.clear()
    writer = Writer(runner.run, limit=1)
    tasks = [asyncio.create_task(writer.do(unit(key))) for key in "abc"]
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    (serving,) = [task for task in asyncio.all_tasks() if task.get_name() == "writer"]
    serving.cancel()
    outcomes = await asyncio.gather(*tasks, return_exceptions=True)
    assert [type(outcome) for outcome in outcomes] == [StorageFailed] * 3

"""The virtual loop: weeks in no time, the same again from the same seed, and no waiting for ever."""

import asyncio
import random
from datetime import timedelta
from pathlib import Path

import aiosqlite
import pytest

from scheduler.virtual import StandsStill, run
from tests.virtual import START, inline_aiosqlite, virtual_clock, virtually

SECOND = timedelta(seconds=1)


async def chatter(dice: random.Random) -> list[tuple[int, float]]:
    """Ten talkers with chance pauses: who spoke when."""
    said: list[tuple[int, float]] = []
    clock = virtual_clock()

    async def talk(number: int) -> None:
        for _ in range(10):
            await clock.sleep_until(clock.now() + dice.choice([1, 2, 60, 86_400]) * SECOND)
            said.append((number, asyncio.get_running_loop().time()))

    await asyncio.gather(*map(talk, range(10)))
    return said


def test_a_seed_replays_identically_and_another_does_not() -> None:
    first, again, other = (run(chatter(random.Random(1)), random.Random(seed)) for seed in (5, 5, 6))
    assert first == again
    assert first != other


def test_without_a_shuffle_it_keeps_the_order_of_any_loop() -> None:
    first, again = (run(chatter(random.Random(1))) for _ in range(2))
    assert first == again
    assert [at for _, at in first] == sorted(at for _, at in first)


def test_waiting_for_nobody_is_an_error_and_not_a_test_that_hangs() -> None:
    with pytest.raises(StandsStill):
        run(asyncio.Event().wait())


@virtually
async def test_a_time_out_takes_its_time_and_none_of_ours() -> None:
    clock = virtual_clock()
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(3 * 86_400):
            await asyncio.Event().wait()
    assert clock.now() == START + timedelta(days=3)


@virtually
async def test_work_for_a_thread_is_done_on_the_loop() -> None:
    clock = virtual_clock()
    assert await asyncio.to_thread(sum, [1, 2, 3]) == 6
    with pytest.raises(ZeroDivisionError):
        await asyncio.to_thread(divmod, 1, 0)
    assert clock.now() == START


def test_sqlite_answers_at_the_instant_it_is_asked(tmp_path: Path) -> None:
    async def keep() -> tuple[timedelta, list[tuple[int]]]:
        clock = virtual_clock()
        ticking = asyncio.create_task(clock.sleep_until(START + 3_600 * SECOND))
        async with aiosqlite.connect(tmp_path / "file") as connection:
            await connection.execute("CREATE TABLE number (value INTEGER)")
            for value in range(100):
                await connection.execute("INSERT INTO number VALUES (?)", (value,))
            await connection.commit()
            rows = await connection.execute_fetchall("SELECT count(*) FROM number")
            with pytest.raises(aiosqlite.OperationalError):
                await connection.execute("SELECT nothing")
        took = clock.now() - START
        await ticking
        return took, [tuple(row) for row in rows]

    with inline_aiosqlite():
        assert run(keep()) == (timedelta(), [(100,)])

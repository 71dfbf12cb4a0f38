"""What runs on a thread beside the loop."""

import asyncio
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from storage.process import REST, beside


@pytest.fixture
def thread() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(1) as one:
        yield one


async def test_the_loop_goes_on_while_it_waits_for_a_thread(thread: ThreadPoolExecutor) -> None:
    said = threading.Event()
    asyncio.get_running_loop().call_later(5 * REST, said.set)
    assert await beside(thread, lambda: said.wait(60))


async def test_what_goes_wrong_on_the_thread_is_told(thread: ThreadPoolExecutor) -> None:
    with pytest.raises(ZeroDivisionError):
        await beside(thread, lambda: 1 // 0)


async def test_who_no_longer_waits_leaves_the_thread_to_its_work(thread: ThreadPoolExecutor) -> None:
    said, done = threading.Event(), threading.Event()

    def work() -> None:
        said.wait(60)
        done.set()

    waiting = asyncio.create_task(beside(thread, work))
    await asyncio.sleep(0)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    said.set()
    assert await asyncio.to_thread(done.wait, 60)

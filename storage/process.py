"""How this Python process shares its time: set once, when a storage is opened."""

import asyncio
import gc
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from time import thread_time
from typing import TypeVar

T = TypeVar("T")

SWITCH_INTERVAL = 0.0005
"""Seconds between two threads' turns. With Python's 5 ms a writer beside a busy loop finished 0 of 2,000 (measured):
each of its many short waits for the lock cost a whole turn."""

REST = 0.002
"""Seconds that the loop runs beside a thread it waits for, and then rests for it, in turns. A loop that never rests
takes the lock again before the other thread has woken, a thousand times a group: a group then took seconds (measured).
"""

YOUNG_OBJECTS = 10_000
"""Objects made before Python looks for circles among them. A group of 256 units makes thousands, and hardly a circle:
with Python's 700 a quarter of the writer's time went into looking (measured). With 50,000 nothing was faster, and what
was left lying meanwhile took 4 MB."""


def share_time() -> None:
    """For a process whose writer has a thread of its own."""
    sys.setswitchinterval(SWITCH_INTERVAL)
    gc.set_threshold(YOUNG_OBJECTS, 20, 20)


IDLE = 0.016
"""Seconds between two looks at whether a loop that was idle has become busy: each look takes some time itself."""


async def beside(thread: ThreadPoolExecutor, call: Callable[[], T]) -> T:
    """What `call` gives on that thread, which is sure of half the time however busy the loop is."""
    work = thread.submit(call)
    done, turn, used = asyncio.wrap_future(work), REST, thread_time()
    while not (await asyncio.wait([done], timeout=turn))[0]:
        is_busy = thread_time() - used > turn / 4
        if is_busy:
            wait([work], timeout=REST)
        turn, used = REST if is_busy else IDLE, thread_time()
    return await done

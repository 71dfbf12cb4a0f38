"""A process of its own that presses for last places: `python -m tests.events.last_place URL NAME`.

It says "ready"; then one event's identifier a line comes in, and what was answered goes out. The line `without the
lock` plants the fault that the lock on the event's row is there for.
"""

import asyncio
import sys
from datetime import timedelta

from bot.chat.ids import Id
from bot.events.actions import AnswerEvent
from bot.events.model import Answer
from storage.work import SqlWork
from tests.events.hall import NOW
from tests.events.office import offices

UNLOCKED = "without the lock"
PLACE, WAITS = "a place", "waits"


async def live(url: str, name: str) -> None:
    """Press yes to each event whose line comes."""
    async with offices(url, 1, name) as (office,):
        print("ready", flush=True)
        at = NOW
        while line := (await asyncio.to_thread(sys.stdin.readline)).strip():
            if line == UNLOCKED:
                SqlWork.locking = lambda self, statement: statement  # type: ignore[method-assign]
                continue
            at += timedelta(minutes=1)  # who presses faster is asked to wait
            said = await office.press(name, AnswerEvent(Id(int(line)), Answer.YES), at)
            print(PLACE if "You have a place" in said else WAITS if "waiting list" in said else said, flush=True)


if __name__ == "__main__":
    asyncio.run(live(*sys.argv[1:]))

"""Many who wait at once, and how long each waits."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

Act = Callable[[], Awaitable[object]]


@dataclass(frozen=True)
class Waits:
    """How many were answered a second, and how long half of them, and all but one in a hundred, waited at most."""

    rate: float
    p50_ms: float
    p99_ms: float


async def crowd(act: Act, clients: int, acts: int) -> Waits:
    """So many clients, who act again as soon as they are answered."""
    waits: list[float] = []

    async def client() -> None:
        for _ in range(acts):
            began = time.perf_counter()
            await act()
            waits.append(time.perf_counter() - began)

    began = time.perf_counter()
    await asyncio.gather(*(client() for _ in range(clients)))
    took = time.perf_counter() - began
    waits.sort()
    return Waits(len(waits) / took, 1000 * waits[len(waits) // 2], 1000 * waits[len(waits) * 99 // 100])


async def beside_a_busy_loop(act: Act, clients: int, seconds: float) -> float:
    """Acts a second while the loop never rests: another task takes every moment it gets."""
    busy = asyncio.create_task(_burn())
    began = time.perf_counter()
    done = 0

    async def client() -> None:
        nonlocal done
        while time.perf_counter() < began + seconds:
            await act()
            done += 1

    await asyncio.gather(*(client() for _ in range(clients)))
    busy.cancel()
    return done / (time.perf_counter() - began)


async def _burn() -> None:
    while True:
        sum(range(2_000))
        await asyncio.sleep(0)

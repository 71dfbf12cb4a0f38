"""What the other side of a bench says to a program, line by line. It imports nothing: what a program takes in memory is
measured."""

import asyncio
import sys
from collections.abc import Awaitable, Callable

Do = Callable[[list[str]], Awaitable[None]]


async def told(do: Do | None = None) -> None:
    """Say that all is ready, and do what is said, until nothing more is."""
    print("ready", flush=True)
    lines = asyncio.StreamReader()
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(lines), sys.stdin)
    while said := (await lines.readline()).decode().split():
        if do is not None:
            await do(said)
        print("done", flush=True)

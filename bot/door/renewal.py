"""A reload: the program starts anew in the process it has, and what lies in memory goes with it.

It passes in a file without a name that lies in memory, too (memfd_create(2), which Linux has). Whoever keeps the bot
alive sees one process that goes on; only its program is read anew, so this is how a newer version is put in place.
"""

import asyncio
import os
import signal
import sys
from collections.abc import Callable
from typing import NoReturn

from bot.core.errors import OperatorError
from bot.door import terminal
from bot.door.handover import Memory
from bot.pulse.box import Spoiled

CAN = hasattr(os, "memfd_create")
_SIGNAL = signal.SIGUSR1
"""Not a hang-up: a terminal that is closed sends that, and means the end."""
_LEFT = "HANDOVER_MEMFD"
_NOT_AGAIN = frozenset({"--fresh", "--take-over"})


def asked_to(stop: asyncio.Event, look: Callable[[], object]) -> asyncio.Event:
    """Set, and `stop` with it, once somebody asks for a reload. Where `look` raises OperatorError a start would fail:
    it is said, and all goes on as before."""
    asked = asyncio.Event()

    def hear() -> None:
        try:
            look()
        except OperatorError as error:
            terminal.say(f"Not reloaded; it runs on as before. {error}")
            return
        asked.set()
        stop.set()

    if CAN:
        asyncio.get_running_loop().add_signal_handler(_SIGNAL, hear)
    return asked


def renew(memory: Memory) -> NoReturn:
    """Start anew, with the same words but for those that are meant once. To be called when nothing runs any more."""
    signal.signal(_SIGNAL, signal.SIG_IGN)  # until it is listened to again: by itself it would be the end
    left = os.memfd_create("memory", 0)
    with open(left, "wb", closefd=False) as file:
        file.write(memory.pack())
    os.environ[_LEFT] = str(left)
    words = (word for word in sys.orig_argv[1:] if word not in _NOT_AGAIN)
    os.execv(sys.executable, [sys.executable, *words])  # noqa: S606 - the program that this is


def inherited() -> Memory:
    """What this process had in memory before it began anew; nothing where it did not."""
    left = os.environ.pop(_LEFT, "")
    if not left:
        return Memory()
    with open(int(left), "rb") as file:
        file.seek(0)
        try:
            return Memory.unpack(file.read())
        except Spoiled:
            return Memory()

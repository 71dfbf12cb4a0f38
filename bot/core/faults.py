"""A fault of ours, put down for the operator: where it arose, and never what it says."""

import logging
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

from bot.chat.inbound import Inbound

HearsOfFaults: TypeAlias = Callable[[Inbound, Exception], None]
"""Hears what failed, and of what it was the answer: for a rehearsal, in which nothing of ours may."""

log = logging.getLogger("headsup.bot")


def nobody_hears(inbound: Inbound, error: Exception) -> None:
    """In life, what is put down is enough."""


def put_down(error: BaseException) -> str:
    """A short code for an error, the same for the same place. What it says is not logged, only where it arose."""
    place = _place(error)
    sum_ = zlib.crc32(f"{type(error).__name__} {place}".encode())
    code = f"{chr(ord('E') + sum_ % 22)}{sum_ // 22 % 10}"
    log.error("a handler failed: code %s, %s at %s", code, type(error).__name__, place)
    return code


def _place(error: BaseException) -> str:
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}" if trace else "nowhere"

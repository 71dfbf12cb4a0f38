"""Random bytes of the operating system, some ahead: a call of the system for each costs more than what uses them."""

import os
from collections import deque

AHEAD = 256
"""Draws fetched at a time. A call of its own for each made a letter's row twice as slow to make (measured)."""


class Draws:
    """`size` bytes from the system at a draw, none given twice: not to two threads, and not to a forked process."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._ahead = deque[bytes]()
        os.register_at_fork(after_in_child=self._ahead.clear)

    def next(self) -> bytes:
        """Random bytes that nobody was given before."""
        while True:
            try:
                return self._ahead.popleft()  # one of two threads gets it, never both
            except IndexError:
                self._fetch()

    def _fetch(self) -> None:
        fresh = os.urandom(self._size * AHEAD)
        self._ahead.extend(fresh[start : start + self._size] for start in range(0, len(fresh), self._size))

"""How this Python process shares its time: set once, when a storage is opened."""

import gc
import sys

SWITCH_INTERVAL = 0.0005
"""Seconds between two threads' turns. With Python's 5 ms a writer beside a busy loop finished 0 of 2,000 (measured):
each of its many short waits for the lock cost a whole turn."""

YOUNG_OBJECTS = 50_000
"""Objects made before Python looks for circles among them. A group of 256 units makes thousands, and hardly a circle:
with Python's 700 a quarter of the writer's time went into looking (measured)."""


def share_time() -> None:
    """For a process whose writer has a thread of its own."""
    sys.setswitchinterval(SWITCH_INTERVAL)
    gc.set_threshold(YOUNG_OBJECTS, 20, 20)

"""How many calls were answered with a refusal lately: after ten thousand in ten minutes Discord bans the address."""

from collections import deque
from datetime import datetime, timedelta

WINDOW = timedelta(minutes=10)
MOST = 8_000
"""Fewer than Discord's own number, since others may call from the same address."""
COUNTED = frozenset({401, 403, 429})


class Mistakes:
    """Counts them. Pure: time is passed in."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._at: deque[datetime] = deque()

    def note(self, status: int, at: datetime) -> None:
        """A call was answered with that status."""
        if status in COUNTED:
            self._at.append(at)

    def wait(self, at: datetime) -> timedelta | None:
        """How long no call is to be made; None: calls may go on."""
        while self._at and at - self._at[0] >= WINDOW:
            self._at.popleft()
        return WINDOW - (at - self._at[0]) if len(self._at) >= self._most else None

"""How many first direct conversations may be opened. Discord quarantines a bot that opens many, and calls it spam."""

from collections import deque
from datetime import datetime, timedelta

import msgspec

HOUR = timedelta(hours=1)
SHUT = timedelta(hours=6)
"""How long none is opened after Discord has said that they were too many (40003)."""


class Opened(msgspec.Struct, frozen=True):
    """What is kept beyond a restart: when some were opened, and until when none is. Never whose they were."""

    at: tuple[datetime, ...] = ()
    shut_until: datetime | None = None


class Opening:
    """So many an hour, and none for hours after a warning. Pure: time is passed in."""

    def __init__(self, an_hour: int, before: Opened | None = None) -> None:
        before = before or Opened()
        self._an_hour = an_hour
        self._opened = deque(before.at)
        self._shut_until = before.shut_until

    def wait(self, at: datetime) -> timedelta | None:
        """How long until one may be opened; None: now."""
        if self._shut_until is not None and at < self._shut_until:
            return self._shut_until - at
        while self._opened and at - self._opened[0] >= HOUR:
            self._opened.popleft()
        return None if len(self._opened) < self._an_hour else HOUR - (at - self._opened[0])

    def opened(self, at: datetime) -> None:
        """One was tried: it counts, whatever came of it."""
        self._opened.append(at)

    def trip(self, at: datetime) -> None:
        """Discord has warned us."""
        self._shut_until = at + SHUT

    def so_far(self) -> Opened:
        """All that has to be known to go on."""
        return Opened(tuple(self._opened), self._shut_until)


def note_of(opened: Opened) -> bytes:
    """As it is kept."""
    return msgspec.msgpack.encode(opened)


def read_note(note: bytes | None) -> Opened:
    """What was kept; nothing, where nothing was or another version wrote it."""
    try:
        return msgspec.msgpack.decode(note, type=Opened) if note else Opened()
    except msgspec.DecodeError:
        return Opened()

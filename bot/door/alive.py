"""A sign of life for who looks from outside, such as a container's HEALTHCHECK: a file whose time is the last beat's.

A loop that hangs beats no more; a beat that never ends, or fails, leaves the file as old as it was.
"""

import os
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from scheduler.heartbeat import Beat, Heart

NAMED = "HEARTBEAT_FILE"


def shown(heart: Heart, environment: Mapping[str, str] = os.environ) -> Heart:
    """The same heart; its beats are to be seen where the environment names a file for them."""
    file = environment.get(NAMED, "")
    return _Shown(heart, Path(file)) if file else heart


class _Shown:
    """A heart that touches a file after each beat."""

    def __init__(self, heart: Heart, file: Path) -> None:
        self._heart, self._file = heart, file

    def start(self, beat: Beat) -> None:
        async def seen() -> None:
            await beat()
            with suppress(OSError):  # then it looks dead, which is looked into; it lives on meanwhile
                self._file.touch()

        self._heart.start(seen)

    def beat_at(self, instant: datetime) -> None:
        self._heart.beat_at(instant)

    async def stop(self) -> None:
        await self._heart.stop()

"""The demo's own time: it runs as fast as life, stands still while weeks are lived in seconds, and is kept."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Protocol

from bot.core.clock import Clock
from bot.core.work import Storage, Unit, Work
from storage.settings import keep_setting, setting
from storage.work import SqlWork

POSITION = "demo.now"
"""The name under which the demo's time is kept."""
_EVERY = timedelta(minutes=1)


class Stopwatch:
    """Seconds as `source` counts them, without those for which it was held. For SteppableClock, as its monotonic."""

    def __init__(self, source: Callable[[], float]) -> None:
        self._source, self._lost, self._held_at = source, 0.0, 0.0
        self._holds = 0

    def __call__(self) -> float:
        return (self._held_at if self._holds else self._source()) - self._lost

    @contextmanager
    def held(self) -> Iterator[None]:
        """No time passes by itself inside; what happens there happens at instants that do not depend on the machine."""
        self._held_at = self._held_at if self._holds else self._source()
        self._holds += 1
        try:
            yield
        finally:
            self._holds -= 1
            if not self._holds:
                self._lost += self._source() - self._held_at


class Remembered(Protocol):
    """A few facts that outlive a restart."""

    async def get(self, name: str) -> str | None: ...

    async def put(self, name: str, value: str) -> None: ...


class InDatabase:
    """Remembered among the network's own settings. `clock` only dates the units of work."""

    def __init__(self, storage: Storage, clock: Clock) -> None:
        self._storage, self._clock = storage, clock

    async def get(self, name: str) -> str | None:
        return await self._storage.read(self._clock.now(), lambda work: setting(_sql(work), name))

    async def put(self, name: str, value: str) -> None:
        unit = Unit(f"setting:{name}", self._clock.now(), lambda work: keep_setting(_sql(work), name, value))
        await self._storage.write(unit)


async def kept_time(remembered: Remembered) -> datetime | None:
    """Where the demo's time stood; None before it was born."""
    kept = await remembered.get(POSITION)
    return datetime.fromisoformat(kept) if kept else None


async def keep_time(remembered: Remembered, clock: Clock) -> None:
    """Remember where it stands."""
    await remembered.put(POSITION, clock.now().isoformat())


async def keep_time_always(remembered: Remembered, clock: Clock) -> None:
    """Remember it every minute of the demo, until cancelled."""
    while True:
        await clock.sleep_until(clock.now() + _EVERY)
        await keep_time(remembered, clock)


def _sql(work: Work) -> SqlWork:
    if not isinstance(work, SqlWork):
        raise TypeError("settings are kept in the database alone")
    return work

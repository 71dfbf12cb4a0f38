"""What is kept of hours that struck and of timers, as plain collections; `tests.twins` has all the rest."""

from datetime import date, datetime

from bot.chat.ids import Id
from bot.core.calendar import Planned
from bot.core.timers import Timer


class MemoryOccurrences:
    def __init__(self, recorded: set[tuple[str, date]]) -> None:
        self._recorded = recorded

    def record(self, planned: Planned, at: datetime) -> bool:
        key = (planned.occurrence.rule, planned.occurrence.day)
        new = key not in self._recorded
        self._recorded.add(key)
        return new


class MemoryTimers:
    def __init__(self, timers: dict[tuple[str, Id], datetime]) -> None:
        self._timers = timers

    def set(self, name: str, about: Id, at: datetime) -> None:
        self._timers[name, about] = at

    def stop(self, name: str, about: Id) -> None:
        self._timers.pop((name, about), None)

    def at(self, name: str, about: Id) -> datetime | None:
        return self._timers.get((name, about))

    def rang(self, timer: Timer) -> bool:
        rings = self.at(timer.name, timer.about) == timer.at
        if rings:
            self.stop(timer.name, timer.about)
        return rings

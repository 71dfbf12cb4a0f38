"""Timers: what rings once. `about` names an event or an announcement, never a member, so that no row says anything of
anybody, and export and erase have nothing to do with them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import BigInteger, Column, String, Table, bindparam, delete, select

from bot.chat.ids import Id
from bot.core.timers import Timer
from bot.core.work import Storage, Work
from storage.buffer import the
from storage.columns import Instant, metadata
from storage.work import SqlWork, sql

timers = Table(
    "timers",
    metadata,
    Column("name", String(80), primary_key=True),
    Column("about", BigInteger, primary_key=True, autoincrement=False),
    Column("at", Instant, nullable=False, index=True),
)

_this = select(timers.c.at).where(timers.c.name == bindparam("name"), timers.c.about == bindparam("about"))
_take_away = delete(timers).where(timers.c.name == the(timers.c.name), timers.c.about == the(timers.c.about))
_first = select(timers).order_by(timers.c.at, timers.c.name, timers.c.about).limit(bindparam("most"))

FRESH = timedelta(seconds=5)
"""For how long what is remembered holds where another process may set timers, too (an import beside the bot)."""
_AHEAD = 50
"""So many are read and remembered at once."""


class SqlTimers:
    """Fills `bot.core.timers.Timers`."""

    def __init__(self, work: SqlWork) -> None:
        self._work = work

    def set(self, name: str, about: Id, at: datetime) -> None:
        self._work.keep(timers, {"name": name, "about": about, "at": at})
        self._work.touch_timers()

    def stop(self, name: str, about: Id) -> None:
        self._work.put(_take_away, {"the_name": name, "the_about": about})
        self._work.touch_timers()

    def at(self, name: str, about: Id) -> datetime | None:
        found = self._work.rows(_this, {"name": name, "about": about})
        return found[0].at if found else None

    def rang(self, timer: Timer) -> bool:
        found = self._work.rows(self._work.locking(_this), {"name": timer.name, "about": timer.about})
        if not found or found[0].at != timer.at:
            return False
        self.stop(timer.name, timer.about)
        return True


@dataclass(frozen=True)
class _Known:
    """The first timers at one moment; where there are fewer than were asked for, these are all."""

    timers: Sequence[Timer]
    asked: int
    at: datetime

    def answers(self, most: int) -> bool:
        return most <= len(self.timers) or len(self.timers) < self.asked


class SqlTimerBook:
    """Fills `bot.core.timers.TimerBook`. `alone`: no other process writes here, and what is remembered holds until this
    one changes it. `heard` is called whenever it may have."""

    def __init__(self, storage: Storage, alone: bool) -> None:
        self._storage, self._alone = storage, alone
        self._known: _Known | None = None
        self._changes = 0
        self.heard: Callable[[], None] = _nobody

    def change(self) -> None:
        """What is kept may have changed, and is committed."""
        self._known = None
        self._changes += 1
        self.heard()

    async def first(self, at: datetime, most: int) -> Sequence[Timer]:
        known = self._known
        if known is None or not known.answers(most) or not (self._alone or abs(at - known.at) < FRESH):
            known = await self._read(at, max(most, _AHEAD))
        return known.timers[:most]

    async def _read(self, at: datetime, most: int) -> _Known:
        changes = self._changes
        known = _Known(await self._storage.read(at, lambda work: _rows(work, most)), most, at)
        if changes == self._changes:  # else it may be of before the change
            self._known = known
        return known


def _rows(work: Work, most: int) -> list[Timer]:
    return [Timer(row.name, Id(row.about), row.at) for row in sql(work).rows(_first, {"most": most})]


def _nobody() -> None:
    pass

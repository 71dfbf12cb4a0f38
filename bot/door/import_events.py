"""`headsup events import`: a calendar file into the events room, one UID a transaction, beside a running bot."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from bot.calendars.bringing import Became, Bringing, Brought, gone
from bot.calendars.importing import Calendar, Group
from bot.core.work import Storage, Unit, Work
from bot.events.when import say_when
from bot.members.sheet import Wrong

SPACE = timedelta(minutes=15)
"""Between the posts of new events that are to stand in the channel already: a whole calendar is no flood of them."""


@dataclass
class Report:
    """What an import did with the entries of a calendar. `left`: not meant for here, which is no mistake; `notes` of
    what was taken; `gone`: what is planned, and stands in the file no more."""

    read: int = 0
    added: int = 0
    changed: int = 0
    same: int = 0
    wrong: list[Wrong] = field(default_factory=list)
    left: list[Wrong] = field(default_factory=list)
    notes: list[Wrong] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)

    def count(self, brought: Sequence[Brought]) -> None:
        """Add what became of some entries."""
        for one in brought:
            match one.became:
                case Became.ADDED:
                    self.added += 1
                case Became.CHANGED:
                    self.changed += 1
                case Became.SAME:
                    self.same += 1
                case Became.LEFT:
                    self.left.append(Wrong(one.line, one.why))
                case Became.WRONG:
                    self.wrong.append(Wrong(one.line, one.why))

    def as_json(self) -> dict[str, Any]:
        """`{read, added, changed, same, wrong, left, notes: [{line, why}], gone: [title and time]}`."""
        counts = {name: getattr(self, name) for name in ("read", "added", "changed", "same")}
        lines = {name: _lines(getattr(self, name)) for name in ("wrong", "left", "notes")}
        return {**counts, **lines, "gone": self.gone}


async def import_calendar(
    storage: Storage, calendar: Calendar, bringing: Bringing, at: datetime, progress: Callable[[int], None]
) -> Report:
    """Bring it in; `at` is now. Raises StorageFailed when the database fails; what was brought before stays."""
    report = Report(calendar.read, wrong=[*calendar.wrong], left=[*calendar.left], notes=[*calendar.notes])
    for number, group in enumerate(calendar.groups):
        unit = Unit(f"import:event:{number}:{at.isoformat()}", at, partial(_bring, bringing, group, at, report.added))
        report.count(await storage.write(unit))
        progress(1)
    missing = await storage.read(at, lambda work: gone(work, bringing, calendar))
    report.gone = [f"{one.title}, {say_when(one.starts_at, one.zone)}" for one in missing]
    return report


def _bring(bringing: Bringing, group: Group, at: datetime, added: int, work: Work) -> Sequence[Brought]:
    return bringing.bring(work, group, at + added * SPACE)


def _lines(some: Sequence[Wrong]) -> list[dict[str, Any]]:
    return [{"line": one.line, "why": one.why} for one in sorted(some, key=lambda one: one.line)]

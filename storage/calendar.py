"""What is remembered of rules and of their occurrences."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from sqlalchemy import Column, Date, String, Table, Text, and_, bindparam, delete, select, update

from bot.core.calendar import Marker, Planned, Rule
from bot.core.work import Storage, Unit, Work
from storage.buffer import the
from storage.columns import Instant, metadata
from storage.work import SqlWork, sql

rules = Table(
    "rules",
    metadata,
    Column("name", String(80), primary_key=True),
    Column("schedule", Text, nullable=False),
    Column("since", Instant, nullable=False),
)
occurrences = Table(
    "occurrences",
    metadata,
    Column("rule", String(80), primary_key=True),
    Column("day", Date, primary_key=True),
    Column("due_at", Instant, nullable=False),
    Column("at", Instant, nullable=False),
    Column("verdict", String(12), nullable=False),
    Column("reason", Text, nullable=False),
)

_all_rules = select(rules)
_days = select(occurrences.c.rule, occurrences.c.day).where(
    and_(occurrences.c.rule == rules.c.name, occurrences.c.due_at > rules.c.since)
)
_this = (occurrences.c.rule == bindparam("rule"), occurrences.c.day == bindparam("day"))
_recorded = select(occurrences.c.rule).where(*_this)
_forget_rule = delete(rules).where(rules.c.name == the(rules.c.name))
_move = (
    update(rules)
    .where(rules.c.name == the(rules.c.name), rules.c.since < bindparam("to", type_=Instant))
    .values(since=bindparam("to", type_=Instant))
)


class SqlCalendar:
    """Fills `bot.core.calendar.Calendar`: each call is one unit of work."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage

    async def markers(self, rules: Sequence[Rule], at: datetime) -> Mapping[str, Marker]:
        def run(work: Work) -> Mapping[str, Marker]:
            _know(sql(work), rules, at)
            return _markers(sql(work))

        return await self._storage.write(Unit("calendar:markers", at, run))

    async def record(self, planned: Sequence[Planned], at: datetime) -> None:
        def run(work: Work) -> None:
            for one in planned:
                _record(sql(work), one, at)

        await self._storage.write(Unit("calendar:record", at, run))

    async def settle(self, rules: Sequence[str], at: datetime) -> None:
        def run(work: Work) -> None:
            for name in rules:
                sql(work).put(_move, {"the_name": name, "to": at})

        await self._storage.write(Unit("calendar:settle", at, run))


class SqlOccurrences:
    """Fills `bot.core.calendar.Occurrences`, within a unit of work."""

    def __init__(self, work: SqlWork) -> None:
        self._work = work

    def record(self, planned: Planned, at: datetime) -> bool:
        one = planned.occurrence
        if self._work.rows(_recorded, {"rule": one.rule, "day": one.day}):
            return False
        _record(self._work, planned, at)
        return True


def _know(work: SqlWork, named: Sequence[Rule], at: datetime) -> None:
    """Rules that are new, or have another schedule, begin now; those nobody names any more are forgotten."""
    known = {row.name: row.schedule for row in work.rows(_all_rules)}
    for rule in named:
        if known.pop(rule.name, None) != rule.schedule.key:
            work.keep(rules, {"name": rule.name, "schedule": rule.schedule.key, "since": at})
    for name in known:
        work.put(_forget_rule, {"the_name": name})


def _markers(work: SqlWork) -> dict[str, Marker]:
    days: dict[str, set[date]] = {}
    for row in work.rows(_days):
        days.setdefault(row.rule, set()).add(row.day)
    return {row.name: Marker(row.since, frozenset(days.get(row.name, ()))) for row in work.rows(_all_rules)}


def _record(work: SqlWork, planned: Planned, at: datetime) -> None:
    one, verdict = planned.occurrence, planned.verdict.value
    row = {"rule": one.rule, "day": one.day, "due_at": one.due_at, "at": at, "verdict": verdict}
    work.add(occurrences, {**row, "reason": planned.reason})

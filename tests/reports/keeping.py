"""What reports count, from dictionaries."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from bot.chat.ids import Id
from bot.checkins.model import Outcome
from bot.members.model import Member, Stage
from bot.pairing.model import Group
from bot.reports.model import Month, Way
from bot.reports.store import Letters
from tests.pairing.keeping import Tables


@dataclass
class Counted:
    """The months kept, and what a test says of letters, platforms and the disk."""

    months: dict[date, Month] = field(default_factory=dict)
    stuck: int = 0
    lost: int = 0
    disk: int | None = 61
    reached: dict[Way, int] = field(default_factory=dict)


class MemoryReports:
    def __init__(self, counted: Counted, tables: Tables, members: Collection[Member]) -> None:
        self._counted, self._tables, self._members = counted, tables, members

    def introductions(self, first: date, after: date) -> int:
        return len(self._made(first, after))

    def month(self, first: date, after: date, ends: datetime) -> Month:
        made = self._made(first, after)
        talked = [one for one in made if self._talked(one.id)]
        there = [one for one in self._members if one.stage is Stage.MEMBER and one.left_at is None]
        here = {one.id for one in there if one.joined_at and one.joined_at < ends}
        active = {member for one in talked for member in one.members} & here
        return Month(first, len(here), len(active), len(made), len(talked))

    def keep(self, month: Month) -> None:
        self._counted.months.setdefault(month.first, month)

    def months(self, most: int) -> Sequence[Month]:
        return sorted(self._counted.months.values(), key=lambda one: one.first, reverse=True)[:most]

    def letters(self, since: datetime) -> Letters:
        return Letters(self._counted.stuck, self._counted.lost)

    def reached(self) -> Mapping[Way, int]:
        return self._counted.reached

    def disk(self) -> int | None:
        return self._counted.disk

    def _made(self, first: date, after: date) -> list[Group]:
        groups = [one for one in self._tables.groups.values() if first <= one.day < after]
        return [one for one in groups if one.ended_at is None or len(one.members) < 3]

    def _talked(self, group: Id) -> bool:
        return any(one.group == group and one.outcome is Outcome.TALKED for one in self._tables.answers.values())

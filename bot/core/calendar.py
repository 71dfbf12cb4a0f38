"""What should have happened by now, and what becomes of what was missed: the rules that storage and scheduler share.

An occurrence is known by its rule and its local date, and is recorded once. So a clock set back repeats nothing, and
after an outage everything that fell due is found again: it runs late, is merged into one, or is recorded as skipped.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Protocol
from zoneinfo import ZoneInfo

from bot.core.walltime import Due, Schedule, next_after, occurrences
from bot.core.work import Store


class Late(StrEnum):
    """What becomes of an occurrence that nobody was awake for."""

    RUN_LATE = "run late"
    """Each one runs, in order, however late; but no later than `within`, where that is given."""
    MERGE = "merge"
    """Only the latest runs (no later than `within`, where given); those before it are recorded as merged."""
    SKIP = "skip"
    """Only worth doing in its time: later than `within` it is recorded as skipped."""


class Verdict(StrEnum):
    """What was decided about an occurrence."""

    RUN = "run"
    SKIPPED = "skipped"
    MERGED = "merged"


@dataclass(frozen=True)
class Rule:
    """A wall-clock rule under a name that is unique and kept. Raises ValueError where SKIP does not say `within`."""

    name: str
    schedule: Schedule
    late: Late = Late.RUN_LATE
    within: timedelta | None = None

    def __post_init__(self) -> None:
        if self.late is Late.SKIP and self.within is None:
            raise ValueError(f"the rule {self.name} skips what is late: say how late, as within=")


@dataclass(frozen=True)
class Occurrence:
    """One time a rule comes round. Its key is `rule` and `day` (a local date); `due_at` is UTC."""

    rule: str
    day: date
    due_at: datetime


@dataclass(frozen=True)
class Planned:
    """An occurrence that is due, and what becomes of it. `reason` is plain text for organisers, empty where it runs."""

    occurrence: Occurrence
    verdict: Verdict
    reason: str = ""


@dataclass(frozen=True)
class Marker:
    """How far a rule is dealt with: nothing due up to `since` is looked at again, nor any date already recorded."""

    since: datetime
    days: frozenset[date] = frozenset()


class Calendar(Protocol):
    """What is remembered of rules, for the scheduler. Instants are UTC."""

    async def markers(self, rules: Sequence[Rule], at: datetime) -> Mapping[str, Marker]:
        """One marker a rule, by name, `days` being all dates recorded with a due instant later than `since`.

        A rule not known yet, or known under another schedule key, is known since `at`: it does not run for the past.
        A rule that is no longer named is forgotten; its recorded dates are not."""
        ...

    async def record(self, planned: Sequence[Planned], at: datetime) -> None:
        """Keeps verdict and reason; a rule and date already recorded stay as they are."""
        ...

    async def settle(self, rules: Sequence[str], at: datetime) -> None:
        """All these rules had due up to `at` is recorded: their `since` moves up to `at`, never back."""
        ...


class Occurrences(Protocol):
    """The same records inside a unit of work, so that what an occurrence does and that it was done are one commit."""

    def record(self, planned: Planned, at: datetime) -> bool:
        """False, and nothing changes, where this rule and date are recorded already."""
        ...


OCCURRENCES = Store[Occurrences]("occurrences")


def plan(rules: Iterable[Rule], zone: str | ZoneInfo, markers: Mapping[str, Marker], now: datetime) -> list[Planned]:
    """A verdict for everything that is due at `now` and not recorded, earliest first. A rule without a marker waits."""
    found = [planned for rule in rules if rule.name in markers for planned in _missed(rule, zone, markers, now)]
    return sorted(found, key=lambda planned: (planned.occurrence.due_at, planned.occurrence.rule))


def next_due(rules: Iterable[Rule], zone: str | ZoneInfo, at: datetime) -> datetime | None:
    """When the next occurrence of any rule comes due after `at`; None without rules."""
    return min((next_after(rule.schedule, zone, at).at for rule in rules), default=None)


def _missed(rule: Rule, zone: str | ZoneInfo, markers: Mapping[str, Marker], now: datetime) -> list[Planned]:
    marker = markers[rule.name]
    dues = [due for due in occurrences(rule.schedule, zone, marker.since, now) if due.day not in marker.days]
    latest = max([due.day for due in dues] + list(marker.days), default=None)
    return [_judge(rule, due, latest, now) for due in dues]


def _judge(rule: Rule, due: Due, latest: date | None, now: datetime) -> Planned:
    occurrence = Occurrence(rule.name, due.day, due.at)
    if rule.late is Late.MERGE and latest is not None and due.day < latest:
        return Planned(occurrence, Verdict.MERGED, f"one run for several: see {latest.isoformat()}")
    if rule.within is not None and now - due.at > rule.within:
        return Planned(
            occurrence, Verdict.SKIPPED, f"found {now - due.at} late, and worth doing only within {rule.within}"
        )
    return Planned(occurrence, Verdict.RUN)

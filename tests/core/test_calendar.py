"""Occurrences: each rule and local date once, whatever the clock does, and nothing dropped in silence."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.calendar import Late, Marker, Occurrence, Planned, Rule, Verdict, next_due, plan
from bot.core.walltime import Daily, Weekly, occurrences
from tests.core.zone_changes import changes_of

LONDON = "Europe/London"
START = datetime(2026, 11, 11, 16, tzinfo=UTC)
DAY = timedelta(days=1)

ROUND = Rule("introductions", Weekly(0, time(8)))
TIDY = Rule("tidy", Daily(time(3)), Late.MERGE)
NUDGE = Rule("nudge", Daily(time(16, 15)), Late.SKIP, within=timedelta(hours=1))
RULES = [ROUND, TIDY, NUDGE]

Plan = Callable[[Iterable[Rule], str, Mapping[str, Marker], datetime], list[Planned]]


@dataclass
class Book:
    """A calendar in memory, as storage keeps it: when each rule was first known, and one record a rule and date."""

    rules: list[Rule]
    since: datetime = START
    told: dict[tuple[str, date], Planned] = field(default_factory=dict)
    tell: Plan = plan
    runs: list[Occurrence] = field(default_factory=list)

    def tick(self, now: datetime) -> list[Planned]:
        planned = self.tell(self.rules, LONDON, self.markers(), now)
        for one in planned:
            self.told.setdefault((one.occurrence.rule, one.occurrence.day), one)
        self.runs += [one.occurrence for one in planned if one.verdict is Verdict.RUN]
        return planned

    def markers(self) -> dict[str, Marker]:
        days = {rule.name: frozenset(day for name, day in self.told if name == rule.name) for rule in self.rules}
        return {name: Marker(self.since, known) for name, known in days.items()}

    def repeated(self) -> bool:
        keys = [(run.rule, run.day) for run in self.runs]
        return len(keys) != len(set(keys))


def forgetful(rules: Iterable[Rule], zone: str, markers: Mapping[str, Marker], now: datetime) -> list[Planned]:
    """Planted: looks a day back for whatever might be due, and not at the record."""
    return plan(rules, zone, {name: Marker(now - DAY) for name in markers}, now)


wanderings = st.lists(st.integers(-26 * 60, 9 * 24 * 60), min_size=1, max_size=25)


def walk(book: Book, minutes: list[int]) -> datetime:
    """Ticks at each stop of a clock that jumps forward and is set back; returns the latest it ever showed."""
    now = latest = START
    for jump in minutes:
        now = max(START, now + timedelta(minutes=jump))
        latest = max(latest, now)
        book.tick(now)
    return latest


@given(wanderings)
def test_whatever_the_clock_does_each_date_is_told_once_and_none_is_lost(minutes: list[int]) -> None:
    book = Book(RULES)
    latest = walk(book, minutes)
    due = {(rule.name, one.day) for rule in RULES for one in occurrences(rule.schedule, LONDON, START, latest)}
    assert set(book.told) == due
    assert not book.repeated()


def test_the_check_catches_a_plan_that_looks_at_the_clock_and_not_at_the_record() -> None:
    book = Book(RULES, tell=forgetful)
    walk(book, [24 * 60, -60, 60])
    assert book.repeated()


@pytest.mark.parametrize("back", [timedelta(minutes=1), timedelta(hours=1), DAY])
def test_a_clock_set_back_repeats_nothing(back: timedelta) -> None:
    book = Book([NUDGE])
    after = datetime(2026, 11, 13, 16, 15, tzinfo=UTC)
    assert len(book.tick(after)) == 3
    assert book.tick(after - back) == book.tick(after) == book.tick(after + timedelta(hours=1)) == []


def test_a_rule_ticked_every_quarter_through_every_change_of_british_clocks_runs_once_a_day() -> None:
    for change in changes_of(LONDON):
        book = Book([Rule("night", Daily(time(1, 30)))], since=change.at - 2 * DAY)
        for quarter in range(4 * 96):
            book.tick(change.at - 2 * DAY + timedelta(minutes=15) * quarter)
        assert {run.day for run in book.runs} >= set(change.days)
        assert not book.repeated()


def verdicts(rule: Rule, days_down: int) -> list[Verdict]:
    return [one.verdict for one in Book([rule]).tick(START + days_down * DAY + timedelta(minutes=20))]


def test_after_an_outage_each_kind_is_dealt_with_by_its_policy() -> None:
    run, skipped, merged = Verdict.RUN, Verdict.SKIPPED, Verdict.MERGED
    assert verdicts(Rule("each", Daily(time(16, 15))), 3) == [run] * 4
    assert verdicts(TIDY, 4) == [merged] * 3 + [run]
    assert verdicts(NUDGE, 3) == [skipped] * 3 + [run]
    assert verdicts(Rule("soon", Daily(time(3)), Late.MERGE, within=timedelta(hours=1)), 2) == [merged, skipped]


def test_whatever_does_not_run_says_why() -> None:
    planned = [one for rule in RULES for one in Book([rule]).tick(START + 9 * DAY)]
    assert {one.verdict for one in planned} == set(Verdict)
    assert all(bool(one.reason) == (one.verdict is not Verdict.RUN) for one in planned)


def test_an_earlier_one_that_failed_does_not_run_after_the_later_it_was_merged_into() -> None:
    marker = Marker(START, frozenset({date(2026, 11, 14)}))
    planned = plan([TIDY], LONDON, {"tidy": marker}, START + 3 * DAY)
    assert [one.verdict for one in planned] == [Verdict.MERGED, Verdict.MERGED]


def test_a_new_rule_does_not_run_for_the_past_and_one_without_a_marker_waits() -> None:
    now = START + 30 * DAY
    assert plan([ROUND], LONDON, {"introductions": Marker(now)}, now) == []
    assert plan([ROUND], LONDON, {}, now) == []


def test_what_is_due_comes_in_order_of_time() -> None:
    planned = Book(RULES).tick(START + 20 * DAY)
    dues = [one.occurrence.due_at for one in planned]
    assert dues == sorted(dues)
    assert {one.occurrence.rule for one in planned} == {"introductions", "tidy", "nudge"}


def test_the_next_due_is_the_earliest_of_all_rules() -> None:
    assert next_due(RULES, LONDON, START) == datetime(2026, 11, 11, 16, 15, tzinfo=UTC)
    assert next_due([ROUND], LONDON, START) == datetime(2026, 11, 16, 8, tzinfo=UTC)
    assert next_due([], LONDON, START) is None


def test_a_rule_that_skips_says_how_late_is_too_late() -> None:
    with pytest.raises(ValueError, match="within"):
        Rule("nudge", Daily(time(16)), Late.SKIP)

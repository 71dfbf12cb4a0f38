"""Wall-clock rules: every local time happens exactly once, whatever the clocks do."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.walltime import Daily, Due, Weekly, instant, local_day, next_after, occurrences
from tests.core.zone_changes import Change, Wall, changes, quarters

LONDON = "Europe/London"
Instant = Callable[[date, time, ZoneInfo], datetime]


def wrong_times(change: Change, tell: Instant) -> list[datetime]:
    """The local times about a change that `tell` puts anywhere but at the first instant the wall shows them or more."""
    wall = Wall(change)
    return [shown for shown in quarters(change) if tell(shown.date(), shown.time(), change.zone) != wall.first(shown)]


def naive(day: date, at: time, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, at, zone).astimezone(UTC)


def last_time(day: date, at: time, zone: ZoneInfo) -> datetime:
    return max(instant(day, at, zone), datetime.combine(day, at.replace(fold=1), zone).astimezone(UTC))


def test_all_changes_of_clocks_are_known() -> None:
    assert len(changes()) > 250
    assert {change.by for change in changes()} >= {timedelta(hours=1), -timedelta(hours=1), timedelta(minutes=30)}


def test_every_local_time_of_every_change_happens_at_the_first_instant_it_is_shown() -> None:
    assert [shown for change in changes() for shown in wrong_times(change, instant)] == []


@pytest.mark.parametrize(("wrong", "caught"), [(naive, 1), (last_time, -1)])
def test_the_check_catches_naive_arithmetic(wrong: Instant, caught: int) -> None:
    """Planted: plain datetime arithmetic is wrong in every gap, the last of two times in every fold."""
    for change in changes():
        moved = (change.by > timedelta(0)) - (change.by < timedelta(0))
        assert bool(wrong_times(change, wrong)) == (moved == caught)


def test_each_daily_rule_happens_exactly_once_a_day_through_every_change() -> None:
    for change in changes():
        after, until = change.at - timedelta(days=3), change.at + timedelta(days=3)
        for at in {shown.time() for shown in quarters(change) if shown.minute in (0, 30)}:
            once_a_day(list(occurrences(Daily(at), change.zone, after, until)), change.days)


def once_a_day(dues: list[Due], days: list[date]) -> None:
    assert all(one.at < two.at and two.day - one.day == timedelta(days=1) for one, two in pairwise(dues))
    assert set(days) <= {due.day for due in dues}


def test_a_gap_a_fold_and_a_day_left_out() -> None:
    """Samoa had no 30 December 2011: what was due then happens as the 31st begins."""
    assert instant(date(2011, 12, 30), time(8), "Pacific/Apia") == datetime(2011, 12, 30, 10, tzinfo=UTC)
    assert instant(date(2027, 3, 28), time(1, 30), LONDON) == datetime(2027, 3, 28, 1, tzinfo=UTC)
    assert instant(date(2026, 10, 25), time(1, 30), LONDON) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


instants = st.integers(0, 5 * 365 * 24 * 60).map(
    lambda late: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=late)
)
zones = st.sampled_from(
    [LONDON, "Australia/Lord_Howe", "America/New_York", "Asia/Gaza", "Pacific/Apia", "Africa/Cairo"]
)
times = st.times().map(lambda at: at.replace(tzinfo=None, fold=0))
rules = st.one_of(st.builds(Daily, times), st.builds(Weekly, st.integers(0, 6), times))


@given(rules, zones, instants, st.integers(0, 40), st.integers(0, 40))
def test_a_span_holds_what_its_parts_hold(rule: Daily | Weekly, zone: str, start: datetime, one: int, two: int) -> None:
    middle, end = start + timedelta(days=one), start + timedelta(days=one + two)
    parts = [*occurrences(rule, zone, start, middle), *occurrences(rule, zone, middle, end)]
    assert parts == list(occurrences(rule, zone, start, end))
    assert all(start < due.at <= end for due in parts)


@given(rules, zones, instants)
def test_the_next_is_the_first_and_comes_within_a_week(rule: Daily | Weekly, zone: str, at: datetime) -> None:
    due = next_after(rule, zone, at)
    assert at < due.at <= at + timedelta(days=7, hours=3)
    assert list(occurrences(rule, zone, at, due.at)) == [due]
    assert next(rule.days(due.day)) == due.day


def test_monday_at_eight_stays_at_eight_through_both_changes() -> None:
    year = occurrences(Weekly(0, time(8)), LONDON, datetime(2026, 9, 1, tzinfo=UTC), datetime(2027, 9, 1, tzinfo=UTC))
    dues = list(year)
    assert len(dues) == 52
    assert {due.at.astimezone(ZoneInfo(LONDON)).time() for due in dues} == {time(8)}
    assert {due.at.time() for due in dues} == {time(7), time(8)}


def test_a_closed_monday_moves_to_tuesday_and_keeps_its_monday_key() -> None:
    rule = Weekly(0, time(8), closed=lambda day: day == date(2027, 5, 3))
    due = next_after(rule, LONDON, datetime(2027, 5, 1, tzinfo=UTC))
    assert due == Due(datetime(2027, 5, 4, 7, tzinfo=UTC), date(2027, 5, 3))
    assert next_after(rule, LONDON, due.at).day == date(2027, 5, 10)


def test_a_week_closed_throughout_is_held_on_its_own_day_and_not_lost() -> None:
    rule = Weekly(0, time(8), closed=lambda day: True)
    assert next_after(rule, LONDON, datetime(2026, 11, 14, tzinfo=UTC)).at == datetime(2026, 11, 16, 8, tzinfo=UTC)


def test_a_rule_is_known_by_stable_text() -> None:
    assert [Weekly(0, time(8)).key, Daily(time(16, 15)).key] == ["weekly 0 08:00:00", "daily 16:15:00"]
    with pytest.raises(ValueError, match="weekday"):
        Weekly(7, time(8))


def test_the_local_day_is_the_date_on_the_wall_there() -> None:
    late = datetime(2026, 11, 11, 23, 30, tzinfo=UTC)
    assert (local_day(late, LONDON), local_day(late, "Asia/Tokyo")) == (date(2026, 11, 11), date(2026, 11, 12))

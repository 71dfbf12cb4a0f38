"""The message budget: one unasked a day, four a week, and what does not fit waits for the first room."""

from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.budget import LIMITS, Limits, counted, fits, place
from bot.core.hours import Hours, next_open, quiet
from bot.core.terms import Nation, read_terms
from bot.core.walltime import local_day

TERMS = read_terms()
LONDON = ZoneInfo("Europe/London")
START = datetime(2026, 9, 1, tzinfo=UTC)
HOURS = Hours("Europe/London", Nation.ENGLAND)

wishes = st.lists(st.integers(0, 90 * 24 * 60), max_size=40)
members = st.builds(
    Hours, st.sampled_from(["Europe/London", "Pacific/Auckland"]), st.sampled_from(Nation), st.booleans(), st.booleans()
)


def placed(minutes: list[int], hours: Hours) -> list[datetime]:
    """Letters wished for at these minutes, each placed beside those before it."""
    heard: list[datetime] = []
    for late in minutes:
        heard.append(place(START + timedelta(minutes=late), heard, hours, TERMS))
    return heard


def within_budget(heard: list[datetime], zone: str) -> bool:
    days = Counter(local_day(one, zone) for one in heard)
    weeks = Counter(local_day(one, zone).isocalendar()[:2] for one in heard)
    return max(days.values(), default=0) <= 1 and max(weeks.values(), default=0) <= 4


@given(wishes, members)
def test_whatever_is_wished_for_nobody_hears_more_than_the_budget_and_never_in_quiet_hours(
    minutes: list[int], hours: Hours
) -> None:
    heard = placed(minutes, hours)
    assert within_budget(heard, hours.zone)
    assert not any(quiet(one, hours, TERMS) for one in heard)
    assert all(one >= START + timedelta(minutes=late) for one, late in zip(heard, minutes, strict=True))


def test_the_check_catches_letters_that_mind_quiet_hours_alone() -> None:
    """Planted: every letter at the next open moment, whatever was heard before."""
    wished = [START + timedelta(hours=5 * step) for step in range(20)]
    assert not within_budget([next_open(one, HOURS, TERMS) for one in wished], HOURS.zone)


@given(wishes, st.integers(0, 90 * 24 * 60))
def test_a_letter_takes_the_first_day_with_room(minutes: list[int], late: int) -> None:
    heard, wish = placed(minutes, HOURS), START + timedelta(minutes=late)
    found = place(wish, heard, HOURS, TERMS)
    tried = wish
    while (tried := next_open(tried, HOURS, TERMS)) < found:
        assert not fits(tried, heard, LONDON)
        tried = at(local_day(tried, LONDON) + timedelta(days=1), time())
    assert fits(found, heard, LONDON)


def at(day: date, wall: time) -> datetime:
    return datetime.combine(day, wall, LONDON).astimezone(UTC)


def test_a_second_letter_of_the_day_waits_for_tomorrow_and_a_fifth_of_the_week_for_monday() -> None:
    week = [at(date(2026, 11, day), time(16, 15)) for day in (9, 10, 11, 12)]
    assert place(at(date(2026, 11, 9), time(17)), week[:1], HOURS, TERMS) == at(date(2026, 11, 10), time(7))
    assert place(at(date(2026, 11, 13), time(16, 15)), week, HOURS, TERMS) == at(date(2026, 11, 16), time(7))


def test_a_week_ends_with_the_members_own_sunday() -> None:
    week = [at(date(2026, 11, day), time(16, 15)) for day in (9, 10, 11, 12)]
    sunday_evening = at(date(2026, 11, 15), time(18))
    assert not fits(sunday_evening, week, LONDON)
    assert fits(sunday_evening, week, "Pacific/Auckland")


def test_the_check_in_and_its_pulse_count_as_one() -> None:
    thursday = at(date(2026, 11, 12), time(16, 15))
    letters = [
        ("friday", thursday + timedelta(days=1)),
        ("checkin", thursday),
        ("checkin", thursday + timedelta(minutes=1)),
    ]
    assert counted(letters) == [thursday, thursday + timedelta(days=1)]


def test_other_limits_hold_and_a_budget_of_nothing_is_refused() -> None:
    day = at(date(2026, 11, 9), time(16, 15))
    assert fits(day, [day], LONDON, Limits(a_day=2))
    assert (LIMITS.a_day, LIMITS.a_week) == (1, 4)
    with pytest.raises(ValueError, match="budget"):
        Limits(a_week=0)

"""Quiet hours: checked minute by minute against the sentences of the design, in many zones and through every change."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.hours import URGENCIES, Hours, QuietRules, Urgency, last_open_before, next_open, open_for, quiet
from bot.core.outbox import Kind
from bot.core.terms import Nation, Terms, read_terms

TERMS = read_terms()
MINUTE = timedelta(minutes=1)
LONDON = Hours("Europe/London", Nation.ENGLAND)


def at(text: str, zone: str = "Europe/London") -> datetime:
    """A wall-clock time such as 2026-11-11 16:00, as UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


def by_the_book(when: datetime, hours: Hours) -> bool:
    """The design's sentence, read off the wall: an oracle without stretches or instants."""
    wall = when.astimezone(ZoneInfo(hours.zone))
    day, shown = wall.date(), wall.time()
    free = not TERMS.in_term(hours.nation, day) or TERMS.is_bank_holiday(hours.nation, day)
    night = shown >= time(20, 30) or shown < time(7)
    lessons = TERMS.is_school_day(hours.nation, day) and time(8, 45) <= shown < time(15, 45)
    return night or lessons or (wall.weekday() >= 5 and not hours.weekends) or (free and not hours.holidays)


START = datetime(2026, 7, 1, tzinfo=UTC)
moments = st.integers(0, 4 * 365 * 24 * 60).map(lambda late: START + late * MINUTE)
zones = st.sampled_from(["Europe/London", "Pacific/Auckland", "America/Los_Angeles", "Asia/Kathmandu", "Africa/Cairo"])
members = st.builds(Hours, zones, st.sampled_from(Nation), st.booleans(), st.booleans())


@given(moments, members)
@settings(max_examples=400)
def test_it_is_quiet_when_the_design_says_so(when: datetime, hours: Hours) -> None:
    assert quiet(when, hours, TERMS) == by_the_book(when, hours)


@given(moments, members)
def test_the_next_open_is_the_first_instant_that_is_not_quiet(when: datetime, hours: Hours) -> None:
    found = next_open(when, hours, TERMS)
    assert not by_the_book(found, hours)
    assert (found == when) == (not by_the_book(when, hours))
    assert all(by_the_book(step, hours) for step in between(when, found))


@given(moments, members)
def test_an_earlier_reminder_moves_to_the_last_minute_that_is_not_quiet(when: datetime, hours: Hours) -> None:
    found = last_open_before(when, hours, TERMS)
    assert not by_the_book(found, hours)
    assert (found == when) == (not by_the_book(when, hours))
    assert all(by_the_book(step, hours) for step in between(found + MINUTE, when))


@given(moments, st.integers(0, 59), st.integers(0, 48 * 60), members)
@settings(max_examples=50)
def test_a_span_of_open_time_is_what_the_minutes_say(when: datetime, second: int, span: int, hours: Hours) -> None:
    """Minutes counted one by one, from one that need not begin at a full minute: quiet begins and ends at full ones."""
    when += timedelta(seconds=second)
    assert open_for(when, span * MINUTE, hours, TERMS) == counted(when, span * MINUTE, hours)


def counted(when: datetime, span: timedelta, hours: Hours) -> datetime:
    passed = timedelta()
    while passed < span:
        step = min(MINUTE - timedelta(seconds=when.second), span - passed)
        passed += timedelta() if by_the_book(when, hours) else step
        when += step
    return when


def between(first: datetime, last: datetime) -> list[datetime]:
    """A hundred samples, both nearest minutes among them."""
    minutes = max(0, (last - first) // MINUTE)
    steps = {*range(0, minutes, max(1, minutes // 100)), minutes - 1} if minutes else set()
    return [first + MINUTE * step for step in sorted(steps)]


def test_the_check_catches_adding_hours_instead_of_reading_the_wall() -> None:
    """Planted: "ten and a half hours after 20:30 it is morning", wrong in both nights when clocks change."""
    changed = [at("2026-10-24 20:30"), at("2027-03-27 20:30"), at("2026-11-11 20:30")]
    anyone = Hours("Europe/London", Nation.ENGLAND, weekends=True, holidays=True)
    naive = [evening + timedelta(hours=10, minutes=30) for evening in changed]
    assert [by_the_book(morning, anyone) for morning in naive] == [True, False, False]
    assert [next_open(evening, anyone, TERMS) == morning for evening, morning in zip(changed, naive, strict=True)] == [
        False,
        False,
        True,
    ]


@pytest.mark.parametrize(
    ("now", "opens"),
    [
        ("2026-11-11 16:00", "2026-11-11 16:00"),
        ("2026-11-11 20:30", "2026-11-12 07:00"),
        ("2026-11-16 08:00", "2026-11-16 08:00"),
        ("2026-11-16 08:45", "2026-11-16 15:45"),
        ("2026-11-13 21:00", "2026-11-16 07:00"),
        ("2026-10-23 20:30", "2026-11-02 07:00"),
        ("2027-07-21 20:30", "2027-09-01 07:00"),
        ("2027-05-03 12:00", "2027-05-04 07:00"),
    ],
)
def test_what_waits_goes_on_at_the_next_open_moment(now: str, opens: str) -> None:
    assert next_open(at(now), LONDON, TERMS) == at(opens)


@pytest.mark.parametrize(
    ("wanted", "moved"),
    [
        ("2026-11-11 16:00", "2026-11-11 16:00"),
        ("2026-11-11 23:00", "2026-11-11 20:29"),
        ("2026-11-11 06:59", "2026-11-10 20:29"),
        ("2026-11-11 12:00", "2026-11-11 08:44"),
        ("2026-11-15 10:00", "2026-11-13 20:29"),
    ],
)
def test_an_early_reminder_comes_earlier_still(wanted: str, moved: str) -> None:
    assert last_open_before(at(wanted), LONDON, TERMS) == at(moved)


def test_weekends_and_holidays_are_open_to_who_chose_them() -> None:
    saturday, half_term, sunday_off = at("2026-11-14 10:00"), at("2026-10-28 10:00"), at("2027-08-01 10:00")
    chosen = {(w, h): Hours("Europe/London", Nation.ENGLAND, w, h) for w in (False, True) for h in (False, True)}
    quiet_for = {
        key: [quiet(when, hours, TERMS) for when in (saturday, half_term, sunday_off)] for key, hours in chosen.items()
    }
    assert quiet_for == {
        (False, False): [True, True, True],
        (True, False): [False, True, True],
        (False, True): [True, False, True],
        (True, True): [False, False, False],
    }


def test_help_is_never_quiet_and_an_organisers_line_keeps_evenings_only() -> None:
    night, lessons, sunday = at("2026-11-11 03:00"), at("2026-11-11 10:00"), at("2026-11-15 10:00")
    now = [quiet(when, LONDON, TERMS, urgency=Urgency.NOW) for when in (night, lessons, sunday)]
    organiser = [quiet(when, LONDON, TERMS, urgency=Urgency.EVENINGS) for when in (night, lessons, sunday)]
    assert (now, organiser) == ([False] * 3, [True, False, False])
    assert next_open(night, LONDON, TERMS, urgency=Urgency.NOW) == night


def test_the_friday_before_a_term_week_is_open_for_the_friday_letter_alone() -> None:
    before_term, in_holidays = at("2026-10-30 16:15"), at("2026-10-23 16:15") + timedelta(weeks=10)
    assert quiet(before_term, LONDON, TERMS)
    assert not quiet(before_term, LONDON, TERMS, urgency=Urgency.FRIDAY)
    assert quiet(at("2026-10-30 20:30"), LONDON, TERMS, urgency=Urgency.FRIDAY)
    assert not quiet(in_holidays, LONDON, TERMS, urgency=Urgency.FRIDAY)
    assert quiet(at("2026-12-25 16:15"), LONDON, TERMS, urgency=Urgency.FRIDAY)
    assert quiet(at("2026-11-06 10:00"), LONDON, TERMS, urgency=Urgency.FRIDAY)
    assert quiet(at("2026-10-31 16:15"), LONDON, TERMS, urgency=Urgency.FRIDAY)


def test_every_kind_of_letter_has_its_quiet() -> None:
    assert set(URGENCIES) == set(Kind)


def test_quiet_rules_out_of_order_are_refused() -> None:
    for wrong in ({"evening": time(6)}, {"morning": time(9)}, {"lessons_end": time(8)}):
        with pytest.raises(ValueError, match="order"):
            QuietRules(**wrong)


def test_a_calendar_that_is_always_quiet_says_so_and_ends() -> None:
    class Holidays(Terms):
        def in_term(self, nation: Nation, day: object) -> bool:
            return False

    for find in (next_open, last_open_before):
        with pytest.raises(LookupError, match="no open hour"):
            find(at("2026-11-11 16:00"), LONDON, Holidays({}))


@pytest.mark.parametrize(
    ("now", "hours", "lapses"),
    [
        ("2026-11-11 16:00", 0, "2026-11-11 16:00"),
        ("2026-11-11 16:00", 2, "2026-11-11 18:00"),
        ("2026-11-11 18:30", 2, "2026-11-11 20:30"),
        ("2026-11-11 19:30", 2, "2026-11-12 08:00"),
        ("2026-11-11 23:00", 2, "2026-11-12 16:00"),
        ("2026-11-13 20:00", 2, "2026-11-16 08:30"),
        ("2026-10-23 20:00", 2, "2026-11-02 08:30"),
        ("2027-03-19 20:00", 2, "2027-03-22 08:30"),
    ],
)
def test_the_clock_of_an_offer_stands_still_in_quiet_hours(now: str, hours: int, lapses: str) -> None:
    assert open_for(at(now), timedelta(hours=hours), LONDON, TERMS) == at(lapses)


def test_what_is_urgent_knows_no_quiet_and_a_year_without_an_hour_is_refused() -> None:
    night = at("2026-11-11 23:00")
    assert open_for(night, timedelta(hours=2), LONDON, TERMS, urgency=Urgency.NOW) == night + timedelta(hours=2)
    assert open_for(night, timedelta(hours=2), LONDON, TERMS, urgency=Urgency.EVENINGS) == at("2026-11-12 09:00")
    with pytest.raises(LookupError):
        open_for(night, timedelta(days=300), LONDON, TERMS)

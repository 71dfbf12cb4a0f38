"""Events that come again: on the wall, within bounds, and where the rule says."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from time import process_time
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given
from hypothesis import strategies as st

from bot.core.terms import Nation, read_terms
from bot.core.walltime import Due, instant
from bot.core.words import Words
from bot.events.recurring import (
    LARGEST_INTERVAL,
    LONGEST,
    MOST_STEPS,
    MOST_TIMES,
    Every,
    Refused,
    Rule,
    RuleText,
    dates,
    read_rule,
    rule_text,
    say_rule,
)

LONDON = "Europe/London"
TERMS = read_terms()
START = datetime(2026, 9, 1, tzinfo=UTC)
FAR = datetime(2036, 9, 1, tzinfo=UTC)
Dates = Callable[[Rule, datetime, datetime], list[Due]]


def read(text: str) -> RuleText:
    said = read_rule(text)
    assert not isinstance(said, Refused), said
    return said


def rule(text: str, first: date = date(2026, 9, 2), starts: time = time(19), zone: str = LONDON) -> Rule:
    return Rule(read(text), first, starts, zone)


def come(one: Rule, after: datetime = START, until: datetime = FAR, most: int = 10_000) -> list[Due]:
    return list(dates(one, TERMS, after, until, most))


def days(one: Rule, most: int) -> list[str]:
    return [f"{due.day:%d.%m.%y}" for due in come(one, most=most)]


# Reading

REFUSED = {
    "": Refused.UNREADABLE,
    "every Wednesday": Refused.UNREADABLE,
    "INTERVAL=2": Refused.UNREADABLE,
    "FREQ=": Refused.UNREADABLE,
    "FREQ=WEEKLY;FREQ=DAILY": Refused.UNREADABLE,
    "FREQ=FORTNIGHTLY": Refused.UNREADABLE,
    "FREQ=WEEKLY;INTERVAL=0": Refused.UNREADABLE,
    "FREQ=WEEKLY;COUNT=-1": Refused.UNREADABLE,
    "FREQ=WEEKLY;COUNT=5;UNTIL=20270101": Refused.UNREADABLE,
    "FREQ=WEEKLY;UNTIL=20270231": Refused.UNREADABLE,
    "FREQ=WEEKLY;UNTIL=20270201T250000Z": Refused.UNREADABLE,
    "FREQ=WEEKLY;BYDAY=1MO": Refused.UNREADABLE,
    "FREQ=WEEKLY;BYMONTHDAY=1": Refused.UNREADABLE,
    "FREQ=MONTHLY;BYYEARDAY=1": Refused.UNREADABLE,
    "FREQ=MONTHLY;BYSETPOS=1": Refused.UNREADABLE,
    "FREQ=YEARLY;BYMONTH=13": Refused.UNREADABLE,
    "FREQ=YEARLY;BYDAY=XX": Refused.UNREADABLE,
    "DTSTART:20260902T190000\nRRULE:FREQ=WEEKLY": Refused.UNREADABLE,
    "FREQ=SECONDLY": Refused.TOO_OFTEN,
    "FREQ=MINUTELY;INTERVAL=30": Refused.TOO_OFTEN,
    "freq=hourly": Refused.TOO_OFTEN,
    "FREQ=DAILY;BYHOUR=9,17": Refused.TOO_OFTEN,
    "FREQ=DAILY;BYMINUTE=0": Refused.TOO_OFTEN,
    "FREQ=DAILY;BYSECOND=0": Refused.TOO_OFTEN,
    "RSCALE=CHINESE;FREQ=YEARLY": Refused.NOT_KNOWN,
    "FREQ=MONTHLY;SKIP=FORWARD": Refused.NOT_KNOWN,
    "FREQ=YEARLY;BYEASTER=0": Refused.NOT_KNOWN,
    f"FREQ=DAILY;COUNT={MOST_TIMES + 1}": Refused.TOO_MANY,
    f"FREQ=DAILY;INTERVAL={LARGEST_INTERVAL + 1}": Refused.TOO_MANY,
    "FREQ=DAILY" + ";" * LONGEST: Refused.TOO_LONG,
}


@pytest.mark.parametrize("text", REFUSED)
def test_nonsense_and_what_comes_too_often_is_refused(text: str) -> None:
    assert read_rule(text) == REFUSED[text]


@pytest.mark.parametrize("refused", Refused)
def test_every_refusal_has_its_sentence(refused: Refused) -> None:
    assert Words("bot.events").line(f"rule-{refused}")


def test_a_rule_is_read_as_calendars_write_it() -> None:
    assert read(" rrule:freq=weekly;byday=we; ") == "FREQ=WEEKLY;BYDAY=WE"


PIECES = (
    "FREQ=DAILY",
    "FREQ=YEARLY",
    "BYDAY=1MO",
    "BYDAY=",
    "=",
    ";",
    "COUNT=3",
    "UNTIL=20270101",
    "BYSETPOS=-1",
    "²",
    "\n",
)


@given(st.text(max_size=60) | st.lists(st.sampled_from(PIECES), max_size=6).map(";".join))
def test_whatever_is_written_it_is_read_or_refused_and_what_is_read_has_dates_or_none(text: str) -> None:
    said = read_rule(text)
    if not isinstance(said, Refused):
        assert len(come(Rule(said, date(2026, 9, 2), time(19), LONDON), most=5)) <= 5


# What a form offers


def test_what_a_form_offers_comes_when_it_says_and_says_it() -> None:
    offered = {every: rule(rule_text(every, date(2026, 9, 1)), date(2026, 9, 1)) for every in Every}
    assert days(offered[Every.WEEK], 3) == ["01.09.26", "08.09.26", "15.09.26"]
    assert days(offered[Every.FORTNIGHT], 3) == ["01.09.26", "15.09.26", "29.09.26"]
    assert days(offered[Every.MONTH], 3) == ["01.09.26", "06.10.26", "03.11.26"]
    assert say_rule(offered[Every.WEEK]) == "every Tuesday at 19:00"
    assert say_rule(replace(offered[Every.FORTNIGHT], term_only=True)) == "every second Tuesday at 19:00, in term time"
    assert say_rule(replace(offered[Every.MONTH], skips_bank_holidays=True)) == (
        "on the first Tuesday of every month at 19:00, not on bank holidays"
    )


@given(st.dates(date(2020, 1, 1), date(2050, 1, 1)), st.sampled_from(Every))
def test_what_a_form_offers_can_be_read_begins_on_its_first_day_and_is_said(first: date, every: Every) -> None:
    one = rule(rule_text(every, first), first)
    before = datetime.combine(first, time(0), UTC) - timedelta(days=1)
    assert next(due.day for due in come(one, before, before + timedelta(days=40))) == first
    assert f"{first:%A} " in say_rule(one)


def test_other_rules_are_said_in_general_and_every_end_is_said() -> None:
    assert say_rule(rule("FREQ=DAILY;UNTIL=20270331")) == "on days of its own at 19:00, until 31 March 2027"
    assert say_rule(rule("FREQ=WEEKLY;BYMONTH=3")) == "on days of its own at 19:00"
    assert say_rule(rule("FREQ=WEEKLY;WKST=MO;INTERVAL=1;BYDAY=TH;COUNT=6")) == "every Thursday at 19:00, 6 times"
    assert say_rule(rule("FREQ=MONTHLY;BYDAY=-1FR")) == "on the last Friday of every month at 19:00"


# Dates

TEXTS = st.sampled_from(
    (
        *(
            "FREQ=DAILY",
            "FREQ=DAILY;INTERVAL=3;COUNT=40",
            "FREQ=WEEKLY",
            "FREQ=WEEKLY;INTERVAL=2",
            "FREQ=WEEKLY;COUNT=9",
        ),
        *(
            "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE,SU;WKST=SU",
            "FREQ=MONTHLY",
            "FREQ=MONTHLY;BYDAY=1TU",
            "FREQ=MONTHLY;BYDAY=-1FR",
        ),
        *(
            "FREQ=MONTHLY;BYMONTHDAY=31",
            "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
            "FREQ=YEARLY",
            "FREQ=YEARLY;BYWEEKNO=20",
        ),
        *("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", "FREQ=YEARLY;BYYEARDAY=1,100,-1", "FREQ=YEARLY;BYDAY=20MO"),
    )
)
RULES = st.builds(
    Rule,
    text=TEXTS.map(read),
    first=st.dates(date(2026, 1, 1), date(2028, 1, 1)),
    starts=st.times().map(lambda at: at.replace(second=0, microsecond=0)),
    zone=st.sampled_from([LONDON, "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu"]),
    nation=st.sampled_from(Nation),
    term_only=st.booleans(),
    skips_bank_holidays=st.booleans(),
    excluded=st.frozensets(st.dates(date(2026, 1, 1), date(2028, 1, 1)), max_size=3),
)
UNTIL = datetime(2029, 1, 1, tzinfo=UTC)
BEFORE = datetime(2025, 12, 1, tzinfo=UTC)


def plain(one: Rule) -> Rule:
    return replace(one, term_only=False, skips_bank_holidays=False, excluded=frozenset())


@given(RULES)
def test_the_time_on_the_wall_stays_whatever_the_clocks_do(one: Rule) -> None:
    keeps_the_wall(one, lambda rule, after, until: come(rule, after, until))


def keeps_the_wall(one: Rule, tell: Dates) -> None:
    for due in tell(one, BEFORE, UNTIL):
        wall = due.at.astimezone(ZoneInfo(one.zone)).replace(tzinfo=None)
        assert due.at == instant(due.day, one.starts, one.zone)
        assert wall == datetime.combine(due.day, one.starts) or in_a_gap(due.day, one)


def in_a_gap(day: date, one: Rule) -> bool:
    there = datetime.combine(day, one.starts, ZoneInfo(one.zone))
    return there.astimezone(UTC).astimezone(ZoneInfo(one.zone)).replace(tzinfo=None) != there.replace(tzinfo=None)


def test_the_check_catches_rules_in_universal_time() -> None:
    """Planted: one that steps in UTC, so that 19:00 is 18:00 in winter."""
    weekly = rule("FREQ=WEEKLY")
    start = instant(weekly.first, weekly.starts, LONDON)
    with pytest.raises(AssertionError):
        keeps_the_wall(
            weekly,
            lambda rule, after, until: [Due(at, at.date()) for at in (start + timedelta(weeks=w) for w in range(30))],
        )


@given(RULES)
def test_what_is_skipped_is_skipped_and_nothing_else(one: Rule) -> None:
    kept = {due.day for due in come(one, BEFORE, UNTIL)}
    for due in come(plain(one), BEFORE, UNTIL):
        skipped = (
            due.day in one.excluded
            or (one.term_only and not TERMS.in_term(one.nation, due.day))
            or (one.skips_bank_holidays and TERMS.is_bank_holiday(one.nation, due.day))
        )
        assert (due.day in kept) != skipped


def test_term_time_and_bank_holidays_by_hand() -> None:
    """Monday 31 August 2026 and 3 May 2027 are bank holidays in England, 26 October 2026 lies in half-term."""
    mondays = rule("FREQ=WEEKLY", date(2026, 8, 31))
    until = datetime(2027, 6, 1, tzinfo=UTC)
    everything, after = {due.day for due in come(mondays, BEFORE, until)}, datetime(2026, 8, 1, tzinfo=UTC)
    no_holidays = {due.day for due in come(replace(mondays, skips_bank_holidays=True), after, until)}
    in_term = {due.day for due in come(replace(mondays, term_only=True), after, until)}
    assert {date(2026, 8, 31), date(2027, 5, 3)} <= everything - no_holidays
    assert {date(2026, 8, 31), date(2026, 10, 26), date(2026, 12, 28)} <= everything - in_term
    assert date(2026, 9, 14) in no_holidays & in_term


@given(RULES)
def test_the_days_of_a_plain_rule_are_those_of_the_library(one: Rule) -> None:
    library = rrulestr(one.text, dtstart=datetime.combine(one.first, one.starts))
    wanted = [found.date() for found in library.xafter(datetime(2020, 1, 1), count=20)]  # noqa: DTZ001
    until = datetime.combine(wanted[-1], time(0), UTC) + timedelta(days=3)
    assert [due.day for due in come(plain(one), BEFORE, until)][: len(wanted)] == wanted


@given(RULES, st.integers(0, 1000), st.integers(1, 20))
def test_dates_rise_and_where_one_begins_to_look_changes_none_of_them(one: Rule, later: int, most: int) -> None:
    all_of_them = come(one, BEFORE, UNTIL)
    assert all(first.at < second.at and first.day < second.day for first, second in pairwise(all_of_them))
    after = BEFORE + timedelta(days=later, hours=7)
    assert come(one, after, UNTIL, most) == [due for due in all_of_them if due.at > after][:most]


def test_a_time_in_a_gap_comes_when_it_ends_and_one_shown_twice_the_first_time() -> None:
    nightly = rule("FREQ=DAILY", date(2027, 3, 27), time(1, 30))
    until = datetime(2027, 3, 29, tzinfo=UTC)
    assert [due.at.hour * 60 + due.at.minute for due in come(nightly, until=until)] == [90, 60]
    autumn = rule("FREQ=DAILY;COUNT=1", date(2027, 10, 31), time(1, 30))
    assert [due.at for due in come(autumn)] == [datetime(2027, 10, 31, 0, 30, tzinfo=UTC)]


def test_an_end_is_kept_in_the_zone_it_is_written_in() -> None:
    """19:00 in July is 18:00 universal time."""
    july, first = date(2027, 7, 14), date(2027, 7, 7)
    for text, days_kept in (
        ("UNTIL=20270714", [first, july]),
        ("UNTIL=20270714T180000Z", [first, july]),
        ("UNTIL=20270714T175959Z", [first]),
        ("UNTIL=20270714T190000", [first, july]),
        ("UNTIL=20270714T180000", [first]),
        ("UNTIL=20200714", []),
    ):
        assert [due.day for due in come(rule(f"FREQ=WEEKLY;{text}", first))] == days_kept, text


BOMBS = (
    "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
    "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
    "FREQ=MONTHLY;BYDAY=5MO;BYMONTHDAY=1",
    "FREQ=WEEKLY;BYMONTH=2;BYSETPOS=300;BYDAY=MO",
    "FREQ=DAILY;INTERVAL=7;BYDAY=TU",
    "FREQ=YEARLY;BYDAY=" + ",".join(f"{n}{day}" for n in (*range(1, 20), -1) for day in ("MO", "TU", "WE", "TH", "FR")),
)


@pytest.mark.parametrize("text", BOMBS)
def test_no_rule_is_looked_at_for_ever(text: str) -> None:
    """Alone, the library looks until the year 9999: more than half a minute for the first of these."""
    began = process_time()
    assert len(come(rule(text), until=datetime(9000, 1, 1, tzinfo=UTC))) <= MOST_STEPS
    assert process_time() - began < 8
    began = process_time()
    come(rule(text), until=START + timedelta(days=400))
    assert process_time() - began < 0.5


def test_a_rule_without_end_ends() -> None:
    assert len(come(rule("FREQ=DAILY"), until=datetime(9000, 1, 1, tzinfo=UTC))) == MOST_STEPS

"""Dates as people write them: read strictly, in British English, or asked about."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from time import process_time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.walltime import instant
from bot.core.words import Words
from bot.events.when import FARTHEST, LONGEST, Ambiguous, NotUnderstood, Read, When, Why, read_when, say_when

LONDON = "Europe/London"
THURSDAY = datetime(2026, 11, 26, 10, tzinfo=UTC)
SUNDAY = datetime(2026, 11, 29, 10, tzinfo=UTC)
Reader = Callable[[str, str, datetime], When]


def read(text: str, at: datetime = THURSDAY, zone: str = LONDON) -> str:
    """What was understood, in short: "2 Dec 19:00", several with "or" between, or why not."""
    match read_when(text, zone, at):
        case Read() as one:
            return short(one)
        case Ambiguous(choices):
            return " or ".join(map(short, choices))
        case NotUnderstood(why):
            return why


def short(one: Read) -> str:
    year = f" {one.day.year}" if one.day.year != 2026 else ""
    return f"{one.day.day} {one.day:%b}{year} {one.time:%H:%M}"


AS_PEOPLE_WRITE = {
    "Wed 7pm": "2 Dec 19:00",
    "3 Dec at 19:00": "3 Dec 19:00",
    "tomorrow 16.30": "27 Nov 16:30",
    "Weds 2nd December 7.30pm": "2 Dec 19:30",
    "3/12 7pm": "3 Dec 19:00",
    "13/12 7pm": "13 Dec 19:00",
    "3/1 7pm": "3 Jan 2027 19:00",
    "2026-12-03 19:00": "3 Dec 19:00",
    "2026-12-03T19:00": "3 Dec 19:00",
    "2026/12/03 19:00": "3 Dec 19:00",
    "noon on Friday": "27 Nov 12:00",
    "7pm on the 3rd of December": "3 Dec 19:00",
    "Wed, 7.30 p.m.": "2 Dec 19:30",
    "WEDNESDAY 2 DECEMBER 2026 – 19:00": "2 Dec 19:00",
    "Wed 730pm": "2 Dec 19:30",
    "3.12 19.30": "3 Dec 19:30",
    "3.12.26 7pm": "3 Dec 19:00",
    "03.12.2026 at 19.30": "3 Dec 19:30",
    "3-12-26 7pm": "3 Dec 19:00",
    "Dec 3 7pm": "3 Dec 19:00",
    "3 Dec 27 7pm": "3 Dec 2027 19:00",
    "4 Sept 7pm": "4 Sep 2027 19:00",
    "29 Feb 7pm": "29 Feb 2028 19:00",
    "Wed 2nd at 7.30pm": "2 Dec 19:30",
    "the 3rd at 7pm": "3 Dec 19:00",
    "Fri 12:30": "27 Nov 12:30",
    "Fri 10:30": "27 Nov 10:30",
    "Fri 09:30": "27 Nov 09:30",
    "Fri 12pm": "27 Nov 12:00",
    "Fri 12am": "27 Nov 00:00",
    "Wed at 1900": "2 Dec 19:00",
    "Wed 1900hrs": "2 Dec 19:00",
    "this Thursday 7pm": "26 Nov 19:00",
    "next Wed 7pm": "2 Dec 19:00",
    "next Thursday 7pm": "3 Dec 19:00",
    "Tuesday next week 7.15pm": "1 Dec 19:15",
    "Saturday this week, 10am": "28 Nov 10:00",
    "Friday week at 4pm": "4 Dec 16:00",
    "a week on Friday, 7pm": "4 Dec 19:00",
    "a week tomorrow at noon": "4 Dec 12:00",
    "Wednesday fortnight at 19:00": "16 Dec 19:00",
    "two weeks on Friday 7pm": "11 Dec 19:00",
    "in two weeks at 7pm": "10 Dec 19:00",
    "in two weeks’ time, 7pm": "10 Dec 19:00",
    "in 10 days at 4pm": "6 Dec 16:00",
    "the day after tomorrow 10:00": "28 Nov 10:00",
    "tonight 8": "26 Nov 20:00",
    "tomorrow night 8": "27 Nov 20:00",
    "tomorrow morning 9.30": "27 Nov 09:30",
    "7 in the evening on Wed": "2 Dec 19:00",
    "half 7 Wed evening": "2 Dec 19:30",
    "quarter to 8pm 3 Dec": "3 Dec 19:45",
    "Wednesday 2 December 2026, 19:00 (UK time)": "2 Dec 19:00",
    "today 7": "26 Nov 19:00",
}


@pytest.mark.parametrize("text", AS_PEOPLE_WRITE)
def test_a_date_is_read_as_people_write_it(text: str) -> None:
    assert read(text) == AS_PEOPLE_WRITE[text]


ASKED = {
    "Wed 7": "2 Dec 07:00 or 2 Dec 19:00",
    "Wed at 7.30": "2 Dec 07:30 or 2 Dec 19:30",
    "half past seven on Wed": "2 Dec 07:30 or 2 Dec 19:30",
    "3rd of Dec, 7 o’clock": "3 Dec 07:00 or 3 Dec 19:00",
    "Mon 4": "30 Nov 16:00 or 30 Nov 04:00",
    "Thursday 7pm": "26 Nov 19:00 or 3 Dec 19:00",
    "next Saturday 7pm": "28 Nov 19:00 or 5 Dec 19:00",
    "next Saturday 9:30": "28 Nov 09:30 or 28 Nov 21:30 or 5 Dec 09:30 or 5 Dec 21:30",
    "Thursday week at 4pm": "3 Dec 16:00 or 10 Dec 16:00",
    "in two weeks, Tues 19:00": "8 Dec 19:00 or 15 Dec 19:00",
    "Friday midnight": "27 Nov 00:00 or 28 Nov 00:00",
}


@pytest.mark.parametrize("text", ASKED)
def test_what_could_mean_two_things_is_asked(text: str) -> None:
    assert read(text) == ASKED[text]


def test_next_said_shortly_before_is_asked_even_where_next_week_has_begun() -> None:
    assert read("next Tuesday 7pm", SUNDAY) == "1 Dec 19:00 or 8 Dec 19:00"
    assert read("next Friday 7pm", SUNDAY) == "4 Dec 19:00"


REFUSED = {
    "": Why.NO_DATE,
    "7pm": Why.NO_DATE,
    "noon": Why.NO_DATE,
    "Wed": Why.NO_TIME,
    "3 Dec": Why.NO_TIME,
    "3 Dec 7": Why.NO_TIME,
    "tomorrow evening": Why.NO_TIME,
    "Wed 7pm ish after the thing": Why.UNCLEAR,
    "Wed 7pm ish": Why.UNCLEAR,
    "Wed about 7pm": Why.UNCLEAR,
    "Wed 7-9pm": Why.UNCLEAR,
    "Wed 7pm-9pm": Why.UNCLEAR,
    "Wed 7pm 8pm": Why.UNCLEAR,
    "Wed or Thurs 7pm": Why.UNCLEAR,
    "not Wed 7pm": Why.UNCLEAR,
    "Wed 19:00Z": Why.UNCLEAR,
    "Wed 7pm EST": Why.UNCLEAR,
    "Wed 25:00": Why.UNCLEAR,
    "Wed 13pm": Why.UNCLEAR,
    "Wed 7:75": Why.UNCLEAR,
    "Wed 7am in the evening": Why.UNCLEAR,
    "12/13 7pm": Why.UNCLEAR,
    "31 Nov 7pm": Why.UNCLEAR,
    "29 Feb 2027 7pm": Why.UNCLEAR,
    "December 7pm": Why.UNCLEAR,
    "2027 7pm": Why.UNCLEAR,
    "3 Smarch 7pm": Why.UNCLEAR,
    "Mittwoch 19 Uhr": Why.UNCLEAR,
    "Wed 3 Dec 7pm": Why.DIFFERS,
    "Mon 8th 7pm": Why.DIFFERS,
    "tomorrow 3 Dec 7pm": Why.DIFFERS,
    "today 9am": Why.PAST,
    "20 Nov 7pm": Why.PAST,
    "3 Dec 2025 7pm": Why.PAST,
    "1 Jan 0001 noon": Why.PAST,
    "3 Dec 2028 7pm": Why.TOO_FAR,
    "31 Dec 9999 midnight": Why.TOO_FAR,
    "28 Mar 2027 01:30": Why.NO_SUCH_TIME,
    "Wed 7pm" + " " * LONGEST: Why.TOO_LONG,
}


@pytest.mark.parametrize("text", REFUSED)
def test_what_is_not_there_or_not_understood_is_not_guessed(text: str) -> None:
    assert read(text) == REFUSED[text]


def test_a_time_shown_twice_is_the_first_and_says_so() -> None:
    october, november = (read_when(f"31 {month} 2027 01:30", LONDON, THURSDAY) for month in ("Oct", "Dec"))
    assert october == Read(datetime(2027, 10, 31, 0, 30, tzinfo=UTC), date(2027, 10, 31), time(1, 30), twice=True)
    assert isinstance(november, Read)
    assert not november.twice


def test_it_is_read_on_the_wall_of_the_networks_zone() -> None:
    assert read("today 7am", datetime(2026, 11, 26, 20, tzinfo=UTC), "Pacific/Auckland") == Why.PAST
    late = datetime(2026, 7, 1, 23, 30, tzinfo=UTC)
    assert read("tomorrow 7pm", late) == "3 Jul 19:00"
    said = read_when("3 July 7pm", LONDON, late)
    assert isinstance(said, Read)
    assert said.starts_at == datetime(2026, 7, 3, 18, tzinfo=UTC)


def test_a_moment_is_said_in_full() -> None:
    moment = datetime(2026, 12, 2, 19, tzinfo=UTC)
    assert say_when(moment, LONDON) == "Wednesday 2 December 2026, 19:00 (UK time)"
    assert say_when(moment, "America/Argentina/Buenos_Aires") == (
        "Wednesday 2 December 2026, 16:00 (Buenos Aires time)"
    )


@pytest.mark.parametrize("why", Why)
def test_every_refusal_has_its_sentence(why: Why) -> None:
    assert Words("bot.events").line(f"unread-{why}")


# Whatever is typed

MOMENTS = st.integers(0, 70 * 365 * 24 * 60).map(
    lambda minutes: datetime(2020, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)
ZONES = st.sampled_from([LONDON, "America/New_York", "Pacific/Auckland", "Australia/Lord_Howe", "Asia/Kathmandu"])
BITS = (
    "wed sat next this week fortnight in a on at 2 3 12 31 7pm 7 19:00 9.30 noon midnight half past quarter to dec feb"
)
BITS += (
    " 3/12 2026-12-03 2nd today tomorrow evening night the of day after . , - / : 1900 am pm ' 99 0 00 2026 \n é ½ ６"
)
TEXTS = st.text(max_size=120) | st.lists(st.sampled_from(BITS.split(" ")), max_size=14).map(" ".join)


def choices(said: When) -> tuple[Read, ...]:
    match said:
        case Read():
            return (said,)
        case Ambiguous(several):
            return several
        case NotUnderstood():
            return ()


@given(TEXTS, ZONES, MOMENTS)
def test_whatever_is_typed_what_is_read_lies_ahead_and_on_the_wall(text: str, zone: str, at: datetime) -> None:
    said = read_when(text, zone, at)
    assert not isinstance(said, Ambiguous) or 2 <= len(said.choices) <= 4
    for one in choices(said):
        assert at < one.starts_at <= at + FARTHEST
        assert one.starts_at == instant(one.day, one.time, zone)
        assert one.starts_at.astimezone(ZoneInfo(zone)).replace(tzinfo=None) == datetime.combine(one.day, one.time)


DAYS = (
    "wed",
    "sat",
    "next",
    "this",
    "week",
    "fortnight",
    "in a",
    "in two weeks",
    "today",
    "tomorrow",
    "tonight",
    "evening",
)
MORE_DAYS = ("3 dec", "3/12", "3.12.26", "2026-12-03", "2nd", "dec", "on", "of", "the", ",", "-", "day after tomorrow")


@given(st.lists(st.sampled_from((*DAYS, *MORE_DAYS)), max_size=6).map(" ".join), MOMENTS)
def test_no_time_of_day_is_read_where_none_is_written(text: str, at: datetime) -> None:
    assert choices(read_when(text, LONDON, at)) == ()


FORMS = (
    "{0.day} {0:%B} {0.year}",
    "{0:%d/%m/%Y}",
    "{0:%A} {0.day} {0:%b} {0:%Y}",
    "{0:%Y-%m-%d}",
    "{0:%d.%m.%y}",
    "{0:%B} {0.day}, {0.year}",
)
TIMES = ("{0:%H:%M}", "at {0:%H.%M}", "{0:%I:%M%p}", "{0:%I.%M %p}", "at {0:%H%M}")


@given(st.data(), ZONES, MOMENTS)
def test_every_usual_form_of_every_date_and_time_is_read(data: st.DataObject, zone: str, at: datetime) -> None:
    wall = at.astimezone(ZoneInfo(zone)).replace(tzinfo=None, second=0, microsecond=0)
    meant = wall + timedelta(minutes=data.draw(st.integers(60, 700 * 24 * 60)))
    parts = [data.draw(st.sampled_from(FORMS)).format(meant), data.draw(st.sampled_from(TIMES)).format(meant)]
    said = read_when(" ".join(data.draw(st.permutations(parts))), zone, at)
    if said != NotUnderstood(Why.NO_SUCH_TIME):
        assert meant in [datetime.combine(one.day, one.time) for one in choices(said)], said
        assert isinstance(said, Read)


@given(MOMENTS, st.integers(60, 700 * 24 * 60))
def test_what_is_said_in_full_is_read_back(at: datetime, minutes: int) -> None:
    moment = (at + timedelta(minutes=minutes)).replace(second=0, microsecond=0)
    said = read_when(say_when(moment, LONDON), LONDON, at)
    assert isinstance(said, Read)
    assert said.starts_at == moment or (said.twice and moment - said.starts_at == timedelta(hours=1))


JUNK = st.sampled_from(
    ("ish", "about", "thing", "or", "and", "not", "until", "after", "before", "ago", "x", "eve", "?", "!")
)
JUNK |= st.sampled_from(("jan", "maybe", "8pm", "19:30", "monday", "5"))


@given(st.sampled_from(sorted(AS_PEOPLE_WRITE)), JUNK, st.booleans())
def test_a_word_that_was_not_understood_is_never_passed_over(text: str, junk: str, before: bool) -> None:
    passed_over(read_when, text, junk, before)


def passed_over(reader: Reader, text: str, junk: str, before: bool) -> None:
    whole = f"{junk} {text}" if before else f"{text} {junk}"
    assert set(choices(reader(whole, LONDON, THURSDAY))).isdisjoint(choices(reader(text, LONDON, THURSDAY))), whole


def test_the_check_catches_a_reader_that_passes_over_words() -> None:
    """Planted: one that takes the first two words and forgets the others."""
    with pytest.raises(AssertionError):
        passed_over(lambda text, zone, at: read_when(" ".join(text.split()[:2]), zone, at), "Wed 7pm", "ish", False)


SLOW = (
    "1" * 100,
    "a " * 50,
    "week " * 20,
    "wed " * 25,
    "7 " * 50,
    "half past " * 10,
    "1/" * 50,
    "." * 100,
    "in 2 weeks " * 9,
)


@pytest.mark.parametrize("text", [*SLOW, *("ﷺ" * 100, "Wed 7pm", "3 Dec 19:00", "\u0000" * 100)])
def test_it_is_never_slow(text: str) -> None:
    """Under 50 ms; the best of five, since other work runs beside the tests."""
    assert min(seconds(text) for _ in range(5)) < 0.05


def seconds(text: str) -> float:
    began = process_time()
    read_when(text, LONDON, THURSDAY)
    return process_time() - began

"""What is made of the entries of a calendar; and that no file, however broken, raises or takes long."""

import time
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.calendars.importing import read_calendar
from bot.core.errors import OperatorError
from bot.events.model import MOST_DESCRIPTION, MOST_TITLE
from tests.calendars.files import ALL_DAY, COFFEE, EVENINGS, MOVED, but, file, only, read, why
from tests.conftest import DRILL
from tests.events.hall import NOW, ZONE

HALF_PAST_NINE = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)


def test_an_entry_is_read_with_all_that_an_event_has() -> None:
    item = only("DESCRIPTION:Bring a cup.\\nAnd a friend.")
    assert (item.uid, item.title, item.place) == ("coffee@example.org", "Saturday coffee", "The Hall, Leeds")
    assert (item.starts_at, item.minutes, item.zone) == (HALF_PAST_NINE, 60, ZONE)
    assert item.description == "Bring a cup.\nAnd a friend."
    assert (item.line, item.slot, item.rhythm, item.link) == (4, None, None, "")


@pytest.mark.parametrize(
    ("starts", "at", "zone"),
    [
        ("DTSTART;TZID=Europe/London:20260721T093000", None, ""),
        ("DTSTART:20270721T093000", datetime(2027, 7, 21, 8, 30, tzinfo=UTC), ZONE),
        ("DTSTART:20270721T093000Z", datetime(2027, 7, 21, 9, 30, tzinfo=UTC), ZONE),
        ("DTSTART;TZID=Europe/Paris:20270721T093000", datetime(2027, 7, 21, 7, 30, tzinfo=UTC), "Europe/Paris"),
        ("DTSTART;TZID=GMT Standard Time:20270721T093000", datetime(2027, 7, 21, 8, 30, tzinfo=UTC), ZONE),
        ("DTSTART;TZID=Nowhere/Land:20270721T093000", datetime(2027, 7, 21, 8, 30, tzinfo=UTC), ZONE),
        ("DTSTART;TZID=Europe/London:20270328T013000", datetime(2027, 3, 28, 1, 0, tzinfo=UTC), ZONE),
        ("DTSTART;TZID=Europe/London:20261025T013000", None, ""),
        ("DTSTART;TZID=Europe/London:20271031T013000", datetime(2027, 10, 31, 0, 30, tzinfo=UTC), ZONE),
    ],
)
def test_times_are_read_by_their_own_clock(starts: str, at: datetime | None, zone: str) -> None:
    if at is None:
        assert why(starts, "DTEND") == "is over, or has begun"
    else:
        item = only(starts, "DTEND", "DURATION:PT90M")
        assert (item.starts_at, item.zone, item.minutes) == (at, zone, 90)


def test_a_zone_that_nobody_knows_is_noted() -> None:
    calendar = read(but(COFFEE, "DTSTART;TZID=Nowhere/Land:20270721T093000", "DTEND"))
    assert [(note.line, "not known" in note.why) for note in calendar.notes] == [(4, True)]
    assert not calendar.wrong


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (("SUMMARY",), "has no title"),
        (("SUMMARY: ",), "has no title"),
        (("DTEND;TZID=Europe/London:20261121T093000",), ""),
        (("DTEND;TZID=Europe/London:20261121T092900",), "ends before it begins"),
        (("DTEND;TZID=Europe/London:20261122T093100",), "takes longer than a day"),
        (("DTEND;VALUE=DATE:20261122",), "ends without one"),
        (("DTSTART;VALUE=DATE:20261121", "DTEND"), "takes all day"),
        (("DTSTART",), "cannot be read"),
        (("DTSTART:tomorrow",), "cannot be read"),
        (("DTSTART:20261111T155900Z", "DTEND"), "is over"),
        (("DTSTART:20290101T100000Z", "DTEND"), "more than two years away"),
        (("DTSTART:99991231T235959Z", "DTEND"), "nobody means"),
        (("DTSTART:00010101T000000Z", "DTEND"), "nobody means"),
        (("RRULE:FREQ=HOURLY",), "more often than once a day"),
        (("RRULE:FREQ=SECONDLY;COUNT=99999999999",), "more often than once a day"),
        (("RRULE:FREQ=DAILY;BYHOUR=1,2,3",), "more often than once a day"),
        (("RRULE:FREQ=DAILY;COUNT=5001",), "too many times"),
        (("RRULE:FREQ=OFTEN",), "a rule that cannot be read"),
        (("RRULE:",), "a rule that cannot be read"),
        (("RRULE:FREQ=DAILY;RSCALE=CHINESE",), "does not know"),
        (("RRULE:FREQ=DAILY", "EXRULE:FREQ=DAILY;INTERVAL=2"), "does not know"),
        (("RECURRENCE-ID;RANGE=THISANDFUTURE:20261121T093000Z",), "does not know"),
        (("RDATE;VALUE=PERIOD:20261201T190000Z/PT1H",), "does not know"),
        (
            ("RDATE:" + ",".join(f"202612{day:02}T{hour:02}0000Z" for day in range(1, 32) for hour in range(4)),),
            "too many",
        ),
        (("EXDATE:" + ",".join(["20261201T190000Z"] * 1001),), "cannot be read"),
    ],
)
def test_nonsense_is_refused_kindly_by_its_line(lines: tuple[str, ...], expected: str) -> None:
    if not expected:
        assert only(*lines).minutes == 60, "without a length it is an hour"
    else:
        assert expected in why(*lines)


def test_one_broken_entry_breaks_no_other() -> None:
    calendar = read(but(COFFEE, "DTSTART:x"), EVENINGS, ALL_DAY, ("BEGIN:VALARM",), MOVED, but(EVENINGS))
    assert calendar.read == 6
    assert [wrong.line for wrong in calendar.wrong] == [4, 24, 34]
    assert [left.line for left in calendar.left] == [19]
    (group,) = calendar.groups
    assert group.main
    assert [one.title for one in group.items] == ["Wednesday evening", "A Thursday evening, for once"]


def test_a_long_title_is_cut_and_stands_whole_in_the_description() -> None:
    whole = "A very long title " * 8
    item = only(f"SUMMARY:{whole}", "DESCRIPTION:" + "x" * 3000)
    assert len(item.title) <= MOST_TITLE
    assert item.title.endswith("…")
    assert item.description.startswith(whole.strip() + "\nxxx")
    assert len(item.description) == MOST_DESCRIPTION


@pytest.mark.parametrize(
    ("lines", "place", "link", "about"),
    [
        (("URL:https://example.org/a",), "The Hall, Leeds", "https://example.org/a", ""),
        (("URL:http://example.org/a",), "The Hall, Leeds", "", ""),
        (("ATTACH:https://example.org/a",), "The Hall, Leeds", "", ""),
        (("URL:ftp://example.org/a",), "The Hall, Leeds", "", ""),
        (("CONFERENCE;VALUE=URI:https://zoom.us/j/1",), "The Hall, Leeds", "https://zoom.us/j/1", ""),
        (("LOCATION:The Hall\\, https://zoom.us/j/1",), "The Hall", "https://zoom.us/j/1", ""),
        (
            ("LOCATION", "DESCRIPTION:Come.\\nJoin: https://zoom.us/j/1?pwd=x\\nPasscode: 4711\\nBring a cup."),
            "",
            "https://zoom.us/j/1?pwd=x",
            "Come.\nJoin: \n\nBring a cup.",
        ),
    ],
)
def test_a_link_is_for_those_who_come(lines: tuple[str, ...], place: str, link: str, about: str) -> None:
    item = only(*lines)
    assert (item.place, item.link, item.description) == (place, link, about)


def test_what_is_written_cannot_hide_or_forge() -> None:
    item = only("SUMMARY:Coffee\u202e\u0000 now\\nBEGIN:VEVENT", "X-EVIL:a\x0bBEGIN:VEVENT")
    assert item.title == "Coffee now BEGIN:VEVENT"


def test_a_series_is_read_with_what_falls_out_of_it() -> None:
    (group,) = read(EVENINGS, MOVED).groups
    assert group.main
    assert group.main.rhythm
    assert group.main.rhythm.excluded == {date(2026, 12, 23), date(2026, 12, 30)}
    assert (group.main.rhythm.first, f"{group.main.rhythm.at:%H:%M}") == (date(2026, 10, 7), "19:00")
    assert [one.slot for one in group.single] == [datetime(2026, 12, 2, 19, tzinfo=UTC)]


def test_a_time_that_is_left_out_is_the_very_time() -> None:
    """EXDATE names times; another time of that day leaves nothing out (RFC 5545, 3.8.5.1)."""
    entry = but(EVENINGS, "EXDATE;TZID=Europe/London:20261223T183000", "EXDATE:20261230T190000Z")
    (group,) = read((*entry, "EXDATE;VALUE=DATE:20270106")).groups
    assert group.main
    assert group.main.rhythm
    assert group.main.rhythm.excluded == {date(2026, 12, 30), date(2027, 1, 6)}


def test_further_dates_stand_by_themselves() -> None:
    item = only("RDATE:20261125T093000Z,20261128T093000Z", "RRULE:FREQ=WEEKLY;BYDAY=SA")
    assert item.also == (datetime(2026, 11, 25, 9, 30, tzinfo=UTC),), "the other is one of the rule"
    item = only("RRULE:FREQ=WEEKLY;BYDAY=SU")
    assert item.also == (HALF_PAST_NINE,), "DTSTART is one of them, whatever the rule says"


# Files that are none


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", "no calendar"),
        (b"\x00\xff\xfe" * 1000, "no calendar"),
        (b"PK\x03\x04" + bytes(range(256)) * 100, "no calendar"),
        (file(COFFEE).decode().encode("utf-16"), "no calendar"),
        (b"BEGIN:VCARD\r\nEND:VCARD", "no calendar"),
        (file(COFFEE) + b" " * 2_000_000, "more than 1 MB"),
        (b"BEGIN:VCALENDAR\n" + b"BEGIN:VEVENT\nEND:VEVENT\n" * 30_000, "more than 5,000 entries"),
    ],
)
def test_another_file_is_told_in_a_sentence(content: bytes, expected: str) -> None:
    with pytest.raises(OperatorError, match=expected):
        read_calendar(content, ZONE, NOW)


LESS = 1 if DRILL else 10
BOMBS = {
    "nested": b"BEGIN:VCALENDAR\n" + b"BEGIN:VEVENT\n" * 4_000 + b"BEGIN:VALARM\n" * 60_000,
    "inner": b"BEGIN:VCALENDAR\nBEGIN:VEVENT\n" + b"BEGIN:X\n" * 100_000 + b"END:VEVENT\n",
    "one line": b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:" + b"a;=\"'\\" * 190_000 + b"\nEND:VEVENT\n",
    "folds": b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:a" + b"\n x" * 300_000 + b"\nEND:VEVENT\n",
    "parameters": b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART" + b";A=B" * 240_000 + b":20270101T100000\nEND:VEVENT\n",
    "rules": file(*[but(COFFEE, f"UID:{n}", "RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30") for n in range(1500 // LESS)]),
    "years": file(*[but(COFFEE, f"UID:{n}", "RRULE:FREQ=DAILY;BYMONTHDAY=31;BYMONTH=2") for n in range(1500 // LESS)]),
    "many": file(*[but(COFFEE, f"UID:{n}") for n in range(5000 // LESS)]),
    "dates": file(
        *[(*but(COFFEE, f"UID:{n}"), "RDATE:" + ",".join(["20261125T093000Z"] * 999)) for n in range(50 // LESS)]
    ),
}


@pytest.mark.parametrize("bomb", BOMBS)
def test_no_file_takes_long(bomb: str) -> None:
    assert len(BOMBS[bomb]) <= 1_000_000 or bomb in ("inner", "one line")
    began = time.process_time()
    read_calendar(BOMBS[bomb][:1_000_000], ZONE, NOW)
    assert time.process_time() - began < (60 if DRILL else 10)


REAL = file(COFFEE, EVENINGS, MOVED, ALL_DAY, but(COFFEE, "UID:2", "URL:https://example.org/x", "DURATION:PT1H"))
PIECES = [
    *(b"\r\n", b"\n", b"\r", b"\n ", b"\n\t", b"\x00", b"\xff", b"\xe2\x80\xa8", b":", b";", b",", b'"', b"="),
    *(b"BEGIN:VEVENT\r\n", b"END:VEVENT\r\n", b"BEGIN:VALARM\r\n", b"END:VCALENDAR\r\n", b"BEGIN:VTIMEZONE\r\n"),
    *(b"RRULE:FREQ=DAILY;UNTIL=99999999T999999Z\r\n", b"RDATE:2026\r\n", b"EXDATE;VALUE=DATE:20261223\r\n"),
    *(b"99999999999999999999", b"-PT1H", b"P9999999999W", b"TZID=../../secret", b"VALUE=PERIOD", b"Z", b"\\"),
    *(b"DTSTART;TZID=\xc3\xa9:20261121T093000\r\n", b"RECURRENCE-ID:20261202T190000Z\r\n", b"20260231T250000"),
]


@given(st.integers(0, 2**32), st.integers(1, 12), st.booleans())
def test_whatever_is_done_to_a_calendar_it_is_read_or_refused(seed: int, edits: int, only_pieces: bool) -> None:
    """Cut, doubled, spoilt: what is taken is always something that can be an event."""
    dice, content = Random(seed), bytearray(REAL)
    for _ in range(edits):
        at = dice.randrange(len(content) + 1)
        cut = at + dice.choice([0, 0, 1, 5, 40])
        content[at:cut] = dice.choice(PIECES) if only_pieces or dice.random() < 0.7 else bytes([dice.randrange(256)])
    check(bytes(content))


@given(st.binary(max_size=400), st.text(max_size=200))
def test_and_anything_at_all(content: bytes, text: str) -> None:
    check(b"BEGIN:VCALENDAR\nBEGIN:VEVENT\n" + content + text.encode() + b"\nEND:VEVENT\nEND:VCALENDAR")
    check(file((*COFFEE, text), EVENINGS))


def check(content: bytes) -> None:
    with suppress(OperatorError):
        calendar = read_calendar(content, ZONE, NOW)
        items = [item for group in calendar.groups for item in group.items]
        assert calendar.read == len(items) + len(calendar.wrong) + len(calendar.left)
        for item in items:
            assert 0 < len(item.title) <= MOST_TITLE
            assert len(item.description) <= MOST_DESCRIPTION
            assert 0 < item.minutes <= 24 * 60
            assert item.starts_at.utcoffset() == timedelta()
            assert "\x00" not in item.title + item.description + item.place + item.uid + item.link

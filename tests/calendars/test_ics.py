"""Calendar files, read back by parsers that are not ours."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import pytest
import recurring_ical_events
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.calendars.ics import Entry, Run, Said, calendar, uid
from bot.calendars.zones import changes
from bot.chat.ids import Id
from bot.core.walltime import instant
from bot.events.model import Answer, Event, Series, Status

LONDON = "Europe/London"
AT = datetime(2026, 11, 1, 12, tzinfo=UTC)
HOUR, WEEK = timedelta(hours=1), timedelta(weeks=1)
COFFEE = Event(Id(7), "Saturday coffee", datetime(2026, 11, 14, 9, 30, tzinfo=UTC), 60, LONDON, Status.PLANNED)
SAID, BUSY = Said("HeadsUp"), Said("HeadsUp", "Busy")


def entry(event: Event, answer: Answer = Answer.YES, since: datetime = AT, shows_link: bool = True) -> Entry:
    return Entry(event, answer, since, shows_link)


def parsed(entries: Sequence[Entry], runs: Sequence[Run] = (), said: Said = SAID) -> Any:
    made = calendar(entries, runs, said, AT)
    assert all(len(line) <= 75 for line in made.split(b"\r\n")), "folded (RFC 5545, 3.1)"
    return icalendar.Calendar.from_ical(made)


def only(entries: Sequence[Entry], said: Said = SAID) -> Any:
    (event,) = parsed(entries, said=said).walk("VEVENT")
    return event


def instants(made: Any) -> list[datetime]:
    """When everything in it takes place, as somebody's programme reads it."""
    found = recurring_ical_events.of(made).between(date(2026, 1, 1), date(2028, 1, 1))
    return sorted(one["DTSTART"].dt.astimezone(UTC) for one in found if one.get("STATUS") != "CANCELLED")


def test_an_event_stands_in_it_at_its_time_under_a_name_that_stays() -> None:
    event = only([entry(replace(COFFEE, place="The Hall, Leeds", link="https://meet.example.org/x", sequence=4))])
    assert event["UID"] == uid(COFFEE)
    assert event["SEQUENCE"] == 4
    assert event["DTSTART"].dt == COFFEE.starts_at
    assert event["DTSTART"].params["TZID"] == LONDON
    assert event["DTEND"].dt - event["DTSTART"].dt == HOUR
    assert event["DTSTAMP"].dt == AT
    assert event["LOCATION"] == "The Hall, Leeds, https://meet.example.org/x"
    assert "ATTENDEE" not in event
    assert "METHOD" not in event


def test_the_method_is_the_calendars_and_the_link_is_not_everybodys() -> None:
    made = parsed([entry(replace(COFFEE, link="https://meet.example.org/x"), shows_link=False)])
    assert made["METHOD"] == "PUBLISH"
    assert b"meet.example.org" not in made.to_ical()


def test_busy_tells_nothing_of_what_it_is() -> None:
    said = replace(COFFEE, place="place-canary", link="https://link-canary.example", description="about-canary")
    made = calendar([entry(said)], (), BUSY, AT)
    assert b"canary" not in made
    assert b"coffee" not in made
    assert b"SUMMARY:Busy" in made


@pytest.mark.parametrize(
    ("event", "answer", "status", "transp"),
    [
        (COFFEE, Answer.YES, "CONFIRMED", "OPAQUE"),
        (COFFEE, Answer.MAYBE, "TENTATIVE", "TRANSPARENT"),
        (replace(COFFEE, status=Status.CANCELLED), Answer.YES, "CANCELLED", "OPAQUE"),
    ],
)
def test_how_sure_it_is(event: Event, answer: Answer, status: str, transp: str) -> None:
    found = only([entry(event, answer)])
    assert (found["STATUS"], found["TRANSP"]) == (status, transp)


@given(st.text(max_size=200), st.text(max_size=1000))
@settings(max_examples=200, deadline=None)
def test_whatever_is_written_stays_text(title: str, description: str) -> None:
    """A newline, a colon or a whole other event in a title is a title (THREATS, 19)."""
    made = calendar([entry(replace(COFFEE, title=title or "x", description=description))], (), SAID, AT)
    again = icalendar.Calendar.from_ical(made)
    assert len(again.walk("VEVENT")) == 1
    assert all(len(line) <= 75 for line in made.split(b"\r\n"))


def test_a_forged_line_stays_text() -> None:
    evil = "Coffee\r\nATTENDEE:mailto:a@example.org\r\nEND:VEVENT\r\nBEGIN:VEVENT"
    found = only([entry(replace(COFFEE, title=evil))])
    assert "ATTENDEE" not in found
    assert "ATTENDEE:mailto:a@example.org" in found["SUMMARY"]


WEDNESDAYS = Series(Id(5), "FREQ=WEEKLY;BYDAY=WE", date(2026, 10, 7), time(19), LONDON)


def sessions(count: int) -> list[Event]:
    """Wednesdays at seven, over the end of summer time."""
    days = [date(2026, 10, 7) + WEEK * n for n in range(count)]
    made = [(Id(100 + n), instant(day, time(19), LONDON)) for n, day in enumerate(days)]
    base = replace(COFFEE, title="Wednesday evening", minutes=90, series=WEDNESDAYS.id)
    return [replace(base, id=id, starts_at=at, slot=at) for id, at in made]


def test_a_series_keeps_its_hour_when_the_clocks_change() -> None:
    events = sessions(8)
    made = parsed([], [Run(WEDNESDAYS, tuple(map(entry, events)))])
    assert instants(made) == [event.starts_at for event in events]
    assert {at.astimezone(ZoneInfo(LONDON)).hour for at in instants(made)} == {19}
    assert len({at.hour for at in instants(made)}) == 2, "there is a change of clocks in it"
    assert len(made.walk("VEVENT")) == 1
    halves = made.walk("VTIMEZONE")[0]
    assert {part.name for part in halves.subcomponents} == {"STANDARD", "DAYLIGHT"}


def test_what_falls_out_is_moved_or_cancelled_in_a_series() -> None:
    """The third has gone, the fourth is moved over the change of clocks, the fifth is cancelled."""
    events = sessions(8)
    moved = replace(events[3], starts_at=events[3].starts_at + timedelta(days=1, hours=1), title="Thursday, for once")
    cancelled = replace(events[4], status=Status.CANCELLED)
    there = [*events[:2], moved, cancelled, *events[5:]]
    made = parsed([], [Run(WEDNESDAYS, tuple(map(entry, there)))])
    assert instants(made) == sorted(event.starts_at for event in there if event.status is Status.PLANNED)
    master, *changed = made.walk("VEVENT")
    assert {one["UID"] for one in changed} == {master["UID"]}
    assert [one["RECURRENCE-ID"].dt for one in changed] == [moved.slot, cancelled.slot]
    assert master["EXDATE"].dts[0].dt == events[2].slot


def test_the_first_of_a_series_may_be_the_one_that_is_moved() -> None:
    events = sessions(4)
    moved = replace(events[0], starts_at=events[0].starts_at + HOUR)
    made = parsed([], [Run(WEDNESDAYS, tuple(map(entry, [moved, *events[1:]])))])
    assert instants(made) == [moved.starts_at, *(event.starts_at for event in events[1:])]


def test_a_change_in_a_series_is_newer() -> None:
    events = sessions(3)
    before = parsed([], [Run(WEDNESDAYS, tuple(map(entry, events)))]).walk("VEVENT")[0]
    later = replace(events[1], title="Something else", changed_at=AT + HOUR)
    after = parsed([], [Run(WEDNESDAYS, tuple(map(entry, [events[0], later, events[2]])))]).walk("VEVENT")[0]
    assert after["UID"] == before["UID"]
    assert after["SEQUENCE"] > before["SEQUENCE"]


@pytest.mark.parametrize("zone", ["Europe/London", "Asia/Dubai", "Australia/Lord_Howe", "America/St_Johns"])
def test_the_halves_of_a_zone_are_its_own(zone: str) -> None:
    """Each change at the second it happens, by the clock as it was before."""
    first, last = datetime(2026, 1, 1, tzinfo=UTC), datetime(2028, 1, 1, tzinfo=UTC)
    place = ZoneInfo(zone)
    for change in list(changes(zone, first, last))[1:]:
        at = change.wall.replace(tzinfo=UTC) - change.before
        assert at.astimezone(place).utcoffset() == change.after
        assert (at - timedelta(seconds=1)).astimezone(place).utcoffset() == change.before


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_any_choice_of_a_series_is_read_back_as_it_is(data: st.DataObject) -> None:
    events = sessions(12)
    chosen = data.draw(st.lists(st.sampled_from(events), min_size=1, unique=True))
    by = {event.id: data.draw(st.sampled_from([0, 0, 0, 1, 25]), label="hours later") for event in chosen}
    there = [replace(event, starts_at=event.starts_at + HOUR * by[event.id]) for event in chosen]
    made = parsed([], [Run(WEDNESDAYS, tuple(map(entry, there)))])
    assert instants(made) == sorted(event.starts_at for event in there)

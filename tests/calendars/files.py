"""Calendars as other programmes write them."""

from bot.calendars.importing import Calendar, Item, read_calendar
from tests.events.hall import NOW, ZONE

COFFEE = (
    "UID:coffee@example.org",
    "SUMMARY:Saturday coffee",
    "DTSTART;TZID=Europe/London:20261121T093000",
    "DTEND;TZID=Europe/London:20261121T103000",
    "LOCATION:The Hall\\, Leeds",
)
EVENINGS = (
    "UID:evenings@example.org",
    "SUMMARY:Wednesday evening",
    "DTSTART;TZID=Europe/London:20261007T190000",
    "DTEND;TZID=Europe/London:20261007T203000",
    "RRULE:FREQ=WEEKLY;BYDAY=WE",
    "EXDATE;TZID=Europe/London:20261223T190000,20261230T190000",
)
MOVED = (
    "UID:evenings@example.org",
    "RECURRENCE-ID;TZID=Europe/London:20261202T190000",
    "SUMMARY:A Thursday evening, for once",
    "DTSTART;TZID=Europe/London:20261203T190000",
    "DTEND;TZID=Europe/London:20261203T203000",
)
ALL_DAY = ("UID:half-term@example.org", "SUMMARY:Half-term", "DTSTART;VALUE=DATE:20270215")


def file(*entries: tuple[str, ...], name: str = "Network") -> bytes:
    """A calendar with those entries."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"X-WR-CALNAME:{name}"]
    for entry in entries:
        lines += ["BEGIN:VEVENT", *entry, "END:VEVENT"]
    return "\r\n".join([*lines, "END:VCALENDAR", ""]).encode()


def but(entry: tuple[str, ...], *lines: str) -> tuple[str, ...]:
    """The entry with other lines: each stands instead of the one of its name, "NAME" alone instead of nothing."""
    names = {name(line) for line in lines}
    return (*(line for line in entry if name(line) not in names), *(line for line in lines if ":" in line))


def name(line: str) -> str:
    return line.replace(";", ":").partition(":")[0]


def read(*entries: tuple[str, ...]) -> Calendar:
    return read_calendar(file(*entries), ZONE, NOW)


def only(*lines: str) -> Item:
    """The coffee with other lines, read."""
    calendar = read(but(COFFEE, *lines))
    assert not calendar.wrong + calendar.left, calendar
    (group,) = calendar.groups
    assert group.main
    return group.main


def why(*lines: str) -> str:
    """Why the coffee with other lines is not taken."""
    calendar = read(but(COFFEE, *lines))
    (no,) = calendar.wrong + calendar.left
    assert no.line == 4
    assert not calendar.groups
    return no.why

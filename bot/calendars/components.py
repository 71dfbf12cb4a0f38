"""The entries of a calendar file, one by one, as `icalendar` reads them: a broken one breaks no other.

Whatever the file is, this ends soon: it goes through it once, keeps no more of an entry than what an event can have,
and hands each to the library alone. Who was invited, what was attached and what rings is never read.
"""

import warnings
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from bot.chat.text import one_line
from bot.core.errors import OperatorError

Read: TypeAlias = Any
"""An `icalendar.Event`: what it gives for a name may be of any of thirty types, and shows only when asked for."""
MOST_BYTES = 1_000_000
MOST_ENTRIES = 5_000
_MOST_DATES = 1_000
"""Dates that one entry names by themselves, those that are left out among them."""
_LONGEST = 20_000
"""Characters of a property: what is shown of any has at most a thousand."""
_DATES = ("EXDATE", "RDATE")
_CONFERENCES = ("CONFERENCE", "X-GOOGLE-CONFERENCE", "X-MICROSOFT-SKYPETEAMSMEETINGURL", "URL")
_ONCE = ("UID", "SUMMARY", "DESCRIPTION", "LOCATION", "STATUS", "DTSTART", "DTEND", "DURATION", "RECURRENCE-ID")
_NAME = "X-WR-CALNAME"
_EXPECTED = "Expected is a calendar as programmes save it, a file that ends in .ics."


@dataclass
class Component:
    """One VEVENT. `line`: where it begins in the file, the first being 1. `rules`: its RRULEs as they stand there.
    `broken`: it does not end, or has more than anybody could mean."""

    line: int
    rules: list[str] = field(default_factory=list)
    broken: bool = False
    uid: str = ""
    _lines: list[str] = field(default_factory=list)
    _there: set[str] = field(default_factory=set)
    _dates: int = 0
    _inner: int = 0

    def read(self) -> Read | None:
        """What it says; None where it cannot be read."""
        import icalendar  # a fifth of a second to load

        if self.broken:
            return None
        text = "\r\n".join(("BEGIN:VEVENT", *self._lines, "END:VEVENT"))
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # it guesses zones that have another programme's name before theirs
                read = icalendar.Event.from_ical(text)
        except Exception:  # whatever a library makes of a file that was broken on purpose
            return None
        return None if isinstance(read, list) or read.errors else read

    def add(self, line: str) -> None:
        """One of its lines."""
        name = _name(line)
        if name in ("BEGIN", "END"):
            self._inner = max(0, self._inner + (1 if name == "BEGIN" else -1))
        elif not self._inner:
            self._keep(name, line)

    def _keep(self, name: str, line: str) -> None:
        if name in ("RRULE", "EXRULE"):
            self.rules.append(line.partition(":")[2] if name == "RRULE" else "")
        elif name in _DATES:
            self._dates += 1 + line.count(",")
            self.broken |= self._dates > _MOST_DATES
            self._lines.append(line)
        elif name in (*_ONCE, *_CONFERENCES) and name not in self._there:
            self._there.add(name)
            self.uid = one_line(line.partition(":")[2]) if name == "UID" else self.uid
            self._lines.append(line[:_LONGEST])


@dataclass(frozen=True)
class File:
    """A calendar file: what it calls itself, and its entries."""

    name: str
    components: Sequence[Component]


def open_file(content: bytes) -> File:
    """Its entries, not yet read. Raises OperatorError where it is another file, or too large."""
    if len(content) > MOST_BYTES:
        raise OperatorError("This file has more than 1 MB. Save a calendar with fewer events, or without attachments.")
    lines = list(_unfolded(content.decode("utf-8-sig", "replace")))
    if next((line for _, line in lines if line.strip()), "").strip().upper() != "BEGIN:VCALENDAR":
        raise OperatorError(f"This file is no calendar. {_EXPECTED}")
    components = list(_components(lines))
    if len(components) > MOST_ENTRIES:
        raise OperatorError(f"This calendar has more than {MOST_ENTRIES:,} entries. Save it in several parts.")
    name = next((line.partition(":")[2] for _, line in lines if _name(line) == _NAME), "")
    return File(one_line(name), components)


def texts(read: Read, *names: str) -> Iterator[str]:
    """What stands there under these names, as text."""
    for name in names:
        value = read.get(name)
        if value is not None:
            yield str(value)


def conferences(read: Read) -> Iterator[str]:
    """Where one could meet on screen."""
    return texts(read, *_CONFERENCES)


def dates(read: Read, name: str) -> Iterator[tuple[Any, Mapping[str, str]]]:
    """All dates of EXDATE or RDATE, each with the parameters it was written with."""
    found = read.get(name, [])
    for some in found if isinstance(found, list) else [found]:
        for one in some.dts:
            yield one.dt, one.params


def _components(lines: Sequence[tuple[int, str]]) -> Iterator[Component]:
    """One that begins where another has not ended shows that the other is broken."""
    current: Component | None = None
    for number, line in lines:
        word = line.strip().upper()
        if word in ("BEGIN:VEVENT", "END:VEVENT") and current is not None:
            current.broken |= word == "BEGIN:VEVENT"
            yield current
            current = None
        if word == "BEGIN:VEVENT":
            current = Component(number)
        elif current is not None:
            current.add(line)
    if current is not None:
        current.broken = True
        yield current


def _unfolded(text: str) -> Iterator[tuple[int, str]]:
    """Each line with its number; one that begins with a space goes on with the one before (RFC 5545, 3.1)."""
    started, parts = 0, list[str]()
    for number, line in enumerate(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), 1):
        if parts and line[:1] in (" ", "\t"):
            parts.append(line[1:])
            continue
        if parts:
            yield started, "".join(parts)
        started, parts = number, [line]
    yield started, "".join(parts)


def _name(line: str) -> str:
    return line[:80].replace(";", ":").partition(":")[0].strip().upper()

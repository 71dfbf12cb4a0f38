"""The time of day in what somebody wrote, as minutes after midnight: all that it could mean, and nothing else."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from re import Match
from typing import Final, TypeAlias

_NOON: Final = 12 * 60
_DAY: Final = 24 * 60
_PART = re.compile(r"\b(?:in the |at )?(morning|afternoon|evening|night)\b")
Part: TypeAlias = tuple[int, int] | None
_PARTS = {
    "morning": (0, _NOON),
    "afternoon": (_NOON, 18 * 60),
    "evening": (16 * 60, _DAY),
    "night": (18 * 60, _DAY + 1),
}
"""From when until when the minutes of each lie; midnight at the end of a day belongs to its night."""


@dataclass(frozen=True)
class _Form:
    """One way to write a time, and the minutes it could mean."""

    pattern: re.Pattern[str]
    means: Callable[[Match[str]], Iterable[int]]


def take_part(text: str) -> tuple[Part, str]:
    """The part of the day that is named, and the text without it."""
    found = _PART.search(text)
    return (_PARTS[found[1]], _without(text, found)) if found else (None, text)


def take_time(text: str, part: Part) -> tuple[tuple[int, ...] | None, str]:
    """The minutes that a time of day in `text` could mean, and the text without it. None where there is no time; empty
    where it contradicts itself, such as "7am in the evening"."""
    form, found = _first(text)
    if form is None or found is None:
        return None, text
    minutes = tuple(form.means(found))
    if part:
        minutes = tuple(minute for minute in minutes if part[0] <= minute < part[1])
    return (minutes if part else _as_written(found, minutes)), _without(text, found)


def _first(text: str) -> tuple[_Form | None, Match[str] | None]:
    """The first form that is there, and where it stands last: in "3.12 19.30" the date comes first."""
    for form in _FORMS:
        if found := list(form.pattern.finditer(text)):
            return form, found[-1]
    return None, None


def _without(text: str, found: Match[str]) -> str:
    return f"{text[: found.start()]} {text[found.end() :]}"


def _as_written(found: Match[str], minutes: tuple[int, ...]) -> tuple[int, ...]:
    """Two figures for the hour are a clock of 24 hours: 10:30 is in the morning, 9:30 could be in the evening."""
    hour, minute = found.groupdict().get("hour"), found.groupdict().get("minute")
    if len(minutes) < 2 or not hour or not minute or len(hour) < 2:
        return minutes
    return minutes[:1] if int(hour) < 12 else minutes[1:]


def _hour_minute(found: Match[str]) -> list[int]:
    """A time with or without am or pm."""
    given = found.groupdict()
    hour, minute, half = int(given["hour"]), int(given.get("minute") or 0), given.get("half")
    if half:
        return [(hour % 12 + 12 * (half == "pm")) * 60 + minute] if 1 <= hour <= 12 else []
    if hour > 23:
        return []
    return _either(hour * 60 + minute) if 1 <= hour <= 12 and given["hour"][0] != "0" else [hour * 60 + minute]


def _quarter(found: Match[str]) -> list[int]:
    """ "half past 7", "quarter to 8"; and "half 7", which in Britain is half past."""
    shift = {"half": 30, "half past": 30, "quarter past": 15, "quarter to": -15}[found["shift"]]
    return [(minute + shift) % _DAY for minute in _hour_minute(found)]


def _either(minute: int) -> list[int]:
    """Before and after noon."""
    return [minute % _NOON, minute % _NOON + _NOON]


_HALF = r" ?(?P<half>am|pm)\b"
_FORMS = (
    _Form(
        re.compile(
            rf"\b(?:a )?(?P<shift>half past|half|quarter past|quarter to) (?P<hour>\d{{1,2}})(?:{_HALF}|\b(?![.:/]))"
        ),
        _quarter,
    ),
    _Form(re.compile(rf"(?<![\w.:/-])(?P<hour>\d{{1,2}}?)[.:]?(?P<minute>[0-5]\d)?{_HALF}"), _hour_minute),
    _Form(re.compile(r"(?<![\w.:/-])(?P<hour>\d{1,2}):(?P<minute>[0-5]\d)(?![\w.:/-])"), _hour_minute),
    _Form(re.compile(r"\b(?:12 )?(?:noon|midday)\b"), lambda found: [_NOON]),
    # Nobody agrees whether Friday's midnight begins or ends Friday.
    _Form(re.compile(r"\b(?:12 )?midnight\b"), lambda found: [0, _DAY]),
    _Form(re.compile(r"(?<![\w.:/-])(?P<hour>\d{1,2}) ?oclock\b"), _hour_minute),
    _Form(re.compile(r"(?:\bat |@ ?)(?P<hour>\d{1,2})(?:\.(?P<minute>[0-5]\d))?(?![\w.:/-])"), _hour_minute),
    _Form(re.compile(r"(?:\bat |@ ?)(?P<hour>\d\d)(?P<minute>[0-5]\d)(?![\w.:/-])"), _hour_minute),
    _Form(re.compile(r"(?<![\w.:/-])(?P<hour>\d\d)(?P<minute>[0-5]\d) ?(?:h|hrs|hours)\b"), _hour_minute),
    _Form(re.compile(r"(?<![\w.:/-])(?P<hour>\d{1,2})\.(?P<minute>[0-5]\d)(?![\w.:/-])"), _hour_minute),
)
"""Tried in this order: what can be nothing but a time comes before what could also be a date."""

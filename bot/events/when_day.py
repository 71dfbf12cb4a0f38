"""The day in what somebody wrote. Weekdays and "next", "week", "fortnight" are read here, in British English, since no
library reads them so; dates with a month are read by `python-dateutil`, told to accept nothing else."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import cache
from re import Match
from typing import Final

_DAY: Final = timedelta(days=1)
_WEEK: Final = timedelta(days=7)
_JUST_PAST: Final = timedelta(days=60)
"""A date without a year that was so lately is a slip, or has been; it is not the one of next year."""
_NAMES = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


class Wrong(StrEnum):
    """Why no day can be read where one may be written."""

    UNCLEAR = "unclear"
    DIFFERS = "differs"


@dataclass(frozen=True)
class Days:
    """The days it could be; none where no day is written, or where something is `wrong`."""

    days: tuple[date, ...] = ()
    wrong: Wrong | None = None


@dataclass(frozen=True)
class _Form:
    """One way to say a day, and those it could be."""

    pattern: re.Pattern[str]
    means: Callable[[Match[str], date], Sequence[date]]


def take_day(text: str, today: date) -> tuple[Days, str | None]:
    """The days that `text` could mean, and a number that stands beside them alone: an hour, if no other is written."""
    form, found = next(((form, found) for form in _FORMS if (found := form.pattern.search(text))), (None, None))
    rest = _GLUE.sub(" ", f"{text[: found.start()]} {text[found.end() :]}" if found else text)
    rest = " ".join(rest.split())
    if form is None or found is None:
        return (_dated(rest, today) if rest else Days()), None
    said = tuple(sorted(set(form.means(found, today))))
    if not rest or _LONE.fullmatch(rest):
        return Days(said), rest or None
    bare = found.groupdict().get("day") if form is _FORMS[-1] else None
    return _agreed(_dated(rest, today, _weekday(bare) if bare else None), said, bare), None


def _agreed(dated: Days, said: Sequence[date], bare: str | None) -> Days:
    """A date with what was said beside it: "Wed 2 Dec", "tomorrow 2 Dec"."""
    if dated.wrong or (bare and dated.days[0].weekday() == _weekday(bare)) or dated.days[0] in said:
        return dated
    return Days(wrong=Wrong.DIFFERS)


# Weekdays and what is said about them


def _weekday(name: str) -> int:
    return _NAMES.index(name[:3])


def _coming(name: str, today: date) -> list[date]:
    """The next of that name; on the day itself that could be today or in a week."""
    first = today + _DAY * ((_weekday(name) - today.weekday()) % 7)
    return [first, first + _WEEK] if first == today else [first]


def _in_week(name: str, monday: date) -> date:
    return monday + _DAY * _weekday(name)


def _this_monday(today: date) -> date:
    return today - _DAY * today.weekday()


def _next(found: Match[str], today: date) -> list[date]:
    """For some the soonest, for others the one in next week; where that is one and very near, the one after it, too."""
    soonest = _coming(found["day"], today)[-1]
    later = _in_week(found["day"], _this_monday(today) + _WEEK)
    return [soonest, later if later != soonest or soonest - today > _DAY * 3 else later + _WEEK]


def _this(found: Match[str], today: date) -> list[date]:
    return _coming(found["day"], today)[:1]


def _of_week(found: Match[str], today: date) -> list[date]:
    """ "Tuesday next week", "Friday this week"."""
    return [_in_week(found["day"], _this_monday(today) + _WEEK * (found["which"] == "next"))]


def _later(found: Match[str], today: date) -> list[date]:
    """ "Thursday week", "a fortnight on Friday", "a week tomorrow"."""
    anchor = found["anchor"]
    from_days = [today + _DAY * (anchor == "tomorrow")] if anchor in ("today", "tomorrow") else _coming(anchor, today)
    return [day + _span(found) for day in from_days]


def _weekday_in(found: Match[str], today: date) -> list[date]:
    """ "in two weeks, Tues": in the week that is then, or so long after the next Tuesday."""
    then = today + _span(found)
    return [
        _in_week(found["day"], _this_monday(then)),
        *(day + _span(found) for day in _coming(found["day"], today)[:1]),
    ]


def _span(found: Match[str]) -> timedelta:
    number = found.groupdict().get("number") or "1"
    unit = {"d": 1, "w": 7, "f": 14}[found["unit"][0]]
    return _DAY * unit * (int(number) if number.isdigit() else 1)


_WEEKDAY = (
    r"(?:mon(?:day)?|tue(?:s(?:day)?)?|wed(?:s|nesday)?|thu(?:r(?:s(?:day)?)?)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?)"
)
_ANCHOR = rf"(?P<anchor>{_WEEKDAY}|today|tomorrow)"
_ON = rf"(?P<day>{_WEEKDAY})"
_IN = r"in (?P<number>\d{1,2}|an?) (?P<unit>days?|weeks?|fortnights?)(?: time)?"
_GLUE = re.compile(r"\b(?:on|at|from|of|the)\b|[,@]|(?<!\w)[.-](?!\w)")
"""Words and signs that may stand between the parts, and mean nothing by themselves."""
_LONE = re.compile(r"\d{1,2}")
_FORMS = tuple(
    _Form(re.compile(rf"\b(?:{pattern})\b"), means)
    for pattern, means in (
        (rf"{_IN},? (?:on )?{_ON}", _weekday_in),
        (rf"{_ON},? {_IN}", _weekday_in),
        (
            rf"(?:(?P<number>\d{{1,2}}|a) )?(?P<unit>weeks?|fortnight) (?:on |from )?{_ANCHOR}",
            _later,
        ),
        (rf"{_ANCHOR} (?P<unit>week|fortnight)", _later),
        (rf"(?P<which>next|this) week,? (?:on )?{_ON}", _of_week),
        (rf"{_ON},? (?:of )?(?P<which>next|this) week", _of_week),
        (rf"next {_ON}", _next),
        (rf"(?:this|coming|this coming) {_ON}", _this),
        (_IN, lambda found, today: [today + _span(found)]),
        (r"(?:the )?day after tomorrow", lambda found, today: [today + _DAY * 2]),
        (r"tomorrow", lambda found, today: [today + _DAY]),
        (r"today", lambda found, today: [today]),
        (_ON, lambda found, today: _coming(found["day"], today)),
    )
)
"""Tried in this order, the longer ones first; a weekday alone is the last."""

# Dates with a month, or a day of the month


@cache
def _library() -> Callable[[str, datetime, bool], datetime]:
    """Reads a text beside a default, year first or day first. Raises ValueError or ArithmeticError. Loaded when needed:
    that takes a tenth of a second, which whoever only asks for help does not wait for."""
    from dateutil.parser import parse, parserinfo

    class British(parserinfo):
        """What may be accepted: numbers and names of months. The rest has been taken out, or is not understood."""

        def __init__(self) -> None:
            self.JUMP = [" "]
            self.WEEKDAYS, self.HMS, self.AMPM, self.UTCZONE, self.PERTAIN = [], [], [], [], []
            super().__init__()

        def convertyear(self, year: int, century_specified: bool = False) -> int:
            """Two figures are a year of this century; the library's own rule looks at the wall clock."""
            return year if century_specified or year > 99 else 2000 + year

    british = British()
    return lambda text, default, iso: parse(text, british, default=default, dayfirst=not iso, yearfirst=iso)


_DEFAULTS = (datetime(2000, 1, 1, 0, 0), datetime(2004, 3, 2, 13, 7))  # noqa: DTZ001  # wall-clock dates, and leap years
"""Read beside each of these: what is the same both times was written, what differs was filled in."""
_ORDINAL = re.compile(r"(?<=\d)(?:st|nd|rd|th)\b")
_NTH = re.compile(r"(\d{1,2})(?:st|nd|rd|th)")


def _dated(text: str, today: date, weekday: int | None = None) -> Days:
    """The date that is all of `text`."""
    if nth := _NTH.fullmatch(text):
        return _nth(int(nth[1]), today, weekday)
    iso = text[:4].isdigit()
    figures = re.sub(r"(?<=\w) ?[-./] ?(?=\w)", "-" if iso else "/", _ORDINAL.sub("", text))
    read = _written(figures, iso)
    if read is None:
        return Days(wrong=Wrong.UNCLEAR)
    year, month, day = read
    return Days((date(year, month, day),)) if year else _yearless(month, day, today)


def _written(text: str, iso: bool) -> tuple[int | None, int, int] | None:
    """Year if written, month and day; None where it is no date, or holds anything else."""
    try:
        one, two = (_library()(text, default, iso) for default in _DEFAULTS)
    except (ValueError, ArithmeticError):  # as documented; decimal's errors come through as well (dateutil #1359)
        return None
    if (one.month, one.day) != (two.month, two.day) or [one.time(), two.time()] != [each.time() for each in _DEFAULTS]:
        return None
    first = int(re.findall(r"\d+", text)[0])
    if first != (one.year if iso else one.day):  # the library turns 12/13 round, in silence
        return None
    return (one.year if one.year == two.year else None), one.month, one.day


def _yearless(month: int, day: int, today: date) -> Days:
    """The next such date, unless it was only just."""
    dates = [one for year in range(today.year - 1, today.year + 9) if (one := _date(year, month, day))]
    lately = [one for one in dates if timedelta(0) < today - one <= _JUST_PAST]
    return Days(tuple(lately or [one for one in dates if one >= today][:1]))


def _nth(day: int, today: date, weekday: int | None) -> Days:
    """ "the 3rd": the next day of that number; "Wed 2nd": it must be that weekday."""
    months = [(today.year + (today.month - 1 + later) // 12, (today.month - 1 + later) % 12 + 1) for later in range(3)]
    dates = [one for year, month in months if (one := _date(year, month, day)) and one >= today]
    if not dates:
        return Days(wrong=Wrong.UNCLEAR)
    return Days((dates[0],)) if weekday in (None, dates[0].weekday()) else Days(wrong=Wrong.DIFFERS)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None

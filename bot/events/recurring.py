"""Events that come again: RFC 5545 recurrence rules in local wall time, read strictly and looked at within bounds.

`dateutil.rrule` works out the dates. It works in wall time without a zone, so that 19:00 stays 19:00 when the clocks
change; `bot.core.walltime` says at which instant that is.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from itertools import islice, takewhile
from typing import TYPE_CHECKING, Final, NewType

from bot.core.terms import Nation, Terms
from bot.core.walltime import Due, instant, zone_of
from bot.core.words import Words

if TYPE_CHECKING:
    from dateutil.rrule import rrule

words = Words("bot.events")

RuleText = NewType("RuleText", str)
"""A rule that `read_rule` or `rule_text` has given: "FREQ=WEEKLY;INTERVAL=2", without DTSTART."""

LONGEST: Final = 500
"""Characters of a rule. Each of its parts, written out for every day and week, has fewer."""
MOST_TIMES: Final = 1000
"""COUNT. A weekly event of twenty years."""
LARGEST_INTERVAL: Final = 100
MOST_STEPS: Final = 5000
"""Days, weeks, months or years looked at, and dates found, whatever the rule: thirteen years of days."""


class Refused(StrEnum):
    """Why a rule is not taken; `rule-…` in the words."""

    UNREADABLE = "unreadable"
    TOO_OFTEN = "too-often"
    """More than once a day."""
    NOT_KNOWN = "not-known"
    """It has a part that we do not know, such as RSCALE (RFC 7529)."""
    TOO_MANY = "too-many"
    TOO_LONG = "too-long"


class Every(StrEnum):
    """What people choose from in a form."""

    WEEK = "week"
    FORTNIGHT = "fortnight"
    MONTH = "month"
    """On the same weekday of the month: "first Tuesday"."""


@dataclass(frozen=True)
class Rule:
    """When an event comes again."""

    text: RuleText
    first: date
    """Local. Where the rule does not hold that day, the event begins on the first after it that it holds."""
    starts: time
    """On the wall in `zone`."""
    zone: str
    nation: Nation = Nation.ENGLAND
    """Whose terms and bank holidays are meant."""
    term_only: bool = False
    skips_bank_holidays: bool = False
    excluded: frozenset[date] = frozenset()


# Reading


def read_rule(text: str) -> RuleText | Refused:
    """A rule as a calendar writes it (RFC 5545, 3.3.10; "RRULE:" may stand before it), or why it is not taken. Raises
    nothing, whatever it is."""
    if len(text) > LONGEST:
        return Refused.TOO_LONG
    rule = text.strip().upper().removeprefix("RRULE:").removesuffix(";")
    found = [part.split("=") for part in rule.split(";")]
    if any(len(part) != 2 for part in found):
        return Refused.UNREADABLE
    parts = dict(found)
    return (_refused(parts) if len(parts) == len(found) else Refused.UNREADABLE) or RuleText(rule)


def rule_text(every: Every, first: date) -> RuleText:
    """The rule for what was chosen in a form, for an event that begins on that date. In a month's fourth week it is the
    fourth of its weekday, in the fifth the last."""
    match every:
        case Every.WEEK:
            return RuleText("FREQ=WEEKLY")
        case Every.FORTNIGHT:
            return RuleText("FREQ=WEEKLY;INTERVAL=2")
        case Every.MONTH:
            number = (first.day - 1) // 7 + 1
            return RuleText(f"FREQ=MONTHLY;BYDAY={number if number < 5 else -1}{_DAYS[first.weekday()]}")


def _refused(parts: Mapping[str, str]) -> Refused | None:
    if _TOO_OFTEN & parts.keys() or parts.get("FREQ") in ("HOURLY", "MINUTELY", "SECONDLY"):
        return Refused.TOO_OFTEN
    if parts.keys() - _SHAPES.keys():
        return Refused.UNREADABLE if "FREQ" not in parts else Refused.NOT_KNOWN
    if not all(_SHAPES[key].fullmatch(value) for key, value in parts.items()) or _contradicts(parts):
        return Refused.UNREADABLE
    if int(parts.get("COUNT", 1)) > MOST_TIMES or int(parts.get("INTERVAL", 1)) > LARGEST_INTERVAL:
        return Refused.TOO_MANY
    return None if _works(parts) else Refused.UNREADABLE


def _contradicts(parts: Mapping[str, str]) -> bool:
    """What RFC 5545 forbids though each part is well written; the library takes some of it for something else."""
    freq, numbered = parts.get("FREQ", ""), any(figure.isdigit() for figure in parts.get("BYDAY", ""))
    alone = "BYSETPOS" in parts and not any(key.startswith("BY") and key != "BYSETPOS" for key in parts)
    return (
        not freq
        or {"COUNT", "UNTIL"} <= parts.keys()
        or (numbered and (freq not in ("MONTHLY", "YEARLY") or "BYWEEKNO" in parts))
        or ("BYMONTHDAY" in parts and freq == "WEEKLY")
        or (bool({"BYYEARDAY", "BYWEEKNO"} & parts.keys()) and freq != "YEARLY")
        or alone
    )


def _works(parts: Mapping[str, str]) -> bool:
    """Whether the library can read it, UNTIL included."""
    try:
        _without_end(parts, datetime(2026, 1, 1))  # noqa: DTZ001  # wall-clock time
        _last(parts.get("UNTIL", ""), "UTC")
    except ValueError:
        return False
    return True


_DAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_TOO_OFTEN: Final = {"BYHOUR", "BYMINUTE", "BYSECOND"}


def _list(number: str) -> str:
    return rf"{number}(?:,{number})*"


_SHAPES: Final = {
    "FREQ": re.compile("DAILY|WEEKLY|MONTHLY|YEARLY"),
    "INTERVAL": re.compile("0*[1-9][0-9]{0,8}"),
    "COUNT": re.compile("0*[1-9][0-9]{0,8}"),
    "UNTIL": re.compile("[0-9]{8}(?:T[0-9]{6}Z?)?"),
    "BYDAY": re.compile(_list(r"(?:[+-]?(?:[1-9]|[1-4][0-9]|5[0-3]))?(?:MO|TU|WE|TH|FR|SA|SU)")),
    "BYMONTH": re.compile(_list("(?:0?[1-9]|1[0-2])")),
    "BYMONTHDAY": re.compile(_list("[+-]?(?:0?[1-9]|[12][0-9]|3[01])")),
    "BYYEARDAY": re.compile(_list("[+-]?(?:[1-9][0-9]?|[12][0-9]{2}|3[0-5][0-9]|36[0-6])")),
    "BYWEEKNO": re.compile(_list("[+-]?(?:0?[1-9]|[1-4][0-9]|5[0-3])")),
    "BYSETPOS": re.compile(_list("[+-]?(?:[1-9][0-9]?|[12][0-9]{2}|3[0-5][0-9]|36[0-6])")),
    "WKST": re.compile("MO|TU|WE|TH|FR|SA|SU"),
}


def _parts(text: str) -> dict[str, str]:
    return {key: value for key, _, value in (part.partition("=") for part in text.split(";"))}


# Dates


def dates(rule: Rule, terms: Terms, after: datetime, until: datetime, most: int) -> Iterator[Due]:
    """When the event comes, later than `after` and not later than `until` (UTC), in order, at most `most`. COUNT counts
    what the rule says, as calendars do, whether or not it falls in term. It ends where MOST_STEPS have been taken."""
    place = zone_of(rule.zone)
    dues = (Due(instant(day, rule.starts, place), day) for day in _days(rule, until) if _holds(rule, terms, day))
    return islice((due for due in dues if after < due.at <= until), most)


def _holds(rule: Rule, terms: Terms, day: date) -> bool:
    return not (
        day in rule.excluded
        or (rule.term_only and not terms.in_term(rule.nation, day))
        or (rule.skips_bank_holidays and terms.is_bank_holiday(rule.nation, day))
    )


def _days(rule: Rule, until: datetime) -> Iterator[date]:
    """The local dates of the rule as it stands, until a day after `until` at the latest."""
    parts = _parts(rule.text)
    end = min(until.astimezone(UTC).replace(tzinfo=None) + timedelta(days=1), _last(parts.get("UNTIL", ""), rule.zone))
    start = datetime.combine(rule.first, rule.starts)
    if end < start:
        return
    steps = _Steps(parts.get("INTERVAL", 1))
    steps.left = min(MOST_STEPS, (end - start).days // (_LEAST_DAYS[parts["FREQ"]] * int(steps)) + 2)
    bounded = _without_end(parts, start).replace(interval=steps)
    try:
        yield from (found.date() for found in takewhile(lambda found: found <= end, islice(bounded, MOST_STEPS)))
    except _EnoughError:
        return


_NO_END: Final = datetime(9999, 12, 31)  # noqa: DTZ001  # wall-clock time


def _without_end(parts: Mapping[str, str], start: datetime) -> "rrule":
    """The library's rule, without UNTIL, which it takes in one zone only. Raises ValueError."""
    from dateutil.rrule import rrule, rrulestr  # a tenth of a second to load

    text = ";".join(f"{key}={value}" for key, value in parts.items() if key != "UNTIL")
    made = rrulestr(text, dtstart=start)
    if not isinstance(made, rrule):
        raise ValueError("not one rule")
    return made


def _last(until: str, zone: str) -> datetime:
    """The last wall-clock time that UNTIL allows: a date means all that day, a Z universal time. Raises ValueError."""
    if not until:
        return _NO_END
    if len(until) == 8:
        return datetime.strptime(until, "%Y%m%d") + timedelta(hours=23, minutes=59, seconds=59)  # noqa: DTZ007
    wall = datetime.strptime(until[:15], "%Y%m%dT%H%M%S")  # noqa: DTZ007  # RFC 5545 means the wall's time
    return wall.replace(tzinfo=UTC).astimezone(zone_of(zone)).replace(tzinfo=None) if until.endswith("Z") else wall


_LEAST_DAYS: Final = {"DAILY": 1, "WEEKLY": 7, "MONTHLY": 28, "YEARLY": 365}


class _EnoughError(Exception):
    """No step is left."""


class _Steps(int):
    """An interval that can be gone forward by only so often. The library looks for a date until the year 9999 where
    a rule has none (30 February), sees `until` only where it finds one, and can be stopped nowhere else."""

    left = MOST_STEPS

    def _step(self) -> None:
        self.left -= 1
        if self.left < 0:
            raise _EnoughError

    def __radd__(self, other: int) -> int:
        self._step()
        return other + int(self)

    def __mul__(self, other: int) -> int:
        self._step()
        return int(self) * other


# Saying


def say_rule(rule: Rule) -> str:
    """The rule in plain words: "every second Wednesday at 19:00, in term time". A rule that no form offers is said in
    general words."""
    said = f"{_rhythm(rule)}{_end(rule)}"
    said += words.line("rule-term") if rule.term_only else ""
    return said + (words.line("rule-bank-holidays") if rule.skips_bank_holidays else "")


def _rhythm(rule: Rule) -> str:
    at, parts = f"{rule.starts:%H:%M}", {"INTERVAL": "1", "BYDAY": "", **_parts(rule.text)}
    known = parts.keys() <= {"FREQ", "INTERVAL", "BYDAY", "WKST", "COUNT", "UNTIL"}
    found = _OFFERED.fullmatch(" ".join(parts[key] for key in ("FREQ", "INTERVAL", "BYDAY")))
    if not found or not known:
        return words.line("rule-other", time=at)
    name = found["weekly"] or found["monthly"] or _DAYS[rule.first.weekday()]
    which = {"-1": "month-last", None: "fortnight" if found["interval"] == "2" else "week"}
    key = which.get(found["number"]) or f"month-{found['number']}"
    return words.line(f"rule-{key}", day=f"{date(2024, 1, 1 + _DAYS.index(name)):%A}", time=at)


_DAY: Final = "|".join(_DAYS)
_OFFERED: Final = re.compile(
    rf"WEEKLY (?P<interval>[12]) (?P<weekly>{_DAY})?|MONTHLY 1 (?P<number>[1-4]|-1)(?P<monthly>{_DAY})"
)
"""Frequency, interval and weekday of what a form offers."""


def _end(rule: Rule) -> str:
    parts = _parts(rule.text)
    if "COUNT" in parts:
        return words.line("rule-times", n=int(parts["COUNT"]))
    if "UNTIL" in parts:
        last = _last(parts["UNTIL"], rule.zone)
        return words.line("rule-until", day=f"{last.day} {last:%B} {last.year}")
    return ""

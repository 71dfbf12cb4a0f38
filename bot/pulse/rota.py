"""The rota: what is asked in which week of a school year, by itself. Every term week the core; beside it one more.

Happy and anxious by turns in every second week. In the weeks between, whatever is due: burnout once each half-term,
loneliness after four weeks, and once a term satisfied, worthwhile and leaving.
"""

from collections.abc import Callable, Iterator
from datetime import date, timedelta

from bot.pulse.model import Item

_WEEK = timedelta(weeks=1)
_MONTH = 4
"""Weeks."""
_TERMLY = ("leaving", "satisfied", "worthwhile")


def due(day: date, in_term: Callable[[date], bool]) -> tuple[Item, ...]:
    """What is asked in the week of that day; nothing where it is no term week, as `in_term` says of its Monday."""
    monday = day - timedelta(days=day.weekday())
    return next((items for week, items in year(monday, in_term) if week == monday), ())


def year(until: date, in_term: Callable[[date], bool]) -> Iterator[tuple[date, tuple[Item, ...]]]:
    """Every term week of that school year up to that Monday, and what is asked in it."""
    week, number, since = _first(until), 0, 0
    last: dict[str, int] = {}
    while week <= until:
        if not in_term(week):
            since += 1
        else:
            last = {key: at for key, at in last.items() if not _anew(key, since)}
            since, number = 0, number + 1
            yield week, (Item("week"), Item(_beside(number, last)))
        week += _WEEK


def _beside(number: int, last: dict[str, int]) -> str:
    """The one that is due in the term week of that number; `last`: when each was asked in this term or half-term."""
    if number % 2:
        return "happy" if number % 4 == 1 else "anxious"
    lonely_due = number - last.get("lonely", number - _MONTH) >= _MONTH
    wanted = ["burnout"] * ("burnout" not in last) + ["lonely"] * lonely_due
    wanted += [key for key in _TERMLY if key not in last]
    chosen = wanted[0] if wanted else "happy"
    last[chosen] = number
    return chosen


def _anew(key: str, weeks_off: int) -> bool:
    """Whether it may be asked again after so many weeks without school: a half-term is one, holidays are more."""
    return weeks_off >= 1 if key == "burnout" else weeks_off > 1 and key in _TERMLY


def _first(day: date) -> date:
    """The first Monday of the school year in which that day is."""
    begins = date(day.year if day.month >= 8 else day.year - 1, 8, 1)
    return begins + timedelta(days=-begins.weekday() % 7)

"""Somebody's own year, drawn for them alone: a bar for each week they wrote, a gap where they did not."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from bot.chat.limits import ALT
from bot.chat.view import Picture
from bot.core.words import Words
from bot.members.speech import say_day
from bot.pulse.model import Entry
from bot.pulse.picture import LIGHT, Theme, by_month, entitle, png

if TYPE_CHECKING:
    from matplotlib.axes import Axes

words = Words("bot.pulse")

_WEEK = timedelta(weeks=1)
_ENDS = (1, 5)


def draw(entries: Sequence[Entry], theme: Theme = LIGHT) -> Picture | None:
    """The oldest first. None where nothing was written, or matplotlib is not installed. Slow work, as `trend` is."""
    if not entries:
        return None
    drawn = png(lambda axes: _bars(axes, entries, theme), theme)
    return Picture(drawn, alt(entries)) if drawn else None


def alt(entries: Sequence[Entry]) -> str:
    """What the picture shows, for those who cannot see it: the first, the last, and both ends."""
    first, last = entries[0], entries[-1]
    ratings = [one.rating for one in entries]
    said = words.line(
        "diary-alt",
        first=say_day(first.week),
        last=say_day(last.week),
        start=f"{first.rating}",
        end=f"{last.rating}",
        low=f"{min(ratings)}",
        high=f"{max(ratings)}",
    )
    return said[:ALT]


def _bars(axes: "Axes", entries: Sequence[Entry], theme: Theme) -> None:
    weeks = _all_weeks(entries)
    places = [weeks.index(one.week) for one in entries]
    axes.bar(places, [one.rating for one in entries], width=0.86, color=theme.bands[1], edgecolor=theme.ground)
    low, high = _ENDS
    entitle(axes, words.line("diary-question"), theme)
    axes.set_ylim(0, high)
    numbers = range(low, high + 1)
    axes.set_yticks(list(numbers), [words.line(f"diary-{n}") if n in _ENDS else f"{n}" for n in numbers])
    by_month(axes, weeks, theme)


def _all_weeks(entries: Sequence[Entry]) -> list[date]:
    first, last = entries[0].week, entries[-1].week
    return [first + place * _WEEK for place in range((last - first) // _WEEK + 1)]

"""How one question went over a year: a picture, what it shows in words, and the same as lines to read.

All of it is drawn from published tables. matplotlib is an extra (`charts`); where it is not installed there are the
lines alone. A picture brings its own ground, so that it can be read in a light and in a dark window; bands differ in
lightness and in their hatching, so that it can be read without colours, and each is named beside its place.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING

from bot.chat.limits import ALT
from bot.chat.text import plain
from bot.chat.view import Fact, Picture, words_of_text
from bot.core.words import Words
from bot.members.speech import say_day
from bot.pulse.bank import Question
from bot.pulse.results import beside, say_told
from bot.pulse.telling import How, Told

if TYPE_CHECKING:
    from matplotlib.axes import Axes

words = Words("bot.pulse")

_SIZE, _DPI = (6.0, 3.6), 200
"""Inches and dots: 1,200 by 720, which stays readable at the 360 that a chat on a telephone leaves."""
_TYPE = 11
_HATCHES = ("", "////", "...", "xx")
_NEARLY_ALL = 95
"""Per cent: as high as "most" is drawn."""
_READABLE = 4400
"""Characters of a table."""
_HEADROOM = 118
"""Per cent: what stands above the bars is the comparator's words, or nothing."""


@dataclass(frozen=True)
class Week:
    """What was told of the question, in the week of that day."""

    day: date
    told: Told


@dataclass(frozen=True)
class Theme:
    """Colours of a picture; `bands` go from the lightest to the darkest, or the other way round."""

    ground: str
    ink: str
    faint: str
    bands: tuple[str, str, str, str]


LIGHT = Theme("#ffffff", "#1b1b1f", "#6b6b73", ("#00224e", "#575d6d", "#a59c74", "#fee838"))
DARK = Theme("#1a1d21", "#f2f2f2", "#b5b5bb", ("#f7e76b", "#b8a86a", "#7b7f8c", "#2f5fa8"))
"""Both after cividis, which is even in lightness for all kinds of colour vision (Nuñez, Anderton and Renslow, 2018)."""


def trend(question: Question, weeks: Sequence[Week], theme: Theme = LIGHT) -> Picture | None:
    """The picture, with what it shows in words; None where nothing was told yet, or matplotlib is not installed.

    It takes about half a second, the first time more: slow work, to be done before a unit (decision 3).
    """
    if not any(map(_shares, weeks)):
        return None
    drawn = _png(question, weeks, theme)
    return Picture(drawn, alt(question, weeks)) if drawn else None


def fitting(question: Question, weeks: Sequence[Week]) -> tuple[Week, ...]:
    """The latest of them, as many as can be read in one view: of what is asked every term week, a year."""
    rows = [f"{row.label}: {words_of_text(row.text)}\n" for row in lines(question, weeks)]
    return tuple(weeks[place] for place in range(len(rows)) if sum(map(len, rows[place:])) <= _READABLE)


def lines(question: Question, weeks: Sequence[Week]) -> tuple[Fact, ...]:
    """The same to read: a line for each week, as it was told."""
    return tuple(Fact(say_day(week.day), plain(say_told(question.bands, week.told))) for week in weeks)


def alt(question: Question, weeks: Sequence[Week]) -> str:
    """What the picture shows, for those who cannot see it: of each band the first, the last and both ends."""
    shown = [shares for week in weeks if (shares := _shares(week))]
    first, last = say_day(weeks[0].day), say_day(weeks[-1].day)
    said = [words.line("trend-alt", question=question.label, first=first, last=last)]
    for place, band in enumerate(question.bands):
        of = [shares[place] for shares in shown]
        start, end, low, high = (_about(each) for each in (of[0], of[-1], min(of), max(of)))
        said.append(words.line("trend-alt-band", band=band.name, start=start, end=end, low=low, high=high))
    if gaps := len(weeks) - len(shown):
        said.append(words.line("trend-alt-gaps", n=f"{gaps}"))
    drawn = (question.comparator,) if question.comparator else ()
    return " ".join([*said, *beside(drawn)])[:ALT]


def _about(share: float) -> str:
    tens = 10 * round(share / 10)
    if share >= _NEARLY_ALL:
        return words.line("trend-alt-all")
    return words.line("trend-alt-share", n=f"{tens}") if tens else words.line("trend-alt-none")


def _shares(week: Week) -> tuple[float, ...]:
    """Per cent of what was told, by band; nothing where nothing was. "Most" is not all, and is not drawn as if."""
    whole = sum(week.told.cells)
    if week.told.how is How.MOST:
        return tuple(float(_NEARLY_ALL * cell) for cell in week.told.cells)
    return tuple(100 * cell / whole for cell in week.told.cells) if whole else ()


def _png(question: Question, weeks: Sequence[Week], theme: Theme) -> bytes:

    def draw(axes: "Axes") -> None:
        _draw_bands(axes, question, weeks, theme)
        _draw_comparator(axes, question, weeks, theme)
        _dress(axes, question, weeks, theme)

    return png(draw, theme)


def png(draw: "Callable[[Axes], None]", theme: Theme) -> bytes:
    """A picture of our size on the theme's ground. Nothing where matplotlib is not installed; it is loaded here, since
    that takes half a second."""
    try:
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.figure import Figure
    except ImportError:
        return b""
    figure = Figure(figsize=_SIZE, dpi=_DPI, facecolor=theme.ground, layout="constrained")
    draw(figure.add_subplot(facecolor=theme.ground))
    buffer = BytesIO()
    FigureCanvasAgg(figure)
    figure.savefig(buffer, format="png", metadata={"Software": None})
    return buffer.getvalue()


def _stacked(question: Question) -> list[int]:
    """The bands from the ground up: the one that counts stands on it, so that its height can be read."""
    places = list(range(len(question.bands)))
    return places[::-1] if question.bands[-1].name == question.counts else places


def _draw_bands(axes: "Axes", question: Question, weeks: Sequence[Week], theme: Theme) -> None:
    heights = [0.0] * len(weeks)
    for number, place in enumerate(_stacked(question)):
        shares = [of[place] if (of := _shares(week)) else 0.0 for week in weeks]
        axes.bar(
            range(len(weeks)),
            shares,
            bottom=heights,
            width=0.86,
            color=_colour(theme, number, len(question.bands)),
            edgecolor=theme.ground,
            linewidth=0.8,
            hatch=_HATCHES[number],
            label=question.bands[place].name,
        )
        heights = [height + share for height, share in zip(heights, shares, strict=True)]
    for place, height in enumerate(heights):
        if not height:
            axes.text(place, 3, words.line("trend-missing"), color=theme.faint, ha="center", rotation=90, fontsize=7)


def _colour(theme: Theme, number: int, of: int) -> str:
    """As far from the others as there is room."""
    return theme.bands[round(number * (len(theme.bands) - 1) / (of - 1))]


def _draw_comparator(axes: "Axes", question: Question, weeks: Sequence[Week], theme: Theme) -> None:
    """Over the weeks of which something is told: elsewhere it would be held against nothing."""
    figure = question.comparator
    if figure is None:
        return
    said = words.line("trend-comparator", share=f"{figure.share}", says=figure.says)
    told = [place for place, week in enumerate(weeks) if _shares(week)]
    ends = [figure.share] * len(told), [place - 0.5 for place in told], [place + 0.5 for place in told]
    axes.hlines(*ends, color=theme.ground, linewidth=4)
    axes.hlines(*ends, color=theme.ink, linewidth=1.6, linestyle=(0, (4, 2)))
    axes.text(-0.4, 105, f"- - -  {said}", color=theme.ink, fontsize=8.5)


def entitle(axes: "Axes", title: str, theme: Theme) -> None:
    """What is shown, above it."""
    axes.set_title(title, color=theme.ink, fontsize=_TYPE + 2, loc="left", fontweight="bold")


def by_month(axes: "Axes", days: Sequence[date], theme: Theme) -> None:
    """A place for each day, named where a month begins."""
    firsts = [place for place, day in enumerate(days) if not place or days[place - 1].month != day.month]
    axes.set_xticks(firsts, [f"{days[place]:%b}" for place in firsts])
    axes.set_xlim(-0.6, len(days) - 0.4)
    axes.tick_params(colors=theme.ink, labelsize=_TYPE, length=0)
    axes.spines[:].set_visible(False)


def _dress(axes: "Axes", question: Question, weeks: Sequence[Week], theme: Theme) -> None:
    entitle(axes, question.label, theme)
    axes.set_ylim(0, _HEADROOM if question.comparator else 100)
    axes.set_yticks([0, 25, 50, 75, 100], ["0%", "25%", "50%", "75%", "100%"])
    by_month(axes, [week.day for week in weeks], theme)
    handles, names = axes.get_legend_handles_labels()
    legend = axes.figure.legend(
        handles[::-1], names[::-1], loc="outside lower left", ncols=2, frameon=False, fontsize=_TYPE, handlelength=2.4
    )
    for text in legend.get_texts():
        text.set_color(theme.ink)

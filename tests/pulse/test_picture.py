"""The picture of a year: what it shows in words; that it can be read in grey, in the dark and without matplotlib."""

import sys
from datetime import date, timedelta
from io import BytesIO

import pytest

from bot.chat.limits import ALT
from bot.chat.view import Picture, words_of_text
from bot.pulse.bank import Question, read_bank
from bot.pulse.picture import DARK, LIGHT, Theme, Week, alt, fitting, lines, trend
from bot.pulse.result_views import trend as view
from bot.pulse.results import beside
from bot.pulse.telling import How, Told

BANK = read_bank()
WEEK, LEAVING, HAPPY = BANK.get("week"), BANK.get("leaving"), BANK.get("happy")
FIRST = date(2026, 9, 3)


def weeks(*told: Told) -> list[Week]:
    return [Week(FIRST + timedelta(weeks=place), one) for place, one in enumerate(told)]


def read(question: Question, went: list[Week]) -> tuple[str, ...]:
    return tuple(f"{row.label}: {words_of_text(row.text)}" for row in lines(question, went))


def shares(*cells: int) -> Told:
    return Told(How.SHARES, cells)


NOTHING = Told(How.NOTHING)
AUTUMN = weeks(
    shares(20, 30, 50), NOTHING, shares(40, 30, 30), Told(How.COUNTS, (15, 10, 0)), Told(How.MOST, (1, 0, 0))
)


def test_every_week_is_read_as_it_was_told() -> None:
    assert read(WEEK, AUTUMN) == (
        "Thursday 3 September: Hard (1 or 2): about 20%; In between (3): about 30%; Good (4 or 5): about 50%",
        "Thursday 10 September: Nothing could be told.",
        "Thursday 17 September: Hard (1 or 2): about 40%; In between (3): about 30%; Good (4 or 5): about 30%",
        "Thursday 24 September: Hard (1 or 2): about 15; In between (3): about 10; Good (4 or 5): hardly anybody",
        "Thursday 1 October: Hard (1 or 2): nearly everybody; In between (3): few; Good (4 or 5): few",
    )


def test_a_published_figure_stands_beside_ours_with_its_source() -> None:
    ours, other = beside(LEAVING.comparators)
    assert ours.startswith("To hold it against, a published figure: 23% of heads say they are likely to leave")
    assert "Source: HeadsUp4HTs" in ours
    assert other.startswith("Published of another question, so no measure for this one: 67%")
    drawn = alt(LEAVING, weeks(shares(60, 10, 30)))
    assert "23%" in drawn
    assert "67%" not in drawn, "only what is comparable is drawn"


def test_before_anything_was_asked_there_is_nothing() -> None:
    assert lines(WEEK, []) == ()
    assert trend(WEEK, []) is None
    assert trend(WEEK, weeks(NOTHING)) is None


def test_the_words_of_the_picture_say_what_it_shows() -> None:
    said = alt(WEEK, AUTUMN[:3])
    assert "from Thursday 3 September to Thursday 17 September" in said
    assert "Hard (1 or 2): about 20% at first, about 40% last; between about 20% and about 40%." in said
    assert said.endswith("Weeks without figures: 1.")


def test_most_is_not_said_or_drawn_as_if_it_were_all() -> None:
    said = alt(WEEK, AUTUMN)
    assert "Hard (1 or 2): about 20% at first, nearly everybody last; between about 20% and nearly everybody." in said
    assert "Good (4 or 5): about 50% at first, hardly anybody last; between hardly anybody and about 50%." in said
    assert "100%" not in said


@pytest.mark.parametrize("question", BANK.questions, ids=lambda one: one.id)
def test_of_a_whole_year_the_words_are_short_enough(question: Question) -> None:
    row = (10,) * len(question.bands)
    assert len(alt(question, weeks(*[Told(How.COUNTS, row)] * 39))) < ALT


@pytest.mark.parametrize("question", BANK.questions, ids=lambda one: one.id)
def test_however_often_it_was_asked_the_latest_weeks_fit(question: Question) -> None:
    went = weeks(*[Told(How.COUNTS, (*[0] * (len(question.bands) - 1), 40))] * 120)
    shown = fitting(question, went)
    assert shown == tuple(went[-len(shown) :])
    assert len(shown) >= 30
    assert view(question, shown, Picture(b"png", alt(question, shown)))
    assert fitting(question, went[:20]) == tuple(went[:20])


def test_a_year_of_the_weekly_question_is_shown_whole() -> None:
    year = weeks(*[Told(How.COUNTS, (15, 10, 15))] * 39)
    assert fitting(WEEK, year) == tuple(year)


def test_the_same_figures_are_the_same_picture() -> None:
    first, second = trend(WEEK, AUTUMN), trend(WEEK, AUTUMN)
    assert first is not None
    assert first == second
    assert first.png.startswith(b"\x89PNG")
    assert first.alt == alt(WEEK, AUTUMN)


def test_without_matplotlib_there_are_the_lines_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib.figure", None)
    assert trend(WEEK, AUTUMN) is None
    assert len(lines(WEEK, AUTUMN)) == len(AUTUMN)


def luminance(colour: str) -> float:
    """Of sRGB, as WCAG 2 defines it."""
    parts = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_words_can_be_read_and_neighbours_told_apart_in_grey(theme: Theme) -> None:
    assert contrast(theme.ink, theme.ground) >= 7
    assert contrast(theme.faint, theme.ground) >= 4.5
    used = ([0, 3], [0, 2, 3], [0, 1, 2, 3])
    pairs = [(each[i], each[i + 1]) for each in used for i in range(len(each) - 1)]
    assert all(contrast(theme.bands[one], theme.bands[other]) >= 1.5 for one, other in pairs)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_the_ground_is_the_picture_s_own(theme: Theme) -> None:
    from matplotlib.image import imread

    drawn = trend(HAPPY, weeks(shares(10, 20, 40, 30)), theme)
    assert drawn is not None
    corner = imread(BytesIO(drawn.png))[2, 2]
    assert [round(255 * part) for part in corner[:3]] == [
        int(theme.ground[place : place + 2], 16) for place in (1, 3, 5)
    ]
    assert len(corner) == 3 or corner[3] == 1


def test_the_published_figure_is_drawn_over_weeks_with_figures_alone() -> None:
    """To the right of the bars, where nothing was told, there is no line as dark as words are."""
    from matplotlib.image import imread

    told, ink = shares(60, 10, 30), [int(LIGHT.ink[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    dark = []
    for went in (weeks(told, NOTHING), weeks(told, told), weeks(told, NOTHING, told)):
        drawn = trend(LEAVING, went)
        assert drawn is not None
        pixels = imread(BytesIO(drawn.png))
        height, width = pixels.shape[:2]
        right = pixels[height // 4 : height * 3 // 4, width * 3 // 5 : width * 39 // 40, :3]
        dark.append(int((abs(right - ink).max(axis=2) < 0.05).sum()))
    alone, beside_figures, around = dark
    assert alone == 0
    assert beside_figures > 0
    assert around > 0

"""Everything that `headsup preview` shows, as Slack gets it: three judges take it, and golden files hold it."""

from collections.abc import Sequence
from functools import cache

import pytest

from adapters.slack.forms import draw_ask, draw_errors
from adapters.slack.render import draw_home, draw_view
from bot.chat.form import Form, Search
from bot.chat.view import View
from bot.config import read_config
from bot.core.feature import Sample, Visitor
from bot.door.preview import all_samples
from tests.adapters.slack.golden import GOLDEN, same_as_golden
from tests.adapters.slack.judges import judged
from tests.slack.model import Json


@cache
def samples() -> dict[str, Sequence[Sample]]:
    return dict(all_samples(read_config(None)))


def drawn(shows: View | Form | Search) -> Json:
    return draw_view(shows, {}) if isinstance(shows, View) else draw_ask(shows)


@pytest.mark.parametrize("room", samples())
def test_every_sample_is_taken_by_three_judges(room: str) -> None:
    for sample in samples()[room]:
        judged(drawn(sample.shows))


@pytest.mark.parametrize("room", samples())
def test_every_sample_is_drawn_as_the_golden_file_says(room: str) -> None:
    same_as_golden(f"room-{room}", {sample.name: drawn(sample.shows) for sample in samples()[room]})


def test_every_home_page_is_taken_as_one() -> None:
    pages = [one.shows for one in samples()["everywhere"] if one.name.startswith("Home page")]
    assert len(pages) > len(Visitor)
    for page in pages:
        assert isinstance(page, View)
        judged(draw_home(page, {}))


def test_no_golden_file_is_left_of_what_is_gone() -> None:
    assert {file.stem for file in GOLDEN.glob("room-*.json")} == {f"room-{room}" for room in samples()}


def test_nothing_is_cut_to_fit() -> None:
    """Our own words fit everywhere; only what people wrote may end in an ellipsis."""

    def dots(part: object) -> int:
        if isinstance(part, dict):
            return sum(map(dots, part.values()))
        if isinstance(part, list):
            return sum(map(dots, part))
        return str(part).count("…")

    said = [str(sample.shows) for contributed in samples().values() for sample in contributed]
    shown = [drawn(sample.shows) for contributed in samples().values() for sample in contributed]
    for words, one in zip(said, shown, strict=True):
        assert dots(one.get("blocks")) <= words.count("…"), one


def test_every_error_of_a_sample_is_said_under_its_field() -> None:
    wrong = [one for contributed in samples().values() for one in contributed if one.errors]
    assert wrong
    for sample in wrong:
        names = {block["block_id"] for block in drawn(sample.shows)["blocks"]}
        assert draw_errors(sample.errors, names)["errors"] == dict(sample.errors)

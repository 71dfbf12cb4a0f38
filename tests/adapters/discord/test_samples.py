"""Everything that `headsup preview` shows, as Discord gets it: judged, and held by golden files."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path

import pytest

from adapters.discord.forms import draw_ask, errors_view
from adapters.discord.render import draw_view
from bot.chat.form import Form, Search
from bot.chat.view import View, words_of_view
from bot.config import read_config
from bot.core.feature import Sample
from bot.door.preview import all_samples
from tests.adapters.discord.judges import Json, judged
from tests.adapters.discord.reading import read_message
from tests.adapters.slack.golden import same_as_golden

GOLDEN = Path(__file__).parent / "golden"
LONG = 1800
"""Words; only pages that show every sentence of a kind have more."""
OUR_SIGNS = {"strong", "small", "quote", "link", "moment"}


@cache
def samples() -> dict[str, Sequence[Sample]]:
    return dict(all_samples(read_config(None)))


def drawn(shows: View | Form | Search) -> Json:
    return draw_view(shows, {}) if isinstance(shows, View) else draw_ask(shows)


@pytest.mark.parametrize("room", samples())
def test_discord_takes_every_sample(room: str) -> None:
    for sample in samples()[room]:
        judged(drawn(sample.shows))


@pytest.mark.parametrize("room", samples())
def test_every_sample_is_drawn_as_the_golden_file_says(room: str) -> None:
    same_as_golden(f"room-{room}", {sample.name: drawn(sample.shows) for sample in samples()[room]}, GOLDEN)


def test_no_golden_file_is_left_of_what_is_gone() -> None:
    assert {file.stem for file in GOLDEN.glob("room-*.json")} == {f"room-{room}" for room in samples()}


@pytest.mark.parametrize("room", samples())
def test_every_sample_reads_as_it_was_said_and_fits_into_the_content(room: str) -> None:
    """Our own words need no embed, in which a telephone would not show them when it rings."""
    for sample in samples()[room]:
        if isinstance(sample.shows, View):
            message = drawn(sample.shows)
            seen = read_message(message)
            assert seen.kinds <= OUR_SIGNS, (sample.name, seen.signs)
            words = words_of_view(sample.shows)
            assert not message["embeds"] or len(words) > LONG, sample.name
            assert seen.text.count("…") <= words.count("…") + (message["content"] == "…")


def test_every_error_of_a_sample_is_said() -> None:
    wrong = [one for contributed in samples().values() for one in contributed if one.errors]
    assert wrong
    for sample in wrong:
        said = read_message(draw_view(errors_view(sample.errors), {})).text
        assert all(sentence in said for sentence in sample.errors.values())

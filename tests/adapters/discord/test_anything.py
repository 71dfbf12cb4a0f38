"""Whatever people write is words and nothing else; whatever the view language says, Discord takes."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.discord.blocks import action_of
from adapters.discord.forms import draw_ask, values_of
from adapters.discord.render import draw_text, draw_view, is_same
from adapters.discord.text import neutral
from bot.chat.form import DateTime, Form, LongText, ManyOf, OneOf, Search, ShortText
from bot.chat.ids import Id
from bot.chat.limits import clip
from bot.chat.text import Mention, Plain, Strong, clean, one_line, plain
from bot.chat.view import Block, Button, Buttons, Fact, Facts, Note, Option, Paragraph, Quote, Select, View
from tests.adapters.discord.filling import sent
from tests.adapters.discord.judges import inside, judged
from tests.adapters.discord.reading import read, read_message
from tests.adapters.slack.anything import SIGNS, forms, moments, searches, views
from tests.contracts.test_platform import HOSTILE

ANN = {1: "1017"}
EVIL = [
    *HOSTILE,
    "https://evil.example/x and http://evil.example, www.evil.example or evil.example",
    "discord.gg/abc https://discord.com/invite/abc discordapp.com/invite/abc",
    "<@1017> <@!1017> <@&3> <#5> <t:0:R> <t:0> <:sob:1> <a:sob:1> <id:customize> </headsup menu:1>",
    "<mailto:a@b.example> <https://evil.example>",
    ":sob: :+1: 10:30:15 :a:b:",
    "# one\n## two\n### three\n-# small\n> quote\n>>> all\n- a\n* b\n+ c\n1. d\n2) e\n  - f\n\t* g\n   12. h",
    "**a** *b* _c_ __d__ ~~e~~ ||f|| `g` ``h`` ```py\ni\n``` ***j*** _*k*_",
    "[label](https://evil.example) [a]b](x) [[c]](<https://evil.example> 'title') [d][e]",
    "\\ \\\\ \\* \\[x](y) \\\\<@1017> \\\\\\`a\\`",
    "@everyone\u2028# heading\u2029> quote\x0b- a\x85- b\r- c",
    "steam://run discord://x mailto:a@evil.example tel:+44",
    "¯\\_(ツ)_/¯ |\\| 1\\. a_b_c *a_b*c_",
    "| a | b |\n|---|---|\n---\n***\n===",
]
TOKENS = (
    "<@1017> ** __ ~~ || ` ``` [a]( ) https:// http :// @everyone @ # > - -# 1. 1 . :a: : discord .gg/a <t: 0> \\ \n x"
)
pieces = st.lists(st.sampled_from([*TOKENS.split(" "), " ", "\n"]), max_size=12).map("".join)
written = st.one_of(st.sampled_from(EVIL), pieces, st.text(st.sampled_from(SIGNS), max_size=40), st.text(max_size=40))
OURS = {"strong", "small", "quote"}


def bare(words: str) -> str:
    """Words without white space, some of which is left out at the ends of lines and pages."""
    return "".join(clean(words).split())


def everywhere(text: str) -> View:
    """A view that says what somebody wrote wherever it can be said."""
    line = one_line(text)[:75]
    button = (Buttons((Button(line, "go~1"),)),) if line.strip() else ()
    blocks: tuple[Block, ...] = (
        Paragraph((Plain(text), Strong(text), Plain(text), Mention(Id(2), text))),
        Note(plain(text)),
        Note((Plain(text), Strong(text))),
        Quote(text),
        Facts((Fact(line, plain(text)),)),
        Select(line, "pick~1", (Option("v", line),)),
    )
    return View((*blocks, *button), line[:45])


def check_neutral(text: str) -> None:
    seen = read(neutral(text))
    assert seen.signs == []
    assert seen.text == clean(text.replace("\u2028", "\n").replace("\u2029", "\n"))


def check_everywhere(text: str) -> None:
    drawn = draw_view(everywhere(text), ANN)
    judged(drawn)
    seen = read_message(drawn)
    assert seen.kinds <= OURS, seen.signs
    assert bare(text) in bare(seen.text)
    assert read(draw_text(everywhere(text))).signs == []


@pytest.mark.parametrize("text", EVIL)
def test_what_is_hostile_means_nothing_wherever_it_is_said(text: str) -> None:
    check_neutral(text)
    check_everywhere(text)


@given(written)
def test_what_people_write_means_nothing_and_reads_as_it_stands(text: str) -> None:
    check_neutral(text)


@given(written)
def test_what_people_write_means_nothing_wherever_it_is_said(text: str) -> None:
    check_everywhere(text)


@given(st.lists(st.builds(Plain, written) | st.builds(Strong, written), max_size=5))
def test_no_sign_is_put_together_from_two_spans(spans: list[Plain | Strong]) -> None:
    seen = read_message(draw_view(View((Paragraph(tuple(spans)),)), ANN))
    assert seen.kinds <= {"strong"}, seen.signs
    said = bare("".join(span.text for span in spans))
    assert not said or said == bare(seen.text)


@pytest.mark.parametrize("text", EVIL)
def test_the_reader_of_these_tests_would_see_it(text: str) -> None:
    """That what is hostile is seen as such where it is not written as words: else all of this proves nothing."""
    assert read(text).signs or text in HOSTILE or text.startswith(("¯", "|", "\\"))


@given(views())
def test_discord_takes_every_view_and_knows_it_again(view: View) -> None:
    drawn = draw_view(view, ANN, "m" * 22)
    judged(drawn)
    assert is_same(drawn, drawn)
    shown = [one for block in view.blocks if isinstance(block, Buttons) for one in block.row]
    buttons = [one for one in inside(drawn["components"]) if one["type"] == 2]
    assert [action_of(one["custom_id"]) for one in buttons] == [one.action.lstrip("?+") for one in shown]
    assert set(read_message(drawn).of("mention")) <= {"1017"}
    assert 1 <= len(draw_text(view)) <= 2000


@given(forms)
def test_discord_takes_every_form_and_gives_back_what_stood_in_it(form: Form) -> None:
    drawn = draw_ask(form)
    judged(drawn)
    values = values_of(sent(drawn))
    for field in form.fields:
        if field.name in values:
            assert values[field.name] == stood_in(field), field


def stood_in(field: ShortText | LongText | OneOf | ManyOf | DateTime) -> tuple[str, ...]:
    match field:
        case ShortText(value=value, most=most):
            return tuple(filter(None, [clip(one_line(value), min(max(most, 1), 4000))]))
        case LongText(value=value, most=most):
            return tuple(filter(None, [clip(clean(value), min(max(most, 1), 4000))]))
        case OneOf(options=options, value=value):
            return tuple(one.value for one in options if one.value == value)
        case ManyOf(options=options, values=values):
            return tuple(one.value for one in options if one.value in values)
        case DateTime(value=when):
            shown = draw_ask(Form("t", "a~1", (DateTime("d", "l", when),), "s"))
            return values_of(sent(shown))["d"]


@given(moments)
def test_a_day_and_a_time_come_back_to_the_minute(when: datetime) -> None:
    drawn = draw_ask(Form("t", "a~1", (DateTime("d", "When", when),), "s"))
    judged(drawn)
    values = values_of(sent(drawn))["d"]
    if 1971 < when.year < 9999:
        minute = when.replace(second=0, microsecond=0)
        assert values[0] in (minute.isoformat(), (minute - timedelta(hours=1)).isoformat()), "the hour that comes twice"


@given(searches)
def test_discord_takes_every_search(search: Search) -> None:
    judged(draw_ask(search))

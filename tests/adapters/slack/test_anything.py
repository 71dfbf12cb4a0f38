"""Whatever people write is words and nothing else; whatever the view language says, Slack takes."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given

from adapters.slack.forms import draw_ask, values_of
from adapters.slack.render import draw_home, draw_view
from adapters.slack.text import neutral
from bot.chat.form import DateTime, Form, LongText, ManyOf, OneOf, Search, ShortText
from bot.chat.limits import clip
from bot.chat.text import Plain, Strong, clean, one_line, plain
from bot.chat.view import Fact, Facts, Note, Option, Paragraph, Quote, Select, View
from tests.adapters.slack.anything import forms, searches, views, written
from tests.adapters.slack.judges import judged
from tests.contracts.test_platform import HOSTILE
from tests.slack.filling import state
from tests.slack.model import Message
from tests.slack.reading import TOKEN, links, pings

ANN = {1: "U012ANN"}
MARKS = re.compile(r"[*_~`]|:[\w+'-]+:|[@#]\w|\w\.[^\W\d]|://|^\s*(&gt;|>)", re.MULTILINE)
"""What Slack could read as markup in a message's own text."""


def rich_texts(part: Any) -> Iterator[str]:
    """Every text in which Slack reads no markup, as it is shown."""
    if isinstance(part, list):
        for one in part:
            yield from rich_texts(one)
    elif isinstance(part, dict):
        if part.get("type") in ("text", "plain_text"):
            yield part["text"]
        for one in part.values():
            yield from rich_texts(one)


def posted(view: View) -> Message:
    drawn = draw_view(view, ANN)
    return Message("D1", "1.0", "U0BOT", drawn["text"], blocks=drawn["blocks"])


def everywhere(text: str) -> View:
    """A view that says what somebody wrote wherever it can be said."""
    line = one_line(text)[:75]
    blocks = (
        Paragraph((Plain(text), Strong(text))),
        Note(plain(text)),
        Note((Plain(text), Strong(text))),
        Quote(text),
        Facts((Fact(line, plain(text)),)),
        Select(line, "pick~1", (Option("v", line),)),
    )
    return View(blocks, line[:45])


@given(written)
def test_what_people_write_pings_nobody_and_leads_nowhere(text: str) -> None:
    message = posted(everywhere(text))
    assert (pings(message), links(message)) == (set(), set())
    assert not TOKEN.search(message.text)


@given(written)
def test_what_people_write_is_no_markup_in_a_messages_own_text(text: str) -> None:
    assert not MARKS.search(neutral(text))
    for line in posted(View((Paragraph(plain(text)), Paragraph(plain(text))))).text.splitlines():
        assert not MARKS.search(line)


@given(written)
def test_what_people_write_is_shown_as_it_stands(text: str) -> None:
    shown = list(rich_texts(posted(everywhere(text)).blocks))
    assert not clean(text).strip() or clean(text) in "".join(shown)
    assert all(words == clean(words) for words in shown)


@pytest.mark.parametrize("text", HOSTILE)
def test_no_block_of_ours_lets_slack_read_markup(text: str) -> None:
    def kinds(part: Any) -> set[str]:
        if isinstance(part, list):
            return set().union(*map(kinds, part))
        return {str(part.get("type")), *kinds(list(part.values()))} if isinstance(part, dict) else set()

    assert kinds(posted(everywhere(text)).blocks) & {"mrkdwn", "markdown", "broadcast", "channel", "usergroup"} == set()


@given(views())
def test_slack_takes_every_view(view: View) -> None:
    judged(draw_view(view, ANN))
    judged(draw_home(view, ANN))


@given(views())
def test_only_who_is_mentioned_is_pinged(view: View) -> None:
    assert pings(posted(view)) <= {"U012ANN"}


@given(forms)
def test_slack_takes_every_form_and_gives_back_what_stood_in_it(form: Form) -> None:
    drawn = draw_ask(form)
    judged(drawn)
    asked = [block for block in drawn["blocks"] if block["type"] == "input"]
    sent = {block["block_id"]: {block["element"]["action_id"]: state(block["element"])} for block in asked}
    values = values_of({"values": sent})
    for field in form.fields:
        if field.name in sent:
            assert values[field.name] == stood_in(field), field


def stood_in(field: ShortText | LongText | OneOf | ManyOf | DateTime) -> tuple[str, ...]:
    match field:
        case ShortText(value=value, most=most):
            return tuple(filter(None, [clip(one_line(value), min(max(most, 1), 3000))]))
        case LongText(value=value, most=most):
            return tuple(filter(None, [clip(clean(value), min(max(most, 1), 3000))]))
        case OneOf(options=options, value=value):
            return tuple(one.value for one in options if one.value == value)
        case ManyOf(options=options, values=values):
            return tuple(one.value for one in options if one.value in values)
        case DateTime(value=when):
            in_ten_digits = when and 10**9 <= when.timestamp() < 10**10
            return (when.replace(microsecond=0).isoformat(),) if when and in_ten_digits else ()


@given(searches)
def test_slack_takes_every_search(search: Search) -> None:
    judged(draw_ask(search))

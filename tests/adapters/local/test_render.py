"""View and form -> JSON, against a golden file; what people wrote is cleaned at every leaf."""

import json
from pathlib import Path
from typing import get_args

import msgspec
import pytest

from adapters.local.render import Drawn, draw_ask, draw_view
from bot.chat.address import Account
from bot.chat.form import DateTime, Field, Form, LongText, ManyOf, OneOf, Search, ShortText
from bot.chat.ids import Id
from bot.chat.text import Link, Mention, Moment, Plain, Span, Strong, plain
from bot.chat.view import (
    Block,
    Button,
    Buttons,
    Confirm,
    Divider,
    Fact,
    Facts,
    File,
    Note,
    Option,
    Paragraph,
    Picture,
    Quote,
    Select,
    Style,
    View,
)
from tests.adapters.scripted import START

GOLDEN = Path(__file__).with_name("golden.json")
ANN = Account("local", "space", "ann")
TWO = (Option("a", "One"), Option("b", "Two"))


def header(width: int, height: int) -> bytes:
    return b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + width.to_bytes(4, "big") + height.to_bytes(4, "big")


SPANS = (
    Plain("plain\nwords"),
    Strong("strong"),
    Link("a link", "https://example.org/a?b=c&d"),
    Mention(Id(1), "Ann"),
    Mention(Id(2), "Nobody here"),
    Moment(START),
)
BLOCKS = (
    Paragraph(SPANS),
    Note(plain("a note")),
    Quote("first\n\nthird"),
    Facts((Fact("Phase", (Strong("special"),)),)),
    Buttons((Button("Go", "go~1", Style.PRIMARY), Button("Stop", "no~1", Style.DANGER, Confirm("Sure?", "Yes", "No")))),
    Select("Choose", "pick~1", TWO),
    Picture(header(300, 200), "a chart"),
    Picture(b"no picture at all", "something else"),
    File("my-data.json", b"{}" * 6000, "application/json"),
    Divider(),
)
FIELDS = (
    ShortText("s", "Short", "as it was", "a hint", most=20),
    LongText("l", "Long", required=False),
    OneOf("o", "One", TWO, "b"),
    ManyOf("m", "Many", TWO, ("a",)),
    DateTime("d", "When", START),
)


def drawn() -> dict[str, Drawn]:
    return {
        "view": draw_view(View(BLOCKS, "A title"), "MESSAGE", {1: ANN}),
        "form": draw_ask(Form("A form", "save~1", FIELDS, "Save")),
        "search": draw_ask(Search("A search", "find~1", "Name", "Find", "a few letters")),
    }


def test_everything_is_drawn_as_the_golden_file_says() -> None:
    """After a change that is meant: write `drawn()` there, and read the difference."""
    assert msgspec.to_builtins(drawn()) == json.loads(GOLDEN.read_text())


@pytest.mark.parametrize(("union", "shown"), [(Block, BLOCKS), (Span, SPANS), (Field, FIELDS)])
def test_the_golden_file_shows_every_kind(union: object, shown: tuple[object, ...]) -> None:
    assert {type(one) for one in shown} == set(get_args(union))


def test_no_hidden_character_passes_any_leaf() -> None:
    evil = "a\u202eb\u200bc\u2066d\x00e\ue000f"
    two = (Option("v", evil),)
    text = (Plain(evil), Strong(evil), Mention(Id(1), evil), Link(evil, "https://example.org/" + evil))
    blocks = (
        Paragraph(text),
        Note(text),
        Quote(evil),
        Facts((Fact(evil, text),)),
        Buttons((Button(evil, "go~1", confirm=Confirm(evil, evil, evil)),)),
        Select(evil, "pick~1", two),
        Picture(b"", evil),
    )
    fields = (
        ShortText("a", evil, evil, evil),
        LongText("b", evil, evil, evil),
        OneOf("c", evil, two),
        ManyOf("d", evil, two),
    )
    shown = [draw_view(View(blocks, evil), "m", {}), draw_ask(Form(evil, "x~1", fields, evil))]
    shown.append(draw_ask(Search(evil, "x~1", evil, evil, evil)))
    assert set("\u202e\u200b\u2066\x00\ue000") & set(json.dumps(shown, ensure_ascii=False)) == set()
    assert "abcdef" in json.dumps(shown)

"""View, form and search -> what Discord takes: every kind against a golden file and its limits; and back again."""

from typing import Any

import pytest

from adapters.discord.blocks import LEAVE, action_of, ask_first, asks, chosen
from adapters.discord.forms import draw_ask, errors_view, values_of
from adapters.discord.render import CONTENT, draw_text, draw_view, held, is_same
from adapters.discord.text import people_here
from bot.chat.address import Account
from bot.chat.form import SEARCHED, Form, ManyOf, OneOf, Search, ShortText
from bot.chat.ids import Id
from bot.chat.text import Link, Mention, Moment, Plain, Strong, plain
from bot.chat.view import (
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
    View,
    words_of_view,
)
from tests.adapters.discord.filling import sent
from tests.adapters.discord.judges import inside, judged, wrong_message, wrong_modal
from tests.adapters.discord.reading import read, read_message
from tests.adapters.discord.test_samples import GOLDEN
from tests.adapters.local.test_render import BLOCKS, FIELDS, TWO
from tests.adapters.scripted import START
from tests.adapters.slack.golden import same_as_golden

ANN = {1: "1017"}
FORM = Form("A form", "save~1", FIELDS, "Save")
GO = Buttons((Button("Go", "go~1"),))


def said(*blocks: Any, title: str = "") -> str:
    return str(draw_view(View(blocks, title), ANN)["content"])


def test_everything_is_drawn_as_the_golden_file_says() -> None:
    drawn = {
        "view": draw_view(View(BLOCKS, "A title"), ANN, "m" * 22),
        "form": draw_ask(FORM),
        "search": draw_ask(Search("A search", "find~1", "Name", "Find", "a few letters")),
    }
    for one in drawn.values():
        judged(one)
    same_as_golden("kinds", drawn, GOLDEN)


def test_who_is_here_is_mentioned_and_who_is_not_is_named() -> None:
    accounts = {
        1: Account("discord", "900", "1017"),
        2: Account("discord", "901", "1018"),
        3: Account("slack", "900", "1019"),
        4: Account("discord", "900", "@everyone"),
    }
    assert people_here(accounts, "900") == ANN
    text = (Mention(Id(1), "Ann"), Plain(" and "), Mention(Id(2), "<@1018>"))
    assert said(Paragraph(text)) == r"<@1017> and \<\@1018\>"


def test_a_link_and_a_moment_are_discords_own() -> None:
    seen = read(said(Paragraph((Link("a [b] c", "https://example.org/a b>?c=(d)"), Moment(START)))))
    assert seen.signs == [("link", "https://example.org/a%20b%3E?c=%28d%29"), ("moment", str(int(START.timestamp())))]
    assert seen.text.startswith("a (b) c<t:")
    assert said(Paragraph((Link("here", "https://example.org/" + "x" * 600),))) == "here"


def test_every_line_of_a_quote_and_of_a_note_has_its_frame() -> None:
    assert said(Quote("> HeadsUp: quoted\u2028\n# heading")) == "> \\> HeadsUp: quoted\n> \n> \\# heading"
    assert said(Note((Plain("one\n\n"), Strong("two\nthree")))) == "-# one\n\n-# **two**\n-# **three**"


def test_what_has_no_words_is_still_a_message() -> None:
    empty = (Paragraph(()), Note(plain("\u200b")), Quote(""), Facts(()), Buttons(()), Select("x", "y~1", ()), Divider())
    drawn = draw_view(View(empty, "\u200b"), {})
    judged(drawn)
    assert (drawn["content"], drawn["components"], draw_text(View(empty[:3]))) == ("…", [], "…")
    assert wrong_modal(draw_ask(Form("\u200b", "", (OneOf("o", "One", ()),), ""))) == []


def test_a_press_comes_back_as_the_action_it_was_drawn_from() -> None:
    row = Buttons((Button("One", "go~1~a:b"), Button("The same", "go~1~a:b")))
    one, same, select = inside(draw_view(View((row, Select("Choose", "go~1~a:b", (*TWO, *TWO)))), {})["components"])
    assert len({one["custom_id"], same["custom_id"], select["custom_id"]}) == 3
    assert {action_of(control["custom_id"]) for control in (one, same, select)} == {"go~1~a:b"}
    assert chosen([option["value"] for option in select["options"]]) == ("a", "b")
    assert chosen(["=", 5, "x"]) == ("", "x")
    assert chosen(None) == ()


def test_a_press_that_cannot_be_taken_back_is_asked_for_twice() -> None:
    button = Button("Forget me", "forget~1", confirm=Confirm("For good?", "Yes", "No"))
    first = draw_view(View((Buttons((button,)),)), {})
    (pressed,) = inside(first["components"])
    assert first["content"] == "-# **Forget me:** For good?"
    assert asks(pressed["custom_id"])
    question = ask_first(pressed["custom_id"], first["components"])
    assert question
    yes, no = inside(draw_view(question, {})["components"])
    assert (yes["label"], yes["custom_id"], asks(yes["custom_id"])) == ("Forget me", "forget~1", False)
    assert (no["custom_id"], asks(LEAVE), ask_first(LEAVE, [])) == (LEAVE, True, None)


@pytest.mark.parametrize("components", [None, "x", [[{"components": [{"custom_id": "?go~1", "label": 7}]}]], [{}]])
def test_it_is_asked_whatever_the_message_is_said_to_hold(components: object) -> None:
    question = ask_first("?go~1", components)
    assert question
    judged(draw_view(question, {}))
    assert ask_first("go~1", components) is None


def test_an_action_for_which_there_is_no_room_is_no_button() -> None:
    rows = draw_view(View((Buttons((Button("Long", "x" * 101), Button("Go", "go~1"))),)), {})["components"]
    assert [one["label"] for one in inside(rows)] == ["Go"]


def test_pictures_and_files_are_described_in_the_order_in_which_they_are_sent() -> None:
    picture, file = Picture(b"\x89PNG", "a chart"), File("SPOILER_my data!.json", b"{}", "application/json")
    view = View((Divider(), picture, GO, file))
    assert held(view) == {1: picture, 3: file}
    assert draw_view(view, {})["attachments"] == [
        {"id": 0, "filename": "picture-1.png", "description": "a chart"},
        {"id": 1, "filename": "my_data_.json"},
    ]


LARGE = {
    "many lines": View((*(Paragraph(plain(f"line {n} " + "x" * 50)) for n in range(90)), GO)),
    "many rules": View((Divider(),) * 500),
    "one long line": View((Paragraph(plain("word " * 399)), GO), "A title"),
    "long texts": View((*(Paragraph(plain("w" * 1990)) for _ in range(3)), GO)),
    "all signs": View((*(Paragraph(plain("*" * 1990)) for _ in range(3)), GO)),
    "many changes": View((*(Paragraph((Plain("a"), Strong("b")) * 990) for _ in range(3)), GO)),
    "many quotes": View((*(Quote("\n" * 600 + "end"),) * 3, GO)),
    "many facts": View((Facts((Fact("*" * 75, plain("_" * 500)),) * 10), GO)),
    "one above all": View((Paragraph(plain("_" * 1999)), Paragraph(plain("end")), GO)),
}


@pytest.mark.parametrize("name", LARGE)
def test_what_is_large_goes_on_in_embeds_and_every_button_stays(name: str) -> None:
    drawn = draw_view(LARGE[name], {})
    judged(drawn)
    assert read_message(drawn).kinds <= {"strong", "quote"}
    assert len(inside(drawn["components"])) == sum(isinstance(one, Buttons) for one in LARGE[name].blocks)
    assert drawn["content"]
    assert bool(drawn["flags"]) is not bool(drawn["embeds"])
    assert len(draw_text(LARGE[name])) <= CONTENT


@pytest.mark.parametrize("name", ["many lines", "one long line", "long texts", "one above all"])
def test_as_long_as_there_is_room_every_word_is_said(name: str) -> None:
    said_there = "".join(read_message(draw_view(LARGE[name], {})).text.split())
    assert said_there == "".join(words_of_view(LARGE[name]).replace("[Go]", "").split()), name


def test_what_fits_between_two_blocks_is_cut_there() -> None:
    drawn = draw_view(View((Paragraph(plain("a" * 1500)), Paragraph(plain("b" * 600 + "\nb")))), {})
    assert (drawn["content"], drawn["embeds"]) == ("a" * 1500, [{"description": "b" * 600 + "\nb"}])


def as_read(drawn: dict[str, Any], **other: object) -> dict[str, Any]:
    """A message as Discord gives it back: with much more, and without white space at its ends."""
    more: dict[str, Any] = {
        "id": "5",
        "author": {"id": "1", "bot": True},
        "nonce": None,
        "flags": 0,
        "mentions": [],
        "tts": False,
    }
    files = [one | {"id": "77", "size": 3, "url": "https://cdn.example/x"} for one in drawn["attachments"]]
    embeds = [{"type": "rich", **one} for one in drawn["embeds"]]
    rows = [
        row | {"id": 1, "components": [one | {"id": 2} for one in row["components"]]} for row in drawn["components"]
    ]
    return drawn | more | {"attachments": files, "embeds": embeds, "components": rows} | other


def test_a_message_is_known_again_by_what_it_says() -> None:
    drawn = draw_view(View(BLOCKS, "A title"), ANN)
    assert is_same(drawn, as_read(drawn))
    others: list[dict[str, Any]] = [{"content": "else"}, {"components": []}, {"attachments": []}]
    for other in (*others, {"embeds": [{"description": "more"}]}):
        assert not is_same(drawn, as_read(drawn, **other))
    assert not is_same(drawn, {})
    assert not is_same(drawn, {"content": 5, "embeds": [7], "components": "x", "attachments": 5})


def test_a_form_comes_back_with_what_stood_in_it() -> None:
    drawn = draw_ask(FORM)
    assert values_of(sent(drawn)) == {
        "s": ("as it was",),
        "l": (),
        "o": ("b",),
        "m": ("a",),
        "d": (START.isoformat(),),
    }
    filled = sent(drawn, s="new", l="two\nlines", o=["One"], m=["One", "Two"], d=" 2027-07-15  08:00 ")
    assert values_of(filled) == {
        "s": ("new",),
        "l": ("two\nlines",),
        "o": ("a",),
        "m": ("a", "b"),
        "d": ("2027-07-15T07:00:00+00:00",),
    }
    assert values_of(sent(drawn, d="next Tuesday"))["d"] == ("next Tuesday",)
    assert values_of(sent(draw_ask(Search("A search", "find~1", "Name", "Find")), q="lark")) == {SEARCHED: ("lark",)}


def test_what_looks_like_a_moment_in_another_field_stays_as_it_was_typed() -> None:
    drawn = draw_ask(Form("F", "f~1", (ShortText("s", "Short"),), "Go"))
    assert values_of(sent(drawn, s="2027-07-15 08:00")) == {"s": ("2027-07-15 08:00",)}


@pytest.mark.parametrize(
    ("data", "values"),
    [
        ({}, {}),
        ({"components": None}, {}),
        ({"components": [{"component": 5}, 7, {"component": {"custom_id": 5}}]}, {}),
        ({"components": [{"type": 1, "components": [{"type": 4, "custom_id": "s", "value": "old"}]}]}, {"s": ("old",)}),
        ({"components": [{"component": {"custom_id": "m", "values": [None, 1, "=a"]}}]}, {"m": ("a",)}),
        ({"components": [{"component": {"type": 21, "custom_id": "o", "value": None}}]}, {"o": ()}),
    ],
)
def test_any_submission_can_be_read(data: dict[str, Any], values: dict[str, Any]) -> None:
    assert values_of(data) == values


def test_many_choices_fold_into_a_list_and_few_lie_open() -> None:
    def kind(field: OneOf | ManyOf) -> int:
        drawn = draw_ask(Form("F", "f~1", (field,), "Go"))
        judged(drawn)
        return int(drawn["components"][0]["component"]["type"])

    many = tuple(Option(str(n), f"Option {n}") for n in range(25))
    assert [kind(OneOf("o", "One", many[:n])) for n in (1, 2, 5, 6, 25)] == [3, 21, 21, 3, 3]
    assert kind(OneOf("o", "One", TWO, required=False)) == 3
    assert [kind(ManyOf("m", "Many", many[:n])) for n in (1, 10, 11, 25)] == [22, 22, 3, 3]
    assert kind(ManyOf("m", "Many", many[:2], required=True)) == 22


def test_what_is_to_be_mended_is_said_in_a_message() -> None:
    view = errors_view({"a": "Please give a name.", "b": "", "c": "@everyone *x*", "d": "Please give a name."})
    assert read_message(draw_view(view, {})).text.split("\n\n")[1:] == ["Please give a name.", "@everyone *x*"]
    judged(draw_view(errors_view({str(n): "x" * 3000 for n in range(9)}), {}))


@pytest.mark.parametrize(
    ("part", "value"),
    [
        ("content", "x" * 2001),
        ("content", " "),
        ("embeds", [{"description": "x" * 4097}]),
        ("embeds", [{"description": "x" * 3001}] * 2),
        ("components", [{"type": 1, "components": []}]),
        ("components", [{"type": 1, "components": [{"type": 2, "style": 1, "label": " ", "custom_id": "a"}]}]),
        ("attachments", [{"id": 0, "filename": "a b.png"}]),
        ("allowed_mentions", {"parse": ["everyone"]}),
        ("nonce", "x" * 26),
        ("username", "Somebody"),
    ],
)
def test_the_judge_refuses_what_discord_would(part: str, value: object) -> None:
    drawn = draw_view(View((Paragraph(plain("words")),)), {})
    assert wrong_message(drawn) == []
    assert wrong_message(drawn | {part: value})

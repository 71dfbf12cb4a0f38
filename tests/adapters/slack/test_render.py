"""View, form and search -> Block Kit: every kind against a golden file and Slack's own limits; and back again."""

from typing import Any, get_args

import pytest

from adapters.slack.blocks import pressed
from adapters.slack.forms import draw_ask, draw_errors, values_of
from adapters.slack.render import draw_home, draw_view, held
from adapters.slack.text import SAID, people_here
from bot.chat.address import Account
from bot.chat.form import SEARCHED, Field, Form, ManyOf, OneOf, Search, ShortText
from bot.chat.ids import Id
from bot.chat.inbound import Pressed
from bot.chat.text import Link, Mention, Moment, Plain, Span, Strong, plain
from bot.chat.view import (
    Block,
    Button,
    Buttons,
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
)
from tests.adapters.local.test_render import BLOCKS, FIELDS, SPANS, TWO
from tests.adapters.scripted import START
from tests.adapters.slack.golden import same_as_golden
from tests.slack.blocks import HOME, MODAL, wrong_blocks
from tests.slack.filling import state
from tests.slack.views import wrong_view

ANN = {1: "U012ANN"}
FORM = Form("A form", "save~1", FIELDS, "Save")


def drawn() -> dict[str, Any]:
    view = View(BLOCKS, "A title")
    return {
        "view": draw_view(view, ANN),
        "with its picture": draw_view(View(BLOCKS[6:7]), {}, {0: "F0CHART"}),
        "home": draw_home(view, ANN),
        "form": draw_ask(FORM, '{"channel": "D1"}'),
        "search": draw_ask(Search("A search", "find~1", "Name", "Find", "a few letters")),
    }


def test_everything_is_drawn_as_the_golden_file_says() -> None:
    same_as_golden("kinds", drawn())


def test_slack_takes_all_of_it() -> None:
    shown = drawn()
    assert wrong_blocks(shown["view"]["blocks"]) == wrong_blocks(shown["with its picture"]["blocks"]) == []
    assert (
        wrong_view(shown["home"], HOME) == wrong_view(shown["form"], MODAL) == wrong_view(shown["search"], MODAL) == []
    )


@pytest.mark.parametrize(("union", "shown"), [(Block, BLOCKS), (Span, SPANS), (Field, FIELDS)])
def test_the_golden_file_shows_every_kind(union: object, shown: tuple[object, ...]) -> None:
    assert {type(one) for one in shown} == set(get_args(union))


def elements(view: View) -> list[dict[str, Any]]:
    return [one for block in draw_view(view, {})["blocks"] for one in block.get("elements", [block.get("accessory")])]


def test_a_press_comes_back_as_the_action_it_was_drawn_from() -> None:
    row = Buttons((Button("One", "go~1~a:b"), Button("The same", "go~1~a:b")))
    one, same, select = elements(View((row, Select("Choose", "pick~1", (*TWO, Option("", "Any"))))))
    assert one["action_id"] != same["action_id"]
    assert pressed(one) == pressed(same) == Pressed("go~1~a:b")
    for chosen, value in zip(select["options"], ["a", "b", ""], strict=True):
        assert pressed(select | {"selected_option": chosen}) == Pressed("pick~1", (value,))
    assert pressed(select | {"selected_option": None}) == Pressed("pick~1")


@pytest.mark.parametrize("payload", [{}, {"action_id": 5}, {"action_id": "elsewhere"}, {"action_id": ":go~1"}])
def test_what_is_none_of_ours_means_nothing(payload: dict[str, Any]) -> None:
    assert pressed(payload) is None


def test_only_who_is_in_this_workspace_is_mentioned() -> None:
    accounts = {
        1: Account("slack", "T1", "U012ANN"),
        2: Account("slack", "T2", "U012BOB"),
        3: Account("discord", "T1", "U012EVE"),
        4: Account("slack", "T1", "<!here>"),
    }
    assert people_here(accounts, "T1") == ANN
    text = tuple(Mention(Id(n), f"Name {n}") for n in (1, 2))
    (section,) = draw_view(View((Paragraph(text),)), people_here(accounts, "T1"))["blocks"][0]["elements"]
    assert section["elements"] == [{"type": "user", "user_id": "U012ANN"}, {"type": "text", "text": "Name 2"}]


def state_of(form: Form, **filled: object) -> dict[str, Any]:
    """`view.state` as Slack would send it."""
    blocks = draw_ask(form)["blocks"]
    answers = {
        b["block_id"]: {b["element"]["action_id"]: state(b["element"], filled.get(b["block_id"]))} for b in blocks
    }
    return {"values": answers}


def test_a_form_comes_back_with_what_stood_in_it() -> None:
    assert values_of(state_of(FORM)) == {
        "s": ("as it was",),
        "l": (),
        "o": ("b",),
        "m": ("a",),
        "d": (START.isoformat(),),
    }
    filled = state_of(FORM, s="new", l="two\nlines", o="One", m=["One", "Two"], d=1_800_000_000)
    assert values_of(filled) == {
        "s": ("new",),
        "l": ("two\nlines",),
        "o": ("a",),
        "m": ("a", "b"),
        "d": ("2027-01-15T08:00:00+00:00",),
    }


def test_a_search_comes_back_under_its_name() -> None:
    (block,) = draw_ask(Search("A search", "find~1", "Name", "Find"))["blocks"]
    sent = {"values": {block["block_id"]: {block["element"]["action_id"]: state(block["element"], "lark")}}}
    assert values_of(sent) == {SEARCHED: ("lark",)}


@pytest.mark.parametrize(
    "sent", [{}, {"values": None}, {"values": {"a": 1}}, {"values": {"a": {"answer": {"selected_options": [None, 1]}}}}]
)
def test_any_state_can_be_read(sent: dict[str, Any]) -> None:
    assert set(values_of(sent).values()) <= {()}


def test_many_choices_fold_into_a_list_and_few_lie_open() -> None:
    def kind(field: OneOf | ManyOf) -> str:
        return str(draw_ask(Form("F", "f~1", (field,), "Go"))["blocks"][0]["element"]["type"])

    many = tuple(Option(str(n), f"Option {n}") for n in range(25))
    assert kind(OneOf("o", "One", many[:5])) == "radio_buttons"
    assert kind(OneOf("o", "One", many[:6])) == "static_select"
    assert kind(OneOf("o", "One", TWO, required=False)) == "static_select"
    assert kind(ManyOf("m", "Many", many[:10])) == "checkboxes"
    assert kind(ManyOf("m", "Many", many)) == "multi_static_select"


def test_every_error_is_said_under_a_field_that_was_asked() -> None:
    answer = draw_errors({"s": "Please give a name.", "gone": "That’s closed now."}, values_of(state_of(FORM)))
    assert answer == {"response_action": "errors", "errors": {"s": "Please give a name. That’s closed now."}}


def test_what_has_no_words_or_no_choices_leaves_no_hole() -> None:
    empty = (Paragraph(()), Note(plain("\u200b")), Quote(""), Facts(()), Buttons(()))
    assert draw_view(View(empty, "\u200b"), {}) == {"text": "…", "blocks": []}
    assert draw_view(View((Select("Choose", "x~1", ()),)), {})["blocks"] == []
    fields = (OneOf("o", "One", ()), ShortText("s", "\u200b"))
    form = draw_ask(Form("\u200b", "f~1", fields, "\u200b"))
    assert wrong_view(form, MODAL) == []
    assert [block["block_id"] for block in form["blocks"]] == ["s"]


def test_what_is_to_be_uploaded_is_known_by_the_number_of_its_block() -> None:
    picture, file = Picture(b"\x89PNG", "a chart"), File("mine.json", b"{}", "application/json")
    view = View((Divider(), picture, file))
    assert held(view) == {1: picture, 2: file}
    assert draw_view(view, {}, {1: "F1"})["blocks"][1] == {
        "type": "image",
        "slack_file": {"id": "F1"},
        "alt_text": "a chart",
    }


LARGE = {
    "many blocks": View((*(Paragraph(plain(f"line {n}")) for n in range(60)), Buttons((Button("Go", "go~1"),)))),
    "many rules": View((Divider(),) * 500),
    "many words": View((*(Paragraph(plain('"' * 1990)) for _ in range(3)), Buttons((Button("Go", "go~1"),)))),
    "many changes": View(tuple(Paragraph((Plain("a"), Strong("b")) * 990) for _ in range(3))),
    "many quotes": View((Quote("\n" * 600 + "end"),) * 3),
}


@pytest.mark.parametrize("name", LARGE)
def test_what_is_large_is_shown_in_fewer_blocks_and_words_but_every_button_stays(name: str) -> None:
    view = LARGE[name]
    shown = draw_view(view, {})
    assert wrong_blocks(shown["blocks"]) == []
    assert len(str(shown["blocks"])) < 13_200 * 1.2
    assert len(shown["text"]) <= SAID
    buttons = [one for block in shown["blocks"] if block["type"] == "actions" for one in block["elements"]]
    assert len(buttons) == sum(isinstance(block, Buttons) for block in view.blocks)


def test_many_lines_stay_words_for_word() -> None:
    shown = str(draw_view(LARGE["many blocks"], {})["blocks"])
    assert all(f"line {n}" in shown for n in range(60))


def test_an_address_cannot_end_before_its_end() -> None:
    shown = draw_view(View((Paragraph((Link("press", "https://example.org/a|b>c d?e=é&f"),)),)), {})
    safe = "https://example.org/a%7Cb%3Ec%20d?e=%C3%A9&f"
    assert shown["text"] == f"<{safe.replace('&', '&amp;')}|press>"
    assert shown["blocks"][0]["elements"][0]["elements"][0]["url"] == safe


def test_a_text_is_never_cut_inside_a_token() -> None:
    for lead in range(60):
        text = (Plain("x" * lead), *(Link("a & b", "https://example.org/?a&b"), Moment(START)) * 30)
        said = draw_view(View(tuple(Paragraph(text) for _ in range(3))), {})["text"]
        assert len(said) <= SAID
        assert said.count("<") == said.count(">")
        assert said.count("&") == said.count("&amp;")


def test_a_fact_and_a_quote_keep_their_frames_in_words() -> None:
    view = View((Quote("> HeadsUp: quoted\n*not*"), Facts((Fact("Phase", plain("a_b")),)), Paragraph(plain("> me"))))
    assert draw_view(view, {})["text"] == "&gt; › HeadsUp: quoted\n&gt; ∗not∗\nPhase: a＿b\n› me"

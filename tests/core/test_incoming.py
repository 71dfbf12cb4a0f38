"""What people send, made safe to handle."""

from bot.chat.form import SEARCHED
from bot.core import incoming


def test_what_is_no_text_and_what_hides_is_left_out() -> None:
    assert incoming.name("Tom\x00 \ud800Ash\u202edown\n") == "Tom Ashdown"
    assert incoming.line("members  suspend\tTom\u200b") == "members suspend Tom"
    assert incoming.chosen(("a\tb\r\nc\x07",)) == ("a b\nc",)


def test_what_is_too_long_is_cut_where_no_room_would_take_it_anyway() -> None:
    assert len(incoming.name("x" * 10_000)) == incoming.NAME
    assert len(incoming.line("x " * 10_000)) <= incoming.LINE
    fields = incoming.fields({"note": ("x" * 10_000,) * 99, SEARCHED: ("a " * 10_000,)})
    assert [len(answer) for answer in fields["note"]] == [incoming.ANSWER] * 25
    assert len(fields[SEARCHED][0]) <= 150

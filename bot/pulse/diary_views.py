"""What a member sees of their own diary."""

from collections.abc import Iterator, Mapping
from datetime import date

from bot.chat.form import Form, LongText, OneOf
from bot.chat.text import Text, plain
from bot.chat.view import Block, Button, Buttons, Confirm, Fact, Note, Option, Paragraph, Picture, Style, View, button
from bot.core.words import Words
from bot.members.speech import say_day
from bot.pulse.actions import KeepDiary, OpenDiary, ReadDiary, StartDiary, StopDiary, WriteDiary
from bot.pulse.model import MOST_DIARY, Entry
from bot.pulse.results import in_rows

words = Words("bot.pulse")

RATINGS = {f"{number}": number for number in range(1, 6)}
_IN_WORDS = 4
"""Weeks whose words stand in the year: more would not fit. All of them are in the data."""


def invitation() -> View:
    """What a diary is, and what keeping one means, before anything is agreed to."""
    row = Buttons((button(words.line("diary-start"), StartDiary(), Style.PRIMARY),))
    return View((Paragraph(words.text("diary-what")), *_fine_print(), row), title=words.line("diary"))


def page(week: date, now: Entry | None, *, is_whole: bool = True) -> View:
    """What can be done with it, and what stands for this week."""
    stands = Paragraph(words.text("diary-stands" if now else "diary-empty", day=say_day(week)))
    write = words.line("diary-change" if now else "diary-write")
    row = (button(write, WriteDiary(), Style.PRIMARY), _year_button(), _stop_button())
    return View((stands, *_lost(is_whole), *_fine_print(), Buttons(row)), title=words.line("diary"))


def form(now: Entry | None) -> Form:
    """How the week was, with what stands there so far: it is theirs."""
    options = tuple(Option(value, words.line(f"diary-{value}")) for value in RATINGS)
    fields = (
        OneOf("rating", words.line("diary-question"), options, value=f"{now.rating}" if now else ""),
        LongText("words", words.line("diary-words"), now.words if now else "", required=False, most=MOST_DIARY),
    )
    return Form(words.line("diary"), KeepDiary().pack(), fields, words.line("diary-send"))


def kept(week: date) -> View:
    """After every entry, whatever it was."""
    return View((Paragraph(words.text("diary-kept", day=say_day(week))), Buttons((_year_button(),))))


def year(weeks: Mapping[date, Entry | None], picture: Picture | None) -> View:
    """The picture where one could be drawn, and the same to read."""
    entries = [one for one in weeks.values() if one]
    blocks: list[Block] = [picture] if picture else []
    if not weeks:
        blocks.append(Paragraph(words.text("diary-nothing")))
    blocks += in_rows([Fact(say_day(one.week), words.text(f"diary-{one.rating}")) for one in entries])
    blocks += _in_words([one for one in entries if one.words][-_IN_WORDS:])
    blocks += _lost(len(entries) == len(weeks))
    blocks += (Note(words.text("diary-in-data")), Buttons((button(words.line("diary"), OpenDiary()),)))
    return View(tuple(blocks), title=words.line("diary-year"))


def stopped() -> View:
    return View((Paragraph(words.text("diary-stopped")),))


def keeps_none() -> Text:
    """To whoever presses what belongs to a diary, and keeps none."""
    return words.text("diary-none")


def nothing_chosen() -> Text:
    return words.text("diary-unchosen")


def _in_words(entries: list[Entry]) -> Iterator[Block]:
    for one in reversed(entries):
        yield Paragraph(words.text("diary-wrote", day=say_day(one.week)))
        yield Paragraph(plain(one.words))


def _lost(is_whole: bool) -> tuple[Block, ...]:
    return () if is_whole else (Note(words.text("diary-lost")),)


def _fine_print() -> tuple[Block, ...]:
    return Note(words.text("diary-sealed")), Note(words.text("diary-no-pulse"))


def _year_button() -> Button:
    return button(words.line("diary-year"), ReadDiary())


def _stop_button() -> Button:
    sure = Confirm(words.line("diary-sure"), words.line("diary-yes"), words.line("diary-no"))
    return button(words.line("diary-stop"), StopDiary(), confirm=sure)

"""What is shown of a worry: to whoever has it, and to the two organisers who read it."""

from collections.abc import Mapping, Sequence

from bot.chat.action import Action
from bot.chat.form import Field, Form, LongText, Search, ShortText
from bot.chat.ids import Id, show
from bot.chat.limits import LABEL, clip
from bot.chat.text import Text
from bot.chat.view import Block, Button, Buttons, Note, Option, Paragraph, Quote, Select, Style, View, button
from bot.core.helplines import HelpLines, more_ways, short_line
from bot.core.words import Words
from bot.members.actions import Suspend
from bot.members.model import MOST_NAME, Member
from bot.support.actions import (
    ChangeConcern,
    ConcernOther,
    ConcernWhom,
    ConcernWithout,
    DropConcern,
    FindConcern,
    SearchConcern,
    SendConcern,
    WriteConcern,
)
from bot.support.model import MOST_WORDS, READERS, Worry

words = Words("bot.support")

WORDS, NAMED = "words", "named"
_NAME = 40
_NOBODY = Id(0)


def about_whom(is_read: bool, lines: HelpLines) -> View:
    """What will happen, before anything is written; or that nobody is named to read it."""
    if not is_read:
        return View((Paragraph(words.text("concern-unread")), *_help(lines)))
    row = (_press("concern-find", FindConcern(), Style.PRIMARY), _press("concern-other", ConcernOther()), more_ways())
    note = Note(words.text("concern-note"))
    return View((Paragraph(words.text("concern")), note, Note(short_line(lines)), Buttons(row)), _title())


def search_form() -> Search:
    """By which words?"""
    title, label = words.line("concern-search-title"), words.line("concern-search-label")
    return Search(title, SearchConcern().pack(), label, words.line("concern-search-send"))


def found(members: Sequence[Member]) -> View:
    """Members of that name."""
    again = Buttons((_press("concern-find", FindConcern()), _press("concern-other", ConcernOther())))
    if not members:
        return View((Paragraph(words.text("concern-none")), again))
    options = tuple(Option(show(one.id), clip(one.name, LABEL)) for one in members)
    select = Select(words.line("concern-select"), ConcernWhom().pack(), options)
    return View((Paragraph(words.text("concern-found")), select, again))


def form(about: Member | None, named: str = "", said: str = "") -> Form:
    """What organisers should know; and of whom, where no search finds them."""
    hint = words.line("concern-form-hint")
    text = LongText(WORDS, words.line("concern-form-label"), said, hint, most=MOST_WORDS)
    name = ShortText(NAMED, words.line("concern-form-named"), named, most=MOST_NAME)
    fields: tuple[Field, ...] = (text,) if about else (name, text)
    action = WriteConcern(about.id if about else _NOBODY).pack()
    return Form(words.line("concern-form-title"), action, fields, words.line("form-send"))


def wrong(size: int, is_nameless: bool, most: int) -> Mapping[str, str]:
    """Beside the fields that cannot be sent as they are."""
    wrong = {} if 0 < size <= most else {WORDS: words.line("concern-wrong")}
    return {**wrong, **({NAMED: words.line("concern-nameless")} if is_nameless else {})}


def preview(
    me: Member, about: Member | None, worry: Worry, readers: Sequence[tuple[int, str]], without: int, lines: HelpLines
) -> View:
    """Exactly what would be sent, and to whom: two organisers, or what is so where there are fewer."""
    change, drop = _press("change", ChangeConcern(worry.id)), _press("dont-send", DropConcern(worry.id))
    if not readers:
        return View((Paragraph(words.text("concern-nobody")), Note(short_line(lines)), Buttons((drop, more_ways()))))
    names = [name for _, name in readers]
    key = "concern-preview" if len(names) == READERS else "concern-preview-one"
    opening = Paragraph(words.text(key, one=names[0], two=names[-1]))
    send = _press("concern-send", SendConcern(worry.id, without), Style.PRIMARY)
    others = [button(_not_to(name), ConcernWithout(worry.id, without | 1 << place)) for place, name in readers]
    return View((opening, *_told(me, about, worry), Buttons((send, change, drop)), Buttons(tuple(others))), _title())


def letter(me: Member, about: Member | None, worry: Worry) -> View:
    """To each of the two."""
    note = Note(words.text("concern-letter-note", by=me.name))
    if about is None:
        return View((*_told(me, about, worry), note))
    name = clip(words.line("suspend", name=about.name), LABEL)
    return View((*_told(me, about, worry), note, Buttons((button(name, Suspend(about.id), Style.DANGER),))))


def sent(lines: HelpLines) -> View:
    """The one answer, whatever was written, about whomever."""
    return View((Paragraph(words.text("concern-sent")), *_help(lines)))


def dropped(lines: HelpLines) -> View:
    """Nothing was sent."""
    return View((Paragraph(words.text("concern-dropped")), *_help(lines)))


def lost(lines: HelpLines) -> View:
    """It did not arrive."""
    return View((Paragraph(words.text("concern-lost")), *_help(lines)))


def unknown() -> str:
    """A reader who is no member."""
    return words.line("an-organiser")


def _told(me: Member, about: Member | None, worry: Worry) -> tuple[Block, ...]:
    """What is read of it: the same in the preview and in the letter."""
    name = about.name if about else worry.named
    line: Text = words.text("concern-line" if about else "concern-line-named", by=me.name, whom=name)
    return Paragraph(line), Quote(worry.words)


def _help(lines: HelpLines) -> tuple[Block, ...]:
    return Note(short_line(lines)), Buttons((more_ways(),))


def _not_to(name: str) -> str:
    return words.line("concern-not-to", name=clip(name, _NAME))


def _title() -> str:
    return words.line("concern-title")


def _press(key: str, action: Action, style: Style = Style.PLAIN) -> Button:
    return button(words.line(key), action, style)

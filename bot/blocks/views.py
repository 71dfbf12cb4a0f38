"""What its author sees of whom they would rather not meet. Nobody else sees anything."""

from collections.abc import Sequence

from bot.blocks.actions import AskWhom, KeepWords, MeetChosen, MeetGone, MeetNamed
from bot.blocks.model import Known, Said
from bot.chat.action import Action
from bot.chat.form import Form, ShortText
from bot.chat.limits import ANSWER_LINE, clip
from bot.chat.view import Button, Buttons, Note, Paragraph, View, button
from bot.core.words import Words
from bot.members.actions import WhomNotMet

words = Words("bot.blocks")

FIELD = "whom"
_A_PAGE = 4
_NAME = 50
"""Characters of what was typed that fit on a button, with a few words around them."""


def noted() -> View:
    """The one answer, whatever was typed, and whoever exists."""
    return View((Paragraph(words.text("noted")),))


def form() -> Form:
    """Whom?"""
    field = ShortText(FIELD, words.line("form-label"), hint=words.line("form-hint"), most=ANSWER_LINE)
    return Form(words.line("form-title"), KeepWords().pack(), (field,), words.line("form-send"))


def whom(said: Sequence[Said], chosen: Sequence[Known], somebody_gone: bool, page: int) -> View:
    """A handful a page, each with a way back."""
    ways = [_again(f"“{one.words}”", MeetNamed(one.id)) for one in said]
    ways += [_again(one.name, MeetChosen(one.id)) for one in chosen]
    ways += [button(words.line("meet-gone"), MeetGone())] if somebody_gone else []
    page = max(0, min(page, (len(ways) - 1) // _A_PAGE))
    shown = ways[page * _A_PAGE : (page + 1) * _A_PAGE]
    rows = [Buttons((way,)) for way in shown]
    opening = Paragraph(words.text("whom" if ways else "whom-nobody"))
    last = Buttons((button(words.line("whom-more"), AskWhom()), *_pages(len(ways), page)))
    return View((opening, Note(words.text("whom-note")), *rows, last), title=words.line("whom-title"))


def _again(name: str, action: Action) -> Button:
    return button(words.line("meet-again", who=clip(name, _NAME)), action)


def _pages(ways: int, page: int) -> list[Button]:
    earlier = [button(words.line("whom-earlier"), WhomNotMet(page - 1))] if page else []
    more = (page + 1) * _A_PAGE < ways
    return [*earlier, *([button(words.line("whom-later"), WhomNotMet(page + 1))] if more else [])]

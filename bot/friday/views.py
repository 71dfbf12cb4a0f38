"""What the Friday letter looks like: a title, and what each room has to say."""

from collections.abc import Iterable
from datetime import date, datetime

from bot.chat.address import ORGANISERS
from bot.chat.limits import TooLarge
from bot.chat.view import Block, Divider, Paragraph, View
from bot.core.outbox import Kind, Letter
from bot.core.words import Words

words = Words("bot.friday")


def compose(said: Iterable[tuple[bool, tuple[Block, ...]]]) -> View | None:
    """The letter of one member, from each room's blocks in their order, and whether they are worth a letter; None where
    none are. What no longer fits is left out."""
    view, is_worth_it = View((), title=words.line("title")), False
    for alone, blocks in said:
        longer = _with(view, blocks) if blocks else None
        if longer is not None:
            view, is_worth_it = longer, is_worth_it or alone
    return view if is_worth_it else None


def told_late(week: date, at: datetime) -> Letter:
    """To organisers: it came too late for most."""
    view = View((Paragraph(words.text("told-late")),))
    return Letter(f"friday-late:{week}", ORGANISERS, view, Kind.ORGANISER, at)


def _with(view: View, blocks: tuple[Block, ...]) -> View | None:
    apart = (Divider(),) if view.blocks else ()
    try:
        return View((*view.blocks, *apart, *blocks), title=view.title)
    except TooLarge:
        return None

"""What organisers see of the pulse: the form of a new poll, a draft as members would get it, and results."""

from collections.abc import Mapping, Sequence
from datetime import date

from bot.chat.command import Tree
from bot.chat.form import Form, LongText, ManyOf, OneOf, ShortText
from bot.chat.limits import FACTS
from bot.chat.text import Moment, Text, plain
from bot.chat.view import (
    Block,
    Buttons,
    Confirm,
    Divider,
    Fact,
    Facts,
    Note,
    Option,
    Paragraph,
    Style,
    View,
    button,
)
from bot.core.counts import Count, say_count
from bot.core.feature import Run
from bot.core.words import Words
from bot.members.speech import say_day
from bot.pulse import views
from bot.pulse.actions import ComposePoll, DropPoll, EndPoll, KeepReply
from bot.pulse.model import FEWEST_ELIGIBLE, MOST_REPLY, MOST_WORDS, Cut, Item, Poll
from bot.pulse.questions import composable, label_of, scales

words = Words("bot.pulse")

TOGETHER = "together"
"""In the form: no cut."""


def compose() -> Form:
    """Up to three questions, the last of which may be the organisers' own; and by what the totals are told."""
    bank = tuple(Option(key, label) for key, label in composable().items())
    own = ShortText("own", words.line("new-own"), required=False, most=MOST_WORDS, hint=words.line("new-own-hint"))
    scale = tuple(Option(key, label) for key, label in scales().items())
    cuts = tuple(Option(key, words.line(f"cut-{key}")) for key in (TOGETHER, *Cut))
    fields = (
        OneOf("first", words.line("new-first"), bank, required=False),
        ManyOf("others", words.line("new-others"), bank),
        own,
        OneOf("scale", words.line("new-scale"), scale, required=False),
        OneOf("cut", words.line("new-cut"), cuts, value=TOGETHER, hint=words.line("new-cut-hint"), required=False),
    )
    return Form(words.line("new-title"), ComposePoll().pack(), fields, words.line("new-send"))


def wrong(keys: Mapping[str, str]) -> dict[str, str]:
    """A sentence for each field that cannot be kept."""
    return {field: words.line(key) for field, key in keys.items()}


def preview(poll: Poll, eligible: Count, help: tuple[Block, ...]) -> View:
    """The draft as members would get it, how many would, and what can be done with it."""
    sure = Confirm(words.line("open-question"), words.line("open-yes"), words.line("open-no"))
    open_it = button(words.line("open"), Run(Tree.ORGANISER, "pulse open"), Style.PRIMARY, sure)
    drop = button(words.line("drop"), DropPoll(poll.id))
    count = words.text("would-go", n=say_count(eligible), fewest=str(FEWEST_ELIGIBLE))
    shown = views.asking(poll, help).blocks
    return View((Paragraph(words.text("preview")), Divider(), *shown, Divider(), Note(count), Buttons((open_it, drop))))


def cannot_open(why: str) -> View:
    """There is nothing to open, or it may not be opened now."""
    return _said(words.text(why, fewest=str(FEWEST_ELIGIBLE)) if why == "too-few" else words.text(why))


def opened(poll: Poll, asked: Count) -> View:
    """It is on its way."""
    return _said(words.text("opened", n=say_count(asked), closes=Moment(poll.closes_at) if poll.closes_at else ""))


def dropped() -> View:
    """A draft is gone."""
    return _said(words.text("dropped"))


def nothing_open() -> View:
    """There is nothing to close."""
    return _said(words.text("nothing-open"))


def closing(poll: Poll) -> View:
    """What is open, and a button that closes it."""
    sure = Confirm(words.line("end-question"), words.line("end-yes"), words.line("end-no"))
    row = Buttons((button(words.line("end"), EndPoll(poll.id), Style.DANGER, sure),))
    closes = Moment(poll.closes_at) if poll.closes_at else ""
    return View((Paragraph(words.text("is-open", closes=closes)), row))


def closed() -> View:
    """It is closed."""
    return _said(words.text("closed"))


def reply_form(poll: Poll) -> Form:
    """What was done about it."""
    field = LongText("reply", words.line("reply-label"), value=poll.reply, required=False, most=MOST_REPLY)
    return Form(words.line("reply-title"), KeepReply(poll.id).pack(), (field,), words.line("reply-send"))


def reply_kept(is_there: bool) -> View:
    """It goes to everybody, or to nobody."""
    return _said(words.text("reply-kept" if is_there else "reply-none"))


def rota(weeks: Sequence[tuple[date, tuple[Item, ...]]]) -> View:
    """What is asked by itself in the weeks to come."""
    if not weeks:
        return _said(words.text("rota-none"))
    rows = tuple(Fact(say_day(week), plain(", ".join(label_of(item.key) for item in items))) for week, items in weeks)
    return View((Paragraph(words.text("rota")), Facts(rows[:FACTS])))


def _said(text: Text) -> View:
    return View((Paragraph(text),))

"""What a platform says where another has a window of its own: before a press that cannot be taken back, and when a form
could not be taken. Its words are ours, and the same everywhere; who draws it is an adapter."""

from collections.abc import Iterable

from bot.chat.limits import FIELDS, LABEL, QUOTE, clip
from bot.chat.text import one_line, plain
from bot.chat.view import Button, Buttons, Paragraph, Style, View
from bot.core.words import Words

words = Words("bot.core")


def sure(label: str, action: str, leave: str) -> View:
    """The question before such a press, with what stands on the button; `leave` is the action that does nothing."""
    pressed = clip(one_line(label), LABEL)
    row = (Button(pressed, action, Style.DANGER), Button(words.line("sure-no"), leave))
    return View((Paragraph(words.text("sure", label=pressed)), Buttons(row)))


def left_as_it_is() -> View:
    """To somebody who would rather not."""
    return View((Paragraph(words.text("sure-left")),))


def not_yet_right(sentences: Iterable[str]) -> View:
    """A sentence for each thing in a form that is to be mended."""
    there = [clip(one_line(one), QUOTE // FIELDS) for one in dict.fromkeys(sentences) if one_line(one)]
    return View((Paragraph(words.text("not-yet-right")), *(Paragraph(plain(one)) for one in there[:FIELDS])))


def thread_name() -> str:
    """What a thread is called in which somebody alone is written to."""
    return words.line("thread-name")


def from_here_on() -> View:
    """The first thing that stands in it."""
    return View((Paragraph(words.text("from-here-on")),))


def not_them() -> str:
    """What stands in a menu on somebody's name."""
    return words.line("not-them")


def not_them_in() -> dict[str, str]:
    """The same in further languages, by their tags."""
    own = (Words("bot.core", language) for language in words.further_languages())
    return {one.language: one.line("not-them") for one in own if one.has("not-them")}


def when_typed() -> str:
    """How a day and a time are to be typed, where there is no field for them."""
    return words.line("when-typed")


def somebody_here() -> str:
    """Whoever has no name."""
    return words.line("somebody-here")

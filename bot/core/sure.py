"""To ask twice, on a platform whose buttons cannot ask for themselves."""

from bot.chat.view import Button, Buttons, Paragraph, Style, View
from bot.core.words import Words

LEAVE = "?"
"""What the button carries that leaves everything as it is."""

words = Words("bot.core")


def sure(label: str, action: str) -> View:
    """The question after a first press of what is labelled so; a yes carries the action itself."""
    row = (Button(label, action, Style.DANGER), Button(words.line("sure-no"), LEAVE))
    return View((Paragraph(words.text("sure", label=label)), Buttons(row)))


def left_as_it_is() -> View:
    """In place of the question, when somebody would rather not."""
    return View((Paragraph(words.text("sure-left")),))

"""What is said about events in one's own calendar."""

from bot.calendars.actions import AddToCalendar, EndAddress, NewAddress, OpenCalendar, ShowTitles
from bot.calendars.model import Calendar
from bot.chat.ids import Id
from bot.chat.text import Text
from bot.chat.view import Button, Buttons, Confirm, File, Note, Paragraph, Style, View, button
from bot.core.words import Words

words = Words("bot.calendars")

TYPE = "text/calendar"
_LETTERS = 40
"""Of a title, in a file's name."""


def name() -> str:
    """What the calendar is called in a programme."""
    return words.line("calendar-name")


def busy() -> str:
    """What stands in it instead of titles."""
    return words.line("calendar-busy")


def open_button() -> Button:
    """The way here, for other rooms' pages."""
    return button(words.line("open"), OpenCalendar())


def add_button(event: Id) -> Button:
    """Under a yes."""
    return button(words.line("add"), AddToCalendar(event))


def file(title: str, content: bytes) -> File:
    """A calendar under a name that every machine can write."""
    letters = "".join(one if one.isascii() and one.isalnum() else " " for one in title.lower()[:_LETTERS])
    return File("-".join(letters.split() or ("event",)) + ".ics", content, TYPE)


def shown(mine: Calendar, is_offered: bool) -> View:
    """What there is of it, and what can be changed; `is_offered`: this network lets calendars be fetched."""
    title = words.line("title")
    if not is_offered:
        return View((Paragraph(words.text("files-only")),), title=title)
    has = Paragraph(words.text("has" if mine.has_address else "has-none"))
    shows = Paragraph(words.text("shows-titles" if mine.shows_titles else "shows-busy"))
    turned = words.line("hide-titles" if mine.shows_titles else "show-titles")
    titles = button(turned, ShowTitles(0 if mine.shows_titles else 1))
    return View((has, shows, Buttons((*_address_buttons(mine.has_address), titles))), title=title)


def _address_buttons(has_address: bool) -> tuple[Button, ...]:
    if not has_address:
        return (button(words.line("make"), NewAddress(), Style.PRIMARY),)
    again, end = (
        Confirm(words.line(f"{what}-question"), words.line(what), words.line("keep")) for what in ("again", "end")
    )
    return (
        button(words.line("again"), NewAddress(), confirm=again),
        button(words.line("end"), EndAddress(), Style.DANGER, end),
    )


def address(url: str) -> View:
    """The address, this once."""
    return View((Paragraph(words.text("address", url=url)), Note(words.text("address-note"))))


def file_letter(title: str, content: bytes) -> View:
    """One event, as a file."""
    return View((Paragraph(words.text("file", title=title)), file(title, content)))


def file_sent() -> View:
    """After the press."""
    return View((Paragraph(words.text("file-sent")),))


def not_coming() -> Text:
    """To somebody who has no place, and did not say perhaps."""
    return words.text("not-coming")


def files_only() -> Text:
    """Where no calendar can be fetched."""
    return words.text("files-only")

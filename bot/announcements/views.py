"""What everybody reads: the announcement itself, the same on every platform, and what follows a press under it."""

from collections.abc import Sequence

from bot.announcements.actions import Seen
from bot.announcements.model import Announcement, Does, Sort, Where
from bot.chat.command import Tree
from bot.chat.text import Link, Moment, Strong, plain
from bot.chat.view import Block, Button, Buttons, Note, Paragraph, Style, View, button
from bot.core.feature import Run
from bot.core.words import Words

words = Words("bot.announcements")


def shown(announcement: Announcement, invite: Button | None = None) -> View:
    """The announcement as it arrives; `invite` is another room's button."""
    return View(said(announcement, invite), title=announcement.title)


def in_friday(announcement: Announcement, invite: Button | None = None) -> tuple[Block, ...]:
    """The same, as a part of the Friday letter."""
    return (Paragraph((Strong(announcement.title),)), *said(announcement, invite))


def said(announcement: Announcement, invite: Button | None) -> tuple[Block, ...]:
    """All of it but its title."""
    blocks: list[Block] = [Paragraph(plain(announcement.words))]
    if announcement.does is Does.LINK:
        blocks.append(Paragraph((Link(announcement.label, announcement.link),)))
    if announcement.picture and announcement.where is Where.CHANNELS:
        blocks.append(Note(words.text("picture", picture=Link(announcement.alt, announcement.picture))))
    return (*blocks, *_corrected(announcement), *_press(announcement, invite), Note(words.text(_from(announcement))))


def correction(announcement: Announcement) -> View:
    """A line of its own, after the announcement."""
    return View((Paragraph(words.text("correction", title=announcement.title, line=announcement.line)),))


def thanks() -> View:
    """To whoever has read it."""
    return View((Paragraph(words.text("thanks")),))


def _from(announcement: Announcement) -> str:
    """Who says it, and why they may."""
    if announcement.where is Where.CHANNELS or announcement.sort is Sort.NOTICE:
        return "from-organisers"
    return "from-news"


def _corrected(announcement: Announcement) -> Sequence[Block]:
    if announcement.corrected_at is None:
        return ()
    at = Moment(announcement.corrected_at)
    if announcement.line:
        return (Note(words.text("corrected-line", at=at, line=announcement.line)),)
    return (Note(words.text("corrected", at=at)),)


def _press(announcement: Announcement, invite: Button | None) -> Sequence[Block]:
    match announcement.does:
        case Does.START:
            return (Buttons((button(words.line("press-start"), Run(Tree.MEMBER, "start"), Style.PRIMARY),)),)
        case Does.SEEN:
            return (Buttons((button(words.line("press-seen"), Seen(announcement.id), Style.PRIMARY),)),)
        case Does.INVITE if invite is not None:
            return (Buttons((invite,)),)
        case _:
            return ()

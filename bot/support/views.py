"""What is shown to somebody who asks for help, and to whoever types to a bot."""

from bot.chat.command import Tree
from bot.chat.text import Link, Text
from bot.chat.view import Buttons, Fact, Facts, Note, Paragraph, View, button
from bot.core.feature import Page, Run
from bot.core.helplines import HelpLine, HelpLines, more_ways, short_line
from bot.core.terms import Nation
from bot.core.words import Words

words = Words("bot.support")


def help_now(lines: HelpLines, nation: Nation | None = None) -> View:
    """All lines, of all nations: those that answer in `nation` first."""
    there = sorted(lines.items(), key=lambda one: nation is not None and nation not in one[1].nations)
    facts = tuple(Fact(line.name, _what(key, line)) for key, line in there)
    return View(
        (Paragraph(words.text("opening")), Facts(facts), Note(words.text("closing"))),
        title=words.line("title"),
    )


def typed(lines: HelpLines) -> View:
    """The one answer to anything that is typed: it is the same whatever it was."""
    pause = button(words.line("typed-pause"), Run(Tree.MEMBER, "pause"))
    leave = button(words.line("typed-leave"), Run(Tree.MEMBER, "leave"))
    menu = button(words.line("typed-menu"), Run(Tree.MEMBER, "menu"))
    return View(
        (
            Paragraph(words.text("typed")),
            Paragraph(short_line(lines)),
            Buttons((more_ways(), menu, pause, leave)),
        )
    )


def home(lines: HelpLines, is_member: bool, has_asked: bool = False, is_asked: bool = False) -> Page:
    """At the end of every home page: the help line, what else there is for members, and who can see all this. Above it,
    for whom it is so: that they have asked a listener, or that somebody has asked them."""
    menu = (button(words.line("typed-menu"), Run(Tree.MEMBER, "menu")),) if is_member else ()
    listener = (button(words.line("home-listener"), Run(Tree.MEMBER, "listener")),) if has_asked or is_asked else ()
    said = [key for key, is_so in (("home-asked", has_asked), ("home-listening", is_asked)) if is_so]
    row = Buttons((more_ways(), *listener, *menu))
    return *(Paragraph(words.text(key)) for key in said), Note(short_line(lines)), row, Note(words.text("home-private"))


def _what(key: str, line: HelpLine) -> Text:
    known = key if words.has(key) else "other"
    if line.url:
        return words.text(known, link=Link(words.line(f"{known}-link"), line.url))
    return words.text(known, number=line.number)

"""What is shown to somebody who asks for help, and to whoever types to a bot."""

from bot.chat.command import Tree
from bot.chat.text import Link, Text
from bot.chat.view import Buttons, Fact, Facts, Note, Paragraph, View, button
from bot.core.feature import Page, Run
from bot.core.helplines import HelpLine, HelpLines, more_ways, short_line
from bot.core.words import Words

words = Words("bot.support")


def help_now(lines: HelpLines) -> View:
    """All lines, of all nations."""
    facts = tuple(Fact(line.name, _what(key, line)) for key, line in lines.items())
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


def home(lines: HelpLines, is_member: bool) -> Page:
    """At the end of every home page: the help line, what else there is for members, and who can see all this."""
    menu = (button(words.line("typed-menu"), Run(Tree.MEMBER, "menu")),) if is_member else ()
    return Note(short_line(lines)), Buttons((more_ways(), *menu)), Note(words.text("home-private"))


def _what(key: str, line: HelpLine) -> Text:
    known = key if words.has(key) else "other"
    if line.url:
        return words.text(known, link=Link(words.line(f"{known}-link"), line.url))
    return words.text(known, number=line.number)

"""What the bot says before any room does: the menu, the help, and a sentence for everything that goes wrong."""

from collections.abc import Iterable
from datetime import UTC, datetime

from msgspec.structs import replace

from bot.chat.command import Command, Tree
from bot.chat.inbound import Who
from bot.chat.outbound import Reply
from bot.chat.text import Moment, Text, plain
from bot.chat.view import Block, Button, Buttons, Divider, Fact, Facts, Paragraph, Style, View, button
from bot.core.asking import (
    from_here_on,
    left_as_it_is,
    not_them,
    not_yet_right,
    somebody_here,
    sure,
    thread_name,
    when_typed,
)
from bot.core.calendar import Occurrence, Planned, Verdict
from bot.core.directory import Directory, described, label, says
from bot.core.feature import Call, Page, Right, Run, Sample, Visitor
from bot.core.helplines import help_now
from bot.core.words import Words
from bot.core.work import Work

words = Words("bot.core")
TREES = (Tree.MEMBER, Tree.ORGANISER)
"""Those that have a menu."""

_A_ROW = 4
_FACTS_A_BLOCK = 10


def table(directory: Directory) -> list[Command]:
    """Every word of every tree, as adapters get them: the rooms', and those that are answered here."""
    own = [described("bot.core", tree, word, word) for tree in TREES for word in ("menu", "help")]
    return [*directory.table(), *own, described("bot.core", Tree.HELP_NOW, "", "helpnow")]


def said(text: Text) -> Reply:
    """One sentence."""
    return Reply(view=View((Paragraph(text),)))


def too_fast() -> Reply:
    """To somebody who presses faster than anybody means to."""
    return said(words.text("too-fast"))


def old_button() -> Reply:
    """To a press that means nothing here any more, or never did."""
    return Reply(view=View((Paragraph(words.text("old-button")), Buttons((_menu_button(),)))))


def doorway() -> View:
    """Where newcomers find it, on a platform on which nobody is written to who has not begun."""
    row = (button(words.line("start"), Run(Tree.MEMBER, "start"), Style.PRIMARY), help_now())
    return View((Paragraph(words.text("doorway")), Buttons(row)))


def alarm() -> View:
    """To the organisers, when the database or its disk fails and nothing else can be said."""
    return View((Paragraph(words.text("alarm")),))


def progress(what: str, done: int, of: int, could_not: int) -> View:
    """To the organisers, while many letters go out: `what` begins the batch's name; how far, and what could not be."""
    going = words.text(f"progress-{what}", percent=100 * done // of if of else 100)
    gone = words.text(f"progress-{what}-done")
    more = (Paragraph(words.text("progress-could-not")),) if could_not else ()
    return View((Paragraph(gone if done >= of else going), *more))


def skipped(planned: Planned) -> View | None:
    """To the organisers, when what they count on came too late to be done; None where nobody counts on it."""
    key = f"skipped-{planned.occurrence.rule}"
    if planned.verdict is not Verdict.SKIPPED or not words.has(key):
        return None
    return View((Paragraph(words.text(key, day=Moment(planned.occurrence.due_at))),))


def failed(code: str) -> Reply:
    """To somebody for whom we failed; `code` is what the operator's log says too."""
    return said(words.text("failed", code=code))


def refused(needs: Right) -> Reply:
    """To somebody who may not do that, or not yet."""
    if needs is Right.MEMBER:
        start = button(words.line("start"), Run(Tree.MEMBER, "start"))
        return Reply(view=View((Paragraph(words.text("not-started")), Buttons((start,)))))
    return said(words.text("not-yours"))


def menu(directory: Directory, tree: Tree) -> Reply:
    """What the bare command opens: a button for each thing one can do."""
    labels = [(label(feature, answers), answers.word) for feature, answers in directory.shown(tree)]
    buttons = [button(said_on_it, Run(tree, word)) for said_on_it, word in labels if said_on_it]
    return Reply(view=View((Paragraph(words.text(f"menu-{tree}")), *_rows(buttons))))


def help(directory: Directory, tree: Tree) -> Reply:
    """Each word and what it does."""
    facts = [
        Fact(f"/{tree} {answers.word}", plain(says(feature, answers))) for feature, answers in directory.shown(tree)
    ]
    blocks = [Facts(tuple(facts[at : at + _FACTS_A_BLOCK])) for at in range(0, len(facts), _FACTS_A_BLOCK)]
    return Reply(view=View((Paragraph(words.text(f"help-{tree}")), *blocks)))


def home(directory: Directory, work: Work, call: Call) -> Reply:
    """The home page of whoever opens it, from what each room has for them. Guests and bots are nobody here, whoever
    they were before."""
    if call.sort is not Who.PERSON:
        call = replace(call, member=None, rights=frozenset({Right.ANYONE}))
    return Reply(view=_page(one.look(work, call) for one in directory.homes if one.needs in call.rights))


def home_failed(directory: Directory, code: str) -> Reply:
    """The same, for somebody for whom we failed: what needs nothing to be looked up, and so the help line."""
    said = Paragraph(words.text("home-failed", code=code))
    return Reply(view=_page([(said,), *(one.fallback for one in directory.homes)]))


def samples(directory: Directory) -> tuple[Sample, ...]:
    """Everything that is said before any room says anything."""
    trees, slips = (
        {Tree.MEMBER: "Members", Tree.ORGANISER: "Organisers"},
        {Tree.MEMBER: "paus", Tree.ORGANISER: "intro sent"},
    )
    replies = (
        *((f"{who}: menu", menu(directory, tree)) for tree, who in trees.items()),
        *((f"{who}: help", help(directory, tree)) for tree, who in trees.items()),
        *((f"{who}: a word that is not known", unknown(directory, tree, slips[tree])) for tree, who in trees.items()),
        ("Not joined yet", refused(Right.MEMBER)),
        ("Not theirs to do", refused(Right.ORGANISER)),
        ("A button of long ago", old_button()),
        ("Pressed too fast", too_fast()),
        ("It could not be saved", failed("K7")),
        ("Home page: it could not be looked up", home_failed(directory, "K7")),
    )
    said_to_one = tuple(Sample(name, reply.view) for name, reply in replies if reply.view)
    return (*said_to_one, *_asked_samples(directory), *_home_samples(directory), *_told_samples())


def _asked_samples(directory: Directory) -> tuple[Sample, ...]:
    """What is asked and answered in a message where a platform has no window for it."""
    return (
        Sample("Before a press that can’t be taken back", sure("Forget me", "forget~1", "leave~1")),
        Sample("They would rather not", left_as_it_is()),
        Sample("In a thread of their own, on Discord", replace(from_here_on(), title=thread_name())),
        Sample("In Discord’s menus, forms and names of threads", _in_discords_own_places(directory)),
        Sample("Something in a form is to be mended", not_yet_right(["Please tell me what to call you."])),
    )


def _in_discords_own_places(directory: Directory) -> View:
    behind_words = dict.fromkeys(one.takes for one in directory.table() if one.takes)
    return View(tuple(Paragraph(plain(one)) for one in (not_them(), when_typed(), somebody_here(), *behind_words)))


def _home_samples(directory: Directory) -> tuple[Sample, ...]:
    """The whole page of each of the made-up people."""
    parts = [one.samples() for one in directory.homes]
    pages = {visitor: _page(part.get(visitor, ()) for part in parts) for visitor in Visitor}
    return tuple(Sample(f"Home page: {visitor}", page) for visitor, page in pages.items())


def _told_samples() -> tuple[Sample, ...]:
    """What the organisers' channel is told by nobody in particular."""
    due = {
        "introductions": datetime(2026, 11, 16, 8, tzinfo=UTC),
        "checkins": datetime(2026, 11, 19, 16, 15, tzinfo=UTC),
        "friday": datetime(2026, 11, 20, 16, 15, tzinfo=UTC),
    }
    late = {rule: skipped(Planned(Occurrence(rule, at.date(), at), Verdict.SKIPPED)) for rule, at in due.items()}
    return (
        Sample("Where newcomers begin, on Discord", doorway()),
        Sample("Organisers' channel: the disk fails", alarm()),
        Sample("Organisers' channel: introductions are going out", progress("introductions", 40, 100, 0)),
        Sample("Organisers' channel: introductions are out, but some", progress("introductions", 100, 100, 1)),
        *(Sample(f"Organisers' channel: too late for {rule}", view) for rule, view in late.items() if view),
    )


def lost(directory: Directory, tree: Tree, typed: str) -> Reply:
    """To the bare command, a call for help, and a word that no room answers."""
    word = (typed.casefold().split() or ["menu"])[0]
    makes = {"menu": menu, "help": help}.get(word)
    return makes(directory, tree) if makes else unknown(directory, tree, typed)


def unknown(directory: Directory, tree: Tree, typed: str) -> Reply:
    """To a word we do not know: what was probably meant, and the menu."""
    near = [button(f"/{tree} {word}", Run(tree, word)) for word in directory.near(tree, typed)]
    return Reply(view=View((Paragraph(words.text("unknown")), Buttons((*near, _menu_button(tree))))))


def _page(parts: Iterable[Page]) -> View:
    """What rooms say, one under another with a line between them."""
    said = [part for part in parts if part]
    return View(tuple(block for n, part in enumerate(said) for block in ((Divider(), *part) if n else part)))


def _menu_button(tree: Tree = Tree.MEMBER) -> Button:
    return button(words.line("what-i-can-do"), Run(tree, "menu"))


def _rows(buttons: list[Button]) -> list[Block]:
    return [Buttons(tuple(buttons[at : at + _A_ROW])) for at in range(0, len(buttons), _A_ROW)]

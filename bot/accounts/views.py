"""What is said of a person's accounts: each side sees both names, and what is shared."""

from collections.abc import Sequence

from bot.accounts.actions import Disconnect, EnterCode, KeepCode, KeepOut, LetIn, NotMe, ThatsMe
from bot.accounts.model import Asked
from bot.chat.address import Account
from bot.chat.form import Form, ShortText
from bot.chat.limits import clip
from bot.chat.text import one_line
from bot.chat.view import Block, Button, Buttons, Confirm, Note, Paragraph, Style, View, button
from bot.core.words import Words
from bot.members.model import MOST_NAME, Identity, Member

words = Words("bot.accounts")

CODE = "code"
_SHOWN = 4
"""Other accounts with a button of their own; nobody has more."""


def place(account: Account) -> str:
    """Where an account is, as one would say it."""
    key = f"place-{account.platform}"
    return words.line(key) if words.has(key) else account.platform.capitalize()


def code(shown: str, others: Sequence[Identity]) -> View:
    """A new code, what to do with it, and where else one is."""
    said = (Paragraph(words.text("code", code=shown)), Note(words.text("code-note")))
    return View((*said, *_elsewhere(others), Buttons((_enter(),))), words.line("title"))


def how() -> View:
    """To somebody who is nobody here yet: where codes come from."""
    return View((Paragraph(words.text("how")), Buttons((_enter(),))), words.line("title"))


def form() -> Form:
    """Which code?"""
    field = ShortText(CODE, words.line("form-label"), hint=words.line("form-hint"), most=40)
    return Form(words.line("form-title"), KeepCode().pack(), (field,), words.line("form-send"))


def code_wrong() -> View:
    """To a code that is none, is over, or came after too many others."""
    return View((Paragraph(words.text("code-wrong")), Buttons((_enter(),))))


def errors() -> dict[str, str]:
    """The same, beside the field."""
    return {CODE: words.line("code-wrong")}


def is_this_you(asked: Asked, member: Member, name: str) -> View:
    """Where the code was entered: who asked for it, what goes with it, and what they will read of this account."""
    said = (
        Paragraph(words.text("is-this-you", name=member.name, place=place(asked.by))),
        Paragraph(words.text("what-is-shared", name=member.name)),
        Note(words.text("is-this-you-note", name=member.name, mine=_named(name), place=place(asked.by))),
    )
    yes = button(words.line("thats-me", name=member.name), ThatsMe(asked.member), Style.PRIMARY)
    return View((*said, Buttons((yes, button(words.line("not-me"), NotMe(asked.member))))), words.line("title"))


def now_there(asked: Asked) -> View:
    """Where the code was entered, when the other side is asked."""
    return _said("now-there", place=place(asked.by))


def let_in(asked: Asked, account: Account, name: str, member: Member) -> View:
    """Where the code was asked for: who wants to be oneself."""
    said = (
        Paragraph(words.text("let-in", name=_named(name), place=place(account), mine=member.name)),
        Paragraph(words.text("what-is-shared-with-it")),
        Note(words.text("let-in-note")),
    )
    sure = Confirm(words.line("let-in-question"), words.line("let-in-yes"), words.line("let-in-no"))
    row = Buttons((button(words.line("let-in-press"), LetIn(asked.id), Style.DANGER, sure), _keep_out(asked)))
    return View((*said, row), words.line("title"))


def connected(member: Member, account: Account) -> View:
    """To the account that was asked, when it is done."""
    return _said("connected", name=member.name, place=place(account))


def welcome(member: Member) -> View:
    """To the new account."""
    return View((Paragraph(words.text("welcome", name=member.name)), Note(words.text("welcome-note"))))


def notice(account: Account) -> View:
    """To all the older ones."""
    said = Paragraph(words.text("notice", place=place(account)))
    return View((said, Note(words.text("notice-note")), Buttons((_disconnect(account),))), words.line("title"))


def parted(account: Account) -> View:
    """To whoever has parted with an account of theirs."""
    return _said("parted", place=place(account))


def parted_with() -> View:
    """To that account."""
    return _said("parted-with")


def nothing_done() -> View:
    """Somebody said no, somewhere."""
    return _said("nothing-done")


def too_late() -> View:
    """To a press that comes too late, or again."""
    return _said("too-late")


def already() -> View:
    """To whoever enters a code of their own."""
    return _said("already")


def has_a_home(member: Member) -> View:
    """To an account that is a member of its own."""
    return _said("has-a-home", name=member.name)


def _elsewhere(others: Sequence[Identity]) -> tuple[Block, ...]:
    if not others:
        return ()
    row = Buttons(tuple(_disconnect(one.account) for one in others[:_SHOWN]))
    return Paragraph(words.text("elsewhere")), row


def _disconnect(account: Account) -> Button:
    sure = Confirm(words.line("disconnect-question"), words.line("disconnect-yes"), words.line("disconnect-no"))
    label = words.line("disconnect", place=place(account))
    return button(label, Disconnect(account.show()), confirm=sure)


def _keep_out(asked: Asked) -> Button:
    return button(words.line("keep-out"), KeepOut(asked.id))


def _enter() -> Button:
    return button(words.line("enter"), EnterCode())


def _named(name: str) -> str:
    return clip(one_line(name), MOST_NAME) or words.line("nameless")


def _said(key: str, **more: str) -> View:
    return View((Paragraph(words.text(key, **more)),), words.line("title"))

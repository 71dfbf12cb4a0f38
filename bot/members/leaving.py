"""Leaving: stop, which is a pause without end, or be forgotten."""

from dataclasses import replace

from bot.chat.action import Action
from bot.chat.address import Guest
from bot.chat.ids import show
from bot.chat.outbound import NOTHING, Reply
from bot.chat.view import Button, Buttons, Confirm, Paragraph, Style, View, button
from bot.core.feature import Call
from bot.core.outbox import Kind, Letter
from bot.core.work import Work
from bot.members.actions import Erase, EraseAll, Stay, Stop
from bot.members.model import Member, MemberGone, Stage
from bot.members.store import MEMBERS, PRIVACY
from bot.members.views import command, press, words


def leave(work: Work, call: Call) -> Reply:
    """The command: stop, be forgotten, or stay. Whoever is nobody here sees the same."""
    return Reply(view=leave_view())


def stay(work: Work, call: Call, action: Stay) -> Reply:
    """Not after all."""
    return Reply(view=stayed_view())


def stop(work: Work, call: Call, action: Stop) -> Reply:
    """Nothing more is sent, and the profile is kept."""
    _stop(work, call)
    return Reply(view=stopped_view())


def left(work: Work, call: Call) -> Reply:
    """Somebody left the workspace, by whatever way: as if they had asked to stop."""
    _stop(work, call)
    return NOTHING


def erase(work: Work, call: Call, action: Erase) -> Reply:
    """Forgotten: other rooms hear of it first, while they can still look."""
    member = _me(work, call)
    if member is not None:
        _gone(work, member)
        work.use(PRIVACY).erase(member.id, work.at)
    return Reply(view=goodbye())


def erase_all(work: Work, call: Call, action: EraseAll) -> Reply:
    """Forgotten, and what the bot said in their direct messages goes as well. The orders name nobody but the account,
    sealed, and are all that is left until they are carried out."""
    member = _me(work, call)
    known = work.use(MEMBERS).identities(member.id) if member else ()
    for account in dict.fromkeys((call.who, *(one.account for one in known))):
        key = f"remove:{show(work.new_id())}"
        work.post(Letter(key, Guest(account), View(()), Kind.REMOVAL, due_at=work.at))
    erase(work, call, Erase())
    return Reply(view=goodbye_all())


def leave_view() -> View:
    """What leaving can mean."""
    forget = (_for_good("leave-erase", "erase", Erase()), _for_good("leave-erase-all", "erase-all", EraseAll()))
    row = Buttons((press("leave-stop", Stop()), *forget, press("leave-stay", Stay())))
    return View((Paragraph(words.text("leave-ask")), row), title=words.line("leave-title"))


def stayed_view() -> View:
    """Not after all, said so."""
    return _said("stayed")


def stopped_view() -> View:
    """Quiet from now on, and how to come back."""
    return View((Paragraph(words.text("stopped")), Buttons((command("im-back", "back"),))))


def goodbye() -> View:
    """The last word."""
    return _said("goodbye", "goodbye-thanks")


def goodbye_all() -> View:
    """The last word, where even the words before it go."""
    return _said("goodbye", "goodbye-all", "goodbye-thanks")


def _for_good(label: str, question: str, action: Action) -> Button:
    sure = Confirm(words.line(f"{question}-question"), words.line("erase-yes"), words.line("erase-no"))
    return button(words.line(label), action, Style.DANGER, sure)


def _stop(work: Work, call: Call) -> None:
    member = _me(work, call)
    if member is not None and member.stage in (Stage.MEMBER, Stage.WAITING):
        work.use(MEMBERS).keep(replace(member, stage=Stage.STOPPED, away=False, back_on=None))
        _gone(work, member)


def _me(work: Work, call: Call) -> Member | None:
    return None if call.member is None else work.use(MEMBERS).get(call.member)


def _gone(work: Work, member: Member) -> None:
    """Partners are told, and nothing that waits is sent; nor do organisers wait for them."""
    work.tell(MemberGone(member.id))
    work.cancel_to(member.id)
    work.cancel(f"waits:{show(member.id)}")


def _said(*keys: str) -> View:
    return View(tuple(Paragraph(words.text(key)) for key in keys))

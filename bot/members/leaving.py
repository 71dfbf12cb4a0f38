"""Leaving: stop, which is a pause without end, be forgotten, or only leave the workspace; and coming back to it."""

from dataclasses import replace
from datetime import date, time, timedelta

from bot.chat.action import Action
from bot.chat.address import Account, Guest
from bot.chat.ids import show
from bot.chat.inbound import Due
from bot.chat.outbound import NOTHING, Reply
from bot.chat.view import Button, Buttons, Confirm, Paragraph, Style, View, button
from bot.core.calendar import Late, Rule
from bot.core.feature import Call
from bot.core.outbox import Kind, Letter
from bot.core.walltime import Daily, local_day
from bot.core.work import Work
from bot.members.actions import Erase, EraseAll, Stay, Stop
from bot.members.flow import whoever
from bot.members.model import AccountStopped, Member, MemberGone, MemberReady, MemberWaits, Stage, kept_away
from bot.members.newness import no_new_account
from bot.members.store import MEMBERS, PRIVACY
from bot.members.views import command, press, words

KEPT_AFTER_LEAVING = timedelta(days=30)
"""How long the profile of somebody who only left the workspace is kept, as promised in docs/privacy.md."""
FORGET_LEAVERS = Rule("members.forget-leavers", Daily(time(3, 20)), Late.MERGE)

_TAKES_PART = (Stage.MEMBER, Stage.WAITING)


def leave(work: Work, call: Call) -> Reply:
    """The command: stop, be forgotten, or stay. Whoever is nobody here sees the same."""
    return Reply(view=leave_view())


def stay(work: Work, call: Call, action: Stay) -> Reply:
    """Not after all."""
    return Reply(view=stayed_view())


def stop(work: Work, call: Call, action: Stop) -> Reply:
    """Nothing more is sent, and the profile is kept."""
    work.tell(AccountStopped(call.who))
    member = whoever(work, call)
    if member is not None and member.stage in _TAKES_PART:
        work.use(MEMBERS).keep(replace(member, stage=Stage.STOPPED, away=False, back_on=None))
        _gone(work, member)
    elif member is not None and member.stage is Stage.SUSPENDED:
        work.use(MEMBERS).keep(kept_away(member))
    return Reply(view=stopped_view())


def erase(work: Work, call: Call, action: Erase) -> Reply:
    """Forgotten. Of an account that was nobody's, too, there can be a letter."""
    no_new_account(work, call)
    member = whoever(work, call)
    if member is not None:
        _forget(work, member)
    else:
        work.use(PRIVACY).forget_account(call.who)
    return Reply(view=goodbye())


def left(work: Work, call: Call) -> Reply:
    """An account left its workspace. With the last of them everything stops, and is kept as it was."""
    members = work.use(MEMBERS)
    identity = members.identity(call.who)
    if identity is None or identity.left_at is not None:
        return NOTHING
    others = [one for one in members.identities(identity.member) if one.account != call.who]
    members.keep_identity(replace(identity, left_at=work.at))
    member = members.get(identity.member)
    if member is not None and all(one.left_at for one in others):
        members.keep(replace(member, left_at=work.at))
        _gone(work, member)
    return NOTHING


def came_back(work: Work, account: Account, zone: str) -> Member | None:
    """An account is in its workspace again. Who it belongs to, if with it they are here again; None otherwise."""
    members = work.use(MEMBERS)
    identity = members.identity(account)
    if identity is None or identity.left_at is None:
        return None
    members.keep_identity(replace(identity, left_at=None))
    member = members.get(identity.member)
    if member is None or member.left_at is None:
        return None
    member = _as_it_was(member, local_day(work.at, zone))
    members.keep(member)
    _tell_who_is_back(work, member)
    return member


def forget_leavers(work: Work, due: Due) -> None:
    """Every night: who left the workspace so long ago is forgotten, as if they had asked for it."""
    for member in work.use(MEMBERS).left_before(work.at - KEPT_AFTER_LEAVING):
        _forget(work, member)


def erase_all(work: Work, call: Call, action: EraseAll) -> Reply:
    """Forgotten, and what the bot said in their direct messages goes as well. The orders name nobody but the account,
    sealed, and are all that is left until they are carried out."""
    member = whoever(work, call)
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


def _gone(work: Work, member: Member) -> None:
    """Partners are told, and nothing that waits is sent; nor do organisers wait for them."""
    work.tell(MemberGone(member.id))
    work.cancel_to(member.id)
    work.cancel(f"waits:{show(member.id)}")


def _forget(work: Work, member: Member) -> None:
    """Other rooms hear of it first, while they can still look."""
    _gone(work, member)
    work.use(PRIVACY).erase(member.id, work.at)


def _as_it_was(member: Member, today: date) -> Member:
    """Here again; a pause that ended meanwhile has ended."""
    is_over = member.away and not member.is_away(today)
    return replace(member, left_at=None, away=False, back_on=None) if is_over else replace(member, left_at=None)


def _tell_who_is_back(work: Work, member: Member) -> None:
    if member.stage is Stage.MEMBER and not member.away:
        work.tell(MemberReady(member.id))
    elif member.stage is Stage.WAITING:
        work.tell(MemberWaits(member.id))


def _said(*keys: str) -> View:
    return View(tuple(Paragraph(words.text(key)) for key in keys))

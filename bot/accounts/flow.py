"""Connecting a second account, and parting with one. Never by a name or an address: by a code, and two times yes.

Whoever enters somebody's code becomes them; so both sides see who the other is before anything happens, and whoever
lured the code, or the other's entering of one, out of a tired head has still to be let in by them (THREATS, 6).
"""

from dataclasses import replace

from bot.accounts import views
from bot.accounts.actions import Disconnect, EnterCode, KeepCode, KeepOut, LetIn, NotMe, ThatsMe
from bot.accounts.model import Asked, State
from bot.accounts.store import ACCOUNTS
from bot.chat.address import Account, Guest
from bot.chat.ids import Id, show
from bot.chat.inbound import Due, Who
from bot.chat.outbound import Reply
from bot.chat.view import View
from bot.core.errors import Refusal
from bot.core.feature import Call
from bot.core.outbox import Kind, Letter
from bot.core.work import Work
from bot.members.codes import CODE_TRIES, CODE_WINDOW, code_of, tidy
from bot.members.flow import whoever
from bot.members.model import AccountStopped, Identity, Member, Stage
from bot.members.newness import no_new_account
from bot.members.store import MEMBERS, PRIVACY

_BEGUN = (Stage.INVITED, Stage.JOINING)
"""Who has not come far enough to lose anything."""


def connect(work: Work, call: Call) -> Reply:
    """The command: with a code behind it, here is where it was brought; without one, here is where it is made."""
    _no_guests(call)
    if call.words.strip():
        found = _enter(work, call, call.words)
        return Reply(view=found) if found else Reply(view=views.code_wrong())
    member = whoever(work, call)
    if member is None or member.stage in _BEGUN:
        return Reply(view=views.how())
    no_new_account(work, call)
    code = code_of(work.use(ACCOUNTS).secret(work.dice.getrandbits(63)))
    work.use(ACCOUNTS).ask(Asked(work.new_id(), member.id, call.who, work.at), tidy(code))
    return Reply(view=views.code(code, _others(work, member, call.who)))


def enter(work: Work, call: Call, action: EnterCode) -> Reply:
    """Which code?"""
    return Reply(ask=views.form())


def keep_code(work: Work, call: Call, action: KeepCode) -> Reply:
    """That form, sent."""
    _no_guests(call)
    found = _enter(work, call, call.value(views.CODE))
    return Reply(view=found) if found else Reply(errors=views.errors())


def thats_me(work: Work, call: Call, action: ThatsMe) -> Reply:
    """Where the code was entered: yes. Now the other side is asked, where the code was made."""
    asked, member = work.use(ACCOUNTS).of(action.member), work.use(MEMBERS).get(action.member)
    if asked is None or member is None or not _is_entered(work, call, asked):
        return Reply(view=views.too_late())
    work.use(ACCOUNTS).keep(replace(asked, state=State.AGREED))
    view = views.let_in(asked, call.who, call.name, member)
    until = asked.over_at
    work.post(Letter(f"connect:{show(asked.id)}", Guest(asked.by), view, Kind.ANSWER, due_at=work.at, until=until))
    return Reply(replace=views.now_there(asked))


def not_me(work: Work, call: Call, action: NotMe) -> Reply:
    """Where the code was entered: no."""
    asked = work.use(ACCOUNTS).of(action.member)
    if asked is not None and _is_entered(work, call, asked):
        work.use(ACCOUNTS).keep(replace(asked, state=State.REFUSED))
    return Reply(replace=views.nothing_done())


def let_in(work: Work, call: Call, action: LetIn) -> Reply:
    """Where the code was made: yes. Here, and nowhere else, two accounts become one person's."""
    asked = _asked_here(work, call, action.asked)
    member = work.use(MEMBERS).get(call.me)
    if asked is None or asked.entered_by is None or member is None:
        return Reply(replace=views.too_late())
    if asked.state is State.AGREED and not _become(work, member, asked.entered_by):
        return Reply(replace=views.too_late())
    work.use(ACCOUNTS).keep(replace(asked, state=State.DONE))
    return Reply(replace=views.connected(member, asked.entered_by))


def keep_out(work: Work, call: Call, action: KeepOut) -> Reply:
    """Where the code was made: no."""
    asked = _asked_here(work, call, action.asked)
    if asked is not None and asked.state is State.AGREED:
        work.use(ACCOUNTS).keep(replace(asked, state=State.REFUSED))
    return Reply(replace=views.nothing_done())


def disconnect(work: Work, call: Call, action: Disconnect) -> Reply:
    """Part with another account of one's own; one that was connected today can throw out nobody older."""
    no_new_account(work, call)
    account = Account(*action.other.split(":", 2)) if action.other.count(":") > 1 else call.who
    identity = work.use(MEMBERS).identity(account)
    if identity is not None and identity.member == call.me and account != call.who:
        work.use(ACCOUNTS).part(account)
        _tell(work, account, views.parted_with())
    return Reply(view=views.parted(account))


def forget(work: Work, due: Due) -> None:
    """Every night: what nobody can use any more."""
    work.use(ACCOUNTS).forget_before(work.at)


def _enter(work: Work, call: Call, typed: str) -> View | None:
    """What is shown to whoever brought a code; None to one that is none, is over, or came after too many others."""
    members = work.use(MEMBERS)
    if members.tries(call.who, work.at - CODE_WINDOW) >= CODE_TRIES:
        return None
    asked = work.use(ACCOUNTS).by_code(tidy(typed))
    if asked is None or not asked.can_be_entered(call.who, work.at):
        members.tried_code(call.who, work.at)
        return None
    return _entered(work, call, asked)


def _entered(work: Work, call: Call, asked: Asked) -> View:
    here, member = whoever(work, call), work.use(MEMBERS).get(asked.member)
    if here is not None and here.id == asked.member:
        return views.already()
    if here is not None and here.stage not in _BEGUN:
        return views.has_a_home(here)
    if asked.state is State.OPEN:
        asked = replace(asked, entered_by=call.who, at=work.at, state=State.ENTERED)
        work.use(ACCOUNTS).keep(asked)
    return views.is_this_you(asked, member, call.name) if member else views.too_late()


def _is_entered(work: Work, call: Call, asked: Asked) -> bool:
    """Whether this account has entered that code, and it is not too late."""
    is_open = asked.state in (State.ENTERED, State.AGREED)
    return is_open and asked.entered_by == call.who and asked.stands(work.at)


def _asked_here(work: Work, call: Call, id: Id) -> Asked | None:
    """What this very account had asked for, if both sides can still say yes, or one has."""
    asked = work.use(ACCOUNTS).of(call.me)
    if asked is None or asked.id != id or asked.by != call.who:
        return None
    is_there = asked.state is State.DONE or (asked.state is State.AGREED and asked.stands(work.at))
    return asked if is_there else None


def _become(work: Work, member: Member, account: Account) -> bool:
    """That account is this member's from now on, and everybody concerned is told. Rights never come along.

    False where it has become a member of its own meanwhile.
    """
    members = work.use(MEMBERS)
    there = members.identity(account)
    begun = members.get(there.member) if there else None
    if begun is not None and begun.stage not in _BEGUN:
        return False
    if begun is not None:
        work.use(PRIVACY).erase(begun.id, work.at)
    work.tell(AccountStopped(account))  # what waited for a stranger there is of no use to a member
    for older in members.identities(member.id):
        if older.left_at is None:
            _tell(work, older.account, views.notice(account))
    members.keep_identity(Identity(account, member.id))
    _tell(work, account, views.welcome(member))
    return True


def _others(work: Work, member: Member, but: Account) -> list[Identity]:
    return [one for one in work.use(MEMBERS).identities(member.id) if one.account != but]


def _tell(work: Work, account: Account, view: View) -> None:
    """To one account alone, however many its owner has."""
    key = f"accounts:{show(work.new_id())}"
    work.post(Letter(key, Guest(account), view, Kind.ANSWER, due_at=work.at))


def _no_guests(call: Call) -> None:
    if call.sort is not Who.PERSON:
        raise Refusal(views.words.text("guest"))

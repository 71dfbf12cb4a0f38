"""What organisers do for members: vouch, see who waits, suspend and let back in. Organisers see what others did."""

from dataclasses import replace

from bot.chat import ids
from bot.chat.address import Person
from bot.chat.form import SEARCHED
from bot.chat.ids import Id, show
from bot.chat.limits import OPTIONS
from bot.chat.outbound import Reply
from bot.core.errors import Refusal
from bot.core.feature import Call
from bot.core.outbox import Kind, Letter
from bot.core.work import Work
from bot.members import organiser_views as views
from bot.members.actions import ChooseMember, NotNow, Restore, SearchMember, Suspend, Vouch, Waiting
from bot.members.model import Member, MemberGone, MemberReady, Stage, vouched
from bot.members.store import MEMBERS
from bot.members.views import SETTLED, youre_in

_JOINED = {Stage.WAITING, Stage.MEMBER, Stage.SUSPENDED, Stage.STOPPED}


def waiting(work: Work, call: Call) -> Reply:
    """The command: who waits, all of them or those with these words in their name."""
    sought = call.words.casefold().split()
    members = [one for one in work.use(MEMBERS).waiting() if all(word in one.name.casefold() for word in sought)]
    return Reply(view=views.waiting(members, 0))


def turn_page(work: Work, call: Call, action: Waiting) -> Reply:
    """Another page of those who wait."""
    return Reply(view=views.waiting(work.use(MEMBERS).waiting(), max(0, action.page)))


def vouch(work: Work, call: Call, action: Vouch) -> Reply:
    """Let somebody in who waits; who is in already stays in."""
    member = _found(work, action.member)
    if member.stage is Stage.WAITING:
        member = let_in(work, member)
    elif member.stage is not Stage.MEMBER:
        raise Refusal(views.words.text("nobody"))
    return Reply(replace=views.vouched(member, call.name))


def let_in(work: Work, member: Member) -> Member:
    """Make a member of somebody who waited: they are told, and can be introduced."""
    member = replace(member, stage=Stage.MEMBER, vouched_at=work.at)
    members = work.use(MEMBERS)
    members.keep(member)
    introduced = members.consents(member.id).issuperset(SETTLED)
    view = youre_in(member, introduced)
    work.post(Letter(f"in:{show(member.id)}", Person(member.id), view, Kind.NOTICE, due_at=work.at))
    work.tell(MemberReady(member.id))
    return member


def not_now(work: Work, call: Call, action: NotNow) -> Reply:
    """Nothing changes, and nobody is told."""
    return Reply(view=views.not_now(_found(work, action.member)))


def find(work: Work, call: Call) -> Reply:
    """The command: whom to suspend; with words behind it, the search is made at once."""
    return _search(work, call.words) if call.words else Reply(ask=views.search_form())


def search(work: Work, call: Call, action: SearchMember) -> Reply:
    """Members of that name."""
    return _search(work, call.value(SEARCHED))


def choose(work: Work, call: Call, action: ChooseMember) -> Reply:
    """One of the members found."""
    try:
        return Reply(view=views.suspension(_found(work, ids.read(call.value()))))
    except ValueError:
        raise Refusal(views.words.text("nobody")) from None


def suspend(work: Work, call: Call, action: Suspend) -> Reply:
    """Stop somebody's introductions and letters, now."""
    member = _found(work, action.member)
    if member.stage is not Stage.SUSPENDED:
        member = replace(member, stage=Stage.SUSPENDED)
        work.use(MEMBERS).keep(member)
        work.tell(MemberGone(member.id))
        work.cancel_to(member.id)
        views.tell_organisers(work, "suspended", member, call.name)
    return Reply(view=views.suspended(member))


def restore(work: Work, call: Call, action: Restore) -> Reply:
    """Let somebody take part again who was suspended."""
    member = _found(work, action.member)
    if member.stage is Stage.SUSPENDED:
        member = replace(member, stage=vouched(member))
        work.use(MEMBERS).keep(member)
        views.tell_organisers(work, "restored", member, call.name)
        if member.stage is Stage.MEMBER:
            work.tell(MemberReady(member.id))
    return Reply(view=views.restored(member))


def _search(work: Work, words: str) -> Reply:
    return Reply(view=views.found(work.use(MEMBERS).find(words, OPTIONS)))


def _found(work: Work, member: Id) -> Member:
    """Somebody who has finished joining. Who is not, and who is no more, are one sentence."""
    found = work.use(MEMBERS).get(member)
    if found is None or found.stage not in _JOINED:
        raise Refusal(views.words.text("nobody"))
    return found

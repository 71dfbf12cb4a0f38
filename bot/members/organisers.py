"""What organisers do for members: vouch, see who waits, suspend and let back in. Organisers see what others did."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, time, timedelta

from bot.chat import ids
from bot.chat.address import Person
from bot.chat.form import SEARCHED
from bot.chat.ids import Id, show
from bot.chat.limits import OPTIONS
from bot.chat.outbound import Reply
from bot.chat.view import View
from bot.core.errors import Refusal
from bot.core.feature import Call
from bot.core.outbox import Kind, Letter
from bot.core.walltime import instant
from bot.core.work import Work
from bot.members import organiser_views as views
from bot.members.actions import (
    AskGreeting,
    ChooseMember,
    NotNow,
    Restore,
    SearchMember,
    Suspend,
    Vouch,
    VouchAndGreet,
    Waiting,
)
from bot.members.model import MOST_GREETING, Greeting, Member, MemberGone, MemberReady, Stage, kept_away, vouched
from bot.members.store import MEMBERS
from bot.members.views import SETTLED, greeted, youre_in

_FORM_OPEN = timedelta(hours=1)
"""As long as somebody may sit over a form."""
_BACK = time(8)
"""When a pause is over on its last day, in any case."""
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
    member = _knocking(work, action.member)
    if member.stage is Stage.WAITING:
        member = let_in(work, member)
    return Reply(replace=views.vouched(member, call.name))


def ask_greeting(work: Work, call: Call, action: AskGreeting) -> Reply:
    """Which word of welcome? Who was let in meanwhile needs none."""
    member = _knocking(work, action.member)
    if member.stage is Stage.WAITING:
        return Reply(ask=views.greeting_form(member))
    return Reply(replace=views.in_already(member))


def vouch_and_greet(work: Work, call: Call, action: VouchAndGreet) -> Reply:
    """Let somebody in, with a word of welcome. It comes through, too, where another organiser was a little quicker."""
    said = "\n".join(line.strip() for line in call.value(views.GREETING).splitlines() if line.strip())
    if not said or len(said) > MOST_GREETING:
        return Reply(errors=views.greeting_wrong())
    member, greeting = _knocking(work, action.member), Greeting(_signed(work, call), said, call.member)
    if member.stage is Stage.WAITING:
        member = let_in(work, member, greeting)
    elif not _crossed(member, work.at):
        return Reply(replace=views.in_already(member))
    else:
        work.post(*_letter(f"greeting:{show(member.id)}", member, greeted(greeting), work.at, greeting))
    return Reply(replace=views.vouched(member, call.name))


def let_in(work: Work, member: Member, greeting: Greeting | None = None) -> Member:
    """Make a member of somebody who waited: they are told, and can be introduced."""
    member = replace(member, stage=Stage.MEMBER, vouched_at=work.at)
    members = work.use(MEMBERS)
    members.keep(member)
    view = youre_in(member, members.consents(member.id).issuperset(SETTLED), greeting)
    work.cancel(f"waits:{show(member.id)}")
    work.post(*_letter(f"in:{show(member.id)}", member, view, work.at, greeting))
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
        member = replace(kept_away(member) if member.stage is Stage.STOPPED else member, stage=Stage.SUSPENDED)
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
        if member.stage is Stage.MEMBER and member.left_at is None:
            work.tell(MemberReady(member.id))
    return Reply(view=views.restored(member))


def _search(work: Work, words: str) -> Reply:
    return Reply(view=views.found(work.use(MEMBERS).find(words, OPTIONS)))


def _letter(key: str, member: Member, view: View, at: datetime, greeting: Greeting | None) -> Sequence[Letter]:
    """To somebody who is in, about whoever greets them. Who asked to be left alone meanwhile hears on the day they are
    back; without such a day there is none, and the answer to "back" says it."""
    if member.away and member.back_on is None:
        return ()
    about = (greeting.who,) if greeting and greeting.who else ()
    back = instant(member.back_on, _BACK, member.zone or "UTC") if member.away and member.back_on else at
    return (Letter(key, Person(member.id), view, Kind.NOTICE, due_at=max(at, back), about=about),)


def _signed(work: Work, call: Call) -> str:
    """The name under which an organiser is known here, or else to the platform."""
    member = work.use(MEMBERS).get(call.member) if call.member else None
    return (member.name if member else call.name) or views.words.line("an-organiser")


def _crossed(member: Member, at: datetime) -> bool:
    """Whether a greeting sent now can have been begun before they were let in."""
    return member.vouched_at is not None and at - member.vouched_at < _FORM_OPEN


def _knocking(work: Work, member: Id) -> Member:
    """Somebody who is here and waits for a vouch, or had one already."""
    found = _found(work, member)
    if found.left_at is not None or found.stage not in (Stage.WAITING, Stage.MEMBER):
        raise Refusal(views.words.text("nobody"))
    return found


def _found(work: Work, member: Id) -> Member:
    """Somebody who has finished joining. Who is not, and who is no more, are one sentence."""
    found = work.use(MEMBERS).get(member)
    if found is None or found.stage not in _JOINED:
        raise Refusal(views.words.text("nobody"))
    return found

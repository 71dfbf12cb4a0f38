"""Saying whom one would rather not meet, and taking it back. The answer is always the same, whoever exists."""

from bot.blocks import views
from bot.blocks.actions import AskWhom, KeepWords, MeetChosen, MeetGone, MeetNamed
from bot.blocks.model import MOST, Said, means, meant
from bot.blocks.store import BLOCKS
from bot.chat.action import Unreadable
from bot.chat.ids import Id
from bot.chat.inbound import Due
from bot.chat.outbound import Reply
from bot.chat.text import one_line, sought
from bot.chat.view import View
from bot.core.feature import Call
from bot.core.work import Work
from bot.members.actions import WhomNotMet
from bot.members.flow import mine
from bot.members.model import MemberNamed
from bot.pairing.actions import RatherNot
from bot.pairing.model import WantsOut
from bot.pairing.store import PAIRINGS


def block(work: Work, call: Call) -> Reply:
    """The command: whom? Or, with words behind it, those."""
    return _noted(work, call, call.words) if call.words.strip() else Reply(ask=views.form())


def ask(work: Work, call: Call, action: AskWhom) -> Reply:
    """Whom?"""
    return Reply(ask=views.form())


def keep(work: Work, call: Call, action: KeepWords) -> Reply:
    """That form, sent."""
    return _noted(work, call, call.value(views.FIELD))


def rather_not(work: Work, call: Call, action: RatherNot) -> Reply:
    """Somebody one was introduced to, whether they are still here or not; nobody whom a forged press names."""
    me, group = mine(work, call).id, work.use(PAIRINGS).group(action.group)
    if group is None or me not in group.members:
        raise Unreadable("no introduction of theirs")
    if action.member in group.others(me) and work.use(BLOCKS).known(action.member) is not None:
        work.use(PAIRINGS).forbid(me, action.member, work.at)
        work.tell(WantsOut(me, frozenset({action.member})))
    return Reply(view=views.noted())


def show(work: Work, call: Call, action: WhomNotMet) -> Reply:
    """Whom one doesn't meet: one's own words, and no word about whom they mean."""
    return Reply(view=_list(work, mine(work, call).id, action.page))


def meet_named(work: Work, call: Call, action: MeetNamed) -> Reply:
    """Some words, taken back; those of others are none here."""
    me = mine(work, call).id
    if any(one.id == action.said for one in work.use(BLOCKS).said_by(me)):
        work.use(BLOCKS).take_back(action.said)
    return Reply(replace=_list(work, me))


def meet_chosen(work: Work, call: Call, action: MeetChosen) -> Reply:
    """Somebody chosen by a press."""
    me = mine(work, call).id
    work.use(BLOCKS).lift(me, action.member)
    return Reply(replace=_list(work, me))


def meet_gone(work: Work, call: Call, action: MeetGone) -> Reply:
    """Whoever was chosen by a press, and has been forgotten since."""
    me = mine(work, call).id
    work.use(BLOCKS).lift_gone(me)
    return Reply(replace=_list(work, me))


def named(work: Work, fact: MemberNamed) -> None:
    """A name is new: held against all that anybody typed. Nothing else happens now, or a name could be tried out on
    whom one is introduced to."""
    known = work.use(BLOCKS).known(fact.member)
    for said in work.use(BLOCKS).all_said() if known else ():
        if known and said.by != known.id and means(said.words, known):
            work.use(BLOCKS).match(said.id, known.id)


def seal_anew(work: Work, due: Due) -> None:
    """Every night: a key that was replaced may go after its time, and what was typed must outlive it."""
    work.use(BLOCKS).seal_anew()


def _noted(work: Work, call: Call, typed: str) -> Reply:
    me, typed = mine(work, call).id, one_line(typed)[:MOST]
    if typed:
        said = _said(work, me, typed)
        others = frozenset(meant(typed, work.use(BLOCKS).everybody())) - {me}
        for whom in sorted(others):
            work.use(BLOCKS).match(said.id, whom)
        work.tell(WantsOut(me, others))
    return Reply(view=views.noted())


def _said(work: Work, me: Id, typed: str) -> Said:
    """What was typed, kept once however often."""
    before = work.use(BLOCKS).said_by(me)
    known = next((one for one in before if sought(one.words) == sought(typed)), None)
    if known is None:
        known = Said(work.new_id(), me, typed, work.at)
        work.use(BLOCKS).keep(known)
    return known


def _list(work: Work, me: Id, page: int = 0) -> View:
    blocks = work.use(BLOCKS)
    return views.whom(blocks.said_by(me), blocks.chosen(me), blocks.chose_somebody_gone(me), page)

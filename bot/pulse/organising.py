"""Organisers' own polls, and what they do with results: the figures that everybody reads, and no others."""

from dataclasses import dataclass, replace

from bot.chat.outbound import Reply
from bot.chat.text import one_line
from bot.core.counts import tell_count
from bot.core.feature import Call
from bot.core.walltime import local_day
from bot.core.work import Work
from bot.pulse import organiser_views as views
from bot.pulse.actions import ComposePoll, DropPoll, EndPoll, KeepReply, WriteReply
from bot.pulse.asking import Asking, asked_by_message
from bot.pulse.closing import Closing
from bot.pulse.model import MOST_QUESTIONS, MOST_REPLY, MOST_WORDS, Cut, Item, Poll, Series, State
from bot.pulse.questions import OWN_SCALES, composable
from bot.pulse.reading import closed
from bot.pulse.store import PULSE


@dataclass(frozen=True)
class Organising:
    """The room's handlers for organisers, and what they need by value."""

    asking: Asking
    closing: Closing

    def new(self, work: Work, call: Call) -> Reply:
        """`pulse new`: the form."""
        return Reply(ask=views.compose())

    def compose(self, work: Work, call: Call, action: ComposePoll) -> Reply:
        """The form, sent: a draft, in place of the one there was."""
        items, wrong = _items(call)
        cut = call.value("cut") or views.TOGETHER
        if cut not in (views.TOGETHER, *Cut):
            wrong["cut"] = "error-cut"
        if wrong:
            return Reply(errors=views.wrong(wrong))
        for draft in work.use(PULSE).at(State.DRAFT):
            work.use(PULSE).drop(draft.id)
        work.use(PULSE).keep(
            Poll(work.new_id(), Series.ORGANISERS, items, cut=None if cut == views.TOGETHER else Cut(cut))
        )
        return self.preview(work, call)

    def preview(self, work: Work, call: Call) -> Reply:
        """`pulse preview`: the draft as members would get it, and how many would."""
        drafts = work.use(PULSE).at(State.DRAFT)
        if not drafts:
            return Reply(view=views.cannot_open("no-draft"))
        eligible = work.use(PULSE).eligible(local_day(work.at, self.asking.zone))
        poll = replace(drafts[0], closes_at=work.at + self.asking.settings.open_for)
        return Reply(view=views.preview(poll, tell_count(len(eligible)), self.asking.help))

    def drop(self, work: Work, call: Call, action: DropPoll) -> Reply:
        """Throw a draft away."""
        poll = work.use(PULSE).get(action.poll)
        if poll is None or poll.state is not State.DRAFT:
            return Reply(view=views.cannot_open("no-draft"))
        work.use(PULSE).drop(poll.id)
        return Reply(view=views.dropped())

    def close(self, work: Work, call: Call) -> Reply:
        """`pulse close`: asks, before it is done."""
        open_now = asked_by_message(work.use(PULSE).at(State.OPEN))
        return Reply(view=views.closing(open_now[0]) if open_now else views.nothing_open())

    def end(self, work: Work, call: Call, action: EndPoll) -> Reply:
        """Close it before its time."""
        poll = work.use(PULSE).get(action.poll)
        if poll is None or poll.state is not State.OPEN or poll.series is Series.SESSIONS:
            return Reply(view=views.nothing_open())
        self.closing.close(work, poll)
        return Reply(view=views.closed())

    def write(self, work: Work, call: Call, action: WriteReply) -> Reply:
        """What was done about it: the form."""
        return Reply(ask=views.reply_form(closed(work, action.poll)))

    def keep_reply(self, work: Work, call: Call, action: KeepReply) -> Reply:
        """Everybody reads it in the next Friday letter. Nothing written takes it back."""
        poll, said = closed(work, action.poll), one_line(call.value("reply"))
        if len(said) > MOST_REPLY:
            return Reply(errors=views.wrong({"reply": "error-long"}))
        letter = self.closing.next_letter(work) if said else None
        work.use(PULSE).keep(replace(poll, reply=said, reply_in=letter))
        return Reply(view=views.reply_kept(bool(said)))

    def rota(self, work: Work, call: Call) -> Reply:
        """`pulse rota`: what is asked in the weeks to come."""
        return Reply(view=views.rota(self.asking.coming(work.at)))


def _items(call: Call) -> tuple[tuple[Item, ...], dict[str, str]]:
    """What the form asks for, and what is wrong with it: the key of the words that say so, by field."""
    keys = [key for key in (call.value("first"), *call.values.get("others", ())) if key]
    own, scale = one_line(call.value("own")), call.value("scale")
    wrong = {} if set(keys) <= composable().keys() else {"first": "error-question"}
    if len(own) > MOST_WORDS:
        wrong["own"] = "error-long"
    if own and scale not in OWN_SCALES:
        wrong["scale"] = "error-scale"
    items = (*map(Item, dict.fromkeys(keys)), *((Item(scale, own),) if own else ()))
    if not 0 < len(items) <= MOST_QUESTIONS:
        wrong["own" if items else "first"] = "error-many" if items else "error-none"
    return items, wrong

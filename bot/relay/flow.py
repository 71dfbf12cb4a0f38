"""Asking to write, saying yes, and writing: by presses that name who will read it, and only once both want it."""

from dataclasses import dataclass, replace
from datetime import datetime

from bot.chat.address import Person
from bot.chat.form import Form
from bot.chat.ids import Id, show
from bot.chat.inbound import Due
from bot.chat.outbound import Reply
from bot.core.feature import Call
from bot.core.outbox import Kind, Letter
from bot.core.post import Policy, Reader
from bot.core.work import Work
from bot.members.model import Consent, hours_of
from bot.members.store import MEMBERS
from bot.pairing.actions import WriteTo
from bot.pairing.apart import far_from
from bot.pairing.model import Weeks
from bot.relay import views
from bot.relay.actions import LetWrite, SendTo
from bot.relay.model import A_DAY, KEPT, MOST, Side, Stands
from bot.relay.store import RELAY
from bot.relay.two import AGREES, ASKS, Two, between_key, notice, pressed


@dataclass(frozen=True)
class Relaying:
    """The handlers, and what they need by value; `policy` knows when somebody may be written to."""

    weeks: Weeks
    policy: Policy

    def write(self, work: Work, call: Call, action: WriteTo) -> Reply:
        """Whoever presses first asks the other; once both want it, the form opens."""
        two = pressed(work, call, action.group, action.member)
        if self.is_over(work, two):
            return Reply(view=views.said("over"))
        if two.stands is Stands.CLOSED or not self._can_hear(work, two):
            return Reply(view=views.said("cannot", name=two.name))
        match two.stands:
            case Stands.NEW | Stands.ASKED:
                return self._ask(work, two)
            case Stands.WANTED:
                self._agree(work, two)
        return self._form(work, two)

    def let_write(self, work: Work, call: Call, action: LetWrite) -> Reply:
        """Yes. An old button says how things stand now."""
        two = pressed(work, call, action.group, action.member)
        if self.is_over(work, two):
            return Reply(replace=views.said("over"))
        if two.stands not in (Stands.WANTED, Stands.OPEN) or not self._can_hear(work, two):
            return Reply(replace=views.said("cannot", name=two.name))
        if two.stands is Stands.WANTED:
            self._agree(work, two)
        return Reply(replace=views.opened(two.other, two.name, two.group.id))

    def send(self, work: Work, call: Call, action: SendTo) -> Reply:
        """The form, sent: to whom its button says. What cannot go stays in the form, where it can be copied."""
        two, mark = pressed(work, call, action.group, action.member), work.dice.getrandbits(63)
        said = call.value(views.FIELD).strip()
        if two.mine is None or two.mine.last != mark:
            hinders = self._stands_in_the_way(work, two, said)
            if hinders or two.mine is None:
                return Reply(errors=views.not_sent(hinders or "closed-now", two.name))
            self._carry(work, two, two.mine, said, mark)
        return Reply(view=views.sent(two.name, two.other.id, two.group.id))

    def forget(self, work: Work, due: Due) -> None:
        """Every night: whose week is over."""
        work.use(RELAY).forget_ended(work.at)

    def is_over(self, work: Work, two: Two) -> bool:
        """Whether that introduction is past."""
        return two.group.ended_at is not None or work.at >= self.weeks.ends(two.group.day)

    def _ask(self, work: Work, two: Two) -> Reply:
        if two.stands is Stands.NEW:
            if not far_from(work, two.me.id, [two.other]):
                return Reply(view=views.said("near", name=two.name))
            self._want(work, two)
            view = views.asks(two.me, two.group.id)
            until = self.weeks.ends(two.group.day)
            work.post(_until(notice(work, two, ASKS, view), until))
        return Reply(view=views.said("asked", name=two.name))

    def _agree(self, work: Work, two: Two) -> None:
        """Yes to whoever has asked; they hear so."""
        self._want(work, two)
        work.cancel(between_key(ASKS, two.group.id, two.other.id, two.me.id))
        view = views.opened(two.me, two.my_name, two.group.id)
        work.post(_until(notice(work, two, AGREES, view), self.weeks.ends(two.group.day)))

    def _want(self, work: Work, two: Two) -> None:
        ends_at = self.weeks.ends(two.group.day)
        work.use(RELAY).keep(Side(two.group.id, two.me.id, two.other.id, ends_at))

    def _form(self, work: Work, two: Two) -> Reply:
        """The form, unless nothing can be sent just now: better said before somebody writes."""
        hinders = self._hinders(work, two)
        if hinders:
            return Reply(view=views.hindered(hinders, two.name))
        return Reply(ask=_form(two))

    def _stands_in_the_way(self, work: Work, two: Two, said: str) -> str:
        """The key of the sentence that says why it cannot be sent; none where it can."""
        if self.is_over(work, two) or two.stands is not Stands.OPEN or not self._can_hear(work, two):
            return "closed-now"
        if not said or len(said) > MOST:
            return "wrong"
        return self._hinders(work, two)

    def _hinders(self, work: Work, two: Two) -> str:
        sent = two.mine.sent_on(self.weeks.today(work.at)) if two.mine else 0
        if sent >= A_DAY:
            return "enough"
        return "" if self._arrives(work, two) else "late"

    def _arrives(self, work: Work, two: Two) -> bool:
        """Whether the other may be written to while the words are kept."""
        probe = self._letter(work, two, "", 0)
        reader = Reader(two.other.id, hours_of(two.other, self.policy.network))
        try:
            return self.policy.place(probe, (reader,)) < self._kept_until(work, two)
        except LookupError:
            return False

    def _carry(self, work: Work, two: Two, mine: Side, said: str, mark: int) -> None:
        today = self.weeks.today(work.at)
        work.use(RELAY).keep(replace(mine, day=today, sent=mine.sent_on(today) + 1, last=mark))
        work.post(self._letter(work, two, said, mark))

    def _letter(self, work: Work, two: Two, said: str, mark: int) -> Letter:
        """Their words: sealed while they wait, for less than a day, and kept nowhere else."""
        key, view = f"{two.there}{show(Id(mark))}", views.written(two.me, two.my_name, two.group.id, said)
        until = self._kept_until(work, two)
        return Letter(key, Person(two.other.id), view, Kind.RELAYED, work.at, until, about=(two.me.id,))

    def _kept_until(self, work: Work, two: Two) -> datetime:
        return min(work.at + KEPT, self.weeks.ends(two.group.day))

    def _can_hear(self, work: Work, two: Two) -> bool:
        """Whether both are there, and agree to be written to."""
        today, members = self.weeks.today(work.at), work.use(MEMBERS)
        both = (two.me, two.other)
        return all(one.takes_part(today) and Consent.MESSAGES in members.consents(one.id) for one in both)


def _form(two: Two) -> Form:
    return views.form(two.name, two.other.id, two.group.id)


def _until(letter: Letter, until: datetime) -> Letter:
    return Letter(letter.key, letter.to, letter.view, letter.kind, letter.due_at, until, letter.about)

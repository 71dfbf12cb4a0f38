"""Nothing more goes between two: because one of them says so, or because of what becomes of either."""

from dataclasses import dataclass, replace

from bot.chat.address import Person
from bot.chat.ids import Id, read
from bot.chat.outbound import Reply
from bot.core.astray import GivenUp
from bot.core.feature import Call
from bot.core.outbox import Kind, Letter
from bot.core.work import Work
from bot.members.model import Consent, MemberWithdrew
from bot.members.store import MEMBERS
from bot.pairing.model import GroupEnded, Weeks
from bot.relay import views
from bot.relay.actions import LetNotWrite, Stop
from bot.relay.model import Side, Stands, Wish
from bot.relay.store import RELAY
from bot.relay.two import (
    AGREES,
    ASKS,
    CLOSED,
    LOST,
    REPORT,
    WORDS,
    Two,
    between,
    between_key,
    notice,
    pressed,
    words_key,
)


@dataclass(frozen=True)
class Closing:
    """The handlers, and what they need by value."""

    weeks: Weeks

    def let_not_write(self, work: Work, call: Call, action: LetNotWrite) -> Reply:
        """No, which stays one. Whoever asked hears that it can't be, and no reason."""
        two = pressed(work, call, action.group, action.member)
        self.close(work, two)
        return Reply(replace=views.said("refused", name=two.name))

    def stop(self, work: Work, call: Call, action: Stop) -> Reply:
        """No more, either way."""
        two = pressed(work, call, action.group, action.member)
        self.close(work, two)
        return Reply(view=views.stopped(two.other, two.name, two.group.id))

    def close(self, work: Work, two: Two) -> None:
        """Close it from this one's side. The other hears so if it is news to them; by whom, nobody says."""
        before = two.stands
        if before in (Stands.NEW, Stands.CLOSED) or work.at >= self.weeks.ends(two.group.day):
            return
        lost = work.waits(two.back)
        self._shut(work, two)
        if before is Stands.WANTED:
            work.post(notice(work, two, CLOSED, views.said("cannot", name=two.me.name)))
        elif before is Stands.OPEN:
            key = "closed-lost" if lost else "closed"
            work.post(notice(work, two, CLOSED, views.said(key, name=two.me.name)))

    def _shut(self, work: Work, two: Two) -> None:
        group, me, other = two.group.id, two.me.id, two.other.id
        side = two.mine or Side(group, me, other, self.weeks.ends(two.group.day))
        work.use(RELAY).keep(replace(side, wish=Wish.CLOSED))
        asked = (between_key(what, group, *who) for what in (ASKS, AGREES) for who in ((me, other), (other, me)))
        work.cancel(two.there, two.back, *asked)

    def group_ended(self, work: Work, fact: GroupEnded) -> None:
        """What was on its way does not arrive: who wrote it hears so, but for whoever leaves."""
        for side in work.use(RELAY).of(fact.group.id):
            key = words_key(side.group, side.member, side.other)
            if side.member != fact.because_of and work.waits(key):
                _tell_lost(work, side.member, key)
            between_them = (key, *(between_key(what, side.group, side.member, side.other) for what in (ASKS, AGREES)))
            work.cancel(*between_them)
            work.use(RELAY).keep(replace(side, wish=Wish.CLOSED))

    def withdrew(self, work: Work, fact: MemberWithdrew) -> None:
        """Who is not to be written to any more is not written to by this way either."""
        if Consent.MESSAGES in work.use(MEMBERS).consents(fact.member):
            return
        for side in work.use(RELAY).about(fact.member):
            other = side.other if side.member == fact.member else side.member
            two = between(work, side.group, fact.member, other)
            if two is not None:
                self.close(work, two)

    def given_up(self, work: Work, fact: GivenUp) -> None:
        """What did not arrive: who wrote it is told."""
        what, _, rest = fact.key.partition(":")
        if what == WORDS:
            _tell_lost(work, read(rest.split(":")[1]), fact.key)
        elif what == REPORT:
            _tell(work, read(rest.split(":")[0]), f"{LOST}:{fact.key}", "report-lost")


def _tell_lost(work: Work, member: Id, key: str) -> None:
    _tell(work, member, f"{LOST}:{key}", "lost")


def _tell(work: Work, member: Id, key: str, says: str) -> None:
    if work.use(MEMBERS).get(member) is not None:
        work.post(Letter(key, Person(member), views.said(says), Kind.NOTICE, work.at))

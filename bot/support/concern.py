"""A member worries about somebody: two organisers hear of it, privately, and nobody else."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.chat import ids
from bot.chat.action import Unreadable
from bot.chat.address import Account, Guest, Person
from bot.chat.form import SEARCHED
from bot.chat.ids import Id, read, show
from bot.chat.inbound import Rang
from bot.chat.limits import OPTIONS
from bot.chat.outbound import Reply
from bot.chat.text import one_line
from bot.chat.view import View
from bot.core.astray import GivenUp
from bot.core.feature import Call
from bot.core.helplines import HelpLines
from bot.core.outbox import Kind, Letter
from bot.core.timers import TIMERS
from bot.core.work import Work
from bot.members.flow import mine
from bot.members.model import MOST_NAME, Member, MemberGone, Stage
from bot.members.store import MEMBERS
from bot.pairing.apart import places
from bot.support import concern_views as views
from bot.support import model
from bot.support.actions import (
    ChangeConcern,
    ConcernOther,
    ConcernWhom,
    ConcernWithout,
    DropConcern,
    FindConcern,
    SearchConcern,
    SendConcern,
    WriteConcern,
)
from bot.support.model import MOST_WORDS, READERS, SupportSettings, Worry
from bot.support.store import WORRIES

UNSENT, KEY, LOST = "support.unsent-worry", "worry", "worry-lost"
_JOINED = (Stage.MEMBER, Stage.WAITING, Stage.SUSPENDED, Stage.STOPPED)
_NOBODY = Id(0)


@dataclass(frozen=True)
class Concerns:
    """The handlers, and what they need by value."""

    settings: SupportSettings
    lines: HelpLines

    def concern(self, work: Work, call: Call) -> Reply:
        """The command: about whom?"""
        mine(work, call)
        return Reply(view=views.about_whom(bool(self.settings.readers), self.lines))

    def find(self, work: Work, call: Call, action: FindConcern) -> Reply:
        """By which words?"""
        return Reply(ask=views.search_form())

    def search(self, work: Work, call: Call, action: SearchConcern) -> Reply:
        """Members of that name whom one could meet here anyway: nobody learns from it who else is a member."""
        me = mine(work, call)
        here = places(work, me.id)
        named = work.use(MEMBERS).find(call.value(SEARCHED), OPTIONS)
        found = [one for one in named if one.id != me.id and not here.isdisjoint(places(work, one.id))]
        return Reply(view=views.found(found))

    def whom(self, work: Work, call: Call, action: ConcernWhom) -> Reply:
        """One of them: what should organisers know?"""
        try:
            member = _known(work, ids.read(call.value()))
        except ValueError:
            raise Unreadable("nobody") from None
        return Reply(ask=views.form(member))

    def other(self, work: Work, call: Call, action: ConcernOther) -> Reply:
        """Somebody else: who, and what?"""
        return Reply(ask=views.form(None))

    def write(self, work: Work, call: Call, action: WriteConcern) -> Reply:
        """That form, sent: shown as it would go, and kept for an hour, sealed."""
        me, said = mine(work, call), call.value(views.WORDS).strip()
        named = one_line(call.value(views.NAMED))[:MOST_NAME] if action.member == _NOBODY else ""
        about = None if action.member == _NOBODY else _known(work, action.member)
        wrong = views.wrong(len(said), about is None and not named, MOST_WORDS)
        if wrong:
            return Reply(errors=wrong)
        id = Id(work.dice.getrandbits(63))
        worry = Worry(id, me.id, about.id if about else None, named, said, work.at)
        work.use(WORRIES).keep(worry)
        work.use(TIMERS).set(UNSENT, id, work.at + model.UNSENT)
        return Reply(view=self._preview(work, me, worry, 0))

    def change(self, work: Work, call: Call, action: ChangeConcern) -> Reply:
        """The form again."""
        me, worry = mine(work, call), work.use(WORRIES).get(action.worry)
        if worry is None or worry.by != me.id:
            raise Unreadable("nothing of theirs")
        about = _known(work, worry.about) if worry.about else None
        return Reply(ask=views.form(about, worry.named, worry.words))

    def without(self, work: Work, call: Call, action: ConcernWithout) -> Reply:
        """The same words, for other readers."""
        me, worry = mine(work, call), work.use(WORRIES).get(action.worry)
        if worry is None or worry.by != me.id:
            raise Unreadable("nothing of theirs")
        return Reply(view=self._preview(work, me, worry, action.without))

    def send(self, work: Work, call: Call, action: SendConcern) -> Reply:
        """What was shown, to those it was shown for. The answer is always the same."""
        me, worry = mine(work, call), work.use(WORRIES).get(action.worry)
        if worry is not None and worry.by == me.id:
            readers = self._readers(work, worry, action.without)
            if not readers:
                return Reply(view=self._preview(work, me, worry, action.without))
            for place, account in readers:
                work.post(self._letter(work, me, worry, place, account))
            self._forget(work, worry.id)
        return Reply(view=views.sent(self.lines))

    def drop(self, work: Work, call: Call, action: DropConcern) -> Reply:
        """Nothing is sent."""
        me, worry = mine(work, call), work.use(WORRIES).get(action.worry)
        if worry is not None and worry.by == me.id:
            self._forget(work, worry.id)
        return Reply(view=views.dropped(self.lines))

    def unsent(self, work: Work, rang: Rang) -> None:
        """An hour has passed, and it was not sent."""
        work.use(WORRIES).drop(rang.about)

    def gone(self, work: Work, fact: MemberGone) -> None:
        """Who is gone sends nothing any more."""
        work.use(WORRIES).drop_of(fact.member)

    def given_up(self, work: Work, fact: GivenUp) -> None:
        """It did not reach one of the readers: whoever wrote it hears so, and no more."""
        what, _, rest = fact.key.partition(":")
        by = read(rest.split(":")[0]) if what == KEY else _NOBODY
        if work.use(MEMBERS).get(by) is not None:
            view, key = views.lost(self.lines), f"{LOST}:{rest}"
            work.post(Letter(key, Person(by), view, Kind.URGENT, work.at))

    def _preview(self, work: Work, me: Member, worry: Worry, without: int) -> View:
        readers = [(place, self._name(work, account)) for place, account in self._readers(work, worry, without)]
        return views.preview(me, _about(work, worry), worry, readers, without, self.lines)

    def _readers(self, work: Work, worry: Worry, without: int) -> Sequence[tuple[int, Account]]:
        """The first two whom it is not about, and who did not write it; nor whom its writer leaves out."""
        accounts = [(place, Account(*one.split(":"))) for place, one in enumerate(self.settings.readers)]
        left = [(place, one) for place, one in accounts if not without >> place & 1]
        apart, found, seen = (worry.by, worry.about), [], set[object]()
        for place, one in left:
            member = _whose(work, one)
            if member not in apart or member is None:
                found += [(place, one)] if (member or one) not in seen else []
                seen.add(member or one)
        return found[:READERS]

    def _letter(self, work: Work, me: Member, worry: Worry, place: int, account: Account) -> Letter:
        """To one of the two, at once; kept nowhere else, and gone with it."""
        reader, about = _whose(work, account), _about(work, worry)
        to = Person(reader) if reader else Guest(account)
        key, named = f"{KEY}:{show(me.id)}:{show(worry.id)}:{place}", (me.id, *((about.id,) if about else ()))
        return Letter(key, to, views.letter(me, about, worry), Kind.URGENT, work.at, about=named)

    def _name(self, work: Work, account: Account) -> str:
        member = _whose(work, account)
        found = work.use(MEMBERS).get(member) if member else None
        return found.name if found else views.unknown()

    def _forget(self, work: Work, worry: Id) -> None:
        work.use(TIMERS).stop(UNSENT, worry)
        work.use(WORRIES).drop(worry)


def _whose(work: Work, account: Account) -> Id | None:
    identity = work.use(MEMBERS).identity(account)
    return identity.member if identity else None


def _about(work: Work, worry: Worry) -> Member | None:
    return work.use(MEMBERS).get(worry.about) if worry.about else None


def _known(work: Work, member: Id) -> Member:
    """Somebody who has joined; raises Unreadable, as for nobody."""
    found = work.use(MEMBERS).get(member)
    if found is None or found.stage not in _JOINED:
        raise Unreadable("nobody")
    return found

"""A listener answers, or becomes one; and what follows where they, or whoever asked, are not there any more."""

from dataclasses import dataclass, replace

from msgspec import structs

from bot.chat.action import Unreadable
from bot.chat.address import Person
from bot.chat.ids import Id, read, show
from bot.chat.inbound import Due, Rang
from bot.chat.outbound import Reply
from bot.core.astray import Apart, GivenUp, WentAstray
from bot.core.errors import Refusal
from bot.core.feature import Call, Right
from bot.core.outbox import Kind, Letter
from bot.core.work import Work
from bot.members.flow import mine
from bot.members.model import Consent, Member, MemberAway, MemberGone, MemberWithdrew, Stage
from bot.members.newness import no_new_account
from bot.members.store import MEMBERS
from bot.support import listening_views as views
from bot.support.actions import Agree, Cannot, CloseRequest, ShowGuidance, StepDown, Take
from bot.support.asking import listening
from bot.support.flow import ASKS, TOGETHER, Requests, is_old
from bot.support.model import KEPT, Request, State
from bot.support.store import LISTENING


@dataclass(frozen=True)
class Answering:
    """The handlers."""

    requests: Requests

    def take(self, work: Work, call: Call, action: Take) -> Reply:
        """I'll write to you."""
        request = self._asked(work, call, action.request)
        if request is None:
            return Reply(replace=views.said("over-too-late"))
        if request.state is State.ASKED:
            self.requests.introduce(work, request)
        member = work.use(MEMBERS).get(request.member)
        return Reply(replace=views.taken(member, request) if member else views.said("over-too-late"))

    def cannot(self, work: Work, call: Call, action: Cannot) -> Reply:
        """I can't at the moment. It says the same of what is over, or was never theirs."""
        request = self._asked(work, call, action.request)
        if request is not None:
            self.requests.cannot(work, request, "cannot")
        return Reply(replace=views.said("cannot-said"))

    def close(self, work: Work, call: Call, action: CloseRequest) -> Reply:
        """It is over: one of the two says so, from wherever they are."""
        me, request = mine(work, call).id, work.use(LISTENING).request(action.request)
        if request is None or me not in (request.member, request.listener) or request.state is State.DRAFT:
            raise Unreadable("no request of theirs")
        if request.is_open:
            self.requests.close(work, request, me)
        return Reply(view=views.closed(self.requests.lines))

    def guidance(self, work: Work, call: Call, action: ShowGuidance) -> Reply:
        """What listening is."""
        return Reply(view=views.guidance(self.requests.lines))

    def agree(self, work: Work, call: Call, action: Agree) -> Reply:
        """I'll listen. The account that says so may see requests, and no other of theirs."""
        me, store = mine(work, call), work.use(LISTENING)
        no_new_account(work, call)
        listener = store.listener(me.id)
        if listener is None or me.stage is not Stage.MEMBER:
            return Reply(view=views.said("off"))
        listener = replace(listener, agreed=True)
        store.keep_listener(listener)
        _grant(work, call)
        return Reply(view=listening(work, structs.replace(call, rights=call.rights | {Right.LISTENER}), listener))

    def step_down(self, work: Work, call: Call, action: StepDown) -> Reply:
        """Not, or no more."""
        self.off(work, mine(work, call).id)
        return Reply(view=views.said("off"))

    def off(self, work: Work, member: Id) -> None:
        """Nobody asks them any more, and who has asked hears so."""
        self._let_go(work, member, "gone")
        work.use(LISTENING).drop_listener(member)
        for one in work.use(MEMBERS).identities(member):
            if Right.LISTENER in one.rights:
                work.use(MEMBERS).keep_identity(replace(one, rights=one.rights - {Right.LISTENER}))

    def unanswered(self, work: Work, rang: Rang) -> None:
        """The time has come by which whoever asked was to hear."""
        request = work.use(LISTENING).request(rang.about)
        if request and request.state is State.ASKED:
            self.requests.cannot(work, request, "silent")

    def away(self, work: Work, fact: MemberAway) -> None:
        """A listener is left alone; on the rota they stay, for when they are back."""
        self._let_go(work, fact.member, "cannot")

    def withdrew(self, work: Work, fact: MemberWithdrew) -> None:
        """Who is not to be written to can't be asked."""
        if Consent.MESSAGES not in work.use(MEMBERS).consents(fact.member):
            self._let_go(work, fact.member, "gone")

    def gone(self, work: Work, fact: MemberGone) -> None:
        """Somebody is not there any more, as a listener or as somebody who asked."""
        self.off(work, fact.member)
        mine = work.use(LISTENING).open_of(fact.member)
        if mine is not None:
            self.requests.close(work, mine, fact.member)

    def apart(self, work: Work, fact: Apart) -> None:
        """They share no place: each reads how the other likes to be reached, if both have said it."""
        for letter in fact.each if fact.key.startswith(f"{TOGETHER}:") else ():
            two = self._two(work, fact.circle.id)
            if two is not None and isinstance(letter.to, Person):
                me, other = two if two[0].id == letter.to.member else two[::-1]
                view = views.apart(me, other, fact.circle.id)
                work.post(Letter(letter.key, letter.to, view, letter.kind, letter.due_at, about=(other.id,)))

    def astray(self, work: Work, fact: WentAstray) -> None:
        """Nobody knows whether it arrived: each of them hears it alone."""
        two = self._two(work, fact.circle.id) if fact.key.startswith(f"{TOGETHER}:") else None
        for me, other in (two, two[::-1]) if two else ():
            view, key = views.apart(me, other, fact.circle.id), f"{fact.key}:{show(me.id)}"
            work.post(Letter(key, Person(me.id), view, Kind.URGENT, work.at, about=(other.id,)))

    def given_up(self, work: Work, fact: GivenUp) -> None:
        """A listener couldn't be reached."""
        what, _, rest = fact.key.partition(":")
        request = work.use(LISTENING).request(read(rest.split(":")[0])) if what == ASKS else None
        if request and request.state is State.ASKED and rest.endswith(f":{show(request.listener)}"):
            self.requests.cannot(work, request, "cannot")

    def forget(self, work: Work, due: Due) -> None:
        """Every night: what was sent so long ago is over, and gone."""
        for request in work.use(LISTENING).all():
            if is_old(request, work.at, KEPT):
                if request.is_open:
                    self.requests.close(work, request, request.listener)
                work.use(LISTENING).drop(request.id)

    def _let_go(self, work: Work, listener: Id, says: str) -> None:
        for request in work.use(LISTENING).open_with(listener):
            self.requests.cannot(work, request, says)

    def _asked(self, work: Work, call: Call, id: Id) -> Request | None:
        """The request, as long as it is this listener's and not over. Raises Refusal to another account of theirs."""
        request = work.use(LISTENING).request(id)
        if request is None or request.listener != mine(work, call).id or not request.is_open:
            return None
        if Right.LISTENER not in call.rights:
            raise Refusal(views.words.text("not-from-here"))
        return request

    def _two(self, work: Work, id: Id) -> tuple[Member, Member] | None:
        request = work.use(LISTENING).request(id)
        return self.requests.two(work, request) if request and request.is_open else None


def _grant(work: Work, call: Call) -> None:
    members = work.use(MEMBERS)
    identity = members.identity(call.who)
    if identity is not None and Right.LISTENER not in identity.rights:
        members.keep_identity(replace(identity, rights=identity.rights | {Right.LISTENER}))

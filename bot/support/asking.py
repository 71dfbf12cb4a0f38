"""A member asks a listener: who is there, what would be sent to whom, and only then a press that sends it."""

from dataclasses import dataclass, replace

from bot.chat import ids
from bot.chat.action import Unreadable
from bot.chat.ids import Id
from bot.chat.inbound import Rang
from bot.chat.outbound import Reply
from bot.chat.view import View
from bot.core.feature import Call, Right
from bot.core.timers import TIMERS
from bot.core.work import Work
from bot.members.flow import mine
from bot.members.model import Member, Stage
from bot.members.store import MEMBERS
from bot.support import listening_views as views
from bot.support import model
from bot.support.actions import (
    AskAnybody,
    AskListener,
    ChangeRequest,
    DropRequest,
    LookFor,
    SendRequest,
    WriteRequest,
)
from bot.support.flow import UNSENT, Requests
from bot.support.model import MOST_WORDS, Listener, Request, State
from bot.support.store import LISTENING


@dataclass(frozen=True)
class Asking:
    """The handlers."""

    requests: Requests

    def listener(self, work: Work, call: Call) -> Reply:
        """The command: a listener sees what waits for them, everybody else who is there."""
        me = mine(work, call)
        listener = work.use(LISTENING).listener(me.id)
        if listener is None:
            return self._look(work, me)
        if not listener.agreed:
            return Reply(view=views.invitation())
        return Reply(view=listening(work, call, listener))

    def look_for(self, work: Work, call: Call, action: LookFor) -> Reply:
        """The same, for a listener who needs somebody too."""
        return self._look(work, mine(work, call))

    def ask_anybody(self, work: Work, call: Call, action: AskAnybody) -> Reply:
        """To whoever is free."""
        me = mine(work, call)
        free = self.requests.freest(work, me.id)
        return self._look(work, me) if self._is_hindered(work, me) or free is None else _form(free.member)

    def ask(self, work: Work, call: Call, action: AskListener) -> Reply:
        """To one of those on duty."""
        me, chosen = mine(work, call), _chosen(call)
        free = next((one for one in self.requests.free(work, me.id) if one.member.id == chosen), None)
        return self._look(work, me) if self._is_hindered(work, me) or free is None else _form(free.member)

    def write(self, work: Work, call: Call, action: WriteRequest) -> Reply:
        """That form, sent: shown as it would go, and kept for an hour, sealed."""
        me, said = mine(work, call), call.value(views.WORDS).strip()
        if len(said) > MOST_WORDS:
            return Reply(errors=views.too_long())
        free = next((one for one in self.requests.free(work, me.id) if one.member.id == action.listener), None)
        if self._is_hindered(work, me) or free is None:
            return self._look(work, me)
        id, may_hand_on = Id(work.dice.getrandbits(63)), views.YES in call.values.get(views.HAND_ON, ())
        request = Request(id, me.id, free.member.id, State.DRAFT, said, may_hand_on, work.at)
        work.use(LISTENING).keep(request)
        work.use(TIMERS).set(UNSENT, id, work.at + model.UNSENT)
        return Reply(view=views.preview(me, free.member, request))

    def change(self, work: Work, call: Call, action: ChangeRequest) -> Reply:
        """The form again."""
        request = self._mine(work, call, action.request)
        listener = work.use(MEMBERS).get(request.listener)
        if request.state is not State.DRAFT or listener is None:
            return self._look(work, mine(work, call))
        return Reply(ask=views.form(listener, request.words, request.may_hand_on))

    def send(self, work: Work, call: Call, action: SendRequest) -> Reply:
        """What was shown, to the one for whom it was shown; or nothing."""
        me, request = mine(work, call), self._mine(work, call, action.request)
        if request.state is not State.DRAFT:
            return self._look(work, me)
        work.use(LISTENING).listener(request.listener)  # so that no two take the last place
        free = next((one for one in self.requests.free(work, me.id) if one.member.id == request.listener), None)
        if self._is_hindered(work, me) or free is None:
            return self._look(work, me)
        self.requests.ask(work, replace(request, at=work.at), free)
        return self._look(work, me)

    def drop(self, work: Work, call: Call, action: DropRequest) -> Reply:
        """Nothing is sent. Of what is not theirs, or is not there, it says the same."""
        request = work.use(LISTENING).request(action.request)
        if request and request.member == mine(work, call).id and request.state is State.DRAFT:
            self._forget(work, request)
        return Reply(view=views.dropped(self.requests.lines))

    def unsent(self, work: Work, rang: Rang) -> None:
        """An hour has passed, and it was not sent."""
        request = work.use(LISTENING).request(rang.about)
        if request and request.state is State.DRAFT:
            self._forget(work, request)

    def _forget(self, work: Work, request: Request) -> None:
        work.use(TIMERS).stop(UNSENT, request.id)
        work.use(LISTENING).drop(request.id)

    def _look(self, work: Work, me: Member) -> Reply:
        """How things stand: one's own request, or who is there."""
        lines, open_one = self.requests.lines, work.use(LISTENING).open_of(me.id)
        if me.stage is not Stage.MEMBER:
            return Reply(view=views.not_yet(lines))
        if open_one is not None:
            listener = work.use(MEMBERS).get(open_one.listener)
            return Reply(view=views.stands(open_one, listener, self.requests.by(work, open_one), lines))
        free = self.requests.free(work, me.id)
        if not free:
            soonest = self.requests.next(work, me.id)
            when = views.say_when(soonest, self.requests.zone(me)) if soonest else ""
            return Reply(view=views.nobody(when, lines))
        return Reply(view=views.who([one.member for one in free], lines))

    def _is_hindered(self, work: Work, me: Member) -> bool:
        return me.stage is not Stage.MEMBER or work.use(LISTENING).open_of(me.id) is not None

    def _mine(self, work: Work, call: Call, id: Id) -> Request:
        request = work.use(LISTENING).request(id)
        if request is None or request.member != mine(work, call).id:
            raise Unreadable("no request of theirs")
        return request


def listening(work: Work, call: Call, listener: Listener) -> View:
    """What somebody on the rota sees: their hours, and what waits for them, if this account of theirs may see it."""
    store, members = work.use(LISTENING), work.use(MEMBERS)
    waiting = [(one, members.get(one.member)) for one in store.open_with(listener.member)]
    mine = store.open_of(listener.member) is not None
    known = [(one, member) for one, member in waiting if member is not None]
    return views.listening(listener, known, Right.LISTENER in call.rights, mine)


def _form(listener: Member) -> Reply:
    return Reply(ask=views.form(listener))


def _chosen(call: Call) -> Id:
    try:
        return ids.read(call.value())
    except ValueError:
        raise Unreadable("nobody") from None

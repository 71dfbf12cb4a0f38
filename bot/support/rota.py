"""Organisers keep the rota: who listens, when, and to how many at once. Nobody is on it who has not said yes."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from bot.chat import ids
from bot.chat.address import ORGANISERS, Person
from bot.chat.form import SEARCHED
from bot.chat.ids import Id, show
from bot.chat.limits import OPTIONS
from bot.chat.outbound import Reply
from bot.chat.view import View
from bot.core.errors import Refusal
from bot.core.feature import Call
from bot.core.outbox import Kind, Letter
from bot.core.walltime import local_day
from bot.core.work import Work
from bot.members.model import Consent, Member, MemberReady, Stage
from bot.members.store import MEMBERS
from bot.support import rota_views as views
from bot.support.actions import (
    AskHours,
    ChooseListener,
    ClearHours,
    FindListener,
    KeepHours,
    SearchListener,
    TakeOff,
)
from bot.support.answering import Answering
from bot.support.listening_views import invitation
from bot.support.model import FIRST_HOUR, LAST_HOUR, MOST_AT_ONCE, Duty, Listener, with_hours
from bot.support.store import LISTENING


@dataclass(frozen=True)
class Rota:
    """The handlers."""

    answering: Answering

    def rota(self, work: Work, call: Call) -> Reply:
        """The command: who is on it; or, with words behind it, members of that name."""
        return _found(work, call.words) if call.words.strip() else Reply(view=_all(work))

    def find(self, work: Work, call: Call, action: FindListener) -> Reply:
        """By which words?"""
        return Reply(ask=views.search_form())

    def search(self, work: Work, call: Call, action: SearchListener) -> Reply:
        """Members of that name."""
        return _found(work, call.value(SEARCHED))

    def choose(self, work: Work, call: Call, action: ChooseListener) -> Reply:
        """One of them."""
        try:
            member = _member(work, ids.read(call.value()))
        except ValueError:
            raise Refusal(views.words.text("rota-no-member")) from None
        return Reply(view=views.one(member, work.use(LISTENING).listener(member.id)))

    def ask_hours(self, work: Work, call: Call, action: AskHours) -> Reply:
        """On which days, from when until when, and how many at once?"""
        member = _member(work, action.member)
        return Reply(ask=views.hours_form(member, work.use(LISTENING).listener(member.id)))

    def keep_hours(self, work: Work, call: Call, action: KeepHours) -> Reply:
        """That form, sent. Who is new on the rota is asked first whether they will."""
        member, store = _member(work, action.member), work.use(LISTENING)
        said = _read(call.values)
        if said is None:
            return Reply(errors=views.wrong_hours())
        was = store.listener(member.id)
        listener = replace(was or Listener(member.id, 0), most=said[1])
        listener = replace(listener, hours=with_hours(listener.hours, said[0]))
        if listener != was:
            store.keep_listener(listener)
            self._tell(work, call, member, listener)
        return Reply(view=views.one(member, listener))

    def clear_hours(self, work: Work, call: Call, action: ClearHours) -> Reply:
        """No hours any more, until there are new ones."""
        member, store = _member(work, action.member), work.use(LISTENING)
        listener = store.listener(member.id)
        if listener is not None and listener.hours:
            listener = replace(listener, hours=())
            store.keep_listener(listener)
            self._tell(work, call, member, listener)
        return Reply(view=views.one(member, listener))

    def take_off(self, work: Work, call: Call, action: TakeOff) -> Reply:
        """Off the rota; they hear so, and so does whoever asked them."""
        member, store = _member(work, action.member), work.use(LISTENING)
        if store.listener(member.id) is not None:
            self.answering.off(work, member.id)
            self._write(work, member, views.taken_off())
            _tell_organisers(work, call, "told-off-rota", member)
        return Reply(view=views.off(member))

    def _tell(self, work: Work, call: Call, member: Member, listener: Listener) -> None:
        """The listener hears what their hours are, or is asked; other organisers see who did what."""
        self._write(work, member, views.your_hours(listener) if listener.agreed else invitation())
        _tell_organisers(work, call, "told-rota", member)

    def ready(self, work: Work, fact: MemberReady) -> None:
        """Somebody is there, or back: whoever was put on the rota meanwhile is asked now."""
        member, listener = work.use(MEMBERS).get(fact.member), work.use(LISTENING).listener(fact.member)
        if member is not None and listener is not None and not listener.agreed:
            self._write(work, member, invitation())

    def _write(self, work: Work, member: Member, view: View) -> None:
        """Nothing to whoever is left alone: nobody has asked for this. Organisers do not learn from it who that is."""
        today = local_day(work.at, self.answering.requests.zone(member))
        if member.takes_part(today) and Consent.MESSAGES in work.use(MEMBERS).consents(member.id):
            key = f"listen-rota:{show(member.id)}:{work.at.isoformat()}"
            work.post(Letter(key, Person(member.id), view, Kind.NOTICE, work.at))


def _all(work: Work) -> View:
    members, found = work.use(MEMBERS), work.use(LISTENING).listeners()
    known = [(member, one) for one in found if (member := members.get(one.member)) is not None]
    return views.all(sorted(known, key=lambda one: (one[0].name.casefold(), one[0].id)))


def _found(work: Work, words: str) -> Reply:
    found = [one for one in work.use(MEMBERS).find(words, OPTIONS) if one.stage is Stage.MEMBER]
    return Reply(view=views.found(found))


def _member(work: Work, member: Id) -> Member:
    found = work.use(MEMBERS).get(member)
    if found is None or found.stage is not Stage.MEMBER:
        raise Refusal(views.words.text("rota-no-member"))
    return found


def _read(values: Mapping[str, tuple[str, ...]]) -> tuple[list[Duty], int] | None:
    """The form, as it came: nothing in it can be trusted. None where it makes no hours."""

    def number(name: str, first: int, last: int) -> int | None:
        said = "".join(values.get(name, ())[:1])
        return int(said) if said in {str(one) for one in range(first, last + 1)} else None

    days = [day for day in range(7) if str(day) in values.get(views.DAYS, ())]
    begins, ends = (number(name, FIRST_HOUR, LAST_HOUR) for name in (views.BEGINS, views.ENDS))
    most = number(views.MOST, 1, MOST_AT_ONCE)
    if not days or most is None or begins is None or ends is None or begins >= ends:
        return None
    return [Duty(day, begins, ends) for day in days], most


def _tell_organisers(work: Work, call: Call, did: str, member: Member) -> None:
    key = f"{did}:{show(member.id)}:{work.at.isoformat()}"
    view = views.told(did, member, call.name)
    work.post(Letter(key, ORGANISERS, view, Kind.ORGANISER, work.at, about=(member.id,)))

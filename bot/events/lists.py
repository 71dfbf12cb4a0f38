"""What organisers look up: all that is coming, drafts, and one event with everything that they may see of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from bot.chat import ids
from bot.chat.inbound import Due
from bot.chat.limits import OPTIONS
from bot.chat.outbound import Reply
from bot.chat.text import sought
from bot.chat.view import Option
from bot.core.errors import Refusal
from bot.core.feature import Call
from bot.core.work import Work
from bot.events import organiser_views as views
from bot.events.actions import AskCancel, ChangeEvent, ChooseEvent, ListEvents, Task
from bot.events.changing import Changing
from bot.events.model import Event, Place, Status
from bot.events.posting import coming
from bot.events.store import EVENTS

KEPT = timedelta(days=365)
"""How long an event is kept once it is over (docs/privacy.md)."""
DRAFTS_KEPT = timedelta(days=30)
"""How long a draft is kept that nobody touches, or whose day has passed."""
_LONGEST = timedelta(days=1)
_FARTHEST = timedelta(days=800)


@dataclass(frozen=True)
class Lists:
    """Looking events up, and forgetting the old."""

    changing: Changing

    def list(self, work: Work, call: Call) -> Reply:
        """`event list`."""
        return self.page(work, call, ListEvents(0))

    def page(self, work: Work, call: Call, action: ListEvents) -> Reply:
        return Reply(view=views.listed(_coming(work), work.use(EVENTS).drafts(), max(0, action.page)))

    def edit(self, work: Work, call: Call) -> Reply:
        """`event edit`: which one? With words behind it, of those with these words in their title."""
        return self._find(work, call, Task.EDIT)

    def cancel(self, work: Work, call: Call) -> Reply:
        """`event cancel`."""
        return self._find(work, call, Task.CANCEL)

    def show(self, work: Work, call: Call) -> Reply:
        """`event show`."""
        return self._find(work, call, Task.SHOW)

    def offers(self, work: Work, call: Call) -> Iterable[Option]:
        """What stands behind these three commands, while they are typed."""
        return map(views.option, (*_coming(work), *work.use(EVENTS).drafts()))

    def choose(self, work: Work, call: Call, action: ChooseEvent) -> Reply:
        """One from a list."""
        try:
            event = work.use(EVENTS).event(ids.read(call.value()))
        except ValueError:
            event = None
        if event is None or event.status is Status.PATTERN:
            raise Refusal(views.words.text("event-gone"))
        return self._do(work, call, action.task, event)

    def forget(self, work: Work, due: Due) -> None:
        """Every night: what is long over, and drafts that nobody finishes."""
        for draft in work.use(EVENTS).drafts():
            if max(draft.starts_at, draft.changed_at or draft.starts_at) < work.at - DRAFTS_KEPT:
                self.changing.planning.drop(work, draft)
        work.use(EVENTS).forget_before(work.at - KEPT)

    def _find(self, work: Work, call: Call, task: Task) -> Reply:
        drafts = work.use(EVENTS).drafts() if task is Task.SHOW else []
        planned = [one for one in _coming(work) if task is Task.SHOW or one.status is Status.PLANNED]
        found = [one for one in (*planned, *drafts) if _is_meant(one, call.words)]
        if len(found) == 1 and call.words:
            return self._do(work, call, task, found[0])
        return Reply(view=views.choose(task, found[: OPTIONS + 1], call.words))

    def _do(self, work: Work, call: Call, task: Task, event: Event) -> Reply:
        if event.status is Status.DRAFT:
            return self.changing.planning.show(work, event)
        match task:
            case Task.EDIT:
                return self.changing.change(work, call, ChangeEvent(event.id))
            case Task.CANCEL:
                return self.changing.ask_cancel(work, call, AskCancel(event.id))
            case Task.SHOW:
                return self._show(work, call, event)

    def _show(self, work: Work, call: Call, event: Event) -> Reply:
        rsvps = work.use(EVENTS).rsvps(event.id)
        waiting = sum(one.place in (Place.WAITING, Place.OFFERED) for one in rsvps)
        is_host = event.host is not None and event.host == call.member
        seen = self.changing.planning.seen(work, event)
        return Reply(view=views.event(seen, coming(work, event), waiting, is_host))


def _coming(work: Work) -> Sequence[Event]:
    """All that is planned and not over, the soonest first; what was cancelled, as long as its day is to come."""
    found = work.use(EVENTS).between(work.at - _LONGEST, work.at + _FARTHEST)
    return [one for one in found if one.ends_at > work.at]


def _is_meant(event: Event, typed: str) -> bool:
    """By its title, or by its identifier, which is what choosing it while typing leaves there."""
    title = sought(event.title)
    return typed.strip() == ids.show(event.id) or all(word in title for word in sought(typed).split())

"""An organiser writes an event: forms fill a draft, which is shown in full, exactly as it will be posted, before it is.

A draft that would change an event (`Event.edits`) is filled in the same way; `changing.py` makes the change.
"""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from bot.chat import ids
from bot.chat.ids import Id
from bot.chat.limits import OPTIONS
from bot.chat.outbound import Reply
from bot.core.errors import Refusal
from bot.core.feature import Call
from bot.core.timers import TIMERS
from bot.core.walltime import zone_of
from bot.core.work import Work
from bot.events import forms
from bot.events import organiser_views as views
from bot.events.actions import (
    AskAgain,
    AskBasics,
    AskLink,
    AskWho,
    ChooseHost,
    ChooseWhen,
    KeepAgain,
    KeepBasics,
    KeepLink,
    KeepWho,
    PostEvent,
    Scope,
    ShowDraft,
    ThrowAway,
)
from bot.events.attendance import tell_host
from bot.events.model import Event, EventPlanned, Series, Sort, Status
from bot.events.organiser_views import Seen
from bot.events.posting import OVER, can_host, host_of
from bot.events.series import A_SECOND, Making, at_slot, from_then_on, say_series
from bot.events.store import EVENTS
from bot.members.model import Member
from bot.members.store import MEMBERS

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Planning:
    """Drafts, from the first form to the post."""

    making: Making

    def new(self, work: Work, call: Call) -> Reply:
        """`event new`: the first form. The draft's identifier comes from the dice: asked twice, it is the same form."""
        return Reply(ask=forms.basics_form(None, KeepBasics(Id(work.dice.getrandbits(63)))))

    def ask_basics(self, work: Work, call: Call, action: AskBasics) -> Reply:
        draft = self.found(work, action.event)
        return Reply(ask=forms.basics_form(draft, KeepBasics(draft.id)))

    def keep_basics(self, work: Work, call: Call, action: KeepBasics) -> Reply:
        """Read what was typed, show what was understood; what cannot be read comes back as it was."""
        known = work.use(EVENTS).hold(action.event)
        if known is not None and known.status is not Status.DRAFT:
            raise Refusal(views.words.text("draft-gone"))
        draft = known or Event(action.event, "", _EPOCH, 60, self.making.settings.zone)
        filled = forms.read_basics(draft, known is None, call.values, work.at)
        if filled.wrong:
            return Reply(errors=filled.wrong)
        kept = self._keep(work, self._in_rhythm(work, draft, filled.draft))
        if filled.choices:
            return Reply(view=views.which(kept, filled.choices))
        return self.show(work, kept)

    def choose_when(self, work: Work, call: Call, action: ChooseWhen) -> Reply:
        """One of the moments that a date could mean; any that is still to come is as good."""
        draft = self.found(work, action.event)
        starts_at = _EPOCH + timedelta(minutes=min(max(0, action.minute), 10**8))
        if starts_at <= work.at:
            raise Refusal(views.words.text("unread-past"))
        kept = self._keep(work, self._in_rhythm(work, draft, replace(draft, starts_at=starts_at)))
        return self.show(work, kept)

    def ask_who(self, work: Work, call: Call, action: AskWho) -> Reply:
        return Reply(ask=forms.who_form(self.found(work, action.event)))

    def keep_who(self, work: Work, call: Call, action: KeepWho) -> Reply:
        filled = forms.read_who(self.found(work, action.event), call.values)
        return Reply(errors=filled.wrong) if filled.wrong else self.show(work, self._keep(work, filled.draft))

    def ask_link(self, work: Work, call: Call, action: AskLink) -> Reply:
        draft = self.found(work, action.event)
        host = host_of(work, draft)
        return Reply(ask=forms.link_form(draft, host.name if host else ""))

    def keep_link(self, work: Work, call: Call, action: KeepLink) -> Reply:
        """Keep it; where a host was named, look for them."""
        draft = self.found(work, action.event)
        host = host_of(work, draft)
        filled = forms.read_link(draft, call.values, host.name if host else "")
        members = _hosts(work, filled.host) if filled.host else []
        if filled.host and not members:
            return Reply(errors={**filled.wrong, "host": views.words.line("wrong-host")})
        if filled.wrong:
            return Reply(errors=filled.wrong)
        if len(members) == 1:
            return self.show(work, self._keep(work, replace(filled.draft, host=members[0].id)))
        kept = self._keep(work, filled.draft)
        return Reply(view=views.hosts(kept, members)) if members else self.show(work, kept)

    def choose_host(self, work: Work, call: Call, action: ChooseHost) -> Reply:
        draft = self.found(work, action.event)
        try:
            member = work.use(MEMBERS).get(ids.read(call.value()))
        except ValueError:
            member = None
        if member is None or not can_host(member):
            raise Refusal(views.words.text("wrong-host"))
        return self.show(work, self._keep(work, replace(draft, host=member.id)))

    def ask_again(self, work: Work, call: Call, action: AskAgain) -> Reply:
        draft = self.found(work, action.event)
        return Reply(ask=forms.again_form(draft, self._series(work, draft)))

    def keep_again(self, work: Work, call: Call, action: KeepAgain) -> Reply:
        """Keep the rule: the draft is the first of its events, on the first day that the rule allows."""
        draft = self.found(work, action.event)
        read = forms.read_again(draft, call.values, work.at)
        if read is None:
            return self._once(work, draft)
        if not isinstance(read, Series):
            return Reply(errors=read)
        series = replace(read, id=draft.series if draft.series and _is_own(work, draft) else work.new_id())
        due = self.making.first_due(series, max(work.at, draft.starts_at - A_SECOND))
        if due is None:
            return Reply(errors={"every": views.words.line("wrong-never")})
        work.use(EVENTS).keep_series(series)
        return self.show(work, self._keep(work, replace(at_slot(draft, due), series=series.id)))

    def show_draft(self, work: Work, call: Call, action: ShowDraft) -> Reply:
        return self.show(work, self.found(work, action.event))

    def post(self, work: Work, call: Call, action: PostEvent) -> Reply:
        """Post a draft: from now on it can be answered. Pressed twice, it is posted once."""
        event = work.use(EVENTS).hold(action.event)
        if event is None or event.edits or event.status not in (Status.DRAFT, Status.PLANNED):
            raise Refusal(views.words.text("draft-gone"))
        if event.status is Status.DRAFT:
            if (hindered := self._hindered(work, event)) is not None:
                return Reply(view=views.said(hindered, views.to_draft(event)))
            event = self._plan(work, event)
        return Reply(replace=views.posted(self.seen(work, event)))

    def throw_away(self, work: Work, call: Call, action: ThrowAway) -> Reply:
        """A draft goes; what is posted does not."""
        event = work.use(EVENTS).event(action.event)
        if event is not None and event.status is not Status.DRAFT:
            raise Refusal(views.words.text("draft-gone"))
        if event is not None:
            self.drop(work, event)
        return Reply(replace=views.thrown())

    def found(self, work: Work, id: Id) -> Event:
        """A draft. Raises Refusal: one that was posted or thrown away, and one that never was, are one sentence."""
        draft = work.use(EVENTS).hold(id)
        if draft is None or draft.status is not Status.DRAFT:
            raise Refusal(views.words.text("draft-gone"))
        return draft

    def show(self, work: Work, draft: Event) -> Reply:
        """The draft, in full."""
        return Reply(view=views.draft(self.seen(work, draft)))

    def seen(self, work: Work, event: Event) -> Seen:
        """What organisers see of an event."""
        series = self._series(work, event)
        again = say_series(series, self.making.settings) if series else ""
        scopes = tuple(Scope) if event.series else (Scope.THIS,)
        if event.edits and event.series and _is_own(work, event):
            scopes = (Scope.FOLLOWING,)
        host, is_posted = host_of(work, event), bool(self.making.settings.posts)
        return Seen(event, work.at, host, again, is_posted, is_twice(event.starts_at, event.zone), scopes)

    def drop(self, work: Work, draft: Event) -> None:
        """Forget a draft, and a rhythm that was its own."""
        is_own = _is_own(work, draft)
        work.use(EVENTS).drop(draft.id)
        if draft.series and is_own:
            work.use(EVENTS).drop_series(draft.series)

    def _plan(self, work: Work, draft: Event) -> Event:
        event = replace(draft, status=Status.PLANNED, changed_at=work.at)
        work.use(EVENTS).keep(event)
        work.use(TIMERS).set(OVER, event.id, event.ends_at)
        event = self.making.posting.put_up(work, event)
        work.tell(EventPlanned(event))
        tell_host(work, event)
        self.making.begin(work, event)
        return event

    def _hindered(self, work: Work, event: Event) -> str | None:
        """Why a draft cannot be posted as it is."""
        if event.starts_at <= work.at:
            return "post-past"
        if event.sort is Sort.SUPPORT and host_of(work, event) is None:
            return "post-no-host"
        return None

    def _in_rhythm(self, work: Work, before: Event, draft: Event) -> Event:
        """A new draft that comes again, and whose day was changed: its rule follows."""
        series = self._series(work, draft)
        if series is None or before.starts_at == draft.starts_at or draft.edits:
            return draft
        moved = from_then_on(series, draft.starts_at, series.id)
        due = self.making.first_due(moved, draft.starts_at - A_SECOND)
        work.use(EVENTS).keep_series(moved)
        return at_slot(draft, due) if due else draft

    def _once(self, work: Work, draft: Event) -> Reply:
        """It does not come again. What is planned already, and does, is ended by cancelling what follows."""
        if draft.edits:
            return Reply(errors={"every": views.words.line("wrong-once")})
        kept = self._keep(work, replace(draft, series=None, slot=None))
        if draft.series:
            work.use(EVENTS).drop_series(draft.series)
        return self.show(work, kept)

    def _series(self, work: Work, event: Event) -> Series | None:
        return work.use(EVENTS).series(event.series) if event.series else None

    def _keep(self, work: Work, draft: Event) -> Event:
        draft = replace(draft, changed_at=work.at)
        work.use(EVENTS).keep(draft)
        return draft


def is_twice(at: datetime, zone: str) -> bool:
    """Whether the clocks go back over that moment, so that the wall shows it two times."""
    wall = at.astimezone(zone_of(zone))
    return wall.replace(fold=0).utcoffset() != wall.replace(fold=1).utcoffset()


def _is_own(work: Work, draft: Event) -> bool:
    """Whether the rhythm of a draft is its own, and not that of the event it would change."""
    edited = work.use(EVENTS).event(draft.edits) if draft.edits else None
    return edited is None or edited.series != draft.series


def _hosts(work: Work, name: str) -> list[Member]:
    return [one for one in work.use(MEMBERS).find(name, OPTIONS) if can_host(one)]

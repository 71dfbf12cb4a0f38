"""Changing and cancelling what is planned: this event only, or this one and all that follow in its series.

What is to be changed is written into a draft (`Event.edits`), shown, and made with one press. Whoever said yes or maybe
is told by the rooms that hear of it; a change that others made meanwhile is never overwritten unseen.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot.chat.ids import Id
from bot.chat.outbound import Reply
from bot.chat.view import View
from bot.core.errors import Refusal
from bot.core.feature import Call
from bot.core.timers import TIMERS
from bot.core.walltime import Due
from bot.core.work import Work
from bot.events import organiser_views as views
from bot.events.actions import ApplyChange, AskCancel, CancelEvent, ChangeEvent, Scope
from bot.events.attendance import tell_host
from bot.events.model import Event, EventCancelled, EventChanged, Series, Sort, Status
from bot.events.planning import Planning
from bot.events.posting import OVER, REDRAW, host_of
from bot.events.series import A_SECOND, AHEAD, MOST, at_slot, from_then_on, pattern_of, shortened, week_of
from bot.events.store import EVENTS

SAID = (
    "title",
    "minutes",
    "sort",
    "description",
    "place",
    "link",
    "link_late",
    "theme",
    "host",
    "audience",
    "capacity",
)
"""What of an event is said of it, wherever and whenever it is."""


@dataclass(frozen=True)
class Changing:
    """What organisers do to events that are planned."""

    planning: Planning

    def change(self, work: Work, call: Call, action: ChangeEvent) -> Reply:
        """Begin to change an event: a draft of it as it is now, in the place of an older one."""
        event = _planned(work, action.event)
        for draft in work.use(EVENTS).drafts():
            if draft.edits == event.id and draft.sequence == event.sequence:
                return self.planning.show(work, draft)
            if draft.edits == event.id:
                self.planning.drop(work, draft)
        return self.planning.show(work, self._draft_of(work, event))

    def apply(self, work: Work, call: Call, action: ApplyChange) -> Reply:
        """Make the changes that were shown. Pressed twice, they are made once: the draft is gone then."""
        event, draft = _planned(work, action.event), work.use(EVENTS).event(action.draft)
        if draft is not None and draft.edits == event.id and draft.status is Status.DRAFT:
            if (hindered := self._hindered(work, event, draft, action.scope)) is not None:
                return Reply(view=hindered)
            self._make(work, event, draft, action.scope)
            event = work.use(EVENTS).event(event.id) or event
        return Reply(replace=views.changed(self.planning.seen(work, event)))

    def ask_cancel(self, work: Work, call: Call, action: AskCancel) -> Reply:
        event = _planned(work, action.event)
        return Reply(view=views.ask_cancel(self.planning.seen(work, event)))

    def cancel(self, work: Work, call: Call, action: CancelEvent) -> Reply:
        """An event does not take place, nor do those that follow, if they are meant."""
        event = work.use(EVENTS).hold(action.event)
        if event is None or event.status not in (Status.PLANNED, Status.CANCELLED):
            raise Refusal(views.words.text("event-gone"))
        if event.status is Status.PLANNED and event.ends_at <= work.at:
            raise Refusal(views.words.text("event-over"))
        series = work.use(EVENTS).series(event.series) if event.series else None
        following = series is not None and action.scope is Scope.FOLLOWING
        if series is not None and following:
            work.use(EVENTS).keep_series(replace(series, ended=True))
        some = [one for one in (self._following(work, event) if following else [event]) if one.status is Status.PLANNED]
        for one in some:
            self.call_off(work, one, told_of(work, some))
        if series is not None:
            self.planning.making.posting.next_of(work, series.id)
        return Reply(replace=views.cancelled(event, action.scope))

    def _draft_of(self, work: Work, event: Event) -> Event:
        draft = replace(event, id=Id(work.dice.getrandbits(63)), status=Status.DRAFT, edits=event.id)
        draft = replace(draft, told=0, band=0, changed_at=work.at)
        work.use(EVENTS).keep(draft)
        return draft

    def _hindered(self, work: Work, event: Event, draft: Event, scope: Scope) -> View | None:
        """Why the changes cannot be made as they are."""
        if draft.sequence != event.sequence:
            return views.said("change-moved", views.to_change(event))
        if draft.starts_at != event.starts_at and draft.starts_at <= work.at:
            return views.said("post-past", views.to_draft(draft))
        if draft.sort is Sort.SUPPORT and host_of(work, draft) is None:
            return views.said("post-no-host", views.to_draft(draft))
        if draft.series != event.series and scope is Scope.THIS:
            return views.said("change-follows", views.to_draft(draft))
        if scope is Scope.FOLLOWING and not self._fits(work, event, draft):
            return views.said("change-rhythm", views.to_draft(draft))
        return None

    def _make(self, work: Work, event: Event, draft: Event, scope: Scope) -> None:
        said = {name: value for name in SAID if (value := getattr(draft, name)) != getattr(event, name)}
        is_moved = draft.starts_at != event.starts_at or draft.series != event.series
        if scope is Scope.THIS or event.series is None:
            self.alter(work, event, replace(event, **said, starts_at=draft.starts_at), Told(event.id))
        elif is_moved:
            self._move(work, event, draft, said)
        else:
            self._say(work, event, said)
        work.use(EVENTS).drop(draft.id)
        if event.series and (now := work.use(EVENTS).event(event.id)) and now.series:
            self.planning.making.posting.next_of(work, now.series)

    def _say(self, work: Work, event: Event, said: Mapping[str, Any]) -> None:
        """Something else is said of this one and all that follow, at their times."""
        pattern = work.use(EVENTS).hold(event.series) if event.series else None
        if pattern is not None:
            work.use(EVENTS).keep(replace(pattern, **said))
        some = [one for one in self._following(work, event) if one.status is Status.PLANNED]
        for one in some:
            self.alter(work, one, replace(one, **said), told_of(work, some))

    def _move(self, work: Work, event: Event, draft: Event, said: Mapping[str, Any]) -> None:
        """The series is split: from this event on a new one, by its own rule. An event of the old is moved to the new
        one's day in the same week, with all who said yes; where there is none, it is cancelled."""
        events, making = work.use(EVENTS), self.planning.making
        old, new = _series_of(work, event), self._new_series(work, event, draft)
        events.hold(old.id)
        events.keep_series(replace(old, ended=True))
        events.keep_series(new)
        pattern = pattern_of(replace(event, **said), new)
        events.keep(pattern)
        for member in events.joined(old.id):
            events.join(new.id, member, work.at)
        dues = list(making.dues(new, draft.starts_at - A_SECOND, max(work.at + AHEAD, draft.starts_at), MOST))
        some = [one for one in self._following(work, event) if one.status is Status.PLANNED]
        told = Told(event.id, len(some) > 1)
        for one in some:
            due = of_week(one, dues)
            if due is not None:
                dues.remove(due)
                self.alter(work, one, at_slot(replace(one, **said, series=new.id), due), told)
            else:
                self.call_off(work, one, told)
        for due in dues:
            making.add(work, pattern, due)
        making.make(work, new.id)

    def _new_series(self, work: Work, event: Event, draft: Event) -> Series:
        """The rule from this event on: the draft's own, or that of its series moved to another day or time; what of a
        number of times is over is taken off."""
        old = _series_of(work, event)
        own = work.use(EVENTS).series(draft.series) if draft.series != old.id and draft.series else None
        if own is not None:
            return own
        used = self.planning.making.used(old, event.slot or event.starts_at)
        moved = from_then_on(old, draft.starts_at, work.new_id())
        return replace(moved, rule=shortened(moved.rule, used))

    def _fits(self, work: Work, event: Event, draft: Event) -> bool:
        """Whether a rule that is moved holds on the new day."""
        if event.series is None or (draft.series == event.series and draft.starts_at == event.starts_at):
            return True
        new = self._new_series(work, event, draft)
        due = self.planning.making.first_due(new, draft.starts_at - A_SECOND)
        return due is not None and due.at == draft.starts_at

    def _following(self, work: Work, event: Event) -> Sequence[Event]:
        """This one, and those of its series after it, whenever they were moved to."""
        slot = event.slot or event.starts_at
        every = work.use(EVENTS).of_series(event.series) if event.series else []
        later = [one for one in every if one.slot and one.slot > slot and one.ends_at > work.at]
        return [event, *later]

    def alter(self, work: Work, before: Event, after: Event, told: "Told") -> None:
        """Keep a planned event as it is now, and let everybody hear who has to."""
        if before == after:
            return
        after = replace(after, sequence=before.sequence + 1, changed_at=work.at)
        work.use(EVENTS).keep(after)
        work.use(TIMERS).set(OVER, after.id, after.ends_at)
        after = self.planning.making.posting.changed(work, after)
        work.tell(EventChanged(before, after, *told.of(after.id)))
        if after.host != before.host:
            tell_host(work, after)

    def call_off(self, work: Work, event: Event, told: "Told") -> None:
        """A planned event does not take place."""
        after = replace(event, status=Status.CANCELLED, sequence=event.sequence + 1, changed_at=work.at)
        work.use(EVENTS).keep(after)
        for timer in (OVER, REDRAW):
            work.use(TIMERS).stop(timer, event.id)
        after = self.planning.making.posting.changed(work, after)
        work.tell(EventCancelled(after, *told.of(after.id)))


@dataclass(frozen=True)
class Told:
    """Of which event people are told, and whether others `follows` it of which they need not be told."""

    first: Id
    follows: bool = False

    def of(self, event: Id) -> tuple[Id | None, bool]:
        """What facts say of it."""
        return (None, self.follows) if event == self.first else (self.first, False)


def told_of(work: Work, some: Sequence[Event]) -> Told:
    """The first of them that has not begun: of one that has, nobody is told any more."""
    first = next((n for n, one in enumerate(some) if one.starts_at > work.at), 0)
    return Told(some[first].id if some else Id(0), len(some) > first + 1)


def _planned(work: Work, id: Id) -> Event:
    """An event that can still be changed. Raises Refusal."""
    event = work.use(EVENTS).hold(id)
    if event is None or event.status is not Status.PLANNED:
        raise Refusal(views.words.text("event-gone"))
    if event.ends_at <= work.at:
        raise Refusal(views.words.text("event-over"))
    return event


def _series_of(work: Work, event: Event) -> Series:
    """The series of an event that has one."""
    series = work.use(EVENTS).series(event.series) if event.series else None
    if series is None:
        raise LookupError("this event does not come again")
    return series


def of_week(event: Event, dues: Sequence[Due]) -> Due | None:
    """Of those, the one in the week in which the event was planned."""
    week = week_of(event.slot or event.starts_at, event.zone)
    return next((due for due in dues if week_of(due.at, event.zone) == week), None)

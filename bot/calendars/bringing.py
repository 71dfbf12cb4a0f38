"""Bringing what a calendar file holds into the events room, and again without doubling.

An event has its identifier from the UID that it has in the file, by a keyed hash: the same UID is the same event on
every import. What changed in the file is changed, and whoever said yes hears of it as of any change by an organiser;
what members said, and all that a file does not know (whom it is for, its host, its places), stays. What organisers
cancelled here stays cancelled.
"""

from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from bot.calendars.ics import DOMAIN
from bot.calendars.importing import Calendar, Group, Item, Rhythm
from bot.chat import ids
from bot.chat.ids import Id
from bot.core.timers import TIMERS
from bot.core.walltime import Due, local_day
from bot.core.work import Work
from bot.events.changing import Changing, Told, of_week, told_of
from bot.events.model import Event, EventPlanned, EventSettings, Series, Status
from bot.events.planning import Planning
from bot.events.posting import OVER, REDRAW, Posting
from bot.events.series import AHEAD, MOST, Making, at_slot
from bot.events.store import EVENTS
from bot.events.when import FARTHEST

_SAID = ("title", "minutes", "zone", "description", "place", "link")


class Became(StrEnum):
    """What became of an entry."""

    ADDED = "added"
    CHANGED = "changed"
    SAME = "same"
    LEFT = "left"
    """There is nothing wrong with it, but it is not meant for here."""
    WRONG = "wrong"


@dataclass(frozen=True)
class Brought:
    """What became of one entry, and why, where nothing did."""

    line: int
    became: Became
    why: str = ""


@dataclass(frozen=True)
class Bringing:
    """`name` makes an identifier of a text, the same for ever. `source` names the calendar. New events are made by
    `making`, which posts nothing: `later` says from when on they are; changes by `changing`, which does."""

    name: Callable[[str], Id]
    source: Id
    making: Making
    changing: Changing

    def bring(self, work: Work, group: Group, later: datetime) -> list[Brought]:
        """All entries of one UID."""
        if _is_ours(work, group.uid):
            return [Brought(one.line, Became.LEFT, "is an event of this network already") for one in group.items]
        main, known = group.main, work.use(EVENTS).series(self.series_id(group.uid))
        if main is None:
            return [self.one(work, one, self.event_id(one), later) for one in group.single]
        if main.rhythm is not None:
            return _Run(self, work, group, main, main.rhythm, later).bring(known)
        if known is not None and not known.ended:
            return [Brought(main.line, Became.WRONG, "came again before; end its series with HeadsUp first")]
        done = [self.one(work, main, self.event_id(main), later)]
        self.also(work, group, later)
        return [*done, *(self.one(work, one, self.event_id(one), later) for one in group.single)]

    def series_id(self, uid: str) -> Id:
        """Of what comes again."""
        return self.name(f"imported series:{uid}")

    def event_id(self, item: Item) -> Id:
        """Of what comes once, or is one of a series by itself."""
        return self.name(f"imported:{item.uid}:{item.slot.isoformat() if item.slot else ''}")

    def also(self, work: Work, group: Group, later: datetime) -> None:
        """The further dates of an entry, each by itself; one that is said to be otherwise is not among them."""
        main, otherwise = group.main, {one.slot for one in group.single}
        for at in main.also if main else ():
            if main is not None and at not in otherwise and work.at < at <= work.at + FARTHEST:
                item = replace(main, starts_at=at, slot=at, rhythm=None)
                self.one(work, item, self.event_id(item), later)

    def one(self, work: Work, item: Item, id: Id, later: datetime) -> Brought:
        known = work.use(EVENTS).hold(id)
        if known is not None:
            return Brought(item.line, self.update(work, known, item))
        if item.is_cancelled:
            return Brought(item.line, Became.LEFT, "is cancelled")
        if not work.at < item.starts_at <= work.at + FARTHEST:
            return Brought(item.line, Became.LEFT, "is over, has begun, or is more than two years away")
        event = event_of(item, id, self.source, work.at)
        work.use(EVENTS).keep(event)
        work.use(TIMERS).set(OVER, event.id, event.ends_at)
        self.making.posting.post_later(work, event, later)
        work.tell(EventPlanned(event))
        return Brought(item.line, Became.ADDED)

    def update(self, work: Work, known: Event, item: Item) -> Became:
        """An event that is there, as the file has it now."""
        if not known.is_open(work.at) or item.starts_at <= work.at:
            return Became.SAME
        if item.is_cancelled:
            self.changing.call_off(work, known, Told(known.id))
            return Became.CHANGED
        after = replace(known, **_different(item, known), starts_at=item.starts_at)
        self.changing.alter(work, known, after, Told(known.id))
        return Became.SAME if after == known else Became.CHANGED


def bringing(
    settings: EventSettings, name: Callable[[str], Id], calendar: str, join_all: Callable[[Work, Event], None]
) -> Bringing:
    """With its parts put together. `calendar`: what the calendar is called."""
    silent = replace(settings, posts=(), calendars=())
    making = Making(settings, Posting(silent), join_all)
    aloud = Making(settings, Posting(settings), join_all)
    return Bringing(name, name(f"imported calendar:{calendar}"), making, Changing(Planning(aloud)))


def gone(work: Work, bringing: Bringing, calendar: Calendar) -> list[Event]:
    """What came from that calendar before, is to take place, and stands in it no more; of a series the next."""
    there = {id for uid in calendar.uids for id in (bringing.series_id(uid), bringing.name(f"imported:{uid}:"))}
    for group in calendar.groups:
        also = [replace(group.main, slot=at) for at in group.main.also] if group.main else []
        there |= {bringing.event_id(item) for item in (*group.items, *also)}
    found = work.use(EVENTS).between(work.at, work.at + FARTHEST)
    mine = [one for one in found if one.source == bringing.source and one.status is Status.PLANNED]
    missing = [one for one in mine if one.id not in there and one.series not in there]
    firsts = {one.series or one.id: one for one in reversed(missing)}.values()
    return sorted(firsts, key=lambda one: (one.starts_at, one.id))


def event_of(item: Item, id: Id, source: Id, at: datetime) -> Event:
    """A planned event, as the file has it."""
    said = {name: getattr(item, name) for name in _SAID}
    return Event(id, starts_at=item.starts_at, status=Status.PLANNED, changed_at=at, source=source, **said)


@dataclass(frozen=True)
class _Run:
    """One series of a file, within one unit of work."""

    parts: Bringing
    work: Work
    group: Group
    main: Item
    rhythm: Rhythm
    later: datetime

    @property
    def id(self) -> Id:
        return self.parts.series_id(self.group.uid)

    def bring(self, known: Series | None) -> list[Brought]:
        """The rule, and then each time that is otherwise than it says."""
        if known is None:
            return self._begin()
        pattern = self.work.use(EVENTS).hold(self.id)
        if known.ended or pattern is None:
            return [Brought(one.line, Became.SAME) for one in self.group.items]
        if self.main.is_cancelled:
            return self._end(known)
        became = self._renew(known, pattern)
        return [Brought(self.main.line, became), *self._otherwise(is_new=False)]

    def _begin(self) -> list[Brought]:
        events, making = self.work.use(EVENTS), self.parts.making
        series = self._series()
        first = making.first_due(series, self.work.at)
        if self.main.is_cancelled or first is None:
            why = "is cancelled" if self.main.is_cancelled else "does not come again within two years"
            return [Brought(one.line, Became.LEFT, why) for one in self.group.items]
        events.keep_series(series)
        self._adopt(first)
        making.begin(self.work, at_slot(replace(self._template(), series=series.id), first))
        done = self._otherwise(is_new=True)
        self.parts.also(self.work, self.group, self.later)
        self._wait()
        return [Brought(self.main.line, Became.ADDED), *done]

    def _adopt(self, first: Due) -> None:
        """What came once until now is the first of the series, with everybody who said yes."""
        single = self.work.use(EVENTS).hold(self.parts.event_id(self.main))
        if single is not None and single.starts_at == first.at:
            self.work.use(EVENTS).keep(replace(single, series=self.id, slot=first.at))

    def _end(self, known: Series) -> list[Brought]:
        self.work.use(EVENTS).keep_series(replace(known, ended=True))
        coming = self._coming()
        for one in coming:
            self.parts.changing.call_off(self.work, one, told_of(self.work, coming))
        return [Brought(one.line, Became.CHANGED) for one in self.group.items]

    def _renew(self, known: Series, pattern: Event) -> Became:
        """The rule and what is said, where they are others than before."""
        events, series = self.work.use(EVENTS), self._series(known)
        said, is_moved = _different(self.main, pattern), series != known
        if said:
            pattern = replace(pattern, **said)
            events.keep(pattern)
        if is_moved:
            events.keep_series(series)
        if said or is_moved:
            self._follow(series, pattern, said)
        self.parts.making.make(self.work, self.id)
        self.parts.also(self.work, self.group, self.later)
        if is_moved:
            self._wait()
        return Became.CHANGED if said or is_moved else Became.SAME

    def _follow(self, series: Series, pattern: Event, said: Mapping[str, Any]) -> None:
        """Each event at its time by the rule, or that of the same week; where there is none it is called off."""
        at, coming = self.work.at, self._coming()
        dues = self.parts.making.dues(series, at, at + AHEAD, 2 * MOST)
        taken = {one.slot for one in self.work.use(EVENTS).of_series(self.id)}
        free = [due for due in dues if due.at not in taken]
        becomes = [(one, self._become(one, {due.at for due in dues}, free, said)) for one in coming]
        others = [(one, after) for one, after in becomes if one != after]
        told = told_of(self.work, [one for one, _ in others])
        for one, after in others:
            if after is None:
                self.parts.changing.call_off(self.work, one, told)
            else:
                self.parts.changing.alter(self.work, one, after, told)
        for due in free[: max(0, MOST - len(coming))]:
            self.parts.making.add(self.work, pattern, due)

    def _become(self, one: Event, right: Set[datetime], free: list[Due], said: Mapping[str, Any]) -> Event | None:
        """What an event is by the rule; a day that it is moved to is `free` no more. None where it has none."""
        after = one if one.slot in {item.slot for item in self.group.single} else replace(one, **said)
        if one.slot in right:
            return after
        due = of_week(one, free)
        if due is None:
            return None
        free.remove(due)
        return at_slot(after, due)

    def _otherwise(self, is_new: bool) -> list[Brought]:
        """Each time that is otherwise: the event of the series, where it is made already; else one by itself, and the
        rule brings none that day."""
        made = {one.slot: one for one in self.work.use(EVENTS).of_series(self.id)}
        done = []
        for item in self.group.single:
            known = made.get(item.slot)
            if known is not None and known.status is Status.PLANNED:
                became = self.parts.update(self.work, known, item)
                done.append(Brought(item.line, Became.ADDED if is_new else became))
            elif item.is_cancelled or known is not None:
                done.append(Brought(item.line, Became.ADDED if is_new else Became.SAME))
            else:
                done.append(self.parts.one(self.work, item, self.parts.event_id(item), self.later))
                self._exclude(item)
        return done

    def _exclude(self, item: Item) -> None:
        series = self.work.use(EVENTS).series(self.id)
        if series is not None and (day := self._day(item)) is not None and day not in series.excluded:
            self.work.use(EVENTS).keep_series(replace(series, excluded=series.excluded | {day}))

    def _series(self, known: Series | None = None) -> Series:
        """As the file has it. Days are left out, too, whose event was cancelled or stands by itself; past
        ones stay as they were."""
        rhythm, today = self.rhythm, local_day(self.work.at, self.rhythm.zone)
        apart = {day for day in known.excluded if day < today} if known else set[date]()
        for item in self.group.single:
            stands = self.work.use(EVENTS).event(self.parts.event_id(item)) is not None
            if (item.is_cancelled or stands) and (day := self._day(item)) is not None:
                apart.add(day)
        blank = known or Series(self.id, "", rhythm.first, rhythm.at, rhythm.zone, skips_bank_holidays=False)
        when = replace(blank, rule=rhythm.rule, first=rhythm.first, at=rhythm.at, zone=rhythm.zone)
        return replace(when, excluded=rhythm.excluded | apart)

    def _day(self, item: Item) -> date | None:
        return local_day(item.slot, self.rhythm.zone) if item.slot else None

    def _template(self) -> Event:
        return event_of(self.main, self.id, self.parts.source, self.work.at)

    def _coming(self) -> list[Event]:
        """Those that are planned and have not begun."""
        found = self.work.use(EVENTS).of_series(self.id)
        return [one for one in found if one.slot and one.slot > self.work.at and one.is_open(self.work.at)]

    def _wait(self) -> None:
        """The next of them is posted when it is time."""
        coming = sorted(self._coming(), key=lambda one: one.starts_at)
        if coming and not coming[0].told and self.work.use(TIMERS).at(REDRAW, coming[0].id) is None:
            self.parts.making.posting.post_later(self.work, coming[0], self.later)


def _different(item: Item, known: Event) -> dict[str, Any]:
    """What the file says otherwise. A link that it does not know stays."""
    said = {name: getattr(item, name) for name in _SAID}
    return {name: value for name, value in said.items() if value != getattr(known, name) and (value or name != "link")}


def _is_ours(work: Work, uid: str) -> bool:
    """Whether this network made that name: a member's own file, brought back."""
    kind, _, rest = uid.removesuffix(f"@{DOMAIN}").partition("-")
    if not uid.endswith(f"@{DOMAIN}") or kind not in ("event", "series"):
        return False
    try:
        id = ids.read(rest)
    except ValueError:
        return False
    return (work.use(EVENTS).event(id) or work.use(EVENTS).series(id)) is not None

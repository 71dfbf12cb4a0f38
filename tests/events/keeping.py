"""What events keep, as dictionaries."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from bot.chat.ids import Id
from bot.events.model import Choices, Event, Place, Rsvp, Series, Status

_DATED = (Status.PLANNED, Status.CANCELLED)


@dataclass
class Diary:
    """Everything that is kept of events."""

    events: dict[Id, Event] = field(default_factory=dict)
    series: dict[Id, Series] = field(default_factory=dict)
    joined: dict[tuple[Id, Id], datetime] = field(default_factory=dict)
    rsvps: dict[tuple[Id, Id], Rsvp] = field(default_factory=dict)
    choices: dict[Id, Choices] = field(default_factory=dict)
    feeds: dict[Id, bytes] = field(default_factory=dict)


class MemoryEvents:
    def __init__(self, diary: Diary) -> None:
        self._kept = diary

    def event(self, id: Id) -> Event | None:
        return self._kept.events.get(id)

    def hold(self, id: Id) -> Event | None:
        return self.event(id)

    def keep(self, event: Event) -> None:
        self._kept.events[event.id] = event

    def between(self, first: datetime, last: datetime) -> Sequence[Event]:
        return _sorted(
            one for one in self._kept.events.values() if one.status in _DATED and first <= one.starts_at < last
        )

    def drafts(self) -> Sequence[Event]:
        return _sorted(one for one in self._kept.events.values() if one.status is Status.DRAFT)

    def drop(self, id: Id) -> None:
        self._kept.events.pop(id, None)

    def series(self, id: Id) -> Series | None:
        return self._kept.series.get(id)

    def all_series(self) -> Sequence[Series]:
        return [one for one in self._kept.series.values() if not one.ended]

    def keep_series(self, series: Series) -> None:
        self._kept.series[series.id] = series

    def of_series(self, id: Id) -> Sequence[Event]:
        found = [one for one in self._kept.events.values() if one.series == id and one.status in _DATED]
        return sorted(found, key=lambda one: (one.slot or one.starts_at, one.id))

    def joined(self, series: Id) -> Sequence[Id]:
        found = sorted((at, member) for (one, member), at in self._kept.joined.items() if one == series)
        return [member for _, member in found]

    def join(self, series: Id, member: Id, at: datetime) -> None:
        self._kept.joined.setdefault((series, member), at)

    def unjoin(self, series: Id, member: Id) -> None:
        self._kept.joined.pop((series, member), None)

    def series_of(self, member: Id) -> Sequence[Id]:
        return sorted(series for series, one in self._kept.joined if one == member)

    def rsvp(self, event: Id, member: Id) -> Rsvp | None:
        return self._kept.rsvps.get((event, member))

    def rsvps(self, event: Id) -> Sequence[Rsvp]:
        found = [one for one in self._kept.rsvps.values() if one.event == event]
        return sorted(found, key=lambda one: (one.since, one.member))

    def line(self, event: Id, member: Id | None = None) -> tuple[int, Sequence[Rsvp]]:
        found = self.rsvps(event)
        line = [one for one in found if one.place in (Place.WAITING, Place.OFFERED) or one.member == member]
        return sum(one.place is Place.HELD and one.member != member for one in found), line

    def rsvps_of(self, member: Id, since: datetime) -> Mapping[Id, Rsvp]:
        first = since - timedelta(days=2)
        mine = [one for one in self._kept.rsvps.values() if one.member == member]
        return {one.event: one for one in mine if self._kept.events[one.event].starts_at >= first}

    def answer(self, rsvp: Rsvp) -> None:
        self._kept.rsvps[rsvp.event, rsvp.member] = replace(rsvp)

    def choices(self, member: Id) -> Choices:
        return self._kept.choices.get(member, Choices(member))

    def choose(self, choices: Choices) -> None:
        self._kept.choices[choices.member] = choices

    def feed(self, member: Id) -> bytes | None:
        return self._kept.feeds.get(member)

    def set_feed(self, member: Id, token: bytes | None) -> None:
        self._kept.feeds.pop(member, None)
        if token is not None:
            self._kept.feeds[member] = token

    def by_feed(self, token: bytes) -> Id | None:
        return next((member for member, one in self._kept.feeds.items() if one == token), None)

    def forget_before(self, at: datetime) -> None:
        old = {id for id, one in self._kept.events.items() if one.starts_at < at}
        self._kept.events = {id: one for id, one in self._kept.events.items() if id not in old}
        self._kept.rsvps = {key: one for key, one in self._kept.rsvps.items() if key[0] not in old}


def _sorted(events: Iterable[Event]) -> list[Event]:
    return sorted(events, key=lambda one: (one.starts_at, one.id))

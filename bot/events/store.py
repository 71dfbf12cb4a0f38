"""What is kept of events."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from bot.chat.ids import Id
from bot.core.work import Look, Store
from bot.events.model import Choices, Event, Rsvp, Series


class Events(Protocol):
    """Events and series, what members said to them, and what they chose about reminders."""

    def event(self, id: Id) -> Event | None: ...

    def hold(self, id: Id) -> Event | None:
        """The event, which nobody else changes until this unit is over: before places are counted."""
        ...

    def keep(self, event: Event) -> None:
        """Write a new event, or an old one anew."""
        ...

    def between(self, first: datetime, last: datetime) -> Sequence[Event]:
        """Planned and cancelled events that begin from `first` on and before `last`, the soonest first."""
        ...

    def drafts(self) -> Sequence[Event]:
        """All drafts, the soonest first; those that would change an event, too."""
        ...

    def drop(self, id: Id) -> None:
        """Forget a draft, or a pattern."""
        ...

    def series(self, id: Id) -> Series | None: ...

    def all_series(self) -> Sequence[Series]:
        """Those that have not ended."""
        ...

    def keep_series(self, series: Series) -> None: ...

    def drop_series(self, id: Id) -> None:
        """Forget a series without events."""
        ...

    def of_series(self, id: Id) -> Sequence[Event]:
        """Its planned and cancelled events, the earliest slot first."""
        ...

    def joined(self, series: Id) -> Sequence[Id]:
        """Who said yes to all events of a series, in the order they did."""
        ...

    def join(self, series: Id, member: Id, at: datetime) -> None: ...

    def unjoin(self, series: Id, member: Id) -> None: ...

    def series_of(self, member: Id) -> Sequence[Id]:
        """The series they said yes to."""
        ...

    def rsvp(self, event: Id, member: Id) -> Rsvp | None: ...

    def rsvps(self, event: Id) -> Sequence[Rsvp]:
        """All answers to an event, whoever took their turn first in front."""
        ...

    def line(self, event: Id, member: Id | None = None) -> tuple[int, Sequence[Rsvp]]:
        """Who waits or is offered a place, and that member's own answer, whoever took their turn first in front; and
        how many others hold a place. As it is at that moment, not as it was before the event was held."""
        ...

    def rsvps_of(self, member: Id, since: datetime) -> Mapping[Id, Rsvp]:
        """By event, a member's answers to events that are not over at `since`."""
        ...

    def answer(self, rsvp: Rsvp) -> None:
        """Write an answer, or a changed one over the earlier."""
        ...

    def choices(self, member: Id) -> Choices:
        """What they chose; the defaults of whoever chose nothing."""
        ...

    def choose(self, choices: Choices) -> None: ...

    def forget_before(self, at: datetime) -> None:
        """Forget events that began before then, and who came; and series that have ended, with the last of them."""
        ...


EVENTS = Store[Events]("events")


def look_event(event: Id) -> Look:
    """Announce that a unit will ask for this event."""
    return Look("event", event)

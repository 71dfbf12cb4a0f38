"""Events: dated meetings, who comes, who waits for a place, and what each member chose about reminders."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from bot.chat.ids import Id
from bot.core.terms import Nation, Terms
from bot.core.work import Fact
from bot.members.model import EVERYONE, Audience

MOST_TITLE = 55
"""Characters: it must fit, with "Yes to …", on a button."""
MOST_DESCRIPTION = 1000
MOST_PLACE = 150
MOST_THEME = 60
MOST_LINK = 500
SUPPORT_PLACES = 8
"""People in a peer support session, its host among them: as many as a group message holds on Slack."""
LENGTHS = (15, 30, 45, 60, 75, 90, 120, 150, 180, 240, 360, 480)
"""Minutes that an event can take."""
MOST_PLACES = 10_000
LINK_SHOWN = timedelta(hours=1)
"""How long before the start a link is shown that the host would rather not show earlier."""


@dataclass(frozen=True)
class EventSettings:
    """What the network says of events: its `zone`, the `nation` whose terms and bank holidays count, and the platforms
    on which there is a channel for `posts`, and a calendar of the platform's own to be filled."""

    zone: str
    nation: Nation
    terms: Terms
    posts: tuple[str, ...] = ()
    calendars: tuple[str, ...] = ()


class Sort(StrEnum):
    """What kind of event it is."""

    MEETING = "meeting"
    SUPPORT = "support"
    """A peer support session: a listener hosts it, eight people at most, the agreement shown before joining."""


class Status(StrEnum):
    """How far an event has come."""

    DRAFT = "draft"
    """Written by an organiser, and seen by organisers alone."""
    PLANNED = "planned"
    CANCELLED = "cancelled"
    PATTERN = "pattern"
    """No event: what those of a series are made like, kept under the series' own identifier."""


@dataclass(frozen=True)
class Series:
    """Events that come again: `rule` is an RFC 5545 RRULE without its start, read on the wall clock of `zone` from the
    local day `first` at `at`. `made_until`: the last local day for which its events have been made. `ended`: no more of
    them are made. `excluded`: local days on which it does not take place, though the rule says so (EXDATE)."""

    id: Id
    rule: str
    first: date
    at: time
    zone: str
    term_only: bool = False
    skips_bank_holidays: bool = True
    made_until: date | None = None
    ended: bool = False
    excluded: frozenset[date] = frozenset()


@dataclass(frozen=True)
class Event:
    """One dated meeting. Instants are UTC; `zone` is the wall clock by which it was planned.

    `place` is shown to everybody it is for; `link` only to those who said yes, with `link_late` from an hour before.
    `capacity` None: as many as like. `slot`: of one in a series, when the rule would have it (its RECURRENCE-ID),
    wherever it was moved. `sequence` rises with every change that matters to a calendar (RFC 5545). `changed_at`: when
    an organiser last touched it. `edits`: of a draft, the planned event that it would change. `told` counts how often
    its post was drawn, 0: it does not stand in a channel; `band` is how many it said were coming. `source`: the
    calendar from which it was imported.
    """

    id: Id
    title: str
    starts_at: datetime
    minutes: int
    zone: str
    status: Status = Status.DRAFT
    sort: Sort = Sort.MEETING
    description: str = ""
    place: str = ""
    link: str = ""
    link_late: bool = False
    theme: str = ""
    host: Id | None = None
    audience: Audience = EVERYONE
    capacity: int | None = None
    series: Id | None = None
    slot: datetime | None = None
    sequence: int = 0
    changed_at: datetime | None = None
    edits: Id | None = None
    told: int = 0
    band: int = 0
    source: Id | None = None

    @property
    def ends_at(self) -> datetime:
        """When it is over."""
        return self.starts_at + timedelta(minutes=self.minutes)

    def is_open(self, at: datetime) -> bool:
        """Whether one can still say yes: it is planned, and has not begun."""
        return self.status is Status.PLANNED and at < self.starts_at


def is_link(text: str) -> bool:
    """Whether it may be the link of an event."""
    return text.startswith("https://") and len(text) <= MOST_LINK and text.isprintable() and " " not in text


class Answer(StrEnum):
    """What somebody says to an event."""

    YES = "yes"
    MAYBE = "maybe"
    """Holds no place."""
    NO = "no"


class Place(StrEnum):
    """How a yes stands."""

    NONE = "none"
    """No place, and not waiting for one: whoever said maybe or no."""
    HELD = "held"
    WAITING = "waiting"
    OFFERED = "offered"
    """A place came free, and is kept for them until `offered_until`: it counts as taken."""


class Came(StrEnum):
    """What the host put down afterwards; theirs and the member's own to see."""

    CAME = "came"
    MISSED = "missed"


@dataclass(frozen=True)
class Rsvp:
    """What a member said to an event. `since`: when they took their turn, first come first served. `turn` counts how
    often reminders were promised or an offer was made, so that one that was taken back can be made again. `lapsed`: an
    offer was not taken, and none is made again unless they say yes anew."""

    event: Id
    member: Id
    answer: Answer
    place: Place
    since: datetime
    turn: int = 1
    offered_until: datetime | None = None
    lapsed: bool = False
    came: Came | None = None

    @property
    def takes(self) -> bool:
        """Whether it takes one of the places."""
        return self.place in (Place.HELD, Place.OFFERED)


class Before(StrEnum):
    """How long before an event somebody likes to be reminded."""

    WEEK = "7d"
    DAY = "24h"
    HOUR = "1h"
    MINUTES = "10min"


BEFORE = {
    Before.WEEK: timedelta(days=7),
    Before.DAY: timedelta(days=1),
    Before.HOUR: timedelta(hours=1),
    Before.MINUTES: timedelta(minutes=10),
}


@dataclass(frozen=True)
class Choices:
    """What a member chose about events. `reminds`: none is a choice, too. `when_away`: whether promised reminders come
    during a pause; None: not asked yet, and they do."""

    member: Id
    reminds: frozenset[Before] = frozenset({Before.HOUR})
    when_away: bool | None = None


@dataclass(frozen=True)
class EventPlanned(Fact):
    """An event can be answered from now on. Those of a series are made ahead, each with a fact of its own."""

    event: Event


@dataclass(frozen=True)
class EventChanged(Fact):
    """An organiser changed an event that was planned already. `along_with`: of several in a series that are changed at
    once, the first that is to come; whoever hears of that one need not hear of the others. `follows`: it is that one,
    and there are others."""

    before: Event
    after: Event
    along_with: Id | None = None
    follows: bool = False


@dataclass(frozen=True)
class EventCancelled(Fact):
    """An event that was planned does not take place. `along_with` and `follows`: as in EventChanged."""

    event: Event
    along_with: Id | None = None
    follows: bool = False


@dataclass(frozen=True)
class AnswersChanged(Fact):
    """Somebody said something else to an event than before, or lost or got a place: what is shown of it may be old."""

    event: Id

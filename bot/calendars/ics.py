"""Events as calendars have them (RFC 5545): one file for each yes, and everything somebody comes to as a feed.

Nobody else is in it: no ATTENDEE, no ORGANIZER. Times stand on the wall clock of their zone, which comes with both its
halves, so that a programme that knows no zones keeps nine o'clock where it was when the clocks change.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from bot.calendars.zones import changes
from bot.chat.ids import show
from bot.core.walltime import zone_of
from bot.events.model import Answer, Event, Series, Status

if TYPE_CHECKING:
    import icalendar

DOMAIN = "headsup"
"""Behind each UID: identifiers are random, so that no two networks share one."""
_PRODUCT = "-//HeadsUp//HeadsUp//EN"
_REFRESH = timedelta(hours=1)
_MINUTE = timedelta(minutes=1)
_EPOCH = datetime(2020, 1, 1, tzinfo=UTC)
_YEAR = timedelta(days=366)


@dataclass(frozen=True)
class Entry:
    """An event in somebody's calendar. `since`: when they last answered; `shows_link`: it may stand there."""

    event: Event
    answer: Answer
    since: datetime
    shows_link: bool = False


@dataclass(frozen=True)
class Run:
    """A series that somebody comes to as a whole, with those of its events that they come to, by their slots."""

    series: Series
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Said:
    """The words in a calendar: its `name`, and what stands instead of titles, "" to show them."""

    name: str
    busy: str = ""


def calendar(entries: Sequence[Entry], runs: Sequence[Run], said: Said, at: datetime) -> bytes:
    """The whole calendar, as it is at that moment."""
    import icalendar  # a fifth of a second to load, and not needed before somebody wants a calendar

    made = icalendar.Calendar()
    for name, value in (("prodid", _PRODUCT), ("version", "2.0"), ("method", "PUBLISH"), ("x-wr-calname", said.name)):
        made.add(name, value)
    made.add("refresh-interval", _REFRESH, parameters={"VALUE": "DURATION"})
    everything = [*entries, *(entry for run in runs for entry in run.entries)]
    for zone in sorted({entry.event.zone for entry in everything}):
        made.add_component(_timezone(zone, [entry.event for entry in everything if entry.event.zone == zone]))
    for entry in entries:
        made.add_component(_single(entry, said, at))
    for run in runs:
        for component in _run(run, said, at):
            made.add_component(component)
    return bytes(made.to_ical())


def uid(event: Event) -> str:
    """The name under which a calendar knows the event, whatever becomes of it."""
    return f"event-{show(event.id)}@{DOMAIN}"


def _single(entry: Entry, said: Said, at: datetime) -> "icalendar.Event":
    made = _event(entry, said, at)
    made.add("uid", uid(entry.event))
    made.add("sequence", entry.event.sequence)
    return made


def _event(entry: Entry, said: Said, at: datetime) -> "icalendar.Event":
    """All but what says which one it is, and how new."""
    import icalendar

    event, made = entry.event, icalendar.Event()
    made.add("dtstamp", at)
    made.add("last-modified", max(entry.since, event.changed_at or entry.since))
    made.add("dtstart", _local(event.starts_at, event.zone))
    made.add("dtend", _local(event.ends_at, event.zone))
    made.add("summary", said.busy or event.title)
    made.add("status", _status(entry))
    made.add("transp", "OPAQUE" if entry.answer is Answer.YES else "TRANSPARENT")
    if not said.busy:
        for name, value in (("description", event.description), ("location", _where(entry))):
            if value:
                made.add(name, value)
    return made


def _status(entry: Entry) -> str:
    if entry.event.status is Status.CANCELLED:
        return "CANCELLED"
    return "CONFIRMED" if entry.answer is Answer.YES else "TENTATIVE"


def _where(entry: Entry) -> str:
    link = entry.event.link if entry.shows_link else ""
    return ", ".join(filter(None, (entry.event.place, link)))


def _run(run: Run, said: Said, at: datetime) -> Iterator["icalendar.Event"]:
    """The rule with the dates on which it does not hold, and each event that is not as the rule would have it."""
    if not run.entries:
        return
    entries = sorted(run.entries, key=lambda entry: _slot(entry.event))
    usual = next((one for one in entries if _is_as_planned(one.event)), entries[0])
    series, newness = run.series, _newness(entries)
    name = f"series-{show(series.id)}@{DOMAIN}"
    first = entries[0].event
    master = _event(Entry(_at_slot(usual.event, first), usual.answer, usual.since, usual.shows_link), said, at)
    master.add("uid", name)
    master.add("sequence", newness)
    master.add("rrule", _rule(series, _slot(entries[-1].event)))
    for gap in _gaps(series, [_slot(entry.event) for entry in entries]):
        master.add("exdate", _local(gap, series.zone))
    yield master
    for entry in entries:
        if _differs(entry, usual):
            changed = _event(entry, said, at)
            changed.add("uid", name)
            changed.add("sequence", newness)
            changed.add("recurrence-id", _local(_slot(entry.event), series.zone))
            yield changed


def _at_slot(usual: Event, first: Event) -> Event:
    return replace(usual, starts_at=_slot(first), status=Status.PLANNED)


def _slot(event: Event) -> datetime:
    return event.slot or event.starts_at


def _is_as_planned(event: Event) -> bool:
    return event.status is Status.PLANNED and _slot(event) == event.starts_at


def _differs(entry: Entry, usual: Entry) -> bool:
    """Whether it has to be said apart from the rule."""
    one, other = entry.event, usual.event
    same = (one.title, one.minutes, one.description, _where(entry), entry.answer)
    return not _is_as_planned(one) or same != (
        other.title,
        other.minutes,
        other.description,
        _where(usual),
        usual.answer,
    )


def _newness(entries: Iterable[Entry]) -> int:
    """A number that rises whenever anything in the run is changed: minutes since 2020 of the latest change. A minute
    is what changes are told apart by; two within one have one number, and the second has the newer DTSTAMP."""
    latest = max(max(entry.since, entry.event.changed_at or entry.since) for entry in entries)
    return (latest - _EPOCH) // _MINUTE


def _rule(series: Series, until: datetime) -> Any:
    """The rule as far as its events are made: what it would bring later may yet be otherwise."""
    import icalendar

    parts = [part for part in series.rule.split(";") if part.partition("=")[0].upper() not in ("COUNT", "UNTIL")]
    return icalendar.vRecur.from_ical(";".join([*parts, f"UNTIL={until:%Y%m%dT%H%M%SZ}"]))


def _gaps(series: Series, slots: Sequence[datetime]) -> list[datetime]:
    """When the rule comes round between the first slot and the last, and nothing takes place for this member."""
    from dateutil.rrule import rrulestr

    zone, there = zone_of(series.zone), set(slots)
    first, last = (slot.astimezone(zone).replace(tzinfo=None) for slot in (slots[0], slots[-1]))
    rule = ";".join(p for p in series.rule.split(";") if p.partition("=")[0].upper() not in ("COUNT", "UNTIL"))
    walls = rrulestr(rule, dtstart=first).between(first, last, inc=True)
    found = [wall.replace(tzinfo=zone).astimezone(UTC) for wall in walls]
    return [one for one in found if one not in there]


def _local(at: datetime, zone: str) -> datetime:
    return at.astimezone(zone_of(zone))


def _timezone(zone: str, events: Sequence[Event]) -> "icalendar.Timezone":
    """The zone from a year before the first of these events to a year after the last: each change of its clocks at the
    moment it happens, on the clock as it was before (RFC 5545, 3.6.5)."""
    import icalendar

    made = icalendar.Timezone()
    made.add("tzid", zone)
    first, last = min(_slot(event) for event in events), max(event.ends_at for event in events)
    for change in changes(zone, first - _YEAR, last + _YEAR):
        half = icalendar.TimezoneDaylight() if change.is_summer else icalendar.TimezoneStandard()
        half.add("dtstart", change.wall)
        half.add("tzoffsetfrom", change.before)
        half.add("tzoffsetto", change.after)
        half.add("tzname", change.name)
        made.add_component(half)
    return made

"""A file for one event, an address for all of them, and what is fetched there."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.calendars import views
from bot.calendars.actions import AddToCalendar, EndAddress, NewAddress, OpenCalendar, ShowTitles
from bot.calendars.ics import Entry, Run, Said, calendar
from bot.calendars.model import CalendarSettings
from bot.calendars.store import CALENDARS
from bot.chat.address import Guest
from bot.chat.ids import Id, show
from bot.chat.outbound import NOTHING, Reply
from bot.chat.view import View
from bot.core.errors import Refusal
from bot.core.feature import Call
from bot.core.outbox import Kind, Letter
from bot.core.work import Work
from bot.events.model import LINK_SHOWN, Answer, Event, Place, Rsvp, Status
from bot.events.store import EVENTS

PAST = timedelta(days=31)
"""How long events that are over stay in what is fetched."""
_AGAIN_AFTER = timedelta(minutes=10)


@dataclass(frozen=True)
class CalendarRoom:
    """The handlers, and what they need by value."""

    settings: CalendarSettings

    def open(self, work: Work, call: Call, action: OpenCalendar) -> Reply:
        """What there is of it, and what can be changed."""
        return Reply(view=self._shown(work, call.me))

    def add(self, work: Work, call: Call, action: AddToCalendar) -> Reply:
        """A file with that one event, to the account that asked: the link may stand in it."""
        event, rsvp = work.use(EVENTS).event(action.event), work.use(EVENTS).rsvp(action.event, call.me)
        if event is None or rsvp is None or not _stands(rsvp):
            raise Refusal(views.not_coming())
        content = calendar([_entry(event, rsvp, work.at)], (), Said(views.name()), work.at)
        key = f"calendar:{show(event.id)}:{show(call.me)}:{event.sequence}:{rsvp.turn}:{show(work.new_id())}"
        until, said = work.at + _AGAIN_AFTER, views.file_letter(event.title, content)
        work.post(Letter(key, Guest(call.who), said, Kind.ANSWER, work.at, until))
        return Reply(view=views.file_sent())

    def new_address(self, work: Work, call: Call, action: NewAddress) -> Reply:
        """An address, shown this once; an earlier one ends."""
        if not self.settings.url:
            raise Refusal(views.files_only())
        address = work.use(CALENDARS).new_address(call.me, work.dice.getrandbits(63))
        return Reply(view=views.address(f"{self.settings.url.rstrip('/')}/{address}.ics"))

    def end_address(self, work: Work, call: Call, action: EndAddress) -> Reply:
        """Nobody can fetch anything any more."""
        work.use(CALENDARS).end_address(call.me)
        return Reply(replace=self._shown(work, call.me))

    def show_titles(self, work: Work, call: Call, action: ShowTitles) -> Reply:
        """Titles, or "Busy"."""
        work.use(CALENDARS).show_titles(call.me, action.yes == 1)
        return Reply(replace=self._shown(work, call.me))

    def fetch(self, work: Work, address: str) -> Reply:
        """What a calendar programme gets: a file; nothing where nobody has that address."""
        member = work.use(CALENDARS).by_address(address)
        if member is None:
            return NOTHING
        return Reply(view=View((views.file(views.name(), _everything(work, member)),)))

    def _shown(self, work: Work, member: Id) -> View:
        return views.shown(work.use(CALENDARS).of(member), bool(self.settings.url))


def _everything(work: Work, member: Id) -> bytes:
    """All that somebody comes to, or perhaps; a series that they come to as a whole stands in it as one."""
    said = Said(views.name(), "" if work.use(CALENDARS).of(member).shows_titles else views.busy())
    entries = {entry.event.id: entry for entry in _entries(work, member)}
    runs = [run for series in work.use(EVENTS).series_of(member) if (run := _run(work, series, entries)) is not None]
    apart = {entry.event.id for run in runs for entry in run.entries}
    single = sorted((one for id, one in entries.items() if id not in apart), key=_by_time)
    return calendar(single, runs, said, work.at)


def _run(work: Work, id: Id, entries: Mapping[Id, Entry]) -> Run | None:
    series = work.use(EVENTS).series(id)
    mine = tuple(entry for entry in entries.values() if entry.event.series == id)
    return Run(series, mine) if series is not None and mine else None


def _entries(work: Work, member: Id) -> Iterator[Entry]:
    for rsvp in work.use(EVENTS).rsvps_of(member, work.at - PAST).values():
        event = work.use(EVENTS).event(rsvp.event)
        if event is not None and event.status is not Status.DRAFT and _stands(rsvp):
            yield _entry(event, rsvp, work.at)


def _entry(event: Event, rsvp: Rsvp, at: datetime) -> Entry:
    has_place = rsvp.answer is Answer.YES
    return Entry(
        event, rsvp.answer, rsvp.since, has_place and (not event.link_late or event.starts_at - at <= LINK_SHOWN)
    )


def _stands(rsvp: Rsvp) -> bool:
    """Whether it belongs into a calendar: a place, or a perhaps. Who waits for a place has nothing to keep free."""
    return rsvp.answer is Answer.MAYBE or (rsvp.answer is Answer.YES and rsvp.place is Place.HELD)


def _by_time(entry: Entry) -> tuple[datetime, Id]:
    return entry.event.starts_at, entry.event.id

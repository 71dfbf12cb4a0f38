"""The door plate of events in one's own calendar."""

from datetime import UTC, datetime

from bot.calendars import views
from bot.calendars.actions import AddToCalendar, EndAddress, NewAddress, OpenCalendar, ShowTitles
from bot.calendars.flow import CalendarRoom
from bot.calendars.ics import Entry, Said, calendar
from bot.calendars.model import Calendar, CalendarSettings
from bot.chat.ids import Id
from bot.chat.view import Button, Buttons, View
from bot.core.feature import Feature, On, Sample, refusal
from bot.events.model import Answer, Event, Status


def feature(settings: CalendarSettings) -> Feature:
    """A file for each yes; where the network says from where, an address for all of them."""
    room = CalendarRoom(settings)
    return Feature(
        name="calendars",
        package="bot.calendars",
        actions=(
            On(OpenCalendar, room.open, reads=True),
            On(AddToCalendar, room.add),
            On(NewAddress, room.new_address),
            On(EndAddress, room.end_address),
            On(ShowTitles, room.show_titles),
        ),
        fetched=room.fetch,
        samples=samples,
    )


def add_buttons(event: Id) -> tuple[Button, ...]:
    """The way of one event into a member's own calendar, for the room of events."""
    return (views.add_button(event),)


def open_buttons() -> tuple[Button, ...]:
    """The way there."""
    return (views.open_button(),)


def samples() -> tuple[Sample, ...]:
    """Everything this room can show."""
    mine, at = Calendar(Id(1)), datetime(2026, 11, 28, 9, 30, tzinfo=UTC)
    coffee = Event(Id(7), "Saturday coffee", at, 60, "Europe/London", Status.PLANNED)
    content = calendar([Entry(coffee, Answer.YES, at)], (), Said(views.name(), views.busy()), at)
    return (
        Sample("Calendar, without an address", views.shown(mine, is_offered=True)),
        Sample("Calendar, with one", views.shown(Calendar(Id(1), True, True), is_offered=True)),
        Sample("Calendar, files only", views.shown(mine, is_offered=False)),
        Sample("Calendar, a new address", views.address("https://calendar.example.org/A1b2C3d4E5f6G7h8I9j0K_.ics")),
        Sample("Calendar, a file", views.file_letter(coffee.title, content)),
        Sample("Calendar, a file is on its way", views.file_sent()),
        Sample("Calendar, the buttons elsewhere", View((Buttons((views.add_button(coffee.id), views.open_button())),))),
        refusal("Calendar, nothing to put into it", views.not_coming()),
    )

"""A calendar in the events room: once, again, changed; and nobody who said yes is forgotten."""

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TypeVar
from zoneinfo import ZoneInfo

from bot.calendars.bringing import Brought, bringing, gone
from bot.calendars.ics import Entry, Run, Said, calendar
from bot.calendars.importing import read_calendar
from bot.chat.form import OneOf
from bot.chat.ids import Id
from bot.core.work import Work
from bot.events.actions import KeepBasics
from bot.events.attending import Attending
from bot.events.forms import basics_form
from bot.events.model import Answer, Event, Status
from bot.events.posting import REDRAW
from bot.events.series import Making
from bot.events.store import EVENTS
from tests.calendars.files import COFFEE, EVENINGS, MOVED, but, file
from tests.events.hall import DAY, HOUR, NOW, POLICY, SATURDAY, SETTINGS, ZONE, Hall, words

T = TypeVar("T")
WEEK = timedelta(weeks=1)
WEDNESDAY = datetime(2026, 11, 18, 19, tzinfo=UTC)
OLD = Event(Id(700), "Another", SATURDAY, 60, ZONE, Status.PLANNED)


def name(text: str) -> Id:
    """Stands in for the house's keyed hash."""
    return Id(random.Random(text).getrandbits(63))


class Imports(Hall):
    """A network with an operator who has a calendar."""

    def __init__(self) -> None:
        super().__init__(OLD)
        self.gone: list[str] = []

    async def bring(self, *entries: tuple[str, ...], called: str = "Network") -> list[str]:
        """What became of each entry."""
        return await self.take(file(*entries, name=called))

    async def take(self, content: bytes) -> list[str]:
        read = read_calendar(content, ZONE, self.at)
        brings = bringing(SETTINGS, name, read.name, Attending(POLICY).join_all)
        done: list[Brought] = []
        for group in read.groups:
            done += await self.asked(partial(lambda work, group: brings.bring(work, group, work.at), group=group))
        missing = await self.asked(lambda work: gone(work, brings, read))
        self.gone = [one.title for one in missing]
        self.promised()
        lost = [(one.line, "wrong") for one in read.wrong] + [(one.line, "left") for one in read.left]
        return [became for _, became in sorted([*((one.line, one.became.value) for one in done), *lost])]

    async def asked(self, run: Callable[[Work], T]) -> T:
        found: list[T] = []
        await self.do(lambda work: found.append(run(work)))
        return found[-1]

    def all(self, title: str = "") -> list[Event]:
        """What takes place, the soonest first, without what was there before."""
        found = self.work().use(EVENTS).between(self.at - WEEK, self.at + 100 * WEEK)
        return [one for one in found if one.status is Status.PLANNED and one.id != OLD.id and title in one.title]

    @property
    def rows(self) -> object:
        return (dict(self.diary.events), dict(self.diary.series), dict(self.storage.world.timers))


async def test_a_calendar_comes_in_and_a_second_time_changes_nothing() -> None:
    hall = Imports()
    assert await hall.bring(COFFEE, EVENINGS, MOVED) == ["added", "added", "added"]
    coffee = hall.all("coffee")
    assert [one.starts_at for one in coffee] == [datetime(2026, 11, 21, 9, 30, tzinfo=UTC)]
    evenings = hall.all("evening")
    assert [one.starts_at for one in evenings][:4] == [
        WEDNESDAY - WEEK,
        WEDNESDAY,
        WEDNESDAY + WEEK,
        WEDNESDAY + 2 * WEEK + DAY,
    ]
    assert {f"{one.starts_at:%d %b}" for one in evenings}.isdisjoint({"02 Dec", "23 Dec", "30 Dec"})
    before = hall.rows
    assert await hall.bring(COFFEE, EVENINGS, MOVED) == ["same", "same", "same"]
    assert hall.rows == before
    assert hall.gone == []


async def test_what_is_left_out_stays_out_when_more_are_made() -> None:
    hall = Imports()
    entry = but(EVENINGS, "EXDATE;TZID=Europe/London:20261223T190000,20270317T190000")
    await hall.bring(entry)
    hall.at += 10 * WEEK
    making = Making(SETTINGS, None, lambda work, event: None)  # type: ignore[arg-type]  # it posts nothing here
    (series,) = hall.diary.series.values()
    dues = making.dues(series, NOW, NOW + 26 * WEEK, 30)
    days = {f"{due.day:%d %b}" for due in dues}
    assert days.isdisjoint({"23 Dec", "17 Mar"})
    assert {"24 Mar", "31 Mar"} <= days
    assert {due.at.astimezone(ZoneInfo(ZONE)).hour for due in dues} == {19}
    assert len({due.at.hour for due in dues}) == 2, "there is a change of clocks in it"


async def test_what_changed_is_changed_and_who_said_yes_hears_once() -> None:
    hall = Imports()
    priya = hall.member("Priya Shah")
    await hall.bring(COFFEE, EVENINGS)
    (coffee,) = hall.all("coffee")
    await hall.say(priya, Answer.YES, coffee)
    for evening in hall.all("evening")[:3]:
        await hall.say(priya, Answer.YES, evening)
    assert await hall.bring(but(COFFEE, "DTSTART:20261121T103000", "DTEND:20261121T113000"), EVENINGS) == [
        "changed",
        "same",
    ]
    (moved,) = hall.all("coffee")
    assert (moved.id, moved.starts_at - coffee.starts_at, moved.sequence) == (coffee.id, HOUR, 1)
    assert hall.rsvp(priya, coffee)
    assert [("10:30" in words(one)) for one in hall.to(priya, "event-changed:")] == [True]
    renamed = but(EVENINGS, "LOCATION:The Library")
    assert await hall.bring(COFFEE, renamed) == ["changed", "changed"]
    assert {one.place for one in hall.all("evening")} == {"The Library"}
    about_evenings = [one for one in hall.to(priya, "event-changed:") if "Library" in words(one)]
    assert len(about_evenings) == 1, "one for all of a series"


async def test_what_only_this_network_knows_stays() -> None:
    hall = Imports()
    await hall.bring(COFFEE)
    (coffee,) = hall.all("coffee")
    hall.plan(replace(coffee, capacity=5, theme="Tea", link="https://meet.example.org/x"))
    assert await hall.bring(COFFEE) == ["same"]
    assert await hall.bring(but(COFFEE, "SUMMARY:Saturday coffee and cake")) == ["changed"]
    (coffee,) = hall.all("coffee")
    assert (coffee.capacity, coffee.theme, coffee.link) == (5, "Tea", "https://meet.example.org/x")


async def test_what_is_cancelled_in_the_file_or_here_is_cancelled() -> None:
    hall = Imports()
    priya = hall.member("Priya Shah")
    await hall.bring(COFFEE, EVENINGS)
    (coffee,), (_, second, third, *_) = hall.all("coffee"), hall.all("evening")
    for event in (coffee, second):
        await hall.say(priya, Answer.YES, event)
    out = but(EVENINGS, "EXDATE;TZID=Europe/London:20261118T190000,20261223T190000,20261230T190000")
    assert await hall.bring(but(COFFEE, "STATUS:CANCELLED"), out) == ["changed", "changed"]
    assert hall.all("coffee") == []
    assert second.id not in {one.id for one in hall.all("evening")}
    assert len(hall.to(priya, "event-cancelled:")) == 2
    assert await hall.bring(COFFEE, EVENINGS) == ["same", "changed"], "what is cancelled is not called back to life"
    assert hall.all("coffee") == []
    assert second.starts_at not in [one.starts_at for one in hall.all("evening")]
    await hall.cancel(third)
    assert await hall.bring(EVENINGS) == ["same"]
    assert third.starts_at not in [one.starts_at for one in hall.all("evening")]


async def test_a_new_rhythm_moves_what_was_made_within_its_week() -> None:
    hall = Imports()
    priya = hall.member("Priya Shah")
    await hall.bring(EVENINGS)
    _, second, *_ = before = hall.all("evening")
    await hall.say(priya, Answer.YES, second)
    thursdays = but(
        EVENINGS,
        "DTSTART;TZID=Europe/London:20261008T183000",
        "DTEND;TZID=Europe/London:20261008T200000",
        "RRULE:FREQ=WEEKLY;BYDAY=TH",
        "EXDATE",
    )
    assert await hall.bring(thursdays) == ["changed"]
    after = hall.all("evening")
    assert {(one.starts_at.isoweekday(), f"{one.starts_at:%H:%M}") for one in after} == {(4, "18:30")}
    assert {one.id for one in before} <= {one.id for one in after}
    assert hall.rsvp(priya, second)
    assert len(hall.to(priya, "event-changed:")) == 1
    assert await hall.bring(thursdays) == ["same"]
    ended = but(thursdays, "RRULE:FREQ=WEEKLY;BYDAY=TH;UNTIL=20261126T235959Z")
    assert await hall.bring(ended) == ["changed"]
    assert max(one.starts_at for one in hall.all("evening")) == datetime(2026, 11, 26, 18, 30, tzinfo=UTC)


async def test_who_said_yes_to_one_that_stays_hears_of_one_that_does_not() -> None:
    hall = Imports()
    priya = hall.member("Priya Shah")
    await hall.bring(EVENINGS)
    for evening in hall.all("evening")[:2]:
        await hall.say(priya, Answer.YES, evening)
    fortnightly = but(
        EVENINGS,
        "DTSTART;TZID=Europe/London:20261014T190000",
        "DTEND;TZID=Europe/London:20261014T203000",
        "RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=WE",
    )
    assert await hall.bring(fortnightly) == ["changed"]
    assert [one.starts_at for one in hall.all("evening")][:2] == [WEDNESDAY - WEEK, WEDNESDAY + WEEK]
    assert len(hall.to(priya, "event-cancelled:")) == 1


async def test_what_is_moved_beyond_the_term_stands_by_itself_and_is_not_doubled() -> None:
    hall = Imports()
    far = but(
        MOVED,
        "RECURRENCE-ID;TZID=Europe/London:20270421T190000",
        "DTSTART;TZID=Europe/London:20270422T190000",
        "DTEND;TZID=Europe/London:20270422T203000",
    )
    assert await hall.bring(EVENINGS, far) == ["added", "added"]
    assert [one.starts_at for one in hall.all("Thursday")] == [datetime(2027, 4, 22, 18, tzinfo=UTC)]
    (series,) = hall.diary.series.values()
    assert "2027-04-21" in {day.isoformat() for day in series.excluded}
    assert await hall.bring(EVENINGS, far) == ["same", "same"]
    hall.at += 20 * WEEK
    await hall.bring(EVENINGS, far)
    spring = [one.starts_at for one in hall.all() if one.starts_at.month == 4]
    assert datetime(2027, 4, 21, 18, tzinfo=UTC) not in spring
    assert len(hall.all("Thursday")) == 1


async def test_what_stands_in_the_file_no_more_is_named_and_stays() -> None:
    hall = Imports()
    await hall.bring(COFFEE, EVENINGS, but(COFFEE, "UID:other", "SUMMARY:Another coffee"))
    assert await hall.bring(but(COFFEE, "UID:other", "SUMMARY:Another coffee")) == ["same"]
    assert hall.gone == ["Wednesday evening", "Saturday coffee"]
    assert len(hall.all("Saturday coffee")) == 1
    await hall.bring(but(COFFEE, "UID:third"), called="Another calendar")
    assert hall.gone == [], "of another calendar nothing is missing"
    await hall.bring(but(COFFEE, "DTSTART:nonsense"), EVENINGS, but(COFFEE, "UID:other", "SUMMARY:Another coffee"))
    assert hall.gone == [], "it stands there, if wrongly"


async def test_what_came_once_and_comes_again_keeps_its_first() -> None:
    hall = Imports()
    priya = hall.member("Priya Shah")
    await hall.bring(COFFEE)
    (coffee,) = hall.all("coffee")
    await hall.say(priya, Answer.YES, coffee)
    assert await hall.bring((*COFFEE, "RRULE:FREQ=WEEKLY;BYDAY=SA;COUNT=3")) == ["added"]
    assert [one.starts_at for one in hall.all("coffee")] == [coffee.starts_at + n * WEEK for n in range(3)]
    assert hall.all("coffee")[0].id == coffee.id
    assert await hall.bring(COFFEE) == ["wrong"], "its series is to be ended by somebody who looks at it"


async def test_further_dates_come_in_once() -> None:
    hall = Imports()
    dates = (*COFFEE, "RDATE:20261128T093000Z,20261205T093000Z")
    assert await hall.bring(dates) == ["added"]
    assert len(hall.all("coffee")) == 3
    assert await hall.bring(dates) == ["same"]
    assert len(hall.all("coffee")) == 3
    assert hall.gone == []


async def test_new_events_wait_for_their_week_and_are_no_flood() -> None:
    hall = Imports()
    await hall.bring(COFFEE, EVENINGS)
    (coffee,), evening = hall.all("coffee"), hall.all("evening")[0]
    timers = {about: at for (kind, about), at in hall.storage.world.timers.items() if kind == REDRAW}
    assert set(timers) == {coffee.id, evening.id}, "of a series the next"
    assert timers[coffee.id] == coffee.starts_at - WEEK
    assert hall.letters("event-post:") == []
    assert await hall.bring(but(COFFEE, "DTSTART:20261128T093000", "DTEND"), EVENINGS) == ["changed", "same"]
    assert hall.storage.world.timers[REDRAW, coffee.id] == coffee.starts_at


async def test_dates_beside_one_that_is_over_come_in_by_themselves() -> None:
    hall = Imports()
    over = but(COFFEE, "DTSTART:20261101T093000Z", "DTEND", "RDATE:20261128T093000Z,20300101T093000Z")
    assert await hall.bring(over) == ["left"]
    assert [one.starts_at for one in hall.all("coffee")] == [datetime(2026, 11, 28, 9, 30, tzinfo=UTC)]


async def test_what_is_over_in_a_series_changes_nothing_any_more() -> None:
    hall = Imports()
    await hall.bring(EVENINGS, but(MOVED, "STATUS:CANCELLED"))
    hall.at += 5 * WEEK
    assert await hall.bring(EVENINGS, but(MOVED, "STATUS:CANCELLED")) == ["same", "left"]


def test_an_event_of_any_length_can_be_changed_by_the_form() -> None:
    form = basics_form(replace(OLD, minutes=50), KeepBasics(OLD.id))
    (long,) = [field for field in form.fields if isinstance(field, OneOf)]
    assert (long.value, "50" in {one.value for one in long.options}) == ("50", True)


# Round and back


async def test_what_a_member_takes_away_can_be_brought_into_another_network() -> None:
    there, here = Imports(), Imports()
    await there.bring(COFFEE, EVENINGS, MOVED)
    entries = [Entry(one, Answer.YES, NOW, shows_link=True) for one in there.all("")]
    (series,) = there.diary.series.values()
    mine = tuple(one for one in entries if one.event.series == series.id)
    made = calendar([one for one in entries if one.event.series is None], [Run(series, mine)], Said("HeadsUp"), NOW)
    assert set(await here.take(made)) == {"added"}
    before, after = (
        [(one.title, one.starts_at, one.minutes, one.place) for one in hall.all()] for hall in (there, here)
    )
    assert before == after
    assert set(await here.take(made)) == {"same"}
    assert set(await there.take(made)) == {"left"}, "it knows its own"
    assert len(there.all()) == len(after)

"""Whatever rule, zone and sequence of edits: each member gets exactly the reminders that were promised, once, on time.

What is to be said is worked out anew by `Model`, from the issue's words: at an instant a reminder is due to whoever has
a place then, chose it, and does not pause without wanting any. Who has a place, and when events are, is what the bot
keeps at that instant; that those of a new series come when their rule says is looked at by itself.
"""

import asyncio
from calendar import monthrange
from collections import Counter
from collections.abc import Iterator
from copy import copy
from dataclasses import fields, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from hypothesis import given, note, settings, target
from hypothesis import strategies as st

from bot.chat.address import Person
from bot.chat.ids import Id, read
from bot.chat.inbound import Due, Pressed, Rang, Submitted
from bot.core.hours import Hours, quiet
from bot.core.outbox import Kind, Letter
from bot.core.post import Reader
from bot.events.actions import AnswerEvent, ApplyChange, CancelEvent, JoinSeries, KeepChoices, PostEvent, Scope
from bot.events.model import Answer, Before, Choices, Event, Place, Series, Status
from bot.events.recurring import Every, rule_text
from bot.members.model import hours_of
from tests.acting import ANNA, Somebody
from tests.conftest import DRILL
from tests.events.hall import POLICY, Hall
from tests.twins import MemoryStorage, World

EXAMPLES = 1_000 if DRILL else 8
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
LONG = {Before.WEEK: 7 * DAY, Before.DAY: DAY, Before.HOUR: HOUR, Before.MINUTES: 10 * MINUTE}
LIFE = timedelta(weeks=7)
FIRST = Id(900)
K = TypeVar("K", bound=Any)
Said = tuple[Id, Id, datetime]
"""To whom, of which event, when."""


@lru_cache(maxsize=50_000)
def last_not_quiet(at: datetime, hours: Hours) -> datetime:
    """That instant, or the last minute before it that is not quiet. Quiet begins at quarters of an hour."""
    if not quiet(at, hours, POLICY.terms):
        return at
    at = at.replace(second=0, microsecond=0)
    while at.minute % 15 != 14:
        at -= MINUTE
    while quiet(at, hours, POLICY.terms):
        at -= 15 * MINUTE
    return at


class Quick(MemoryStorage):
    """Copies what holds things and not the things, which nobody changes: tens of times faster."""

    def copied(self) -> World:
        return _shallow(replace(self.world, diary=_shallow(self.world.diary)))


def _shallow(kept: K) -> K:
    return replace(kept, **{one.name: copy(getattr(kept, one.name)) for one in fields(kept)})


class Town(Hall):
    """Time passes second by second as far as anything is due; what was said, and what should have been."""

    def __init__(self, first: Event, series: Series, at: datetime, zones: list[str]) -> None:
        super().__init__(first, storage=Quick())
        self.diary.series[series.id] = series
        self.at, self.night = at, at
        self.heads = [self.member(f"Head{n}", zone=zone, weekends=n == 1) for n, zone in enumerate(zones)]
        self.said, self.due, self.heard = Counter[Said](), Counter[Said](), set[Said]()

    def model(self, first: datetime, last: datetime) -> Iterator[Said]:
        """The reminders that are due later than `first` and not later than `last`, as everything stands."""
        for (event_id, member_id), rsvp in self.diary.rsvps.items():
            event, member = self.diary.events[event_id], self.storage.world.members[member_id]
            chosen = self.diary.choices.get(member_id, Choices(member_id))
            silent = member.away and chosen.when_away is False
            if event.status is not Status.PLANNED or rsvp.place is not Place.HELD or silent:
                continue
            hours, due = hours_of(member, POLICY.network), set()
            for before in chosen.reminds:
                at = event.starts_at - LONG[before]
                due.add(at if LONG[before] <= HOUR else last_not_quiet(at, hours))
            yield from ((member_id, event_id, at) for at in due if first < at <= last)

    async def live(self, until: datetime) -> None:
        """Everything that is due until then happens when it is due."""
        while self.at < until:
            at = min([until, *self._next()])
            self.due.update(self.model(self.at, at))
            self.at = at
            self._carry()
            await self._ring()

    def _next(self) -> Iterator[datetime]:
        yield from (self.falls(one) for one in self.storage.world.letters.values())
        yield from self.storage.world.timers.values()
        yield (self.at - timedelta(hours=3, minutes=35)).replace(hour=0, minute=0, second=0) + DAY + 215 * MINUTE

    def falls(self, letter: Letter) -> datetime:
        """When a letter leaves."""
        if letter.kind in (Kind.URGENT, Kind.ANSWER) or not isinstance(letter.to, Person):
            return max(self.at, letter.due_at)
        member = self.storage.world.members[letter.to.member]
        return max(self.at, POLICY.place(letter, [Reader(member.id, hours_of(member, POLICY.network))]))

    def _carry(self) -> None:
        world = self.storage.world
        for key, letter in list(world.letters.items()):
            if self.falls(letter) > self.at:
                continue
            world.sent.add(key)
            del world.letters[key]
            kind, event, *rest = key.split(":")
            if kind == "event-remind":
                self.said[read(rest[0]), read(event), self.at] += 1
            elif kind == "event-offer" and rest[-1] == "yours":
                self.heard.add((read(rest[0]), read(event), self.at))

    async def _ring(self) -> None:
        for (name, about), when in list(self.storage.world.timers.items()):
            if when <= self.at and self.storage.world.timers.get((name, about)) == when:
                self.at -= timedelta(seconds=5)
                await self.receive(Rang(name, about, when), None, twice=False)
        if self.at.time() == time(3, 35) and self.at != self.night:
            self.night = self.at
            self.at -= timedelta(seconds=5)
            await self.receive(Due("events.make", self.at.date(), self.night), None, twice=False)

    async def touch(self, what: Pressed | Submitted, who: Somebody | None) -> None:
        """Five seconds later somebody presses."""
        await self.live(self.at + timedelta(seconds=5))
        self.at -= timedelta(seconds=5)
        await self.receive(what, who.account if who else ANNA, twice=False)
        self.promised()

    def check(self) -> None:
        """What was said is what was due; word that a place is theirs, an hour before, is a reminder too."""
        due = Counter({one: n for one, n in self.due.items() if one not in self.heard})
        assert self.said == due, (self.said - due, due - self.said)


class Edits:
    """What can happen in such a town."""

    def __init__(self, town: Town, data: st.DataObject) -> None:
        self.town, self.data = town, data

    def draw(self, *some: object) -> object:
        return self.data.draw(st.sampled_from(some))

    def head(self) -> Somebody:
        return self.data.draw(st.sampled_from(self.town.heads))

    def event(self) -> Event | None:
        coming = [one for one in self.town.diary.events.values() if one.is_open(self.town.at)]
        coming.sort(key=lambda one: (one.starts_at, one.id))
        return self.data.draw(st.sampled_from(coming[:4])) if coming else None

    async def answers(self) -> None:
        answer = self.data.draw(st.sampled_from([Answer.YES, Answer.YES, Answer.YES, Answer.MAYBE, Answer.NO]))
        if event := self.event():
            await self.town.touch(Pressed(AnswerEvent(event.id, answer).pack()), self.head())

    async def joins(self) -> None:
        if (event := self.event()) and event.series:
            await self.town.touch(Pressed(JoinSeries(event.series).pack()), self.head())

    async def chooses(self) -> None:
        reminds = self.data.draw(st.sets(st.sampled_from(list(Before))))
        answers = {"reminds": tuple(reminds), "when_away": (str(self.draw("yes", "no")),)}
        await self.town.touch(Submitted(KeepChoices().pack(), answers), self.head())

    async def pauses(self) -> None:
        head = self.head()
        await self.town.live(self.town.at + timedelta(seconds=5))
        await head.use(str(self.draw("pause", "back")))
        if "Until I say" in head.says:
            await head.press("Until I say")

    async def changes(self) -> None:
        """Moved, made longer, or with more or fewer places; this one, or all that follow."""
        if not (event := self.event()):
            return
        moves = [event.starts_at + by for by in (-DAY, DAY, 2 * HOUR, 9 * DAY, -3 * HOUR)]
        some: dict[str, list[Any]] = {
            "starts_at": moves,
            "minutes": [30, 90],
            "capacity": [1, 2, None],
            "title": ["Tea", "Coffee"],
        }
        name = self.data.draw(st.sampled_from(list(some)))
        said: dict[str, Any] = {name: self.data.draw(st.sampled_from(some[name]))}
        draft = replace(event, id=self.town.storage.new(), status=Status.DRAFT, edits=event.id, told=0, **said)
        self.town.plan(draft)
        scope = Scope(self.draw(*Scope))  # type: ignore[arg-type]
        await self.town.touch(Pressed(ApplyChange(draft.id, event.id, scope).pack()), None)

    async def cancels(self) -> None:
        if event := self.event():
            scope = Scope(self.draw(*Scope))  # type: ignore[arg-type]
            await self.town.touch(Pressed(CancelEvent(event.id, scope).pack()), None)

    async def waits(self) -> None:
        span = self.data.draw(st.sampled_from([MINUTE, HOUR, 11 * HOUR, DAY, 3 * DAY, 8 * DAY]))
        await self.town.live(self.town.at + span)


def slots(every: Every, first: date, at: time, zone: str, until: datetime) -> Iterator[datetime]:
    """When such a series begins, by the wall clock there: weekly, every other week, or on the same weekday of the
    month, counted as the first is."""
    nth, day = (first.day - 1) // 7, first
    while True:
        yield (instant := datetime.combine(day, at, ZoneInfo(zone)).astimezone(UTC))
        if instant > until:
            return
        if every is not Every.MONTH:
            day += timedelta(weeks=1 if every is Every.WEEK else 2)
            continue
        start = (day.replace(day=1) + timedelta(days=32)).replace(day=1)
        days = [start + timedelta(days=n) for n in range(monthrange(start.year, start.month)[1])]
        day = [one for one in days if one.weekday() == first.weekday()][nth]


STARTS = [
    datetime(2026, 10, 9, 16, tzinfo=UTC),
    datetime(2026, 11, 11, 16, tzinfo=UTC),
    datetime(2027, 3, 5, 16, tzinfo=UTC),
]
"""Before the clocks go back, in winter, and before they go forward."""
ZONES = ["Europe/London", "America/New_York", "Australia/Lord_Howe"]


async def lived(data: st.DataObject) -> Town:
    start = data.draw(st.sampled_from(STARTS))
    every = data.draw(st.sampled_from([Every.WEEK, Every.FORTNIGHT, Every.MONTH]))
    zone, wall = data.draw(st.sampled_from(ZONES)), data.draw(st.sampled_from([time(9, 30), time(19), time(4)]))
    day = (start + timedelta(days=data.draw(st.integers(2, 9)))).date()
    series = Series(Id(90), rule_text(every, day), day, wall, zone, skips_bank_holidays=False)
    starts = datetime.combine(day, wall, ZoneInfo(zone)).astimezone(UTC)
    capacity = data.draw(st.sampled_from([None, 1, 2]))
    first = Event(FIRST, "Tea", starts, 60, zone, series=series.id, slot=starts, capacity=capacity)
    town = Town(first, series, start, [data.draw(st.sampled_from(["", *ZONES])) for _ in range(3)])
    await town.touch(Pressed(PostEvent(FIRST).pack()), None)
    made = sorted(one.starts_at for one in town.diary.events.values() if one.status is Status.PLANNED)
    until = start + timedelta(weeks=13)
    assert made == [one for one in slots(every, day, wall, zone, until) if one <= until]
    edits = Edits(town, data)
    for _ in town.heads:
        await edits.chooses()
        await edits.joins()
        await edits.answers()
    common = [edits.answers, edits.answers, edits.joins, edits.chooses, edits.waits, edits.waits]
    for do in data.draw(
        st.lists(st.sampled_from([*common, edits.pauses, edits.changes, edits.cancels]), min_size=5, max_size=25)
    ):
        note(f"{town.at} {do.__name__}")
        await do()
    await town.live(max(town.at, start + LIFE))
    return town


@settings(max_examples=EXAMPLES, deadline=None)
@given(st.data())
def test_each_member_gets_exactly_the_reminders_that_were_promised(data: st.DataObject) -> None:
    town = asyncio.run(lived(data))
    target(float(town.said.total()), label="reminders")
    town.check()

"""What is kept of events, on every engine."""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from sqlalchemy import select

from bot.chat.ids import Id
from bot.core.work import Work
from bot.events.model import Answer, Before, Came, Choices, Event, Place, Rsvp, Series, Sort, Status
from bot.events.store import EVENTS
from bot.members.model import Audience, By, Member
from bot.members.store import PRIVACY
from storage.events import events as table
from storage.work import sql
from tests.storage.stands import AT, MINUTE, Pen

SERIES = Series(Id(5), "FREQ=WEEKLY;BYDAY=SA", date(2026, 11, 14), time(9, 30), "Europe/London")
COFFEE = Event(Id(8), "Saturday coffee", AT + timedelta(days=3), 60, "Europe/London", Status.PLANNED)
FULL = Event(
    id=Id(9),
    title="Support",
    starts_at=AT + timedelta(days=4),
    minutes=90,
    zone="Europe/London",
    status=Status.CANCELLED,
    sort=Sort.SUPPORT,
    description="For whoever would like it",
    place="Leeds",
    link="https://meet.example.org/link-canary",
    link_late=True,
    theme="staffing",
    audience=Audience(By.PHASE, "primary"),
    capacity=8,
    series=SERIES.id,
    slot=AT + timedelta(days=5),
    sequence=3,
    changed_at=AT,
    told=2,
    band=5,
)


@pytest.fixture
async def ann(pen: Pen) -> Member:
    """A member, and the events there are."""
    ann = await pen.member("Ann")

    def keep(work: Work) -> None:
        work.use(EVENTS).keep_series(SERIES)
        work.use(EVENTS).keep(COFFEE)
        work.use(EVENTS).keep(replace(FULL, host=ann.id))

    await pen.write(keep)
    return ann


async def test_an_event_is_kept_as_it_is_and_its_link_is_sealed(pen: Pen, ann: Member) -> None:
    full = replace(FULL, host=ann.id)
    assert await pen.read(lambda work: work.use(EVENTS).event(FULL.id)) == full
    assert await pen.write(lambda work: work.use(EVENTS).hold(FULL.id)) == full
    assert await pen.read(lambda work: work.use(EVENTS).event(Id(1))) is None
    rows = await pen.read(lambda work: sql(work).rows(select(table)))
    assert len(rows) == 2
    assert "link-canary" not in repr(rows)
    await pen.write(lambda work: work.use(EVENTS).keep(replace(FULL, link="")))
    assert await pen.read(lambda work: work.use(EVENTS).event(FULL.id)) == replace(FULL, link="")


async def test_the_line_is_who_waits_and_who_asks_and_the_others_are_counted(pen: Pen, ann: Member) -> None:
    holding, offered, waiting, other = await pen.crowd(4)
    first = Rsvp(COFFEE.id, waiting, Answer.YES, Place.WAITING, AT)
    second = Rsvp(COFFEE.id, offered, Answer.YES, Place.OFFERED, AT + MINUTE, offered_until=AT + 5 * MINUTE)
    held = [Rsvp(COFFEE.id, one, Answer.YES, Place.HELD, AT) for one in (holding, ann.id)]
    no = Rsvp(COFFEE.id, other, Answer.NO, Place.NONE, AT + 2 * MINUTE)

    def answer(work: Work) -> None:
        for one in (second, first, no, *held, replace(first, event=FULL.id)):
            work.use(EVENTS).answer(one)
        assert work.use(EVENTS).line(COFFEE.id, other) == (2, [first, second, no])

    await pen.write(answer)
    assert await pen.read(lambda work: work.use(EVENTS).line(COFFEE.id)) == (2, [first, second])
    mine = sorted([first, second, held[1]], key=lambda one: (one.since, one.member))
    assert await pen.read(lambda work: work.use(EVENTS).line(COFFEE.id, ann.id)) == (1, mine)
    assert await pen.read(lambda work: work.use(EVENTS).rsvp(COFFEE.id, ann.id)) == held[1]


async def test_events_are_found_by_their_time(pen: Pen, ann: Member) -> None:
    draft = replace(COFFEE, id=Id(10), status=Status.DRAFT)
    await pen.write(lambda work: work.use(EVENTS).keep(draft))
    between = await pen.read(lambda work: work.use(EVENTS).between(AT, FULL.starts_at))
    assert [one.id for one in between] == [COFFEE.id]
    between = await pen.read(lambda work: work.use(EVENTS).between(AT, FULL.starts_at + MINUTE))
    assert [one.id for one in between] == [COFFEE.id, FULL.id]
    assert await pen.read(lambda work: work.use(EVENTS).drafts()) == [draft]
    await pen.write(lambda work: work.use(EVENTS).drop(draft.id))
    assert await pen.read(lambda work: work.use(EVENTS).drafts()) == []


async def test_a_series_and_who_joined_it(pen: Pen, ann: Member) -> None:
    assert await pen.read(lambda work: work.use(EVENTS).series(SERIES.id)) == SERIES
    assert [one.id for one in await pen.read(lambda work: work.use(EVENTS).of_series(SERIES.id))] == [FULL.id]
    bob = await pen.member("Bob")
    await pen.write(lambda work: work.use(EVENTS).join(SERIES.id, bob.id, AT))
    await pen.write(lambda work: work.use(EVENTS).join(SERIES.id, ann.id, AT + MINUTE))
    assert await pen.read(lambda work: work.use(EVENTS).joined(SERIES.id)) == [bob.id, ann.id]
    assert await pen.read(lambda work: work.use(EVENTS).series_of(ann.id)) == [SERIES.id]
    await pen.write(lambda work: work.use(EVENTS).unjoin(SERIES.id, bob.id))
    assert await pen.read(lambda work: work.use(EVENTS).joined(SERIES.id)) == [ann.id]
    await pen.write(lambda work: work.use(EVENTS).keep_series(replace(SERIES, ended=True)))
    assert await pen.read(lambda work: work.use(EVENTS).all_series()) == []


async def test_answers_stand_in_the_order_of_their_turns(pen: Pen, ann: Member) -> None:
    bob = await pen.member("Bob")
    late = Rsvp(COFFEE.id, ann.id, Answer.YES, Place.OFFERED, AT + MINUTE, 2, AT + 2 * MINUTE, True, Came.MISSED)
    soon = Rsvp(COFFEE.id, bob.id, Answer.YES, Place.HELD, AT)
    await pen.write(lambda work: work.use(EVENTS).answer(late))
    await pen.write(lambda work: work.use(EVENTS).answer(soon))
    assert await pen.read(lambda work: work.use(EVENTS).rsvps(COFFEE.id)) == [soon, late]
    assert await pen.read(lambda work: work.use(EVENTS).rsvp(COFFEE.id, ann.id)) == late
    mine = await pen.read(lambda work: work.use(EVENTS).rsvps_of(ann.id, AT))
    assert mine == {COFFEE.id: late}
    assert await pen.read(lambda work: work.use(EVENTS).rsvps_of(ann.id, AT + timedelta(days=6))) == {}


async def test_choices_are_kept(pen: Pen, ann: Member) -> None:
    assert await pen.read(lambda work: work.use(EVENTS).choices(ann.id)) == Choices(ann.id)
    chosen = Choices(ann.id, frozenset({Before.WEEK, Before.DAY}), False)
    await pen.write(lambda work: work.use(EVENTS).choose(chosen))
    assert await pen.read(lambda work: work.use(EVENTS).choices(ann.id)) == chosen


async def test_who_is_forgotten_was_nowhere_and_what_is_old_goes(pen: Pen, ann: Member) -> None:
    said = Rsvp(FULL.id, ann.id, Answer.YES, Place.HELD, AT)
    await pen.write(lambda work: work.use(EVENTS).answer(said))
    told = await pen.read(lambda work: work.use(PRIVACY).export(ann.id))
    assert told["rsvps"][0]["answer"] == "yes"
    assert "link" not in told["rsvps"][0]["event"]
    await pen.write(lambda work: work.use(PRIVACY).erase(ann.id, AT))
    event = await pen.read(lambda work: work.use(EVENTS).event(FULL.id))
    assert event is not None
    assert event.host is None
    assert await pen.read(lambda work: work.use(EVENTS).rsvps(FULL.id)) == []
    await pen.write(lambda work: work.use(EVENTS).forget_before(FULL.starts_at))
    assert await pen.read(lambda work: work.use(EVENTS).event(COFFEE.id)) is None
    assert await pen.read(lambda work: work.use(EVENTS).event(FULL.id)) is not None


async def test_a_series_goes_with_the_last_of_its_events_and_its_pattern_is_none_of_them(pen: Pen, ann: Member) -> None:
    pattern = replace(FULL, id=SERIES.id, status=Status.PATTERN, slot=None, host=ann.id, link="https://a.example.org")
    draft = replace(FULL, id=Id(11), status=Status.DRAFT, edits=FULL.id)

    def keep(work: Work) -> None:
        work.use(EVENTS).keep(pattern)
        work.use(EVENTS).keep(draft)
        work.use(EVENTS).join(SERIES.id, ann.id, AT)

    await pen.write(keep)
    assert await pen.read(lambda work: work.use(EVENTS).event(SERIES.id)) == pattern
    assert [one.id for one in await pen.read(lambda work: work.use(EVENTS).of_series(SERIES.id))] == [FULL.id]
    between = await pen.read(lambda work: work.use(EVENTS).between(AT, FULL.starts_at + MINUTE))
    assert [one.id for one in between] == [COFFEE.id, FULL.id]
    assert await pen.read(lambda work: work.use(EVENTS).drafts()) == [draft]
    later = FULL.starts_at + MINUTE
    await pen.write(lambda work: work.use(EVENTS).drop(draft.id))
    await pen.write(lambda work: work.use(EVENTS).forget_before(later))
    assert await pen.read(lambda work: work.use(EVENTS).event(FULL.id)) is None
    assert await pen.read(lambda work: work.use(EVENTS).event(SERIES.id)) == pattern, "more are to be made like it"
    await pen.write(lambda work: work.use(EVENTS).keep_series(replace(SERIES, ended=True)))
    await pen.write(lambda work: work.use(EVENTS).forget_before(later))
    assert await pen.read(lambda work: work.use(EVENTS).event(SERIES.id)) is None
    assert await pen.read(lambda work: work.use(EVENTS).series(SERIES.id)) is None

"""Whether people felt heard: of all sessions of a week together, once, in the Friday letter of whoever was at one."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.chat.command import Tree
from bot.chat.ids import Id, show
from bot.chat.inbound import Pressed
from bot.core.walltime import Weekly
from bot.core.work import Unit, Work
from bot.events.model import Answer, Came, Event, Place, Rsvp, Sort, Status
from bot.events.store import EVENTS
from bot.members.model import Consent
from bot.members.store import MEMBERS
from bot.pulse.box import Box
from bot.pulse.model import Series, State
from bot.pulse.sessions import rule
from bot.pulse.store import PULSE
from tests.house.reading import ROOT
from tests.pulse.people import heads, opened_by, sort
from tests.world.world import Head, World, head_of, opened, organiser

THURSDAY = datetime(2026, 11, 12, 20, tzinfo=UTC)
FRIDAY = datetime(2026, 11, 13, 16, 15, tzinfo=UTC)
WEDNESDAY = datetime(2026, 11, 11, 19, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
LINE = "Think of when you last met others with us in these seven days."
TOLD = "How it was to meet others with us"


async def met(
    world: World,
    people: Sequence[Head],
    at: datetime = WEDNESDAY,
    id: int = 50,
    status: Status = Status.PLANNED,
    odd: Sequence[Head] = (),
) -> None:
    """Something that these people had a place at, of the `odd` one missed it, one said maybe, and one waited."""
    found = [await world.look(one.account) for one in (*people, *odd)]
    held = Rsvp(Id(id), Id(0), Answer.YES, Place.HELD, at)
    others = (
        replace(held, came=Came.MISSED),
        replace(held, answer=Answer.MAYBE, place=Place.NONE),
        replace(held, place=Place.WAITING),
    )

    def keep(work: Work) -> None:
        sort = Sort.SUPPORT if id % 2 else Sort.MEETING
        work.use(EVENTS).keep(Event(Id(id), "Evening of the long knives", at, 60, "Europe/London", status, sort))
        for place, member in enumerate(found):
            assert member is not None
            said = held if place < len(people) else others[place - len(people)]
            work.use(EVENTS).answer(replace(said, member=member.id))

    await world.parts.storage.write(Unit(f"met {id}", world.at, keep))


def letters(world: World, head: Head, words: str) -> list[str]:
    return [one for one in world.letters(head.account) if words in one]


async def say(world: World, head: Head, label: str) -> None:
    head.read(LINE)
    await head.press("Answer")
    await head.fill(q0=label)
    assert "Thank you" in head.says


async def open_polls(world: World) -> list[Series]:
    found = await world.parts.storage.read(world.at, lambda work: work.use(PULSE).at(State.OPEN))
    return [one.series for one in found]


async def test_the_week_is_asked_about_once_in_the_friday_letter_and_told_in_the_next(tmp_path: Path) -> None:
    async with opened(tmp_path, THURSDAY) as world:
        await organiser(world)
        people = await heads(world, 40)
        await met(world, people[:25])
        await met(world, people[20:34], at=FRIDAY - 3 * HOUR, id=51)
        sent = {one.account.user: len(world.letters(one.account)) for one in people}
        await world.go_to(FRIDAY + HOUR)
        assert [one.account.user for one in people if letters(world, one, LINE)] == [
            one.account.user for one in people[:34]
        ]
        assert all(len(world.letters(one.account)) <= sent[one.account.user] + 1 for one in people), "no message more"
        thanks = {one.split("Thank you for being part of")[1].split(LINE)[0] for one in letters(world, people[0], LINE)}
        assert all("long knives" in one and "?" not in one for one in thanks)
        lines = {one.split(LINE)[1].split("[Answer]")[0] for head in people for one in letters(world, head, LINE)}
        assert len(lines) == 1, "the same words to everybody"
        assert "long knives" not in lines.pop(), "none is named"
        for place, head in enumerate(people[:20]):
            await say(world, head, "5, completely" if place < 14 else "2")
        await say(world, people[0], "4")
        before = {one.account.user: len(world.letters(one.account)) for one in people}
        await world.go_to(FRIDAY + 3 * DAY - 9 * HOUR)
        assert await open_polls(world) == []
        assert {one.account.user: len(world.letters(one.account)) for one in people} == before, "it closes in silence"
        await world.go_to(FRIDAY + 7 * DAY + HOUR)
        assert all(letters(world, one, TOLD) for one in people), "the same figures to everybody"
        said = letters(world, people[39], TOLD)[0]
        assert "Hardly (1 or 2): about 5" in said
        assert "Heard (4 or 5): about 15" in said
        assert not any(len(letters(world, one, LINE)) > 1 for one in people), "of one week, once"


def test_neither_events_nor_check_ins_ask_how_anybody_feels() -> None:
    """The word after an event names it, so it asks nothing: an answer would be one of somebody's."""
    feels = re.compile(r"\b(feel|felt)\b|\bhow (was|were|are|did|do) (it|you|things)\b[^;]*\?", re.IGNORECASE)
    words = [path for room in ("events", "checkins", "friday") for path in (ROOT / "bot" / room).glob("*.ftl")]
    assert ROOT / "bot/events/words.ftl" in words
    assert not [line for path in words for line in path.read_text("utf-8").splitlines() if feels.search(line)]
    assert feels.search("friday-thanks = You were at { $titles }. How was it?")


@pytest.mark.parametrize("many", [29, 30])
async def test_fewer_than_thirty_are_not_asked(tmp_path: Path, many: int) -> None:
    """Who missed it, waited, or said maybe does not count; nor does who gets no Friday letter, or has not agreed."""
    async with opened(tmp_path, THURSDAY) as world:
        people = await heads(world, 45)
        await met(world, people[:many], odd=people[40:43])
        await met(world, people[33:35], id=51)
        for consent, head in ((Consent.INTRODUCTIONS, people[33]), (Consent.PULSE, people[34])):
            member = await world.look(head.account)
            assert member is not None
            await world.parts.storage.write(
                Unit(
                    f"no {consent}",
                    world.at,
                    lambda work, id=member.id, consent=consent: work.use(MEMBERS).agree(id, consent, False, work.at),  # type: ignore[misc]
                )
            )
        await world.go_to(FRIDAY + HOUR)
        asked = [one for one in people if letters(world, one, LINE)]
        assert asked == (people[:30] if many == 30 else [])


async def test_too_few_answers_are_told_as_nothing(tmp_path: Path) -> None:
    async with opened(tmp_path, THURSDAY) as world:
        people = await heads(world, 36)
        await met(world, people[:33], odd=people[33:])
        await world.go_to(FRIDAY + HOUR)
        for head in people[:9]:
            await say(world, head, "5, completely")
        await world.go_to(FRIDAY + 7 * DAY + HOUR)
        said = letters(world, people[0], TOLD)[0].split(TOLD)[1]
        assert "Fewer than ten people answered" in said
        assert "Heard (4 or 5)" not in said


@pytest.mark.parametrize(
    ("at", "status"),
    [
        (FRIDAY - 8 * DAY, Status.PLANNED),
        (FRIDAY - HOUR / 2, Status.PLANNED),
        (FRIDAY + HOUR, Status.PLANNED),
        (WEDNESDAY, Status.CANCELLED),
    ],
)
async def test_what_was_not_over_in_these_seven_days_is_not_asked_about(
    tmp_path: Path, at: datetime, status: Status
) -> None:
    async with opened(tmp_path, THURSDAY) as world:
        people = await heads(world, 36)
        await met(world, people, at=at, status=status)
        await world.go_to(FRIDAY + 2 * HOUR)
        assert not any(letters(world, one, LINE) for one in people)


async def test_beside_the_week_s_own_question_both_can_be_answered(tmp_path: Path) -> None:
    """One came as a message on Thursday; the page shows both, and an organiser closes the one that was a message."""
    async with opened(tmp_path, THURSDAY - 4 * HOUR) as world:
        anna, people = await organiser(world), await heads(world, 36)
        await met(world, people[:33], odd=people[33:])
        await world.go_to(FRIDAY + HOUR)
        assert sorted(await open_polls(world)) == [Series.ROTA, Series.SESSIONS]
        await people[0].use("pulse")
        assert "How has this week been" in people[0].says
        assert LINE in people[0].says
        assert letters(world, people[0], LINE)[0].count("still time to say how things are") == 1
        sessions = next(one for one in await ids(world) if one[1] is Series.SESSIONS)[0]
        reply = await world.receive(Pressed(f"pulse.end~1~{show(sessions)}"), anna.account)
        assert "Nothing is open" in repr(reply)
        assert len(await open_polls(world)) == 2


async def test_it_is_in_nobody_s_way(tmp_path: Path) -> None:
    """It costs no message, so an organiser can ask beside it, and closes what they asked."""
    async with opened(tmp_path, THURSDAY) as world:
        anna, people = await organiser(world), await heads(world, 36)
        await met(world, people[:33], odd=people[33:])
        await world.go_to(FRIDAY + HOUR)
        await opened_by(anna)
        assert "on its way" in anna.says
        assert sorted(await open_polls(world)) == [Series.ORGANISERS, Series.SESSIONS]
        await anna.use("pulse close", Tree.ORGANISER)
        await anna.press("Close it now")
        assert await open_polls(world) == [Series.SESSIONS]
        await anna.use("pulse close", Tree.ORGANISER)
        assert "Nothing is open" in anna.says


async def ids(world: World) -> list[tuple[Id, Series]]:
    found = await world.parts.storage.read(world.at, lambda work: work.use(PULSE).at(State.OPEN))
    return [(one.id, one.series) for one in found]


@pytest.mark.parametrize("handed", [True, False])
async def test_after_a_crash_whoever_read_the_line_is_asked_once_more(tmp_path: Path, handed: bool) -> None:
    """By a message, as soon as the budget and their quiet hours let one through: on Saturday, if they hear then."""
    async with opened(tmp_path, THURSDAY) as world:
        people = await heads(world, 36)
        await sort(world, people, weekends=True)
        await sort(world, people[32:33], weekends=True, zone="America/New_York")
        await met(world, people[:33], odd=people[33:])
        await world.go_to(FRIDAY + HOUR)
        for head in people[:12]:
            await say(world, head, "1, not at all")
        space, box = world.space, world.parts.box if handed else Box()
    async with opened(tmp_path, FRIDAY + 2 * HOUR, space, box=box) as world:
        people = [head_of(world, head.account, head.name) for head in people]
        await world.go_to(FRIDAY + DAY)
        again = [one for one in people if letters(world, one, "asking everybody once more")]
        assert again == ([] if handed else people[:32]), "whoever had answered; not whom the letter reaches later"
        assert len(letters(world, people[32], LINE)) == 1
        await world.go_to(FRIDAY + 7 * DAY + HOUR)
        said = letters(world, people[35], TOLD)[0].split(TOLD)[1]
        assert ("Fewer than ten" in said) is not handed


async def test_a_crash_before_the_letter_asks_nobody_twice(tmp_path: Path) -> None:
    async with opened(tmp_path, THURSDAY) as world:
        people = await heads(world, 36)
        await met(world, people[:33], odd=people[33:])
        await world.go_to(FRIDAY - timedelta(minutes=2))
        assert await open_polls(world) == [Series.SESSIONS]
        space = world.space
    async with opened(tmp_path, FRIDAY - timedelta(minutes=1), space) as world:
        await world.go_to(FRIDAY + HOUR)
        said = [one for head in people for one in world.letters(head.account)]
        assert sum(LINE in one for one in said) == 33
        assert not any("once more" in one for one in said)


async def test_a_bot_that_was_asleep_on_friday_asks_in_the_letter_that_comes_late(tmp_path: Path) -> None:
    async with opened(tmp_path, THURSDAY) as world:
        people = await heads(world, 36)
        await met(world, people[:33], odd=people[33:])
        space = world.space
    async with opened(tmp_path, FRIDAY + 2 * HOUR, space) as world:
        await world.go_to(FRIDAY + 3 * HOUR)
        assert sum(bool(letters(world, one, LINE)) for one in people) == 33


@pytest.mark.parametrize(
    ("letters_at", "before"),
    [
        (Weekly(4, FRIDAY.time()), "weekly 4 16:10:00"),
        (Weekly(0, datetime(2026, 1, 1, 0, 2).time()), "weekly 6 23:57:00"),  # noqa: DTZ001 - a wall clock
    ],
)
def test_it_is_open_a_little_before_the_letters(letters_at: Weekly, before: str) -> None:
    assert rule(letters_at).schedule.key == before

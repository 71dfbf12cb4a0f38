"""What is remembered of timers, on every engine."""

from contextlib import suppress
from datetime import timedelta
from pathlib import Path

from bot.chat.ids import Id
from bot.core.timers import TIMERS, Timer
from bot.core.work import Work
from storage.engine import Manner, SqlStorage
from storage.timers import FRESH
from tests.storage.stands import AT, MINUTE, Pen, file_url, opened

EVENT, OTHER = Id(2**63 - 1), Id(8)
LAPSES = "events.lapses"


async def first(storage: SqlStorage, most: int = 10, at: timedelta = timedelta()) -> list[Timer]:
    return list(await storage.timers.first(AT + at, most))


async def set_one(pen: Pen, after: timedelta, about: Id = EVENT, name: str = LAPSES) -> Timer:
    await pen.write(lambda work: work.use(TIMERS).set(name, about, AT + after))
    return Timer(name, about, AT + after)


async def test_there_is_one_of_a_name_and_subject_and_it_is_moved(pen: Pen) -> None:
    await set_one(pen, MINUTE)
    moved = await set_one(pen, 2 * MINUTE)
    other = await set_one(pen, 3 * MINUTE, OTHER)
    named = await set_one(pen, 4 * MINUTE, name="events.reminds")
    assert await first(pen.storage) == [moved, other, named]
    assert await pen.read(lambda work: work.use(TIMERS).at(LAPSES, EVENT)) == moved.at
    assert await pen.read(lambda work: work.use(TIMERS).at(LAPSES, Id(5))) is None


async def test_what_is_stopped_is_gone_and_what_is_not_set_may_be_stopped(pen: Pen) -> None:
    await set_one(pen, MINUTE)
    await pen.write(lambda work: work.use(TIMERS).stop(LAPSES, EVENT))
    await pen.write(lambda work: work.use(TIMERS).stop(LAPSES, EVENT))
    assert await first(pen.storage) == []


async def test_one_that_rang_is_taken_away_once(pen: Pen) -> None:
    timer = await set_one(pen, MINUTE)
    assert await pen.write(lambda work: work.use(TIMERS).rang(timer))
    assert not await pen.write(lambda work: work.use(TIMERS).rang(timer))
    assert await first(pen.storage) == []


async def test_one_that_was_moved_did_not_ring(pen: Pen) -> None:
    timer = await set_one(pen, MINUTE)
    moved = await set_one(pen, 2 * MINUTE)
    assert not await pen.write(lambda work: work.use(TIMERS).rang(timer))
    assert await first(pen.storage) == [moved]


async def test_it_may_be_set_again_in_the_unit_in_which_it_rang(pen: Pen) -> None:
    timer = await set_one(pen, MINUTE)

    def ring(work: Work) -> bool:
        timers = work.use(TIMERS)
        rang = timers.rang(timer)
        timers.set(LAPSES, EVENT, AT + 5 * MINUTE)
        return rang and timers.at(LAPSES, EVENT) == AT + 5 * MINUTE

    assert await pen.write(ring)
    assert await first(pen.storage) == [Timer(LAPSES, EVENT, AT + 5 * MINUTE)]


async def test_a_unit_that_fails_has_set_and_taken_away_nothing(pen: Pen) -> None:
    timer = await set_one(pen, MINUTE)

    def fail(work: Work) -> None:
        assert work.use(TIMERS).rang(timer)
        work.use(TIMERS).set(LAPSES, OTHER, AT)
        raise LookupError

    with suppress(LookupError):
        await pen.write(fail)
    assert await first(pen.storage) == [timer]


async def test_a_rehearsal_sets_nothing(pen: Pen) -> None:
    await pen.write(lambda work: work.rehearse().use(TIMERS).set(LAPSES, EVENT, AT))
    assert await first(pen.storage) == []


async def test_the_first_come_first_and_no_more_than_asked(pen: Pen) -> None:
    for minutes in (3, 1, 2):
        await set_one(pen, minutes * MINUTE, Id(minutes))
    assert [one.about for one in await first(pen.storage, 2)] == [1, 2]
    many = [await set_one(pen, timedelta(hours=1, seconds=n), Id(100 + n)) for n in range(70)]
    assert (await first(pen.storage, 73))[3:] == many
    assert len(await first(pen.storage, 60)) == 60


async def test_whoever_sets_timers_is_heard(pen: Pen) -> None:
    heard: list[int] = []
    pen.storage.timers.heard = lambda: heard.append(1)
    await pen.member("Ann")
    await pen.read(lambda work: work.use(TIMERS).at(LAPSES, EVENT))
    assert not heard
    await set_one(pen, MINUTE)
    await pen.write(lambda work: work.use(TIMERS).stop(LAPSES, EVENT))
    assert len(heard) == 2


async def test_what_another_process_sets_is_seen_within_seconds(pen: Pen, url: str) -> None:
    assert await first(pen.storage) == []
    async with opened(url) as beside:
        timer = await set_one(Pen(beside), MINUTE)
        assert await first(pen.storage, at=FRESH) == [timer]


async def test_two_processes_ring_it_once(pen: Pen, url: str) -> None:
    timer = await set_one(pen, MINUTE)
    async with opened(url) as beside:
        assert await pen.write(lambda work: work.use(TIMERS).rang(timer))
        assert not await Pen(beside).write(lambda work: work.use(TIMERS).rang(timer))


async def test_in_virtual_time_nothing_is_asked_while_nothing_changes(tmp_path: Path) -> None:
    async with opened(file_url(tmp_path / "alone.sqlite3"), manner=Manner(inline=True, synchronous="OFF")) as storage:
        pen = Pen(storage)
        await set_one(pen, MINUTE)
        asked = await first(storage)
        storage.read = None  # type: ignore[assignment, method-assign]
        assert [await first(storage, at=days * timedelta(days=1)) for days in range(100)] == [asked] * 100

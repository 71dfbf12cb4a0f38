"""Diaries on every engine: a week's row is written over, opens for its owner's week alone, and goes without a trace."""

from datetime import date, timedelta
from functools import partial

from bot.core.work import Work
from bot.members.store import PRIVACY
from bot.pulse.model import MOST_DIARY, Entry
from bot.pulse.store import DIARIES
from storage.diary import diary
from storage.house import House
from storage.seal import Seal, Secrets, random_keys
from storage.work import sql
from tests.storage.stands import AT, Pen, add_member, opened

MONDAY, WEEK = date(2026, 11, 23), timedelta(weeks=1)


async def test_a_week_is_written_over_and_the_oldest_come_first(pen: Pen) -> None:
    ann = await pen.write(partial(add_member, name="ann"))
    ben = await pen.write(partial(add_member, name="ben"))
    kept = [Entry(ann.id, MONDAY, 1, "first"), Entry(ann.id, MONDAY - WEEK, 5, "😀" * MOST_DIARY)]
    for entry in (*kept, Entry(ann.id, MONDAY, 2, ""), Entry(ben.id, MONDAY, 3)):
        await pen.write(lambda work, entry=entry: work.use(DIARIES).keep(entry))  # type: ignore[misc]
    found = await pen.read(lambda work: work.use(DIARIES).of(ann.id))
    assert list(found.items()) == [(MONDAY - WEEK, kept[1]), (MONDAY, Entry(ann.id, MONDAY, 2, ""))]
    export = await pen.read(lambda work: work.use(PRIVACY).export(ann.id))
    assert {row["week"]: row["entry"]["rating"] for row in export["diary"]} == {"2026-11-16": 5, "2026-11-23": 2}
    await pen.write(lambda work: work.use(DIARIES).forget(ann.id))
    assert await pen.read(lambda work: work.use(DIARIES).of(ann.id)) == {}
    assert len(await pen.read(lambda work: work.use(DIARIES).of(ben.id))) == 1


async def test_what_another_key_or_row_sealed_does_not_open(pen: Pen) -> None:
    ann = await pen.write(partial(add_member, name="ann"))
    await pen.write(lambda work: work.use(DIARIES).keep(Entry(ann.id, MONDAY, 1, "mine")))

    def move(work: Work) -> None:
        (row,) = sql(work).rows(diary.select())
        sql(work).keep(diary, {"member": ann.id, "week": MONDAY + WEEK, "entry": row.entry})

    await pen.write(move)
    found = await pen.read(lambda work: work.use(DIARIES).of(ann.id))
    assert found == {MONDAY: Entry(ann.id, MONDAY, 1, "mine"), MONDAY + WEEK: None}
    export = await pen.read(lambda work: work.use(PRIVACY).export(ann.id))
    assert ["entry" in row for row in export["diary"]] == [True, False]
    await pen.write(lambda work: work.use(PRIVACY).erase(ann.id, AT))
    assert await pen.read(lambda work: work.use(DIARIES).of(ann.id)) == {}


def test_everybodys_key_is_another_and_an_old_one_goes_on_opening() -> None:
    old, new = random_keys(2)
    ann, ben = Seal(old).of("diary:1"), Seal(old).of("diary:2")
    sealed = ann.close(b"x", "a")
    assert ann.open(sealed, "a") == Seal(new, old).of("diary:1").open(sealed, "a") == b"x"
    assert not Seal(new, old).of("diary:1").is_present(sealed)
    assert not ben.is_present(sealed)
    assert not Seal(old).is_present(sealed)


async def test_a_key_may_go_once_all_is_sealed_anew(url: str, pen: Pen) -> None:
    ann = await pen.write(partial(add_member, name="ann"))
    entry = Entry(ann.id, MONDAY, 4, "mine")
    await pen.write(lambda work: work.use(DIARIES).keep(entry))
    await pen.storage.close()
    old, new = b"s" * 32, b"n" * 32
    async with opened(url, House(Secrets(Seal(new, old), b"m" * 32))) as storage:
        await Pen(storage).write(lambda work: work.use(DIARIES).seal_anew())
    for key, found in ((new, entry), (old, None)):
        async with opened(url, House(Secrets(Seal(key), b"m" * 32))) as storage:
            assert await Pen(storage).read(lambda work: work.use(DIARIES).of(ann.id)) == {MONDAY: found}

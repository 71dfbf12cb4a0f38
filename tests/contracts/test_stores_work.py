"""The unit of work, on every engine: what is answered is kept, and what fails has not happened."""

import asyncio
import logging
import random
from collections.abc import Callable
from datetime import datetime

import pytest
from sqlalchemy import insert

from bot.chat.ids import Id
from bot.core.errors import StorageFailed
from bot.core.work import INBOX, Fact, Unit, Work
from bot.members.model import Identity, Member, Stage
from bot.members.store import MEMBERS, look_identity, look_member
from storage.engine import SqlStorage
from storage.house import House
from storage.people import members
from storage.trouble import RowRefused
from tests.storage.stands import AT, SECRETS, Pen, account, add_member, letter, opened


class Poison(Exception):
    pass


def named(work: Work, id: Id, name: str) -> None:
    work.use(MEMBERS).keep(Member(id, name, Stage.MEMBER))


def naming(id: int) -> Callable[[Work], None]:
    return lambda work: named(work, Id(id), f"Good {id}")


async def name_of(pen: Pen, id: Id) -> str | None:
    member = await pen.read(lambda work: work.use(MEMBERS).get(id))
    return member.name if member else None


async def together(pen: Pen, *runs: Callable[[Work], object]) -> list[object]:
    """All at once, so that they share a transaction."""
    return await asyncio.gather(*(pen.write(run) for run in runs), return_exceptions=True)


async def test_what_one_unit_wrote_the_next_in_the_group_sees(pen: Pen) -> None:
    seen = await together(
        pen,
        lambda work: named(work, Id(1), "Ann"),
        lambda work: work.use(MEMBERS).get(Id(1)),
        lambda work: named(work, Id(1), "Anna"),
        lambda work: work.use(MEMBERS).get(Id(1)),
    )
    assert [one.name if isinstance(one, Member) else one for one in seen] == [None, "Ann", None, "Anna"]


async def test_a_unit_sees_what_it_wrote_itself(pen: Pen) -> None:
    def run(work: Work) -> list[str | None]:
        seen = []
        for name in ("Ann", "Anna"):
            named(work, Id(1), name)
            member = work.use(MEMBERS).get(Id(1))
            seen.append(member.name if member else None)
        return seen

    assert await pen.write(run) == ["Ann", "Anna"]


@pytest.mark.parametrize("reads_back", [False, True])
async def test_a_poisoned_unit_leaves_nothing_and_harms_nobody(pen: Pen, reads_back: bool) -> None:
    def poisoned(work: Work) -> None:
        named(work, Id(2), "Bad")
        work.post(letter("bad", Id(2)))
        if reads_back:
            assert work.use(MEMBERS).get(Id(2)) is not None
        raise Poison

    outcomes = await together(pen, naming(1), poisoned, naming(3), poisoned, naming(4))
    assert [type(outcome) for outcome in outcomes] == [type(None), Poison, type(None), Poison, type(None)]
    assert [await name_of(pen, Id(id)) for id in (1, 2, 3, 4)] == ["Good 1", None, "Good 3", "Good 4"]
    assert await pen.storage.outbox.next_due() is None


async def test_a_refused_row_is_its_own_units_loss(pen: Pen) -> None:
    def twice_ref(id: int) -> Callable[[Work], None]:
        return lambda work: work.use(MEMBERS).keep(Member(Id(id), "Twin", Stage.MEMBER, ref="R1"))

    outcomes = await together(pen, naming(1), twice_ref(2), *map(naming, range(3, 20)), twice_ref(20), naming(21))
    assert [type(outcome) for outcome in outcomes].count(RowRefused) == 1
    assert isinstance(outcomes[-2], RowRefused)
    kept = [id for id in range(1, 22) if await name_of(pen, Id(id))]
    assert kept == [id for id in range(1, 22) if id != 20]


async def test_a_unit_that_swallows_a_refusal_is_refused_all_the_same(pen: Pen) -> None:
    def sly(work: Work) -> str:
        for id in (1, 2):
            work.use(MEMBERS).keep(Member(Id(id), "Twin", Stage.MEMBER, ref="R1"))
        try:
            work.use(MEMBERS).waiting()
        except Exception:
            return "all is well"
        return "never"

    outcomes = await together(pen, sly, lambda work: named(work, Id(3), "Good"))
    assert isinstance(outcomes[0], RowRefused)
    assert await name_of(pen, Id(3)) == "Good"
    assert await name_of(pen, Id(1)) is None


async def test_two_units_of_one_key_never_share_a_transaction(pen: Pen) -> None:
    mark = b"m" * 16

    def run(work: Work) -> bool:
        seen = work.use(INBOX).seen(mark)
        if not seen:
            work.use(INBOX).keep(mark, AT)
        return seen

    assert await asyncio.gather(*(pen.write(run, key="same") for _ in range(3))) == [False, True, True]
    await pen.write(lambda work: work.use(INBOX).forget_before(AT.replace(year=2027)))
    assert await pen.write(run) is False


async def test_a_cancelled_caller_harms_nobody(pen: Pen) -> None:
    waiting = [asyncio.create_task(pen.write(naming(id))) for id in range(1, 9)]
    await asyncio.sleep(0)
    waiting[3].cancel()
    outcomes = await asyncio.gather(*waiting, return_exceptions=True)
    assert [isinstance(outcome, asyncio.CancelledError) for outcome in outcomes].count(True) == 1
    assert [id for id in range(1, 9) if id != 4 and await name_of(pen, Id(id))] == [1, 2, 3, 5, 6, 7, 8]


async def test_closing_answers_everybody_who_waits(pen: Pen) -> None:
    waiting = [asyncio.create_task(pen.write(naming(id))) for id in range(1, 600)]
    await asyncio.sleep(0)
    await pen.storage.close()
    assert await asyncio.gather(*waiting) == [None] * 599
    with pytest.raises(StorageFailed):
        await pen.write(lambda work: None)


async def test_a_reader_cannot_write(pen: Pen) -> None:
    with pytest.raises(RuntimeError, match="has written"):
        await pen.read(lambda work: named(work, Id(1), "x"))
    assert await name_of(pen, Id(1)) is None


async def test_announced_looks_are_fetched_before_the_units_run(pen: Pen) -> None:
    crowd = [await pen.member(f"M{n}") for n in range(5)]

    def unit(member: Member) -> Unit[Identity | None]:
        looks = (look_member(member.id), look_identity(account(member.name)))
        return Unit(f"look:{member.id}", AT, lambda work: work.use(MEMBERS).identity(account(member.name)), looks)

    found = await asyncio.gather(*(pen.storage.write(unit(member)) for member in crowd))
    assert [one.member for one in found if one] == [member.id for member in crowd]


async def test_a_unit_of_one_key_throws_the_same_dice(pen: Pen) -> None:
    def throw(work: Work) -> list[float]:
        return [work.dice.random() for _ in range(3)]

    first, again, other = [await pen.write(throw, key=key) for key in ("a", "a", "b")]
    assert first == again != other
    assert isinstance(await pen.write(lambda work: work.dice), random.Random)


async def test_a_rehearsal_sees_everything_and_changes_nothing(pen: Pen) -> None:
    ann = await pen.member("Ann")

    def run(work: Work) -> str | None:
        named(work, ann.id, "Anna")
        rehearsal = work.rehearse()
        named(rehearsal, ann.id, "Nobody")
        rehearsal.post(letter("never", ann.id))
        rehearsal.cancel_to(ann.id)
        rehearsal.tell(Fact())
        member = rehearsal.use(MEMBERS).get(ann.id)
        return member.name if member else None

    assert await pen.write(run) == "Anna"
    assert await name_of(pen, ann.id) == "Anna"
    assert await pen.storage.outbox.claim(AT, 1) == []


async def test_a_fact_is_told_within_the_same_transaction(url: str) -> None:
    def listen(work: Work, fact: Fact) -> None:
        raise Poison

    async with opened(url, House(SECRETS, tell=listen)) as storage:
        pen = Pen(storage)

        def run(work: Work) -> None:
            named(work, Id(1), "x")
            work.tell(Fact())

        with pytest.raises(Poison):
            await pen.write(run)
        assert await name_of(pen, Id(1)) is None


async def test_rows_of_one_table_are_written_in_the_order_they_were_put(pen: Pen) -> None:
    """A new row after a deletion of the same key must not travel with the new rows before the deletion."""
    mark = b"m" * 16

    def run(work: Work) -> None:
        inbox = work.use(INBOX)
        inbox.keep(mark, AT)
        inbox.forget_before(AT.replace(year=2027))
        inbox.keep(mark, AT)

    await pen.write(run)
    assert await pen.read(lambda work: work.use(INBOX).seen(mark))


@pytest.mark.parametrize(
    ("breach", "error"), [("constraint", RowRefused), ("type", RowRefused), ("reader", RuntimeError)]
)
async def test_no_error_and_no_log_says_what_was_written(
    pen: Pen,
    breach: str,
    error: type[Exception],
    caplog: pytest.LogCaptureFixture,
    capsys: pytest.CaptureFixture[str],
) -> None:
    canary = "CANARY-7f3a"
    caplog.set_level(logging.DEBUG)
    await pen.write(lambda work: work.use(MEMBERS).keep(Member(Id(1), canary, Stage.MEMBER, ref=canary)))

    def run(work: Work) -> None:
        if breach == "type":
            work.put(insert(members), {"id": 2, "name": canary, "years": canary})  # type: ignore[attr-defined]
        work.use(MEMBERS).keep(Member(Id(2), canary, Stage.MEMBER, ref=canary))

    with pytest.raises(error) as caught:
        await (pen.read(run) if breach == "reader" else pen.write(run))
    logging.getLogger("test").exception("failed", exc_info=caught.value)
    assert canary not in repr(caught.value) + str(caught.value.__cause__) + str(caught.value.__context__)
    assert canary not in caplog.text + "".join(capsys.readouterr())


async def test_everything_outlives_closing(url: str) -> None:
    async with opened(url) as storage:
        await Pen(storage).write(lambda work: add_member(work, "Ann", ref="R1"))
    async with opened(url) as storage:
        assert await Pen(storage).read(lambda work: work.use(MEMBERS).by_ref("R1")) is not None


async def test_the_order_of_letters_outlives_a_restart(url: str) -> None:
    async with opened(url) as storage:
        ann = await Pen(storage).member("Ann")
        await Pen(storage).post(letter("first", ann.id))
    async with opened(url) as storage:
        await Pen(storage).post(letter("second", ann.id))
        (claim,) = await storage.outbox.claim(AT, 10)
        assert claim.fence == 1


async def test_times_come_back_as_they_went(pen: Pen, storage: SqlStorage) -> None:
    moment = datetime.fromisoformat("2026-03-29T00:59:59.999999+00:00")
    await pen.member("Ann", vouched_at=moment, ref="R1")
    member = await pen.read(lambda work: work.use(MEMBERS).by_ref("R1"))
    assert member is not None
    assert member.vouched_at == moment

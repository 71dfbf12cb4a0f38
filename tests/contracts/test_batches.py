"""Bulk work: its letters are counted, and one message tells how far it is."""

from datetime import datetime, timedelta

from bot.chat.address import ORGANISERS
from bot.chat.outbound import Receipt
from bot.chat.view import words_of_view
from bot.core.outbox import State
from bot.core.work import Work
from bot.door.telling import Telling
from scheduler.progress import Tally
from tests.contracts.test_outbox import settle, take
from tests.storage.stands import AT, Pen, letter

BATCH = "introductions:1"


class Stopped:
    """A clock that stands still."""

    def now(self) -> datetime:
        return AT

    async def sleep_until(self, instant: datetime) -> None:
        raise AssertionError("nobody waits here")


async def a_batch(pen: Pen, letters: int) -> None:
    ann = await pen.member("Ann")

    def post(work: Work) -> None:
        for number in range(letters):
            at = work.at + timedelta(hours=number)
            work.post(letter(f"intro:{number}", ann.id, at, batch=BATCH))
        work.post(letter("other", ORGANISERS))

    await pen.write(post)


async def test_a_batch_is_counted_and_nothing_else(pen: Pen) -> None:
    await a_batch(pen, 3)
    telling = Telling(pen.storage, Stopped())
    assert await telling.count(BATCH) == Tally(sent=0, waiting=3, could_not=0)
    first = next(claim for claim in await take(pen) if claim.batch)
    await settle(pen, first, State.SENT, receipt=Receipt("c", "m"))
    assert await telling.count(BATCH) == Tally(sent=1, waiting=2, could_not=0)
    assert await telling.count("") == Tally(0, 0, 0), "letters on their own are no batch"


async def test_progress_is_one_message_whose_place_is_taken(pen: Pen) -> None:
    telling = Telling(pen.storage, Stopped())
    await telling.tell(BATCH, Tally(sent=1, waiting=3, could_not=0))
    (first,) = await take(pen)
    assert "25%" in words_of_view(first.parcel.view)
    assert first.parcel.instead_of == ""
    await settle(pen, first, State.SENT, receipt=Receipt("organisers", "message-7"))
    await telling.tell(BATCH, Tally(sent=4, waiting=0, could_not=0))
    claims = await take(pen)
    assert {claim.parcel.instead_of for claim in claims} == {"message-7"}


async def test_the_same_state_is_told_once(pen: Pen) -> None:
    telling = Telling(pen.storage, Stopped())
    for _ in range(3):
        await telling.tell(BATCH, Tally(sent=2, waiting=2, could_not=0))
    told = []
    while claims := await take(pen):
        for claim in claims:
            told.append(claim.parcel.to)
            await settle(pen, claim, State.SENT, receipt=Receipt("organisers", "message-7"))
    assert len(told) == 2, "the message, and one that takes its place"
    assert ORGANISERS.name in str(told[0])

"""Letters that take away what was said before, on every engine."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from bot.chat.address import Guest, Person
from bot.chat.outbound import Receipt, Removes, ToAccount
from bot.chat.view import View
from bot.core.outbox import Claim, Kind, Letter, Settlement, State
from bot.core.tidying import ENDED
from bot.core.work import Work
from bot.members.model import Member
from bot.members.store import MEMBERS, PRIVACY
from bot.reports.store import REPORTS, Letters
from storage.house import House
from storage.letters import lane_of, letters
from storage.parcels import conversations
from storage.removals import LEASE
from storage.seal import Seal, Secrets
from tests.storage.stands import AT, HOUSE, MINUTE, SECRETS, Pen, account, letter, opened

DAY = timedelta(days=1)
ANN = Guest(account("Ann"))


def order(key: str = "gone", to: Guest | Person = ANN, **more: Any) -> Letter:
    return Letter(key, to, View(()), Kind.REMOVAL, **{"due_at": AT + DAY, "instead_of": "file", **more})


async def take(pen: Pen, at: Any = AT) -> list[Claim]:
    return list(await pen.storage.outbox.claim(at, 10))


async def carry(pen: Pen, at: Any = AT, message: str = "m-7") -> Claim:
    """The one letter that is due, sent."""
    (claim,) = await take(pen, at)
    await settle(pen, claim, State.SENT, at, receipt=Receipt("c", message))
    return claim


async def settle(pen: Pen, claim: Claim, state: State, at: Any = AT, **more: Any) -> None:
    await pen.storage.outbox.settle(at, [Settlement(claim.letter, claim.fence, state, **more)])


async def rows(pen: Pen, table: Any = letters) -> list[Any]:
    found: Any = await pen.read(lambda work: work.rows(select(table)))  # type: ignore[attr-defined]
    return list(found)


async def erase(pen: Pen, member: Member) -> None:
    await pen.write(lambda work: work.use(PRIVACY).erase(member.id, AT))


async def test_a_message_is_taken_away_by_the_name_its_letter_got(pen: Pen) -> None:
    await pen.post(letter("file", ANN, kind=Kind.ANSWER), order())
    sent = await carry(pen)
    assert await take(pen, AT + DAY - MINUTE) == []
    (gone,) = await take(pen, AT + DAY)
    assert (gone.parcel.removes, gone.parcel.instead_of) == (Removes.MESSAGE, "m-7")
    assert (gone.parcel.mark, gone.parcel.to, gone.kind) == (
        sent.parcel.mark,
        ToAccount(account("Ann"), "c"),
        Kind.REMOVAL,
    )


async def test_without_a_letter_everything_said_until_then_is_taken_away(pen: Pen) -> None:
    await pen.post(order(instead_of="", due_at=AT))
    assert await take(pen) == [], "nothing may be in the air when it happens"
    (gone,) = await take(pen, AT + LEASE)
    assert (gone.parcel.removes, gone.parcel.instead_of, gone.parcel.before) == (Removes.EVERYTHING, "", AT)


async def test_a_letter_that_never_arrived_does_not_turn_it_into_everything(pen: Pen) -> None:
    await pen.post(order(due_at=AT))
    (gone,) = await take(pen)
    assert (gone.parcel.removes, gone.parcel.instead_of) == (Removes.MESSAGE, "")


async def test_once_it_is_done_no_row_is_left_of_it(pen: Pen) -> None:
    await pen.post(order(due_at=AT))
    (gone,) = await take(pen)
    await settle(pen, gone, State.RETRY, again_at=AT)
    assert len(await rows(pen)) == 1
    await carry(pen)
    assert await rows(pen) == await rows(pen, conversations) == []


async def test_what_nobody_can_take_away_is_counted_and_says_of_nobody(pen: Pen) -> None:
    ann = await pen.member("Ann")
    await pen.post(letter("file", ANN, kind=Kind.ANSWER), order())
    await carry(pen)
    await erase(pen, ann)
    (gone,) = await take(pen)
    await settle(pen, gone, State.DEAD, says="malformed")
    assert await counted(pen) == Letters(stuck=0, lost=1)
    (row,) = await rows(pen)
    assert (row.kind, row.state, row.says) == ("removal", "dead", "malformed")
    assert (row.body, row.message, row.goes_to) == (None, None, None)
    assert row.lane != lane_of(ANN, HOUSE)
    assert await rows(pen, conversations) == []
    await pen.write(lambda work: work.use(ENDED).forget_before(AT + MINUTE))
    assert await rows(pen) == [], "as any letter that has ended"


async def test_one_whose_key_is_gone_is_counted(url: str, pen: Pen) -> None:
    await pen.post(order(due_at=AT))
    await pen.storage.close()
    async with opened(url, House(Secrets(Seal(b"n" * 32), SECRETS.mark))) as storage:
        other = Pen(storage)
        assert await take(other) == []
        assert await counted(other) == Letters(stuck=0, lost=1)
        assert [row.body for row in await rows(other)] == [None]


async def test_one_with_nowhere_to_go_is_counted(pen: Pen) -> None:
    ghost = await pen.member("Ghost")
    await pen.post(order(to=Person(ghost.id), due_at=AT))
    await pen.write(lambda work: _leave(work, ghost))
    assert await take(pen) == []
    assert await counted(pen) == Letters(stuck=0, lost=1)


async def counted(pen: Pen) -> Letters:
    return await pen.read(lambda work: work.use(REPORTS).letters(AT))


def _leave(work: Work, member: Member) -> None:
    for identity in work.use(MEMBERS).identities(member.id):
        work.use(MEMBERS).keep_identity(replace(identity, left_at=AT))


async def test_neither_a_pause_nor_leaving_cancels_it(pen: Pen) -> None:
    ann = await pen.member("Ann")
    await pen.post(order())
    await pen.write(lambda work: work.cancel_to(ann.id))
    assert len(await take(pen, AT + DAY)) == 1


async def test_erased_within_the_day_it_is_taken_away_at_once_and_nothing_is_left(pen: Pen) -> None:
    ann = await pen.member("Ann")
    await pen.post(letter("file", ANN, kind=Kind.ANSWER), order())
    await carry(pen)
    await erase(pen, ann)
    (row,) = await rows(pen)
    assert "Ann" not in repr(row), "only a sealed order is left"
    assert "m-7" not in repr(row)
    (gone,) = await take(pen)
    assert (gone.parcel.removes, gone.parcel.instead_of) == (Removes.MESSAGE, "m-7")
    assert gone.parcel.to == ToAccount(account("Ann"), None)
    await settle(pen, gone, State.SENT, receipt=Receipt("c", "m-7"))
    assert await rows(pen) == await rows(pen, conversations) == []


async def test_what_is_in_the_air_when_they_are_erased_is_taken_away_after_it_has_come_down(pen: Pen) -> None:
    ann = await pen.member("Ann")
    await pen.post(letter("file", ANN, kind=Kind.ANSWER), order())
    (flying,) = await take(pen)
    await erase(pen, ann)
    await settle(pen, flying, State.SENT, receipt=Receipt("c", "m-7"))
    assert await take(pen, AT + LEASE - MINUTE) == []
    (gone,) = await take(pen, AT + LEASE)
    assert gone.parcel.mark == flying.parcel.mark, "found by the mark of what it takes away"
    assert gone.parcel.removes is Removes.MESSAGE


async def test_who_asks_to_have_everything_taken_away_is_erased_all_the_same(pen: Pen) -> None:
    ann = await pen.member("Ann")
    await pen.post(letter("waits", ANN), letter("to ann", ann.id, AT + DAY))

    def leave(work: Work) -> None:
        work.post(order(instead_of="", due_at=AT))
        work.use(PRIVACY).erase(ann.id, AT)

    await pen.write(leave)
    (gone,) = await take(pen, AT + LEASE)
    assert (gone.parcel.removes, gone.parcel.before) == (Removes.EVERYTHING, AT)
    assert len(await rows(pen)) == 1


async def test_when_the_last_will_be_taken_away_is_known(pen: Pen) -> None:
    async def when(name: str) -> Any:
        return await pen.read(lambda work: work.use(PRIVACY).takes_away_at(account(name)))

    assert await when("Ann") is None
    await pen.post(letter("file", ANN, AT + 2 * DAY), order(), order("other", due_at=AT))
    assert await when("Ann") == AT + DAY
    assert await when("Bob") is None

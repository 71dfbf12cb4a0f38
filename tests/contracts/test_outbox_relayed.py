"""Members' own words in the outbox, on every engine: gone when their time is over, whatever is known of them."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from msgspec.structs import replace

from bot.chat.address import Circle, Person
from bot.core.astray import Apart, GivenUp
from bot.core.outbox import Kind, Letter, State
from bot.core.work import Fact, Work
from storage.engine import SqlStorage
from storage.house import House
from storage.letters import letters
from tests.contracts.test_outbox import settle, take, words
from tests.storage.stands import AT, MINUTE, SECRETS, Pen, letter, opened, says

UNTIL = AT + timedelta(hours=1)


@pytest.fixture
def facts() -> list[Fact]:
    return []


@pytest.fixture
async def storage(url: str, facts: list[Fact]) -> Iterator[SqlStorage]:  # type: ignore[misc]
    async with opened(url, House(SECRETS, tell=lambda work, fact: facts.append(fact))) as storage:
        yield storage


async def relayed(pen: Pen, key: str = "relay:1", by: str = "Ann", to: str = "Bob") -> Letter:
    ann, bob = await pen.member(f"{by} {key}"), await pen.member(f"{to} {key}")
    return letter(key, bob.id, kind=Kind.RELAYED, until=UNTIL, about=(ann.id,))


async def held(pen: Pen) -> list[tuple[str, bool]]:
    """The states of letters, and whether anything of their words is held."""

    def read(work: Work) -> list[tuple[str, bool]]:
        rows = work.rows(letters.select().order_by(letters.c.place))  # type: ignore[attr-defined]
        return [(row.state, row.body is not None) for row in rows]

    return await pen.read(read)


@pytest.mark.parametrize("state", [State.UNKNOWN, State.RETRY, State.READY])
async def test_gone_when_their_time_is_over_whatever_is_known(pen: Pen, facts: list[Fact], state: State) -> None:
    await pen.post(await relayed(pen))
    (claim,) = await take(pen)
    await settle(pen, claim, state, AT, again_at=AT + timedelta(hours=4))
    assert await held(pen) == [(state.value, True)]
    assert await pen.storage.outbox.next_due() == UNTIL
    assert await take(pen, UNTIL) == []
    assert await held(pen) == [(State.DEAD.value, False)]
    assert facts == [GivenUp("relay:1")]


async def test_any_other_letter_in_doubt_is_looked_for_beyond_its_time(pen: Pen) -> None:
    ann = await pen.member("Ann")
    await pen.post(letter("notice", ann.id, until=UNTIL))
    (claim,) = await take(pen)
    await settle(pen, claim, State.UNKNOWN, AT, again_at=UNTIL + MINUTE)
    assert len(await take(pen, UNTIL + MINUTE)) == 1


async def test_in_the_hand_of_a_process_that_died_they_go_with_its_lease(pen: Pen) -> None:
    await pen.post(await relayed(pen))
    await take(pen, UNTIL - MINUTE)
    assert await take(pen, UNTIL + 5 * MINUTE) == []
    assert await held(pen) == [(State.DEAD.value, False)]


async def test_no_letter_that_is_stuck_keeps_them_and_order_is_kept_between_two(pen: Pen) -> None:
    first = await relayed(pen)
    assert isinstance(first.to, Person)
    bob = first.to.member
    await pen.post(letter("stuck", bob), first, replace(first, key="relay:2", view=says("relay:2")))
    claims = await take(pen)
    assert words(claims) == ["stuck", "relay:1"]
    await settle(pen, claims[1], State.RETRY, AT, again_at=AT + MINUTE)
    assert await take(pen) == [], "the second waits for the first"


async def test_refused_for_good_its_writer_can_be_told(pen: Pen, facts: list[Fact]) -> None:
    await pen.post(await relayed(pen))
    (claim,) = await take(pen)
    await settle(pen, claim, State.DEAD, says="closed")
    assert facts == [GivenUp("relay:1")]


async def test_taken_back_or_sent_nothing_is_told(pen: Pen, facts: list[Fact]) -> None:
    await pen.post(await relayed(pen), await relayed(pen, "relay:2"))
    claims = await take(pen)
    await pen.write(lambda work: work.cancel("relay:1"))
    by_key = {words([claim])[0]: claim for claim in claims}
    await settle(pen, by_key["relay:1"], State.DEAD)
    await settle(pen, by_key["relay:2"], State.SENT)
    assert facts == []


async def test_who_is_not_in_one_place_gets_what_a_room_says_to_each(pen: Pen, facts: list[Fact]) -> None:
    ann, bob = await pen.member("Ann", "slack"), await pen.member("Bob", "discord")
    await pen.post(letter("intro:1", Circle(ann.id, (ann.id, bob.id))))
    assert words(await take(pen)) == ["intro:1", "intro:1"], "nobody has other words"
    (fact,) = facts
    assert isinstance(fact, Apart)
    assert fact.key == "intro:1"
    assert [one.to for one in fact.each] == [Person(ann.id), Person(bob.id)]

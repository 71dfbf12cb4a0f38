"""What each of two wants who write to each other through the bot, on every engine."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.chat.ids import Id
from bot.core.tidying import ENDED
from bot.core.work import Work
from bot.members.model import Member
from bot.members.store import MEMBERS, PRIVACY
from bot.pairing.model import Group, Round, RoundState
from bot.pairing.store import PAIRINGS
from bot.relay.model import Side, Wish
from bot.relay.store import RELAY
from tests.contracts.test_stores_privacy import everything, export
from tests.storage.stands import AT, MINUTE, Pen

MONDAY = date(2026, 11, 9)
GROUP = Id(70)


@pytest.fixture
async def two(pen: Pen) -> tuple[Side, Side]:
    """Ann's side and Bob's, both new."""
    ann, bob = await pen.member("Ann-canary"), await pen.member("Bob-canary")
    sides = (Side(GROUP, ann.id, bob.id, AT + MINUTE), Side(GROUP, bob.id, ann.id, AT + MINUTE))

    def keep(work: Work) -> None:
        work.use(PAIRINGS).keep_round(Round(Id(7), MONDAY, RoundState.SENT, AT))
        work.use(PAIRINGS).add_groups([Group(GROUP, Id(7), MONDAY, (ann.id, bob.id), ann.id)])
        for side in sides:
            work.use(RELAY).keep(side)

    await pen.write(keep)
    return sides


async def test_a_side_is_found_by_whose_it_is_and_towards_whom(pen: Pen, two: tuple[Side, Side]) -> None:
    ann, bob = two
    assert await pen.read(lambda work: work.use(RELAY).side(GROUP, ann.member, ann.other)) == ann
    assert await pen.read(lambda work: work.use(RELAY).side(GROUP, ann.member, Id(1))) is None
    assert set(await pen.read(lambda work: work.use(RELAY).of(GROUP))) == {ann, bob}
    assert set(await pen.read(lambda work: work.use(RELAY).about(ann.member))) == {ann, bob}
    assert await pen.read(lambda work: work.use(RELAY).about(Id(1))) == []


async def test_what_became_of_it_is_kept(pen: Pen, two: tuple[Side, Side]) -> None:
    ann, bob = two
    later = replace(ann, wish=Wish.CLOSED, day=MONDAY, sent=3, reports=1, last=2**62)
    await pen.write(lambda work: work.use(RELAY).keep(later))
    assert set(await pen.read(lambda work: work.use(RELAY).of(GROUP))) == {later, bob}


async def test_when_its_time_is_over_it_is_forgotten(pen: Pen, two: tuple[Side, Side]) -> None:
    await pen.write(lambda work: work.use(RELAY).forget_ended(AT))
    assert len(await pen.read(lambda work: work.use(RELAY).of(GROUP))) == 2
    await pen.write(lambda work: work.use(RELAY).forget_ended(AT + MINUTE))
    assert await pen.read(lambda work: work.use(RELAY).of(GROUP)) == []


async def test_old_weeks_go_though_somebody_forgot_to_forget(pen: Pen, two: tuple[Side, Side]) -> None:
    await pen.write(lambda work: work.use(ENDED).forget_weeks_before(MONDAY + timedelta(days=1)))
    assert await pen.read(lambda work: work.use(RELAY).of(GROUP)) == []


async def test_one_is_given_ones_own_side_and_nothing_of_the_other(pen: Pen, two: tuple[Side, Side]) -> None:
    ann, bob = two
    await pen.write(lambda work: work.use(RELAY).keep(replace(bob, wish=Wish.CLOSED, sent=9, reports=2)))
    (given,) = (await export(pen, await pen.read(lambda work: _member(work, ann.member))))["relay_sides"]
    assert (given["wish"], given["sent"], given["reports"]) == ("wants", 0, 0)
    assert given["group"]["day"] == "2026-11-09"
    assert "last" not in given
    assert "other" not in given


@pytest.mark.parametrize("whose", [0, 1])
async def test_both_sides_go_with_whoever_is_forgotten(pen: Pen, two: tuple[Side, Side], whose: int) -> None:
    gone = two[whose].member
    assert str(gone) in await everything(pen)
    await pen.write(lambda work: work.use(PRIVACY).erase(gone, AT))
    assert await pen.read(lambda work: work.use(RELAY).of(GROUP)) == []
    assert str(gone) not in await everything(pen)


def _member(work: Work, id: Id) -> Member:
    found = work.use(MEMBERS).get(id)
    assert found is not None
    return found

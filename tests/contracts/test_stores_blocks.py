"""Whom somebody would rather not meet, on every engine."""

import json
from typing import Any

import pytest

from bot.blocks.model import Said
from bot.blocks.store import BLOCKS
from bot.chat.ids import Id
from bot.core.work import Work
from bot.members.model import Member
from bot.pairing.store import PAIRINGS
from storage.house import House
from storage.seal import Seal, Secrets
from tests.contracts.test_stores_privacy import erase, everything, export
from tests.storage.stands import AT, Pen, account, add_member, opened

WORDS = "Bob from Zqcanary School"


class Lived:
    ann: Member
    bob: Member
    said = Said(Id(50), Id(0), WORDS, AT)


@pytest.fixture
async def lived(pen: Pen) -> Lived:
    """Ann typed who she does not want to meet, and it means Bob."""
    lived = Lived()
    lived.ann, lived.bob = await pen.member("Ann"), await pen.member("Bob")
    lived.said = Said(Id(50), lived.ann.id, WORDS, AT)

    def block(work: Work) -> None:
        work.use(BLOCKS).keep(lived.said)
        work.use(BLOCKS).match(lived.said.id, lived.bob.id)
        work.use(BLOCKS).match(lived.said.id, lived.bob.id)

    await pen.write(block)
    return lived


async def forbidden(pen: Pen) -> set[frozenset[Id]]:
    return set(await pen.read(lambda work: work.use(PAIRINGS).forbidden()))


async def blocks(pen: Pen, ask: Any) -> Any:
    return await pen.read(lambda work: ask(work.use(BLOCKS)))


async def change(pen: Pen, do: Any) -> None:
    await pen.write(lambda work: do(work.use(BLOCKS)))


async def test_what_was_typed_comes_back_to_its_author(pen: Pen, lived: Lived) -> None:
    assert await blocks(pen, lambda kept: kept.said_by(lived.ann.id)) == [lived.said]
    assert await blocks(pen, lambda kept: kept.said_by(lived.bob.id)) == []
    assert await blocks(pen, lambda kept: kept.all_said()) == [lived.said]
    assert await forbidden(pen) == {frozenset({lived.ann.id, lived.bob.id})}


async def test_it_lies_sealed(pen: Pen, lived: Lived) -> None:
    assert "canary" not in await everything(pen)


async def test_its_author_is_given_it_and_whom_it_means_is_given_nothing(pen: Pen, lived: Lived) -> None:
    given = await export(pen, lived.ann)
    assert [row["said"] for row in given["block_words"]] == [WORDS]
    assert not {"block_matches", "block_marks"} & given.keys()
    assert "block" not in json.dumps(await export(pen, lived.bob))


async def test_taken_back_it_means_nobody(pen: Pen, lived: Lived) -> None:
    await change(pen, lambda kept: kept.take_back(lived.said.id))
    assert await forbidden(pen) == set()
    assert await blocks(pen, lambda kept: kept.all_said()) == []


async def test_who_is_there_is_known_by_name_and_accounts(pen: Pen, lived: Lived) -> None:
    everybody = {one.name: one.accounts for one in await blocks(pen, lambda kept: kept.everybody())}
    assert everybody == {"Ann": (account("Ann"),), "Bob": (account("Bob"),)}
    assert (await blocks(pen, lambda kept: kept.known(lived.bob.id))).name == "Bob"
    assert await blocks(pen, lambda kept: kept.known(Id(1))) is None


async def test_who_was_meant_stays_so_under_another_name_after_being_forgotten(pen: Pen, lived: Lived) -> None:
    await erase(pen, lived.bob)
    assert await forbidden(pen) == set()
    again = await pen.write(lambda work: add_member(work, "Bob"))
    assert await forbidden(pen) == {frozenset({lived.ann.id, again.id})}
    assert "block" not in json.dumps(await export(pen, again))
    await change(pen, lambda kept: kept.take_back(lived.said.id))
    assert await forbidden(pen) == set()


async def test_blocks_go_with_their_author(pen: Pen, lived: Lived) -> None:
    await erase(pen, lived.bob)
    await erase(pen, lived.ann)
    await pen.write(lambda work: add_member(work, "Bob"))
    assert await forbidden(pen) == set()
    assert await blocks(pen, lambda kept: kept.all_said()) == []


async def test_what_was_chosen_by_a_press_is_seen_by_name_and_lifted(pen: Pen, lived: Lived) -> None:
    a, b = lived.ann.id, lived.bob.id
    await change(pen, lambda kept: kept.take_back(lived.said.id))
    await pen.write(lambda work: work.use(PAIRINGS).forbid(a, b, AT))
    assert [one.name for one in await blocks(pen, lambda kept: kept.chosen(a))] == ["Bob"]
    assert await blocks(pen, lambda kept: kept.chosen(b)) == []
    await change(pen, lambda kept: kept.lift(b, a))
    assert await forbidden(pen) == {frozenset({a, b})}, "only who chose it lifts it"
    await change(pen, lambda kept: kept.lift(a, b))
    assert await forbidden(pen) == set()


async def test_of_who_has_gone_only_that_is_known(pen: Pen, lived: Lived) -> None:
    a, b = lived.ann.id, lived.bob.id
    await erase(pen, lived.bob)
    assert not await blocks(pen, lambda kept: kept.chose_somebody_gone(a)), "of words nobody learns whom they meant"
    cleo = await pen.member("Cleo")
    await pen.write(lambda work: work.use(PAIRINGS).forbid(a, cleo.id, AT))
    await erase(pen, cleo)
    assert await blocks(pen, lambda kept: kept.chose_somebody_gone(a))
    assert not await blocks(pen, lambda kept: kept.chose_somebody_gone(b))
    again = await pen.write(lambda work: add_member(work, "Cleo"))
    assert frozenset({a, again.id}) in await forbidden(pen)
    await change(pen, lambda kept: kept.lift_gone(a))
    assert frozenset({a, again.id}) not in await forbidden(pen)


async def test_a_key_may_go_once_all_is_sealed_anew(url: str, pen: Pen, lived: Lived) -> None:
    await pen.storage.close()
    old, new = b"s" * 32, b"n" * 32
    async with opened(url, House(Secrets(Seal(new, old), b"m" * 32))) as storage:
        await change(Pen(storage), lambda kept: kept.seal_anew())
    async with opened(url, House(Secrets(Seal(new), b"m" * 32))) as storage:
        assert await blocks(Pen(storage), lambda kept: kept.all_said()) == [lived.said]
    async with opened(url, House(Secrets(Seal(old), b"m" * 32))) as storage:
        assert await blocks(Pen(storage), lambda kept: kept.all_said()) == []
        assert len(await forbidden(Pen(storage))) == 1, "whom it has meant so far still holds"


async def test_its_author_is_given_all_the_rest_where_the_key_is_gone(url: str, pen: Pen, lived: Lived) -> None:
    await pen.storage.close()
    async with opened(url, House(Secrets(Seal(b"n" * 32), b"m" * 32))) as storage:
        given = await export(Pen(storage), lived.ann)
    assert given["members"][0]["name"] == "Ann"
    assert [sorted(row) for row in given["block_words"]] == [["at", "by", "id"]]

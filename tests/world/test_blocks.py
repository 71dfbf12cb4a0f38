"""Blocks on real parts: no file holds a name that was typed, and two worlds differ in nothing but who meets whom."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.chat.command import Tree
from bot.members.store import PRIVACY
from bot.pairing.store import PAIRINGS
from tests.people.lived import seeded_ids
from tests.world.canaries import CANARY, singing
from tests.world.world import NAMES, Head, World, members, opened, organiser, stranger, words

BEFORE = datetime(2026, 11, 13, 17, tzinfo=UTC)
AFTER = datetime(2026, 11, 16, 17, tzinfo=UTC)


async def test_the_name_that_was_typed_stands_in_no_file(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG")
    async with opened(tmp_path) as world:
        await organiser(world)
        (ruth,) = await members(world, "Ruth Cole")
        await ruth.use(f"block Tom {CANARY}")
        await ruth.use("block")
        await ruth.fill(whom=f"{CANARY}, whoever that is")
        assert world.rows("SELECT count(*) FROM block_words") == [(2,)]
        assert singing(tmp_path, CANARY) == []
    assert singing(tmp_path, CANARY) == []
    assert CANARY not in caplog.text


async def test_forgotten_and_back_under_another_name_they_never_meet(world: World) -> None:
    await organiser(world)
    ruth, tom = await members(world, "Ruth Cole", "Tom Reed")
    await ruth.use("block Tom Reed")
    await tom.use("leave")
    await tom.press("Forget me, and delete what you wrote to me here")
    tom.name = "Max Webb"
    await tom.say_who()
    await tom.agree()
    anna = Head(world, (await organiser(world)).account, "Anna Ford")  # type: ignore[arg-type]
    await anna.use("members waiting Max", Tree.ORGANISER)
    await anna.press("Vouch for Max Webb")
    member = await world.look(tom.account)
    assert member is not None
    assert member.name == "Max Webb"
    assert len(await world.parts.storage.read(world.at, lambda work: work.use(PAIRINGS).forbidden())) == 1
    await world.go_to(AFTER)
    assert world.circles() == []


async def test_whom_one_chose_and_who_has_left_stands_there_without_a_name(world: World) -> None:
    await organiser(world)
    ruth, tom = await members(world, "Ruth Cole", "Tom Reed")
    await world.go_to(AFTER)
    await ruth.use("partner")
    await ruth.press("I’d rather not meet Tom again")
    await tom.use("leave")
    await tom.press("Forget me")
    await ruth.use("settings")
    await ruth.press("Whom I don’t meet")
    await ruth.press("Meet again: somebody who has left")
    assert "There’s nobody" in ruth.says


async def lived(folder: Path, blocks: bool) -> dict[str, object]:
    """Twelve people and a Monday. All that anybody but Priya can see, without who meets whom."""
    async with opened(folder) as world:
        anna = await organiser(world)
        heads = await members(world, *NAMES)
        newcomer = await stranger(world, "Una Low")
        await newcomer.come()
        if blocks:
            for name in NAMES[1:4]:
                await heads[0].use(f"block {name}")
        await world.go_to(BEFORE)
        await anna.use("intro preview", Tree.ORGANISER)
        preview = anna.says
        await world.go_to(AFTER)
        await anna.use("intro status", Tree.ORGANISER)
        tom = await world.look(heads[1].account)
        assert tom is not None
        given = await world.parts.storage.read(world.at, lambda work: work.use(PRIVACY).export(tom.id))
        others = [one.account for one in (*heads[1:], newcomer)]
        met = {frozenset(place) for place in world.circles()}
        assert not blocks or not any(
            {heads[0].account.user, one.account.user} <= two for one in heads[1:4] for two in met
        )
        return {
            "letters": [len(world.said(one)) for one in others],
            "alone": [
                [words(said) for said in world.said(one) if said.conversation.startswith("bot-")] for one in others
            ],
            "organisers": [masked(said) for said in world.channel("organisers")],
            "preview": masked(preview),
            "status": anna.says,
            "given": sorted((name, len(rows)) for name, rows in given.items()),
            "groups": sorted(len(two) for two in met),
        }


def masked(text: str) -> str:
    """Without names, and in no order: who meets whom is all that may differ."""
    for name in NAMES:
        text = text.replace(name, "…")
    return "\n".join(sorted(text.splitlines()))


async def test_two_worlds_differ_in_nothing_but_who_meets_whom(tmp_path: Path) -> None:
    (tmp_path / "with").mkdir()
    (tmp_path / "without").mkdir()
    with seeded_ids("with and without"):
        with_them = await lived(tmp_path / "with", True)
    with seeded_ids("with and without"):
        assert await lived(tmp_path / "without", False) == with_them


def test_masked_words_still_show_what_is_not_a_name() -> None:
    assert masked("Tom Ashdown cannot meet") != masked("Tom Ashdown and Gwen Pugh")

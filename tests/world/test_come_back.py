"""The fifth test of the threat model: A would rather not meet B; B takes their data, is forgotten, and comes back.

Nothing that B or an organiser can see is otherwise than in a world without the block; A and B are never introduced;
and of B nothing is left but what may be (`test_erasure.py`).
"""

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.people.lived import seeded_ids
from tests.world.boris import (
    FRIDAY_BEFORE,
    MONDAY,
    NAME,
    SATURDAY,
    WEEK,
    Story,
    careless,
    seen_by_anna,
    seen_by_boris,
    told,
)
from tests.world.world import DAY, opened


async def test_nobody_can_tell_that_there_is_a_block(tmp_path: Path) -> None:
    """The same life twice, with and without it: what Boris and what organisers see before he goes, once he is back,
    and two introductions later."""
    seen = []
    for with_block in (True, False):
        async with told(tmp_path / str(with_block), with_block) as story:
            seen.append([await seen_at(story, FRIDAY_BEFORE)])
            with seeded_ids("back"):  # the block has drawn one more
                await story.forget()
                await story.return_as(NAME, "boris")
                seen[-1] += [await seen_at(story, when) for when in (FRIDAY_BEFORE, MONDAY, MONDAY + WEEK)]
            assert any("boris" in circle for circle in story.world.circles()), "he is introduced to others"
            assert story.met("boris") is not with_block
    assert seen[0] == seen[1]
    assert all(len(boris) > 10 and len(anna) > 10 for boris, anna in seen[0])


async def seen_at(story: Story, when: datetime) -> tuple[list[str], list[str]]:
    """What Boris sees then, and what organisers do."""
    await story.world.go_to(when)
    return await seen_by_boris(story), await seen_by_anna(story)


async def test_an_export_that_tells_of_the_block_would_be_noticed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.privacy.Part", _EverythingIsTheirs)
    seen = []
    for with_block in (True, False):
        async with told(tmp_path / str(with_block), with_block) as story:
            seen.append(await seen_by_boris(story))
    assert seen[0] != seen[1]


async def test_without_a_block_they_would_have_met(tmp_path: Path) -> None:
    async with told(tmp_path, with_block=False) as story:
        await story.world.go_to(MONDAY + 3 * WEEK)
        assert story.met("boris")


async def test_never_introduced_whatever_name_or_account_they_come_back_by(tmp_path: Path) -> None:
    async with told(tmp_path) as story:
        await story.live()
        await story.forget()
        await story.return_as("Basil Newman", "boris")
        await story.world.go_to(MONDAY + 3 * WEEK)
        assert any("boris" in circle for circle in story.world.circles()), "they are introduced to others"
        await story.forget()
        await story.return_as(NAME, "boris2")
        await story.world.go_to(datetime(2027, 2, 10, tzinfo=UTC))
        assert any("boris2" in circle for circle in story.world.circles())
        assert not story.met("boris", "boris2")


async def test_an_erasure_that_lifts_blocks_would_be_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    careless(monkeypatch, "block_marks", "blocked_accounts")
    async with told(tmp_path) as story:
        await story.live()
        await story.forget()
        await story.return_as("Basil Newman", "boris")
        await story.world.go_to(MONDAY + 4 * WEEK)
        assert story.met("boris")


async def test_an_older_copy_put_back_knows_the_block_and_sends_nothing_old(tmp_path: Path) -> None:
    """The ledger of erasures comes with backup and restore. Until then a copy from before brings back the one who was
    forgotten, and the operator has to erase them again; what holds today is that the block is in the copy too, and
    that nothing which waited when it was made is sent now."""
    async with told(tmp_path) as story:
        await story.live()
        for path in story.world.file.parent.glob("demo.sqlite3*"):
            shutil.copy(path, tmp_path / path.name)
        await story.forget()
        space, file = story.world.space, story.world.file
    for path in file.parent.glob("demo.sqlite3*"):
        path.unlink()
        shutil.copy(tmp_path / path.name, path)
    async with opened(tmp_path, at=SATURDAY, space=space) as world:
        again = Story(world, with_block=True)
        before = len(world.letters(space.persona("boris").account))
        await world.go_to(SATURDAY + DAY)
        assert len(world.letters(space.persona("boris").account)) == before
        await world.go_to(MONDAY + 8 * WEEK)
        assert not again.met("boris")


class _EverythingIsTheirs:
    """An export that takes what others said of somebody for their own."""

    SUBJECT, AUTHOR, OTHER = "subject", "other", "nobody"

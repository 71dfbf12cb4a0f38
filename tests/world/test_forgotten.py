"""Forgotten means forgotten: nothing that somebody said of themselves is left in any file of ours, at once."""

from pathlib import Path

import pytest

from tests.world.canaries import CANARY, singing
from tests.world.world import World, members, opened, organiser


async def forget_somebody(world: World) -> None:
    await organiser(world)
    tom, *_ = await members(world, f"Tom {CANARY}", "Gwen Pugh")
    assert singing(world.file.parent, CANARY), "what is looked for must have been there"
    await tom.use("leave")
    await tom.press("Forget me")


async def test_no_file_holds_a_word_of_somebody_forgotten_while_the_bot_runs(tmp_path: Path) -> None:
    async with opened(tmp_path) as world:
        await forget_somebody(world)
        assert singing(world.file.parent, CANARY) == []


async def test_without_scrubbing_the_journal_would_hold_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("storage.group.scrub", lambda connection: None)
    async with opened(tmp_path) as world:
        await forget_somebody(world)
        assert singing(world.file.parent, CANARY) == ["demo.sqlite3-wal"]

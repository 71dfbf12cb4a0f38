"""A poll from its opening to its figures, through the door."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest

from bot.chat.command import Tree
from bot.core.errors import StorageFailed
from bot.core.work import Unit
from storage.transaction import Outcome
from tests.pulse.people import answer, compose, heads, opened_by
from tests.world.world import World, organiser


async def test_a_poll_is_opened_answered_closed_and_told(world: World) -> None:
    anna, people = await organiser(world), await heads(world)
    await opened_by(anna)
    assert "30 people" in anna.says
    for number, head in enumerate(people[:20]):
        await answer(head, "1, very hard" if number < 10 else "5, very good")
        assert "Thank you" in head.says
    await world.go_to(world.at + timedelta(hours=49))
    await anna.use("pulse results", Tree.ORGANISER)
    assert "10" in anna.says, anna.says


async def test_a_poll_whose_opening_was_kept_and_heard_as_failed_can_be_answered_within_the_hours(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The line to the database breaks at the commit that opens it: what is in memory alone is made good when the next
    hour strikes."""
    anna, (head, *_) = await organiser(world), await heads(world)
    await compose(anna)
    writer = world.parts.storage._writer
    run = writer._run

    async def unheard(units: Sequence[Unit[Any]]) -> list[Outcome[Any]]:
        return [Outcome(error=StorageFailed("lost")) for _ in await run(units)]

    monkeypatch.setattr(writer, "_run", unheard)
    await anna.press("Send it now")
    monkeypatch.setattr(writer, "_run", run)
    assert "D1" in anna.says
    await world.go_to(world.at + timedelta(hours=24))
    head.read("How has this week")
    await head.press("Answer")
    assert head.asked is not None

"""Platforms deliver things twice: whatever an organiser or a host does is answered alike then, and changes nothing."""

from datetime import timedelta
from typing import Any

import pytest

from bot.chat.command import Tree
from bot.chat.inbound import Inbound, What
from bot.chat.outbound import Reply
from bot.events.actions import AskCame
from tests.events.organising import events, planner, press, write
from tests.world.world import DAY, Head, World, members


@pytest.fixture
def doubled(world: World, monkeypatch: pytest.MonkeyPatch) -> World:
    """A world in which everything comes in twice."""

    async def receive(what: What, account: Any, name: str = "", *rest: Any) -> Reply:
        world.clock.advance(timedelta(seconds=5))
        inbound = Inbound(world.space.new_id(), world.at, what, account, name)
        reply = await world.hand_in(inbound)
        state = world.state()
        assert await world.hand_in(inbound) == reply, "a second delivery was answered otherwise"
        assert world.state() == state, "a second delivery changed something"
        return reply

    monkeypatch.setattr(world, "receive", receive)
    return world


async def test_a_series_from_the_first_form_to_who_was_there(world: World, doubled: World) -> None:
    priya, _ = await members(world, "Priya Shah", "Tom Ashdown")
    anna = await planner(doubled)
    await write(anna, "Saturday at 7")
    await anna.press("Saturday 14 November 2026, 07:00 (UK time)")
    await anna.press("What, when and where")
    await anna.fill(when="Wed 2 Dec, 7pm")
    await anna.press("Who and how many")
    await anna.fill(capacity="10")
    await anna.press("Link and host")
    await anna.fill(host="Priya")
    await anna.press("Make it come again")
    await anna.fill(every="Every week", days=[])
    await anna.press("Yes, post it")
    await change(anna, "What, when and where", {"title": "Wednesday tea"}, "Yes, and all that follow")
    await change(anna, "What, when and where", {"when": "Thu 3 Dec, 7pm"}, "Yes, this one only")
    await change(anna, "What, when and where", {"when": "Tue 1 Dec, 6pm"}, "Yes, and all that follow")
    await change(anna, "Make it come again", {"every": "Every second week"}, "Yes, and all that follow")
    await anna.use("event cancel", Tree.ORGANISER)
    await anna.choose("Wednesday tea, Tuesday 15 December 2026, 18:00")
    await anna.press("Cancel it and all that follow")
    await anna.use("event list", Tree.ORGANISER)
    [first, *gone] = await events(world)
    assert gone
    await press(priya, AskCame(first.id, 0).pack())
    assert "afterwards" in priya.says
    await world.go_to(first.ends_at + DAY)
    await press(priya, AskCame(first.id, 0).pack())
    assert "Nobody had a place" in priya.says


async def change(anna: Head, button: str, answers: dict[str, str], apply: str) -> None:
    """Change the first of a series."""
    await anna.use("event edit", Tree.ORGANISER)
    view = anna.view
    assert view is not None
    first = next(option.label for block in view.blocks for option in getattr(block, "options", ()))
    await anna.choose(first)
    await anna.press(button)
    await anna.fill(**answers)
    await anna.press(apply)
    assert "this is how it stands now" in anna.says

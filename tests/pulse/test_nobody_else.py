"""What organisers do with polls, pressed and sent by those who are none: refused alike, and nothing changes."""

from datetime import timedelta
from pathlib import Path
from typing import Any, get_type_hints

import pytest

from bot.chat.action import Action
from bot.chat.ids import Id
from bot.chat.inbound import Pressed, Submitted
from bot.chat.view import words_of_view
from bot.core.feature import Right
from bot.core.flood import Flood
from tests.pulse.people import compose, heads, opened_by
from tests.world.world import World, opened, organiser, stranger

HOUR = timedelta(hours=1)
STATES = ("draft", "open", "closed")


def kinds(world: World) -> list[type[Action]]:
    (room,) = (one for one in world.parts.bot.directory.features if one.name == "pulse")
    return [on.action for on in room.actions if on.needs is Right.ORGANISER]


def made(kind: type[Action], poll: Id) -> str:
    hints = get_type_hints(kind)
    return kind(*(poll if hints[name] is Id else hints[name]() for name in kind.__struct_fields__)).pack()


def kept(world: World) -> list[Any]:
    return [world.rows(f"SELECT * FROM {table} ORDER BY 1") for table in ("pulse_polls", "pulse_asked", "letters")]  # noqa: S608 - names of ours


@pytest.mark.parametrize("state", STATES)
async def test_what_organisers_do_is_refused_to_everybody_else(tmp_path: Path, state: str) -> None:
    async with opened(tmp_path) as world:
        anna, people = await organiser(world), await heads(world)
        await (compose(anna) if state == "draft" else opened_by(anna))
        await world.go_to(world.at + (72 * HOUR if state == "closed" else HOUR))
        world.parts.bot._flood = Flood(presses=10**9)
        ((poll, found),) = world.rows("SELECT id, state FROM pulse_polls")
        assert found == state
        before = kept(world)
        assert len(kinds(world)) > 4
        for head in (people[0], await stranger(world, "Nobody Known")):
            for kind in kinds(world):
                for what in (
                    Pressed(made(kind, poll)),
                    Submitted(made(kind, poll), {"first": ("week",), "reply": ("x",)}),
                ):
                    reply = await world.receive(what, head.account, head.name)
                    assert reply.view is not None
                    assert "That isn’t something I can do for you here" in words_of_view(reply.view), kind
        assert kept(world) == before

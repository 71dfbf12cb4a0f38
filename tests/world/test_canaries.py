"""Names, typed words, codes and calls for help are canaries: none sings in a log, whatever fails."""

import logging
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.chat.command import Tree
from bot.chat.inbound import Inbound, Pressed, Submitted, Typed, Used, What
from bot.chat.view import words_of_view
from bot.core.flood import Flood
from tests.world.canaries import files, singing
from tests.world.ear import Ear, StrictEar, at_the_root
from tests.world.sabotage import breaks_a_constraint, raises, sabotaged
from tests.world.world import Head, World, members, opened, organiser

CANARY = "zqcanary"
FIELDS = {"name": (f"{CANARY} Name",), "code": (f"{CANARY}CODE",), "school": (f"{CANARY} School",), "q": (CANARY,)}


@pytest.fixture
def ear() -> Iterator[Ear]:
    with at_the_root(made := StrictEar()):
        yield made


async def canary(world: World) -> Head:
    """A member whose every word is one."""
    (head,) = await members(world, f"Tom {CANARY}")
    world.parts.bot._flood = Flood(presses=10**9)
    return head


@pytest.mark.parametrize("do", [raises, breaks_a_constraint])
async def test_every_handler_fails_once_and_no_canary_sings(world: World, ear: Ear, do: Any) -> None:
    head, anna = await canary(world), await organiser(world)
    with sabotaged(world, do, CANARY, FIELDS) as asked:
        assert len(asked) > 60
        for what in asked:
            for one in (head, anna):
                reply = await world.receive(what, one.account, f"{CANARY} Shown")
                assert reply.view or reply.errors, "and each is answered"
    failures = [line for line in ear.heard if "a handler failed" in line]
    assert len(failures) > 60
    assert [line for line in ear.heard if CANARY in line] == []


async def test_a_life_at_debug_sings_no_canary(world: World, ear: Ear) -> None:
    """Joining, a wrong code, a typed school, typing to the bot, a call for help, an organiser's search."""
    head, anna = await canary(world), await organiser(world)
    for what in (
        Submitted("onboarding.claim~1", FIELDS),
        Submitted("members.keep-school~1", FIELDS),
        Submitted("members.profile~1", {**FIELDS, "nation": ("england",), "role": ("headteacher",)}),
        Used(Tree.MEMBER, f"nonsense {CANARY}"),
        Typed(),
        Used(Tree.HELP_NOW),
    ):
        await world.receive(what, head.account, CANARY)
    await anna.use(f"members suspend {CANARY}", Tree.ORGANISER)
    await head.use("leave")
    await head.press("Forget me")
    assert [line for line in ear.heard if CANARY in line] == []
    assert not any(CANARY in line for line in world.state())
    assert not any(word in line for line in ear.heard for word in ("helpnow", "Samaritans", "HELP_NOW"))


async def test_an_ear_that_hears_nothing_would_be_noticed(world: World, ear: Ear) -> None:
    logging.getLogger("somebody").debug("a name: %s", CANARY)
    assert any(CANARY in line for line in ear.heard)
    assert world


def traces(folder: Path) -> dict[str, bytes]:
    """All files, byte for byte; but the index of SQLite's log, which holds no content."""
    return {str(path): path.read_bytes() for path in files(folder)}


HELP: tuple[What, ...] = (
    Used(Tree.HELP_NOW),
    Used(Tree.HELP_NOW, f"I am {CANARY}"),
    Used(Tree.MEMBER, "help now"),
    Pressed("help.now~1"),
    Typed(),
)


async def ask_for_help(world: World, head: Head) -> None:
    for what in HELP:
        if isinstance(what, Pressed):
            reply = await world.receive(Pressed(help_button(world)), head.account, CANARY)
        else:
            reply = await world.receive(what, head.account, CANARY)
        assert reply.view is not None
        assert "Samaritans" in words_of_view(reply.view)


def help_button(world: World) -> str:
    plates: Any = world.parts.bot.directory._traceless
    return next(f"{plate.action.wire}~{plate.action.version}" for plate in plates if plate.action)


async def test_help_leaves_no_trace_in_any_file(tmp_path: Path, ear: Ear) -> None:
    async with opened(tmp_path) as world:
        await organiser(world)
        head = await canary(world)
        before, counted = traces(tmp_path), len(ear.heard)
        await ask_for_help(world, head)
        assert traces(tmp_path) == before
        assert not any("help" in line.casefold() for line in ear.heard[counted:])
        await head.use("profile")
        assert traces(tmp_path) != before, "anything else leaves one"


async def test_to_look_at_the_home_page_leaves_no_trace_in_any_file(tmp_path: Path, ear: Ear) -> None:
    async with opened(tmp_path) as world:
        anna, head = await organiser(world), await canary(world)
        before, counted = traces(tmp_path), len(ear.heard)
        for one in (anna, head):
            await one.open_home()
            assert "Samaritans" in one.says
            assert "Sorry" not in one.says
        assert traces(tmp_path) == before
        assert not any("home" in line.casefold() for line in ear.heard[counted:])
        await head.press("My settings")
        assert traces(tmp_path) != before, "anything else leaves one"


async def test_help_works_without_a_database(tmp_path: Path) -> None:
    async with opened(tmp_path) as world:
        await organiser(world)
        head = await canary(world)
        await world.parts.storage.close()
        for path in (tmp_path / "data").iterdir():
            if path.is_file():
                os.remove(path)
        for what in HELP:
            packed = Pressed(help_button(world)) if isinstance(what, Pressed) else what
            reply = await world.parts.bot.receive(delivery(world, head, packed))
            assert reply.view is not None
            assert "Samaritans" in words_of_view(reply.view)


def delivery(world: World, head: Head, what: What) -> Inbound:

    return Inbound(world.space.new_id(), world.at, what, head.account, CANARY)


async def test_private_words_are_nowhere_in_the_files(tmp_path: Path) -> None:
    """Letters lie sealed, and are emptied when they were sent; what was forgotten is not even in freed pages."""
    async with opened(tmp_path) as world:
        await organiser(world)
        head = await canary(world)
        assert singing(tmp_path, CANARY), "what is looked for must have been there"
        await head.use("leave")
        await head.press("Forget me")
    assert singing(tmp_path, CANARY) == []

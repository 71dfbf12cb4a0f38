"""Nothing that is private on a door plate leaves a trace: every table, file and log is the same before and after."""

import logging
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.chat.address import Account
from bot.chat.command import Tree
from bot.chat.ids import Id
from bot.chat.inbound import Inbound, Pressed, Submitted, Typed, Used, What
from bot.chat.outbound import Reply
from bot.core.feature import Run
from bot.core.helplines import more_ways
from bot.pulse.actions import GivePulse, OpenPulse
from bot.pulse.box import Box, Choices
from tests.pulse.people import heads, opened_by
from tests.pulse.two_worlds import listening
from tests.pulse.two_worlds import opened as open_poll
from tests.world.world import World, opened, organiser


@dataclass(frozen=True)
class Left:
    """What an attacker has at one moment: files byte for byte, rows by table, and every line of every log."""

    files: dict[str, bytes]
    tables: dict[str, list[str]]
    log: list[str]


def left(world: World, folder: Path, log: list[str]) -> Left:
    """But for the index of SQLite's journal, which holds no content."""
    paths = [path for path in sorted(folder.rglob("*")) if path.is_file() and path.suffix != ".sqlite3-shm"]
    with closing(sqlite3.connect(f"file:{world.file}?mode=ro", uri=True)) as file:
        names = [name for (name,) in file.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        tables = {name: [repr(row) for row in file.execute(f'SELECT * FROM "{name}"')] for name in names}  # noqa: S608
    return Left({str(path): path.read_bytes() for path in paths}, tables, [*log])


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    """A poll is open to thirty."""
    async with opened(tmp_path) as made:
        anna = await organiser(made)
        await heads(made)
        await opened_by(anna)
        yield made


async def comes_in(world: World, what: What, account: Account) -> Reply:
    """By the door that platforms use, and no time passes."""
    return await world.parts.door(Inbound(world.space.new_id(), world.at, what, account))


def private(poll: Id, choice: str = "1") -> dict[str, What]:
    """Everything that is done privately, and every way in which it is refused."""
    give = GivePulse(poll).pack()
    return {
        "opens the poll": Pressed(OpenPulse(poll).pack()),
        "answers it": Submitted(give, {"q0": (choice,)}),
        "answers it twice": Submitted(give, {"q0": (choice,)}),
        "changes their mind": Submitted(give, {"q0": ("5",)}),
        "takes it back": Submitted(give, {"q0": ("",)}),
        "sends what was not offered": Submitted(give, {"q0": ("eleven",)}),
        "forges a round": Pressed(OpenPulse(Id(99)).pack()),
        "answers a forged round": Submitted(GivePulse(Id(99)).pack(), {"q0": (choice,)}),
        "reads the page": Used(Tree.MEMBER, "pulse"),
        "asks for help as members do": Used(Tree.MEMBER, "help now"),
        "asks for help in a word": Used(Tree.MEMBER, "helpnow"),
        "presses it in the menu": Pressed(Run(Tree.MEMBER, "pulse").pack()),
        "asks for help": Used(Tree.HELP_NOW),
        "asks for help in words": Used(Tree.HELP_NOW, "I cannot go on"),
        "asks for more ways": Pressed(more_ways().action),
        "types": Typed(),
    }


async def test_nothing_private_leaves_a_trace_in_a_table_a_file_or_a_log(world: World, tmp_path: Path) -> None:
    poll = (await open_poll(world)).id
    people = [Account("local", "space", "head03"), Account("local", "space", "nobody")]
    with listening() as lines:
        for name, what in private(poll).items():
            for account in people:  # the second is somebody else, with another's button
                before = left(world, tmp_path, lines.heard)
                reply = await comes_in(world, what, account)
                assert reply.view or reply.ask, name
                assert left(world, tmp_path, lines.heard) == before, name
        before = left(world, tmp_path, lines.heard)
        await comes_in(world, Used(Tree.MEMBER, "profile"), people[0])
        after = left(world, tmp_path, lines.heard)
    assert (after.files, after.tables) != (before.files, before.tables), "anything else leaves one"


async def test_every_plate_that_is_private_is_tried(world: World) -> None:
    tried = {getattr(what, "action", "").partition("~")[0] for what in private(Id(1)).values()}
    plates = [plate for feature in world.parts.bot.directory.features for plate in feature.traceless]
    assert {plate.action.wire for plate in plates if plate.action} <= tried
    said = {what.words for what in private(Id(1)).values() if isinstance(what, Used) and what.tree is Tree.MEMBER}
    assert {plate.word for plate in plates if plate.tree is Tree.MEMBER} == said


async def test_a_line_in_a_log_or_a_row_would_be_seen(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    poll, put = (await open_poll(world)).id, Box.put

    def logs(self: Box, poll: Id, account: Account, choices: Choices) -> None:
        logging.getLogger("pulse").debug("somebody answered")
        put(self, poll, account, choices)

    monkeypatch.setattr(Box, "put", logs)
    with listening() as lines:
        before = left(world, tmp_path, lines.heard)
        await comes_in(world, private(poll)["answers it"], Account("local", "space", "head03"))
        assert left(world, tmp_path, lines.heard) != before

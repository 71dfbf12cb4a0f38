"""Twin worlds: nobody who takes everything learns who answered, when, or what. And the test sees what it should."""

import logging
import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from bot.chat.address import Account
from bot.chat.ids import Id
from bot.core.feature import Part
from bot.core.work import Work
from bot.pulse.box import Box, Choices
from bot.pulse.friday import PulseFriday
from bot.pulse.model import State
from bot.pulse.store import PULSE
from tests.pulse.two_worlds import Plan, Seen, born, differences, in_memory, live, twins
from tests.virtual import inline_aiosqlite

SEEDS = range(100 if os.environ.get("HEADSUP_DRILL") else 3)
CROWDED = 8
"""A seed in which many answer, and nothing is restarted."""


@pytest.mark.parametrize("seed", SEEDS)
async def test_two_worlds_are_the_same_to_whoever_takes_everything(tmp_path: Path, seed: int) -> None:
    plan, twin = twins(seed)
    assert plan != twin
    first, second = await both(tmp_path, plan, twin)
    assert differences(first, second) == []
    assert len(first) > 30


async def both(folder: Path, plan: Plan, twin: Plan, make_box: Callable[[Path], Box] = in_memory) -> list[list[Seen]]:
    """The two lives, one after the other."""
    template, lives = await born(folder / "born"), []
    with inline_aiosqlite():
        for name, one in (("one", plan), ("two", twin)):
            shutil.copytree(template, folder / name)
            lives.append(await live(folder / name, one, make_box))
    return lives


class OneByOne(Box):
    """What a naive bot would do: each answer is written down as it comes, without a name."""

    def __init__(self, folder: Path, batch: int = 1) -> None:
        super().__init__()
        self._folder, self._batch, self._waits = folder, batch, list[Choices]()

    def put(self, poll: Id, account: Account, choices: Choices) -> None:
        super().put(poll, account, choices)
        self._waits.append(choices)
        if len(self._waits) >= self._batch:
            self._write(sorted(self._waits))
            self._waits.clear()

    def _write(self, answers: list[Choices]) -> None:
        with closing(sqlite3.connect(self._folder / "data" / "demo.sqlite3", isolation_level=None)) as file:
            file.execute("CREATE TABLE IF NOT EXISTS naive (answer TEXT)")
            file.executemany("INSERT INTO naive VALUES (?)", [(repr(one),) for one in answers])


@pytest.mark.parametrize("batch", [1, 10])
async def test_a_naive_store_and_batches_of_ten_are_found_out(tmp_path: Path, batch: int) -> None:
    plan, twin = twins(CROWDED)
    first, second = await both(tmp_path, plan, twin, lambda folder: OneByOne(folder, batch))
    assert any("demo.sqlite3" in one for one in differences(first, second))


async def test_reminders_to_those_who_have_not_answered_are_found_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan, twin = twins(CROWDED)
    boxes: list[Box] = []
    remember = PulseFriday.look

    def look(self: PulseFriday, work: Work, week: date) -> Part:
        part, poll = remember(self, work, week), work.use(PULSE).at(State.OPEN)
        said = boxes[-1].answers(poll[0].id) if poll else {}
        return lambda member: () if member in said else part(member)

    def noted(folder: Path) -> Box:
        boxes.append(Box())
        return boxes[-1]

    monkeypatch.setattr(PulseFriday, "look", look)
    first, second = await both(tmp_path, plan, twin, noted)
    assert any("transcripts" in one for one in differences(first, second))


async def test_a_line_in_a_log_that_names_nobody_is_found_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plan, twin = twins(CROWDED)
    put = Box.put

    def logs(self: Box, poll: Id, account: Account, choices: Choices) -> None:
        logging.getLogger("pulse").debug("somebody answered")
        put(self, poll, account, choices)

    monkeypatch.setattr(Box, "put", logs)
    first, second = await both(tmp_path, plan, twin)
    assert {one.rsplit(" ", 1)[1] for one in differences(first, second)} == {"log"}

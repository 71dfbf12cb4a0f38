"""Twin worlds: nobody who takes everything learns who answered, when, or what. And the test sees what it should."""

import logging
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
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
from tests.postgres import CARELESS, execute, fresh_database, run_apart, running_postgres
from tests.pulse.two_worlds import Plan, Seen, born, differences, in_memory, live, twins
from tests.virtual import inline_aiosqlite

DRILL = bool(os.environ.get("HEADSUP_DRILL"))
SEEDS = range(100 if DRILL else 3)
CROWDED = 8
"""A seed in which many answer, and nothing is restarted."""


@pytest.fixture(scope="module")
def calm_postgres() -> Iterator[str]:
    """One that tidies up when nobody asked it to, by its own clock, would leave rows in another order."""
    with running_postgres(f"{CARELESS} -c autovacuum=off") as url:
        yield url


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


async def both_on_postgresql(
    folder: Path, server: str, plans: tuple[Plan, Plan], make_box: Callable[[str], Box] = lambda url: Box()
) -> list[list[Seen]]:
    """The two lives, each in a database of its own."""
    lives = []
    for name, plan in zip(("one", "two"), plans, strict=True):
        with fresh_database(server) as url:
            home = await born(folder / name, url)
            lives.append(await live(home, plan, lambda _, url=url: make_box(url), url))  # type: ignore[misc]
    return lives


@pytest.mark.parametrize("seed", SEEDS if DRILL else range(1))
async def test_two_worlds_on_postgresql_have_one_dump(tmp_path: Path, calm_postgres: str, seed: int) -> None:
    first, second = await both_on_postgresql(tmp_path, calm_postgres, twins(seed))
    assert differences(first, second) == []
    assert all("dump" in one.has for one in first)


@pytest.mark.parametrize("batch", [1, 10])
async def test_a_naive_store_and_batches_are_found_out_in_a_dump(
    tmp_path: Path, calm_postgres: str, batch: int
) -> None:
    first, second = await both_on_postgresql(
        tmp_path, calm_postgres, twins(CROWDED), lambda url: IntoPostgres(url, batch)
    )
    assert any("dump" in one for one in differences(first, second))


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


class IntoPostgres(OneByOne):
    """The same into a PostgreSQL."""

    def __init__(self, url: str, batch: int) -> None:
        super().__init__(Path(), batch)
        self._url = url

    def _write(self, answers: list[Choices]) -> None:
        rows = ", ".join(f"('{' '.join(one)}')" for one in answers)
        naive = f"CREATE TABLE IF NOT EXISTS naive (answer TEXT); INSERT INTO naive VALUES {rows}"  # noqa: S608
        run_apart(execute(self._url, naive))


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

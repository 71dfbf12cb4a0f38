"""kill -9 of the real program while people press: what was answered is there afterwards, and nothing is there twice."""

import asyncio
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import aiohttp

from tests.adapters.local.client import Tab
from tests.conftest import DRILL
from tests.world.process import Running, browser, running

KILLS = 200 if DRILL else 10
ANSWERS_BEFORE = 6
"""After so many answers the plug is pulled, while more are asked for."""


async def tab(bot: Running, session: aiohttp.ClientSession) -> Tab:
    async with session.get(bot.url) as page:
        assert page.status == 200
    origin = f"http://127.0.0.1:{bot.port}"
    return Tab(await session.ws_connect(f"{origin}/live", headers={"Origin": origin}))


async def come(tab: Tab, name: str) -> str:
    """Come in, say who one is, and hear that it is kept."""
    user: str = (await tab.ok("join", name=name))["user"]
    await tab.ok("be", user=user)
    fields = {"name": [name], "nation": ["england"], "role": ["headteacher"]}
    where = {"user": user, "conversation": f"bot-{user}", "message": ""}
    answer = await tab.ok("submit", action="onboarding.who~1", values=fields, **where)
    assert not answer.get("errors"), answer
    return name


async def press_on(bot: Running, answered: list[str], enough: asyncio.Event, who: str) -> None:
    """Let one after another in, until the bot is gone."""
    async with browser() as session:
        opened = await tab(bot, session)
        for n in range(10_000):
            answered.append(await come(opened, f"{who} {n:04}"))
            if len(answered) >= ANSWERS_BEFORE:
                enough.set()


def kept(folder: Path) -> Sequence[str]:
    with closing(sqlite3.connect(folder / "data/demo.sqlite3")) as file:
        return [row[0] for row in file.execute("SELECT name FROM members WHERE role IS NOT NULL")]


async def killed_once(folder: Path, life: int) -> list[str]:
    """One life and its end. Returns who was answered in it."""
    answered, enough = list[str](), asyncio.Event()
    async with running(folder) as bot:
        people = [asyncio.create_task(press_on(bot, answered, enough, f"Life{life} Head{n}")) for n in range(4)]
        async with asyncio.timeout(60):
            await enough.wait()
        await bot.kill()
        for person in people:
            person.cancel()
        await asyncio.gather(*people, return_exceptions=True)
    return answered


async def test_what_was_answered_is_there_after_a_kill(tmp_path: Path) -> None:
    answered: list[str] = []
    for life in range(KILLS):
        answered += await killed_once(tmp_path, life)
        names = kept(tmp_path)
        assert set(answered) <= set(names), "somebody was answered, and is not there"
        assert len(names) == len(set(names)), "somebody is there twice"
    assert len(answered) >= KILLS * ANSWERS_BEFORE
    async with running(tmp_path) as bot, browser() as session:
        assert await come(await tab(bot, session), "Last Head")
    assert kept(tmp_path).count("Last Head") == 1
    with closing(sqlite3.connect(tmp_path / "data/demo.sqlite3")) as file:
        assert file.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def test_a_bot_that_answers_before_it_keeps_would_be_noticed(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    with closing(sqlite3.connect(tmp_path / "data/demo.sqlite3")) as file:
        file.execute("CREATE TABLE members (name, role)")
        file.execute("INSERT INTO members VALUES ('Kept Head', 'coach')")
        file.commit()
    answered: list[Any] = ["Kept Head", "Lost Head"]
    assert not set(answered) <= set(kept(tmp_path))

"""A person before a real browser, in a space with a scripted bot."""

import asyncio
import fcntl
import shutil
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser, Page

from adapters.local.platform import LocalPlatform
from tests.adapters.scripted import Stage
from tests.browser.running import PATIENCE, Running, running

WIDE = {"width": 1280, "height": 800}


@pytest.fixture(scope="session")
def born(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """Four weeks, lived once for all workers; who walks in them gets a copy."""

    async def be_born(folder: Path) -> None:
        async with running(folder):
            pass

    alone = worker_id == "master"
    folder = (tmp_path_factory.getbasetemp() if alone else tmp_path_factory.getbasetemp().parent) / "born"
    with folder.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            shutil.rmtree(begun := folder.with_suffix(".begun"), ignore_errors=True)
            begun.mkdir()
            asyncio.run(be_born(begun))
            begun.rename(folder)
    return folder


@pytest.fixture
async def bot(born: Path, tmp_path: Path) -> AsyncIterator[Running]:
    """A bot that runs in a copy."""
    async with running(shutil.copytree(born, tmp_path / "demo")) as bot:
        yield bot


@pytest.fixture
def stage() -> Stage:
    """Ann, Bob and an organiser are here already."""
    stage = Stage()
    stage.space.join("Ann Example", "Head of a primary school", user="ann")
    stage.space.join("Bob Sample", "Head of a special school", user="bob")
    stage.space.join("Olu Organiser", "Organiser", organiser=True, user="olu")
    return stage


@pytest.fixture
async def local(stage: Stage) -> AsyncIterator[LocalPlatform]:
    async with stage.open() as platform:
        yield platform


@pytest.fixture
def window() -> dict[str, Any]:
    """What kind of window: a test module may say otherwise."""
    return {"viewport": WIDE}


@pytest.fixture
async def page(browser: Browser, local: LocalPlatform, window: dict[str, Any]) -> AsyncIterator[Page]:
    """The space just opened. Whatever the page complains of, or any dialog of the browser's own, fails the test."""
    wrong: list[str] = []
    context = await browser.new_context(timezone_id="Europe/London", locale="en-GB", **window)
    context.set_default_timeout(PATIENCE)
    page = await context.new_page()
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
    page.on("dialog", lambda dialog: wrong.append(dialog.message))
    await page.goto(local.url)
    await page.get_by_role("heading", name="Come in").wait_for()
    yield page
    await context.close()
    assert [what for what in wrong if "WebSocket connection" not in what] == []

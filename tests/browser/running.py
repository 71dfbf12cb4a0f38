"""`headsup run`, really running, and windows on it."""

import asyncio
import os
import re
import signal
import socket
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from playwright.async_api import Browser, Locator, Page, expect

WAIT = 120.0
"""Seconds within which a started bot prints its link: four weeks are lived in ten where nothing else runs."""
PATIENCE = 30_000
"""Milliseconds within which what is looked for is there, on a busy machine."""
expect.set_options(timeout=PATIENCE)


class Running:
    """A bot that runs in that folder, as a process of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.url = ""
        self._said = folder / "said.txt"
        self._port = str(_free_port())
        self._process: Process | None = None

    async def start(self, *options: str) -> None:
        """Until it has printed its link, and nothing else, where a script would read it."""
        command = (sys.executable, "-m", "bot", "run", *options)
        environment = os.environ | {"HEADSUP_LOCAL__PORT": self._port}
        with self._said.open("wb") as said:
            self._process = await asyncio.create_subprocess_exec(
                *command, cwd=self.folder, env=environment, stdout=PIPE, stderr=said
            )
        assert self._process.stdout is not None
        async with asyncio.timeout(WAIT):
            line = await self._process.stdout.readline()
        self.url = line.decode().strip()
        found = re.fullmatch(r"http://127\.0\.0\.1:(\d+)/\?k=[\w-]+", self.url)
        assert found is not None, self._said.read_text()
        self._port = found[1]

    async def stop(self) -> None:
        """As Ctrl-C or a service manager stops it: it ends by itself, and well."""
        assert self._process is not None
        self._process.send_signal(signal.SIGTERM)
        async with asyncio.timeout(WAIT):
            assert await self._process.wait() == 0


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])


@asynccontextmanager
async def running(folder: Path, *options: str) -> AsyncIterator[Running]:
    """A bot in that folder for a while; with the same port and link after `stop` and `start`."""
    bot = Running(folder)
    await bot.start(*options)
    try:
        yield bot
    finally:
        await bot.stop()


@asynccontextmanager
async def looking(browser: Browser, url: str, **window: Any) -> AsyncIterator[Page]:
    """A window on the space. Whatever it complains of fails the test; that a stopped bot cannot be reached may be."""
    wrong: list[str] = []
    context = await browser.new_context(timezone_id="Europe/London", locale="en-GB", **window)
    context.set_default_timeout(PATIENCE)
    page = await context.new_page()
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda said: wrong.append(said.text) if said.type in ("error", "warning") else None)
    page.on("dialog", lambda dialog: wrong.append(dialog.message))
    await page.goto(url)
    yield page
    await context.close()
    assert [what for what in wrong if "WebSocket connection" not in what] == []


class Someone:
    """A person in one of the panes, and what they can do there."""

    def __init__(self, page: Page, name: str) -> None:
        self.page, self.name, self.presses = page, name, 0
        self.pane = page.get_by_role("region", name=f"You are {name}")
        self.log = self.pane.get_by_role("log")
        self.box = self.pane.get_by_role("combobox", name=re.compile("^Write to"))
        self.places = self.pane.get_by_role("navigation")

    async def press(self, label: str, where: Locator | None = None) -> None:
        """Press what is labelled so, the latest of them."""
        self.presses += 1
        await (where or self.log).get_by_role("button", name=label, exact=True).last.click()

    async def tick(self, *labels: str) -> None:
        for label in labels:
            self.presses += 1
            await self.dialog.get_by_label(label, exact=True).check()

    async def choose(self, label: str, option: str) -> None:
        self.presses += 1
        await self.page.get_by_label(label, exact=True).select_option(label=option)

    async def go(self, place: str) -> None:
        """To a conversation."""
        await self.places.get_by_role("button", name=re.compile(f"^{re.escape(place)}")).click()

    async def write(self, text: str) -> None:
        await self.box.fill(text)
        await self.box.press("Enter")

    @property
    def first_name(self) -> str:
        return self.name.split()[0]

    @property
    def dialog(self) -> Locator:
        return self.page.get_by_role("dialog")

    @property
    def latest(self) -> Locator:
        """The last message in sight."""
        return self.log.locator(".message").last


async def join(page: Page, name: str) -> Someone:
    """Come in as somebody new, by typing a name."""
    box = page.get_by_role("main").get_by_role("textbox", name="Your name")
    await box.fill(name)
    await box.press("Enter")
    await page.get_by_role("region", name=f"You are {name}").wait_for()
    return Someone(page, name)


async def beside(page: Page, name: str) -> Someone:
    """Be that person too."""
    rail = page.get_by_role("navigation", name="People")
    await rail.get_by_role("button", name=f"See {name} beside").click()
    await page.get_by_role("region", name=f"You are {name}").wait_for()
    return Someone(page, name)

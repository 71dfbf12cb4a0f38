"""The page of everything that is said, opened by a double click: from its file, with nothing else to be had."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Literal

import pytest
from playwright.async_api import Browser, Page, expect

from bot.config import read_config
from bot.core.feature import Sample
from bot.door.preview import all_samples, write_preview
from tests.browser.axe import violations
from tests.conftest import DRILL

Scheme = Literal["light", "dark"]
WIDE, NARROW = {"width": 1280, "height": 800}, {"width": 320, "height": 640}
LOOKS = [(WIDE, "light"), (NARROW, "dark"), (WIDE, "dark"), (NARROW, "light")]
WITH_AXE = LOOKS if DRILL else LOOKS[:1]
"""Axe takes a minute over so many samples: one look in `make test`, and all four in the drill."""
BEYOND_THE_EDGE = """() => [...document.querySelectorAll('body *')]
  .filter((one) => one.getBoundingClientRect().right > document.documentElement.clientWidth)
  .map((one) => one.outerHTML)"""


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("preview") / "preview.html"
    write_preview(read_config(None), file)
    return file


@asynccontextmanager
async def opened(browser: Browser, file: Path, **window: Any) -> AsyncIterator[Page]:
    """Whatever the page complains of fails the test, and so does whatever it fetches."""
    wrong: list[str] = []
    context = await browser.new_context(timezone_id="Europe/London", locale="en-GB", **window)
    page = await context.new_page()
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda said: wrong.append(said.text))
    page.on("request", lambda asked: wrong.append(asked.url) if not asked.url.startswith("data:image/") else None)
    await page.goto(file.as_uri())
    await page.get_by_role("heading", level=1).wait_for()
    yield page
    await context.close()
    assert wrong == [file.as_uri()]


def every() -> list[Sample]:
    return [sample for room in all_samples(read_config(None)).values() for sample in room]


@pytest.mark.parametrize(("size", "scheme"), LOOKS)
async def test_everything_is_drawn_and_axe_finds_nothing(
    browser: Browser, file: Path, size: dict[str, int], scheme: Scheme
) -> None:
    async with opened(browser, file, color_scheme=scheme, viewport=size) as page:
        shown = page.get_by_role("main").locator(".sample")
        assert await shown.count() == len(every())
        assert await shown.get_by_role("heading", level=3).all_inner_texts() == [sample.name for sample in every()]
        empty = await shown.evaluate_all(
            "all => all.filter((one) => !one.querySelector('.body > *, dialog form')).length"
        )
        assert empty == 0
        assert await page.evaluate(BEYOND_THE_EDGE) == []
        if (size, scheme) in WITH_AXE:
            assert await violations(page) == []


async def test_a_press_does_nothing_and_a_question_is_shown(browser: Browser, file: Path) -> None:
    async with opened(browser, file, viewport=WIDE) as page:
        before = await page.get_by_role("main").inner_html()
        leave = page.get_by_role("region", name="Leave", exact=True)
        asked = leave.get_by_role("alertdialog").first
        await expect(asked).to_be_visible()
        for button in await leave.get_by_role("button").all():
            await button.click()
        await page.get_by_role("button", name="Done").first.click()
        assert await page.get_by_role("main").inner_html() == before


async def test_what_a_notification_reads_is_there_too(browser: Browser, file: Path) -> None:
    async with opened(browser, file, viewport=WIDE) as page:
        menu = page.get_by_role("region", name="Members: menu")
        words = menu.locator("pre")
        await expect(words).to_be_hidden()
        await menu.get_by_text("In words alone").click()
        await expect(words).to_contain_text("What would you like to do?\n[Let’s start]")

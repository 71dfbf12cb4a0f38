"""The pulse in a real browser: opened by mouse, answered by keys alone, as a screen reader is told of it, and enlarged."""

import os
import shutil
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, expect

from tests.browser.axe import violations
from tests.browser.hands import KeyHand, MouseHand
from tests.browser.running import Running, looking, running
from tests.browser.test_term import SCHEMES, WIDE

ADA, AMINA = "Priya Raman", "Amina Clarke"
ENLARGED = {"width": 640, "height": 400}
"""The wide window at 200 %: half as many pixels of a page."""
FORM = """- dialog "How are things?":
  - heading "How are things?" [level=2]
  - text: This week as a leader if you like"""
"""How the form begins in the tree that a screen reader walks."""


@pytest.fixture
async def bot(born: Path, tmp_path: Path) -> AsyncIterator[Running]:
    """A copy in which everybody has said that they may be asked."""
    folder = shutil.copytree(born, tmp_path / "demo")
    with closing(sqlite3.connect(folder / "data" / "demo.sqlite3")) as connection, connection:
        connection.execute("INSERT OR REPLACE INTO consents SELECT id, 'pulse', TRUE, 0 FROM members")
    async with running(folder) as bot:
        yield bot


async def opens(page: Page) -> None:
    """The organiser sees it as members will, and sends it."""
    hand = MouseHand(page)
    amina = await hand.be(AMINA)
    await hand.write("/headsup-organise pulse new")
    await hand.choose("A first question if you like", "This week as a leader")
    await hand.press("Show me")
    await expect(amina.latest).to_contain_text("This is what members would get:")
    await hand.press("Send it now")
    await hand.press("Send it")
    await expect(amina.latest).to_contain_text("It’s on its way")


async def answers(page: Page) -> list[str]:
    """By keys alone: one button, one field, one press. What axe finds in the form, in light and in dark."""
    hand = await KeyHand.at(page)
    ada = await hand.be(ADA)
    await expect(ada.latest).to_contain_text(
        "How has this week been for you as a leader? 1 is very hard, 5 is very good."
    )
    await expect(ada.latest).to_contain_text("keep no record of who said what")
    await expect(ada.latest).to_contain_text("Samaritans 116 123")
    await hand.press("Answer")
    await expect(ada.dialog).to_be_visible()
    assert (await ada.dialog.aria_snapshot()).startswith(FORM), await ada.dialog.aria_snapshot()
    found = []
    for scheme in SCHEMES:
        await page.emulate_media(color_scheme=scheme)
        found += await violations(page)
    await hand.choose("This week as a leader if you like", "5, very good")
    await keep_picture(page, "pulse-form")
    await hand.press("Add it")
    await expect(ada.latest).to_contain_text("Thank you. It’s added up with everybody else’s.")
    await expect(ada.log.get_by_text("very good.", exact=False)).to_have_count(1)
    return found


async def keep_picture(page: Page, name: str) -> None:
    """For whoever wants to look at it themselves."""
    if folder := os.environ.get("HEADSUP_SHOTS"):
        await page.screenshot(path=Path(folder) / f"{name}.png")


async def test_the_pulse_is_answered_by_keys_alone(browser: Browser, bot: Running) -> None:
    async with looking(browser, bot.url, viewport=WIDE, reduced_motion="reduce") as page:
        await opens(page)
        assert await answers(page) == []
        await page.set_viewport_size(ENLARGED)
        hand = MouseHand(page)
        ada = await hand.be(ADA)
        await hand.write("/headsup pulse")
        await expect(ada.latest).to_contain_text("What I keep:")
        await hand.press("Answer")
        await expect(ada.dialog).to_be_visible()
        wide = await page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
        assert wide, "nothing has to be scrolled sideways"
        await keep_picture(page, "pulse-enlarged")
        assert await violations(page) == []
        await expect(ada.dialog.get_by_label("This week as a leader if you like")).to_have_value("")

"""Axe is asked about the space in all its states; first, that it would find anything."""

import pytest
from playwright.async_api import Browser

from tests.browser.axe import violations

SOUND = "<!doctype html><html lang='en'><title>A page</title><main><h1>Sound</h1>{}</main></html>"
PLANTED = [
    ("<img src='data:,'>", "critical: image-alt: img"),
    ("<button></button>", "critical: button-name: button"),
    ("<p style='color: #bbb; background: #fff'>Hard to read</p>", "serious: color-contrast: p"),
]


@pytest.mark.parametrize(("fault", "found"), PLANTED)
async def test_a_planted_fault_is_found_and_named(browser: Browser, fault: str, found: str) -> None:
    page = await browser.new_page()
    await page.set_content(SOUND.format(fault))
    lines = await violations(page)
    assert [line[: len(found)] for line in lines] == [found]
    await page.set_content(SOUND.format("<p>Nothing wrong here.</p>"))
    assert await violations(page) == []

"""A story walked with a mouse, with axe looking at every page that it comes to."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Literal

from playwright.async_api import Browser, Page

from tests.browser.axe import violations
from tests.browser.hands import Hand, MouseHand
from tests.browser.running import Running, looking
from tests.conftest import DRILL

WIDE = {"width": 1280, "height": 800}
Scheme = Literal["light", "dark"]
SCHEMES: tuple[Scheme, ...] = ("light", "dark")
Chapter = Callable[[Hand], Awaitable[object]]


async def walked(browser: Browser, bot: Running, story: Sequence[Chapter]) -> list[str]:
    """What axe finds wrong, with the chapter after which it did; nothing where all is well. It looks in light and in
    dark by turns: every page in both takes twice as long, and is for the drill."""
    found: list[str] = []
    async with looking(browser, bot.url, viewport=WIDE, reduced_motion="reduce") as page:
        hand = MouseHand(page)
        for number, chapter in enumerate(story):
            await chapter(hand)
            schemes = SCHEMES if DRILL else SCHEMES[number % 2 :][:1]
            found += [f"{chapter}: {line}" for line in await looked_at(page, schemes)]
    return found


async def looked_at(page: Page, schemes: Sequence[Scheme] = SCHEMES) -> list[str]:
    """What axe finds in the page as it stands."""
    found: list[str] = []
    for scheme in schemes:
        await page.emulate_media(color_scheme=scheme)
        found += [f"{scheme}: {line}" for line in await violations(page)]
    return found

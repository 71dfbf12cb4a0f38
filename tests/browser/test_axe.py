"""Axe is asked about the space in all its states; first, that it would find anything."""

import re
from typing import Any

import pytest
from playwright.async_api import Browser, Locator, Page

from adapters.local.platform import LocalPlatform
from bot.chat.ids import Id
from bot.chat.outbound import Reply
from bot.chat.text import Link, Mention, Moment, Plain, Strong, plain
from bot.chat.view import (
    Button,
    Buttons,
    Confirm,
    Divider,
    Fact,
    Facts,
    Note,
    Option,
    Paragraph,
    Quote,
    Select,
    Style,
    View,
)
from tests.adapters.scripted import START, Stage, words
from tests.browser.axe import violations
from tests.browser.test_forms import FORM

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


WIDE, NARROW = {"width": 1280, "height": 800}, {"width": 360, "height": 640}
WINDOWS: list[dict[str, Any]] = [
    {"viewport": size, "color_scheme": scheme, "reduced_motion": "reduce"}
    for size in (WIDE, NARROW)
    for scheme in ("light", "dark")
]
SURE = Confirm("Forget you for good?", "Yes, forget me", "No, keep me")
EVERYTHING = View(
    (
        Paragraph((Mention(Id(1), "Ann Example"), Plain(", meet "), Mention(Id(2), "Bob Sample"))),
        Note((Link("More about this", "https://example.org/"), Plain(" by "), Moment(START))),
        Quote("What Bob wrote"),
        Facts((Fact("Phase", (Strong("special"),)), Fact("Would like to talk about", plain("staffing")))),
        Buttons((Button("Answer", "form~1", Style.PRIMARY), Button("Forget me", "x~1", Style.DANGER, SURE))),
        Select("Your school", "mine~1", (Option("1", "St Mary’s, Leeds"),)),
        Divider(),
    ),
    "Everything at once",
)


@pytest.fixture(params=WINDOWS, ids=["light", "dark", "narrow", "narrow dark"])
def window(request: pytest.FixtureRequest) -> dict[str, Any]:
    window: dict[str, Any] = request.param
    return window


class Looking:
    """Asks axe about a page in one state after another."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.found: dict[str, list[str]] = {}

    async def at(self, state: str) -> None:
        lines = await violations(self.page)
        self.found |= {state: lines} if lines else {}


async def test_the_space_is_sound_in_every_state(page: Page, stage: Stage, local: LocalPlatform) -> None:
    looking = Looking(page)
    stage.introduce("ann", "bob", EVERYTHING)
    stage.script.answers |= {
        "form~1": Reply(ask=FORM),
        "headsup": Reply(words("A menu, for you alone.")),
        "opened": Reply(EVERYTHING),
    }
    await looking.at("come in")
    await _people(page)
    await looking.at("people")
    await page.get_by_role("button", name="Be Ann Example", exact=True).click()
    pane = page.get_by_role("region", name="You are Ann Example")
    await looking.at("nothing said yet")
    await pane.get_by_role("button", name="Bob Sample and HeadsUp").click()
    await pane.get_by_role("log").get_by_role("button", name="Forget me").wait_for()
    await looking.at("messages")
    await _ask(pane, looking)
    await _command(pane, looking)
    await pane.get_by_role("log").get_by_role("button", name="Bob Sample").first.click()
    await page.get_by_role("region", name="You are Bob Sample").wait_for()
    await looking.at("two people")
    await pane.get_by_role("button", name="Home").click()
    await pane.get_by_role("log", name="Messages in Home").get_by_role("button", name="Answer").wait_for()
    await looking.at("home page")
    await _time(page, looking)
    assert looking.found == {}


async def _people(page: Page) -> None:
    """Where there is little room, they come when called."""
    call = page.get_by_role("banner").get_by_role("button", name="People")
    if await call.is_visible():
        await call.click()
    await page.get_by_role("navigation", name="People").wait_for()


async def _ask(pane: Locator, looking: Looking) -> None:
    """A question, a form before and after it was sent half empty, and a list to choose from."""
    page = pane.page
    await pane.get_by_role("button", name="Forget me").click()
    await page.get_by_role("alertdialog").wait_for()
    await looking.at("a question")
    await page.keyboard.press("Escape")
    await pane.get_by_role("button", name="Answer").click()
    await page.get_by_role("dialog", name=FORM.title).wait_for()
    await looking.at("a form")
    await page.get_by_role("button", name=FORM.send).click()
    await page.get_by_text("Please fill this in.").first.wait_for()
    await looking.at("a form sent back")
    await page.keyboard.press("Escape")
    await pane.get_by_role("button", name="Write to somebody").click()
    await page.get_by_role("searchbox", name="Find somebody").last.wait_for()
    await looking.at("whom to write to")
    await page.keyboard.press("Escape")


async def _command(pane: Locator, looking: Looking) -> None:
    """A command as it is typed, one that there is not, and an answer for one alone."""
    box = pane.get_by_role("combobox", name=re.compile("^Write to"))
    await box.press_sequentially("/")
    await pane.get_by_role("listbox", name="Commands").wait_for()
    await looking.at("commands")
    await box.fill("/nothing")
    await box.press("Enter")
    await pane.get_by_role("alert").get_by_text("There is no command").wait_for()
    await looking.at("no such command")
    await box.fill("/headsup")
    await box.press("Enter")
    await pane.get_by_text("A menu, for you alone.").wait_for()
    await looking.at("for one alone")


async def _time(page: Page, looking: Looking) -> None:
    """What comes next, and what happened meanwhile."""
    await page.get_by_role("button", name="+1 day").click()
    await page.get_by_role("region", name="Meanwhile").wait_for()
    await looking.at("meanwhile")


@pytest.mark.parametrize("window", WINDOWS[:2], ids=["light", "dark"], indirect=True)
async def test_the_locked_door_is_sound(browser: Browser, local: LocalPlatform, window: dict[str, Any]) -> None:
    page = await browser.new_page(**window)
    await page.goto(local.url.partition("?")[0])
    await page.get_by_role("heading", name="Nearly there").wait_for()
    assert await violations(page) == []
    await page.close()

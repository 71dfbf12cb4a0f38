"""Open tabs: they survive a restart, keep who one was, and fit a phone."""

import asyncio
import json
import re
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, WebSocketRoute, expect

from adapters.local.platform import LocalPlatform
from bot.chat.outbound import Reply
from tests.adapters.scripted import Stage, words
from tests.browser.test_community import INTRODUCTION, be

NAMELESS = re.compile(
    r"^\s*- (?:button|link|textbox|searchbox|combobox|checkbox|radio|group|navigation|region|dialog|img|log|listbox)"
    r"(?: \[.*)?:?$",
    re.MULTILINE,
)


async def test_an_open_tab_survives_a_restart_with_its_session(browser: Browser, tmp_path: Path) -> None:
    file = tmp_path / "space.sqlite3"
    stage = Stage(file)
    stage.space.join("Ann Example", user="ann")
    stage.space.post("bot-ann", words("before the restart"))
    stage.script.answers["headsup"] = Reply(words("a private menu"))
    page = await browser.new_page()
    async with stage.open() as local:
        await page.goto(local.url)
        await be(page, "Ann Example")
        await page.get_by_role("combobox").fill("/headsup")
        await page.get_by_role("combobox").press("Enter")
        await page.get_by_text("a private menu").wait_for()
    await expect(page.get_by_role("status").get_by_text("The connection is lost")).to_be_visible()
    stage = Stage(file, first=1000)
    stage.space.post("bot-ann", words("after the restart"))
    async with stage.open(local.port):
        log = page.get_by_role("log")
        await expect(log.get_by_text("after the restart")).to_be_visible()
        await expect(log.get_by_text("before the restart")).to_be_visible()
        await expect(log.get_by_text("a private menu")).to_be_visible()
        await expect(page.get_by_text("The connection is lost")).to_be_hidden()
        await page.get_by_role("combobox").fill("/headsup")
        await page.get_by_role("combobox").press("Enter")
        await expect(page.get_by_role("combobox")).to_have_value("")
        assert len(stage.script.heard) == 1
        await page.close()


class Stutter:
    """A line to the space on which the answer to `open` waits for the next news, and comes in one frame with it."""

    def __init__(self) -> None:
        self.holds, self._number = asyncio.Event(), 0
        self._held: list[dict[str, object]] = []

    def between(self, line: WebSocketRoute) -> None:
        server = line.connect_to_server()

        def asked(frame: str | bytes) -> None:
            question = json.loads(frame)
            self._number = question["n"] if question["do"] == "open" else self._number
            server.send(frame)

        def said(frame: str | bytes) -> None:
            self._held += json.loads(frame)
            if any(item.get("re") == self._number for item in self._held if self._number) and not self.holds.is_set():
                self.holds.set()
                return
            line.send(json.dumps(self._held))
            self._held = []

        line.on_message(asked)
        server.on_message(said)


async def test_what_is_said_while_a_conversation_opens_is_seen(
    browser: Browser, local: LocalPlatform, stage: Stage
) -> None:
    stutter = Stutter()
    page = await browser.new_page()
    await page.route_web_socket("**/live", stutter.between)
    await page.goto(local.url)
    await page.get_by_role("main").get_by_role("button", name="Ann Example").click()
    await stutter.holds.wait()
    stage.space.post("bot-ann", words("at that very moment"))
    await expect(page.get_by_role("log").get_by_text("at that very moment")).to_be_visible()
    await page.close()


async def test_a_reloaded_tab_is_who_it_was_and_where(page: Page, stage: Stage) -> None:
    stage.introduce("ann", "bob", INTRODUCTION)
    await be(page, "Ann Example")
    await page.get_by_role("button", name="Bob Sample and HeadsUp").click()
    await page.get_by_role("log").get_by_role("button", name="Bob Sample").click()
    await page.get_by_role("region", name="You are Bob Sample").wait_for()
    await page.reload()
    for name, other in (("Ann Example", "Bob Sample"), ("Bob Sample", "Ann Example")):
        pane = page.get_by_role("region", name=f"You are {name}")
        await expect(pane.get_by_role("log", name=f"Messages in {other} and HeadsUp")).to_be_visible()
    await page.get_by_role("button", name="Stop being Ann Example").click()
    await expect(page.get_by_role("region", name="You are Ann Example")).to_have_count(0)
    await page.get_by_role("button", name="Stop being Bob Sample").click()
    await expect(page.get_by_role("heading", name="Come in")).to_be_visible()


async def test_who_leaves_is_no_longer_offered_and_their_words_stay(page: Page, stage: Stage) -> None:
    bob = stage.space.persona("bob").account
    stage.space.say(bob, "channel-community", "goodbye all")
    await be(page, "Ann Example")
    await page.get_by_role("button", name="#community").click()
    stage.space.leave(bob)
    await expect(page.get_by_role("button", name="Be Bob Sample")).to_have_count(0)
    await expect(page.get_by_role("listitem").filter(has_text="goodbye all").get_by_text("Bob Sample")).to_be_visible()


@pytest.mark.parametrize("line", ["- button", "  - textbox [active]:", '- button "Send"'])
def test_what_has_no_name_would_be_found(line: str) -> None:
    assert bool(NAMELESS.search(line)) == ('"' not in line)


async def test_everything_that_can_be_reached_has_a_name(page: Page, stage: Stage) -> None:
    stage.introduce("ann", "bob", INTRODUCTION)
    assert NAMELESS.findall(await page.locator("body").aria_snapshot()) == []
    await be(page, "Ann Example")
    await page.get_by_role("button", name="Bob Sample and HeadsUp").click()
    await page.get_by_role("log").get_by_role("button", name="Bob Sample").click()
    await page.get_by_role("region", name="You are Bob Sample").wait_for()
    assert NAMELESS.findall(await page.locator("body").aria_snapshot()) == []


async def test_the_keyboard_alone_reaches_the_conversation(page: Page) -> None:
    await page.keyboard.press("Tab")
    await expect(page.get_by_role("link", name="Skip to the conversation")).to_be_focused()
    await page.keyboard.press("Enter")
    await page.keyboard.press("Tab")
    await expect(page.get_by_role("main").get_by_role("textbox", name="Your name")).to_be_focused()
    await page.keyboard.type("Carol Newhead")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("region", name="You are Carol Newhead")).to_be_focused()


@pytest.fixture
async def phone(browser: Browser, local: LocalPlatform) -> Page:
    context = await browser.new_context(viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True)
    page = await context.new_page()
    await page.goto(local.url)
    return page


async def test_on_a_phone_people_come_when_called_and_nothing_is_cut_off(phone: Page, stage: Stage) -> None:
    stage.introduce("ann", "bob", INTRODUCTION)
    await expect(phone.get_by_role("searchbox")).to_be_hidden()
    await phone.get_by_role("button", name="People").tap()
    await phone.get_by_role("navigation", name="People").get_by_role("button", name="Be Ann Example").tap()
    await expect(phone.get_by_role("searchbox")).to_be_hidden()
    await phone.get_by_role("button", name="Bob Sample and HeadsUp").tap()
    await expect(phone.get_by_text("Ann Example, meet Bob Sample")).to_be_visible()
    await expect(phone.get_by_role("combobox")).to_be_in_viewport()
    assert await phone.evaluate("document.documentElement.scrollWidth") == 360

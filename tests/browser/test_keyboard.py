"""The story by keyboard alone: whoever cannot use a mouse comes as far as anybody."""

import shutil
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, expect

from bot.chat.form import Form, ShortText
from bot.chat.outbound import Reply
from bot.chat.text import plain
from bot.chat.view import Button, Buttons, Paragraph, View
from tests.adapters.scripted import Stage, words
from tests.browser.keyboard import Keys, Stop
from tests.browser.running import Someone, looking, running
from tests.browser.test_community import be

SCHOOL = "Granard Primary School, London"
MOST_PRESSES = 12
WIDE = {"width": 1280, "height": 800}


async def test_somebody_joins_with_keys_alone(browser: Browser, born: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(born, tmp_path / "demo")
    async with running(folder) as bot, looking(browser, bot.url, viewport=WIDE) as page:
        keys, priya = await Keys.at(page), Someone(page, "Priya Newhead")
        await page.get_by_role("heading", name="Come in").wait_for()
        await join(keys, priya)
        await expect(priya.latest).to_contain_text("There’s nothing more to do.")
        assert keys.presses <= MOST_PRESSES
        await change_a_setting(keys, priya)
        await look_at_the_profile_and_leave_it(keys, priya)
        await think_better_of_leaving(keys, priya)
        await say_hello_to_everybody(keys, priya)


async def join(keys: Keys, priya: Someone) -> None:
    await keys.tab_to("Your name", "textbox")
    await keys.type("Priya Newhead")
    await keys.page.keyboard.press("Enter")
    await expect(priya.latest).to_contain_text("Hello Priya, and welcome.")
    await keys.tab_to("Let’s start", "button")
    await keys.press()
    await expect(priya.dialog).to_be_visible()
    assert await keys.here() == Stop("textbox", "Your name")
    await keys.tab_to("Your role")
    await keys.choose("Headteacher")
    await keys.tab_to("Go on")
    await keys.press()
    await keys.tab_to("Find my school")
    await keys.press()
    await keys.type("granard")
    await keys.page.keyboard.press("Enter")
    await keys.tab_to("Your school")
    await keys.choose(SCHOOL)
    await keys.tab_to("Choose")
    await keys.press()
    await keys.tab_to("Choose what HeadsUp may do")
    await keys.press()
    await keys.tick("Yes, introduce me to other members")
    await keys.tick("Yes, write to me here: introductions, check-ins")
    await keys.tab_to("Done")
    await keys.press()


async def change_a_setting(keys: Keys, priya: Someone) -> None:
    await keys.write("/headsup settings")
    await expect(priya.latest).to_contain_text("Your settings")
    await keys.tab_to("Weekends too", back=True)
    await keys.press()
    await expect(priya.latest).to_contain_text("Not at weekends")
    await keys.tab_to("How often may I introduce you?")
    await keys.choose("Every four weeks")
    await keys.tab_to("Choose")
    await keys.press()
    await expect(priya.latest).to_contain_text("every four weeks")


async def look_at_the_profile_and_leave_it(keys: Keys, priya: Someone) -> None:
    await keys.write("/headsup profile")
    await expect(priya.latest).to_contain_text("Your profile")
    await keys.tab_to("Change this", back=True)
    await keys.press()
    await expect(priya.dialog).to_be_visible()
    await keys.tab_to("England", "radio")
    await keys.choose("Wales")
    await keys.escape()
    await expect(priya.dialog).to_have_count(0)
    assert await keys.here() == Stop("button", "Change this")


async def think_better_of_leaving(keys: Keys, priya: Someone) -> None:
    await keys.write("/headsup leave")
    await keys.tab_to("Forget me", back=True)
    await keys.press()
    await expect(keys.page.get_by_role("alertdialog")).to_be_visible()
    assert await keys.here() == Stop("button", "No, keep me")
    await keys.escape()
    assert await keys.here() == Stop("button", "Forget me")


async def say_hello_to_everybody(keys: Keys, priya: Someone) -> None:
    await keys.open("#community")
    await keys.write("Hello, everybody.")
    await expect(priya.latest).to_contain_text("Hello, everybody.")
    await keys.type("/")
    await keys.escape()
    assert (await keys.here()).role == "combobox"


OPEN = View((Paragraph(plain("Shall we?")), Buttons((Button("Open it", "open~1"),))))
OTHER = View((Paragraph(plain("That is done.")), Buttons((Button("Once more", "again~1"),))))
FORM = Form("A few words", "save~1", (ShortText("name", "Your name", "Ann"),), "Save")


@pytest.fixture
async def ann(page: Page, stage: Stage) -> Keys:
    """Ann, before a form that she opened by a key."""
    stage.space.post("bot-ann", OPEN)
    stage.script.answers["open~1"] = Reply(ask=FORM)
    await be(page, "Ann Example")
    keys = await Keys.at(page)
    await keys.tab_to("Open it")
    await keys.press()
    await page.get_by_role("dialog").wait_for()
    return keys


async def test_what_takes_the_place_of_a_message_has_the_focus_after_its_form(ann: Keys, stage: Stage) -> None:
    stage.script.answers["save~1"] = Reply(replace=OTHER)
    await ann.tab_to("Save")
    await ann.press()
    await expect(ann.page.get_by_role("dialog")).to_have_count(0)
    assert await ann.here() == Stop("button", "Once more")


async def test_a_message_that_changed_behind_its_form_still_has_the_focus(ann: Keys, stage: Stage) -> None:
    said = stage.space.history("bot-ann", "ann")[-1]
    stage.space.edit(said.id, OTHER)
    await expect(ann.page.get_by_text("That is done.")).to_be_attached()
    await ann.escape()
    assert await ann.here() == Stop("button", "Once more")


async def test_a_message_without_a_button_keeps_the_focus_of_the_one_that_it_had(ann: Keys, stage: Stage) -> None:
    stage.script.answers["save~1"] = Reply(replace=words("Nothing is left to do."))
    await ann.tab_to("Save")
    await ann.press()
    await expect(ann.page.locator(".message")).to_be_focused()


PRESSED = "() => { document.activeElement.click(); return document.activeElement.getAttribute('aria-label'); }"
"""Where the focus is in the same instant, before any answer can have come."""


@pytest.mark.parametrize("way", ["See Bob Sample beside", "Be Bob Sample"])
async def test_who_becomes_somebody_does_not_wait_for_the_focus(page: Page, way: str) -> None:
    await be(page, "Ann Example")
    await (await Keys.at(page)).tab_to(way, "button")
    assert await page.evaluate(PRESSED) == "You are Bob Sample"
    await expect(page.get_by_role("combobox", name="Write to HeadsUp").last).to_be_visible()
    await expect(page.get_by_role("region", name="You are Bob Sample")).to_be_focused()


NEWS_STAYS = "() => { document.activeElement.click(); return !!document.querySelector('.meanwhile:popover-open'); }"


async def test_nobody_is_in_what_happened_when_it_is_drawn_anew(page: Page) -> None:
    news, keys = page.get_by_role("region", name="Meanwhile"), await Keys.at(page)
    await keys.tab_to("+1 day", "button")
    await keys.press()
    await expect(news).to_be_visible()
    assert not await page.evaluate(NEWS_STAYS), "while time passes, one could walk into it"
    await expect(news).to_be_visible()


async def test_what_is_pressed_on_the_home_page_keeps_the_focus(page: Page, stage: Stage) -> None:
    stage.script.answers |= {"opened": Reply(OPEN), "open~1": Reply(ask=FORM), "save~1": Reply(replace=OTHER)}
    await be(page, "Ann Example")
    keys = await Keys.at(page)
    await keys.tab_to("Home", "button", back=True)
    await keys.press()
    assert await keys.here() == Stop("combobox", "Write to HeadsUp")
    await keys.tab_to("Open it", back=True)
    await keys.press()
    await keys.tab_to("Save")
    await keys.press()
    await expect(page.get_by_role("dialog")).to_have_count(0)
    assert await keys.here() == Stop("button", "Open it")
    await keys.tab_to("Once more")


FAULTS = [
    ("<button style='outline: none'>Go</button>", "has no ring around it"),
    ("<button></button>", "has no name"),
    ("<button style='position: fixed; left: -50vw'>Go</button>", "is out of sight"),
    ("<a href='#'>Elsewhere</a>", "no key leads to Go"),
    ("<button onclick='this.remove()'>Go</button>", "the focus is lost"),
]


@pytest.mark.parametrize(("fault", "said"), FAULTS)
async def test_a_page_that_fails_somebody_without_a_mouse_is_found(browser: Browser, fault: str, said: str) -> None:
    page = await browser.new_page()
    keys = await Keys.at(page)
    await page.set_content(f"<main>{fault}</main>")
    with pytest.raises(AssertionError, match=said):
        await press(keys, "Go")
    await page.set_content("<main><button>Go</button></main>")
    await press(keys, "Go")
    assert (await keys.here(), keys.presses) == (Stop("button", "Go"), 1 + (said == "the focus is lost"))
    await page.close()


async def press(keys: Keys, name: str) -> None:
    await keys.tab_to(name)
    await keys.press()

"""The story, walked by a real browser against the really running bot: from a name typed in to a talk that counts."""

import os
import re
import shutil
import struct
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, Locator, Page, expect

from tests.browser.hands import LONGEST_JUMP
from tests.browser.running import Running, Someone, beside, join, looking, running

MOST_PRESSES = 12
"""From a name to waiting at the door (docs/glossary.md: onboarding)."""
SCHOOL = "Granard Primary School, London"
WIDE = {"width": 1280, "height": 800}
PICTURE = {"width": 1400, "height": 800}
MOST_BYTES = 300_000
DOCS = Path(__file__).parents[2] / "docs" / "space.png"


@pytest.fixture
async def bot(born: Path, tmp_path: Path) -> AsyncIterator[Running]:
    async with running(shutil.copytree(born, tmp_path / "demo")) as bot:
        yield bot


@pytest.fixture
async def page(browser: Browser, bot: Running) -> AsyncIterator[Page]:
    async with looking(browser, bot.url, viewport=WIDE) as page:
        yield page


def hint(page: Page) -> Locator:
    return page.get_by_role("complementary", name="A hint")


def clock(page: Page) -> Locator:
    return page.get_by_role("region", name="Time", exact=True)


def meanwhile(page: Page) -> Locator:
    return page.get_by_role("region", name="Meanwhile")


async def jump(page: Page, way: str = "Go to the next thing") -> None:
    """Let time pass, and see what happened."""
    await clock(page).get_by_role("button", name=way).click()
    await meanwhile(page).wait_for(timeout=LONGEST_JUMP)


async def answer_the_door(head: Someone) -> None:
    """All that a newcomer is asked, with a school that the register knows."""
    await head.press("Let’s start")
    await expect(head.dialog.get_by_label("Your name")).to_have_value(head.name)
    await head.choose("Your role", "Headteacher")
    await head.press("Go on", head.dialog)
    await head.press("Find my school")
    await head.dialog.get_by_role("textbox").fill("granard")
    await head.press("Look", head.dialog)
    await head.choose("Your school", SCHOOL)
    await head.press("Choose")
    await expect(head.latest).to_contain_text("This is what another member sees when I introduce you.")
    await consent(head)


async def consent(head: Someone) -> None:
    await head.press("Choose what HeadsUp may do")
    assert await head.dialog.get_by_role("checkbox", checked=True).count() == 0
    await head.tick("Yes, introduce me to other members", "Yes, write to me here: introductions, check-ins")
    await head.press("Done", head.dialog)
    await expect(head.latest).to_contain_text("There’s nothing more to do.")


async def be_vouched_for(head: Someone) -> Someone:
    """By the organiser, in the pane beside."""
    await hint(head.page).get_by_role("button", name="See what an organiser sees").click()
    organiser = Someone(head.page, "Amina Clarke")
    await organiser.press(f"Vouch for {head.name}")
    await expect(organiser.latest).to_contain_text(f"{head.name} is in. Amina Clarke vouched for them.")
    await expect(head.latest).to_contain_text("an organiser has vouched for you, so you’re in.")
    return organiser


async def meet(head: Someone) -> Someone:
    """Jump to Monday, follow what is said about oneself, and be the partner beside."""
    await jump(head.page)
    await jump(head.page)
    await expect(clock(head.page)).to_contain_text("Monday 16 November, 08:00")
    line = meanwhile(head.page).get_by_role("button", name=f"{head.name} was introduced to ")
    partner = (await line.inner_text()).removeprefix(f"{head.name} was introduced to ").split(" and ")[0]
    await line.click()
    await expect(head.log.locator(".pointed").get_by_role("button", name=partner)).to_be_visible()
    await hint(head.page).get_by_role("button", name=f"Answer as {partner}").click()
    other = Someone(head.page, partner)
    await expect(other.latest.get_by_role("button", name=head.name)).to_be_visible()
    return other


async def test_a_new_head_joins_meets_somebody_and_says_that_they_talked(page: Page) -> None:
    priya = await join(page, "Priya Newhead")
    await expect(priya.latest).to_contain_text("Hello Priya, and welcome.")
    await expect(priya.places.get_by_text("new message")).to_have_count(0)
    await expect(hint(page)).to_be_hidden()
    await answer_the_door(priya)
    assert priya.presses <= MOST_PRESSES
    await be_vouched_for(priya)
    partner = await meet(priya)
    await priya.write("Hello! Would Wednesday after four suit you?")
    await expect(partner.latest).to_contain_text("Would Wednesday after four suit you?")
    await hint(page).get_by_role("button", name="Jump to Thursday").click()
    await expect(clock(page)).to_contain_text("Thursday 19 November, 17:00")
    await meanwhile(page).get_by_role("button", name=f"{partner.name} wrote to Priya Newhead").click()
    await expect(priya.log.locator(".pointed:has(.typed)").get_by_text(partner.name)).to_be_visible()
    await expect(hint(page)).to_be_hidden()
    await priya.go("HeadsUp")
    await say_that_we_talked(priya)
    await priya.go("#community")
    await expect(priya.places.get_by_role("button", name="HeadsUp", exact=True)).to_be_visible()


async def say_that_we_talked(head: Someone) -> None:
    await expect(head.latest).to_contain_text("find time to talk?")
    await expect(head.latest).to_contain_text("116 123")
    await head.press("We talked")
    await expect(head.latest).to_contain_text("You talked. I’m glad, and thank you for telling me.")
    await expect(head.latest.get_by_text("edited")).to_be_visible()
    await expect(head.log.get_by_role("button", name="We talked")).to_have_count(0)
    await expect(head.log.get_by_role("button", name="Change my answer")).to_be_visible()


async def test_the_organiser_lets_a_newcomer_in_by_herself_and_a_restart_doubles_nothing(
    page: Page, bot: Running
) -> None:
    tom = await join(page, "Tom Newcome")
    await answer_the_door(tom)
    await bot.stop()
    await expect(page.get_by_role("status").get_by_text("The connection is lost")).to_be_visible()
    await bot.start()
    await expect(page.get_by_text("The connection is lost")).to_be_hidden()
    await jump(page, "+1 day")
    await meanwhile(page).get_by_role("button", name="HeadsUp wrote to Tom Newcome").click()
    await expect(tom.log.locator(".pointed")).to_contain_text("so you’re in.")
    await jump(page, "+1 week")
    await jump(page)
    await bot.stop()
    await bot.start()
    await page.reload()
    await tom.go("HeadsUp")
    for said in ("Hello Tom, and welcome.", "so you’re in.", "find time to talk?"):
        await expect(tom.log.get_by_text(said)).to_have_count(1)
    await expect(tom.places.get_by_role("button", name="and HeadsUp")).to_have_count(1)


async def command(person: Someone, typed: str, whole: str) -> Locator:
    """Type a little, let it be completed, send it: the answer."""
    said = await person.log.locator(".message.private").count()
    await person.box.press_sequentially(typed)
    await person.box.press("Tab")
    await expect(person.box).to_have_value(whole)
    await person.box.press("Enter")
    await expect(person.log.locator(".message.private").nth(said)).to_be_visible()
    return person.log.locator(".message.private").last


async def test_an_organiser_looks_ahead_holds_back_and_lets_go(page: Page) -> None:
    amina = await beside(page, "Amina Clarke")
    preview = await command(amina, "/intro p", "/headsup-organise intro preview")
    await expect(preview).to_contain_text("These introductions would go out on Monday 16 November from 08:00.")
    assert len(re.findall(r"^.+ and .+$", await preview.inner_text(), re.MULTILINE)) > 20
    held = await command(amina, "/hol", "/headsup-organise intro hold")
    await expect(held).to_contain_text("held back until an organiser lets them go")
    await jump(page)
    await jump(page)
    await expect(clock(page)).to_contain_text("Monday 16 November, 08:00")
    await expect(meanwhile(page).get_by_role("button", name="Introductions went out")).to_have_count(0)
    await page.keyboard.press("Escape")
    await amina.go("#organisers")
    await expect(amina.latest).to_contain_text("This week’s introductions wait for an organiser.")
    sent = await command(amina, "/headsup-organise intro se", "/headsup-organise intro send")
    await expect(sent).to_contain_text("These introductions are on their way.")
    fiona = await beside(page, "Fiona MacLeod")
    newest = fiona.places.get_by_role("list").nth(1).get_by_role("listitem").first
    await expect(newest).to_contain_text("and HeadsUp1 new message")
    await newest.get_by_role("button").click()
    await expect(fiona.log).to_contain_text(re.compile("Monday 16 November.*Fiona MacLeod.*I can’t read what"))
    await fiona.go("Home")
    await expect(fiona.log).to_contain_text("This week I’ve introduced you to")


async def test_help_is_one_word_away_for_anybody(page: Page) -> None:
    head = await beside(page, "Fiona MacLeod")
    await head.go("#community")
    await head.write("/helpnow")
    await expect(head.latest).to_contain_text("Somebody to talk to, now")
    await expect(head.latest.get_by_text("Only you can see this", exact=True)).to_be_visible()
    await expect(head.latest.get_by_role("heading", name="Somebody to talk to, now")).to_be_in_viewport()


async def test_an_empty_space_waits_for_people_and_fresh_forgets_them(browser: Browser, tmp_path: Path) -> None:
    async with running(tmp_path, "--empty") as bot, looking(browser, bot.url, viewport=WIDE) as page:
        await expect(clock(page)).to_contain_text("Wednesday 11 November, 16:0")
        await join(page, "Zoe Early")
        names = page.get_by_role("navigation", name="People").get_by_role("button", name=re.compile("^Be "))
        await expect(names).to_have_count(2)
        await bot.stop()
        await bot.start("--empty", "--fresh")
        await page.reload()
        await expect(names).to_have_count(1)
        await expect(page.get_by_role("heading", name="Come in")).to_be_visible()


async def talk(*two: Someone) -> None:
    """A few words, begun by whoever is asked to say hello first."""
    asked = await two[0].latest.inner_text()
    one, other = sorted(two, key=lambda head: f"{head.first_name}, would you" not in asked)
    await one.write(f"Hello {other.first_name}, lovely to meet you. Would Wednesday after four suit you?")
    await expect(other.latest).to_contain_text("Would Wednesday")
    await other.write("It would. I’ll ring you, and I’ll have a cup of tea ready.")
    await expect(one.latest).to_contain_text("cup of tea")
    await expect(one.page.locator(".pointed")).to_have_count(0)


async def test_the_picture_at_the_top_of_the_readme(browser: Browser, bot: Running, tmp_path: Path) -> None:
    """Made anew where HEADSUP_PICTURE is set (`make picture`)."""
    to = DOCS if os.environ.get("HEADSUP_PICTURE") else tmp_path / "space.png"
    async with looking(browser, bot.url, viewport=PICTURE, reduced_motion="reduce") as page:
        priya = await join(page, "Priya Newhead")
        await answer_the_door(priya)
        await be_vouched_for(priya)
        partner = await meet(priya)
        await talk(priya, partner)
        await hint(page).get_by_role("button", name="Got it").click()
        await page.get_by_role("heading", name="HeadsUp community space").click()
        await page.screenshot(path=to, animations="disabled", caret="hide")
    assert struct.unpack(">II", to.read_bytes()[16:24]) == (PICTURE["width"], PICTURE["height"])
    assert to.read_bytes().startswith(b"\x89PNG")
    assert to.stat().st_size < MOST_BYTES

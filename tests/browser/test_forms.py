"""Forms, searches, selects and questions, filled in as a person does."""

from playwright.async_api import Page, expect

from bot.chat.form import DateTime, Form, LongText, ManyOf, OneOf, Search, ShortText
from bot.chat.inbound import Inbound, Pressed, Submitted
from bot.chat.outbound import Reply
from bot.chat.view import Button, Buttons, Confirm, Option, Select, Style, View
from tests.adapters.scripted import START, Stage, words
from tests.browser.test_community import be

PHASES = (Option("p", "Primary"), Option("s", "Secondary"))
MANY = tuple(Option(str(n), f"Authority {n}") for n in range(9))
FORM = Form(
    "About you",
    "save~1",
    (
        ShortText("name", "Your name", "Ann", "As colleagues say it", most=20),
        LongText("about", "What would you like to talk about?"),
        OneOf("phase", "Phase", PHASES),
        OneOf("authority", "Authority", MANY, required=False),
        ManyOf("may", "May I", (Option("i", "Introduce you"), Option("s", "Show your school")), ("i",)),
    ),
    "Save",
)
WHEN = Form("When?", "when~1", (DateTime("at", "A time", START.replace(month=7)),), "Save")
SEARCH = Search("Find your school", "find~1", "Name or town", "Search", "A few letters are enough")


async def opened(page: Page, stage: Stage, ask: Form | Search) -> None:
    """Ann presses a button, and the dialog is there."""
    stage.space.post("bot-ann", View((Buttons((Button("Open it", "open~1"),)),)))
    stage.script.answers["open~1"] = Reply(ask=ask)
    await be(page, "Ann Example")
    await page.get_by_role("button", name="Open it").click()
    await page.get_by_role("dialog", name=ask.title).wait_for()


def complaining(inbound: Inbound) -> Reply:
    assert isinstance(inbound.what, Submitted)
    if inbound.what.values["name"] == ("Anna",):
        return Reply(words("Saved."))
    return Reply(errors={"name": "Please give your whole name."})


async def test_a_form_is_filled_in_corrected_and_sent(page: Page, stage: Stage) -> None:
    stage.script.answers["save~1"] = complaining
    await opened(page, stage, FORM)
    dialog = page.get_by_role("dialog")
    name, about = dialog.get_by_label("Your name"), dialog.get_by_label("What would you like to talk about?")
    await expect(name).to_be_focused()
    await expect(name).to_have_accessible_description("As colleagues say it")
    await dialog.get_by_role("button", name="Save").click()
    await expect(about).to_be_focused()
    await expect(about).to_have_accessible_description("Please fill this in.")
    await about.fill("Staffing\nand budgets")
    await dialog.get_by_role("group", name="Phase").get_by_label("Secondary").check()
    await dialog.get_by_label("Authority").select_option("Authority 7")
    await dialog.get_by_label("Show your school").check()
    await dialog.get_by_role("button", name="Save").click()
    await expect(name).to_be_focused()
    await expect(name).to_have_accessible_description("As colleagues say it Please give your whole name.")
    assert await name.get_attribute("aria-invalid") == "true"
    await name.fill("Anna")
    await name.press("Enter")
    await expect(dialog).to_have_count(0)
    await expect(page.get_by_text("Saved.")).to_be_visible()
    assert stage.script.heard[-1].what == Submitted(
        "save~1",
        {
            "name": ("Anna",),
            "about": ("Staffing\nand budgets",),
            "phase": ("s",),
            "authority": ("7",),
            "may": ("i", "s"),
        },
    )


async def test_escape_leaves_a_form_and_sends_nothing(page: Page, stage: Stage) -> None:
    await opened(page, stage, FORM)
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("dialog")).to_have_count(0)
    await expect(page.get_by_role("button", name="Open it")).to_be_focused()
    assert [inbound.what for inbound in stage.script.heard] == [Pressed("open~1")]


async def test_a_time_is_shown_on_the_readers_clock_and_comes_back_in_utc(page: Page, stage: Stage) -> None:
    await opened(page, stage, WHEN)
    await expect(page.get_by_label("A time")).to_have_value("2026-07-11T17:00")
    await page.get_by_label("A time").fill("2026-07-12T18:30")
    await page.get_by_role("button", name="Save").click()
    await expect(page.get_by_role("dialog")).to_have_count(0)
    assert stage.script.heard[-1].what == Submitted("when~1", {"at": ("2026-07-12T17:30:00.000Z",)})


async def test_a_search_is_answered_by_a_select_and_a_choice_is_made(page: Page, stage: Stage) -> None:
    found = (Option("1", "St Mary's, Leeds"), Option("2", "St Mary's, York"))
    stage.script.answers["find~1"] = Reply(View((Select("Which is yours?", "mine~1", found),)))
    await opened(page, stage, SEARCH)
    await page.get_by_label("Name or town").fill("mary")
    await page.keyboard.press("Enter")
    await page.get_by_label("Which is yours?").select_option("St Mary's, York")
    await page.get_by_role("button", name="Choose").click()
    await expect(page.get_by_role("button", name="Choose")).not_to_have_attribute("aria-disabled", "true")
    assert [inbound.what for inbound in stage.script.heard[1:]] == [
        Submitted("find~1", {"q": ("mary",)}),
        Pressed("mine~1", ("2",)),
    ]


async def test_a_press_that_cannot_be_taken_back_is_asked_about_first(page: Page, stage: Stage) -> None:
    sure = Confirm("Delete all I hold about you?", "Yes, delete it", "Keep it")
    stage.space.post("bot-ann", View((Buttons((Button("Delete", "erase~1", Style.DANGER, sure),)),)))
    stage.script.answers["erase~1"] = Reply(words("It is deleted."))
    await be(page, "Ann Example")
    asked = page.get_by_role("alertdialog", name="Delete all I hold about you?")
    await page.get_by_role("button", name="Delete").click()
    await expect(asked.get_by_role("button", name="Keep it")).to_be_focused()
    await asked.get_by_role("button", name="Keep it").click()
    await expect(asked).to_have_count(0)
    assert stage.script.heard == []
    await page.get_by_role("button", name="Delete").click()
    await asked.get_by_role("button", name="Yes, delete it").click()
    await expect(page.get_by_text("It is deleted.")).to_be_visible()
    assert [inbound.what for inbound in stage.script.heard] == [Pressed("erase~1")]


async def test_when_the_bot_fails_the_form_keeps_what_was_written(page: Page, stage: Stage) -> None:
    def fail(inbound: Inbound) -> Reply:
        raise RuntimeError

    stage.script.answers["find~1"] = fail
    await opened(page, stage, SEARCH)
    await page.get_by_label("Name or town").fill("mary")
    await page.get_by_role("button", name="Search").click()
    await expect(page.get_by_text("Sorry, that did not work, so nothing has changed.")).to_be_visible()
    await expect(page.get_by_label("Name or town")).to_have_value("mary")

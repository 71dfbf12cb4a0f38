"""The community space as somebody meets it: coming in, being two people, answering, letting time pass."""

from datetime import timedelta

from playwright.async_api import Page, expect

from adapters.local.platform import LocalPlatform
from adapters.local.timebar import Happened
from bot.chat.command import Tree
from bot.chat.ids import Id
from bot.chat.inbound import Joined, Pressed, Typed, Used
from bot.chat.outbound import Reply
from bot.chat.text import Mention, Plain, plain
from bot.chat.view import Button, Buttons, Paragraph, Style, View
from tests.adapters.scripted import START, Stage, words

INTRODUCTION = View((Paragraph((Mention(Id(1), "Ann Example"), Plain(", meet "), Mention(Id(2), "Bob Sample"))),))
CHECK_IN = View(
    (Paragraph(plain("Did you and Bob find time to talk?")), Buttons((Button("We talked", "talked~1", Style.PRIMARY),)))
)


async def be(page: Page, name: str) -> None:
    await page.get_by_role("navigation", name="People").get_by_role("button", name=f"Be {name}", exact=True).click()
    await page.get_by_role("region", name=f"You are {name}").wait_for()


async def test_a_new_head_comes_in_and_is_greeted(page: Page, stage: Stage) -> None:
    name = page.get_by_role("main").get_by_role("textbox", name="Your name")
    await name.fill("Carol Newhead")
    await name.press("Enter")
    pane = page.get_by_role("region", name="You are Carol Newhead")
    await expect(pane.get_by_text("HeadsUp has not written yet")).to_be_visible()
    account = stage.script.heard[0].account
    assert stage.script.heard[0].what == Joined("Carol Newhead")
    assert account is not None
    stage.space.post(stage.space.bot_conversation(account).id, words("Hello Carol, and welcome."))
    log = pane.get_by_role("log", name="Messages in HeadsUp")
    await expect(log.get_by_text("Hello Carol, and welcome.")).to_be_visible()
    assert await log.get_attribute("aria-live") == "polite"


async def test_two_people_side_by_side_see_an_introduction_from_both_ends(page: Page, stage: Stage) -> None:
    stage.introduce("ann", "bob", INTRODUCTION)
    await be(page, "Ann Example")
    ann, bob = (page.get_by_role("region", name=f"You are {name}") for name in ("Ann Example", "Bob Sample"))
    await ann.get_by_role("button", name="Bob Sample and HeadsUp 1 new message").click()
    await ann.get_by_role("log").get_by_role("button", name="Bob Sample").click()
    await expect(bob.get_by_role("log", name="Messages in Ann Example and HeadsUp")).to_be_visible()
    await ann.get_by_role("combobox").fill("Hello Bob, shall we say Thursday?")
    await ann.get_by_role("combobox").press("Enter")
    await expect(bob.get_by_text("shall we say Thursday?")).to_be_visible()
    await bob.get_by_role("combobox").fill("Gladly.")
    await bob.get_by_role("button", name="Send").click()
    await expect(ann.get_by_text("Gladly.")).to_be_visible()
    assert not any(isinstance(inbound.what, Typed) for inbound in stage.script.heard)


async def test_a_press_is_answered_in_place_and_marked(page: Page, stage: Stage) -> None:
    stage.space.post("bot-ann", CHECK_IN)
    stage.script.answers["talked~1"] = Reply(replace=words("Good to hear. Thank you."))
    await be(page, "Ann Example")
    await page.get_by_role("button", name="We talked").click()
    line = page.get_by_role("listitem").filter(has_text="Good to hear. Thank you.")
    await expect(line.get_by_text("edited")).to_be_visible()
    await expect(page.get_by_role("button", name="We talked")).to_have_count(0)
    assert stage.script.heard[-1].what == Pressed("talked~1")


async def test_the_home_page_is_asked_for_when_it_is_opened_and_answered_beneath(page: Page, stage: Stage) -> None:
    titles = iter(("Page 1", "Page 2"))
    stage.script.answers["opened"] = lambda inbound: Reply(View((*words(next(titles)).blocks, *CHECK_IN.blocks)))
    stage.script.answers["talked~1"] = Reply(replace=words("Good to hear. Thank you."))
    await be(page, "Ann Example")
    for title in ("Page 1", "Page 2"):
        await page.get_by_role("button", name="#community").click()
        await page.get_by_role("button", name="Home", exact=True).click()
        log = page.get_by_role("log", name="Messages in Home")
        await expect(log.locator(".message")).to_have_count(1)
        await expect(log.get_by_text(title)).to_be_visible()
    await log.get_by_role("button", name="We talked").click()
    await expect(log.locator(".message")).to_have_count(2)
    await expect(log.get_by_text("Good to hear. Thank you.")).to_be_visible()
    await expect(log.get_by_role("button", name="We talked")).to_be_visible()
    stage.space.post("bot-ann", words("A letter."))
    await page.get_by_role("button", name="HeadsUp 1 new message", exact=True).click()
    log = page.get_by_role("log", name="Messages in HeadsUp")
    await expect(log.get_by_text("A letter.")).to_be_visible()
    await expect(log.get_by_text("Good to hear. Thank you.")).to_be_visible()
    await expect(log.get_by_text("Page 2")).to_have_count(0)


async def test_what_is_written_on_the_home_page_is_written_to_the_bot(page: Page, stage: Stage) -> None:
    stage.script.answers |= {"opened": Reply(words("Your page")), "headsup partner": Reply(words("Bob, this week."))}
    await be(page, "Ann Example")
    await page.get_by_role("button", name="Home", exact=True).click()
    box = page.get_by_role("combobox", name="Write to HeadsUp")
    await box.fill("/headsup partner")
    await box.press("Enter")
    await expect(page.get_by_role("log", name="Messages in Home").get_by_text("Bob, this week.")).to_be_visible()
    assert [said.only_for for said in stage.space.history("bot-ann", "ann")] == ["ann"]


async def test_a_private_reply_says_who_can_see_it_and_the_other_does_not(page: Page, stage: Stage) -> None:
    stage.introduce("ann", "bob", INTRODUCTION)
    stage.script.answers["headsup partner"] = Reply(words("You were introduced to Bob."))
    await be(page, "Ann Example")
    await page.get_by_role("button", name="Bob Sample and HeadsUp").click()
    await page.get_by_role("log").get_by_role("button", name="Bob Sample").click()
    ann, bob = (page.get_by_role("region", name=f"You are {name}") for name in ("Ann Example", "Bob Sample"))
    await ann.get_by_role("combobox").fill("/headsup partner")
    await ann.get_by_role("combobox").press("Enter")
    line = ann.get_by_role("listitem").filter(has_text="You were introduced to Bob.")
    await expect(line.get_by_text("Only you can see this")).to_be_visible()
    await expect(bob.get_by_text("You were introduced to Bob.")).to_have_count(0)


async def test_the_command_box_completes_words_by_keyboard(page: Page, stage: Stage) -> None:
    await be(page, "Ann Example")
    box = page.get_by_role("combobox")
    await box.press_sequentially("/pau")
    options = page.get_by_role("listbox", name="Commands").get_by_role("option")
    await expect(options).to_have_text(["/headsup pause this week / until a datea rest, as long as you like"])
    await box.press("Enter")
    await expect(box).to_have_value("/headsup pause ")
    await box.press_sequentially("this week")
    await box.press("Enter")
    await expect(box).to_have_value("")
    assert stage.script.heard[-1].what == Used(Tree.MEMBER, "pause this week")
    await box.press_sequentially("/")
    await expect(options).to_have_count(5)
    await box.press("ArrowUp")
    await expect(box).to_have_attribute("aria-activedescendant", await options.last.get_attribute("id") or "")
    await box.press("Escape")
    await expect(options).to_have_count(0)


async def test_organisers_commands_are_offered_to_organisers_alone(page: Page, stage: Stage) -> None:
    offered = page.get_by_role("option")
    for name, count in (("Ann Example", 0), ("Olu Organiser", 2)):
        await be(page, name)
        await page.get_by_role("combobox").fill("/headsup-organise")
        await expect(offered).to_have_count(count)
    await expect(page.get_by_role("button", name="#organisers")).to_be_visible()


async def test_who_becomes_an_organiser_finds_their_channel_at_once(page: Page, stage: Stage) -> None:
    await be(page, "Ann Example")
    for name in ("#community", "#events", "#news"):
        await expect(page.get_by_role("button", name=name)).to_be_visible()
    await expect(page.get_by_role("button", name="#organisers")).to_have_count(0)
    stage.space.describe(stage.space.persona("ann").account, "Looks after the door", organiser=True)
    await expect(page.get_by_role("button", name="#organisers")).to_be_visible()


async def test_an_unknown_command_goes_nowhere_and_says_so(page: Page, stage: Stage) -> None:
    await be(page, "Ann Example")
    await page.get_by_role("combobox").fill("/dance now")
    await page.get_by_role("combobox").press("Enter")
    await expect(page.get_by_role("alert").get_by_text("There is no command /dance.")).to_be_visible()
    assert stage.script.heard == []
    assert stage.space.history("bot-ann") == []


async def test_time_passes_and_each_line_leads_to_its_message(page: Page, stage: Stage) -> None:
    def ask(user: str) -> Happened:
        return Happened(f"HeadsUp asked {user}", f"bot-{user}", stage.space.post(f"bot-{user}", CHECK_IN).id)

    thursday = START + timedelta(days=1, minutes=15)
    stage.bar.due = [(thursday, "Thursday's check-in", lambda: ask("ann")), (thursday, "and Bob's", lambda: ask("bob"))]
    await page.reload()
    time = page.get_by_role("region", name="Time", exact=True)
    await expect(time.get_by_text("Wednesday 11 November, 16:00")).to_be_visible()
    await expect(time.get_by_text("Next: Thursday's check-in · Thu 12 Nov, 16:15")).to_be_visible()
    await be(page, "Ann Example")
    await time.get_by_role("button", name="Go to the next thing").click()
    await expect(time.get_by_text("Thursday 12 November, 16:15")).to_be_visible()
    await page.get_by_role("button", name="HeadsUp asked bob").click()
    bob = page.get_by_role("region", name="You are Bob Sample")
    await expect(bob.get_by_text("Did you and Bob find time to talk?")).to_be_visible()
    await expect(bob.locator(".pointed")).to_be_focused()
    await time.get_by_role("button", name="+1 week").click()
    await expect(time.get_by_text("Thursday 19 November, 16:15")).to_be_visible()
    await expect(time.get_by_role("status")).to_have_text("Nothing happened that you would have noticed.")


async def test_a_moment_is_drawn_on_the_readers_own_clock(page: Page, stage: Stage) -> None:
    stage.clock.at = START.replace(month=7, day=6)
    stage.space.post("bot-ann", words("in summer time"))
    await be(page, "Ann Example")
    await expect(page.get_by_text("Monday 6 July")).to_be_visible()
    await expect(page.get_by_role("log").get_by_text("17:00")).to_be_visible()


async def test_three_hints_are_given_once_and_then_gone_for_good(
    page: Page, stage: Stage, local: LocalPlatform
) -> None:
    stage.introduce("ann", "bob", INTRODUCTION)
    await be(page, "Ann Example")
    hint = page.get_by_role("complementary", name="A hint")
    await hint.get_by_role("button", name="Answer as Bob Sample").click()
    await page.get_by_role("region", name="You are Bob Sample").wait_for()
    await hint.get_by_role("button", name="Jump to Thursday").click()
    await expect(page.get_by_text("Thursday 12 November, 17:00")).to_be_visible()
    await expect(hint.get_by_role("button", name="See what an organiser sees")).to_be_visible()
    await hint.get_by_role("button", name="Got it").click()
    await expect(hint).to_be_hidden()
    await page.reload()
    await page.get_by_role("region", name="You are Bob Sample").wait_for()
    await expect(hint).to_be_hidden()


async def test_a_dot_says_what_is_unread_until_it_is_read(page: Page, stage: Stage) -> None:
    await be(page, "Ann Example")
    channel = page.get_by_role("button", name="#community")
    stage.space.post("channel-community", words("twenty-two of you talked"))
    await expect(channel.get_by_text("1 new message")).to_be_attached()
    await channel.click()
    await expect(page.get_by_text("twenty-two of you talked")).to_be_visible()
    await expect(channel.get_by_text("new message")).to_have_count(0)
    assert stage.space.unread("ann", "channel-community") == 0


async def test_somebody_can_be_written_to_without_the_bot(page: Page, stage: Stage) -> None:
    await be(page, "Ann Example")
    await page.get_by_role("button", name="Write to somebody").click()
    await page.get_by_role("dialog").get_by_role("searchbox").fill("bob")
    await page.get_by_role("dialog").get_by_role("button", name="Bob Sample").click()
    await page.get_by_role("combobox").fill("Hello Bob")
    await page.get_by_role("combobox").press("Enter")
    await expect(page.get_by_role("log", name="Messages in Bob Sample").get_by_text("Hello Bob")).to_be_visible()
    assert stage.script.heard == []


async def test_people_are_found_by_a_few_letters(page: Page) -> None:
    rail = page.get_by_role("navigation", name="People")
    await rail.get_by_role("searchbox", name="Find somebody").fill("special")
    await expect(rail.get_by_role("button", name="Be Bob Sample")).to_be_visible()
    await expect(rail.get_by_role("button", name="Be Ann Example")).to_have_count(0)
    await rail.get_by_role("searchbox").fill("nobody like this")
    await expect(rail.get_by_text("Nobody here by that name.")).to_be_visible()

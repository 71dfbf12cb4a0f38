"""An event from its first word to its last, by mouse: planned, posted, answered, moved, called off; axe looks on."""

from playwright.async_api import Browser, expect

from tests.browser.hands import Hand
from tests.browser.running import Running
from tests.browser.walking import walked

ADA, BEA, AMINA = "Priya Raman", "Hannah Brightwell", "Amina Clarke"
"""Heads of the demo who are in already, and its organiser."""
COFFEE, FORM, CHANNEL = "Saturday coffee", "Show me", "#events"
FULL = "Saturday 21 November 2026, 09:30 (UK time)"
LATER, MOVED = "Sat 21 Nov, 11am", "Saturday 21 November 2026, 11:00 (UK time)"


async def write(hand: Hand) -> None:
    """What cannot be read is said beside the field."""
    amina = await hand.be(AMINA)
    await hand.write("/headsup-organise event new")
    await hand.fill("What is it called?", COFFEE)
    await hand.fill("When does it begin?", "when the kettle boils")
    await hand.press(FORM)
    await expect(amina.dialog.get_by_text("I didn’t understand all of that.")).to_be_visible()


async def plan(hand: Hand) -> None:
    """What could mean several days is asked; then all of it stands there as it was understood."""
    amina = hand.me
    await hand.fill("When does it begin?", "next Saturday 9:30")
    await hand.fill("What is it about? if you like", "An hour to say how the week was.")
    await hand.fill("Where is it? if you like", "The Reading Room https://meet.example.org/coffee")
    await hand.press(FORM)
    await expect(amina.latest).to_contain_text("That could mean more than one time. Which one do you mean?")
    await hand.press(FULL)
    await expect(amina.latest).to_contain_text(f"{FULL}. Is that right? Nothing is posted yet.")


async def post(hand: Hand) -> None:
    """One place, and it stands in the channel, with its buttons; the link does not."""
    amina = hand.me
    await hand.press("Who and how many")
    await hand.fill("How many places? if you like", "1")
    await hand.press(FORM)
    await expect(amina.latest).to_contain_text("Places1")
    await hand.press("Yes, post it")
    await expect(amina.latest).to_contain_text(f"{COFFEE}, {FULL}: it’s planned")
    await hand.go(CHANNEL)
    await expect(amina.latest).to_contain_text("Who comes is private: only the host sees names.")
    await expect(amina.latest).to_contain_text("The Reading Room; online, with a link for those who say yes")
    await expect(amina.log.get_by_text("meet.example.org")).to_have_count(0)


async def say_yes(hand: Hand) -> None:
    """Ada has the place with one press, and sees the link; Bea waits. In the channel nothing tells who pressed."""
    ada = await hand.be(ADA, CHANNEL)
    await hand.press(f"Yes to {COFFEE}")
    await expect(ada.latest).to_contain_text(f"You have a place at {COFFEE}.")
    await expect(ada.latest.get_by_role("link", name="Join here")).to_be_visible()
    bea = await hand.be(BEA, CHANNEL)
    await hand.press(f"Yes to {COFFEE}")
    await expect(bea.latest).to_contain_text(f"All places at {COFFEE} are taken, so you’re on the waiting list.")
    await expect(bea.log.get_by_text(ADA)).to_have_count(0)


async def take_a_place(hand: Hand) -> None:
    """Ada says no, and Bea is written to; she takes the place that is kept for her."""
    ada = await hand.be(ADA, CHANNEL)
    await hand.press(f"No to {COFFEE}")
    await expect(ada.latest).to_contain_text(f"You’re not coming to {COFFEE}, and that’s all right.")
    bea = await hand.be(BEA)
    await expect(bea.latest).to_contain_text("has come free, and I keep it for you until")
    await hand.press("Take the place")
    await expect(bea.latest).to_contain_text(f"You have a place at {COFFEE}.")


async def come_back(hand: Hand) -> None:
    """Ada says yes again, and there is no place; the organiser makes room, and she is offered it."""
    ada = await hand.be(ADA, CHANNEL)
    await hand.press(f"Yes to {COFFEE}")
    await expect(ada.latest).to_contain_text("so you’re on the waiting list")
    amina = await hand.be(AMINA)
    await hand.press("Change it")
    await expect(amina.latest).to_contain_text("Nothing is changed yet.")
    await hand.press("Who and how many")
    await hand.fill("How many places? if you like", "12")
    await hand.press(FORM)
    await expect(amina.latest).to_contain_text("Places12")
    await hand.press("Yes, change it")
    await expect(amina.latest).to_contain_text("this is how it stands now")
    ada = await hand.be(ADA)
    await expect(ada.latest).to_contain_text("has come free, and I keep it for you until")
    await hand.press("Take the place")
    await expect(ada.latest).to_contain_text(f"You have a place at {COFFEE}.")


async def move(hand: Hand) -> None:
    """The organiser moves it; both hear when it is now, and the post says so."""
    amina = await hand.be(AMINA)
    await hand.press("Change it")
    await expect(amina.latest).to_contain_text("Nothing is changed yet.")
    await hand.press("What, when and where")
    await hand.fill("When does it begin?", LATER)
    await hand.press(FORM)
    await expect(amina.latest).to_contain_text(f"{MOVED}. Is that right? Nothing is changed yet.")
    await hand.press("Yes, change it")
    await expect(amina.latest).to_contain_text(f"{COFFEE}, {MOVED}: this is how it stands now.")
    for name in (ADA, BEA):
        head = await hand.be(name)
        await expect(head.latest).to_contain_text(f"Something about {COFFEE} has changed.")
        await expect(head.latest).to_contain_text("11:00")
    await hand.go(CHANNEL)
    await expect(hand.me.log).to_contain_text("11:00")


async def call_off(hand: Hand) -> None:
    """It is cancelled: both hear, and nothing can be pressed in the channel any more."""
    amina = await hand.be(AMINA)
    await hand.press("Cancel it")
    await expect(amina.latest).to_contain_text(f"Cancel {COFFEE}, {MOVED}?")
    await hand.press("Yes, cancel it")
    await expect(amina.latest).to_contain_text("is cancelled, and those who meant to come are told.")
    for name in (ADA, BEA):
        head = await hand.be(name)
        await expect(head.latest).to_contain_text(f"I’m sorry: {COFFEE} on")
    await hand.go(CHANNEL)
    await expect(hand.me.log).to_contain_text("This isn’t taking place.")


STORY = (write, plan, post, say_yes, take_a_place, come_back, move, call_off)


async def test_an_event_is_planned_answered_moved_and_called_off(browser: Browser, bot: Running) -> None:
    assert await walked(browser, bot, STORY) == []

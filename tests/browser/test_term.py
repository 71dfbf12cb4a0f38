"""A whole term from both ends and from the organiser's: told with a mouse and axe looking on, and by keys alone."""

import json
import re
from datetime import date, timedelta
from typing import Any

from playwright.async_api import Browser, Locator, expect

from tests.browser.hands import Hand, KeyHand
from tests.browser.running import Running, Someone, looking
from tests.browser.walking import WIDE, walked
from tests.conftest import DRILL

MOST_PRESSES = 12
SCHOOL = "Granard Primary School, London"
ADA, BEA, CYN, AMINA = "Ada Lowe", "Bea Quiet", "Cyn Late", "Amina Clarke"
NEXT, DAY, WEEK = "Go to the next thing", "+1 day", "+1 week"
A_WEEK, FOUR_WEEKS = timedelta(weeks=1), timedelta(weeks=4)
IS_WELL = re.compile(r"(All well|Otherwise): \d+ introductions")
IS_BACK = re.compile("I’ve introduced you to|I’m still looking")
FILE = "Save headsup-my-data.json"
CANNOT = "I’m sorry: your partner for this week can’t carry on."


async def come_in(hand: Hand) -> None:
    """Ada joins with her school, at most twelve presses; Bea without one. Nobody types anything but a school."""
    ada = await hand.join(ADA)
    await expect(ada.latest).to_contain_text("Hello Ada, and welcome.")
    await hand.press("Let’s start")
    await say_who(hand)
    await hand.press("Find my school")
    await hand.fill("A few letters of its name, or its town", "granard")
    await hand.press("Look")
    await hand.choose("Your school", SCHOOL)
    await hand.press("Choose")
    await agree(hand)
    assert hand.presses <= MOST_PRESSES
    await hand.join(BEA)
    await hand.press("Let’s start")
    await say_who_and_agree(hand)


async def say_who_and_agree(hand: Hand) -> None:
    """Without a school."""
    await say_who(hand)
    await hand.press("Skip")
    await agree(hand)


async def say_who(hand: Hand) -> None:
    await hand.choose("Your role", "Headteacher")
    await hand.press("Go on")


async def agree(hand: Hand) -> None:
    await hand.press("Choose what HeadsUp may do")
    await hand.tick("Yes, introduce me to other members")
    await hand.tick("Yes, write to me here: introductions, check-ins")
    await hand.press("Done")
    await expect(hand.me.latest).to_contain_text("There’s nothing more to do.")


async def be_let_in(hand: Hand) -> None:
    """The organiser lets both in, Ada with a word that she reads as the organiser's."""
    amina = await hand.be(AMINA, "#organisers")
    await hand.press(f"Vouch for {BEA}")
    await expect(amina.latest).to_contain_text(f"{BEA} is in.")
    await hand.press("Vouch and say hello")
    await hand.fill("Your words to them", "Lovely to have you here.")
    await hand.press("Vouch and send")
    await expect(amina.log.get_by_text(f"{ADA} is in. {AMINA} vouched for them.")).to_be_visible()
    ada = await hand.be(ADA)
    await expect(ada.latest).to_contain_text("so you’re in.")
    await expect(ada.latest).to_contain_text(f"{AMINA} writes:")
    await expect(ada.latest.get_by_role("blockquote")).to_have_text("Lovely to have you here.")


async def pause(hand: Hand) -> None:
    """The two newcomers are introduced to each other at once. Ada pauses this week, and Bea is told, but not why."""
    await expect(circles(hand.me, BEA)).to_be_visible()
    await hand.go("HeadsUp")
    await hand.write("/headsup pause")
    await hand.press("This week")
    await expect(hand.me.latest).to_contain_text("I’ll be quiet until Monday 16 November.")
    bea = await hand.be(BEA)
    await expect(bea.latest).to_contain_text(f"{CANNOT} I’m looking for somebody else for you.")
    await expect(bea.log.get_by_text("pause")).to_have_count(0)


async def find_a_replacement(hand: Hand) -> None:
    """Cyn comes within the week, and is introduced to Bea, who is looking; both see it."""
    cyn = await hand.join(CYN)
    await hand.press("Let’s start")
    await say_who_and_agree(hand)
    await hand.be(AMINA, "#organisers")
    await hand.press(f"Vouch for {CYN}")
    bea = await hand.be(BEA, CYN)
    await expect(bea.latest.get_by_role("button", name=CYN)).to_be_visible()
    cyn = await hand.be(CYN, BEA)
    await expect(cyn.latest.get_by_role("button", name=BEA)).to_be_visible()


async def friday(hand: Hand) -> None:
    """On Friday Ada hears that her quiet time ends, and Cyn leaves out the next introductions."""
    await hand.jump(NEXT, "Thursday 12 November, 16:15")
    await hand.jump(DAY, "Friday 13 November")
    ada = await hand.be(ADA)
    await expect(ada.latest.get_by_role("heading", name="Welcome back")).to_be_visible()
    await expect(ada.latest).to_contain_text("My quiet time ends on Monday 16 November")
    cyn = await hand.be(CYN)
    await expect(cyn.latest.get_by_role("heading", name="The week to come")).to_be_visible()
    await hand.press("Not this week")
    await expect(cyn.latest).to_contain_text("I won’t introduce you to anybody on Monday 16 November.")


async def be_back(hand: Hand) -> None:
    """Monday: Ada is introduced again, and Cyn is not. Ada hears nothing, and asks for somebody else; her partner is
    told without blame."""
    await hand.jump(NEXT, "Monday 16 November, 08:00")
    await expect(lines(hand, CYN)).to_have_count(0)
    partner, *others = await introduced(hand, ADA)
    await hand.follow(f"{ADA} was introduced to ")
    cyn = await hand.be(CYN)
    await hand.write("/headsup partner")
    await expect(cyn.latest).to_contain_text("You’re not meeting anybody this week.")
    ada = await hand.be(ADA)
    await hand.write("/headsup checkin")
    await hand.press("Not yet")
    await hand.press("I wrote and heard nothing: find me somebody else")
    await expect(ada.latest).to_contain_text(re.compile("Done. I’(m looking for|ve found) somebody else for you"))
    await hears(hand, partner, others, "I’m introducing your partner to somebody else this week")


async def have_ones_data(hand: Hand) -> None:
    """A file in the direct messages: it is Ada's alone, and gone after a day."""
    ada = await hand.be(ADA)
    held = await ones_data(hand)
    link = ada.log.get_by_role("link", name=FILE)
    url = await link.evaluate("(link) => link.href")
    assert ADA in json.dumps(held)
    assert BEA not in json.dumps(held)
    assert (await hand.page.request.get(url)).ok
    assert (await hand.page.request.get(url.partition("?")[0] + "?as=organiser")).status == 404
    await hand.jump(DAY, "Tuesday 17 November")
    await expect(link).to_have_count(0)
    assert (await hand.page.request.get(url)).status == 404


async def change_settings(hand: Hand) -> None:
    ada = await hand.be(ADA)
    await hand.write("/headsup settings")
    await hand.press("Weekends too")
    await expect(ada.latest.get_by_role("button", name="Not at weekends")).to_be_visible()
    await hand.press("Not at weekends")
    await expect(ada.latest.get_by_role("button", name="Weekends too")).to_be_visible()
    await hand.press("Show my school")
    await hand.write("/headsup profile")
    await expect(ada.latest).to_contain_text("Granard Primary School")


async def block(hand: Hand) -> None:
    """Whom Ada would meet on Monday she would rather not: the answer is "Noted.", and they are not introduced."""
    whom, *_ = await would_meet(hand, ADA)
    ada = await hand.be(ADA)
    await hand.write("/headsup block")
    await hand.fill("Whom would you rather not meet?", whom)
    await hand.press("Keep")
    await expect(ada.latest.locator(".body")).to_have_text("Noted.")
    assert whom not in await would_meet(hand, ADA)
    await hand.jump(NEXT, "Thursday 19 November, 16:15")
    await hand.jump(NEXT, "Monday 23 November, 08:00")
    assert whom not in await introduced(hand, ADA)


async def leave(hand: Hand) -> None:
    """Forgotten, words and all: what the bot wrote to Ada goes, and her partner hears only that she can’t carry on."""
    ada = await hand.be(ADA)
    meets = re.search(r"introduced you to (.+)\. Write", await (await answered(hand, "/headsup partner")).inner_text())
    assert meets
    partner, *others = meets[1].split(" and ")
    await expect(ada.log.get_by_text("and welcome.")).to_have_count(1)
    await hand.write("/headsup leave")
    await hand.press("Forget me, and delete what you wrote to me here")
    await hand.press("Yes, forget me")
    await expect(ada.latest).to_contain_text("Done. I’ve deleted what I held about you")
    await hears(hand, partner, others, CANNOT)
    await hand.be(ADA)
    await hand.jump(DAY, "Tuesday 24 November")
    await expect(ada.log.locator(".message:not(.private)")).to_have_count(0)


async def come_back(hand: Hand) -> None:
    """Ada joins again, and is not greeted as new; somebody has to vouch for her again."""
    ada = await hand.be(ADA)
    await hand.write("/headsup start")
    await say_who_and_agree(hand)
    await hand.be(AMINA, "#organisers")
    await hand.press(f"Vouch for {ADA}")
    ada = await hand.be(ADA)
    await expect(ada.latest).to_contain_text("so you’re in.")
    await expect(ada.log.get_by_text("and welcome.")).to_have_count(0)


async def look_after_the_network(hand: Hand) -> None:
    """The organiser's end: how things stand, the report, and Monday's line by itself."""
    amina = await hand.be(AMINA, "#organisers")
    on_monday = amina.log.locator(".day", has_text="Monday 23 November").locator("xpath=following-sibling::li")
    await expect(on_monday.filter(has_text=IS_WELL)).to_have_count(1)
    await hand.be(AMINA)
    status = await answered(hand, "/headsup-organise status")
    await expect(status).to_contain_text(IS_WELL)
    await expect(status).to_contain_text("Nobody waits for a vouch.")
    report = await answered(hand, "/headsup-organise report")
    await expect(report.get_by_role("heading", name="How the network is doing")).to_be_visible()
    await expect(report).to_contain_text("November 2026 so far:")


async def be_left_alone(hand: Hand) -> None:
    """Bea has pressed nothing since she came: after three introductions she is left alone for four weeks, and told on
    the Friday before that they end. An introduction that somebody else had to give up is none, where nobody was found
    instead: in some lives it takes a week more."""
    bea = await hand.be(BEA)
    note, tuesday = bea.log.locator(".message", has_text="My quiet time ends on"), date(2026, 11, 24)
    while not await note.count():
        tuesday += A_WEEK
        assert tuesday < date(2027, 2, 16), "she is never left alone"
        await hand.jump(WEEK, spoken(tuesday))
    back = tuesday - timedelta(days=1)
    await expect(note).to_contain_text(f"My quiet time ends on {spoken(back)}")
    weeks = [week for week in introduced_in(await ones_data(hand)) if date(2026, 11, 16) <= week < back]
    assert len(weeks) == 3
    assert weeks[-1] + A_WEEK + FOUR_WEEKS <= back
    await expect(await answered(hand, "/headsup partner")).to_contain_text(IS_BACK)


def introduced_in(held: Any) -> list[date]:
    """The weeks of somebody's introductions, but for those that ended while somebody else was looked for."""
    sought = {one["round"]["day"] for one in held.get("left_out", ())}
    groups = [one["group"] for one in held["group_members"]]
    days = {one["day"] for one in groups if "ended_at" not in one or one["day"] not in sought}
    return sorted(map(date.fromisoformat, days))


async def ones_data(hand: Hand) -> Any:
    """The file that somebody asks for, read."""
    await hand.write("/headsup data")
    await hand.press("Send me my data")
    await hand.press("Yes, send it")
    return json.loads((await hand.save(FILE)).read_text("utf-8"))


def spoken(day: date) -> str:
    """As the page writes it."""
    return f"{day:%A} {day.day} {day:%B}"


async def answered(hand: Hand, command: str) -> Locator:
    """What is said to a command, once it is."""
    private = hand.me.log.locator(".message.private")
    said = await private.count()
    await hand.write(command)
    await expect(private).to_have_count(said + 1)
    return private.last


async def hears(hand: Hand, partner: str, others: list[str], said: str) -> None:
    """What a partner reads; where there were three, the two who are left are put together instead."""
    head = await hand.be(partner, f"{others[0]} and HeadsUp" if others else "HeadsUp")
    await expect(head.latest).to_contain_text("There were three of you" if others else said)


def circles(person: Someone, others: str = "") -> Locator:
    """The introductions of somebody, with those people."""
    return person.places.get_by_role("button", name=re.compile(f"^{others}.* and HeadsUp"))


def lines(hand: Hand, name: str) -> Locator:
    """What the panel says of that person's introduction; of two newcomers, one line speaks of both."""
    return hand.meanwhile.get_by_role("button", name="was introduced to").filter(has_text=name)


async def introduced(hand: Hand, name: str) -> list[str]:
    """Whom the panel of what happened says that person was introduced to."""
    one, others = (await lines(hand, name).inner_text()).split(" was introduced to ")
    return [each for each in (one, *others.split(" and ")) if each != name]


async def would_meet(hand: Hand, name: str) -> list[str]:
    """Whom the organiser's preview shows beside that person."""
    await hand.be(AMINA)
    preview = await (await answered(hand, "/headsup-organise intro preview")).inner_text()
    (line,) = re.findall(rf"^(?=.*{name})(.+ and .+)$", preview, re.MULTILINE)
    return [one for one in re.split(", | and ", line) if one != name]


TERM = (
    come_in, be_let_in, pause, find_a_replacement, friday, be_back, have_ones_data, change_settings, block, leave,
    look_after_the_network, come_back, be_left_alone,
)  # fmt: skip
KEYED = TERM.index(leave)
"""Chapters that everyday runs live by keys, too: what comes after them is pressed on the same pages."""


async def test_a_term_with_a_mouse_and_axe_finds_nothing(browser: Browser, bot: Running) -> None:
    assert await walked(browser, bot, TERM) == []


async def test_a_term_by_keyboard_alone(browser: Browser, bot: Running) -> None:
    async with looking(browser, bot.url, viewport=WIDE, reduced_motion="reduce") as page:
        hand = await KeyHand.at(page)
        for chapter in TERM if DRILL else TERM[:KEYED]:
            await chapter(hand)

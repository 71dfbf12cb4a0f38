"""Steps of the year about events and calendars: every private word of theirs is a canary, too.

Anna plans and Ruth hosts; Tom, Gwen, Omar and Ivy come, or not.
"""

from datetime import timedelta

from bot.chat.command import Tree
from bot.chat.inbound import Fetched
from bot.chat.view import Select
from tests.acting import blocks, buttons
from tests.world.canaries import word
from tests.world.cast import SchoolYear, name_of
from tests.world.world import Head

LINK = f"https://example.org/{word('anna', 'link')}"
EVENING, GROUP, TODAY, TRUSTS = "Wednesday evening", "Quiet hour", "Short coffee", "Trust leaders"
"""An event with one place; a peer support group that comes again; one that is over soon; one for nobody here."""
CALENDAR = {"url": "https://calendar.example.org"}
"""Of the configuration."""
ANSWERERS = ("tom", "gwen", "omar")


async def planned(year: SchoolYear) -> None:
    """Anna plans four events, throws one away, and looks at all there is."""
    anna = year.anna
    year.hosts.add("ruth")
    for title, when in (
        ("Never", "3 Dec 7pm"),
        (EVENING, "Wed 2 Dec, 7pm"),
        (TODAY, "today 5pm"),
        (TRUSTS, "4 Dec 7pm"),
    ):
        await anna.use("event new", Tree.ORGANISER)
        await anna.fill(title=title, when=when, about=word("anna", "about"), where=f"{word('anna', 'place')} {LINK}")
        if title == "Never":
            await anna.press("Throw it away")
            continue
        await anna.press("Who and how many")
        await anna.fill(**{EVENING: {"capacity": "1"}, TRUSTS: {"people": "Trust chief executive"}}.get(title, {}))
        await anna.press("Link and host")
        await anna.fill(host="Smith")
        await anna.choose(_offered(anna, name_of("ruth")))
        await anna.press("Yes, post it")
    await _a_group(year)
    await anna.use("event list", Tree.ORGANISER)
    await anna.choose(_offered(anna, EVENING))
    for words_ in ("event edit", "event cancel", f"event show {word('anna', 'typed')}", "event show quiet"):
        await anna.use(words_, Tree.ORGANISER)


async def _a_group(year: SchoolYear) -> None:
    """By a date that could mean two."""
    anna = year.anna
    await anna.use("event new", Tree.ORGANISER)
    await anna.fill(title=GROUP, when="Thursday at 6", where=LINK)
    if "Which one do you mean?" in anna.says:
        await anna.press(next(one.label for one in buttons(anna.view)))
    await anna.press("Link and host")
    await anna.fill(
        host=name_of("ruth"), sort="A peer support group of eight people at most", late="From an hour before"
    )
    await anna.press("Make it come again")
    await anna.fill(every="Every week", end="6")
    await anna.press("Yes, post it")


async def said_yes(year: SchoolYear) -> None:
    """Each says something to everything; Tom has the only place, Gwen waits; all choose their reminders."""
    for who in ANSWERERS:
        head = year.heads[who]
        year.comes.add(who)
        await year.world.go_to(year.world.at + timedelta(minutes=1))
        for title in (EVENING, TODAY, GROUP):
            await _find(head, title)
            await head.press(f"Yes to {title}")
            if title == GROUP:
                await head.press(f"I agree, and yes to {GROUP}")
                await head.press(f"Yes to every {GROUP}")
        await head.use("events")
        await head.press("My events")
        await head.press(f"More about {TODAY}")
        await head.use("events")
        await head.press("My reminders")
        await head.fill(reminds=("A week before", "Ten minutes before"), when_away="No, stay quiet")
    await _join(year, "ruth")


async def _join(year: SchoolYear, who: str) -> None:
    """Say yes to the whole group, and choose nothing about reminders: so that a pause asks."""
    head = year.heads[who]
    year.comes.add(who)
    await _find(head, GROUP)
    await head.press(f"Yes to {GROUP}")
    await head.press(f"I agree, and yes to {GROUP}")
    await head.press(f"Yes to every {GROUP}")


async def took_calendars(year: SchoolYear) -> None:
    """A file for one's calendar, and an address; Omar ends his."""
    for who in ANSWERERS:
        head = year.heads[who]
        await head.use("events")
        await head.press(f"More about {TODAY}")
        await head.press(f"Maybe to {TODAY}")
        await head.press("Add to my calendar")
        await head.use("events")
        await head.press(f"Yes to {TODAY}")
        await head.use("events")
        await head.press("My events")
        await head.press("My calendar")
        await head.press("Show titles in it")
        await head.press("Make an address for my calendar")
        address = head.says.partition("https://calendar.example.org/")[2].partition(".ics")[0]
        assert len(address) == 22
        year.addresses[who] = address
        reply = await year.world.receive(Fetched(address), None)
        assert reply.view is not None
    omar = year.heads["omar"]
    await omar.use("events")
    await omar.press("My events")
    await omar.press("My calendar")
    await omar.press("End the address")


async def changed(year: SchoolYear) -> None:
    """Ruth sees who comes; the evening is moved, and Tom gives his place to Gwen; one of the group's is cancelled."""
    ruth, anna = year.heads["ruth"], year.anna
    ruth.read("You’re the host of")
    await ruth.press("Who is coming")
    await anna.use(f"event edit {EVENING}", Tree.ORGANISER)
    await anna.press("What, when and where")
    await anna.fill(when="9 Dec 7pm", where=f"{word('anna', 'place')} {LINK}moved")
    await anna.press("Yes, change it")
    await _find(year.heads["tom"], EVENING)
    await year.heads["tom"].press(f"No to {EVENING}")
    await year.world.go_to(year.world.at + timedelta(minutes=2))
    gwen = year.heads["gwen"]
    gwen.read("has come free")
    await gwen.press("Take the place")
    await anna.use("event cancel quiet", Tree.ORGANISER)
    await anna.choose(_offered(anna, GROUP, -1))
    await anna.press("Cancel this one only")


async def attended(year: SchoolYear) -> None:
    """Today's is over: Ruth puts down who was there; Gwen looks where she was. Omar comes one by one from now on."""
    ruth, omar = year.heads["ruth"], year.heads["omar"]
    await year.world.go_to(year.world.at + timedelta(hours=3))
    ruth.read("put down who was there")
    await ruth.press("Put down who was there")
    await ruth.fill(came=(name_of("gwen"),))
    await year.heads["gwen"].use("events")
    await year.heads["gwen"].press("My events")
    await omar.use("events")
    await omar.press(f"More about {GROUP}")
    await omar.press(f"No to {GROUP}")
    await omar.press(f"Yes to {GROUP}")
    await omar.press(f"I agree, and yes to {GROUP}")
    await omar.press("Only now and then")


def is_about_events(shown: str) -> bool:
    """Whether words are about one of these."""
    return any(title in shown for title in (EVENING, GROUP, TODAY, TRUSTS))


async def kept_a_diary(year: SchoolYear) -> None:
    """Ruth, for herself; she changes what she wrote, and reads it."""
    ruth = year.heads["ruth"]
    await ruth.use("pulse")
    await ruth.press("My diary")
    await ruth.press("Keep a diary")
    for label in ("Write about this week", "Change this week"):
        await ruth.use("pulse")
        await ruth.press("My diary")
        await ruth.press(label)
        await ruth.fill(rating="4", words="A long week.")
    await ruth.press("My year")


async def _find(head: Head, title: str) -> None:
    """Look through what is coming."""
    await head.use("events")
    while title not in head.says:
        await head.press("Later events")


def _offered(head: Head, words: str, which: int = 0) -> str:
    """The choice that names this."""
    selects = (block for block in blocks(head.view) if isinstance(block, Select))
    return [one.label for block in selects for one in block.options if words in one.label][which]


GATHERING = (planned, said_yes, took_calendars, changed, attended, kept_a_diary)

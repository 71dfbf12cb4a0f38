"""A year that uses everything there is, lived by people whose every private word is a canary.

Steps are methods; `STEPS` is their order. Each ends at rest, so that somebody can look around after it.
"""

import io
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

from bot.chat.address import Account
from bot.chat.command import Tree
from bot.chat.inbound import Pressed, Submitted, Typed, Used
from bot.chat.view import Select
from bot.core.flood import Flood
from bot.core.work import Unit
from bot.door.imports import Codes, import_roster
from bot.door.wiring import code_hash
from bot.members.kinds import Phase
from bot.members.schools import School
from bot.members.store import SCHOOLS
from storage.house import RandomIds
from tests.acting import blocks, buttons
from tests.world.canaries import word
from tests.world.cast import MONDAY, SHOW_SCHOOL, WEEK, YEARS, SchoolYear, Step, name_of
from tests.world.gathering import GATHERING
from tests.world.world import CONSENTS, DAY, Head, head_of, organiser


async def imported(year: SchoolYear) -> None:
    """The operator brings Ivy along, with all that an office knows of her."""
    world = year.world
    year.heads["anna"] = await organiser(world)
    world.parts.bot._flood = Flood(presses=10**9)
    said = (*(word("ivy", what) for what in ("region", "authority", "trust", "ref")), name_of("ivy"), YEARS)
    rows = f"region,authority,trust,ref,name,years,role,nation\n{','.join(said)},headteacher,england\n"
    codes = Codes(RandomIds(), code_hash(world.parts.house), year.codes.update)
    stream = io.BytesIO(rows.encode())
    larkhill = School(100001, "Larkhill School", "Academy", "Open", Phase.PRIMARY, "Anyshire", town="Larkhill")
    await world.parts.storage.write(Unit("schools", world.at, lambda work: work.use(SCHOOLS).keep([larkhill])))
    await import_roster(world.parts.storage, stream, world.clock, codes, lambda done: None)


async def came(year: SchoolYear) -> None:
    """People come into the workspace; each types something to the bot, and looks around."""
    for who in ("tom", "gwen", "omar", "ruth", "ivy"):
        head = year.somebody(who)
        await head.come()
        await year.world.receive(Typed(), head.account, head.name)
        await year.world.receive(Used(Tree.MEMBER, f"what is {word(who, 'typed')}"), head.account, head.name)
        await year.world.receive(Used(Tree.HELP_NOW, word(who, "typed")), head.account, head.name)


async def tried_codes(year: SchoolYear) -> None:
    """Tom guesses at a personal code."""
    tom = year.heads["tom"]
    tom.read("welcome")
    await tom.press("I have a code")
    await tom.fill(code=word("tom", "typed"))


async def joined(year: SchoolYear) -> None:
    """Four say who they are, type their school, and agree; Tom and Gwen show their school."""
    for who in ("tom", "gwen", "omar", "ruth"):
        head = year.heads[who]
        await head.use("start")
        await head.fill(name=name_of(who), role="Headteacher")
        await head.press("Find my school")
        await head.search(word(who, "typed"))
        await head.press("Type in my school")
        await head.fill(school=word(who, "school"))
        shown = (SHOW_SCHOOL,) if who in ("tom", "gwen") else ()
        if shown:
            year.ticked[who] = {"school"}
        await head.press("Choose what HeadsUp may do")
        await head.fill(consents=(*CONSENTS, *shown))


async def claimed(year: SchoolYear) -> None:
    """Ivy comes in by her code."""
    ivy = year.heads["ivy"]
    ivy.read("welcome")
    await ivy.press("I have a code")
    await ivy.fill(code=year.codes[word("ivy", "ref")])
    await ivy.press("Go on")
    await ivy.press("Type in my school")
    await ivy.fill(school=word("ivy", "school"))
    await ivy.agree()


async def vouched(year: SchoolYear) -> None:
    """Anna lets them in, and looks for people by name."""
    for who in ("tom", "omar", "ruth"):
        await year.anna.use(f"members waiting {name_of(who)}", Tree.ORGANISER)
        await year.anna.press(f"Vouch for {name_of(who)}")
    year.greeted.add("gwen")
    await year.anna.use(f"members waiting {name_of('gwen')}", Tree.ORGANISER)
    await year.anna.press(f"Vouch and say hello to {name_of('gwen')}")
    await year.anna.fill(greeting=word("anna", "greeting"))
    await year.anna.use(f"members suspend {word('tom', 'name')}", Tree.ORGANISER)
    await year.anna.use(f"members suspend {word('nobody', 'typed')}", Tree.ORGANISER)


async def looked_around(year: SchoolYear) -> None:
    """Everybody sees what the bot knows of them, and changes a little."""
    tom = year.heads["tom"]
    for words in ("profile", "settings", "partner", "checkin", "help", "menu", "start", "pause", "leave"):
        for head in year.heads.values():
            await head.use(words)
    for head in year.heads.values():
        await head.open_home()
    await tom.use("profile")
    await tom.press("Change this")
    await tom.fill(topics=("Staffing", "Budgets"), phase="Primary")
    await tom.use("settings")
    await tom.press("Weekends too")
    await tom.choose("Every two weeks")
    await tom.choose("Every week")


async def told_more(year: SchoolYear) -> None:
    """Ruth answers what may be asked one by one, and picks a school; Ivy finds another zone; Gwen is offered hers."""
    ruth, ivy, gwen = year.heads["ruth"], year.heads["ivy"], year.heads["gwen"]
    gwen.zone = "Europe/Paris"
    await gwen.use("settings")
    gwen.zone = ""
    for question, answer in (
        ("My trust", {"trust": word("ruth", "trust")}),
        ("How I like to be reached", {"reach": word("ruth", "reach")}),
        ("When I’m free", {"times": ("Mondays after four",)}),
        ("How long I’ve been a head", {"years": "3 to 5 years as a head"}),
    ):
        await ruth.use("profile")
        await ruth.choose(question)
        await ruth.fill(**answer)
    await ruth.press("My school")
    await ruth.press("Find my school")
    await ruth.search("Larkhill")
    await ruth.choose(_options(ruth)[0])
    await ivy.use("profile")
    await ivy.choose("My time zone")
    await ivy.search("Lisbon")
    await ivy.choose(_options(ivy)[0])


async def blocked(year: SchoolYear) -> None:
    """Gwen and Omar would rather not meet people whom nobody here is; Omar thinks better of it."""
    for who in ("gwen", "omar"):
        head = year.heads[who]
        await head.use(f"block {word(who, 'block')}")
        await head.use("block")
        await head.fill(whom=f"{word(who, 'block')} Again")
        await head.use("settings")
        await head.press("Whom I don’t meet")
    await year.heads["omar"].press(next(one for one in _labels(year.heads["omar"]) if one.startswith("Meet ")))


async def opened_everything(year: SchoolYear) -> None:
    """Everybody opens every form that they were ever offered, and sends none of them."""
    directory = year.world.parts.bot.directory
    for glimpse in list(year.overheard.glimpses):
        for packed in glimpse.actions if len(glimpse.readers) == 1 else ():
            on = directory.on(directory.actions.read(packed))
            if on is not None and on.reads:
                account = Account("local", "space", next(iter(glimpse.readers)))
                await year.world.receive(Pressed(packed, ("trust",)), account, "x")


async def renamed(year: SchoolYear) -> None:
    """Omar sends his profile with fields that nobody asked for, and Ruth types far too much."""
    long = word("ruth", "typed") * 300
    await year.world.receive(Submitted("members.keep-school~1", {"school": (long,)}), year.account("ruth"), long)
    odd = {"name": (name_of("omar"),), "role": ("headteacher",), "nation": ("england",), "zz": (word("omar", "typed"),)}
    await year.world.receive(Submitted("members.profile~1", odd), year.account("omar"), "x")
    await year.world.receive(Pressed(f"members.vouch~1~{word('omar', 'typed')}"), year.account("omar"), "x")


async def met(year: SchoolYear) -> None:
    """The first Monday, previewed by Anna."""
    for words in (
        "members suspend",
        "intro preview",
        "intro status",
        "intro hold",
        "intro send",
        "menu",
        "help",
        "members waiting",
    ):
        await year.anna.use(words, Tree.ORGANISER)
    await year.world.go_to(MONDAY)
    for head in year.heads.values():
        await head.use("partner")
        await head.open_home()


async def answered(year: SchoolYear) -> None:
    """Thursday's question, answered in every way, once by a changed mind."""
    await year.world.go_to(MONDAY + 3 * DAY + timedelta(hours=5))
    for head in year.heads.values():
        await head.open_home()
    for who, label in {"tom": "We talked", "gwen": "Not yet", "omar": "We need a hand", "ruth": "Not yet"}.items():
        head = year.heads[who]
        head.read("time to talk")
        await head.press(label)
    await year.heads["tom"].use("checkin")
    await year.anna.use("intro status", Tree.ORGANISER)


async def connected(year: SchoolYear) -> None:
    """Ruth is here from a second account for a moment; somebody else had asked her for her code, and got a no."""
    ruth, second = year.heads["ruth"], Account("local", "space", "zqruthxacct1")
    year.seconds[second.user] = "ruth"
    year.world.space.join(name_of("ruth"), user=second.user)
    there = head_of(year.world, second, name_of("ruth"))
    for answer in ("No, that isn’t me", "Yes, that’s me too"):
        await ruth.use("connect")
        code = ruth.says.partition("/headsup connect ")[2].partition("”")[0]
        await there.use("connect")
        await there.press("Enter a code")
        await there.fill(code=code)
        await there.press(f"Yes, I’m {name_of('ruth')}")
        ruth.read("has entered your code")
        await ruth.press(answer)
    await ruth.use("connect")
    await ruth.press("Part with the community space")
    year.world.space.leave(second)


async def paused(year: SchoolYear) -> None:
    """Ruth pauses in the middle of a week, and comes back after the next."""
    await year.world.go_to(MONDAY + WEEK)
    ruth = year.heads["ruth"]
    await ruth.use("pause")
    await ruth.press("This week")
    await year.go_on(1)
    await ruth.use("pause")
    await ruth.press("Until a date")
    await ruth.use("pause")
    await ruth.press("Until I say")
    await ruth.use("back")


async def skipped(year: SchoolYear) -> None:
    """Ivy leaves out a week, and thinks better of it."""
    ivy, at = year.heads["ivy"], year.world.at
    monday = at.date() + timedelta(days=7 - at.weekday())
    await ivy._do(Pressed(f"pairing.skip~1~{monday}"))
    await ivy.press(_labels(ivy)[0])


async def stopped(year: SchoolYear) -> None:
    """Omar stops, and thinks better of it; Anna suspends Ruth for a week."""
    omar, anna = year.heads["omar"], year.anna
    await omar.use("leave")
    await omar.press("Stop, and keep my profile")
    await omar.use("back")
    await anna.use(f"members suspend {name_of('ruth')}", Tree.ORGANISER)
    await anna.choose(name_of("ruth"))
    await anna.press(f"Suspend {name_of('ruth')}")
    await year.go_on(1)
    await anna.use(f"members suspend {name_of('ruth')}", Tree.ORGANISER)
    await anna.choose(name_of("ruth"))
    await anna.press(next(one for one in _labels(anna) if one.startswith("Let ")))


async def went_away(year: SchoolYear) -> None:
    """Gwen leaves the workspace, and comes again after a week."""
    await year.heads["gwen"].go()
    await year.go_on(1)
    gwen = year.somebody("gwen")
    await gwen.come()
    await gwen.use("back")


async def took_data(year: SchoolYear) -> None:
    """Tom and Ivy take what is held about them; after a day it is gone from their messages."""
    for who in ("tom", "ivy"):
        await year.heads[who].use("data")
        await year.heads[who].press("Send me my data")


async def had_enough(year: SchoolYear) -> None:
    """Omar would rather not meet his partner again, if he has one, and looks at whom he does not meet."""
    omar = year.heads["omar"]
    await omar.use("partner")
    for label in [one for one in _labels(omar) if "rather not meet" in one][:1]:
        await omar.press(label)
    await omar.use("settings")
    await omar.press("Whom I don’t meet")


async def a_week(year: SchoolYear) -> None:
    """Nothing happens but what always does."""
    await year.go_on(1)


async def forgotten(year: SchoolYear) -> None:
    """Tom asks to be forgotten. From now on he is nobody: whatever he said sings nowhere."""
    tom = year.heads.pop("tom")
    await tom.use("leave")
    await tom.press("Forget me")
    year.gone.add("tom")


async def after_him(year: SchoolYear) -> None:
    """Those who had met him look for him; weeks go by."""
    for head in year.heads.values():
        for words in ("partner", "checkin"):
            await head.use(words)
        await head.open_home()
    await year.anna.use(f"members suspend {word('tom', 'name')}", Tree.ORGANISER)
    await year.go_on(2)


async def came_back(year: SchoolYear) -> None:
    """The same person comes again, under the same account and another name."""
    account, name = Account("local", "space", "zqtomxacct0"), word("timothy", "shown")
    year.heads["timothy"] = timothy = head_of(year.world, year.world.space.join(name, user=account.user), name)
    await timothy.come()
    await timothy.use("start")
    await timothy.fill(name=name_of("timothy"), role="Coach or associate")
    await timothy.agree()
    await year.anna.use(f"members waiting {name_of('timothy')}", Tree.ORGANISER)
    await year.anna.press(f"Vouch for {name_of('timothy')}")
    await year.go_on(2)


def _options(head: Head) -> list[str]:
    """What the select that is shown offers."""
    return [one.label for block in blocks(head.view) if isinstance(block, Select) for one in block.options]


def _labels(head: Head) -> list[str]:
    return [one.label for one in buttons(head.view)]


STEPS: tuple[Step, ...] = (
    imported, came, tried_codes, joined, claimed, vouched, looked_around, told_more, *GATHERING, renamed, blocked,
    opened_everything, met, answered, connected, paused, skipped, stopped, went_away, took_data, had_enough, a_week,
    forgotten, after_him, came_back,
)  # fmt: skip


async def live(year: SchoolYear, look: Callable[[str], Awaitable[Any]], steps: tuple[Step, ...] = STEPS) -> None:
    """Step by step, with a look around after each."""
    for step in steps:
        await step(year)
        await look(step.__name__)

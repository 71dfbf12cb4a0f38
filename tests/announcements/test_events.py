"""What events give to announcements: those who come, to their host alone, and a yes to press."""

from datetime import timedelta
from pathlib import Path

from bot.chat.command import Tree
from bot.chat.ids import Id
from bot.chat.view import Select
from bot.core.work import Work
from bot.events.model import Answer, Event, Place, Rsvp, Status
from bot.events.store import EVENTS
from tests.acting import blocks
from tests.announcements.network import BEA, MINUTE, TITLE, WORDS, Town, town
from tests.world.world import Head

COFFEE = Id(77)


async def plan(one: Town) -> None:
    """Bea hosts a coffee, to which eleven come and one would like to."""
    starts = one.world.at + timedelta(days=3)
    event = Event(COFFEE, "Saturday coffee", starts, 60, "Europe/London", Status.PLANNED, host=one.members[BEA])

    def keep(work: Work) -> None:
        work.use(EVENTS).keep(event)
        for place, head in enumerate(one.people[:12]):
            stands = Place.HELD if place < 11 else Place.WAITING
            work.use(EVENTS).answer(Rsvp(COFFEE, one.members[head.account.user], Answer.YES, stands, work.at))

    await one.write(keep)


def offered(head: Head) -> str:
    """The one event that is offered."""
    (label,) = [option.label for block in blocks(head.view) if isinstance(block, Select) for option in block.options]
    return label


async def test_a_host_writes_to_those_who_come(tmp_path: Path) -> None:
    async with town(tmp_path) as one:
        await plan(one)
        await one.bea.use("announce new", Tree.ORGANISER)
        await one.bea.fill(title=TITLE, words=WORDS, does="Nothing")
        await one.bea.press("Who gets it")
        whom = {"where": "Directly, to each of them", "sort": "A notice about the network"}
        await one.bea.fill(whom="Those who come to an event of mine", **whom)
        await one.bea.choose(offered(one.bea))
        await one.bea.press("Show me")
        await one.bea.press("Send to up to 11 people")
        await one.later(2 * MINUTE)
        assert sorted(one.had()) == sorted(head.account.user for head in one.people[:11])


async def test_nobody_else_can_write_to_them(tmp_path: Path) -> None:
    async with town(tmp_path) as one:
        await plan(one)
        await one.draft()
        await one.address(whom="Those who come to an event of mine")
        assert "Saturday coffee" not in one.anna.says
        assert one.had() == []


async def test_a_yes_stands_under_it_and_takes_a_place(tmp_path: Path) -> None:
    async with town(tmp_path) as one:
        await plan(one)
        await one.draft(does="A yes to an event")
        await one.anna.choose(offered(one.anna))
        await one.address()
        await one.anna.press("Show me")
        await one.anna.press("Send to 15 people")
        await one.later(2 * MINUTE)
        head = one.people[13]
        head.read(WORDS)
        await head.press("Yes to Saturday coffee")
        assert "have a place" in head.says

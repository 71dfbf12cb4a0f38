"""Organisers at a screen who plan events, and what the space's channel for events then shows."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from bot.chat.address import Account
from bot.chat.command import Tree
from bot.chat.form import Form
from bot.chat.ids import Id
from bot.chat.view import Button, Buttons, Select, View
from bot.core.work import Unit, Work
from bot.events.model import Answer, AnswersChanged, Event, Place, Rsvp, Status
from bot.events.store import EVENTS
from tests.acting import blocks, buttons
from tests.world.world import Head, World, head_of

ANNA = Account("local", "space", "anna")
WHEN = datetime(2026, 12, 2, 19, tzinfo=UTC)
"""A Wednesday in term."""
FULL = "Wednesday 2 December 2026, 19:00 (UK time)"


async def planner(world: World) -> Head:
    """Anna, with the form of a new event before her."""
    anna = head_of(world, ANNA, "Anna Ford")
    await anna.use("event new", Tree.ORGANISER)
    assert isinstance(anna.asked, Form)
    return anna


async def write(anna: Head, when: str = "Wed 2 Dec, 7pm", title: str = "Wednesday evening", **more: str) -> None:
    """Fill in the first form."""
    await anna.fill(title=title, when=when, **more)


async def planned(world: World, when: str = "Wed 2 Dec, 7pm", title: str = "Wednesday evening", **more: str) -> Head:
    """An event that was posted; Anna sees so."""
    anna = await planner(world)
    await write(anna, when, title, **more)
    await anna.press("Yes, post it")
    await world.go_to(world.at)
    return anna


async def repeated(world: World, when: str = "Wed 2 Dec, 7pm", **answers: str | Sequence[str]) -> Head:
    """A series that was posted."""
    anna = await planner(world)
    await write(anna, when)
    await anna.press("Make it come again")
    await anna.fill(**{"every": "Every week", **answers})
    await anna.press("Yes, post it")
    await world.go_to(world.at)
    return anna


async def events(world: World) -> list[Event]:
    """All that is planned or was cancelled, the soonest first."""
    first, last = world.at - timedelta(days=800), world.at + timedelta(days=800)
    return await world.parts.storage.read(world.at, lambda work: [*work.use(EVENTS).between(first, last)])


async def drafts(world: World) -> list[Event]:
    return await world.parts.storage.read(world.at, lambda work: [*work.use(EVENTS).drafts()])


async def answer(world: World, event: Id, *members: Id, said: Answer = Answer.YES, place: Place = Place.HELD) -> None:
    """What members have said, as the room that hears them keeps it."""

    def keep(work: Work) -> None:
        for n, member in enumerate(members):
            since, stands = work.at + timedelta(microseconds=n), place if said is Answer.YES else Place.NONE
            work.use(EVENTS).answer(Rsvp(event, member, said, stands, since))
        work.tell(AnswersChanged(event))

    await world.parts.storage.write(Unit(f"said {event} {said} {members}", world.at, keep))


async def press(head: Head, action: str) -> None:
    """Press a button of some earlier day, or one that was forged."""
    head.view = View((Buttons((Button("A button", action),)),))
    await head.press("A button")


def posts(world: World) -> list[str]:
    """What stands in the channel for events."""
    return world.channel("events")


def labels(view: View | None) -> list[str]:
    """The words of all buttons."""
    return [one.label for one in buttons(view)]


def options(view: View | None) -> list[str]:
    """What can be chosen."""
    return [option.label for block in blocks(view) if isinstance(block, Select) for option in block.options]


def standing(found: Sequence[Event]) -> list[datetime]:
    """When those begin that take place."""
    return [one.starts_at for one in found if one.status is Status.PLANNED]

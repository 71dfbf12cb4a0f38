"""One's own calendar: files on request, and an address that is fetched by a programme that knows nothing else."""

import logging
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import icalendar
import pytest
from aiohttp import ClientSession

from adapters.feed.listener import Listener
from bot.calendars.actions import AddToCalendar, EndAddress, NewAddress, OpenCalendar, ShowTitles
from bot.chat.action import Action
from bot.chat.ids import Id
from bot.chat.inbound import Fetched, Inbound, Pressed
from bot.chat.outbound import Reply
from bot.chat.view import File, View, words_of_view
from bot.core.errors import StorageFailed
from bot.core.work import Unit, Work
from bot.events.model import Answer, Event, Place, Rsvp, Status
from bot.events.store import EVENTS
from tests.world.world import Head, World, members, opened, organiser

URL = "https://calendar.example.org"
COFFEE = Id(700)


@dataclass
class Fetching:
    """A world with Gwen, who comes to the coffee, and Tom, who does not; and where calendars are fetched."""

    world: World
    gwen: Head
    tom: Head
    event: Event
    base: str
    session: ClientSession

    async def press(self, head: Head, action: Action) -> Reply:
        return await self.world.receive(Pressed(action.pack()), head.account, head.name)

    async def keep(self, event: Event) -> None:
        self.event = event
        await write(self.world, lambda work: work.use(EVENTS).keep(event))

    async def address(self, head: Head) -> str:
        """A new one, as it is shown."""
        reply = await self.press(head, NewAddress())
        assert reply.view is not None
        return words_of_view(reply.view).partition(f"{URL}/")[2].partition(".ics")[0]

    async def fetch(self, address: str) -> tuple[int, str]:
        async with self.session.get(f"{self.base}/{address}.ics") as response:
            return response.status, await response.text()

    async def events(self, address: str) -> list[Any]:
        status, text = await self.fetch(address)
        assert status == 200
        return list(icalendar.Calendar.from_ical(text).walk("VEVENT"))


async def write(world: World, run: Any) -> None:
    await world.parts.storage.write(Unit(world.space.new_id(), world.at, run))


@pytest.fixture
async def fetching(tmp_path: Path) -> AsyncIterator[Fetching]:
    async with opened(tmp_path, calendar={"url": URL}) as world, ClientSession() as session:
        await organiser(world)
        gwen, tom = await members(world, "Gwen Pugh", "Tom Ashdown")
        starts = world.at + timedelta(days=3)
        event = Event(COFFEE, "Saturday coffee", starts, 60, "Europe/London", Status.PLANNED, link="https://meet/x")
        member = await world.look(gwen.account)
        assert member is not None
        said = Rsvp(COFFEE, member.id, Answer.YES, Place.HELD, world.at)

        def keep(work: Work) -> None:
            work.use(EVENTS).keep(event)
            work.use(EVENTS).answer(said)

        await write(world, keep)
        async with Listener(world.parts.door, world.clock).listening("127.0.0.1", 0) as port:
            yield Fetching(world, gwen, tom, event, f"http://127.0.0.1:{port}", session)


async def test_a_file_comes_to_the_account_that_asked(fetching: Fetching) -> None:
    reply = await fetching.press(fetching.gwen, AddToCalendar(COFFEE))
    assert reply.view is not None
    assert "I’ve sent you the file" in words_of_view(reply.view)
    views = [one.view for one in fetching.world.said(fetching.gwen.account) if isinstance(one.view, View)]
    (file,) = [block for view in views for block in view.blocks if isinstance(block, File)]
    assert file.name == "saturday-coffee.ics"
    (event,) = icalendar.Calendar.from_ical(file.content).walk("VEVENT")
    assert event["SUMMARY"] == "Saturday coffee"
    assert "https://meet/x" in str(event["LOCATION"])


async def test_who_has_no_place_has_nothing_to_put_into_it(fetching: Fetching) -> None:
    for action in (AddToCalendar(COFFEE), AddToCalendar(Id(1))):
        reply = await fetching.press(fetching.tom, action)
        assert reply.view is not None
        assert "have a place at" in words_of_view(reply.view)
    assert not any("calendar. Open" in one for one in fetching.world.letters(fetching.tom.account))


async def test_what_is_fetched_is_busy_until_they_choose_titles(fetching: Fetching) -> None:
    address = await fetching.address(fetching.gwen)
    (event,) = await fetching.events(address)
    assert event["SUMMARY"] == "Busy"
    await fetching.press(fetching.gwen, ShowTitles(1))
    (event,) = await fetching.events(address)
    assert event["SUMMARY"] == "Saturday coffee"


async def test_it_follows_every_change(fetching: Fetching) -> None:
    """Fetched before and after each: the name stays, the number rises (RFC 5545)."""
    address = await fetching.address(fetching.gwen)
    await fetching.press(fetching.gwen, ShowTitles(1))
    (before,) = await fetching.events(address)
    event = fetching.event
    changes = (
        replace(event, starts_at=event.starts_at + timedelta(hours=2), sequence=1),
        replace(event, title="Late coffee", sequence=2),
        replace(event, status=Status.CANCELLED, sequence=3),
    )
    for changed in changes:
        fetching.world.clock.advance(timedelta(minutes=10))
        await fetching.keep(replace(changed, changed_at=fetching.world.at))
        (after,) = await fetching.events(address)
        assert after["UID"] == before["UID"]
        assert after["SEQUENCE"] > before["SEQUENCE"]
        assert after["DTSTAMP"].dt > before["DTSTAMP"].dt
        assert after["DTSTART"].dt == changed.starts_at
        before = after
    assert before["STATUS"] == "CANCELLED"


async def test_a_new_address_ends_the_old_one_and_an_ended_one_is_none(fetching: Fetching) -> None:
    first = await fetching.address(fetching.gwen)
    second = await fetching.address(fetching.gwen)
    assert (await fetching.fetch(first))[0] == 404
    assert (await fetching.fetch(second))[0] == 200
    await fetching.press(fetching.gwen, EndAddress())
    assert await fetching.fetch(second) == await fetching.fetch("A" * 22)
    reply = await fetching.press(fetching.gwen, OpenCalendar())
    assert reply.view is not None
    assert "I can give you an address" in words_of_view(reply.view)


async def test_erasing_ends_it(fetching: Fetching) -> None:
    address = await fetching.address(fetching.gwen)
    await fetching.gwen.use("leave")
    await fetching.gwen.press("Forget me")
    assert (await fetching.fetch(address))[0] == 404


async def test_there_is_nothing_else_behind_it(fetching: Fetching) -> None:
    for path in ("/", "/health", "/metrics", "/slack/events", "/x.ics", "/../config.toml", f"/{'A' * 21}.ics"):
        async with fetching.session.get(fetching.base + path) as response:
            assert response.status == 404
    async with fetching.session.post(f"{fetching.base}/{'A' * 22}.ics") as response:
        assert response.status == 405


async def test_the_address_stands_nowhere(fetching: Fetching, caplog: pytest.LogCaptureFixture) -> None:
    """In no table, no file and no log (THREATS, 13), whoever looks at everything."""
    caplog.set_level(logging.DEBUG)
    before = fetching.world.state()
    address = await fetching.address(fetching.gwen)
    kept = fetching.world.state()
    await fetching.events(address)
    assert fetching.world.state() == kept, "to fetch leaves nothing behind"
    assert kept != before
    assert address not in "".join(kept)
    assert address not in caplog.text
    for file in fetching.world.parts.configured.folder.rglob("*"):
        assert not file.is_file() or address.encode() not in file.read_bytes()


async def test_a_disk_that_fails_does_not_empty_anybodys_calendar(
    fetching: Fetching, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who gets 404 forgets what they had; who gets 503 keeps it, and asks again."""
    address = await fetching.address(fetching.gwen)

    async def fail(at: datetime, run: Any) -> None:
        raise StorageFailed

    monkeypatch.setattr(fetching.world.parts.storage, "read", fail)
    assert (await fetching.fetch(address))[0] == 503


async def test_where_there_is_no_such_place_files_are_all_there_is(world: World) -> None:
    await organiser(world)
    (gwen,) = await members(world, "Gwen Pugh")
    for action in (OpenCalendar(), NewAddress()):
        reply = await world.receive(Pressed(action.pack()), gwen.account, gwen.name)
        assert reply.view is not None
        assert "This network has no address" in words_of_view(reply.view)


async def test_a_fetch_comes_through_the_one_door(fetching: Fetching) -> None:
    address = await fetching.address(fetching.gwen)
    found = await fetching.world.parts.door(Inbound("", fetching.world.at, Fetched(address)))
    assert found.view is not None
    assert isinstance(found.view.blocks[0], File)

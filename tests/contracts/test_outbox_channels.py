"""The outbox's contract for channels: one on each platform, what is pinned there, and meetings."""

from collections.abc import AsyncIterator
from dataclasses import replace

import msgspec
import pytest
from sqlalchemy import select

from bot.chat.address import EVENTS, Address, Channel
from bot.chat.ids import Id
from bot.chat.outbound import Meeting, Receipt, Removes, ToChannel
from bot.chat.view import View
from bot.core.outbox import Kind, Letter, State
from storage.letters import Body, close_body, letters, open_body
from storage.parcels import NOT_THERE
from storage.work import sql
from tests.contracts.test_outbox import settle, take
from tests.storage.stands import AT, HOUSE, MINUTE, Pen, letter, opened, says

HOUSE_OF_TWO = replace(HOUSE, workspaces={"discord": "server"})
MEETING = Meeting("Saturday coffee", AT + MINUTE, AT + 2 * MINUTE, "By video", "Bring a cup.")
ON_DISCORD = Channel(EVENTS, "discord")


@pytest.fixture
async def pen(url: str) -> AsyncIterator[Pen]:
    async with opened(url, HOUSE_OF_TWO) as storage:
        yield Pen(storage)


async def test_a_channel_is_that_of_the_platform_it_is_called_by_or_the_one_at_home(pen: Pen) -> None:
    channels = Channel(EVENTS), ON_DISCORD, Channel("news", "local")
    await pen.post(*(letter(str(n), to) for n, to in enumerate(channels)))
    parcels = [claim.parcel for claim in await take(pen)]
    assert [(one.platform, one.to) for one in parcels] == [
        ("local", ToChannel("local", EVENTS)),
        ("discord", ToChannel("server", EVENTS)),
        ("local", ToChannel("local", "news")),
    ]


async def test_a_letter_to_a_platform_that_nobody_is_on_ends_with_the_sentence_that_mends_it(pen: Pen) -> None:
    await pen.post(letter("x", Channel(EVENTS, "slack")))
    assert await take(pen) == []
    assert await states(pen) == [("x", "dead", NOT_THERE.format("slack"))]


async def states(pen: Pen) -> list[tuple[str, str, str]]:
    look = select(letters.c.key, letters.c.state, letters.c.says)
    return await pen.read(lambda work: [(row.key, row.state, row.says) for row in sql(work).rows(look)])


async def test_a_channel_has_one_lane_by_whichever_name_and_one_on_each_platform(pen: Pen) -> None:
    await pen.post(letter("1", Channel(EVENTS)), letter("2", Channel(EVENTS, "local")), letter("3", ON_DISCORD))
    first, elsewhere = await take(pen)
    assert [one.parcel.platform for one in (first, elsewhere)] == ["local", "discord"]
    await settle(pen, first, State.SENT, receipt=Receipt("c", "m"))
    assert len(await take(pen)) == 1


async def test_a_pin_is_asked_for_by_the_letter_alone(pen: Pen) -> None:
    await pen.post(letter("pinned", Channel(EVENTS), pins=True), letter("plain", Channel("news")))
    assert [claim.parcel.pins for claim in await take(pen)] == [True, None]


async def test_a_meeting_goes_its_own_way_is_changed_and_is_taken_away(pen: Pen) -> None:
    """One that cannot be put up, for want of a right, holds no post up; and each stands behind the one before."""
    moved = msgspec.structs.replace(MEETING, ends_at=AT + 3 * MINUTE)
    gone = Letter("gone", ON_DISCORD, View(()), Kind.REMOVAL, AT, instead_of="moved", meeting=moved)
    made = meeting("made", MEETING)
    await pen.post(made, meeting("moved", moved, instead_of="made"), gone, letter("post", ON_DISCORD))
    first, post = await take(pen)
    assert (first.parcel.meeting, first.parcel.to, post.parcel.meeting) == (MEETING, ToChannel("server", EVENTS), None)
    await settle(pen, first, State.SENT, receipt=Receipt("server", "event-1"))
    (second,) = await take(pen)
    assert (second.parcel.meeting, second.parcel.instead_of) == (moved, "event-1")
    await settle(pen, second, State.SENT, receipt=Receipt("server", "event-1"))
    (third,) = await take(pen)
    assert (third.parcel.removes, third.parcel.instead_of) == (Removes.MESSAGE, "event-1")
    assert third.parcel.meeting == moved


def meeting(key: str, shown: Meeting, to: Address = ON_DISCORD, instead_of: str = "") -> Letter:
    return Letter(key, to, View(()), Kind.NOTICE, AT, instead_of=instead_of, meeting=shown)


class OldChannel(msgspec.Struct, frozen=True, tag="channel"):
    """As it was written before channels had a platform."""

    name: str


class OldBody(msgspec.Struct, frozen=True):
    """As it was written before letters were pinned, or were meetings."""

    to: OldChannel
    view: View
    about: tuple[Id, ...]
    instead_of: str = ""
    message: str = ""


def test_what_an_older_version_wrote_can_still_be_read() -> None:
    old = OldBody(OldChannel("organisers"), says("hello"), (Id(1),), "earlier")
    sealed = HOUSE.secrets.seal.close(msgspec.msgpack.encode(old), "key")
    assert open_body(HOUSE, "key", sealed) == Body(Channel("organisers"), says("hello"), (Id(1),), "earlier")


def test_a_meeting_is_read_as_it_was_written() -> None:
    body = Body(ON_DISCORD, View(()), (), pins=True, meeting=MEETING)
    assert open_body(HOUSE, "key", close_body(HOUSE, "key", body)) == body

"""What other rooms give to announcements by value, how far one is, and who pauses while its letters are written."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.announcements.sending import Sending, Written
from bot.chat.command import Tree
from bot.chat.ids import Id
from bot.chat.outbound import Reply
from bot.chat.view import View, button
from bot.core.feature import Call, Crowd, Feature, Invite, Offered, Run
from bot.core.work import Work
from bot.door.telling import Telling
from bot.members.store import MEMBERS
from bot.support import feature as support
from scheduler.progress import Tally
from tests.announcements.network import MINUTE, WORDS, Town, town

COFFEE = Id(77)
_support = support.feature


class Coffee:
    """A room with an event: who said yes to it, and who is its host."""

    def __init__(self) -> None:
        self.yes: frozenset[Id] = frozenset()
        self.is_host = True

    def feature(self, *given: Any) -> Feature:
        crowd = Crowd("coffee.yes", lambda: "Those who say yes to", self.offers, lambda work, id: self.yes)
        invite = Invite("coffee", lambda: "An event to say yes to", self.offers, self.press)
        return replace(_support(*given), crowds=(crowd,), invites=(invite,))

    def offers(self, work: Work, call: Call) -> list[Offered]:
        return [Offered(COFFEE, "Saturday coffee")] * self.is_host

    def press(self, work: Work, id: Id) -> Any:
        return button("Yes to Saturday coffee", Run(Tree.MEMBER, "menu")) if id == COFFEE else None


@pytest.fixture
def coffee(monkeypatch: pytest.MonkeyPatch) -> Coffee:
    room = Coffee()
    monkeypatch.setattr(support, "feature", room.feature)
    return room


async def to_those(one: Town) -> None:
    await one.draft()
    await one.address(whom="Those who say yes to")
    await one.anna.choose("Saturday coffee")


async def test_those_who_said_yes_are_written_to_by_their_host(tmp_path: Path, coffee: Coffee) -> None:
    async with town(tmp_path) as one:
        coffee.yes = frozenset(list(one.members.values())[:11])
        await to_those(one)
        await one.anna.press("Show me")
        assert "up to 11 people" in one.anna.says
        press = one.anna.view
        coffee.is_host = False
        await one.anna.press("Send to up to 11 people")
        assert "whoever looks after those people" in one.anna.says
        coffee.is_host, one.anna.view = True, press
        await one.anna.press("Send to up to 11 people")
        await one.later(2 * MINUTE)
        assert sorted(one.members[user] for user in one.had()) == sorted(coffee.yes)


async def test_fewer_than_ten_of_them_are_not(tmp_path: Path, coffee: Coffee) -> None:
    async with town(tmp_path) as one:
        coffee.yes = frozenset(list(one.members.values())[:9])
        await to_those(one)
        assert "Fewer than ten" in one.anna.says


async def test_a_button_of_another_room_stands_under_it(tmp_path: Path, coffee: Coffee) -> None:
    async with town(tmp_path) as one:
        await one.draft(does="An event to say yes to")
        await one.anna.choose("Saturday coffee")
        await one.address()
        await one.anna.press("Show me")
        await one.anna.press("Send to 15 people")
        await one.later(2 * MINUTE)
        one.people[0].read(WORDS)
        assert "[Yes to Saturday coffee]" in one.people[0].says


async def test_one_message_says_how_far_it_is_and_stops_it(tmp_path: Path) -> None:
    async with town(tmp_path) as one:
        batch, telling = await going_out(one)
        await telling.tell(batch, Tally(sent=100, waiting=900, could_not=7))
        await one.later(timedelta(seconds=10))
        await telling.tell(batch, Tally(sent=600, waiting=400, could_not=7))
        await one.later(MINUTE)
        (said,) = [said for said in one.world.channel("organisers") if "%" in said]
        for part in ("60%", "Sent: 600", "Waiting: 400", "Could not be sent: 7", "It takes about a minute more"):
            assert part in said
        views = [message.view for message in one.world.space.history("channel-organisers")]
        one.anna.view = next(view for view in views if isinstance(view, View) and "60%" in str(view))
        await one.anna.press("Stop")
        assert "Nothing more of it leaves" in one.anna.says
        assert not any("%" in said for said in one.world.channel("organisers")), "in its place stands that it stopped"


async def test_of_some_it_says_no_number(tmp_path: Path) -> None:
    async with town(tmp_path) as one:
        batch, telling = await going_out(one, to_some=True)
        await telling.tell(batch, Tally(sent=5, waiting=6, could_not=1))
        await one.later(MINUTE)
        (said,) = [said for said in one.world.channel("organisers") if "%" in said]
        assert said.startswith("“Office hours” is going out: 50%.")
        assert "Sent" not in said


async def going_out(one: Town, to_some: bool = False) -> tuple[str, Telling]:
    """Its letters are out; what is told of them is told anew."""
    await (one.to_primary() if to_some else one.preview())
    await one.anna.press("Send to up to 12 people" if to_some else "Send to 15 people")
    await one.later(2 * MINUTE)
    ((batch,),) = one.world.rows("SELECT DISTINCT batch FROM letters WHERE batch != ''")
    return batch, Telling(one.world.parts.storage, one.world.clock, one.world.parts.bot.directory.progress)


async def test_who_pauses_while_letters_are_written_gets_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keep, away = Sending.keep, list[Id]()

    def paused(self: Sending, work: Work, call: Call, written: Written | None) -> Reply:
        member = work.use(MEMBERS).get(away[0])
        assert member is not None
        work.use(MEMBERS).keep(replace(member, away=True))
        return keep(self, work, call, written)

    monkeypatch.setattr(Sending, "keep", paused)
    async with town(tmp_path) as one:
        away.append(one.members["head03"])
        await one.preview()
        await one.anna.press("Send to 15 people")
        await one.later(2 * MINUTE)
        assert sorted(one.had()) == sorted(one.members.keys() - {"head03"})

"""Somebody real enters the demo on Wednesday 11 November 2026, 16:00: joins, is vouched for, meets and answers."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from adapters.local.timebar import Happened
from adapters.people import reading
from adapters.people.habit import dice
from adapters.people.model import Head
from adapters.space.hands import Hands
from adapters.space.model import BOT, Kind, Message
from bot.chat.address import Account
from bot.chat.outbound import Reply
from bot.chat.view import View
from tests.people.lived import CAST, Demo, opened, words

ROSA = Head("", "Rosa Real", role="headteacher", phase="primary", school="Rosa’s School")
THURSDAY = datetime(2026, 11, 12, 16, 15, tzinfo=UTC)
MONDAY = datetime(2026, 11, 16, 8, tzinfo=UTC)


class Visitor:
    """Somebody at a browser, who reads labels as everybody does."""

    def __init__(self, demo: Demo, account: Account) -> None:
        self.demo, self.account = demo, account
        self._hands = Hands(demo.space, demo.door)
        self.home = demo.space.bot_conversation(account).id

    @classmethod
    async def enter(cls, demo: Demo) -> "Visitor":
        account = await Hands(demo.space, demo.door).join(ROSA.name)
        await demo.bar().jump(demo.clock.now() + timedelta(seconds=5), lambda now: None)
        return cls(demo, account)

    def latest(self, kind: Kind = Kind.BOT) -> Message:
        """The last thing said by the bot in that kind of place."""
        places = [place for place in self.demo.space.conversations(self.account.user) if place.kind is kind]
        said = [one for place in places for one in self.demo.space.history(place.id, self.account.user)]
        return sorted((one for one in said if one.author == BOT), key=lambda one: one.at)[-1]

    async def join(self) -> None:
        """Press and fill in until nothing leads on."""
        for _ in range(6):
            way = reading.way_in(self._view(), ROSA)
            if way is None:
                return
            reply = await self._press(*way)
            if reply.ask is not None:
                values = reading.filled(reply.ask, ROSA, dice("seed", "rosa"))
                await self._hands.submit(self.account, reply.ask.action, values, self.latest().id)

    async def answer(self) -> None:
        """We talked."""
        answers = reading.checkin(self._view())
        assert answers is not None, words(self.latest())
        await self._press(answers[reading.Outcome.TALKED].action)

    def say(self, conversation: str, text: str) -> Message:
        return self.demo.space.say(self.account, conversation, text)

    async def _press(self, action: str, values: tuple[str, ...] = ()) -> Reply:
        return await self._hands.press(self.account, self.latest().id, action, values)

    def _view(self) -> View:
        view = self.latest().view
        assert view is not None
        return view


def told(lines: list[Happened]) -> list[str]:
    return [line.says for line in lines]


async def jump(demo: Demo, until: datetime) -> list[Happened]:
    return list(await demo.bar().jump(until, lambda now: None))


async def test_a_visitor_is_vouched_for_after_ten_minutes_meets_somebody_and_answers(arrived: Path) -> None:
    async with opened(arrived) as demo:
        assert demo.clock.now() == CAST.until
        rosa = await Visitor.enter(demo)
        await rosa.join()
        lines = await jump(demo, demo.clock.now() + timedelta(minutes=9))
        assert "HeadsUp wrote to Rosa Real" not in told(lines)
        lines = await jump(demo, demo.clock.now() + timedelta(minutes=2))
        assert "HeadsUp wrote to Rosa Real" in told(lines)
        assert "You are in" in words(rosa.latest())

        lines = await jump(demo, MONDAY + timedelta(minutes=1))
        met = next(line for line in lines if line.says.startswith("Rosa Real was introduced to "))
        assert "Rosa Real" in words(rosa.latest(Kind.CIRCLE))
        assert met.message == rosa.latest(Kind.CIRCLE).id
        assert any(line.startswith("Introductions went out: ") for line in told(lines))

        spoken = rosa.say(met.conversation, "Hello, lovely to meet you.")
        lines = await jump(demo, demo.clock.now() + timedelta(minutes=2))
        assert any(line.endswith(" wrote to Rosa Real") and "HeadsUp" not in line for line in told(lines))
        assert demo.space.history(met.conversation)[-1].at > spoken.at

        lines = await jump(demo, THURSDAY + timedelta(days=7, minutes=1))
        assert any(line.startswith("People were asked whether they talked: ") for line in told(lines))
        await rosa.answer()
        assert "You talked." in words(rosa.latest())


async def test_what_comes_next_is_said_in_words(arrived: Path) -> None:
    async with opened(arrived) as demo:
        bar, said = demo.bar(), []
        for _ in range(3):
            coming = bar.next_due()
            assert coming is not None
            said.append((coming.says, coming.at))
            await bar.jump(coming.at, lambda now: None)
    assert said == [
        ("Thursday’s check-in", THURSDAY),
        ("Monday’s introductions", MONDAY),
        ("Thursday’s check-in", THURSDAY + timedelta(days=7)),
    ]


async def test_a_jump_tells_few_lines_each_leading_to_a_message_and_no_small_number(arrived: Path) -> None:
    async with opened(arrived) as demo:
        for weeks in range(1, 4):
            lines = await jump(demo, CAST.until + timedelta(weeks=weeks))
            assert 1 <= len(lines) <= 8
            assert all(demo.space.message(line.message) is not None for line in lines)
            assert not [line for line in told(lines) if line[-3:] in (": 1", ": 2", ": 3", ": 4")]


async def test_a_jump_to_the_past_changes_nothing(arrived: Path) -> None:
    async with opened(arrived) as demo:
        before = demo.transcript()
        assert await jump(demo, CAST.opening) == []
        assert demo.clock.now() == CAST.until
        assert demo.transcript() == before


async def test_the_time_stands_in_the_database(arrived: Path) -> None:
    async with opened(arrived) as demo:
        await jump(demo, CAST.until + timedelta(days=1))
    async with opened(arrived) as demo:
        assert demo.clock.now() == CAST.until + timedelta(days=1)


@pytest.mark.parametrize("greeting", ["", "Hello Rosa, and welcome."], ids=["plainly", "with a greeting"])
async def test_the_organiser_vouches_for_nobody_whom_somebody_vouched_for_already(arrived: Path, greeting: str) -> None:
    async with opened(arrived) as demo:
        rosa = await Visitor.enter(demo)
        await rosa.join()
        await jump(demo, demo.clock.now() + timedelta(minutes=1))
        request = demo.space.history("channel-organisers")[-1]
        label = "say hello" if greeting else reading.VOUCH
        vouch = reading.labelled(reading.buttons(request.view or View(())), label)
        assert vouch is not None
        amina, hands = demo.space.persona(CAST.organiser.user).account, Hands(demo.space, demo.door)
        reply = await hands.press(amina, request.id, vouch.action)
        if greeting:
            assert reply.ask is not None
            await hands.submit(amina, reply.ask.action, {"greeting": (greeting,)}, request.id)
        before = len(demo.heard)
        await jump(demo, demo.clock.now() + timedelta(minutes=20))
        assert CAST.organiser.user not in [one.account.user for one in demo.heard[before:] if one.account]
        assert greeting in words(rosa.latest())
        assert demo.people.puzzled == {}

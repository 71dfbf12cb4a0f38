"""An announcement through the door, in virtual time: written, previewed, sent, and arrived once."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.chat.command import Tree
from bot.chat.inbound import Pressed
from tests.acting import buttons
from tests.announcements.network import MINUTE, TITLE, WORDS, Town, town
from tests.world.world import START

DAY = timedelta(days=1)
EVENING = datetime(2026, 11, 11, 18, tzinfo=UTC)


async def send(one: Town, label: str = "Send to 15 people") -> None:
    await one.anna.press(label)


async def test_written_previewed_sent_and_arrived_once(tmp_path: Path) -> None:
    async with town(tmp_path) as one:
        await one.preview()
        assert WORDS in one.anna.says
        assert "15 people" in one.anna.says
        assert one.had() == []
        await send(one)
        assert "can be taken back" in one.anna.says
        await one.later(MINUTE - timedelta(seconds=1))
        assert one.had() == []
        await one.later(timedelta(seconds=2))
        assert sorted(one.had()) == sorted(one.members)
        await one.later(2 * DAY)
        assert len(one.had()) == 15


async def test_two_presses_send_once(tmp_path: Path) -> None:
    async with town(tmp_path) as one:
        await one.preview()
        press = next(each for each in buttons(one.anna.view) if each.label.startswith("Send"))
        for _ in range(3):
            await one.world.receive(Pressed(press.action), one.anna.account, one.anna.name)
        await one.later(5 * MINUTE)
        await one.world.receive(Pressed(press.action), one.anna.account, one.anna.name)
        await one.later(5 * MINUTE)
        assert len(one.had()) == 15


async def test_within_a_minute_it_is_taken_back(tmp_path: Path) -> None:
    async with town(tmp_path) as one:
        await one.preview()
        await send(one)
        await one.later(timedelta(seconds=50))
        await one.anna.press("Undo")
        assert "nobody has seen it" in one.anna.says
        await one.later(DAY)
        assert one.had() == []
        await one.anna.press("Show me")
        await send(one)
        await one.later(2 * MINUTE)
        assert len(one.had()) == 15


async def test_who_is_away_or_has_not_agreed_is_not_written_to(tmp_path: Path) -> None:
    async with town(tmp_path, news=12) as one:
        await one.change(one.people[0], away=True)
        await one.preview(sort="News")
        await send(one, "Send to 11 people")
        await one.change(one.people[1], away=True)
        await one.later(2 * MINUTE)
        assert sorted(one.had()) == [head.account.user for head in one.people[2:12]]


async def test_of_some_no_number_says_what_anybody_chose(tmp_path: Path) -> None:
    async with town(tmp_path) as one:
        await one.change(one.people[0], away=True)
        await one.to_primary()
        assert "up to 12 people" in one.anna.says
        assert "Away" not in one.anna.says
        await one.anna.press("Send to up to 12 people")
        await one.later(2 * MINUTE)
        assert sorted(one.had()) == [head.account.user for head in one.people[1:12]]


async def test_fewer_than_ten_are_not_written_to(tmp_path: Path) -> None:
    async with town(tmp_path) as one:
        await one.draft()
        await one.address(whom="One phase")
        assert "Secondary" not in str(one.anna.view), "three of them: not even offered"
        await one.change(one.people[0], away=True)
        await one.change(one.people[1], left_at=START)
        await one.change(one.people[2], left_at=START)
        await one.change(one.people[3], left_at=START)
        await one.anna.choose("Primary")
        assert "Fewer than ten" in one.anna.says


async def test_what_has_changed_since_the_preview_is_previewed_anew(tmp_path: Path) -> None:
    async with town(tmp_path, count=20) as one:
        await one.preview()
        for head in one.people[:4]:
            await one.change(head, away=True)
        old = one.anna.view
        for head in one.people[4:6]:
            await one.change(head, away=True)
        one.anna.view = old
        await send(one, "Send to 21 people")
        assert "nothing was sent" in one.anna.says
        await one.later(5 * MINUTE)
        assert one.had() == []
        await one.anna.press("Show me")
        await send(one, "Send to 15 people")
        await one.later(5 * MINUTE)
        assert len(one.had()) == 15


async def test_at_a_time(tmp_path: Path) -> None:
    async with town(tmp_path) as one:
        await one.preview(at=EVENING)
        await send(one)
        await one.world.go_to(EVENING - timedelta(seconds=1))
        assert one.had() == []
        await one.world.go_to(EVENING + timedelta(seconds=1))
        assert len(one.had()) == 15


async def test_a_long_outage_makes_it_no_news(tmp_path: Path) -> None:
    async with town(tmp_path) as one:
        await one.preview(at=EVENING)
        await send(one)
        one.world.clock.set(EVENING + timedelta(hours=13))
        await one.later(MINUTE)
        assert one.had() == []
        assert any("asleep" in said for said in one.world.channel("organisers"))


async def test_in_the_channel(tmp_path: Path) -> None:
    async with town(tmp_path) as one:
        await one.draft(does="A link", link="https://example.org/x", label="Read the report")
        await one.address(where="In the news channel")
        await one.anna.press("Show me")
        await one.anna.press("Post it")
        await one.later(2 * MINUTE)
        (post,) = one.world.channel("news")
        assert WORDS in post
        assert "Read the report (https://example.org/x)" in post
        assert one.had() == []


async def test_a_picture_stands_in_a_channel_as_a_link_with_what_it_shows(tmp_path: Path) -> None:
    async with town(tmp_path) as one:
        await one.draft()
        await one.address(where="In the news channel")
        await one.anna.press("A picture")
        await one.anna.fill(picture="https://example.org/p.png")
        assert "what the picture shows" in one.anna.errors["alt"]
        await one.anna.fill(picture="https://example.org/p.png", alt="The hall")
        await one.anna.press("Show me")
        assert "Picture: The hall (https://example.org/p.png)" in one.anna.says


async def test_what_cannot_be_taken_is_said_beside_its_field(tmp_path: Path) -> None:
    async with town(tmp_path) as one:
        await one.anna.use("announce new", Tree.ORGANISER)
        await one.anna.fill(title=TITLE, words=" ", does="A link", link="http://example.org")
        assert set(one.anna.errors) == {"words", "link", "label"}
        await one.draft()
        await one.anna.press("Who gets it")
        await one.anna.fill(where="In the news channel", whom="One role", at=(START - DAY).isoformat())
        assert set(one.anna.errors) == {"whom", "at"}


async def test_it_joins_the_friday_letter(tmp_path: Path) -> None:
    async with town(tmp_path) as one:
        await one.preview(where="In the next Friday letter")
        await send(one)
        await one.later(2 * MINUTE)
        assert one.had() == []
        await one.world.go_to(datetime(2026, 11, 13, 18, tzinfo=UTC))
        assert len(one.had()) == 0, "nobody here has agreed to be introduced, and so gets a Friday letter"


async def test_nobody_else_can(tmp_path: Path) -> None:
    async with town(tmp_path) as one:
        await one.preview()
        press = next(each for each in buttons(one.anna.view) if each.label.startswith("Send"))
        head = one.people[0]
        await head.use("announce new", Tree.ORGANISER)
        assert "isn’t something" in head.says
        await one.world.receive(Pressed(press.action), head.account, head.name)
        await one.later(5 * MINUTE)
        assert one.had() == []

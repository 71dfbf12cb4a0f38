"""What organisers read of a real network: a line every Monday, and figures whenever they ask."""

from datetime import UTC, datetime
from pathlib import Path

from bot.chat.command import Tree
from tests.world.world import NAMES, members, opened, organiser

MONDAY = datetime(2026, 11, 16, 12, tzinfo=UTC)
BANK_HOLIDAY = datetime(2027, 5, 3, 7, 59, tzinfo=UTC)
"""A minute before nine in London."""


async def test_a_line_comes_every_monday_at_nine_holidays_too(tmp_path: Path) -> None:
    async with opened(tmp_path, at=datetime(2027, 4, 30, 12, tzinfo=UTC)) as world:
        await organiser(world)
        heads = await members(world, *NAMES[:4])
        await world.go_to(BANK_HOLIDAY)
        before = world.channel("organisers")
        await world.go_to(BANK_HOLIDAY.replace(hour=8, minute=1))
        line = "All well: introductions go out on Tuesday 4 May, nothing stuck, disk 61% full."
        assert world.channel("organisers") == [*before, line]
        for head in heads:
            await head.use("profile")  # who presses nothing in three weeks is left alone
        await world.go_to(datetime(2027, 5, 31, 12, tzinfo=UTC))
        lines = [words for words in world.channel("organisers") if words.startswith("All well")]
        assert lines[1:] == [
            "All well: fewer than five introductions, nothing stuck, disk 61% full.",
            "All well: fewer than five introductions, nothing stuck, disk 61% full.",
            "All well: fewer than five introductions, nothing stuck, disk 61% full.",
            "All well: no introductions this week (it’s the holidays), nothing stuck, disk 61% full.",
        ]


async def test_a_full_disk_and_a_sleeping_bot_are_told(tmp_path: Path) -> None:
    async with opened(tmp_path, disk=91) as world:
        anna = await organiser(world)
        await members(world, *NAMES[:4])
        await world.go_to(MONDAY)
        line = world.channel("organisers")[-1]
        assert line.startswith("Please look: the disk is 91% full.")
        assert "make room" in line
        space = world.space
    async with opened(tmp_path, at=datetime(2026, 12, 9, 12, tzinfo=UTC), space=space, disk=None) as world:
        await world.life.tick()
        assert sum(words.startswith(("All well", "Please look")) for words in world.channel("organisers")) == 2
        anna.network = world
        await anna.use("status", Tree.ORGANISER)
        assert "disk" not in anna.says


async def test_the_report_and_status_of_a_real_network(tmp_path: Path) -> None:
    async with opened(tmp_path) as world:
        anna = await organiser(world)
        heads = await members(world, *NAMES)
        await world.go_to(datetime(2026, 11, 19, 17, tzinfo=UTC))
        for head in heads:
            head.read("find time to talk")
            await head.press("We talked")
        await anna.use("report", Tree.ORGANISER)
        assert "Members: 12\nActive: not told\nIntroductions: 6\nLed to a talk: not told" in anna.says
        assert "In the browser: nearly all\nNot at all just now: fewer than five" in anna.says
        await anna.use("status", Tree.ORGANISER)
        assert "All well: 6 introductions, nothing stuck, disk 61% full." in anna.says
        await world.go_to(datetime(2026, 12, 16, 5, tzinfo=UTC))
        assert world.rows("SELECT * FROM months") == [("2026-11-01", 12, 12, 18, 6)]

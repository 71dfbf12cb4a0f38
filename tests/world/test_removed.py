"""What somebody asked to have taken away is gone: from their screen, from our files, and from the platform's."""

import json
from datetime import timedelta
from pathlib import Path

from adapters.memory.platform import Fine
from adapters.space.journal import Journal
from adapters.space.model import Kind
from adapters.space.space import Space
from bot.chat.command import Tree
from bot.chat.outbound import Parcel, Refused, Why
from bot.chat.view import File
from scheduler.clocks import SteppableClock
from storage.house import RandomIds
from tests.world.canaries import CANARY, singing
from tests.world.world import DAY, START, Head, World, members, opened, organiser

MINUTES = timedelta(minutes=5)
TO_TOM = '"conversation":"bot-tom"'
"""Stands in the platform's file in each message to him."""


def file_of(world: World, head: Head) -> File | None:
    views = [one.view for one in world.said(head.account) if one.view]
    return next((block for view in views for block in view.blocks if isinstance(block, File)), None)


async def ask_for_data(world: World, head: Head) -> None:
    await head.use("data")
    await head.press("Send me my data")


async def test_the_file_holds_all_and_nobody_else_and_is_gone_after_a_day(world: World) -> None:
    await organiser(world)
    tom, gwen = await members(world, "Tom Ashdown", "Gwen Pugh")
    await ask_for_data(world, tom)
    await ask_for_data(world, tom)
    file = file_of(world, tom)
    assert file is not None
    held = json.loads(file.content)
    assert held["members"][0]["name"] == "Tom Ashdown"
    assert "Gwen" not in file.content.decode()
    assert file_of(world, gwen) is None
    await world.go_to(START + DAY - MINUTES)
    assert file_of(world, tom) is not None
    await world.go_to(START + DAY + MINUTES)
    assert file_of(world, tom) is None
    assert world.rows("SELECT count(*) FROM letters WHERE kind = 'removal'") == [(0,)]
    assert world.letters(tom.account), "the other letters stand"


async def test_forgotten_at_once_and_the_file_with_it(world: World) -> None:
    await organiser(world)
    (tom,) = await members(world, "Tom Ashdown")
    await ask_for_data(world, tom)
    await tom.use("leave")
    await tom.press("Forget me")
    assert file_of(world, tom) is None
    assert world.letters(tom.account), "what else was written stays with them"
    assert world.rows("SELECT count(*) FROM letters WHERE ended_at IS NULL OR kind = 'removal'") == [(0,)]
    assert world.rows("SELECT count(*) FROM letters WHERE key LIKE 'data%'") == [(0,)]


async def test_forgotten_with_every_word_that_was_written_to_them(tmp_path: Path) -> None:
    """And the platform's own file forgets it, too."""
    (tmp_path / "platform").mkdir()
    journal = Journal(tmp_path / "platform" / "space.sqlite3")
    space = Space(SteppableClock(START, lambda: 0.0, speed=0), RandomIds(), journal)
    async with opened(tmp_path / "bot", space=space) as world:
        await organiser(world)
        tom, gwen = await members(world, f"Tom {CANARY}", "Gwen Pugh")
        await ask_for_data(world, tom)
        assert singing(tmp_path / "bot", CANARY)
        assert singing(tmp_path / "platform", TO_TOM)
        before = world.letters(gwen.account)
        await tom.use("leave")
        await tom.press("Forget me, and delete what you wrote to me here")
        await world.go_to(world.at + MINUTES)
        assert world.said(tom.account, Kind.BOT) == []
        assert world.letters(gwen.account) == before
        assert world.rows("SELECT count(*) FROM letters WHERE ended_at IS NULL") == [(0,)]
        assert world.rows("SELECT count(*) FROM letters WHERE kind = 'removal'") == [(0,)]
        assert singing(tmp_path / "bot", CANARY) == []
        assert singing(tmp_path / "platform", TO_TOM) == []
    journal.close()


class TakesNothingAway(Fine):
    """A platform that will never take a message away."""

    def before(self, parcel: Parcel) -> Refused | None:
        return Refused(Why.MALFORMED) if parcel.removes else None


async def test_what_a_platform_never_takes_away_is_counted_and_names_nobody(tmp_path: Path) -> None:
    async with opened(tmp_path, faults=TakesNothingAway()) as world:
        anna = await organiser(world)
        (tom,) = await members(world, "Tom Ashdown")
        await ask_for_data(world, tom)
        await tom.use("leave")
        await tom.press("Forget me")
        assert file_of(world, tom) is not None
        await anna.use("status", Tree.ORGANISER)
        assert "taken away, in the last seven days: fewer than five." in anna.says
        left = "SELECT state, says, lane, body, message, goes_to FROM letters WHERE kind = 'removal'"
        assert world.rows(left) == [("dead", str(Why.MALFORMED), 0, None, None, None)]

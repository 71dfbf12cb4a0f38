"""`headsup events import`, as an operator calls it: a calendar in, a second time nothing; beside a running bot."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.calendars.importing import read_calendar
from bot.door.import_commands import bringing_for
from bot.door.import_events import import_calendar
from bot.events.model import Answer
from storage.engine import SqlStorage
from tests.calendars.files import ALL_DAY, COFFEE, EVENINGS, MOVED, but, file
from tests.door.commands import Headsup, Ran
from tests.events.organising import answer, events, posts, standing
from tests.world.world import START, World, members, opened

COUNTS = ["read", "added", "changed", "same", "wrong", "left", "notes", "gone"]
_STAMP = "%Y%m%dT%H%M%SZ"


def later(days: int, *lines: str) -> tuple[str, ...]:
    """The coffee, so many days from today by the machine's own clock."""
    at = datetime.now(UTC).replace(hour=12, minute=0, second=0) + timedelta(days=days)
    return but(COFFEE, f"DTSTART:{at:{_STAMP}}", f"DTEND:{at + timedelta(hours=1):{_STAMP}}", *lines)


def brought(headsup: Headsup, folder: Path, *entries: tuple[str, ...]) -> Ran:
    (folder / "network.ics").write_bytes(file(*entries))
    return headsup("events", "import", "network.ics", "--json")


def rows(folder: Path) -> list[Any]:
    with closing(sqlite3.connect(folder / "data" / "demo.sqlite3")) as connection:
        tables = ("events", "event_series", "timers", "letters")
        return [connection.execute(f"SELECT * FROM {table} ORDER BY 1, 2").fetchall() for table in tables]  # noqa: S608


def test_a_calendar_comes_in_and_a_second_time_changes_no_row(headsup: Headsup, tmp_path: Path) -> None:
    evenings = (*later(9, "UID:evenings", "SUMMARY:Evening"), "RRULE:FREQ=WEEKLY")
    first = brought(headsup, tmp_path, later(8), evenings, ALL_DAY)
    assert (first.code, list(first.json), first.err) == (0, COUNTS, "")
    assert [first.json[name] for name in COUNTS[:5]] == [3, 2, 0, 0, []]
    assert [(one["line"], "all day" in one["why"]) for one in first.json["left"]] == [(19, True)]
    before = rows(tmp_path)
    assert len(before[0]) > 10
    again = brought(headsup, tmp_path, later(8), evenings, ALL_DAY)
    assert [again.json[name] for name in COUNTS[:5]] == [3, 0, 0, 2, []]
    assert rows(tmp_path) == before


def test_what_is_wrong_is_told_by_its_line_and_what_is_gone_by_its_name(headsup: Headsup, tmp_path: Path) -> None:
    brought(headsup, tmp_path, later(8))
    ran = brought(headsup, tmp_path, later(8, "UID:2", "RRULE:FREQ=HOURLY"), later(9, "UID:3"))
    assert (ran.code, ran.json["added"]) == (1, 1)
    assert ran.json["wrong"] == [{"line": 4, "why": "comes more often than once a day"}]
    assert [one.partition(",")[0] for one in ran.json["gone"]] == ["Saturday coffee"]
    said = headsup("events", "import", "network.ics")
    assert (said.code, said.out) == (1, "")
    assert said.err.splitlines()[:3] == [
        "2 read, 0 added, 0 changed, 1 same.",
        "line 4: comes more often than once a day",
        "1 planned before, and in this file no more. Cancel with HeadsUp what does not take place:",
    ]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (None, "cannot be read (No such file or directory)"),
        (b"", "This file is no calendar"),
        (b"ref,name\n", "This file is no calendar"),
        (b"BEGIN:VCALENDAR\n" + b"x" * 1_000_000, "more than 1 MB"),
    ],
)
def test_another_file_is_a_sentence_and_exit_code_1(
    content: bytes | None, expected: str, headsup: Headsup, tmp_path: Path
) -> None:
    if content is not None:
        (tmp_path / "network.ics").write_bytes(content)
    ran = headsup("events", "import", "network.ics")
    assert (ran.code, ran.out) == (1, "")
    assert expected in ran.err
    assert "Traceback" not in ran.err


# In a world that lives on


async def bring(world: World, *entries: tuple[str, ...]) -> dict[str, Any]:
    """As the command does, by the world's time, into the database beside the bot."""
    parts = world.parts
    read = read_calendar(file(*entries), parts.configured.config.network.zone, world.at)
    brings = bringing_for(parts.configured, parts.house, read.name)
    return (await import_calendar(parts.storage, read, brings, world.at, lambda done: None)).as_json()


async def test_what_was_imported_is_answered_posted_in_its_week_and_told_when_it_changes(tmp_path: Path) -> None:
    soon = but(COFFEE, "UID:soon", "SUMMARY:Soon", "DTSTART:20261114T093000", "DTEND")
    async with opened(tmp_path) as world:
        priya, *_ = await members(world, "Priya Shah")
        assert (await bring(world, COFFEE, EVENINGS, MOVED, soon))["added"] == 4
        assert posts(world) == []
        await world.go_to(world.at + timedelta(hours=3))
        assert [("Soon" in post, "evening" in post) for post in posts(world)] == [(False, True), (True, False)]
        await world.go_to(datetime(2026, 11, 14, 12, tzinfo=UTC))
        assert any("Saturday coffee" in post for post in posts(world)), "a week before"
        coffee = next(one for one in await events(world) if one.title == "Saturday coffee")
        member = await world.look(priya.account)
        assert member
        await answer(world, coffee.id, member.id, said=Answer.YES)
        moved = but(COFFEE, "DTSTART;TZID=Europe/London:20261121T110000", "DTEND;TZID=Europe/London:20261121T120000")
        assert (await bring(world, moved, EVENINGS, MOVED, soon))["changed"] == 1
        await world.go_to(datetime(2026, 11, 16, 18, tzinfo=UTC))
        assert any("11:00" in said and "Saturday coffee" in said for said in world.letters(priya.account))
        days = {f"{at:%d %b}" for at in standing(await events(world))}
        assert {"03 Dec", "16 Dec", "06 Jan"} <= days
        assert days.isdisjoint({"02 Dec", "23 Dec", "30 Dec"}), "left out, though more were made every night"


async def test_it_is_kept_on_postgresql_as_on_sqlite(tmp_path: Path, fresh_postgres: str) -> None:
    async with opened(tmp_path, storage={"url": fresh_postgres}) as world:
        assert isinstance(world.parts.storage, SqlStorage)
        assert (await bring(world, COFFEE, EVENINGS, MOVED))["added"] == 3
        assert (await bring(world, COFFEE, EVENINGS, MOVED))["same"] == 3
        found = await events(world)
        assert len({one.source for one in found}) == 1
        assert found[0].source is not None
        assert found[0].starts_at > START

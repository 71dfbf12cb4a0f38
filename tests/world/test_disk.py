"""The disk is full: people hear so kindly, nothing is half-written, organisers are told, and then life goes on."""

import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.chat.command import Tree
from bot.chat.inbound import Inbound, Left, Used
from bot.chat.platform import NotKept
from bot.chat.view import words_of_view
from tests.world.world import NAMES, Head, World, members, opened, organiser

SORRY = "Sorry, I couldn’t save that"
ALARM = "I can’t save anything at the moment"
MONDAY = datetime(2026, 11, 16, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


def writer(world: World) -> Any:
    """The writer's own connection: what it may not write, nobody can."""
    database: Any = world.parts.storage._database
    return database._connection.connection.dbapi_connection


@contextmanager
def full_disk(world: World) -> Iterator[None]:
    """SQLite finds no further page, as on a full disk, and what is free inside the file is used up."""
    connection = writer(world)
    pages = connection.execute("PRAGMA page_count").fetchone()[0]
    connection.execute(f"PRAGMA max_page_count={pages}")
    fill(connection)
    try:
        yield
    finally:
        connection.execute("PRAGMA max_page_count=1073741823")
        connection.execute("DROP TABLE IF EXISTS ballast")


def fill(connection: Any) -> None:
    with suppress(sqlite3.OperationalError):  # not even room for that
        connection.execute("CREATE TABLE IF NOT EXISTS ballast (x BLOB)")
    for size in (4000, 400, 40):
        with suppress(sqlite3.OperationalError):
            while True:
                connection.execute("INSERT INTO ballast VALUES (zeroblob(?))", (size,))


@asynccontextmanager
async def two(folder: Path) -> AsyncIterator[tuple[World, Head, Head]]:
    async with opened(folder) as world:
        await organiser(world)
        tom, gwen = await members(world, "Tom Ashdown", "Gwen Pugh")
        yield world, tom, gwen


async def press_until_full(world: World, head: Head) -> str:
    """Pages have some room left: press on until the disk says no. Returns what is said then."""
    for n in range(400):
        world.clock.advance(timedelta(seconds=2))
        inbound = Inbound(f"full-{n}", world.at, Used(Tree.MEMBER, "profile"), head.account, head.name)
        reply = await world.parts.bot.receive(inbound)
        assert reply.view is not None
        if SORRY in words_of_view(reply.view):
            return words_of_view(reply.view)
    raise AssertionError("the disk never was full")


async def test_people_and_organisers_hear_of_it_and_it_passes(tmp_path: Path) -> None:
    async with two(tmp_path) as (world, tom, gwen):
        with full_disk(world):
            said = await press_until_full(world, tom)
            assert "D1" in said
            before = world.state()
            await gwen.use("pause")
            await gwen.press("This week") if "This week" in gwen.says else None
            assert SORRY in gwen.says
            assert world.state() == before
            await world.go_to(world.at + timedelta(seconds=5))
            assert sum(ALARM in words for words in world.channel("organisers")) == 1, "it was not told"
        await world.go_to(world.at + timedelta(minutes=2))
        await gwen.use("pause")
        await gwen.press("This week")
        member = await world.look(gwen.account)
        assert member is not None
        assert member.away


async def test_who_leaves_meanwhile_is_to_be_told_again_and_then_it_is_kept(tmp_path: Path) -> None:
    async with two(tmp_path) as (world, tom, gwen):
        inbound = Inbound("gone", world.at, Left(), gwen.account, gwen.name)
        with full_disk(world):
            await press_until_full(world, tom)
            with pytest.raises(NotKept):
                await world.parts.bot.receive(inbound)
        await world.parts.bot.receive(inbound)
        member = await world.look(gwen.account)
        assert member is not None
        assert member.left_at is not None


async def test_the_alarm_rings_once_an_hour_at_most(tmp_path: Path) -> None:
    async with two(tmp_path) as (world, tom, gwen):
        with full_disk(world):
            await press_until_full(world, tom)
            for _ in range(10):
                world.clock.advance(timedelta(minutes=5))
                await gwen.use("pause")
            assert sum(ALARM in words for words in world.channel("organisers")) == 1
            for _ in range(10):
                world.clock.advance(timedelta(minutes=5))
                await gwen.use("pause")
            assert sum(ALARM in words for words in world.channel("organisers")) == 2


async def test_a_monday_on_a_full_disk_is_made_up_for(tmp_path: Path) -> None:
    """The hour strikes, nothing can be kept, nobody hears anything; then there is room, and all hear once."""
    async with opened(tmp_path) as world:
        await organiser(world)
        heads = await members(world, *NAMES[:8])
        await world.go_to(MONDAY - 5 * HOUR)
        with full_disk(world):
            await press_until_full(world, heads[0])
            before = world.rows("SELECT count(*) FROM groups"), world.rows("SELECT count(*) FROM letters")
            await world.go_to(MONDAY - 4 * HOUR - timedelta(seconds=1))
            fill(writer(world))  # whatever ended since has made room
            await world.go_to(MONDAY - 4 * HOUR + timedelta(seconds=10))
            assert (world.rows("SELECT count(*) FROM groups"), world.rows("SELECT count(*) FROM letters")) == before
            assert world.circles() == []
            assert any(ALARM in words for words in world.channel("organisers"))
        await world.go_to(MONDAY + 8 * HOUR)
        assert sorted(name for circle in world.circles() for name in circle) == sorted(
            one.account.user for one in heads
        )


async def test_help_needs_no_disk(tmp_path: Path) -> None:
    async with two(tmp_path) as (world, tom, _gwen):
        with full_disk(world):
            await press_until_full(world, tom)
            reply = await world.receive(Used(Tree.HELP_NOW), tom.account)
            assert reply.view is not None
            assert "Samaritans" in words_of_view(reply.view)

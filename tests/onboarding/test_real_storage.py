"""The story of the door on a real database file: what a dictionary forgives, a database does not."""

import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine

from bot.app import Bot
from bot.chat.command import Tree
from bot.chat.outbound import Receipt
from bot.chat.view import View, words_of_view
from bot.core.directory import Directory
from bot.core.outbox import Settlement, State
from bot.core.work import Work
from bot.door.imports import Codes, import_roster, import_schools
from bot.members.model import Member, Stage
from bot.members.store import MEMBERS
from storage.columns import metadata
from storage.engine import SqlStorage, open_storage
from storage.house import House, RandomIds
from storage.seal import KEY_BYTES, Seal, Secrets
from tests.acting import ANNA, Network, Somebody, at_once, scramble
from tests.door.test_imports import REGISTER, Standing, silent
from tests.members.people import anna, rooms, somebody

ROSTER = "ref,name,role,urn\nA1,Priya Shah,headteacher,100009\nA2,Tom Ashdown,coach or associate,\n"


class RealNetwork(Network):
    """The same rooms on a file."""

    def __init__(self, file: Path) -> None:
        self.file, self.directory = file, Directory(rooms())
        secrets = Secrets(Seal(bytes(KEY_BYTES)), bytes(KEY_BYTES))
        self.house = House(secrets, tell=self.directory.tell)
        super().__init__()

    async def open(self) -> None:
        make_tables(self.file)
        self.sql: SqlStorage = await open_storage(f"sqlite+aiosqlite:///{self.file}", self.house)
        self.bot = Bot(
            self.directory,
            self.sql,
            zone="Europe/London",
            organisers=frozenset({ANNA.show()}),
            mark=self.house.mark,
            ids=RandomIds(),
            think=at_once,
        )

    def kept(self) -> Any:
        with closing(sqlite3.connect(self.file)) as rows:
            return list(rows.iterdump())

    async def views(self) -> list[View]:
        """The letters that the courier would carry now; they are carried."""
        claims = await self.sql.outbox.claim(self.at, 100)
        sent = [Settlement(claim.letter, claim.fence, State.SENT, receipt=Receipt("c", "m")) for claim in claims]
        await self.sql.outbox.settle(self.at, sent)
        return [claim.parcel.view for claim in claims]

    async def member(self, person: Somebody) -> Member | None:
        def find(work: Work) -> Member | None:
            identity = work.use(MEMBERS).identity(person.account)
            return work.use(MEMBERS).get(identity.member) if identity else None

        return await self.sql.read(self.at, find)


def make_tables(file: Path) -> None:
    engine = create_engine(f"sqlite:///{file}")
    metadata.create_all(engine)
    engine.dispose()


@pytest.fixture
async def here(tmp_path: Path) -> AsyncIterator[RealNetwork]:
    network = RealNetwork(tmp_path / "headsup.sqlite3")
    await network.open()
    try:
        await import_schools(network.sql, BytesIO(REGISTER.encode("cp1252")), Standing(), silent)
        yield network
    finally:
        await network.sql.close()


async def join(person: Somebody) -> None:
    """Without a school."""
    await person.use("start")
    await person.fill(role="Headteacher")
    await person.press("Skip")
    await agree(person)


async def agree(person: Somebody) -> None:
    await person.press("Choose what HeadsUp may do")
    await person.fill(
        consents=["Yes, introduce me to other members", "Yes, write to me here: introductions, check-ins"]
    )


async def test_joining_being_let_in_pausing_coming_back_and_being_forgotten(here: RealNetwork) -> None:
    tom, organiser = somebody(here, "Tom Ashdown"), anna(here)
    await tom.use("start")
    await tom.fill(role="Headteacher")
    await tom.press("Find my school")
    await tom.search("beck")
    await tom.choose("Beckford Primary School, London")
    await agree(tom)
    (organiser.view,) = await here.views()
    await organiser.press("Vouch for Tom Ashdown")
    (tom.view,) = await here.views()
    assert "Good news, Tom" in tom.says
    member = await here.member(tom)
    assert member is not None
    assert (member.stage, member.urn, member.authority) == (Stage.MEMBER, 100009, "Camden")
    assert await here.sql.read(here.at, lambda work: work.use(MEMBERS).introducible(here.at.date())) == [member]

    await tom.use("pause")
    await tom.press("This week")
    assert await here.sql.read(here.at, lambda work: work.use(MEMBERS).introducible(here.at.date())) == []
    await here.strike("members.returning", datetime(2026, 11, 16, 7, tzinfo=UTC))
    (there,) = await here.sql.read(here.at, lambda work: work.use(MEMBERS).introducible(here.at.date()))
    assert (there.name, there.away, there.back_on) == ("Tom Ashdown", False, None)

    await tom.use("leave")
    await tom.press("Forget me")
    assert await here.member(tom) is None
    assert not any("Ashdown" in line or "tom" in line for line in here.kept())
    await tom.join()
    assert await here.views() == [], "somebody who was forgotten is greeted as new"


async def test_codes_are_claimed_before_and_after_one_has_begun(here: RealNetwork) -> None:
    codes: dict[str, str] = {}
    made = Codes(RandomIds(), scramble, codes.update)
    await import_roster(here.sql, BytesIO(ROSTER.encode()), Standing(), made, silent)
    priya, tom = somebody(here, "p.shah"), somebody(here, "tom a")
    await priya.join()
    (priya.view,) = await here.views()
    await priya.press("I have a code")
    await priya.fill(code=codes["A1"])
    await priya.press("Go on")
    await agree(priya)
    assert "You’re in." in priya.says

    await tom.join()
    (welcome,) = await here.views()
    tom.view = welcome
    await tom.press("Let’s start")
    await tom.fill(role="Coach or associate", nation="Wales")
    await agree(tom)
    tom.view = welcome
    await tom.press("I have a code")
    await tom.fill(code=codes["A1"])
    assert tom.errors, "a code works once"
    await tom.fill(code=codes["A2"])
    member = await here.member(tom)
    assert member is not None
    assert (member.stage, member.ref, member.name) == (Stage.MEMBER, "A2", "tom a")
    again = await import_roster(here.sql, BytesIO(ROSTER.encode()), Standing(), made, silent)
    assert (again.added, again.changed, again.same) == (0, 0, 2)


async def test_a_suspension_reaches_what_waits(here: RealNetwork) -> None:
    organiser = anna(here)
    await join(organiser)
    await organiser.use("members suspend anna", Tree.ORGANISER)
    await organiser.choose("Anna Ford")
    await organiser.press("Suspend Anna Ford")
    member = await here.member(organiser)
    assert member is not None
    assert member.stage is Stage.SUSPENDED
    assert [words_of_view(view) for view in await here.views()] == ["Anna Ford suspended Anna Ford."]

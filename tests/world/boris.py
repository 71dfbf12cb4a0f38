"""The life of Boris, whom Adele would rather not meet: he takes his data, is forgotten, and comes back."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.chat.address import Account
from bot.chat.command import Tree
from bot.chat.ids import Id
from bot.chat.inbound import Submitted
from bot.core.flood import Flood
from bot.members.store import MEMBERS, PRIVACY
from storage import sqlite
from storage.privacy import SqlPrivacy
from tests.people.lived import seeded_ids
from tests.world.overheard import Overheard
from tests.world.remains import Marks, faults_after, groups_of
from tests.world.world import Head, World, head_of, members, opened, organiser

MONDAY = datetime(2026, 11, 16, 12, tzinfo=UTC)
FRIDAY_BEFORE = datetime(2026, 11, 13, 17, tzinfo=UTC)
THURSDAY = datetime(2026, 11, 19, 18, tzinfo=UTC)
SATURDAY = datetime(2026, 12, 5, 12, tzinfo=UTC)
"""Some weeks later, on a day on which nothing is due."""
WEEK = timedelta(weeks=1)
NAME = "Boris Zqblocked"
OTHERS = ("Adele Stone", "Carl Webb", "Dora Lane")
ID = re.compile(r"\b[0-9a-hjkmnp-tv-z]{13}\b|\b\d{16,19}\b", re.IGNORECASE)


class Story:
    """Adele, Boris, Carl and Dora; whether Adele would rather not meet Boris."""

    def __init__(self, world: World, with_block: bool) -> None:
        self.world, self.with_block = world, with_block
        self.overheard = Overheard(world)
        account = Account("local", "space", "boris")
        self.heads = {"Boris": head_of(world, account, NAME)}

    async def begin(self) -> None:
        self.anna = await organiser(self.world)
        four = await members(self.world, OTHERS[0], NAME, *OTHERS[1:])
        self.heads = {head.first: head for head in four}
        self.world.parts.bot._flood = Flood(presses=10**9)
        if self.with_block:
            await self.heads["Adele"].use(f"block {NAME}")

    @property
    def boris(self) -> Head:
        return self.heads["Boris"]

    async def marks(self) -> Marks:
        member = await self.world.look(self.boris.account)
        assert member is not None
        return Marks(member.id, self.boris.account, ("Zqblocked",))

    async def live(self) -> None:
        """Two weeks in which Boris leaves something in as many tables as anybody can."""
        boris, world = self.boris, self.world
        await world.receive(Submitted("onboarding.claim~1", {"code": ("7K3MQ-9TDXA",)}), boris.account, boris.name)
        await boris.use("block Carl Webb")
        await boris.use("block Nobody Zqblocked")
        await world.go_to(THURSDAY)
        boris.read("time to talk")
        await boris.press("We talked")
        await boris.use("data")
        await boris.press("Send me my data")
        await world.go_to(MONDAY + WEEK)

    async def forget(self) -> None:
        await self.boris.use("leave")
        await self.boris.press("Forget me")

    async def return_as(self, name: str, user: str) -> Head:
        """Boris once more: under this name, by this account."""
        account = self.world.space.join(name, user=user)
        head = self.heads["Boris"] = head_of(self.world, account, name)
        await head.come()
        await head.use("start")
        await head.fill(name=name, role="Coach or associate")
        await head.agree()
        await self.anna.use(f"members waiting {name}", Tree.ORGANISER)
        await self.anna.press(f"Vouch for {name}")
        return head

    def met(self, *users: str) -> bool:
        """Whether Adele was ever introduced to one of these accounts."""
        return any("adele" in circle and set(users) & set(circle) for circle in self.world.circles())


@asynccontextmanager
async def told(folder: Path, with_block: bool = True) -> AsyncIterator[Story]:
    """From one seed: what people are asked on a Friday, and whom they meet, depends on their ids."""
    with seeded_ids("boris"):
        async with opened(folder) as world:
            story = Story(world, with_block)
            await story.begin()
            yield story


def bare(text: str) -> str:
    """Without ids, and without who: names are given to others by the order in which people were paired."""
    text = ID.sub("id", text)
    for name in (*OTHERS, NAME):
        text = text.replace(name, "somebody").replace(name.split()[0], "somebody")
    return text


async def seen_by_boris(story: Story) -> list[str]:
    """Everything that Boris can ask for, his data too, and everything he ever was shown."""
    for words in ("profile", "settings", "partner", "checkin", "help", "menu", "block", "pause", "start", "data"):
        await story.boris.use(words)
    await story.boris.open_home()
    export = await story.world.parts.storage.read(story.world.at, lambda work: _export(work, story.boris))
    shown = [one.words for one in story.overheard.glimpses if story.boris.account.user in one.readers]
    return [bare(one) for one in (*shown, str(export))]


def _export(work: Any, head: Head) -> Any:
    identity = work.use(MEMBERS).identity(head.account)
    return work.use(PRIVACY).export(identity.member)


async def seen_by_anna(story: Story) -> list[str]:
    """Every preview, list and figure that an organiser can ask for."""
    shown = []
    for words in [one.word for one in story.world.parts.commands if one.tree is Tree.ORGANISER]:
        if words not in ("intro send", "intro hold"):
            await story.anna.use(f"{words} Boris" if words == "members suspend" else words, Tree.ORGANISER)
            shown += sorted(bare(story.anna.says).splitlines())
    await story.anna.open_home()
    return [*shown, bare(story.anna.says), *(bare(one) for one in story.world.channel("organisers"))]


async def forgotten(story: Story) -> list[str]:
    """What is wrong after Boris was forgotten."""
    marks = await story.marks()
    groups = groups_of(story.world, marks.member)
    assert groups
    await story.forget()
    return faults_after(story.world, marks, groups)


def careless(patch: pytest.MonkeyPatch, *tables: str) -> None:
    """An erasure that leaves these tables as they are, in a database that lets it."""
    erase, prepare = SqlPrivacy.erase, sqlite._prepare

    def skipping(self: SqlPrivacy, member: Id, at: Any) -> None:
        work: Any = self._work
        put = work.put
        work.put = lambda change, row: None if change.table.name in tables else put(change, row)
        erase(self, member, at)
        work.put = put

    patch.setattr(SqlPrivacy, "erase", skipping)
    patch.setattr(
        sqlite, "_prepare", lambda engine, pragmas, begin: prepare(engine, {**pragmas, "foreign_keys": "OFF"}, begin)
    )

"""A world with a crowd in it, two organisers, and hands for both."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from adapters.space.model import Kind
from bot.chat.address import Account
from bot.chat.command import Tree
from bot.chat.ids import Id
from bot.core.feature import Right
from bot.core.work import Unit, Work
from bot.members.kinds import Phase
from bot.members.model import Consent, Identity, Member, Stage
from bot.members.store import MEMBERS
from storage.house import RandomIds
from tests.world.world import START, Head, World, head_of, opened, organiser, words

TITLE, WORDS = "Office hours", "We answer questions on Tuesday."
MINUTE = timedelta(minutes=1)
BEA = "bea"
"""The second organiser, who is a member."""


class Town:
    """A world in which `people` are members: the first twelve of them lead primary schools."""

    def __init__(self, world: World, anna: Head) -> None:
        self.world, self.anna = world, anna
        self.bea = head_of(world, Account("local", "space", BEA), "Bea Lane")
        self.people: list[Head] = []
        self.members: dict[str, Id] = {}

    async def settle(self, count: int, news: int = 0) -> None:
        """So many members; the first `news` of them have agreed to news."""
        for number in range(count):
            name = f"Head {number:02}"
            account = self.world.space.join(name, user=f"head{number:02}")
            self.people.append(head_of(self.world, account, name))
        self.world.space.join("Bea Lane", user=BEA)
        await self.write(lambda work: self._let_in(work, news))

    def _let_in(self, work: Work, news: int) -> None:
        ids = RandomIds()
        for number, head in enumerate([*self.people, self.bea]):
            phase = Phase.PRIMARY if number < 12 else Phase.SECONDARY
            member = Member(ids.new(), head.name, Stage.MEMBER, phase=phase, vouched_at=work.at, joined_at=work.at)
            rights = {Right.ANYONE, Right.MEMBER} | ({Right.ORGANISER} if head is self.bea else set())
            work.use(MEMBERS).keep(member)
            work.use(MEMBERS).keep_identity(Identity(head.account, member.id, frozenset(rights)))
            agreed = [Consent.MESSAGES] + [Consent.NEWS] * (number < news)
            for consent in agreed:
                work.use(MEMBERS).agree(member.id, consent, True, work.at)
            self.members[head.account.user] = member.id

    async def write(self, run: Any) -> Any:
        return await self.world.parts.storage.write(Unit(self.world.space.new_id(), self.world.at, run))

    async def change(self, head: Head, **said: Any) -> None:
        def keep(work: Work) -> None:
            member = work.use(MEMBERS).get(self.members[head.account.user])
            assert member is not None
            work.use(MEMBERS).keep(replace(member, **said))

        await self.write(keep)

    async def later(self, span: timedelta) -> None:
        await self.world.go_to(self.world.at + span)

    async def draft(self, does: str = "Nothing", words: str = WORDS, **more: str) -> None:
        """Anna writes one."""
        await self.anna.use("announce new", Tree.ORGANISER)
        await self.anna.fill(title=TITLE, words=words, does=does, **more)

    async def address(
        self,
        where: str = "Directly, to each of them",
        whom: str = "Everybody",
        sort: str = "A notice about the network",
        at: datetime | None = None,
    ) -> None:
        """She says whom it is for, and looks at the preview."""
        await self.anna.press("Who gets it")
        await self.anna.fill(sort=sort, where=where, whom=whom, **({"at": at.isoformat()} if at else {}))

    async def preview(self, **more: Any) -> None:
        await self.draft()
        await self.address(**more)
        await self.anna.press("Show me")

    async def to_primary(self) -> None:
        """It is for primary heads, and previewed."""
        await self.draft()
        await self.address(whom="One phase")
        await self.anna.choose("Primary")
        await self.anna.press("Show me")

    def had(self, text: str = WORDS) -> list[str]:
        """Who has it, once for each time."""
        everybody = [*self.people, self.bea]
        return [
            one.account.user
            for one in everybody
            for said in self.world.said(one.account, Kind.BOT)
            if said.mark and text in words(said)
        ]


@asynccontextmanager
async def town(
    folder: Path, count: int = 14, news: int = 0, second: bool = False, at: datetime = START
) -> AsyncIterator[Town]:
    """The world, settled; `second`: direct messages to everybody need a second organiser."""
    async with opened(folder, at=at, announcements={"second_organiser": second}) as world:
        await world.go_to(world.at)
        made = Town(world, await organiser(world))
        await made.settle(count, news)
        yield made

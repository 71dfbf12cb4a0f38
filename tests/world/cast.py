"""The people of the school year, each of whose private words is a canary."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from bot.chat.address import Account
from tests.world.canaries import word
from tests.world.overheard import Overheard
from tests.world.world import Head, World, head_of

WEEK = timedelta(weeks=1)
MONDAY = datetime(2026, 11, 16, 12, tzinfo=UTC)
"""The first Monday on which anybody is introduced."""
SHOW_SCHOOL = "Yes, show my school to those I’m introduced to"
YEARS = "53"
"""Ivy's years in headship: nobody else says that number."""
Step = Callable[["SchoolYear"], Awaitable[None]]


@dataclass
class SchoolYear:
    """The people of the year, by the names of their canaries."""

    world: World
    overheard: Overheard
    heads: dict[str, Head] = field(default_factory=dict)
    codes: dict[str, str] = field(default_factory=dict)
    gone: set[str] = field(default_factory=set)
    ticked: dict[str, set[str]] = field(default_factory=dict)
    greeted: set[str] = field(default_factory=set)
    hosts: set[str] = field(default_factory=set)
    comes: set[str] = field(default_factory=set)
    addresses: dict[str, str] = field(default_factory=dict)
    """Of calendars, by whose they are."""
    seconds: dict[str, str] = field(default_factory=dict)
    """Whose the second accounts are, by user."""

    def account(self, who: str) -> Account:
        return Account("local", "space", f"zq{who}xacct0")

    def somebody(self, who: str) -> Head:
        """Somebody who is in the space, under a name that they never told the bot."""
        account = self.world.space.join(word(who, "shown"), user=self.account(who).user)
        self.heads[who] = head_of(self.world, account, word(who, "shown"))
        return self.heads[who]

    @property
    def anna(self) -> Head:
        return self.heads["anna"]

    async def go_on(self, weeks: float) -> None:
        await self.world.go_to(self.world.at + weeks * WEEK)


def name_of(who: str) -> str:
    return f"{word(who, 'name')} Smith"

"""Who is in the servers: listed at start and every night where Discord lets us, and kept up by what it says between."""

import logging
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from msgspec.structs import replace

from adapters.discord.calls import Calls
from adapters.discord.errors import Failed
from adapters.discord.listen import listen, name_of
from adapters.discord.settings import DiscordSettings
from bot.chat.inbound import Inbound, Joined, Left
from bot.core.asking import somebody_here
from bot.core.clock import Clock

A_PAGE = 1000
NIGHT = time(2, 45)
"""When everybody is listed anew (UTC)."""
SOON = timedelta(minutes=5)

log = logging.getLogger("headsup.discord")


@dataclass(frozen=True, slots=True)
class _Known:
    server: str
    name: str


class People:
    """Everybody we have seen, in memory: in which server, and what they are called there."""

    def __init__(self, settings: DiscordSettings, calls: Calls, clock: Clock) -> None:
        self._settings, self._calls, self._clock = settings, calls, clock
        self._known: dict[str, _Known] = {}
        self._is_whole = False

    def home_of(self, user: str) -> str | None:
        """The served server somebody was seen in; where only one is served, that."""
        known = self._known.get(user)
        if known is not None:
            return known.server
        return self._settings.servers[0] if len(self._settings.servers) == 1 else None

    async def find_home(self, user: str) -> None:
        """Look for somebody who presses in direct messages, which name no server."""
        for server in self._settings.servers if self.home_of(user) is None else ():
            try:
                await self._look_up(server, user)
            except Failed:
                continue
            return

    async def name_of(self, server: str, user: str) -> str:
        """What they are called there. Raises Failed where they are not."""
        known = self._known.get(user)
        if known is None or known.server != server or not known.name:
            await self._look_up(server, user)
        return self._known[user].name or somebody_here()

    def note(self, inbound: Inbound) -> bool:
        """Whoever does something is there. Says whether that was known, and under this name."""
        account = inbound.account
        if account is None:
            return False
        if isinstance(inbound.what, Left):
            return self._known.pop(account.user, None) is None
        now = _Known(account.workspace, inbound.name)
        before, self._known[account.user] = self._known.get(account.user), now
        return before == now

    def forget(self, inbound: Inbound) -> None:
        """That they came could not be kept: it is news once more when they are listed."""
        if inbound.account is not None:
            self._known.pop(inbound.account.user, None)
        self._is_whole = False

    async def news(self) -> AsyncIterator[Inbound]:
        """List everybody; what was not known before comes in. Raises Failed. Without the members intent Discord lists
        nobody: then whoever presses is there."""
        self._is_whole = not self._settings.members_intent
        for server in self._settings.servers if self._settings.members_intent else ():
            listed: set[str] = set()
            async for member in self._members(server):
                listed.add(str(member.get("user", {}).get("id")))
                if inbound := self._news_of(server, member):
                    yield inbound
            for user in [user for user, known in self._known.items() if known.server == server and user not in listed]:
                yield self._gone(server, user)
        self._is_whole = True

    def next_listing(self) -> datetime:
        """The next night, or soon where the last one did not come to its end."""
        now = self._clock.now()
        if not self._is_whole:
            return now + SOON
        tonight = datetime.combine(now.date(), NIGHT, now.tzinfo)
        return tonight if tonight > now else tonight + timedelta(days=1)

    def _news_of(self, server: str, member: Mapping[str, Any]) -> Inbound | None:
        data, now = {**member, "guild_id": server}, self._clock.now()
        inbound = listen("GUILD_MEMBER_ADD", data, now, self._settings.servers, self.home_of)
        if inbound is None or self.note(inbound):
            return None
        key = f"{inbound.key}:listed:{now.date().isoformat()}"
        return replace(inbound, key=key, what=Joined(inbound.name, found=True))

    def _gone(self, server: str, user: str) -> Inbound:
        now = self._clock.now()
        data = {"guild_id": server, "user": {"id": user, "username": ""}}
        left = listen("GUILD_MEMBER_REMOVE", data, now, self._settings.servers, self.home_of)
        if left is None:
            raise ValueError("somebody who was there cannot be read")
        self.note(left)
        return replace(left, key=f"{left.key}:listed:{now.date().isoformat()}")

    async def _members(self, server: str) -> AsyncIterator[Mapping[str, Any]]:
        after = "0"
        while True:
            page = await self._calls(
                "GET", "/guilds/{guild_id}/members", guild_id=server, params={"limit": A_PAGE, "after": after}
            )
            for member in page:
                yield member
            if len(page) < A_PAGE:
                return
            after = str(page[-1]["user"]["id"])

    async def _look_up(self, server: str, user: str) -> None:
        member = await self._calls("GET", "/guilds/{guild_id}/members/{user_id}", guild_id=server, user_id=user)
        self._known[user] = _Known(server, name_of(member))

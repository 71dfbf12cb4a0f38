"""Who is in the workspace: listed at start and every night, and kept up by what Slack tells in between.

Payloads of presses and commands say nothing of guests, nor what people are called now; and an event can be lost.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from msgspec.structs import replace

from adapters.slack.calls import Calls
from adapters.slack.errors import Failed
from adapters.slack.listen import inside, is_gone, name_of, sort_of, text
from adapters.slack.text import NAME
from bot.chat.address import Account
from bot.chat.inbound import Inbound, Joined, Left, Who
from bot.core.clock import Clock

A_PAGE = 500
NIGHT = time(2, 30)
"""When everybody is listed anew (UTC)."""
PATIENCE = 1.0
"""Seconds that somebody we do not know yet may keep waiting for being looked up; they have three in all."""

log = logging.getLogger("headsup.slack")


@dataclass(frozen=True)
class Shown:
    """Somebody as Slack shows them: which sort they are, what they are called, and the time zone of their account."""

    who: Who = Who.PERSON
    name: str = ""
    zone: str = ""


class People:
    """Everybody of the workspaces that are `served`, in memory. `welcome`: whoever is new in the list is taken to have
    just come."""

    def __init__(self, calls: Calls, clock: Clock, served: Collection[str], welcome: bool) -> None:
        self._calls, self._clock, self._served, self._welcome = calls, clock, served, welcome
        self._known: dict[str, Shown] = {}
        self._listed = self._is_whole = self._is_missed = False
        """Whether all were listed ever, and the last time; and whether some of that could not be kept."""

    async def introduce(self, inbound: Inbound) -> Inbound:
        """What came in, with what Slack shows of them."""
        if inbound.account is None or inbound.who is not Who.PERSON:
            return inbound
        shown = self._known.get(inbound.account.user) or await self._look_up(inbound.account.user)
        return replace(inbound, who=shown.who, name=shown.name or inbound.name, zone=shown.zone)

    def note(self, user: object) -> Who | None:
        """Somebody as Slack shows them; what is nobody is not noted. Says what they were known as before."""
        id = text(user, "id")
        before = self._known.get(id)
        if inside(user, "deleted") is True:
            self._known.pop(id, None)
        elif id:
            self._known[id] = Shown(sort_of(user, self._served), name_of(user), text(user, "tz"))
        return before.who if before else None

    def forget(self, inbound: Inbound) -> None:
        """That they came, or left, could not be kept: it is news once more, when it comes again or they are listed."""
        user = inbound.account.user if inbound.account else ""
        if isinstance(inbound.what, Joined):
            self._known.pop(user, None)
        elif isinstance(inbound.what, Left):
            self._known[user] = Shown(Who.PERSON, inbound.name)
        self._is_missed = True

    async def news(self, team: str) -> AsyncIterator[Inbound]:
        """List everybody; what was not known before comes in. Raises Failed."""
        first, self._is_whole, self._is_missed = not self._listed, False, False
        async for user in self._calls.pages("users.list", "members", patient=True, limit=A_PAGE):
            before = self.note(user)
            if isinstance(user, Mapping) and (inbound := self._news_of(user, team, before, first)):
                yield inbound
        self._listed = self._is_whole = True

    def next_listing(self) -> datetime:
        """The next night, or soon where the last one did not come to its end."""
        now = self._clock.now()
        if self._is_missed or not self._is_whole:
            return now + timedelta(minutes=5)
        tonight = datetime.combine(now.date(), NIGHT, now.tzinfo)
        return tonight if tonight > now else tonight + timedelta(days=1)

    def _news_of(self, user: Mapping[str, Any], team: str, before: Who | None, first: bool) -> Inbound | None:
        """Of the first list everything is news, though nobody in it has just come. Bots, and people of other
        organisations, neither come nor go."""
        gone, was_here = is_gone(user, self._served), before is Who.PERSON
        is_nobody = sort_of(user, self._served) is Who.BOT or text(user, "team_id") not in ("", *self._served)
        if is_nobody or not (first or gone == was_here):
            return None
        now, enterprise, id = self._clock.now(), text(user, "enterprise_user", "enterprise_id"), text(user, "id")
        what = Left() if gone else Joined(name_of(user), found=first or not self._welcome)
        key = ":".join((NAME, enterprise, team, "listed", now.date().isoformat(), id, "gone" if gone else "here"))
        return Inbound(key, now, what, Account(NAME, team, id), name_of(user))

    async def _look_up(self, user: str) -> Shown:
        """A person, while nobody can say otherwise."""
        try:
            async with asyncio.timeout(PATIENCE):
                answer = await self._calls("users.info", user=user)
        except (Failed, TimeoutError) as error:
            log.warning("somebody could not be looked up (%s)", type(error).__name__)
            return Shown()
        self.note(answer["user"])
        return self._known.get(user, Shown())

"""Where somebody, or a few together, are written to in Discord: a direct conversation, a private thread, a channel.

Discord calls a bot that opens many direct conversations spam (docs/platforms.md): first ones are counted, and whoever
cannot be written to directly gets a private thread of their own, which rings because they are added to it.
"""

from collections.abc import Sequence
from typing import Any

from adapters.discord.calls import Calls
from adapters.discord.errors import Failed
from adapters.discord.opening import Opening
from adapters.discord.people import People
from adapters.discord.render import draw_view
from adapters.discord.settings import DiscordSettings
from bot.chat.limits import clip
from bot.chat.outbound import Refused, Target, ToAccount, ToChannel, ToCircle, Why
from bot.chat.text import one_line
from bot.core.asking import from_here_on, thread_name
from bot.core.clock import Clock

PRIVATE_THREAD, A_WEEK = 12, 10080
"""Discord's number of that sort of channel, and the minutes after which a thread that rests is put away."""
THREAD_NAME = 100
TOO_FAST, SHUT, NO_SERVER_IN_COMMON, NO_CHANNEL, TOO_MANY_THREADS = 40003, 50007, 50278, 10003, 160006
IN_THREAD = "inbox:"
"""Before the id of a thread of somebody's own, wherever it is kept: a letter has to call them there, to ring."""

_NOWHERE = Refused(Why.GONE, "no such server, person or channel in the settings of Discord")
_NO_THREADS = Refused(
    Why.CLOSED, "discord.channels.introductions is not set, so there is nowhere to bring people together"
)
_NO_ROOM = Refused(
    Why.FORBIDDEN,
    "discord.channels.inbox: the server has as many active threads as Discord allows, so people wait until they can be "
    "written to; in Discord, close threads that nobody needs",
)


def _unnamed(channel: str) -> Refused:
    return Refused(Why.GONE, f"{_NOWHERE.says}: discord.channels.{channel} is to name it")


def channel_of(place: str) -> str:
    """Discord's id of the channel, of a place as it is kept."""
    return place.removeprefix(IN_THREAD)


class Places:
    """Finds them, and makes what is missing. What was made is remembered, as the core remembers it for ever."""

    def __init__(self, settings: DiscordSettings, calls: Calls, people: People, clock: Clock) -> None:
        self._settings, self._calls, self._people, self._clock = settings, calls, people, clock
        self._opening = Opening(settings.opens_an_hour)
        self._circles: dict[str, str] = {}
        self._inboxes: dict[str, str] = {}
        self.by_thread = 0
        """How many people are written to in a thread of their own since the start."""

    async def find(self, to: Target) -> str | Refused:
        """The channel's id, opened or made if it never was. Raises Failed."""
        match to:
            case ToChannel(workspace, name):
                return self._settings.channels.get(name, _unnamed(name)) if self._serves(workspace) else _NOWHERE
            case ToCircle(workspace, mark, accounts, conversation):
                users = [one.user for one in accounts]
                if not self._serves(workspace) or not all(map(str.isdecimal, users)):
                    return _NOWHERE
                return conversation or self._circles.get(mark) or await self._bring_together(workspace, mark, users)
            case ToAccount(account, conversation):
                if not self._serves(account.workspace) or not account.user.isdecimal():
                    return _NOWHERE
                return conversation or self._inboxes.get(account.user) or await self._open(to)

    async def where(self, to: Target) -> Sequence[str]:
        """Where a letter in doubt may stand: nothing is made for that, but for a direct conversation. Raises Failed."""
        if isinstance(to, ToChannel) or to.conversation:
            found = await self.find(to)
            return [found] if isinstance(found, str) else []
        if isinstance(to, ToCircle):
            named = await self._name_of(to.workspace, [one.user for one in to.accounts])
            return await self._threads(to.workspace, "introductions", to.accounts[0].user, named)
        inboxes = await self._threads(to.account.workspace, "inbox", to.account.user, thread_name())
        return [IN_THREAD + one for one in inboxes] or [await self._direct(to.account.user)]

    async def instead_of(self, place: str, to: ToAccount | ToCircle, failed: Failed) -> str | Refused | None:
        """Another way, after that one failed; None where there is none. Raises Failed."""
        if failed.code == NO_CHANNEL:
            self._forget(place)
            anew = ToAccount(to.account) if isinstance(to, ToAccount) else ToCircle(to.workspace, to.mark, to.accounts)
            return await self.find(anew) if to.conversation else None
        if isinstance(to, ToAccount) and failed.code in (SHUT, TOO_FAST):
            if failed.code == TOO_FAST:
                self._opening.trip(self._clock.now())
            return await self._inbox(to, failed)
        return None

    def _serves(self, workspace: str) -> bool:
        return workspace in self._settings.servers

    # directly

    async def _open(self, to: ToAccount) -> str | Refused:
        """A first direct conversation, while that may be; else a thread of their own."""
        now = self._clock.now()
        wait = self._opening.wait(now)
        if wait is not None:
            if "inbox" in self._settings.channels:
                return await self._inbox(to)
            # For this letter alone: to slow the way down would keep threads from being opened too.
            return Refused(Why.TRY_LATER, "first direct messages go out slowly", wait)
        self._opening.opened(now)
        try:
            return await self._direct(to.account.user)
        except Failed as failed:
            if failed.code == TOO_FAST:
                self._opening.trip(now)
            if failed.code in (TOO_FAST, SHUT):
                return await self._inbox(to, failed)
            raise

    async def _direct(self, user: str) -> str:
        return str((await self._calls("POST", "/users/@me/channels", json={"recipient_id": user}))["id"])

    # in a thread of their own

    async def _inbox(self, to: ToAccount, failed: Failed | None = None) -> str | Refused:
        user = to.account.user
        if user in self._inboxes:
            return self._inboxes[user]
        if "inbox" not in self._settings.channels:
            return failed.outcome if failed and isinstance(failed.outcome, Refused) else _NOWHERE
        try:
            thread = await self._make("inbox", thread_name(), [user])
        except Failed as full:
            if full.code != TOO_MANY_THREADS:
                raise
            return _NO_ROOM  # a letter that waits for room is not given up, and by and by goes directly
        self._inboxes[user] = IN_THREAD + thread
        self.by_thread += 1
        said = draw_view(from_here_on(), {})
        await self._calls("POST", "/channels/{channel_id}/messages", channel_id=thread, json=said)
        return self._inboxes[user]

    # together

    async def _bring_together(self, workspace: str, mark: str, users: Sequence[str]) -> str | Refused:
        if "introductions" not in self._settings.channels:
            return _NO_THREADS
        try:
            thread = await self._make("introductions", await self._name_of(workspace, users), users)
        except Failed as failed:
            if failed.code == TOO_MANY_THREADS:
                return Refused(Why.CLOSED, failed.outcome.says)
            raise
        self._circles[mark] = thread
        return thread

    async def _name_of(self, workspace: str, users: Sequence[str]) -> str:
        names = [await self._people.name_of(workspace, user) for user in users]
        return clip(one_line(" and ".join(names)), THREAD_NAME)

    async def _make(self, channel: str, name: str, users: Sequence[str]) -> str:
        """A private thread with these people in it. What is left half-made is put away again."""
        shape = {
            "name": name,
            "type": PRIVATE_THREAD,
            "auto_archive_duration": A_WEEK,
            "invitable": False,
        }
        parent = self._settings.channels[channel]
        made = await self._calls("POST", "/channels/{channel_id}/threads", channel_id=parent, json=shape)
        thread = str(made["id"])
        try:
            for user in users:
                path = "/channels/{channel_id}/thread-members/{user_id}"
                await self._calls("PUT", path, channel_id=thread, user_id=user)
        except Failed:
            await self._put_away(thread)
            raise
        return thread

    async def _put_away(self, thread: str) -> None:
        try:
            await self._calls("PATCH", "/channels/{channel_id}", channel_id=thread, json={"archived": True})
        except Failed:
            return  # Discord does so itself after a week

    async def _threads(self, workspace: str, channel: str, user: str, named: str) -> list[str]:
        """Threads of ours of that name under that channel, in which that person is: who is in a thread is a call for
        each, and a round makes hundreds of them."""
        if channel not in self._settings.channels:
            return []
        listed: Any = await self._calls("GET", "/guilds/{guild_id}/threads/active", guild_id=workspace)
        ours = [
            str(one["id"])
            for one in listed["threads"]
            if one.get("parent_id") == self._settings.channels[channel]
            and one.get("owner_id") == self._calls.me
            and one.get("name") == named
        ]
        return [thread for thread in ours if await self._is_in(thread, user)]

    async def _is_in(self, thread: str, user: str) -> bool:
        try:
            path = "/channels/{channel_id}/thread-members/{user_id}"
            await self._calls("GET", path, channel_id=thread, user_id=user)
        except Failed as failed:
            if isinstance(failed.outcome, Refused) and failed.outcome.why is Why.GONE:
                return False
            raise
        return True

    def _forget(self, place: str) -> None:
        for known in (self._circles, self._inboxes):
            for key in [key for key, thread in known.items() if thread == place]:
                del known[key]

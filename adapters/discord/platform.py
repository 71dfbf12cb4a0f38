"""Discord: listens by its gateway, answers after it is kept, delivers, and stops without losing an answer."""

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Any

from adapters.discord.answers import Answers
from adapters.discord.blocks import LEAVE, ask_first
from adapters.discord.calls import Calls
from adapters.discord.commands import differ, draw_commands
from adapters.discord.errors import Failed
from adapters.discord.gateway import Gateway
from adapters.discord.listen import Asked, Kind, asked_in, inside, listen, text
from adapters.discord.people import People
from adapters.discord.places import Places
from adapters.discord.post import MESSAGE, MESSAGES, Post
from adapters.discord.render import draw_view, is_same
from adapters.discord.settings import DiscordSettings
from adapters.discord.text import NAME, people_here
from bot.chat.command import Command
from bot.chat.inbound import Inbound, Joined, Typed
from bot.chat.outbound import NOTHING, Outcome, Parcel, Receipt, Reply
from bot.chat.platform import Door, NotKept, not_looked
from bot.chat.view import View
from bot.core.asking import left_as_it_is
from bot.core.clock import Clock
from bot.core.notes import Notes

HOLD = 2.0
"""Seconds after which it is said that an answer will come; Discord waits three."""
FOLLOWED = 10.0
"""Seconds that a closing platform gives to the answers being given."""
AT_ONCE = 32
COMMANDS = "/applications/{application_id}/commands"
NOT_YET = Typed()
"""Stands for a press that has not come to the core."""

log = logging.getLogger("headsup.discord")


class DiscordPlatform:
    """Platform over one Discord application. `notes` are kept; those in `memory` lie in no file. `operator` hears what
    only the operator can mend; `doorway` stands in the channel where newcomers begin."""

    def __init__(
        self,
        settings: DiscordSettings,
        commands: Sequence[Command],
        clock: Clock,
        notes: Notes,
        memory: Notes,
        operator: Callable[[str, str], None] = lambda platform, says: None,
        doorway: View | None = None,
    ) -> None:
        self._settings, self._commands, self._clock, self._doorway = settings, commands, clock, doorway
        self._operator = operator
        self.calls = Calls(settings, clock)
        self._people = People(settings, self.calls, clock)
        self.places = Places(settings, self.calls, self._people, clock, notes)
        self._post = Post(settings, self.calls, self.places, clock, operator)
        self._answers = Answers(self.calls)
        self.gateway = Gateway(settings, self.calls, clock, self._hear, memory)
        self._answering: set[asyncio.Task[None]] = set()
        self._listed, self._closed, self._missed = asyncio.Event(), asyncio.Event(), asyncio.Event()
        self._is_set_up = self._running = self._was_ready = False

    @property
    def name(self) -> str:
        return NAME

    async def listed(self) -> None:
        """Wait until the servers are set up, and their people were listed once."""
        await self._listed.wait()

    async def run(self, door: Door) -> None:
        """Listen until closed; people are listed meanwhile."""
        self._running, self._door = True, door
        listing = asyncio.create_task(self._list_people())
        try:
            await self.gateway.listen(self._entered)
        finally:
            listing.cancel()
            await asyncio.gather(listing, return_exceptions=True)
            await self._finish()
            await self.calls.close()
            self._closed.set()

    async def deliver(self, parcel: Parcel) -> Outcome:
        return await self._post.carry(parcel)

    async def find(self, parcel: Parcel) -> Receipt | None:
        try:
            return await self._post.find(parcel)
        except Failed as failed:
            raise not_looked(failed.outcome, failed) from None

    async def close(self) -> None:
        """Hear no more, and keep in mind how far we have heard; the answers being given are given."""
        await self.gateway.close()
        if self._running:
            await self._closed.wait()
        else:
            await self.calls.close()

    async def settled(self) -> None:
        """Wait until everybody who asked is answered."""
        while self._answering:
            await asyncio.wait(self._answering)

    async def _write_place_down(self) -> None:
        """How far we have heard, once all that was heard is dealt with: what is not kept yet is to be told again."""
        session, dealing = self.gateway.session, tuple(self._answering)
        if dealing:
            await asyncio.wait(dealing)
        await self.gateway.write_down(session)

    # what comes in

    def _hear(self, kind: str, data: Mapping[str, Any]) -> None:
        task = asyncio.create_task(self._heard(kind, data))
        self._answering.add(task)
        task.add_done_callback(self._answering.discard)

    async def _heard(self, kind: str, data: Mapping[str, Any]) -> None:
        """Never raises for what somebody may send."""
        try:
            if kind == "GUILD_CREATE":
                await self._see_server(data)
            elif kind == "READY":
                self._note_start()
            else:
                await self._take(kind, data)
        except Exception as error:
            log.error("something that came in could not be handled (%s, %s)", kind, type(error).__name__)

    def _note_start(self) -> None:
        """A line that was not resumed has lost what happened meanwhile: people are listed again."""
        if self._was_ready:
            self._missed.set()
        self._was_ready = True

    async def _take(self, kind: str, data: Mapping[str, Any]) -> None:
        asked = asked_in(data) if kind == "INTERACTION_CREATE" else None
        if asked is not None and (between := self._between(asked, data)) is not None:
            await self._answers.give(asked, NOT_YET, between)
            return
        if asked is not None and asked.in_dm:
            await self._people.find_home(asked.user)
        inbound = listen(kind, data, self._clock.now(), self._settings.servers, self._people.home_of)
        if inbound is None:
            return
        if asked is not None and asked.kind is Kind.PRESS and not asked.is_ephemeral:
            self._post.note_pressed(inside(data, "message"))
        was_known = self._people.note(inbound)
        if isinstance(inbound.what, Joined) and was_known:
            return  # who changes their picture is there as before
        if asked is None:
            await self._bring(inbound, str(data.get("channel_id") or ""))
        else:
            await self._answer(asked, inbound)

    def _between(self, asked: Asked, data: Mapping[str, Any]) -> Reply | None:
        """What is asked for twice is answered here, and known to the core when it is meant; None for all else."""
        pressed = text(data, "data", "custom_id") if asked.kind is Kind.PRESS else ""
        if pressed == LEAVE:
            return Reply(replace=left_as_it_is())
        question = ask_first(pressed, inside(data, "message", "components"))
        return Reply(question) if question else None

    async def _answer(self, asked: Asked, inbound: Inbound) -> None:
        """Keep it, then answer; where keeping takes long, say first that an answer will come."""
        keeping = asyncio.ensure_future(self._knock(inbound))
        done, _ = await asyncio.wait([keeping], timeout=HOLD)
        if not done and asked.kind is Kind.TYPING:
            keeping.cancel()
            await self._answers.give(asked, inbound.what, NOTHING)
            return
        is_late = False if done else await self._answers.hold(asked)
        reply = await keeping
        await self._answers.give(_with_people(asked, inbound, reply), inbound.what, reply, is_late)

    async def _knock(self, inbound: Inbound) -> Reply:
        try:
            return await self._door(inbound)
        except NotKept:
            self._people.forget(inbound)
            raise
        except Exception as error:
            log.error("the door did not answer (%s)", type(error).__name__)
            return NOTHING

    async def _bring(self, inbound: Inbound, channel: str = "") -> None:
        """What could not be kept is listed anew, and soon. What is typed is answered in words, where it was typed."""
        with suppress(NotKept):
            reply = await self._knock(inbound)
            if reply.view is None or not channel:
                return
            try:
                await self.calls("POST", MESSAGES, channel_id=channel, json=draw_view(reply.view, {}))
            except Failed as failed:
                log.warning("a reply could not be shown (%s)", failed.outcome.says)

    # servers, commands, people

    async def _entered(self) -> None:
        """Signed in: see to it that Discord knows our words, and newcomers a way in."""
        if self._is_set_up:
            return
        try:
            await self._tell_commands()
        except Failed as failed:
            log.error("Discord cannot be told of the commands (%s)", failed.outcome.says)
            self._operator(NAME, failed.outcome.says)
        try:
            await self._stand_in_the_door()
        except Failed as failed:
            self._operator(NAME, f"discord.channels.start: {failed.outcome.says}")
        self._is_set_up = True

    async def _tell_commands(self) -> None:
        """Only where they differ: Discord lets two hundred be made a day."""
        app, drawn = self.calls.application, draw_commands(self._commands)
        registered = await self.calls("GET", COMMANDS, application_id=app, params={"with_localizations": "true"})
        if differ(drawn, registered):
            await self.calls("PUT", COMMANDS, json=drawn, application_id=app)

    async def _stand_in_the_door(self) -> None:
        """One message with a button, where newcomers find it; said once, and changed where our words have."""
        start = self._settings.channels.get("start")
        if start is None or self._doorway is None:
            return
        drawn = draw_view(self._doorway, {})
        said = await self.calls("GET", MESSAGES, channel_id=start, params={"limit": 100})
        ours = [one for one in said if one.get("author", {}).get("id") == self.calls.me and one.get("components")]
        if not ours:
            await self.calls("POST", MESSAGES, channel_id=start, json=drawn)
        elif not any(is_same(drawn, one) for one in ours):
            await self.calls("PATCH", MESSAGE, json=drawn, channel_id=start, message_id=str(ours[0]["id"]))

    async def _see_server(self, data: Mapping[str, Any]) -> None:
        """Only what the config names is served; any other is left politely."""
        server = text(data, "id")
        if not server.isdecimal() or server in self._settings.servers or data.get("unavailable"):
            return
        try:
            await self.calls("DELETE", "/users/@me/guilds/{guild_id}", guild_id=server)
            log.warning("left a server that discord.servers does not name")
        except Failed as failed:
            log.warning("a server that discord.servers does not name could not be left (%s)", failed.outcome.says)

    async def _list_people(self) -> None:
        """At start, and every night."""
        while True:
            try:
                await self.calls.signed_in()
                await self._bring_news()
            except Failed as failed:
                log.warning("the people of the servers could not be listed (%s)", failed.outcome.says)
            self._listed.set()
            await self._next_listing()

    async def _next_listing(self) -> None:
        """Until the night, or until something was missed."""
        ways = [asyncio.ensure_future(self._clock.sleep_until(self._people.next_listing()))]
        ways.append(asyncio.ensure_future(self._missed.wait()))  # type: ignore[arg-type]
        try:
            await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for one in ways:
                one.cancel()
        self._missed.clear()

    async def _bring_news(self) -> None:
        waiting: set[asyncio.Task[Any]] = set()
        async for inbound in self._people.news():
            waiting.add(asyncio.create_task(self._bring(inbound)))
            if len(waiting) >= AT_ONCE:
                _, waiting = await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
        if waiting:
            await asyncio.wait(waiting)

    async def _finish(self) -> None:
        try:
            async with asyncio.timeout(FOLLOWED):
                await self._write_place_down()
        except TimeoutError:
            log.error("some replies could not be shown before the end")
        for task in tuple(self._answering):
            task.cancel()


def _with_people(asked: Asked, inbound: Inbound, reply: Reply) -> Asked:
    """What was asked, with those whom the answer mentions."""
    if not reply.accounts or inbound.account is None:
        return asked
    return replace(asked, people=people_here(reply.accounts, inbound.account.workspace))

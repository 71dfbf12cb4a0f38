"""Slack: listens by sockets or over HTTP, answers after it is kept, delivers, and stops without losing an answer."""

import asyncio
import logging
from collections.abc import Callable, Coroutine
from contextlib import suppress
from typing import Any

from aiohttp import web
from msgspec.structs import replace

from adapters.slack.answers import Answers, Asked
from adapters.slack.calls import Calls
from adapters.slack.ear import Ear
from adapters.slack.errors import MENDS, Failed
from adapters.slack.listen import inside, installed_in, listen, text
from adapters.slack.people import People
from adapters.slack.post import Post
from adapters.slack.settings import SlackSettings
from adapters.slack.sockets import Lines, Payload
from adapters.slack.text import NAME
from bot.chat.inbound import Inbound, Joined, Opened, Who
from bot.chat.outbound import NOTHING, Outcome, Parcel, Receipt, Refused, Reply, Why
from bot.chat.platform import Door, NotKept, not_looked
from bot.core.clock import Clock
from bot.core.errors import OperatorError

LATE = 2.8
"""Seconds after which Slack no longer takes what an acknowledgement carries; it says three."""
FOLLOWED = 10.0
"""Seconds that a closing platform gives to what follows its last acknowledgements."""
AT_ONCE = 32
SEEN = 2000

log = logging.getLogger("headsup.slack")


class SlackPlatform:
    """Platform over one Slack app. `operator` hears what only the operator can mend."""

    def __init__(
        self, settings: SlackSettings, clock: Clock, operator: Callable[[str, str], None] = lambda platform, says: None
    ) -> None:
        self._settings, self._clock, self._operator = settings, clock, operator
        self.calls = Calls(settings, clock)
        self._post = Post(settings, self.calls, operator)
        self._people = People(self.calls, clock, settings.workspaces, settings.welcome)
        self._answers = Answers(self.calls, self._later, self._look)
        self._following: set[asyncio.Task[None]] = set()
        self._seen: dict[str, asyncio.Future[bool]] = {}
        """Events that came lately, and whether each was kept."""
        self._gone = ""
        self.lists = 0
        """How often the people of the workspace were listed, or could not be."""
        self._open, self._listed = asyncio.Event(), asyncio.Event()
        self._closing, self._closed = asyncio.Event(), asyncio.Event()
        self._port = settings.port
        self._running = False

    @property
    def name(self) -> str:
        return NAME

    @property
    def is_http(self) -> bool:
        """Whether Slack comes to us."""
        return self._settings.is_http

    async def listening(self) -> int:
        """The port on which Slack is listened for, once it is open."""
        await self._open.wait()
        return self._port

    async def listed(self) -> None:
        """Wait for the first list of the workspace's people."""
        await self._listed.wait()

    async def run(self, door: Door) -> None:
        """Listen until closed; people are listed meanwhile."""
        self._running, self._door = True, door
        ear = Ear(self._settings, self.calls, self.hear, self._clock)
        listing = asyncio.create_task(self._list_people())
        try:
            await (self._over_http(ear) if self._settings.is_http else self._by_sockets(ear))
        finally:
            listing.cancel()
            await asyncio.gather(listing, return_exceptions=True)
            await self._finish()
            await self.calls.close()
            self._closed.set()

    async def deliver(self, parcel: Parcel) -> Outcome:
        if self._gone and not await self._is_back():
            return Refused(Why.FORBIDDEN, self._gone)
        return await self._post.carry(parcel)

    async def find(self, parcel: Parcel) -> Receipt | None:
        try:
            return await self._post.find(parcel)
        except Failed as failed:
            raise not_looked(failed.outcome, failed) from None

    async def close(self) -> None:
        self._closing.set()
        if self._running:
            await self._closed.wait()
        else:
            await self.calls.close()

    async def hear(self, payload: Payload) -> Payload | None:
        """Keep what came in, then say what goes back with the acknowledgement. Raises NotKept: there is to be none."""
        self._take_note(payload)
        inbound = listen(payload, self._clock.now(), self._settings.workspaces)
        if inbound is None:
            return None
        if payload.get("type") == "event_callback":
            return await self._once(payload, inbound)
        return await self._keep(payload, inbound)

    async def _keep(self, payload: Payload, inbound: Inbound) -> Payload | None:
        since = asyncio.get_running_loop().time()
        before = self._people.note(inside(payload, "event", "user"))
        if before is inbound.who and (inbound.who is Who.GUEST or inbound.what == Joined(inbound.name, found=True)):
            return None  # who changes their picture is what they were before
        reply = await self._knock(await self._people.introduce(inbound))
        late = asyncio.get_running_loop().time() - since > LATE
        return self._answers.give(Asked(payload, inbound, late), reply)

    async def _knock(self, inbound: Inbound) -> Reply:
        if isinstance(inbound.what, Joined) and not self._settings.welcome:
            inbound = _only_found(inbound, inbound.what)
        try:
            return await self._door(inbound)
        except NotKept:
            self._people.forget(inbound)
            raise
        except Exception as error:
            log.error("the door did not answer (%s)", type(error).__name__)
            return NOTHING

    async def _look(self, inbound: Inbound) -> Reply:
        """What stands on the home page of whoever did that, now that it is done."""
        opened = replace(inbound, key=f"{inbound.key}:home", at=self._clock.now(), what=Opened())
        return await self._knock(await self._people.introduce(opened))

    def _take_note(self, payload: Payload) -> None:
        """The app was taken out of the workspace: no letter can go, until it is there again."""
        kind = text(payload, "event", "type")
        is_end = kind == "app_uninstalled" or (kind == "tokens_revoked" and inside(payload, "event", "tokens", "bot"))
        if is_end and installed_in(payload) in self._settings.workspaces:
            self._gone = f"{kind}; {MENDS['token_revoked']}"
            log.error("the app was taken out of Slack (%s)", kind)
            self._operator(NAME, self._gone)

    async def _is_back(self) -> bool:
        """Whether the token is good after all: the app was let in again, or the news of its end was old."""
        try:
            await self.calls("auth.test")
        except Failed:
            return False
        self._gone = ""
        return True

    async def _once(self, payload: Payload, inbound: Inbound) -> Payload | None:
        """An event whose acknowledgement was lost comes again; what the core answers without marking it is not said
        twice. It is acknowledged no sooner than the first is kept. Everything else is the core's to know."""
        before = self._seen.get(inbound.key)
        if before is not None:
            if not await asyncio.shield(before):
                raise NotKept
            return None
        kept = self._seen[inbound.key] = asyncio.get_running_loop().create_future()
        if len(self._seen) > SEEN:
            del self._seen[next(iter(self._seen))]
        try:
            said = await self._keep(payload, inbound)
        except BaseException:
            self._seen.pop(inbound.key, None)
            kept.set_result(False)
            raise
        kept.set_result(True)
        return said

    async def _by_sockets(self, ear: Ear) -> None:
        session, unsaid = self.calls.session, self._answers.say_after_all
        lines = Lines(session, self._address, ear.hear, unsaid, self._deaf, self._clock, self._settings.sockets)
        lines.start()
        try:
            await self._closing.wait()
        finally:
            await lines.close()

    def _deaf(self, says: str) -> None:
        self._operator(NAME, f"nothing that anybody presses is heard: {says}")

    async def _over_http(self, ear: Ear) -> None:
        if not self._settings.signing_secret:
            raise OperatorError(
                "slack.signing_secret is empty, so nobody can be believed: `headsup check` says where it is"
            )
        runner = web.AppRunner(ear.application(), access_log=None, handle_signals=False, shutdown_timeout=LATE)
        await runner.setup()
        try:
            await self._listen_on(runner)
            self._port = runner.addresses[0][1]
            self._open.set()
            await self._closing.wait()
        finally:
            await runner.cleanup()

    async def _listen_on(self, runner: web.AppRunner) -> None:
        host, port = self._settings.host, self._settings.port
        try:
            await web.TCPSite(runner, host, port).start()
        except OSError as error:
            mend = "set slack.host to an address of this machine, and slack.port to a port that is free"
            raise OperatorError(f"nothing can listen on {host}:{port} ({error.strerror}): {mend}") from None

    async def _address(self) -> str:
        return str((await self.calls("apps.connections.open", app_token=self._settings.app_token))["url"])

    async def _list_people(self) -> None:
        """At start, and every night."""
        while True:
            try:
                me = await self.calls("auth.test")
                await self._bring_news(str(me["team_id"]))
            except Failed as failed:
                log.warning("the people of the workspace could not be listed (%s)", failed.outcome.says)
            self.lists += 1
            self._listed.set()
            await self._clock.sleep_until(self._people.next_listing())

    async def _bring_news(self, team: str) -> None:
        if team not in self._settings.workspaces:
            log.error("the token belongs to the workspace %s, which slack.workspaces does not name", team)
            return
        waiting: set[asyncio.Task[Any]] = set()
        async for inbound in self._people.news(team):
            waiting.add(asyncio.create_task(self._bring(inbound)))
            if len(waiting) >= AT_ONCE:
                _, waiting = await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
        if waiting:
            await asyncio.wait(waiting)

    async def _bring(self, inbound: Inbound) -> None:
        """What could not be kept is listed anew, and soon."""
        with suppress(NotKept):
            await self._knock(inbound)

    def _later(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._following.add(task)
        task.add_done_callback(self._following.discard)

    async def settled(self) -> None:
        """Wait until all is shown that follows acknowledgements which were given."""
        while self._following:
            await asyncio.wait(self._following)

    async def _finish(self) -> None:
        try:
            async with asyncio.timeout(FOLLOWED):
                await self.settled()
        except TimeoutError:
            log.error("some replies could not be shown before the end")
        for task in tuple(self._following):
            task.cancel()


def _only_found(inbound: Inbound, joined: Joined) -> Inbound:
    return replace(inbound, what=replace(joined, found=True))

"""A Slack that runs inside a test: Web API, Socket Mode, Events API over HTTP, and the people of a workspace.

    async with SlackServer() as slack:
        tom = slack.person("Tom Reed")
        app = AsyncApp(client=AsyncWebClient(token=slack.app.bot_token, base_url=slack.api_url), …)
        handler = AsyncSocketModeHandler(app, slack.app.app_token)
        await handler.connect_async()
        await slack.connected(1)
        await tom.types("/headsup start")           # returns when the app has acknowledged, or was too late
        await slack.until(lambda: tom.reads())      # what Tom sees in his DM with the app
        await tom.press("Yes")                      # the newest button of that name on his screen
        await tom.submit(school="Oakfield")         # the modal on top, by block or action id

What behaves like Slack: arguments, blocks and views are checked against the documented limits; tokens, scopes,
membership and rate limits are held (`slack.throttle.refused` counts 429s); triggers live three seconds and work once;
response URLs work five times in thirty minutes; events without an acknowledgement come again at once, after one and
after five minutes; interactions and commands never do. What Slack does not document and we had to guess: the posting
cap of a workspace, the burst a channel takes, the size of all blocks together, the tier of `apps.connections.open`,
the size of metadata. They are constants, or fields of `Limits`.

Time is the clock you pass (`SystemClock` unless you do): limits, expiries, redelivery and the lives of sockets follow
it. Latencies of acknowledgements are measured in real time. Nothing here sleeps: wait with `slack.until(…)`.

What a test can do to the app: `slack.faults.plant("chat.postMessage", Wrong.REPLY_LOST)`, `slack.app` (`token_error =
"token_revoked"`, `scopes`, `events`, `distributed`, `home_tab`, `messages_tab`), `slack.workspace.edit_window`,
`slack.workspace.finishing` (how long no block can show what was just uploaded, as those who tried it report),
`slack.uninstall()`, and on `slack.sockets`: `warn`, `disconnect`, `drop`, `refuse_next`, `lifetime`, `ping_every`,
`pick`, and `deaf` or `mute` of one socket.

What a test can look at: `slack.outlet.deliveries` (everything sent to the app, its attempts, latencies and replies),
`slack.called(method)`, `slack.posted()`, `slack.throttle.refused`, `slack.workspace.scopes_used`; of a person `sees`,
`reads`, `draws`, `modal`, `home`, `troubles` and `asked`; of a message `pings` and `links` (tests.slack.reading).

After a jump of the clock what fell due happens at once, and its own consequences count from there: to see three
redeliveries let the time pass in three steps.

Over HTTP: `await slack.use_http(url)` sends signed requests to the app's own endpoint instead of sockets.
"""

from collections.abc import Callable
from random import Random
from types import TracebackType
from typing import Self

from aiohttp import web

from bot.core.clock import Clock
from scheduler.clocks import SystemClock
from tests.slack.delivery import EVENTS, Delivery, Outlet
from tests.slack.faults import Faults
from tests.slack.http_way import Http
from tests.slack.limits import Limits, Throttle
from tests.slack.model import Account, App, Channel, Json, Kind, Message, Team
from tests.slack.payloads import event
from tests.slack.person import Person
from tests.slack.sockets import Sockets
from tests.slack.time import Time
from tests.slack.web import Api
from tests.slack.workspace import Workspace

TEAM = Team("T0NETWORK", "heads", "The network of heads")
ELSEWHERE = "T0ELSEWHERE"
EVENT_SCOPES = {
    "app_mention": "app_mentions:read",
    "member_joined_channel": "channels:read",
    "message.im": "im:history",
    "message.mpim": "mpim:history",
    "message.channels": "channels:history",
    "message.groups": "groups:history",
    "team_join": "users:read",
    "user_change": "users:read",
}
"""What an app must be granted to hear of it."""


class SlackServer:
    """One workspace, one app, on a free port of the loopback."""

    def __init__(
        self,
        clock: Clock | None = None,
        *,
        team: Team = TEAM,
        app: App | None = None,
        limits: Limits | None = None,
        seed: int = 0,
    ) -> None:
        rng = Random(seed)
        self.app, self.team = app or App(), team
        self.time = Time(clock or SystemClock())
        self.workspace = Workspace(self.time, team, self.app)
        self.workspace.happened = self.tell
        self.outlet = Outlet(self.time)
        self.faults = Faults(rng)
        self.throttle = Throttle(limits or Limits())
        self.sockets = Sockets(self.time, self.outlet, self.app.id, rng)
        self.outlet.way = self.sockets
        self.api = Api(self.workspace, self.throttle, self.sockets, self.faults)
        self.host = ""
        self.http: Http | None = None
        self._runner: web.AppRunner | None = None

    async def __aenter__(self) -> Self:
        self._runner = web.AppRunner(self.api.app(), access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.host = f"127.0.0.1:{self._runner.addresses[0][1]}"
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.sockets.close()
        if self.http:
            await self.http.close()
        self.time.close()
        if self._runner:
            await self._runner.cleanup()
        if self.api.crashes and error is None:
            raise ExceptionGroup("the server itself made mistakes", self.api.crashes)

    @property
    def api_url(self) -> str:
        """The `base_url` of the SDK's clients."""
        return f"http://{self.host}/api/"

    def person(self, name: str, **what: object) -> Person:
        """Somebody who is there already: `guest`, `bot`, `external`, `deleted`, `admin`, `owner`, `tz`, `email` …"""
        external = bool(what.get("external"))
        letter = "W" if self.team.enterprise else "U"
        account = Account(self.workspace.new_id(letter), name, ELSEWHERE if external else self.team.id)
        for field, value in what.items():
            if not hasattr(account, field):
                raise TypeError(field)
            setattr(account, field, value)
        return Person(self.workspace.add(account), self)

    def channel(
        self, name: str, *people: Person, app: bool = True, private: bool = False, shared: bool = False
    ) -> Channel:
        """A conversation of these people, and of the app unless it says otherwise."""
        members = [each.id for each in people] + ([self.app.user] if app else [])
        return self.workspace.channel(name, members, private=private, shared=shared)

    def tell(self, kind: str, said: Json, channel: Channel | None = None) -> Delivery | None:
        """Send the app an event, if it subscribed to that kind, may see it, and is there where it happened."""
        scope, here = EVENT_SCOPES.get(kind), channel is None or self.app.user in channel.members
        if kind not in self.app.events or not here or (scope and scope not in self.app.scopes) or self.app.token_error:
            return None
        if scope:
            self.workspace.scopes_used.add(scope)
        payload = event(self.workspace, said, bool(channel and channel.shared))
        return self.outlet.send(Delivery(EVENTS, payload, takes_reply=False))

    async def until(self, holds: Callable[[], object], patience: float = 60.0) -> None:
        """Wait, in real time, until something holds."""
        await self.time.until(holds, patience)

    async def connected(self, sockets: int = 1) -> None:
        """Wait until so many sockets are open."""
        await self.until(lambda: len(self.sockets.open) >= sockets)

    async def quiet(self) -> None:
        """Wait until every delivery is settled and no call is under way; what is still to be sent again is neither."""
        await self.until(lambda: not self.outlet.unsettled and not self.api.busy)

    async def use_http(self, url: str) -> Http:
        """From now on reach the app at its own URL, once it has proved that the URL is its own."""
        if self.http:
            await self.http.close()
        self.http = Http(self.time, self.outlet, self.app, url)
        await self.http.verify()
        self.outlet.way = self.http
        return self.http

    def posted(self, kind: Kind | None = None) -> list[Message]:
        """Every message of the app that stands somewhere, ephemeral ones too, in the order of posting."""
        all_of_them = [one for channel in self.workspace.channels.values() for one in channel.messages if one.app]
        chosen = [one for one in all_of_them if kind in (None, self.workspace.channels[one.channel].kind)]
        return sorted(chosen, key=lambda one: one.ts)

    def called(self, method: str) -> list[Json]:
        """The arguments of every call of this method that was read, in order."""
        return [args for name, args, _ in self.api.calls if name == method]

    async def uninstall(self) -> None:
        """The app is removed from the workspace: it is told so, and its tokens are good for nothing."""
        tokens = {"oauth": [], "bot": [self.app.user]}
        sent = [
            self.tell("tokens_revoked", {"type": "tokens_revoked", "tokens": tokens}),
            self.tell("app_uninstalled", {"type": "app_uninstalled"}),
        ]
        self.app.token_error = "account_inactive"
        for one in filter(None, sent):
            await one.settle()

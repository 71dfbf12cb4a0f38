"""A Discord that runs inside a test: REST, CDN and gateway, and the people of its servers.

    async with DiscordServer() as discord:
        with discord.reached():                       # the library finds this server; put back afterwards
            client = Client(intents=Intents(guilds=True, members=True))
            await client.login(discord.app.token)
            task = asyncio.create_task(client.connect())
            await discord.connected()                 # identified, and told of its servers
            ann = discord.person("Ann Bell")          # a member of `discord.guild`; `guild=`, `pending=`, `nick=` …
            start = discord.channel("start")          # `.allow(role_or_user_id, Permission.…)`, `.deny(…)` on it
            await ann.press(message, "yes")           # returns when the app has answered, or was too late
            await ann.choose(message, "days", "Friday")   # None for the message: the newest that has it
            await ann.use("headsup", "pause", words="two weeks")   # in the first channel she sees, or `where=`
            await ann.submit({"school": "Oakfield"})  # the form on her screen, by custom id or label of its fields
            ann.sees(start)                           # what stands there for her; in her DM, unless named
            ann.dms = False                           # she takes no direct messages any more

What behaves like Discord: every body is checked against the documented shapes and limits, and anything else is
refused (50035, errors nested as the body is); permissions of roles, channels and threads are added up; an interaction
is answered once and within three seconds, its webhook lives fifteen minutes; a nonce is enforced for five minutes and
never given back when messages are read; what others wrote comes empty without the message content intent; threads
fall asleep in their time. Ephemeral messages are in `channel.messages` with a `reader`, and in no history.

What Discord does not document and we had to guess: the numbers of all buckets (`Limits`), how many conversations may be
opened and when 40003 comes (`network.opening = Openings(most=…)`), the codes of some refusals of threads, the order
in which checks are made. Two things are stricter than Discord, which ignores them: unknown fields, and the ephemeral
flag outside an interaction.

Time is the clock you pass (`SystemClock` unless you do): the three seconds, webhooks, nonces, limits and idle threads
follow it; heartbeats are the library's, in real time. With a clock that stands still nobody is ever too late: a press
that is never answered ends in a TimeoutError after ten real seconds. There are no limits unless you pass `Limits()`.

What a test can do to the app: `discord.faults.plant("POST /channels/*/messages", Wrong.REPLY_LOST)`; `discord.app`
(`members_intent`, `content_intent`, `token_revoked`); on `discord.gateway`: `drop`, `deafen`, `reconnect`,
`invalidate`, `hang_up`, `forget_sessions`, `refuse_next`, `invalidate_next`, `unparsable`, `tell_raw`; `kicks_app`,
`adds_app`, `outage`; `guild.most_threads`.

What a test can look at: `discord.posted()`, `discord.called("POST", "/channels/*/messages")` (`.body`, `.status`,
`.answer`; a list in a body stands under the empty name), `discord.interactions.all` (`.reply`, `.latency`, `.failed`),
`discord.throttle.refused`, `discord.gateway.identified`; of a person `sees`, `reads`, `draws`, `modal`, `rings`,
`troubles`; of a text `marks`, `drawn`, and of a message `links` (tests.discord.reading).
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from random import Random
from types import TracebackType
from typing import Self

from aiohttp import web
from discord.gateway import DiscordWebSocket
from discord.http import Route
from yarl import URL

from bot.core.clock import Clock
from scheduler.clocks import SystemClock
from tests.discord.faults import Faults
from tests.discord.gateway import Gateway
from tests.discord.interactions import Interactions
from tests.discord.limits import Limits, Throttle
from tests.discord.model import App, Channel, Guild, Intent, Json, Kind, Member, Message, User
from tests.discord.network import Event, Network
from tests.discord.objects import channel_json, created_json
from tests.discord.person import Person
from tests.discord.routes import matches
from tests.discord.web import PREFIX, Api, Called
from tests.slack.time import Time


class DiscordServer:
    """One application and one server it is in (more on request), on a free port of the loopback."""

    def __init__(
        self,
        clock: Clock | None = None,
        *,
        app: App | None = None,
        limits: Limits | None = None,
        seed: int = 0,
        name: str = "The network of heads",
    ) -> None:
        self.app = app or App()
        self.time = Time(clock or SystemClock())
        self.network = Network(self.time, self.app)
        self.gateway = Gateway(self.network)
        self.network.happened = self.gateway.tell
        self.interactions = Interactions(self.network)
        self.faults = Faults(Random(seed))
        self.throttle = Throttle(limits)
        self.api = Api(self.network, self.interactions, self.gateway, self.throttle, self.faults)
        self.owner = self.network.add(User(self.network.new_id(), "owner", "Olive Owner"))
        self.guild = self.add_guild(name)
        self._runner: web.AppRunner | None = None

    async def __aenter__(self) -> Self:
        self._runner = web.AppRunner(self.api.app(), access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.network.host = f"127.0.0.1:{self._runner.addresses[0][1]}"
        self.gateway.url = self.gateway_url
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.gateway.close()
        self.time.close()
        if self._runner:
            await self._runner.cleanup()
        if self.api.crashes and error is None:
            raise ExceptionGroup("the server itself made mistakes", self.api.crashes)

    @property
    def api_url(self) -> str:
        """What stands for https://discord.com/api/v10."""
        return f"http://{self.network.host}{PREFIX}"

    @property
    def gateway_url(self) -> str:
        """What stands for wss://gateway.discord.gg."""
        return f"ws://{self.network.host}/gateway-socket/"

    @contextmanager
    def reached(self) -> Iterator[None]:
        """For as long as the block lasts the library finds this server instead of Discord."""
        before = Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY
        Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY = self.api_url, URL(self.gateway_url)
        try:
            yield
        finally:
            Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY = before

    def add_guild(self, name: str, *, app: bool = True) -> Guild:
        """One more server."""
        guild = self.network.guild(name, self.owner.id, app)
        guild.members[self.owner.id] = Member(self.owner, self.network.now())
        if app:
            self.network.happened(Event("GUILD_CREATE", created_json(guild, self.network), Intent.GUILDS))
        return guild

    def channel(self, name: str, *, guild: Guild | None = None, kind: Kind = Kind.TEXT) -> Channel:
        """A channel everybody of the server sees; `allow` and `deny` on it change that."""
        made = self.network.channel(guild or self.guild, name, kind)
        self.network.happened(Event("CHANNEL_CREATE", channel_json(made, self.network), Intent.GUILDS))
        return made

    def person(self, name: str, *, guild: Guild | None = None, member: bool = True, **what: object) -> Person:
        """Somebody who is there already: of the user `bot`, `dms`, `locale` …, of the member `nick`, `pending`."""
        user = User(self.network.new_id(), name.lower().replace(" ", "."), name)
        where = guild or self.guild
        made = Member(user, self.network.now())
        for field, value in what.items():
            owner = next((one for one in (user, made) if hasattr(one, field)), None)
            if owner is None:
                raise TypeError(field)
            setattr(owner, field, value)
        self.network.add(user)
        if member:
            where.members[user.id] = made
        return Person(user, self, where)

    def kicks_app(self, guild: Guild | None = None) -> None:
        """Somebody takes the application out of a server."""
        where = guild or self.guild
        del where.members[self.app.id]
        self.network.happened(Event("GUILD_DELETE", {"id": where.id}, Intent.GUILDS))

    def adds_app(self, guild: Guild | None = None) -> None:
        """Somebody invites it (again)."""
        where = guild or self.guild
        self.network.invite(where)
        self.network.happened(Event("GUILD_CREATE", created_json(where, self.network), Intent.GUILDS))

    def outage(self, *, over: bool = False) -> None:
        """The server is not available for a while; `over` says that it is again."""
        self.guild.unavailable = not over
        gone: Json = {"id": self.guild.id, "unavailable": True}
        told = ("GUILD_CREATE", created_json(self.guild, self.network)) if over else ("GUILD_DELETE", gone)
        self.network.happened(Event(*told, Intent.GUILDS))

    async def until(self, holds: Callable[[], object], patience: float = 60.0) -> None:
        """Wait, in real time, until something holds."""
        await self.time.until(holds, patience)

    async def connected(self, sessions: int = 1) -> None:
        """Wait until so many sessions are identified and have a socket."""
        await self.until(lambda: self.gateway.ready >= sessions)

    async def quiet(self) -> None:
        """Wait until every interaction was answered or was too late, and no call is under way."""
        await self.until(lambda: not self.api.busy and not self.interactions.open)

    def posted(self, kind: Kind | None = None) -> list[Message]:
        """Every message of the app that stands somewhere, ephemeral ones too, in the order of posting."""
        chosen = [one for one in self.network.channels.values() if kind in (None, one.kind)]
        own = [
            message
            for one in chosen
            for message in one.messages
            if message.author == self.app.id and not message.system
        ]
        return sorted(own, key=lambda one: int(one.id))

    def called(self, method: str, path: str) -> list[Called]:
        """Every call of this method that was read, by its path: `/channels/*/messages`, a `*` for each part."""
        return [one for one in self.api.calls if one.method == method and matches(path, one.path)]

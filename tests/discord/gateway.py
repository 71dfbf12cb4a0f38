"""The gateway: HELLO, IDENTIFY, READY, heartbeats, RESUME, dispatches, and the ways in which sockets end."""

import asyncio
import json
import zlib
from collections import deque
from collections.abc import Coroutine
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from aiohttp import WSMsgType, web

from tests.discord.model import Intent, Json, Member
from tests.discord.network import Event, Network
from tests.discord.objects import created_json, member_json, user_json
from tests.slack.sockets import reset

KNOWN = (1 << 26) - 1
A_CHUNK = 1000
KEPT = 20_000
UNFIT = {"unparsable": "x"}
"""What a dispatch holds that the library cannot read: nothing of what it looks for."""


class Closing(Exception):
    """The session is closed with one of Discord's codes."""

    def __init__(self, code: int, why: str) -> None:
        super().__init__(why)
        self.code, self.why = code, why


@dataclass
class Session:
    """One identified session, which may outlive its socket for a while."""

    id: str
    intents: int
    shard: list[int]
    sequence: int = 0
    sent: deque[Json] = field(default_factory=lambda: deque(maxlen=KEPT))
    """The last dispatches of it, for those who resume."""
    link: "Link | None" = None
    lost: float = 0.0
    """When it had its last socket."""


@dataclass
class Link:
    """One open socket."""

    ws: web.WebSocketResponse
    request: web.Request
    packer: Any = None
    session: Session | None = None
    deaf: bool = False
    """Open and silent: heartbeats are not acknowledged, nothing is dispatched."""
    beats: int = 0
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)


class Gateway:
    """Every socket and session of the application."""

    def __init__(self, network: Network) -> None:
        self.network = network
        self.heartbeat_interval = 41_250
        """Real milliseconds, as the library's own thread counts them."""
        self.resumable = 180.0
        """Seconds a session outlives its socket; Discord says no more than that it is not for long."""
        self.links: list[Link] = []
        self.sessions: dict[str, Session] = {}
        self.identified = 0
        self.resumed = 0
        self.resumes_asked = 0
        self.refused = 0
        self.refuse_next = 0
        """So many coming connections are turned away with a 503."""
        self.invalidate_next = 0
        """So many coming identifications or resumptions are answered by INVALID_SESSION."""
        self.closes: list[int] = []
        """The codes with which the server itself closed a socket."""
        self.chunks_asked = 0
        self.url = ""
        self._tasks: set[asyncio.Task[None]] = set()

    async def connect(self, request: web.Request) -> web.StreamResponse:
        """`GET /gateway-socket?v=10&encoding=json[&compress=zlib-stream]`: the app opens a socket."""
        if self.refuse_next:
            self.refuse_next -= 1
            self.refused += 1
            return web.Response(status=503)
        ws = web.WebSocketResponse(compress=False)
        await ws.prepare(request)
        packed = request.query.get("compress") == "zlib-stream"
        link = Link(ws, request, zlib.compressobj() if packed else None)
        self.links.append(link)
        try:
            if request.query.get("v") != "10" or request.query.get("encoding") != "json":
                raise Closing(4012, "Invalid API version")
            await self._say(
                link, {"op": 10, "d": {"heartbeat_interval": self.heartbeat_interval}, "s": None, "t": None}
            )
            await self._hear(link)
        except Closing as closing:
            self.closes.append(closing.code)
            self._forget(link)
            await ws.close(code=closing.code, message=closing.why.encode())
        finally:
            self._forget(link)
        return ws

    def tell(self, event: Event) -> None:
        """Dispatch an event to every session that may hear of it; those without a socket hear it when they resume."""
        for session in list(self.sessions.values()):
            if event.intents and not session.intents & event.intents:
                continue
            quiet = event.silent is not None and not session.intents & Intent.MESSAGE_CONTENT
            self._dispatch(session, event.name, event.silent if quiet and event.silent is not None else event.data)

    def tell_raw(self, name: str, data: object) -> None:
        """Dispatch anything at all, such as what the library cannot parse."""
        for session in list(self.sessions.values()):
            self._dispatch(session, name, data)

    def unparsable(self) -> None:
        """Dispatch a message that lacks everything the library looks for in one."""
        self.tell_raw("MESSAGE_CREATE", UNFIT)

    def deafen(self) -> None:
        """From now on every socket is open and silent; nothing said in it is acknowledged."""
        for link in self.links:
            link.deaf = True

    def reconnect(self) -> None:
        """Tell every socket to come again (op 7)."""
        for link in list(self.links):
            self._spawn(self._say(link, {"op": 7, "d": None}))

    def invalidate(self, resumable: bool = False) -> None:
        """Tell every session that it is over (op 9), or that it may try to resume."""
        for link in list(self.links):
            if link.session and not resumable:
                self.sessions.pop(link.session.id, None)
            self._spawn(self._say(link, {"op": 9, "d": resumable}))

    def drop(self) -> None:
        """Break every connection without a word, as a network does."""
        for link in list(self.links):
            self._forget(link)
            reset(link.request)

    async def hang_up(self, code: int = 4000) -> None:
        """Close every socket with a code."""
        for link in list(self.links):
            self._forget(link)
            await link.ws.close(code=code)

    def forget_sessions(self) -> None:
        """Nothing can be resumed any more."""
        for session in list(self.sessions.values()):
            if session.link is None:
                self.sessions.pop(session.id)

    async def close(self) -> None:
        for link in list(self.links):
            self._forget(link)
            await link.ws.close(code=1001)
        for task in self._tasks:
            task.cancel()

    @property
    def ready(self) -> int:
        """So many sessions have a socket and were told everything."""
        return len([one for one in self.sessions.values() if one.link])

    async def _hear(self, link: Link) -> None:
        """Until the other side closes: with 1000 or 1001 its session is over, with anything else it may resume."""
        while True:
            message = await link.ws.receive()
            if message.type is WSMsgType.CLOSE and message.data in (1000, 1001) and link.session:
                self.sessions.pop(link.session.id, None)
            if message.type in (WSMsgType.CLOSE, WSMsgType.CLOSED, WSMsgType.CLOSING, WSMsgType.ERROR):
                return
            if message.type is not WSMsgType.TEXT:
                raise Closing(4002, "Decode error")
            try:
                said = json.loads(message.data)
            except ValueError as error:
                raise Closing(4002, "Decode error") from error
            if not link.deaf:
                await self._heard(link, said)

    async def _heard(self, link: Link, said: Json) -> None:
        op, data = said.get("op"), said.get("d")
        if op == 1:
            link.beats += 1
            self.network.time.moved()
            await self._say(link, {"op": 11, "d": None})
        elif op == 2 and isinstance(data, dict):
            await self._identify(link, data)
        elif op == 6 and isinstance(data, dict):
            await self._resume(link, data)
        elif op not in (3, 4, 8):
            raise Closing(4001, "Unknown opcode")
        elif link.session is None:
            raise Closing(4003, "Not authenticated")
        elif op == 8 and isinstance(data, dict):
            self._chunks(link.session, data)

    async def _identify(self, link: Link, data: Json) -> None:
        app = self.network.app
        if link.session:
            raise Closing(4005, "Already authenticated")
        if data.get("token") != app.token or app.token_revoked:
            raise Closing(4004, "Authentication failed.")
        intents = data.get("intents")
        if not isinstance(intents, int) or intents & ~KNOWN:
            raise Closing(4013, "Invalid intent(s).")
        if intents & (Intent.MEMBERS | Intent.PRESENCES | Intent.MESSAGE_CONTENT) & ~app.privileged:
            raise Closing(4014, "Disallowed intent(s).")
        if await self._invalid(link):
            return
        self.identified += 1
        session = Session(uuid4().hex, intents, data.get("shard", [0, 1]), link=link)
        self.sessions[session.id] = session
        link.session = session
        guilds = [one for one in self.network.guilds.values() if app.id in one.members]
        self._dispatch(session, "READY", self._ready(session, [one.id for one in guilds]))
        for guild in guilds:
            if intents & Intent.GUILDS and not guild.unavailable:
                self._dispatch(session, "GUILD_CREATE", created_json(guild, self.network))
        self.network.time.moved()

    def _ready(self, session: Session, guilds: list[str]) -> Json:
        app = self.network.app
        return {
            "v": 10,
            "user": user_json(self.network.users[app.id]) | {"verified": True, "mfa_enabled": True, "email": None},
            "user_settings": {},
            "guilds": [{"id": one, "unavailable": True} for one in guilds],
            "private_channels": [],
            "relationships": [],
            "presences": [],
            "session_type": "normal",
            "session_id": session.id,
            "resume_gateway_url": self.url,
            "shard": session.shard,
            "application": {"id": app.id, "flags": app.flags},
        }

    async def _resume(self, link: Link, data: Json) -> None:
        app = self.network.app
        self.resumes_asked += 1
        if data.get("token") != app.token or app.token_revoked:
            raise Closing(4004, "Authentication failed.")
        if await self._invalid(link):
            return
        session, last = self.sessions.get(str(data.get("session_id"))), data.get("seq")
        if session is None or not isinstance(last, int):
            await self._say(link, {"op": 9, "d": False})
            return
        if last > session.sequence:
            raise Closing(4007, "Invalid seq")
        if session.link:
            self._forget(session.link)
        self.resumed += 1
        session.link, link.session = link, session
        for one in [each for each in session.sent if each["s"] > last]:
            await self._say(link, one)
        self._dispatch(session, "RESUMED", {"_trace": []})
        self.network.time.moved()

    async def _invalid(self, link: Link) -> bool:
        if not self.invalidate_next:
            return False
        self.invalidate_next -= 1
        await self._say(link, {"op": 9, "d": False})
        return True

    def _chunks(self, session: Session, data: Json) -> None:
        """Members on request: all of them only for who has the intent."""
        self.chunks_asked += 1
        guild = self.network.guilds.get(str(data.get("guild_id")))
        if guild is None or self.network.app.id not in guild.members:
            return
        everybody = list(guild.members.values())
        if "user_ids" in data:
            wanted = [str(one) for one in _listed(data["user_ids"])]
            chosen = [one for one in everybody if one.user.id in wanted]
        elif not data.get("query") and not session.intents & Intent.MEMBERS:
            raise Closing(4014, "Disallowed intent(s).")
        else:
            chosen = [one for one in everybody if _named(one).startswith(str(data.get("query") or "").lower())]
            chosen = chosen[: data.get("limit") or len(chosen)]
        parts = [chosen[at : at + A_CHUNK] for at in range(0, max(len(chosen), 1), A_CHUNK)]
        nonce = {"nonce": data["nonce"]} if "nonce" in data else {}
        for number, part in enumerate(parts):
            made: Json = {"guild_id": guild.id, "members": [member_json(one) for one in part]}
            made |= {"chunk_index": number, "chunk_count": len(parts), "not_found": []} | nonce
            self._dispatch(session, "GUILD_MEMBERS_CHUNK", made)

    def _dispatch(self, session: Session, name: str, data: object) -> None:
        session.sequence += 1
        said = {"op": 0, "t": name, "s": session.sequence, "d": data}
        session.sent.append(said)
        if session.link and not session.link.deaf:
            self._spawn(self._say(session.link, said))

    async def _say(self, link: Link, said: Json) -> None:
        text = json.dumps(said)
        try:
            async with link.lock:
                if link.packer:
                    packed = link.packer.compress(text.encode()) + link.packer.flush(zlib.Z_SYNC_FLUSH)
                    await link.ws.send_bytes(packed)
                else:
                    await link.ws.send_str(text)
        except (ConnectionError, RuntimeError):
            self._forget(link)

    def _forget(self, link: Link) -> None:
        if link in self.links:
            self.links.remove(link)
        session = link.session
        if session and session.link is link:
            session.link, session.lost = None, self.network.time.now()
            self.network.time.later(self.resumable, lambda: self._expire(session))
        self.network.time.moved()

    def _expire(self, session: Session) -> None:
        if session.link is None and self.network.time.now() - session.lost >= self.resumable:
            self.sessions.pop(session.id, None)

    def _spawn(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


def _listed(what: Any) -> list[Any]:
    return what if isinstance(what, list) else [what]


def _named(member: Member) -> str:
    return (member.nick or member.user.global_name or member.user.username).lower()

"""The HTTP side of Discord: the endpoints of the table beneath /api/v10, the CDN, tokens, limits and faults."""

import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from mimetypes import guess_type

from aiohttp import BodyPartReader, ClientPayloadError, web

from tests.discord import basics, commands, guilds, messages, pins, scheduled, threads, webhooks
from tests.discord.faults import Fault, Faults, Wrong
from tests.discord.gateway import Gateway
from tests.discord.interactions import Interactions
from tests.discord.limits import Throttle, TooMany
from tests.discord.model import Attachment, Json, Refusal
from tests.discord.network import Network
from tests.discord.routes import ENDPOINTS, Answer, Call, Endpoint
from tests.slack.sockets import reset

PARTS = (basics, commands, guilds, messages, pins, scheduled, threads, webhooks)
"""Each enters its endpoints into the table when it is imported."""
Serve = Callable[[web.Request], Awaitable[web.StreamResponse]]
MOST_BYTES = 10 * 1024**2
PREFIX = "/api/v10"


@dataclass
class Called:
    """One call that was read, and what became of it."""

    method: str
    path: str
    route: str
    body: Json
    query: dict[str, str]
    status: int = 0
    answer: Answer = None
    files: dict[int, Attachment] = field(default_factory=dict)
    at: float = 0.0


class Api:
    """Answers the application's calls, and keeps which it made."""

    def __init__(
        self, network: Network, interactions: Interactions, gateway: Gateway, throttle: Throttle, faults: Faults
    ) -> None:
        self.network, self.interactions, self.gateway = network, interactions, gateway
        self.throttle, self.faults = throttle, faults
        self.calls: list[Called] = []
        self.busy = 0
        self.crashes: list[Exception] = []
        """Mistakes of this server itself: leaving it raises them, so that none passes for a fault of Discord's."""

    def app(self) -> web.Application:
        made = web.Application(client_max_size=4 * MOST_BYTES)
        for one in sorted(ENDPOINTS, key=lambda each: each.path.count("{")):
            made.router.add_route(one.method, PREFIX + one.path, self._serving(one))
        made.router.add_get("/attachments/{channel}/{id}/{name}", self.attachment)
        made.router.add_get("/gateway-socket/", self.gateway.connect)
        made.router.add_get("/gateway-socket", self.gateway.connect)
        made.router.add_route("*", "/{rest:.*}", self.unknown)
        return made

    async def unknown(self, request: web.Request) -> web.StreamResponse:
        """Nothing is there."""
        self.calls.append(Called(request.method, request.path.removeprefix(PREFIX), "", {}, {}, 404))
        return answered({"message": "404: Not Found", "code": 0}, 404)

    async def attachment(self, request: web.Request) -> web.StreamResponse:
        """The CDN: a file that came with a message, for as long as the message stands."""
        channel = self.network.channels.get(request.match_info["channel"])
        for message in channel.messages if channel else []:
            for one in message.attachments:
                if one.id == request.match_info["id"]:
                    return web.Response(body=one.data, content_type=one.content_type)
        return web.Response(status=404, text="This content is no longer available.")

    def _serving(self, one: Endpoint) -> Serve:
        async def serve(request: web.Request) -> web.StreamResponse:
            self.busy += 1
            try:
                return await self._serve(one, request)
            except (ConnectionError, ClientPayloadError):
                raise
            except Exception as mistake:
                self.crashes.append(mistake)
                raise
            finally:
                self.busy -= 1
                self.network.time.moved()

        return serve

    async def _serve(self, one: Endpoint, request: web.Request) -> web.StreamResponse:
        path, now = request.path.removeprefix(PREFIX), self.network.time.now()
        fault = self.faults.due(request.method, path)
        if self.throttle.banned(now):
            return web.Response(status=429, text="error code: 1015", content_type="text/html")
        if fault and (early := self._before(fault, request)):
            return early
        call = Called(request.method, path, one.path, {}, dict(request.query), at=now)
        call.answer, call.status, headers = await self._answer(one, request, call, fault)
        self.throttle.answered(call.status, now)
        self.calls.append(call)
        made = (
            web.Response(status=204, headers=headers)
            if call.status == 204
            else answered(call.answer, call.status, headers)
        )
        return await self._after(fault, request, made)

    async def _answer(
        self, one: Endpoint, request: web.Request, call: Called, fault: Fault | None
    ) -> tuple[Answer, int, dict[str, str]]:
        headers: dict[str, str] = {}
        try:
            if not one.open:
                self._authenticate(request)
            too_many, headers = self.throttle.wait(call.method, one.path, call.path, call.at)
            if fault and fault.wrong in (Wrong.LIMITED, Wrong.LIMITED_GLOBALLY):
                too_many = TooMany(fault.seconds, fault.wrong is Wrong.LIMITED_GLOBALLY)
            if too_many:
                return too_many.body, 429, headers | too_many.headers
            call.body, call.files = await self._read(request)
            if fault and fault.wrong is Wrong.REFUSED:
                raise fault.refusal
            params = dict(request.match_info)
            said = one.run(
                Call(self.network, self.interactions, self.gateway, params, call.query, call.body, call.files)
            )
            return said, 204 if said is None else one.status, headers
        except Refusal as refused:
            return {"message": refused.message, "code": refused.code} | refused.more, refused.status, headers

    def _authenticate(self, request: web.Request) -> None:
        app = self.network.app
        if request.headers.get("Authorization") != f"Bot {app.token}" or app.token_revoked:
            raise Refusal(401, 0, "401: Unauthorized")
        if not request.headers.get("User-Agent", "").startswith("DiscordBot ("):
            raise Refusal(403, 40333, "internal network error")

    async def _read(self, request: web.Request) -> tuple[Json, dict[int, Attachment]]:
        if not request.can_read_body:
            return {}, {}
        if request.content_type == "multipart/form-data":
            return await self._parts(request)
        if request.content_type != "application/json":
            raise Refusal(400, 50035, "Invalid Form Body", errors={})
        return loaded(await request.text()), {}

    async def _parts(self, request: web.Request) -> tuple[Json, dict[int, Attachment]]:
        body, files = {}, {}
        async for part in await request.multipart():
            assert isinstance(part, BodyPartReader)
            name, data = part.name or "", bytes(await part.read(decode=False))
            if name == "payload_json":
                body = loaded(data.decode())
            elif name.startswith("files[") and name.endswith("]") and name[6:-1].isdecimal() and int(name[6:-1]) < 10:
                filename = part.filename or "unknown"
                kind = part.headers.get("Content-Type") or guess_type(filename)[0]
                if kind in (None, "application/octet-stream"):
                    kind = guess_type(filename)[0]
                files[int(name[6:-1])] = Attachment(
                    self.network.new_id(), filename, data, kind or "application/octet-stream"
                )
            else:
                told = {"code": "UNKNOWN_FIELD", "message": "This field is not documented"}
                raise Refusal(400, 50035, "Invalid Form Body", errors={name: {"_errors": [told]}})
        if any(len(one.data) > MOST_BYTES for one in files.values()):
            raise Refusal(413, 40005, "Request entity too large")
        return body, files

    def _before(self, fault: Fault, request: web.Request) -> web.Response | None:
        """What goes wrong before anything is done; the answer then goes nowhere, or is the failure itself."""
        if fault.wrong is Wrong.REQUEST_LOST and request.transport:
            request.transport.close()
            return web.Response()
        if fault.wrong is Wrong.RESET:
            reset(request)
            return web.Response()
        return page(fault.status) if fault.wrong is Wrong.STATUS else None

    async def _after(self, fault: Fault | None, request: web.Request, answer: web.Response) -> web.Response:
        """What goes wrong when it is done."""
        if fault is None:
            return answer
        if fault.wrong is Wrong.REPLY_LOST and request.transport:
            request.transport.close()
        elif fault.wrong is Wrong.SLOW:
            await self.network.time.passed(fault.seconds)
        elif fault.wrong is Wrong.DONE_STATUS:
            return page(fault.status)
        return answer


def page(status: int) -> web.Response:
    text = "<html><body>Something is broken</body></html>"
    return web.Response(status=status, text=text, content_type="text/html")


def answered(said: Answer, status: int, headers: dict[str, str] | None = None) -> web.Response:
    """JSON as Discord sends it: without a charset, which the library insists on."""
    body = json.dumps(said).encode()
    return web.Response(body=body, status=status, headers={"Content-Type": "application/json"} | (headers or {}))


def loaded(text: str) -> Json:
    """The body as an object; Discord names the place where it is none."""
    try:
        made = json.loads(text)
    except ValueError:
        raise Refusal(400, 50109, "The request body contains invalid JSON.") from None
    if isinstance(made, list):
        return {"": made}
    if not isinstance(made, dict):
        raise Refusal(400, 50109, "The request body contains invalid JSON.")
    return made

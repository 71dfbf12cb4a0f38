"""Bolt with one catch-all: whatever Slack sends comes to one place, and is acknowledged, unless it could not be kept.

A middleware instead of listeners: Bolt tries them one after another, each costs, and where none has acknowledged in
three seconds it runs the next one too (docs/platforms.md). It answers before Bolt does, for events too.
"""

import logging
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qsl

from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.middleware.async_middleware import AsyncMiddleware
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse

from adapters.slack.calls import SILENT, Calls
from adapters.slack.listen import is_echo
from adapters.slack.settings import SlackSettings
from adapters.slack.signed import Signatures
from adapters.slack.sockets import Hear, Payload
from bot.chat.platform import NotKept
from bot.core.clock import Clock

MOST_BYTES = 1024**2
PATH = "/slack/events"

log = logging.getLogger("headsup.slack")


class Ear:
    """Hears by sockets (`hear`) and over HTTP (`application`). Never raises for what somebody may send."""

    def __init__(self, settings: SlackSettings, calls: Calls, hear: Hear, clock: Clock) -> None:
        self._signatures = Signatures(settings, clock)

        async def authorize(team_id: str | None) -> AuthorizeResult:
            """Whom we serve is ours to say; the actor comes with the payload."""
            return AuthorizeResult(enterprise_id=None, team_id=team_id, bot_token=settings.bot_token)

        self._bolt = _Bolt(
            name="headsup",
            logger=SILENT,
            client=calls.client(None),
            before_authorize=_Answering(hear),
            authorize=authorize,
            process_before_response=True,
            request_verification_enabled=False,
            ignoring_self_events_enabled=False,
            attaching_function_token_enabled=False,
        )

    async def hear(self, payload: Payload) -> Payload | None:
        """Answer what came by a socket. Raises NotKept. What comes back of our own words is not worth Bolt's time."""
        if is_echo(payload):
            return None
        response = await self._dispatch(lambda: AsyncBoltRequest(mode="socket_mode", body=dict(payload)))
        if isinstance(response, _Unkept):
            raise NotKept
        return response.said if isinstance(response, _Said) else None

    def application(self) -> web.Application:
        """What listens over HTTP."""
        made = web.Application(client_max_size=MOST_BYTES)
        made.router.add_post(PATH, self._request)
        return made

    async def _request(self, request: web.Request) -> web.Response:
        body, headers = await request.read(), request.headers
        if not self._signatures.vouch_for(body, headers):
            return web.Response(status=401)
        given = await self._dispatch(lambda: whole(AsyncBoltRequest(body=body.decode(), headers=dict(headers))))
        return await to_aiohttp_response(given)

    async def _dispatch(self, make: Callable[[], AsyncBoltRequest]) -> BoltResponse:
        """What Bolt cannot read is acknowledged too: sent again, it would be the same."""
        try:
            response = await self._bolt.async_dispatch(make())
        except Exception as error:
            log.error("Slack sent what Bolt cannot read (%s)", type(error).__name__)
            return BoltResponse(status=200)
        if response.status >= 500 and not isinstance(response, _Unkept):
            log.error("Slack sent what Bolt cannot read (%s)", response.status)
            return BoltResponse(status=200)
        return response


class _Bolt(AsyncApp):
    """Without what Bolt lays ready for listeners by sockets, a client for each delivery: nobody here asks for it."""

    def _init_context(self, req: AsyncBoltRequest) -> None:
        if req.mode == "http":
            super()._init_context(req)


class _Answering(AsyncMiddleware):
    """Answers everything but the question whose address this is, and before Bolt asks who may: that is ours to say. A
    class: what a function wants to be given, Bolt would find out anew for each delivery."""

    def __init__(self, hear: Hear) -> None:
        self._hear = hear

    async def async_process(self, *, req: AsyncBoltRequest, resp: BoltResponse, next: Any) -> BoltResponse:
        if req.body.get("type") == "url_verification":
            await next()
            return resp
        try:
            return _Said(await self._hear(req.body), is_http=req.mode == "http")
        except NotKept:
            return _Unkept()


class _Said(BoltResponse):
    """An acknowledgement, with what goes back in it; only HTTP wants that as text."""

    def __init__(self, said: Payload | None, is_http: bool) -> None:
        super().__init__(status=200, body=dict(said) if said and is_http else "")
        self.said = said


class _Unkept(BoltResponse):
    """No acknowledgement, so that Slack sends it again."""

    def __init__(self) -> None:
        super().__init__(status=503)


def whole(request: AsyncBoltRequest) -> AsyncBoltRequest:
    """The request with its body. Bolt takes a command in whose words "payload" stands for a broken interaction."""
    if not request.body and request.raw_body:
        request.body = dict(parse_qsl(request.raw_body, keep_blank_values=True))
    return request

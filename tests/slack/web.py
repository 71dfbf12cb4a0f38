"""The HTTP side of Slack: `/api/{method}`, uploads, response URLs; authentication, scopes, limits and faults."""

import json
from inspect import isawaitable
from uuid import uuid4

from aiohttp import web

from tests.slack import chat, conversations, files, people, views
from tests.slack.faults import Fault, Faults, Wrong
from tests.slack.limits import Throttle
from tests.slack.methods import Call, Method
from tests.slack.model import Json, Refusal
from tests.slack.responses import respond
from tests.slack.sockets import Sockets, reset
from tests.slack.workspace import Workspace

METHODS: dict[str, Method] = {
    **chat.method, **conversations.method, **files.method, **people.method, **views.method,
}  # fmt: skip
MOST_BYTES = 64 * 1024**2


class Api:
    """Answers the app's calls, and keeps which it made."""

    def __init__(self, workspace: Workspace, throttle: Throttle, sockets: Sockets, faults: Faults) -> None:
        self.workspace, self.throttle, self.sockets, self.faults = workspace, throttle, sockets, faults
        self.calls: list[tuple[str, Json, Json]] = []
        """Each call that was read: method, arguments without the token, answer."""
        self.busy = 0
        self.crashes: list[Exception] = []
        """Mistakes of this server itself: leaving it raises them, so that none passes for a fault of Slack's."""

    def app(self) -> web.Application:
        made = web.Application(client_max_size=MOST_BYTES)
        made.router.add_route("*", "/api/{method}", self.api)
        made.router.add_post("/upload/v1/{ticket}", self.upload)
        made.router.add_post("/{kind:commands|actions}/{team}/{app}/{part}", self.response)
        made.router.add_get("/link/", self.sockets.connect)
        return made

    async def api(self, request: web.Request) -> web.StreamResponse:
        """One call of a Web API method."""
        name = request.match_info["method"]
        self.busy += 1
        try:
            fault = self.faults.due(name)
            if fault and (early := self._before(fault, request, name)):
                return early
            args, token = await arguments(request)
            said, headers, status = await self._answer(name, args, token, str(request.host))
            self.calls.append((name, args, said))
            return await self._after(fault, request, web.json_response(said, status=status, headers=headers))
        except Exception as mistake:
            self.crashes.append(mistake)
            raise
        finally:
            self.busy -= 1
            self.workspace.time.moved()

    async def upload(self, request: web.Request) -> web.StreamResponse:
        fault = self.faults.due("upload")
        if fault and (early := self._before(fault, request, "upload")):
            return early
        return await self._after(fault, request, await files.upload(self.workspace, request))

    async def response(self, request: web.Request) -> web.StreamResponse:
        """A response URL: `ok` as plain text, or the error with its status."""
        fault = self.faults.due("response_url")
        if fault and (early := self._before(fault, request, "response_url")):
            return early
        try:
            said = await request.json()
        except ValueError:
            return web.Response(status=400, text="invalid_payload")
        try:
            respond(self.workspace, request.match_info["part"], said)
        except Refusal as refused:
            return web.Response(status=refused.status, text=refused.error)
        return await self._after(fault, request, web.Response(text="ok"))

    async def _answer(self, name: str, args: Json, token: str, host: str) -> tuple[Json, dict[str, str], int]:
        headers = {"x-slack-req-id": uuid4().hex}
        call = Call(self.workspace, self.throttle, self.sockets, host, args)
        self.throttle.called[name] += 1
        try:
            method = METHODS.get(name)
            if method is None:
                raise Refusal("unknown_method")
            headers |= self._scopes(method)
            self._authenticate(method, token)
            if seconds := self.throttle.wait(name, self._allowed(method), self.workspace.time.now()):
                raise Refusal("ratelimited", status=429, retry_after=seconds)
            if method.scope and not method.app_token:
                call.needs(method.scope)
            said = method.run(call)
            return {"ok": True} | (await said if isawaitable(said) else said), headers, 200
        except Refusal as refused:
            if (seconds := refused.more.pop("retry_after", None)) is not None:
                self.throttle.refused[name] += 1
                headers |= {"Retry-After": str(seconds)}
            return {"ok": False, "error": refused.error} | refused.more, headers, refused.status

    def _scopes(self, method: Method) -> dict[str, str]:
        app = self.workspace.app
        granted = app.app_scopes if method.app_token else app.scopes
        made = {"x-oauth-scopes": ",".join(sorted(granted))}
        return made | ({"x-accepted-oauth-scopes": method.scope} if method.scope else {})

    def _allowed(self, method: Method) -> int | None:
        distributed = self.workspace.app.distributed and method.name == "conversations.history"
        return 1 if distributed else method.a_minute

    def _authenticate(self, method: Method, token: str) -> None:
        app = self.workspace.app
        if method.name == "api.test":
            return
        if not token:
            raise Refusal("not_authed")
        if app.token_error and token in (app.bot_token, app.app_token):
            raise Refusal(app.token_error)
        if token not in (app.bot_token, app.app_token):
            raise Refusal("invalid_auth")
        if method.app_token != (token == app.app_token):
            raise Refusal("not_allowed_token_type")
        if method.app_token and method.scope not in app.app_scopes:
            raise Refusal("missing_scope", needed=method.scope, provided=",".join(sorted(app.app_scopes)))

    def _before(self, fault: Fault, request: web.Request, name: str) -> web.Response | None:
        """What goes wrong before anything is done; the answer then goes nowhere, or is the failure itself."""
        if fault.wrong is Wrong.REQUEST_LOST and request.transport:
            request.transport.close()
            return web.Response()
        if fault.wrong is Wrong.RESET:
            reset(request)
            return web.Response()
        if fault.wrong is Wrong.STATUS:
            page = "<html><body>Something is broken</body></html>"
            return web.Response(status=fault.status, text=page, content_type="text/html")
        if fault.wrong is Wrong.LIMITED:
            self.throttle.refused[name] += 1
            headers = {"Retry-After": str(int(fault.seconds))}
            return web.json_response({"ok": False, "error": "ratelimited"}, status=429, headers=headers)
        if fault.wrong is Wrong.ERROR:
            return web.json_response({"ok": False, "error": fault.error})
        return None

    async def _after(self, fault: Fault | None, request: web.Request, answer: web.Response) -> web.Response:
        """What goes wrong when it is done."""
        if fault is None:
            return answer
        if fault.wrong is Wrong.REPLY_LOST and request.transport:
            request.transport.close()
        elif fault.wrong is Wrong.SLOW:
            await self.workspace.time.passed(fault.seconds)
        elif fault.wrong is Wrong.DONE_ERROR:
            return web.json_response({"ok": False, "error": fault.error})
        return answer


async def arguments(request: web.Request) -> tuple[Json, str]:
    """What was sent, in the query, a form or JSON, and the token apart."""
    made: Json = dict(request.query)
    if request.content_type == "application/json":
        given = json.loads(await request.text() or "{}")
        made |= given if isinstance(given, dict) else {}
    elif request.can_read_body:
        made |= {name: value for name, value in (await request.post()).items() if isinstance(value, str)}
    bearer = request.headers.get("Authorization", "").removeprefix("Bearer ").strip()
    return made, str(made.pop("token", "") or bearer)

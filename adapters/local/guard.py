"""Who may come in: one browser of this machine, by the secret in the printed address, and no other web page.

The secret in the address becomes a session cookie, derived from it, so that neither gives the other away in a log and
an old session stays good for as long as the secret does. Cookies know no ports: the name keeps two networks apart.
"""

import hashlib
import hmac

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

_POLICY = "; ".join(
    (
        "default-src 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "object-src 'none'",
    )
)
_HEADERS = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
KEY = "k"
"""The name of the secret in the address."""

OPEN_TO_ALL = frozenset({"/static/locked.css"})
_A_YEAR = 365 * 24 * 3600


class Guard:
    """The rules of the door, for a server on that port. `locked` is the page shown to who has no key."""

    def __init__(self, secret: str, port: int, locked: str) -> None:
        self._secret, self._locked = secret, locked
        self._session = _derive(secret, "session")
        self._cookie = "headsup_" + _derive(secret, "name")[:8]
        self._hosts = frozenset(f"{host}:{port}" for host in ("127.0.0.1", "localhost"))
        self._origins = frozenset(f"http://{host}" for host in self._hosts)
        self.url = f"http://127.0.0.1:{port}/?{KEY}={secret}"

    def middleware(self) -> Middleware:
        """Checks every request before anything else is done with it."""

        @web.middleware
        async def check(request: web.Request, handler: Handler) -> web.StreamResponse:
            if request.headers.get("Host") not in self._hosts or not self._from_here(request):
                return web.Response(status=403, text="This address is not open to other web pages.\n")
            if KEY in request.query and _same(request.query[KEY], self._secret):
                return self._let_in()
            if request.path not in OPEN_TO_ALL and not _same(request.cookies.get(self._cookie, ""), self._session):
                return web.Response(status=403, text=self._locked, content_type="text/html")
            return await handler(request)

        return check

    def _from_here(self, request: web.Request) -> bool:
        """Whatever can change something, or opens a socket, names its origin, and it is ours."""
        changes = request.method not in ("GET", "HEAD") or "Upgrade" in request.headers
        origin = request.headers.get("Origin")
        return origin in self._origins if changes or origin is not None else True

    def _let_in(self) -> web.Response:
        response = web.Response(status=303, headers={"Location": "/"})
        response.set_cookie(self._cookie, self._session, max_age=_A_YEAR, httponly=True, samesite="Strict", path="/")
        return response


async def add_headers(request: web.Request, response: web.StreamResponse) -> None:
    """Goes out with every response, refusals too."""
    response.headers.update(_HEADERS)


def _derive(secret: str, purpose: str) -> str:
    return hmac.new(secret.encode(), f"headsup local {purpose}".encode(), hashlib.sha256).hexdigest()


def _same(one: str, other: str) -> bool:
    return hmac.compare_digest(one.encode(), other.encode())

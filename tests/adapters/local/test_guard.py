"""Who is let in over real HTTP, and who is not (threats 14 to 17)."""

from collections.abc import AsyncIterator

import aiohttp
import pytest

from adapters.local.platform import LocalPlatform
from adapters.local.server import listen
from tests.adapters.local.client import base, browser, tab
from tests.adapters.scripted import SECRET, Stage

PATHS = ["/", "/live", "/static/app.js", "/static/index.html", "/picture/x/0", "/nothing-here", "/?k=wrong", "/?k="]
EVIL = [
    "http://evil.example",
    "null",
    "http://127.0.0.1",
    "https://127.0.0.1:{port}",
    "http://127.0.0.1:{port}.evil.example",
]


@pytest.fixture
async def local() -> AsyncIterator[LocalPlatform]:
    async with Stage().open() as platform:
        yield platform


async def status(session: aiohttp.ClientSession, path: str, method: str = "GET", **headers: str) -> int:
    async with session.request(method, path, headers=headers, allow_redirects=False) as response:
        return response.status


@pytest.mark.parametrize("path", PATHS)
async def test_without_the_session_everything_is_closed_with_a_kind_sentence(local: LocalPlatform, path: str) -> None:
    async with browser(local, enter=False) as session, session.get(path) as response:
        assert response.status == 403
        assert "opens with the whole link" in await response.text()


async def test_a_forged_cookie_opens_nothing(local: LocalPlatform) -> None:
    async with browser(local) as session:
        [name] = [cookie.key for cookie in session.cookie_jar]
    for value in (SECRET, "", "0" * 64, "é"):
        async with browser(local, enter=False) as session:
            assert await status(session, "/", Cookie=f"{name}={value}") == 403


async def test_the_secret_becomes_a_session_and_leaves_the_address(local: LocalPlatform) -> None:
    async with browser(local, enter=False) as session, session.get(local.url, allow_redirects=False) as response:
        assert (response.status, response.headers["Location"]) == (303, "/")
        cookie = response.headers["Set-Cookie"]
        assert "HttpOnly" in cookie
        assert "SameSite=Strict" in cookie
        assert "Path=/" in cookie
        assert SECRET not in cookie
        assert await status(session, "/") == 200


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:{port}", "127.0.0.1", "127.0.0.1:1", "[::1]:{port}", ""]
)
async def test_another_host_is_refused_even_with_the_session(local: LocalPlatform, host: str) -> None:
    async with browser(local) as session:
        assert await status(session, "/", Host=host.format(port=local.port)) == 403


async def test_localhost_is_a_name_of_ours(local: LocalPlatform) -> None:
    async with browser(local) as session:
        assert await status(session, "/", Host=f"localhost:{local.port}") == 200


@pytest.mark.parametrize("origin", EVIL)
async def test_another_origin_is_refused_for_whatever_it_asks(local: LocalPlatform, origin: str) -> None:
    named = origin.format(port=local.port)
    async with browser(local) as session:
        assert await status(session, "/", "POST", Origin=named) == 403
        assert await status(session, "/", Origin=named) == 403
        with pytest.raises(aiohttp.WSServerHandshakeError, match="403"):
            await session.ws_connect("/live", headers={"Origin": named})


async def test_what_changes_something_must_name_its_origin(local: LocalPlatform) -> None:
    async with browser(local) as session:
        for method in ("POST", "PUT", "DELETE", "PATCH", "OPTIONS"):
            assert await status(session, "/", method) == 403
        with pytest.raises(aiohttp.WSServerHandshakeError, match="403"):
            await session.ws_connect("/live")
        assert await status(session, "/", "POST", Origin=base(local)) == 405


async def test_a_socket_needs_the_session_too(local: LocalPlatform) -> None:
    async with browser(local, enter=False) as session:
        with pytest.raises(aiohttp.WSServerHandshakeError, match="403"):
            await session.ws_connect("/live", headers={"Origin": base(local)})
    async with browser(local) as session, tab(session, local) as opened:
        assert await opened.ok("hello")


async def test_every_response_carries_the_strict_headers(local: LocalPlatform) -> None:
    async with browser(local) as session:
        for path in ("/", "/static/app.js", "/static/no.js", "/picture/x/0", "/?k=wrong"):
            async with session.get(path) as response:
                policy = response.headers["Content-Security-Policy"].split("; ")
                assert {"default-src 'self'", "frame-ancestors 'none'", "base-uri 'none'"} <= set(policy)
                assert {"form-action 'self'", "object-src 'none'"} <= set(policy)
                assert "unsafe" not in str(policy)
                assert response.headers["X-Content-Type-Options"] == "nosniff"
                assert response.headers["Referrer-Policy"] == "no-referrer"
                assert response.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    "name", ["..%2fguard.py", "%2e%2e/platform.py", "words.js%00", ".hidden.js", "x.py", "sub%2fx.js"]
)
async def test_no_other_file_is_served(local: LocalPlatform, name: str) -> None:
    async with browser(local) as session:
        assert await status(session, f"/static/{name}") in (400, 404)


def test_the_space_listens_on_loopback_alone() -> None:
    with listen(0) as listening:
        assert listening.getsockname()[0] == "127.0.0.1"


async def test_a_port_that_is_taken_means_the_next(local: LocalPlatform) -> None:
    async with Stage().open(local.port) as second:
        assert second.port > local.port
        async with browser(second) as session:
            assert await status(session, "/") == 200


async def test_two_networks_on_one_machine_keep_their_sessions_apart(local: LocalPlatform) -> None:
    async with Stage().open(secret="another secret") as other, browser(local) as session:
        async with session.get(other.url) as response:
            assert response.status == 200
        assert len(list(session.cookie_jar)) == 2
        assert await status(session, f"{base(local)}/") == await status(session, f"{base(other)}/") == 200

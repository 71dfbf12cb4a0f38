"""A plain Bolt app that does little, to try the server with: the real Bolt, over sockets or HTTP."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from tests.slack.server import SlackServer


def plain_app(slack: SlackServer, client: AsyncWebClient) -> AsyncApp:
    """Bolt with nothing on it yet."""
    return AsyncApp(client=client, signing_secret=slack.app.signing_secret, process_before_response=True)


@asynccontextmanager
async def over_sockets(app: AsyncApp, slack: SlackServer, sockets: int = 1, pings: float = 5) -> AsyncIterator[None]:
    """Connected for as long as the block lasts."""
    handlers = [AsyncSocketModeHandler(app, slack.app.app_token, ping_interval=pings) for _ in range(sockets)]
    for handler in handlers:
        await handler.connect_async()  # type: ignore[no-untyped-call]
    await slack.connected(sockets)
    try:
        yield
    finally:
        for handler in handlers:
            await handler.close_async()  # type: ignore[no-untyped-call]

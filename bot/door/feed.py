"""Where members' calendars are fetched: a listener of its own, if the config says where it is seen from."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.config import Configured
from bot.core.errors import OperatorError
from bot.door.wiring import Parts


@asynccontextmanager
async def feeding(configured: Configured, parts: Parts) -> AsyncIterator[None]:
    """Listen for as long as this is entered. Raises OperatorError where that is not possible."""
    section = configured.config.calendar
    if not section.url:
        yield
        return
    from adapters.feed.listener import Listener  # only where there is one: it is loaded with all of its web server

    try:
        async with Listener(parts.door, parts.clock).listening(section.host, section.port):
            yield
    except OSError as problem:
        where = f"{section.host}:{section.port}"
        raise OperatorError(
            f"calendar.port: {where} cannot be listened to ({problem.strerror}); name another"
        ) from None

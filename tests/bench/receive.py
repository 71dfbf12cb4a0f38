"""The whole bot over the measured network."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from bot.chat.address import Account
from bot.chat.inbound import Inbound, Pressed
from bot.checkins.actions import AnswerCheckin
from bot.checkins.model import Outcome
from bot.config import Config, Configured
from bot.door.wiring import Parts, open_parts
from scheduler.clocks import SteppableClock
from storage.house import Home
from tests.bench.work import AT, Press


def configured_in(folder: Path) -> Configured:
    """A demo network in a folder of its own."""
    return Configured(Config(), folder)


@asynccontextmanager
async def network(configured: Configured) -> AsyncIterator[Parts]:
    """The bot, on its storage."""
    clock = SteppableClock(AT, lambda: 0.0)
    parts = await open_parts(configured, clock, Home("local", "w"), frozenset())
    try:
        yield parts
    finally:
        await parts.storage.close()


def inbound_of(press: Press) -> Inbound:
    """Somebody presses [We talked]."""
    pressed = Pressed(AnswerCheckin(press.group, Outcome.TALKED).pack())
    return Inbound(f"bench:{press.number}", AT, pressed, Account("local", "w", press.account[8:]))

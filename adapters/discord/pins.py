"""Keeping a message in sight in its channel, where the server lets the bot. What goes wrong with that is no fault of
the message: it was said, and stays said."""

import asyncio
import logging
from collections.abc import Callable

from adapters.discord.calls import Calls
from adapters.discord.errors import Failed
from adapters.discord.text import NAME
from bot.chat.outbound import Refused, Why

PIN = "/channels/{channel_id}/messages/pins/{message_id}"
PATIENCE = 3.0
"""Seconds: with the message itself it stays within the courier's patience."""
NO_MESSAGE, MAY_NOT, TOO_MANY = 10008, 50013, 30003
_MENDS = {
    MAY_NOT: "in Discord, right-click that channel, Edit Channel, Permissions, add HeadsUp, and allow Pin Messages",
    TOO_MANY: "in Discord, open the channel’s pinned messages, and unpin what nobody needs any more",
}

log = logging.getLogger("headsup.discord")


class Pins:
    """Pins. `operator` hears once what keeps the bot from it."""

    def __init__(self, calls: Calls, operator: Callable[[str, str], None]) -> None:
        self._calls, self._operator = calls, operator
        self._told: set[int] = set()

    async def set(self, channel: str, message: str, pins: bool) -> None:
        """Pin it, or take its pin away; what is so already may be told again. Never raises for what Discord or an
        operator can do wrong."""
        try:
            async with asyncio.timeout(PATIENCE):
                await self._calls("PUT" if pins else "DELETE", PIN, channel_id=channel, message_id=message)
        except TimeoutError:
            log.warning("a message could not be pinned, or its pin taken away, in time")
        except Failed as failed:
            if failed.code != NO_MESSAGE:
                self._tell(failed)

    def _tell(self, failed: Failed) -> None:
        outcome = failed.outcome
        mend = _MENDS.get(failed.code) or (outcome.says if _is_for_the_operator(outcome) else "")
        if mend and failed.code not in self._told:
            self._told.add(failed.code)
            self._operator(NAME, f"a message was posted, and not pinned: {mend}")
        else:
            log.warning("a message could not be pinned (%s)", outcome.says)


def _is_for_the_operator(outcome: object) -> bool:
    return isinstance(outcome, Refused) and outcome.why is Why.FORBIDDEN

"""Keeping a message in sight in its channel, where the workspace lets the app. What goes wrong with that is no fault of
the message: it was said, and stays said."""

import asyncio
import logging
from collections.abc import Callable

from adapters.slack.calls import Calls
from adapters.slack.errors import Failed
from adapters.slack.text import NAME
from bot.chat.outbound import Refused, Why

PATIENCE = 3.0
"""Seconds: with the message itself it stays within the courier's patience."""
NO_NEED = frozenset({"already_pinned", "no_pin", "not_pinned", "message_not_found"})
"""It is as it should be already, or somebody has taken it away meanwhile."""

log = logging.getLogger("headsup.slack")


class Pins:
    """Pins. `operator` hears once what keeps the app from it."""

    def __init__(self, calls: Calls, operator: Callable[[str, str], None]) -> None:
        self._calls, self._operator = calls, operator
        self._told = False

    async def set(self, place: str, message: str, pins: bool) -> None:
        """Pin it, or take its pin away. Never raises for what Slack or an operator can do wrong."""
        try:
            async with asyncio.timeout(PATIENCE):
                await self._calls("pins.add" if pins else "pins.remove", channel=place, timestamp=message)
        except TimeoutError:
            log.warning("a message could not be pinned, or its pin taken away, in time")
        except Failed as failed:
            if failed.error not in NO_NEED:
                self._tell(failed)

    def _tell(self, failed: Failed) -> None:
        outcome = failed.outcome
        if isinstance(outcome, Refused) and outcome.why is Why.FORBIDDEN and not self._told:
            self._told = True
            self._operator(NAME, f"a message was posted, and not pinned: {outcome.says}")
        else:
            log.warning("a message could not be pinned (%s)", outcome.says)

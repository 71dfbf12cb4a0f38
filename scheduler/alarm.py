"""The alarm: the database or its disk fails, and nothing can be written down. The one way out beside the outbox."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

import structlog

from bot.chat.outbound import Parcel, Refused, ToChannel
from bot.chat.platform import Platform
from bot.chat.view import View
from bot.core.clock import Clock
from scheduler.waiting import within

ONCE_AN = timedelta(hours=1)
_AFTER_REFUSAL = timedelta(minutes=1)
_LIMIT = timedelta(seconds=10)

_log = structlog.get_logger("scheduler")


class Alarm:
    """Says `view`, from memory, in the organisers' channels (`where`: platform and channel), at most once an hour."""

    def __init__(
        self, clock: Clock, platforms: Mapping[str, Platform], where: Sequence[tuple[str, ToChannel]], view: View
    ) -> None:
        self._clock, self._platforms, self._where, self._view = clock, platforms, where, view
        self._quiet_from: datetime | None = None
        self._quiet_until: datetime | None = None

    async def ring(self) -> None:
        """Never raises; where no channel could be reached, the next ring in a minute's time is tried again."""
        now = self._clock.now()
        if self._is_quiet(now):
            return
        self._be_quiet(now, _AFTER_REFUSAL)
        _log.error("the database or its disk fails: nothing can be saved; look at `headsup check`")
        heard = [await self._say(platform, channel, now) for platform, channel in self._where]
        if any(heard):
            self._be_quiet(now, ONCE_AN)

    def _is_quiet(self, now: datetime) -> bool:
        begun, over = self._quiet_from, self._quiet_until
        return begun is not None and over is not None and begun <= now < over

    def _be_quiet(self, now: datetime, how_long: timedelta) -> None:
        self._quiet_from, self._quiet_until = now, now + how_long

    async def _say(self, platform: str, channel: ToChannel, now: datetime) -> bool:
        if platform not in self._platforms:
            return False
        parcel = Parcel(mark=f"alarm-{now:%Y%m%d%H%M}", platform=platform, to=channel, view=self._view)
        try:
            outcome = await within(self._clock, _LIMIT, self._platforms[platform].deliver(parcel))
        except Exception as error:
            _log.error("the alarm could not be said", platform=platform, error=type(error).__name__)
            return False
        return not isinstance(outcome, Refused)

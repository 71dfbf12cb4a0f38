"""The one door through which time comes in."""

from datetime import datetime
from typing import Protocol


class Clock(Protocol):
    """A source of time. Every instant is an aware datetime in UTC."""

    def now(self) -> datetime: ...

    async def sleep_until(self, instant: datetime) -> None: ...

"""The port that an adapter fills."""

from collections.abc import Awaitable, Callable
from typing import Protocol, TypeAlias

from bot.chat.inbound import Inbound
from bot.chat.outbound import Outcome, Parcel, Receipt, Reply

Door: TypeAlias = Callable[[Inbound], Awaitable[Reply]]
"""Where an adapter hands in what it heard: `Bot.receive`. Raises NotKept for what nobody waits for on a screen."""


class NotKept(Exception):
    """Somebody came or left, and it could not be kept: whoever can hand it in again should, under the same key."""


class CannotLook(Exception):
    """This platform cannot tell whether it has a parcel."""


class Platform(Protocol):
    """One place where members are. A translator, never a thinker."""

    @property
    def name(self) -> str: ...

    async def run(self, door: Door) -> None:
        """Listen and hand in what comes, until closed."""
        ...

    async def deliver(self, parcel: Parcel) -> Outcome:
        """Try once to hand over a parcel. Never raises for what a platform may do."""
        ...

    async def find(self, parcel: Parcel) -> Receipt | None:
        """Look for a parcel whose delivery was unclear, by its mark. Raises CannotLook where that is not possible."""
        ...

    async def close(self) -> None:
        """Finish the answers being given, then stop listening."""
        ...

"""The port that an adapter fills."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Protocol, TypeAlias

from bot.chat.inbound import Inbound
from bot.chat.outbound import Outcome, Parcel, Receipt, Refused, Reply, Why

Door: TypeAlias = Callable[[Inbound], Awaitable[Reply]]
"""Where an adapter hands in what it heard: `Bot.receive`. Raises NotKept for what nobody waits for on a screen."""


class NotKept(Exception):
    """Somebody came or left, and it could not be kept: whoever can hand it in again should, under the same key."""


class CannotLook(Exception):
    """This platform cannot tell whether it has a parcel."""


class AskedToWait(Exception):
    """A platform wants to be looked into less often: not again before `wait` is over, where it says how long."""

    def __init__(self, wait: timedelta | None = None) -> None:
        super().__init__("slow down")
        self.wait = wait


def not_looked(outcome: Outcome, error: Exception) -> Exception:
    """What is raised where looking ended like that: the `error` itself, but where the platform wants it slower."""
    match outcome:
        case Refused(why=Why.SLOW_DOWN, wait=wait):
            return AskedToWait(wait)
        case _:
            return error


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
        """Look for a parcel whose delivery was unclear, by its mark. Raises CannotLook where that is not possible, and
        AskedToWait where it is not now."""
        ...

    async def close(self) -> None:
        """Finish the answers being given, then stop listening."""
        ...

"""The in-memory twin: a platform over a space, for tests and rehearsals, with faults where one asks for them."""

import asyncio
from typing import Protocol

from adapters.space.post import accept, look
from adapters.space.space import Space
from bot.chat.outbound import Outcome, Parcel, Receipt, Refused, Unclear
from bot.chat.platform import Door


class Faults(Protocol):
    """What goes wrong on the way. None means: nothing, this time."""

    def before(self, parcel: Parcel) -> Refused | Unclear | None:
        """Instead of taking the parcel: a refusal, or a request that is lost."""
        ...

    def after(self, parcel: Parcel) -> Unclear | None:
        """The parcel was taken, and the answer is lost."""
        ...


class Fine:
    """Nothing ever goes wrong."""

    def before(self, parcel: Parcel) -> Refused | Unclear | None:
        return None

    def after(self, parcel: Parcel) -> Unclear | None:
        return None


_FINE = Fine()


class MemoryPlatform:
    """Platform over a Space. It dedupes nothing: what is delivered twice is there twice, for all to see.

    Gestures come from `Hands(space, bot.receive)`; `run` only waits until it is closed.
    """

    def __init__(self, space: Space, faults: Faults = _FINE) -> None:
        self.space, self._faults = space, faults
        self._closed = asyncio.Event()

    @property
    def name(self) -> str:
        return self.space.platform

    async def run(self, door: Door) -> None:
        await self._closed.wait()

    async def deliver(self, parcel: Parcel) -> Outcome:
        fault = self._faults.before(parcel)
        if fault is not None:
            return fault
        outcome = self.take(parcel)
        return self._faults.after(parcel) or outcome

    def take(self, parcel: Parcel) -> Outcome:
        """What becomes of a parcel that has come this far."""
        return accept(self.space, parcel)

    async def find(self, parcel: Parcel) -> Receipt | None:
        return look(self.space, parcel)

    async def close(self) -> None:
        self._closed.set()

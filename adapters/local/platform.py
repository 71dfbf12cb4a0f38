"""The embedded default: a community space in the browser, for demo networks. No account, no token, no network."""

import asyncio
from collections.abc import Sequence

from adapters.local.answers import Answers
from adapters.local.files import read_static
from adapters.local.guard import Guard
from adapters.local.server import Server, listen
from adapters.local.timebar import TimeBar
from adapters.space.hands import Hands
from adapters.space.post import accept, look
from adapters.space.space import Space
from bot.chat.command import Command
from bot.chat.outbound import Outcome, Parcel, Receipt
from bot.chat.platform import Door


class LocalPlatform:
    """Platform over a Space that people enter with a browser.

        local = LocalPlatform(space, commands, bar, secret, port)
        print(local.url)                # it listens from its making; `run` answers
        await local.run(bot.receive)

    `secret` is kept by the caller in a file of its own (0600): with the same one, old sessions stay good.
    A port that is taken means the next; `url` names the real one. Raises OSError where none is free.
    """

    def __init__(self, space: Space, commands: Sequence[Command], bar: TimeBar, secret: str, port: int) -> None:
        self.space, self._commands, self._bar = space, commands, bar
        listening = listen(port)
        self.port: int = listening.getsockname()[1]
        guard = Guard(secret, self.port, read_static("locked.html"))
        self._server = Server(space, guard, listening)
        self._closing, self._closed = asyncio.Event(), asyncio.Event()
        self._running = False
        self.url = guard.url

    @property
    def name(self) -> str:
        return self.space.platform

    async def run(self, door: Door) -> None:
        self._running = True
        hands = Hands(self.space, door)
        await self._server.start(Answers(self.space, hands, self._commands, self._bar, self._server.tell_all))
        try:
            await self._closing.wait()
        finally:
            await self._server.stop()
            self._closed.set()

    async def deliver(self, parcel: Parcel) -> Outcome:
        return accept(self.space, parcel)

    async def find(self, parcel: Parcel) -> Receipt | None:
        return look(self.space, parcel)

    async def close(self) -> None:
        self._closing.set()
        if self._running:
            await self._closed.wait()
        else:
            await self._server.stop()

"""One open tab: what it asks is answered, and what changes for those it watches is told to it at once."""

import asyncio
import logging
from collections.abc import Sequence
from contextlib import suppress
from typing import assert_never

import msgspec
from aiohttp import WSMsgType, web

from adapters.local import scene, wire
from adapters.local.answers import Answers, Unknown
from adapters.local.render import Drawn
from adapters.local.tasks import Tasks
from adapters.space.hands import NotHere
from adapters.space.model import Change, Conversation, Message, Persona, Removed, Seen, can_see
from adapters.space.space import Space

_log = logging.getLogger(__name__)
_WAITING = 5_000
"""A tab that lets more pieces of news lie than this is cut off: it comes back and reads all anew."""


class Tab:
    """A browser tab at the other end of a socket."""

    def __init__(self, socket: web.WebSocketResponse, space: Space, answers: Answers, tasks: Tasks) -> None:
        self._socket, self._space, self._answers, self._tasks = socket, space, answers, tasks
        self._news: asyncio.Queue[Drawn] = asyncio.Queue(_WAITING)
        self._watched: tuple[str, ...] = ()

    async def stay(self) -> None:
        """Until the tab is closed, or the space is."""
        leave = self._space.subscribe(self._hear)
        writer = asyncio.create_task(self._write())
        try:
            async for frame in self._socket:
                if frame.type is WSMsgType.TEXT:
                    self._tasks.begin(self._answer(frame.data))
        finally:
            leave()
            writer.cancel()

    async def hang_up(self) -> None:
        """The tab will call again, and read all anew."""
        await self._socket.close(code=1001)

    def tell(self, news: Drawn) -> None:
        """Say it as soon as the tab can hear it."""
        try:
            self._news.put_nowait(news)
        except asyncio.QueueFull:
            self._tasks.begin(self.hang_up())

    async def _write(self) -> None:
        """All that waits goes in one frame. A tab that is gone meanwhile needs none."""
        with suppress(ConnectionError):
            while True:
                news = [await self._news.get()]
                news += [self._news.get_nowait() for _ in range(self._news.qsize())]
                await self._socket.send_str(wire.write(news).decode())

    async def _answer(self, frame: str) -> None:
        try:
            question = wire.read(frame)
        except msgspec.DecodeError:
            self.tell({"re": 0, "no": "unreadable"})
        else:
            self.tell({"re": question.n, **await self._try(question)})

    async def _try(self, question: wire.Question) -> Drawn:
        """What is asked may be out of date: then a word says so. The bot has a sentence for its own errors."""
        self._watch(question)
        try:
            return {"ok": await self._answers.answer(question, self._watched)}
        except NotHere:
            return {"no": "left"}
        except Unknown:
            return {"no": "unknown"}
        except Exception as error:
            _log.error("the community space could not answer %s: %s", type(question).__name__, type(error).__name__)
            return {"no": "failed"}

    def _watch(self, question: wire.Question) -> None:
        match question:
            case wire.Be(user=user):
                self._watched = (*(one for one in self._watched if one != user), user)
            case wire.Part(user=user):
                self._watched = tuple(one for one in self._watched if one != user)

    def _hear(self, change: Change) -> None:
        for news in self._news_of(change):
            self.tell(news)

    def _news_of(self, change: Change) -> Sequence[Drawn]:
        match change:
            case Persona():
                return [{"news": "persona", "persona": scene.draw_persona(change)}]
            case Conversation():
                return [self._place_for(user, change) for user in self._readers(change)]
            case Message():
                return self._message_for(change)
            case Removed(conversation, message):
                return self._gone(self._space.conversation(conversation), message)
            case Seen(user, conversation):
                return [{"news": "seen", "user": user, "conversation": conversation}] if user in self._watched else []
            case _:
                assert_never(change)

    def _message_for(self, message: Message) -> Sequence[Drawn]:
        readers = self._readers(self._space.conversation(message.conversation))
        if message.only_for:
            readers = [user for user in readers if user == message.only_for]
        return [{"news": "message", "message": scene.draw_message(message)}] if readers else []

    def _gone(self, place: Conversation, message: str) -> Sequence[Drawn]:
        """The message is not there any more; and what that changes in the list of places."""
        readers = self._readers(place)
        gone: Drawn = {"news": "removed", "conversation": place.id, "message": message}
        return [gone, *(self._place_for(user, place) for user in readers)] if readers else []

    def _place_for(self, user: str, place: Conversation) -> Drawn:
        drawn = scene.draw_conversation(self._space, place, user)
        return {"news": "conversation", "user": user, "conversation": drawn}

    def _readers(self, place: Conversation) -> Sequence[str]:
        return [user for user in self._watched if can_see(self._space.persona(user), place)]

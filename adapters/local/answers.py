"""What a tab asks, done: read the space, move a person's hands, let time pass."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import assert_never

from adapters.local import scene, wire
from adapters.local.render import Drawn
from adapters.local.timebar import TimeBar
from adapters.space.hands import Hands
from adapters.space.model import Conversation, Persona
from adapters.space.space import Space
from bot.chat.address import Account
from bot.chat.command import Command

_DONE: Drawn = {}


class Unknown(Exception):
    """Nobody, or no place, that we know under that name."""


class Answers:
    """Answers of one space. `tell_all` says something to every open tab.

    Whoever holds the session may be anybody, so that nothing here asks by what right; but nobody can look into a
    conversation, or press what stands in it, as somebody who is not there: to them there is no such place.
    """

    def __init__(
        self,
        space: Space,
        hands: Hands,
        commands: Sequence[Command],
        bar: TimeBar,
        tell_all: Callable[[Drawn], None],
    ) -> None:
        self._space, self._hands, self._commands, self._bar = space, hands, commands, bar
        self._tell_all = tell_all
        self._one_jump = asyncio.Lock()

    async def answer(self, question: wire.Question, watched: Sequence[str]) -> Drawn:
        """Do it. Raises Unknown for nobody and no place we know, NotHere for who has left."""
        match question:
            case wire.Hello():
                return self._hello()
            case wire.Be(user=user):
                return self._be(user)
            case wire.Part():
                return _DONE
            case wire.Open(user=user, conversation=place):
                return self._open(user, place)
            case wire.Look(user=user):
                return await self._look(user)
            case wire.See(user=user, conversation=place):
                self._space.read(user, self._place(user, place).id)
                return _DONE
            case wire.Join(name=name):
                return await self._join(name)
            case wire.Write(user=user, other=other):
                place = self._space.direct(self._account(user), self._account(other)).id
                return {"conversation": place}
            case wire.Time():
                return scene.draw_time(self._bar)
            case wire.Jump(until=until):
                return await self._jump(until.astimezone(UTC), watched)
            case wire.Use() | wire.Press() | wire.Submit() | wire.Say():
                return await self._gesture(question)
            case _:
                assert_never(question)

    def _hello(self) -> Drawn:
        return {
            "people": [scene.draw_persona(persona) for persona in self._space.everybody()],
            "commands": [scene.draw_command(command) for command in self._commands],
            "time": scene.draw_time(self._bar),
            "jumping": self._one_jump.locked(),
        }

    def _be(self, user: str) -> Drawn:
        places = self._space.conversations(self._account(user).user)
        return {"conversations": [scene.draw_conversation(self._space, place, user) for place in places]}

    def _open(self, user: str, place: str) -> Drawn:
        said = self._space.history(self._place(user, place).id, user)
        return {"messages": [scene.draw_message(message) for message in said]}

    async def _look(self, user: str) -> Drawn:
        """The page, as a message for that person alone; none where it stays as it was drawn last."""
        reply = await self._hands.look(self._account(user))
        if reply.view is None:
            return {"messages": []}
        return {"messages": [scene.draw_home(user, self._space.now(), reply.view, reply.accounts)]}

    async def _join(self, name: str) -> Drawn:
        if not name.strip():
            raise Unknown
        return {"user": (await self._hands.join(name)).user}

    async def _gesture(self, question: wire.Use | wire.Press | wire.Submit | wire.Say) -> Drawn:
        who, hands = self._account(question.user), self._hands
        place = self._place(question.user, question.conversation).id
        match question:
            case wire.Use(tree=tree, words=words):
                reply = await hands.use(who, tree, words, place)
            case wire.Press(message=message, action=action, values=values):
                reply = await hands.press(who, message, action, values, place)
            case wire.Submit(message=message, action=action, values=filled):
                reply = await hands.submit(who, action, filled, message, place)
            case wire.Say(text=text):
                reply = await hands.say(who, place, text)
            case _:
                assert_never(question)
        return scene.draw_reply(reply)

    async def _jump(self, until: datetime, watched: Sequence[str]) -> Drawn:
        async with self._one_jump:
            self._tell_time(self._bar.now())
            try:
                lines = await self._bar.jump(until, self._tell_time)
            finally:
                self._tell_all({"news": "time", "time": scene.draw_time(self._bar)})
        return {"happened": scene.draw_happened(self._space, lines, watched)}

    def _tell_time(self, now: datetime) -> None:
        self._tell_all({"news": "passing", "now": now.isoformat()})

    def _account(self, user: str) -> Account:
        return self._persona(user).account

    def _persona(self, user: str) -> Persona:
        try:
            return self._space.persona(user)
        except KeyError:
            raise Unknown from None

    def _place(self, user: str, conversation: str) -> Conversation:
        place = next(
            (one for one in self._space.conversations(self._persona(user).user) if one.id == conversation), None
        )
        if place is None:
            raise Unknown
        return place

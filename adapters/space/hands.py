"""What a person can do in the space. Each gesture becomes an Inbound; the reply is shown where the gesture was made."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager

from adapters.space.model import Kind, Message, Persona
from adapters.space.space import Space
from bot.chat.address import Account
from bot.chat.command import Tree
from bot.chat.inbound import Inbound, Joined, Left, Opened, Pressed, Submitted, Typed, Used, What, Who
from bot.chat.outbound import NOTHING, Reply
from bot.chat.platform import Door, NotKept


class NotHere(Exception):
    """Who left the space, or was never in it, can do nothing there."""


class Hands:
    """Hands for everybody, real or fictional. What a form asks comes back in the reply for the caller to fill in."""

    def __init__(self, space: Space, door: Door) -> None:
        self._space, self._door = space, door
        self._busy = 0
        self._still = asyncio.Event()
        self._still.set()

    async def join(self, name: str, note: str = "", who: Who = Who.PERSON) -> Account:
        """Come in, and be announced to the bot."""
        account = self._space.join(name, note, who=who)
        await self._knock(account, Joined(self._space.persona(account.user).name))
        return account

    async def leave(self, account: Account) -> None:
        """Go, and let the bot know."""
        persona = self._check(account)
        self._space.leave(account)
        await self._send(persona, Left())

    async def look(self, account: Account) -> Reply:
        """Open the bot's home page. It is drawn for whoever looks, and stands in no conversation."""
        return await self._knock(account, Opened())

    async def use(self, account: Account, tree: Tree, words: str = "", conversation: str = "") -> Reply:
        """Type a command, in a conversation or in the bot's own."""
        return self._show(account, conversation, None, await self._knock(account, Used(tree, words)))

    async def press(
        self, account: Account, message: str, action: str, values: Sequence[str] = (), conversation: str = ""
    ) -> Reply:
        """Press a button or choose an option. `conversation` says where, should the message be gone meanwhile."""
        reply = await self._knock(account, Pressed(action, tuple(values)))
        return self._show(account, conversation, self._space.message(message), reply)

    async def submit(
        self,
        account: Account,
        action: str,
        values: Mapping[str, tuple[str, ...]],
        message: str = "",
        conversation: str = "",
    ) -> Reply:
        """Send a form or a search; `message` is the one whose press opened it."""
        reply = await self._knock(account, Submitted(action, values))
        return self._show(account, conversation, self._space.message(message), reply)

    async def say(self, account: Account, conversation: str, text: str) -> Reply:
        """Type some words. The bot learns that something was typed to it, never what; among people it hears nothing."""
        self._check(account)
        self._space.say(account, conversation, text)
        if self._space.conversation(conversation).kind is not Kind.BOT:
            return NOTHING
        return self._show(account, conversation, None, await self._knock(account, Typed()))

    async def settled(self) -> None:
        """Wait until no gesture is waiting for its reply."""
        await self._still.wait()

    async def _knock(self, account: Account, what: What) -> Reply:
        return await self._send(self._check(account), what)

    async def _send(self, persona: Persona, what: What) -> Reply:
        inbound = Inbound(self._space.new_id(), self._space.now(), what, persona.account, persona.name, who=persona.who)
        async with self._working():
            try:
                return await self._door(inbound)
            except NotKept:  # there is nobody here who would hand it in again
                return NOTHING

    def _check(self, account: Account) -> Persona:
        try:
            persona = self._space.persona(account.user)
        except KeyError:
            raise NotHere from None
        if not persona.present:
            raise NotHere
        return persona

    def _show(self, account: Account, conversation: str, pressed: Message | None, reply: Reply) -> Reply:
        place = pressed.conversation if pressed else conversation or self._space.bot_conversation(account).id
        if reply.replace and pressed:
            self._space.edit(pressed.id, reply.replace, reply.accounts)
        elif reply.replace:
            self._space.post(place, reply.replace, accounts=reply.accounts, only_for=account.user)
        if reply.view:
            self._space.post(place, reply.view, accounts=reply.accounts, only_for=account.user)
        return reply

    @asynccontextmanager
    async def _working(self) -> AsyncIterator[None]:
        self._busy += 1
        self._still.clear()
        try:
            yield
        finally:
            self._busy -= 1
            if not self._busy:
                self._still.set()

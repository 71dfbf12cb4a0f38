"""All that anybody was shown in a world, as it was shown: replies and forms, messages and what came in their place."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec

from adapters.space.model import Change, Kind, Message
from bot.chat.form import Form, Search
from bot.chat.inbound import Inbound
from bot.chat.outbound import Reply
from bot.chat.view import Buttons, Select, View, words_of_view
from tests.world.world import World


@dataclass(frozen=True)
class Glimpse:
    """Something shown to these accounts (by user). `words` is what they read, `all_of_it` every byte that travelled;
    `actions` can be pressed or sent, `options` are what a select or a field offered."""

    at: datetime
    readers: frozenset[str]
    shows: View | Form | Search
    mark: str = ""

    @property
    def words(self) -> str:
        if isinstance(self.shows, View):
            return words_of_view(self.shows)
        labels = [one.label for one in self.shows.fields] if isinstance(self.shows, Form) else [self.shows.label]
        return "\n".join([self.shows.title, *labels, *self._filled_in()])

    @property
    def all_of_it(self) -> str:
        return str(msgspec.to_builtins(self.shows, builtin_types=(bytes, datetime)))

    @property
    def actions(self) -> tuple[str, ...]:
        return tuple(_actions(self.shows))

    def _filled_in(self) -> Iterator[str]:
        for one in self.shows.fields if isinstance(self.shows, Form) else ():
            yield str(getattr(one, "value", "") or "")


class Overheard:
    """Listens in on a world from now on."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.glimpses: list[Glimpse] = []
        self._receive = world.parts.bot.receive
        world.parts.bot.receive = self._listen  # type: ignore[method-assign]
        world.space.subscribe(self._note)

    async def _listen(self, inbound: Inbound) -> Reply:
        reply = await self._receive(inbound)
        readers = frozenset({inbound.account.user} if inbound.account else ())
        for shows in (reply.view, reply.replace, reply.ask):
            if shows is not None:
                self.glimpses.append(Glimpse(inbound.at, readers, shows))
        return reply

    def _note(self, change: Change) -> None:
        if isinstance(change, Message) and isinstance(change.view, View):
            readers = frozenset(self._readers(change))
            self.glimpses.append(Glimpse(change.at, readers, change.view, change.mark))

    def _readers(self, message: Message) -> Iterator[str]:
        place = self.world.space.conversation(message.conversation)
        if message.only_for:
            yield message.only_for
        elif place.kind is Kind.CHANNEL:
            for persona in self.world.space.accounts():
                if persona.organiser or not place.organisers_only:
                    yield persona.user
        else:
            yield from place.people


def _actions(shows: Any) -> Iterator[str]:
    if isinstance(shows, Form | Search):
        yield shows.action
    for block in shows.blocks if isinstance(shows, View) else ():
        if isinstance(block, Buttons):
            yield from (button.action for button in block.row)
        elif isinstance(block, Select):
            yield block.action

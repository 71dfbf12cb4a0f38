"""How made-up people live in the space: their bodies there, and their ears."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import datetime

from adapters.people.model import Head, Heard, Place
from adapters.people.people import People
from adapters.space.hands import Hands
from adapters.space.model import BOT, Change, Conversation, Kind, Message
from adapters.space.space import Space
from bot.chat.address import EVENTS, Account
from bot.chat.command import Tree
from bot.chat.inbound import Inbound, Joined
from bot.chat.outbound import Reply
from bot.chat.platform import Door, NotKept

_PLACES = {
    Kind.BOT: Place.BOT,
    Kind.CIRCLE: Place.CIRCLE,
    Kind.DIRECT: Place.DIRECT,
    Kind.CHANNEL: Place.CHANNEL,
}


class Bodies:
    """Body (adapters/people) over the space's hands. The cast's user ids are fixed; the space makes up all others."""

    def __init__(self, space: Space, door: Door, organiser: str) -> None:
        self._space, self._door, self._organiser = space, door, organiser
        self._hands = Hands(space, door)

    async def come(self, head: Head) -> None:
        account = self._space.join(head.name, head.note, head.user == self._organiser, head.user)
        inbound = Inbound(self._space.new_id(), self._space.now(), Joined(head.name), account, head.name)
        with suppress(NotKept):  # it was worth an alarm; a space of made-up people hands nothing in again
            await self._door(inbound)

    async def go(self, user: str) -> None:
        await self._hands.leave(self._account(user))

    async def look(self, user: str) -> Reply:
        return await self._hands.look(self._account(user))

    async def use(self, user: str, tree: Tree, words: str) -> Reply:
        return await self._hands.use(self._account(user), tree, words)

    async def press(self, user: str, conversation: str, message: str, action: str, values: Sequence[str]) -> Reply:
        self._space.read(user, conversation)
        return await self._hands.press(self._account(user), message, action, values, conversation)

    async def submit(
        self, user: str, conversation: str, message: str, action: str, values: Mapping[str, tuple[str, ...]]
    ) -> Reply:
        return await self._hands.submit(self._account(user), action, values, message, conversation)

    async def say(self, user: str, conversation: str, text: str) -> None:
        await self._hands.say(self._account(user), conversation, text)

    def home(self, user: str) -> str:
        return self._space.bot_conversation(self._account(user)).id

    def channel(self, name: str) -> str:
        return self._space.channel(name).id

    def here(self, user: str) -> bool:
        return self.ever_here(user) and self._space.persona(user).present

    def ever_here(self, user: str) -> bool:
        try:
            self._space.persona(user)
        except KeyError:
            return False
        return True

    def name(self, user: str) -> str:
        return self._space.persona(user).name

    def history(self, user: str, since: datetime) -> Sequence[Heard]:
        if not self.ever_here(user):
            return ()
        heard = [
            heard_by(user, place, message)
            for place in self._space.conversations(user)
            for message in self._space.history(place.id, user)
            if message.at > since
        ]
        return sorted(heard, key=lambda one: one.at)

    def _account(self, user: str) -> Account:
        return self._space.persona(user).account


def listen(space: Space, people: People, organiser: str) -> Callable[[], None]:
    """Let people hear what is said from now on; what is returned ends that. In channels the organiser listens, and
    everybody to what is new among the events, and where somebody real speaks."""

    def on(change: Change) -> None:
        if isinstance(change, Message):
            place = space.conversation(change.conversation)
            for reader in _readers(place, change, people.users, organiser):
                people.hear(heard_by(reader, place, change))

    return space.subscribe(on)


def heard_by(reader: str, place: Conversation, message: Message) -> Heard:
    """A message, as it comes to one reader."""
    return Heard(
        reader=reader,
        place=_PLACES[place.kind],
        conversation=place.id,
        message=message.id,
        at=message.at,
        said=message.text if message.view is None else message.view,
        author=message.author,
        others=tuple(user for user in place.people if user != reader),
        edited=message.edited,
        private=bool(message.only_for),
    )


def _readers(place: Conversation, message: Message, users: frozenset[str], organiser: str) -> Iterator[str]:
    there: Iterable[str] = place.people
    if message.only_for:
        there = (message.only_for,)
    elif place.name == EVENTS and message.author == BOT and not message.edited:
        there = sorted(users)
    elif place.kind is Kind.CHANNEL:
        there = (organiser,) if place.organisers_only or message.author in (BOT, *users) else sorted(users)
    return (user for user in there if user in users and message.only_for in ("", user))

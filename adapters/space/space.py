"""A chat platform in one process: who is here, where they talk, what was said. It knows no bot."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from itertools import dropwhile, takewhile
from typing import TypeVar, assert_never

import msgspec

from adapters.space.journal import Journal
from adapters.space.model import (
    BOT,
    TYPED,
    Change,
    Conversation,
    Kind,
    Message,
    Persona,
    Removed,
    Seen,
    Thing,
    bot_place,
    can_see,
)
from bot.chat.address import Account
from bot.chat.ids import Ids, show
from bot.chat.inbound import Who
from bot.chat.limits import clip
from bot.chat.text import clean, one_line
from bot.chat.view import View
from bot.core.clock import Clock

Listener = Callable[[Change], None]
"""Told of each change at once, in order. It must not wait, and must not raise."""

_Thing = TypeVar("_Thing", Persona, Conversation, Message, Seen)
_NAME = 80
_CHANNELS = (("welcome", False), ("community", False), ("events", False), ("news", False), ("organisers", True))


class Space:
    """The community space. With a journal it opens as it was left, but for private replies."""

    def __init__(
        self, clock: Clock, ids: Ids, journal: Journal | None = None, platform: str = "local", workspace: str = "space"
    ) -> None:
        self.clock, self.platform, self.workspace = clock, platform, workspace
        self._ids, self._journal = ids, journal
        self._listeners: list[Listener] = []
        self._personas: dict[str, Persona] = {}
        self._conversations: dict[str, Conversation] = {}
        self._messages: dict[str, Message] = {}
        self._said: dict[str, list[str]] = {}
        self._marks: dict[str, str] = {}
        self._seen: dict[tuple[str, str], str] = {}
        for thing in journal.load() if journal else ():
            self._put(thing)
        self._open_channels()

    def now(self) -> datetime:
        return self.clock.now()

    def new_id(self) -> str:
        """A fresh name for anything."""
        return show(self._ids.new())

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Tell `listener` of each change; what is returned ends that."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    # people

    def join(
        self, name: str, note: str = "", organiser: bool = False, user: str = "", who: Who = Who.PERSON
    ) -> Account:
        """Let somebody in. `user` names the account where somebody must know it beforehand; who left comes back."""
        account = Account(self.platform, self.workspace, user or self.new_id())
        is_new = account.user not in self._personas
        self._change(Persona(account, clip(one_line(name), _NAME), one_line(note), organiser, who=who))
        self.bot_conversation(account)
        if is_new:
            self._read_all(account.user)
        return account

    def leave(self, account: Account) -> None:
        """Let somebody go: they can be reached no longer."""
        self._change(msgspec.structs.replace(self.persona(account.user), present=False))

    def describe(self, account: Account, note: str, organiser: bool) -> None:
        """Change what is said of somebody, and whether they see the organisers' channel."""
        known = self.persona(account.user)
        self._change(msgspec.structs.replace(known, note=one_line(note), organiser=organiser))

    def accounts(self) -> Sequence[Persona]:
        """Everybody who is here, in the order of coming."""
        return [persona for persona in self._personas.values() if persona.present]

    def everybody(self) -> Sequence[Persona]:
        """Those who left too, in the order of coming."""
        return list(self._personas.values())

    def persona(self, user: str) -> Persona:
        """Raises KeyError for nobody we know."""
        return self._personas[user]

    # places

    def conversation(self, id: str) -> Conversation:
        """Raises KeyError for no such place."""
        return self._conversations[id]

    def conversations(self, user: str) -> Sequence[Conversation]:
        """Where that person can talk, channels first."""
        persona = self.persona(user)
        return [place for place in self._conversations.values() if can_see(persona, place)]

    def channel(self, name: str, organisers_only: bool = False) -> Conversation:
        """The channel of that name, opened if need be."""
        return self._place(Conversation(f"channel-{name}", Kind.CHANNEL, name, organisers_only=organisers_only))

    def has_channel(self, name: str) -> bool:
        return f"channel-{name}" in self._conversations

    def bot_conversation(self, account: Account) -> Conversation:
        """The bot's direct messages with that account."""
        return self._place(Conversation(bot_place(account), Kind.BOT, people=(account.user,)))

    def circle(self, mark: str, accounts: Iterable[Account]) -> Conversation:
        """A few people and the bot, under the circle's mark; the same mark finds the same circle."""
        people = tuple(account.user for account in accounts)
        return self._place(Conversation(f"circle-{mark}", Kind.CIRCLE, people=people, mark=mark))

    def direct(self, one: Account, other: Account) -> Conversation:
        """Two people alone; the bot is not there and hears nothing."""
        people = tuple(sorted((one.user, other.user)))
        return self._place(Conversation("direct-" + "-".join(people), Kind.DIRECT, people=people))

    # what is said

    def post(
        self,
        conversation: str,
        view: View,
        mark: str = "",
        accounts: Mapping[int, Account] | None = None,
        only_for: str = "",
    ) -> Message:
        """The bot says something: to all in the conversation or, privately, to one of them."""
        at, accounts = self.now(), accounts or {}
        said = Message(self.new_id(), conversation, at, BOT, view=view, mark=mark, only_for=only_for, accounts=accounts)
        return self._change(said)

    def say(self, account: Account, conversation: str, text: str) -> Message:
        """A person says something."""
        words = clip(clean(text).strip(), TYPED)
        said = self._change(Message(self.new_id(), conversation, self.now(), account.user, text=words))
        self.read(account.user, conversation)
        return said

    def edit(self, message: str, view: View, accounts: Mapping[int, Account] | None = None) -> Message:
        """Another view in the place of a message. Raises KeyError for no such message."""
        said = self._messages[message]
        return self._change(msgspec.structs.replace(said, view=view, edited=True, accounts=accounts or {}))

    def remove(self, *messages: str) -> None:
        """Take away what the bot said, wherever it stands. What a person said stays, and what is gone is gone."""
        said = [one for id in messages if (one := self._messages.get(id)) and one.author == BOT]
        for message in said:
            self._drop(message)
        if self._journal and said:
            self._journal.forget(message.id for message in said)
        for message in said:
            self._tell(Removed(message.conversation, message.id))

    def clear(self, account: Account, before: datetime) -> None:
        """Take away all that the bot said in its direct messages with that account; of private replies, older ones."""
        said = self._said.get(bot_place(account), ())
        held = [self._messages[id] for id in said]
        self.remove(*(one.id for one in held if not one.only_for or one.at < before))

    def message(self, id: str) -> Message | None:
        return self._messages.get(id)

    def marked(self, mark: str) -> Message | None:
        """The first message that carries this parcel's mark."""
        return self._messages.get(self._marks.get(mark, ""))

    def history(self, conversation: str, reader: str = "") -> Sequence[Message]:
        """All that was said there, in order; what is private only to its reader."""
        said = (self._messages[id] for id in self._said.get(conversation, ()))
        return [message for message in said if message.only_for in ("", reader)]

    def read(self, user: str, conversation: str) -> None:
        """That person has now seen all that is said there."""
        backwards = reversed(self._said.get(conversation, ()))
        last = next((id for id in backwards if not self._messages[id].only_for), "")
        if last and self._seen.get((user, conversation)) != last:
            self._change(Seen(user, conversation, last))

    def unread(self, user: str, conversation: str) -> int:
        """How many messages of others that person has not seen."""
        count, seen = 0, self._seen.get((user, conversation))
        for message in reversed(self.history(conversation)):
            if message.id == seen:
                break
            count += message.author != user
        return count

    def _read_all(self, user: str) -> None:
        """What was said in the channels before somebody came is no news to them."""
        for name, organisers_only in _CHANNELS:
            if can_see(self.persona(user), self.channel(name, organisers_only)):
                self.read(user, f"channel-{name}")

    def forget(self, before: datetime) -> None:
        """Keep nothing in mind that was said before then, as platforms do with old messages; no journal forgets it."""
        old = list(takewhile(lambda message: message.at < before, self._messages.values()))
        for place in {message.conversation for message in old}:
            said = self._said[place]
            self._said[place] = list(dropwhile(lambda id: self._messages[id].at < before, said))
        for message in old:
            self._marks.pop(self._messages.pop(message.id).mark, None)

    # keeping

    def _open_channels(self) -> None:
        for name, organisers_only in _CHANNELS:
            self.channel(name, organisers_only)

    def _place(self, place: Conversation) -> Conversation:
        return self._conversations.get(place.id) or self._change(place)

    def _change(self, thing: _Thing) -> _Thing:
        self._put(thing)
        if self._journal and not (isinstance(thing, Message) and thing.only_for):
            self._journal.keep(thing)
        self._tell(thing)
        return thing

    def _tell(self, change: Change) -> None:
        for listener in tuple(self._listeners):
            listener(change)

    def _put(self, thing: Thing) -> None:
        match thing:
            case Persona():
                self._personas[thing.user] = thing
            case Conversation():
                self._conversations[thing.id] = thing
            case Message():
                self._hold(thing)
            case Seen(user, conversation, message):
                self._seen[user, conversation] = message
            case _:
                assert_never(thing)

    def _hold(self, message: Message) -> None:
        if message.id not in self._messages:
            self._said.setdefault(message.conversation, []).append(message.id)
        self._messages[message.id] = message
        if message.mark:
            self._marks.setdefault(message.mark, message.id)

    def _drop(self, message: Message) -> None:
        """Hold it no longer; whoever had read as far as that has read as far as the one before it."""
        said = self._said[message.conversation]
        before = said[said.index(message.id) - 1] if said[0] != message.id else ""
        said.remove(message.id)
        del self._messages[message.id]
        if self._marks.get(message.mark) == message.id:
            del self._marks[message.mark]
        for user, conversation in [where for where, last in self._seen.items() if last == message.id]:
            self._change(Seen(user, conversation, before))

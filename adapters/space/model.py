"""What a community space holds: people, the places where they talk, and what was said there."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import TypeAlias

import msgspec

from bot.chat.address import Account
from bot.chat.inbound import Who
from bot.chat.view import View

BOT = ""
"""The author of what the bot said."""

TYPED = 4000
"""The most characters of one message that a person types; more is cut."""


class Persona(msgspec.Struct, frozen=True):
    """Somebody in the space. `note` is for whoever chooses whom to be; `organiser` opens the organisers' channel,
    and gives no right whatever in the bot. Who left is kept, no longer `present`. `who`: a person, a guest or a bot."""

    account: Account
    name: str
    note: str = ""
    organiser: bool = False
    present: bool = True
    who: Who = Who.PERSON

    @property
    def user(self) -> str:
        return self.account.user


class Kind(StrEnum):
    """A channel; the bot's direct messages with one person; a few people and the bot; two people alone."""

    CHANNEL = "channel"
    BOT = "bot"
    CIRCLE = "circle"
    DIRECT = "direct"


class Conversation(msgspec.Struct, frozen=True):
    """A place where people talk. `people` are user ids, empty for a channel; `mark` is the circle's."""

    id: str
    kind: Kind
    name: str = ""
    people: tuple[str, ...] = ()
    mark: str = ""
    organisers_only: bool = False


class Message(msgspec.Struct, frozen=True):
    """Something said: a view by the bot, or text by a person. What is `only_for` somebody, nobody else can see."""

    id: str
    conversation: str
    at: datetime
    author: str = BOT
    view: View | None = None
    text: str = ""
    mark: str = ""
    edited: bool = False
    only_for: str = ""
    accounts: Mapping[int, Account] = {}


class Seen(msgspec.Struct, frozen=True):
    """How far somebody has read in a conversation."""

    user: str
    conversation: str
    message: str


class Removed(msgspec.Struct, frozen=True):
    """A message of the bot was taken away: it stands nowhere any more."""

    conversation: str
    message: str


Thing: TypeAlias = Persona | Conversation | Message | Seen
"""What a space holds."""
Change: TypeAlias = Thing | Removed
"""What subscribers get: the value as it now stands, new or changed, or that it is gone."""


def bot_place(account: Account) -> str:
    """The id of the bot's direct messages with that account, whether they were opened or not."""
    return f"bot-{account.user}"


def can_see(persona: Persona, conversation: Conversation) -> bool:
    """Whether that person is in that conversation."""
    if conversation.kind is Kind.CHANNEL:
        return persona.organiser or not conversation.organisers_only
    return persona.user in conversation.people

"""The space -> plain values for JSON: people, conversations, messages, the time."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from adapters.local.render import Drawn, draw_ask, draw_view
from adapters.local.timebar import Coming, Happened, TimeBar
from adapters.space.model import Conversation, Kind, Message, Persona
from adapters.space.space import Space
from bot.chat.address import Account
from bot.chat.command import Command
from bot.chat.outbound import Reply
from bot.chat.text import clean
from bot.chat.view import View


def draw_persona(persona: Persona) -> Drawn:
    """Somebody, as the list of people shows them."""
    return {
        "user": persona.user,
        "name": persona.name,
        "note": persona.note,
        "organiser": persona.organiser,
        "present": persona.present,
    }


def draw_conversation(space: Space, place: Conversation, reader: str) -> Drawn:
    """A conversation in the list of that reader; `last` is the instant of the latest message."""
    said = space.history(place.id, reader)
    return {
        "id": place.id,
        "kind": place.kind.value,
        "name": place.name,
        "people": place.people,
        "closed": place.organisers_only,
        "unread": space.unread(reader, place.id),
        "last": said[-1].at.isoformat() if said else "",
    }


def draw_message(message: Message) -> Drawn:
    """A message, whoever may read it."""
    return {
        "id": message.id,
        "conversation": message.conversation,
        "at": message.at.isoformat(),
        "author": message.author,
        "view": draw_view(message.view, message.id, message.accounts) if message.view else None,
        "text": clean(message.text),
        "edited": message.edited,
        "only": message.only_for,
    }


def draw_home(user: str, at: datetime, view: View, accounts: Mapping[int, Account]) -> Drawn:
    """The bot's home page of somebody who looked at it then. Nobody keeps it: it is asked for whenever it is opened."""
    place = f"home-{user}"
    return draw_message(Message(place, place, at, view=view, only_for=user, accounts=accounts))


def draw_reply(reply: Reply) -> Drawn:
    """What of a reply the tab itself must act on: the rest has been said in the space already."""
    return {"ask": draw_ask(reply.ask) if reply.ask else None, "errors": dict(reply.errors)}


def draw_command(command: Command) -> Drawn:
    """A line of the command box."""
    return {"tree": command.tree.value, "word": command.word, "says": command.says, "takes": command.takes}


def draw_time(bar: TimeBar) -> Drawn:
    """The clock bar."""
    coming = bar.next_due()
    return {"now": bar.now().isoformat(), "next": _coming(coming) if coming else None}


def draw_happened(space: Space, lines: Sequence[Happened], known: Sequence[str]) -> list[Drawn]:
    """The lines in order, each with somebody to be in order to read it: one of those `known`, where one can."""
    return [_line(space, line, known) for line in lines]


def _coming(coming: Coming) -> Drawn:
    return {"at": coming.at.isoformat(), "says": coming.says}


def _line(space: Space, line: Happened, known: Sequence[str]) -> Drawn:
    readers = _readers(space, line.conversation)
    user = next((user for user in known if user in readers), readers[0] if readers else "")
    return {"says": clean(line.says), "conversation": line.conversation, "message": line.message, "user": user}


def _readers(space: Space, conversation: str) -> Sequence[str]:
    try:
        place = space.conversation(conversation)
    except KeyError:
        return ()
    if place.kind is not Kind.CHANNEL:
        return place.people
    return [person.user for person in space.accounts() if person.organiser or not place.organisers_only]

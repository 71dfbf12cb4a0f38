"""What happened meanwhile, in a few lines: first what concerns somebody real, then the network as a whole."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from adapters.local.timebar import Happened
from adapters.space.model import BOT, Change, Conversation, Kind, Message, Persona
from adapters.space.space import Space
from bot.chat.view import Buttons, View
from bot.checkins.actions import AnswerCheckin, ChangeAnswer
from bot.core.counts import say_count, tell_count
from bot.core.words import Words

words = Words("bot.door.demo")

MOST = 8
"""Lines at most."""
_TO_ONE = 5
"""Lines at most about what people real and made up wrote to each other."""


class News:
    """Listens to a space while time passes. `made_up` are user ids; everybody else is real."""

    def __init__(self, space: Space, made_up: frozenset[str]) -> None:
        self._space, self._made_up = space, made_up
        self._before = {persona.user: persona.present for persona in space.everybody()}
        self._messages: dict[str, Message] = {}
        self._asked: dict[str, Message] = {}
        self._people: dict[str, Persona] = {}

    @contextmanager
    def listening(self) -> Iterator[None]:
        """Hear all that changes inside."""
        stop = self._space.subscribe(self._hear)
        try:
            yield
        finally:
            stop()

    def lines(self) -> Sequence[Happened]:
        """What was heard, told."""
        told = [*self._to_real()[:_TO_ONE], *self._introductions(), *self._checkins(), *self._answers()]
        return [*told, *self._moves()][:MOST]

    def _hear(self, change: Change) -> None:
        if isinstance(change, Message) and not change.only_for:
            self._messages[change.id] = change
            if _offers(change, AnswerCheckin.wire) and not change.edited:
                self._asked[change.id] = change
        if isinstance(change, Persona):
            self._people[change.user] = change

    # what concerns somebody real

    def _to_real(self) -> list[Happened]:
        """One line for each who wrote in a conversation of somebody real, about the latest."""
        latest: dict[tuple[str, str], Happened] = {}
        for message in self._messages.values():
            place = self._space.conversation(message.conversation)
            reader = next((user for user in place.people if user not in self._made_up), None)
            if reader is not None and message.author != reader and not message.edited:
                latest.pop((place.id, message.author), None)
                latest[place.id, message.author] = _happened(self._wrote(place, message, reader), message)
        return list(reversed(latest.values()))

    def _wrote(self, place: Conversation, message: Message, reader: str) -> str:
        if message.author != BOT:
            return words.line("wrote", author=self._name(message.author), reader=self._name(reader))
        if place.kind is not Kind.CIRCLE:
            return words.line("bot-wrote", reader=self._name(reader))
        others = [self._name(user) for user in place.people if user != reader]
        return words.line("met", reader=self._name(reader), others=_listed(others))

    # the network as a whole

    def _introductions(self) -> list[Happened]:
        made = [one for one in self._by_bot(Kind.CIRCLE) if not one.edited]
        return _counted("introductions-made", made)

    def _checkins(self) -> list[Happened]:
        return _counted("checkins-sent", list(self._asked.values()))

    def _answers(self) -> list[Happened]:
        return _counted("answers", [one for one in self._by_bot(Kind.BOT) if _offers(one, ChangeAnswer.wire)])

    def _by_bot(self, kind: Kind) -> list[Message]:
        said = [one for one in self._messages.values() if one.author == BOT]
        return [one for one in said if self._space.conversation(one.conversation).kind is kind]

    def _moves(self) -> list[Happened]:
        came = [one for one in self._people.values() if one.present and not self._before.get(one.user)]
        went = [one for one in self._people.values() if not one.present and self._before.get(one.user)]
        return [*self._moved("came", came), *self._moved("went", went)]

    def _moved(self, key: str, people: Sequence[Persona]) -> list[Happened]:
        if not people:
            return []
        home = self._space.bot_conversation(people[0].account)
        said = next(iter(self._space.history(home.id)), None)
        says = words.line(key, name=people[0].name) if len(people) == 1 else _count(f"several-{key}", len(people))
        return [Happened(says, home.id, said.id if said else "")]

    def _name(self, user: str) -> str:
        return self._space.persona(user).name


def _counted(key: str, messages: Sequence[Message]) -> list[Happened]:
    """One line for all of them, leading to the first."""
    return [_happened(_count(key, len(messages)), messages[0])] if messages else []


def _count(key: str, n: int) -> str:
    return words.line(key, count=say_count(tell_count(n)))


def _happened(says: str, message: Message) -> Happened:
    return Happened(says, message.conversation, message.id)


def _offers(message: Message, wire: str) -> bool:
    blocks = message.view.blocks if isinstance(message.view, View) else ()
    rows = [block.row for block in blocks if isinstance(block, Buttons)]
    return any(button.action.startswith(f"{wire}~") for row in rows for button in row)


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else words.line("two-names", one=names[0], two=names[1])

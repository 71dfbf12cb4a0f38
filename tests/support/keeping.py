"""What support keeps, as dictionaries."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.chat.ids import Id
from bot.support.model import Listener, Request, Worry


@dataclass
class Heard:
    """Everything that is kept of listeners and worries."""

    listeners: dict[Id, Listener] = field(default_factory=dict)
    requests: dict[Id, Request] = field(default_factory=dict)
    worries: dict[Id, Worry] = field(default_factory=dict)


class MemoryListening:
    def __init__(self, heard: Heard) -> None:
        self._heard = heard

    def listener(self, member: Id) -> Listener | None:
        return self._heard.listeners.get(member)

    def listeners(self) -> Sequence[Listener]:
        return list(self._heard.listeners.values())

    def keep_listener(self, listener: Listener) -> None:
        self._heard.listeners[listener.member] = listener

    def drop_listener(self, member: Id) -> None:
        self._heard.listeners.pop(member, None)

    def request(self, request: Id) -> Request | None:
        return self._heard.requests.get(request)

    def open_of(self, member: Id) -> Request | None:
        return next((one for one in self.all() if one.member == member and one.is_open), None)

    def open_with(self, listener: Id) -> Sequence[Request]:
        return [one for one in self.all() if one.listener == listener and one.is_open]

    def all(self) -> Sequence[Request]:
        return sorted(self._heard.requests.values(), key=lambda one: (one.at, one.id))

    def keep(self, request: Request) -> None:
        self._heard.requests[request.id] = request

    def drop(self, request: Id) -> None:
        self._heard.requests.pop(request, None)


class MemoryWorries:
    def __init__(self, heard: Heard) -> None:
        self._heard = heard

    def get(self, worry: Id) -> Worry | None:
        return self._heard.worries.get(worry)

    def keep(self, worry: Worry) -> None:
        self._heard.worries[worry.id] = worry

    def drop(self, worry: Id) -> None:
        self._heard.worries.pop(worry, None)

    def drop_of(self, member: Id) -> None:
        kept = {id: one for id, one in self._heard.worries.items() if one.by != member}
        self._heard.worries = kept

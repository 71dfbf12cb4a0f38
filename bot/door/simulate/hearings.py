"""Who asked a listener, and who said that they will write: neither is left with nothing."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta

from bot.chat.action import Action, Unreadable
from bot.chat.ids import Id, show
from bot.chat.inbound import Inbound, Pressed
from bot.chat.outbound import Reply
from bot.chat.view import Buttons, View
from bot.core.directory import Directory
from bot.core.feature import Broken
from bot.support.actions import CloseRequest, SendRequest, Take
from bot.support.model import State

Kept = Mapping[Id, tuple[State, datetime | None]]
"""What the tables say of each request: how far it is, and by when whoever asked hears."""
_LATE = timedelta(hours=4)
"""A full disk, a machine that died and a clock that was set can delay a word for less than that, together."""


class Hearings:
    """Remembers what was acknowledged: requests that were sent, and those that somebody took."""

    def __init__(self) -> None:
        self.sent: set[Id] = set()
        self.taken: set[Id] = set()

    def heard(self, inbound: Inbound, reply: Reply, directory: Directory) -> None:
        """Somebody pressed, and has the reply before them: it offers to end what they asked for, or took."""
        match _read(inbound, directory):
            case SendRequest(request) if _can_be_ended(request, reply.view, directory):
                self.sent.add(request)
            case Take(request) if _can_be_ended(request, reply.replace, directory):
                self.taken.add(request)

    def broken(self, kept: Kept, now: datetime) -> Iterator[Broken]:
        """At the end of a day."""
        for request, (state, answer_by) in kept.items():
            if request in self.sent and state is State.DRAFT:
                yield Broken("a request that was not sent", "", show(request))
            if request in self.taken and state in (State.DRAFT, State.ASKED):
                yield Broken("a request that nobody took", "", show(request))
            if state is State.ASKED and answer_by is not None and answer_by + _LATE < now:
                yield Broken("asked, and told nothing", "", show(request))


def _can_be_ended(request: Id, view: View | None, directory: Directory) -> bool:
    rows = [block.row for block in view.blocks if isinstance(block, Buttons)] if view else []
    return any(_action(one.action, directory) == CloseRequest(request) for row in rows for one in row)


def _read(inbound: Inbound, directory: Directory) -> Action | None:
    return _action(inbound.what.action, directory) if isinstance(inbound.what, Pressed) else None


def _action(packed: str, directory: Directory) -> Action | None:
    try:
        return directory.actions.read(packed)
    except Unreadable:
        return None

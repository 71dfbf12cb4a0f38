"""What may never happen around a poll, as seen beside the door and the courier: nobody takes a room at its word."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bot.chat.action import Unreadable
from bot.chat.ids import Id, read, show
from bot.chat.inbound import Inbound, Pressed, Submitted
from bot.chat.outbound import Reply
from bot.chat.view import Buttons, View
from bot.core.directory import Directory
from bot.core.feature import Broken
from bot.pulse.actions import GivePulse, OpenPulse
from bot.pulse.telling import How, K, Table, unpack

ASKING, AGAIN, FRIDAY = "pulse", "pulse-again", "friday"
"""How the keys of letters begin that ask, that ask once more after what was in memory is lost, and that remind."""


@dataclass(frozen=True)
class Standing:
    """What the tables say at that moment: who agreed to be asked, and whom each open poll asks."""

    agreed: Set[Id] = frozenset()
    asked: Mapping[Id, Set[Id]] = field(default_factory=dict)


class Polls:
    """Remembers what was said to whom, never by whose hand an answer came: but for how many there can be."""

    def __init__(self) -> None:
        self.asked: set[Id] = set()
        """Polls of which a letter left."""
        self.answers = 0
        """How often an answer was acknowledged."""
        self.lost = self.handed_over = 0
        """Deaths and planned restarts with answers waiting."""
        self._thanked: defaultdict[Id, set[str]] = defaultdict(set)
        self._said: dict[str, View] = {}
        self._thanks: list[View] = []

    @property
    def waits(self) -> bool:
        """Whether answers are in memory."""
        return any(self._thanked.values())

    def died(self) -> None:
        """What was in memory is gone: nothing of it may be counted."""
        self.lost += self.waits
        self._thanked.clear()

    def heard(self, inbound: Inbound, reply: Reply, directory: Directory, wrote: int) -> Iterator[Broken]:
        """Somebody pressed, and has the reply before them. `wrote`: transactions that it took."""
        action = _read(inbound, directory)
        if action is None or inbound.account is None:
            return
        if wrote:
            yield Broken("a press is kept", inbound.account.show(), action.wire)
        if not isinstance(action, GivePulse) or reply.view is None:
            return
        if reply.view not in self._thanks:
            self._thanks.append(reply.view)
        if len(self._thanks) > len(("thanks", "not now")):
            yield Broken("answers are answered differently", inbound.account.show(), show(action.poll))
        self.answers += 1
        self._thanked[action.poll].add(inbound.account.show())

    def leaving(self, key: str, view: View, readers: Set[Id], now: Standing) -> Iterator[Broken]:
        """A letter is about to leave."""
        first, _, rest = key.partition(":")
        if first in (ASKING, AGAIN):
            about, _, reader = rest.rpartition(":")
            yield from (Broken("asked without consent", show(one), key) for one in readers - now.agreed)
            if self._said.setdefault(f"{first}:{about}", view) != view:
                yield Broken("asked in other words", reader, about)
            self.asked.add(read(about.rpartition(":")[2]))
        elif first == FRIDAY:
            reminded = any(_answers(view, poll) for poll in now.asked)
            asked = {one for people in now.asked.values() for one in people}
            yield from (Broken("reminded or not", show(one), key) for one in readers if (one in asked) != reminded)

    def closed(self, told: Mapping[Id, str], whose: Mapping[str, tuple[Id, datetime]]) -> Iterator[Broken]:
        """Polls that are closed, with what is told of each; whoever answered with two accounts is one."""
        for poll in self._thanked.keys() & told.keys():
            answers = len({whose[one][0] if one in whose else one for one in self._thanked.pop(poll)})
            if _tells(unpack(told[poll])) and answers < K:
                yield Broken("too few are told", "", show(poll))


def _tells(table: Table) -> bool:
    return table.rate is not None or any(one.told.how is not How.NOTHING for one in table.results)


def _read(inbound: Inbound, directory: Directory) -> OpenPulse | GivePulse | None:
    if not isinstance(inbound.what, Pressed | Submitted):
        return None
    try:
        action: Any = directory.actions.read(inbound.what.action)
    except Unreadable:
        return None
    return action if isinstance(action, OpenPulse | GivePulse) else None


def _answers(view: View, poll: Id) -> bool:
    """Whether that poll can be answered from there."""
    wanted = OpenPulse(poll).pack()
    return any(one.action == wanted for block in view.blocks if isinstance(block, Buttons) for one in block.row)
